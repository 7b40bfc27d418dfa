import { safeInteger } from "../../core/safe-integer.js";
import type { KnownFacts } from "../../history/known-facts.js";
import { addExactly, addTotal, exactTotal } from "./exact-total.js";
import type { RetentionTally } from "./retention-shares.js";

/** Which group each customer of the log belongs to, as a number from 0 to `count - 1`. @internal */
export interface GroupCodes {
  readonly codes: Uint32Array;
  readonly count: number;
}

/**
 * Counts who stays from each period to the next, in one pass over the log.
 *
 * `periodAt` gives the period of an instant, 0 to `periods - 1` and never falling as time goes on, or -1 for none.
 *
 * @returns A tally for each pair of consecutive periods: `periods - 1` of them.
 * @internal
 */
export function tallyRetention(
  facts: KnownFacts,
  periods: number,
  periodAt: (at: number) => number,
): RetentionTally[] {
  const [tallies] = tallyGroups(facts, periods, periodAt, null);
  return tallies;
}

/** The same for each group of customers, still in one pass. Without groups, all customers are one. @internal */
export function tallyGroups(
  { log, end, net, cost, qualifies }: KnownFacts,
  periods: number,
  periodAt: (at: number) => number,
  groups: GroupCodes | null,
): RetentionTally[][] {
  const { offsets, at, customerIds } = log;
  const pairs = periods - 1;
  const byGroup = Array.from({ length: groups?.count ?? 1 }, () => Array.from({ length: pairs }, newTally));
  for (let customer = 0; customer < customerIds.length; customer++) {
    const tallies = byGroup[groups === null ? 0 : groups.codes[customer]];
    let row = offsets[customer];
    const last = end[customer];
    // The customer's latest period with a qualifying purchase, and what it brought.
    let bought = -2;
    let sales = 0;
    let profit = 0;
    while (row < last) {
      const period = periodAt(at[row]);
      let qualified = false;
      let periodSales = 0;
      let periodCost = 0;
      // Rows are in order of time, so those of a period stand together.
      for (; row < last && periodAt(at[row]) === period; row++) {
        periodSales += net[row];
        if (cost) periodCost += cost[row];
        if (!qualifies || qualifies[row] === 1) qualified = true;
      }
      if (!qualified || period < 0) continue;
      if (bought === period - 1) keep(tallies[bought], sales, profit);
      bought = period;
      sales = safeInteger(periodSales, "log", "the sales of a customer");
      profit = cost === null ? 0 : safeInteger(sales - periodCost, "log", "the profit of a customer");
      if (period < pairs) enter(tallies[period], sales, profit);
    }
  }
  return byGroup;
}

/** An empty base. @internal */
export function newTally(): RetentionTally {
  return {
    base: 0,
    retained: 0,
    baseSales: exactTotal(),
    keptSales: exactTotal(),
    baseProfit: exactTotal(),
    keptProfit: exactTotal(),
  };
}

/** Takes a customer into the base. @internal */
export function enter(tally: RetentionTally, sales: number, profit: number): void {
  tally.base++;
  addExactly(tally.baseSales, sales);
  addExactly(tally.baseProfit, profit);
}

/** Counts a customer of the base as retained. @internal */
export function keep(tally: RetentionTally, sales: number, profit: number): void {
  tally.retained++;
  addExactly(tally.keptSales, sales);
  addExactly(tally.keptProfit, profit);
}

/** Several bases as one. @internal */
export function joined(tallies: readonly RetentionTally[]): RetentionTally {
  const all = newTally();
  for (const tally of tallies) {
    all.base += tally.base;
    all.retained += tally.retained;
    for (const sum of ["baseSales", "keptSales", "baseProfit", "keptProfit"] as const)
      addTotal(all[sum], tally[sum]);
  }
  return all;
}
