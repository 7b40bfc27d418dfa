import type { Instant } from "../core/instant.js";
import type { RowProblem } from "../core/row-problems.js";
import { instantIn } from "../history/read-contracts.js";

// Checks of the fields that rows of this folder share. Each gives the problem, so that all rows are told at once.

/** Text or a whole number, as customers are named in a log. @internal */
export function customerKeyProblem(value: unknown, row: number, field: string): RowProblem | null {
  if ((typeof value === "string" && value !== "") || Number.isSafeInteger(value)) return null;
  return { row, field, reason: "is not text or a whole number, or is empty", value };
}

/** Gives a check of customers who may come once each: 42 and "42" are one. @internal */
export function eachCustomerOnce(field = "customerId"): (value: unknown, row: number) => RowProblem | null {
  const rowOf = new Map<string, number>();
  return (value, row) => {
    const problem = customerKeyProblem(value, row, field);
    if (problem) return problem;
    const earlier = rowOf.get(String(value));
    if (earlier !== undefined) return { row, field, reason: `comes in row ${earlier + 1} too`, value };
    rowOf.set(String(value), row);
    return null;
  };
}

/** An amount of money of zero or more. @internal */
export function amountProblem(value: unknown, row: number, field: string): RowProblem | null {
  if (!Number.isSafeInteger(value))
    return { row, field, reason: "is not a whole number of minor units", value };
  return (value as number) < 0 ? { row, field, reason: "is below 0", value } : null;
}

/** The instant in epoch milliseconds; NaN, with a problem, for what is none. @internal */
export function readInstant(
  value: Instant,
  row: number,
  field: string,
  timeZone: string,
  problems: RowProblem[],
): number {
  const at = instantIn(value, timeZone);
  const reason = value === undefined || value === null ? "is missing" : "is no instant";
  if (Number.isNaN(at)) problems.push({ row, field, reason, value });
  return at;
}
