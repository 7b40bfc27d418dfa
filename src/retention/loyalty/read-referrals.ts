import { assertArray } from "../../core/assert.js";
import { type Instant, isCivilDay } from "../../core/instant.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { begunDayReader } from "../../core/time-zone.js";
import type { CustomerKey } from "../../history/transaction-row.js";
import { customerKeyProblem, eachCustomerOnce, readInstant } from "../row-fields.js";

/** One person whom one customer recommended us to. */
export interface ReferralRow {
  /** The customer who recommended us. */
  readonly customerId: CustomerKey;
  /** When. */
  readonly at: Instant;
  /** The person; may be referred by several customers and again later, and becomes a customer by one referral. */
  readonly referredId?: CustomerKey | null | undefined;
  /**
   * When the person became a customer by this referral, not before `at`; left out while that is not so. A civil day may be
   * that of `at`, whatever the time of day.
   */
  readonly convertedAt?: Instant | null | undefined;
}

/** A referral, checked. @internal */
export interface ReadReferral {
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Epoch milliseconds; `Infinity` while the person is no customer. */
  readonly convertedAt: number;
}

/** Ids of customers, each once. @internal */
export function readCustomers(customers: readonly CustomerKey[]): Set<string> {
  assertArray(customers, "customers");
  const problems: RowProblem[] = [];
  const problemOf = eachCustomerOnce("");
  for (const [row, value] of customers.entries()) {
    const problem = problemOf(value, row);
    if (problem) problems.push(problem);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "customers");
  return new Set(customers.map(String));
}

/** @internal */
export function readReferrals(referrals: readonly ReferralRow[], timeZone: string): ReadReferral[] {
  assertArray(referrals, "referrals");
  const problems: RowProblem[] = [];
  const convertedBy = new Map<string, number>();
  const seen = new Map<string, number>();
  const dayOf = begunDayReader(timeZone);
  const read = Array.from(referrals, (referral, row): ReadReferral => {
    if (typeof referral !== "object" || referral === null) {
      problems.push({ row, field: "", reason: "is not { customerId, at }", value: referral });
      return { customerId: "", at: Number.NaN, convertedAt: Number.NaN };
    }
    const { customerId, referredId, convertedAt } = referral;
    const problem = customerKeyProblem(customerId, row, "customerId");
    if (problem) problems.push(problem);
    const at = readInstant(referral.at, row, "at", timeZone, problems);
    const isConverted = convertedAt !== undefined && convertedAt !== null;
    const converted = isConverted
      ? readInstant(convertedAt, row, "convertedAt", timeZone, problems)
      : Number.POSITIVE_INFINITY;
    // A day is its first instant: compared with a time of that day, it would come before.
    const isSameDay =
      isConverted && isCivilDay(convertedAt) && converted < at && dayOf(at) === dayOf(converted);
    if (converted < at && !isSameDay)
      problems.push({ row, field: "convertedAt", reason: "is before at", value: convertedAt });
    if (referredId !== undefined && referredId !== null) {
      const earlier = isConverted ? convertedBy.get(String(referredId)) : undefined;
      const unusable = customerKeyProblem(referredId, row, "referredId");
      if (unusable) problems.push(unusable);
      else if (String(referredId) === String(customerId))
        problems.push({ row, field: "referredId", reason: "is the referring customer", value: referredId });
      else if (earlier !== undefined)
        problems.push({
          row,
          field: "referredId",
          reason: `became a customer by the referral of row ${earlier + 1}`,
          value: referredId,
        });
      else if (isConverted) convertedBy.set(String(referredId), row);
      const key = JSON.stringify([String(customerId), String(referredId), at]);
      const twin = seen.get(key);
      if (twin === undefined) seen.set(key, row);
      else
        problems.push({
          row,
          field: "referredId",
          reason: `was referred by this customer at this instant in row ${twin + 1} too`,
          value: referredId,
        });
    }
    return { customerId: String(customerId), at, convertedAt: isSameDay ? at : converted };
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, "referrals");
  return read;
}
