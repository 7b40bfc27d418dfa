import { begunDayReader } from "../../core/time-zone.js";
import type { KnownFacts } from "../../history/known-facts.js";
import { ALL_TIME, occasionReader } from "../purchases/purchase-occasions.js";

/**
 * The rhythm of every customer who has bought: whole days between purchase occasions, which are civil days with a
 * qualifying purchase. Arrays are parallel, customers in the log's order.
 *
 * @internal
 */
export interface PurchaseGaps {
  /** Place in the log's `customerIds`. */
  readonly customer: readonly number[];
  /** Gaps of the customer in place i: `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: readonly number[];
  readonly gaps: readonly number[];
  /** Last qualifying purchase, epoch milliseconds. */
  readonly lastAt: readonly number[];
  /** Days from the last occasion to the day of `asOf`. */
  readonly recency: readonly number[];
}

/** @internal */
export function purchaseGaps(facts: KnownFacts): PurchaseGaps {
  const { log, asOf, timeZone } = facts;
  const dayOf = begunDayReader(timeZone);
  const occasionsOf = occasionReader(facts, ALL_TIME, "day");
  const today = dayOf(asOf);
  const customers: number[] = [];
  const offsets = [0];
  const gaps: number[] = [];
  const lastAt: number[] = [];
  const recency: number[] = [];
  for (let customer = 0; customer < log.customerIds.length; customer++) {
    let lastDay = Number.NaN;
    for (const at of occasionsOf(customer)) {
      const day = dayOf(at);
      if (!Number.isNaN(lastDay)) gaps.push(day - lastDay);
      lastDay = day;
    }
    if (Number.isNaN(lastDay)) continue;
    customers.push(customer);
    offsets.push(gaps.length);
    lastAt.push(lastPurchase(facts, customer));
    recency.push(today - lastDay);
  }
  return { customer: customers, offsets, gaps, lastAt, recency };
}

/** Of a customer who has bought. */
function lastPurchase({ log, end, qualifies }: KnownFacts, customer: number): number {
  let row = end[customer] - 1;
  while (qualifies && qualifies[row] === 0) row--;
  return log.at[row];
}
