import { type CustomerGrouping, groupKnownCustomers } from "../../history/customer-groups.js";
import { addExactlyAt, type ExactTotals, exactTotals, totalAt, totalOf } from "../rates/exact-total.js";
import type { RevenueHistory } from "./revenue-history.js";

/** The customers of one group who first paid in one period, and what is summed of them. @internal */
export interface RevenueCohortTally {
  readonly group: string | null;
  /** Place of the period of the first payment. */
  readonly place: number;
  size: number;
  /** Active customers by age, as far as periods are over. */
  readonly customers: Uint32Array;
  /** Revenue by age, as far as periods are over. */
  readonly revenue: ExactTotals;
}

/** Deals customers into cohorts: group by group, then in order of time; only those that have customers are made. @internal */
export function tallyRevenueCohorts(
  { periods, customerIds, isKnown, visit }: RevenueHistory,
  groupBy: CustomerGrouping | undefined,
): RevenueCohortTally[] {
  const grouping = groupBy === undefined ? null : groupKnownCustomers(customerIds, isKnown, groupBy);
  const tallies = new Map<number, RevenueCohortTally>();
  visit(({ customer, firstPaid, count, places, active, heldAt }) => {
    if (firstPaid < periods.from || firstPaid >= periods.to) return;
    const code = grouping === null ? 0 : grouping.codes[customer];
    const key = code * periods.count + firstPaid;
    let tally = tallies.get(key);
    if (tally === undefined) {
      const ages = periods.count - firstPaid;
      tally = {
        group: grouping === null ? null : grouping.names[code],
        place: firstPaid,
        size: 0,
        customers: new Uint32Array(ages),
        revenue: exactTotals(ages),
      };
      tallies.set(key, tally);
    }
    tally.size++;
    for (let i = 0; i < count; i++) {
      // Before the first payment there can be refunds, and purchases that do not count.
      const age = places[i] - firstPaid;
      if (age < 0) continue;
      if (active[i]) tally.customers[age]++;
      addExactlyAt(tally.revenue, age, heldAt(i, firstPaid));
    }
  });
  return [...tallies].sort(([a], [b]) => a - b).map(([, tally]) => tally);
}

/** What the revenue of cohorts is called in an error. @internal */
export const REVENUE = "the revenue of a cohort";

/** The revenue of a cohort at an age that is over: minor units. @internal */
export function revenueAt({ revenue }: RevenueCohortTally, age: number, { source }: RevenueHistory): number {
  // Hardly any sum leaves 2^53 - 1 on its way, and there are millions of cells.
  return revenue.beyond.size === 0 ? revenue.sums[age] + 0 : totalOf(totalAt(revenue, age), source, REVENUE);
}

/** How many ages are over for the oldest cohort. @internal */
export function mostAges(tallies: readonly RevenueCohortTally[]): number {
  return tallies.reduce((most, { customers }) => Math.max(most, customers.length), 0);
}
