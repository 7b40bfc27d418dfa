import { isInstantMs } from "../../core/instant.js";
import type { RowProblem } from "../../core/row-problems.js";
import type { Consent } from "../../model/consent.js";

// Records that were not parsed have instants as text, which would be compared with numbers and count for what they are not.

/** Adds a problem where an instant of a record is not epoch milliseconds. @internal */
export function requireParsed(problems: RowProblem[], row: number, field: string, at: unknown): void {
  if (typeof at === "number" && isInstantMs(at)) return;
  const reason = "is not epoch milliseconds: pass the customer as customerSchema parses it";
  problems.push({ row, field, reason, value: at });
}

/** The same of a customer's agreements. @internal */
export function requireParsedConsent(
  problems: RowProblem[],
  row: number,
  consent: readonly Consent[] = [],
): void {
  for (const [i, { at, withdrawnAt }] of consent.entries()) {
    requireParsed(problems, row, `consent[${i}].at`, at);
    if (withdrawnAt !== undefined) requireParsed(problems, row, `consent[${i}].withdrawnAt`, withdrawnAt);
  }
}
