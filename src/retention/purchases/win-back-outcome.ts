import { assertArray } from "../../core/assert.js";
import type { Duration } from "../../core/duration.js";
import type { Instant } from "../../core/instant.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type Table, table } from "../../core/table.js";
import type { KnownFacts } from "../../history/known-facts.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { calendarSpan } from "../lifetimes/calendar-span.js";
import { eachCustomerOnce, readInstant } from "../row-fields.js";

/** One customer whom a campaign was to win back, or whom it left alone to compare with. */
export interface WinBackContact {
  /** Who, each customer once. */
  readonly customerId: CustomerKey;
  /** When the customer was contacted; in the control group, when the customer would have been. */
  readonly at: Instant;
}

/**
 * What became of a contact: `"wonBack"` and `"notWonBack"` count in the rate. The others do not: `"open"`, the time within
 * which the customer may buy is not over at `asOf`, bought already or not; `"afterAsOf"`, not yet contacted;
 * `"neverBought"`, no customer before the contact; `"stillActive"`, bought in the time of `inactiveFor`.
 */
export type WinBackOutcome = "wonBack" | "notWonBack" | "open" | "afterAsOf" | "neverBought" | "stillActive";

/** One row for each contact, in the order of the input. */
export interface WinBackContactColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** When contacted, epoch milliseconds. */
  readonly at: readonly number[];
  /** What became of it. */
  readonly outcome: readonly WinBackOutcome[];
  /**
   * First qualifying purchase after the contact and within the time, epoch milliseconds; `null` where there is none yet,
   * and where there was nobody to win back.
   */
  readonly wonBackAt: readonly (number | null)[];
}

/** Contacts, checked; the arrays are parallel, in the order of the input. @internal */
export interface ReadContacts {
  readonly customerId: readonly string[];
  /** Epoch milliseconds. */
  readonly at: readonly number[];
}

/** @internal */
export function readContacts(
  contacts: readonly WinBackContact[],
  timeZone: string,
  path: string,
): ReadContacts {
  assertArray(contacts, path);
  const problems: RowProblem[] = [];
  const customerProblem = eachCustomerOnce();
  const at = Array.from(contacts, (contact, row) => {
    if (typeof contact !== "object" || contact === null) {
      problems.push({ row, field: "", reason: "is not { customerId, at }", value: contact });
      return Number.NaN;
    }
    const problem = customerProblem(contact.customerId, row);
    if (problem) problems.push(problem);
    return readInstant(contact.at, row, "at", timeZone, problems);
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  return { customerId: contacts.map(({ customerId }) => String(customerId)), at };
}

/** Gives a reader of what became of contacts. @internal */
export function outcomeReader(
  facts: KnownFacts,
  { within, inactiveFor }: { readonly within: Duration; readonly inactiveFor: Duration | null },
): (contacts: ReadContacts) => Table<WinBackContactColumns> {
  const { log, asOf, timeZone } = facts;
  const success = calendarSpan(within, "options.within", timeZone);
  const inactivity = inactiveFor === null ? null : calendarSpan(inactiveFor, "options.inactiveFor", timeZone);
  const customerOf = new Map(log.customerIds.map((id, customer) => [id, customer]));
  return ({ customerId, at }) => {
    const outcome: WinBackOutcome[] = [];
    const wonBackAt: (number | null)[] = [];
    customerId.forEach((id, row) => {
      const contactedAt = at[row];
      if (contactedAt >= asOf) {
        outcome.push("afterAsOf");
        wonBackAt.push(null);
        return;
      }
      const before = inactivity?.before(contactedAt);
      const until = success.after(contactedAt);
      const { last, next } = purchasesAround(facts, customerOf.get(id), contactedAt, until);
      const reason =
        last === null ? "neverBought" : before !== undefined && last >= before ? "stillActive" : null;
      outcome.push(reason ?? (until > asOf ? "open" : next === null ? "notWonBack" : "wonBack"));
      wonBackAt.push(reason === null ? next : null);
    });
    return table({ customerId, at, outcome, wonBackAt });
  };
}

/** The last qualifying purchase before an instant, and the first from it on and before another. */
function purchasesAround(
  { log, end, qualifies }: KnownFacts,
  customer: number | undefined,
  at: number,
  until: number,
): { readonly last: number | null; readonly next: number | null } {
  let last: number | null = null;
  if (customer === undefined) return { last, next: null };
  for (let row = log.offsets[customer]; row < end[customer]; row++) {
    if (qualifies && qualifies[row] === 0) continue;
    const boughtAt = log.at[row];
    if (boughtAt >= at) return { last, next: boughtAt < until ? boughtAt : null };
    last = boughtAt;
  }
  return { last, next: null };
}
