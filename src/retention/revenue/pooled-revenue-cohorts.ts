import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { countedShare } from "../rates/counted-share.js";
import { addTotal, exactTotal, totalAt, totalOf } from "../rates/exact-total.js";
import { mostAges, REVENUE, type RevenueCohortTally } from "./revenue-cohort-tally.js";
import type { RevenueHistory } from "./revenue-history.js";

/** One age of all cohorts together. */
export interface PooledRevenueCohort {
  /** Periods since the first payment: 0 is the period in which it was made. */
  readonly age: number;
  /** How many cohorts are old enough to count. */
  readonly cohorts: number;
  /** Of the customers of these cohorts, those active in the period. */
  readonly logoRetention: Rate;
  /** Where the retention of such customers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly logoRetentionInterval: Interval | null;
  /** 1 less logo retention. Not only who left for good: who pauses is back at a later age. */
  readonly logoChurn: Rate;
  /** Where the churn of such customers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly logoChurnInterval: Interval | null;
  /** The revenue of these cohorts at the age in that of age 0; above 1 when it grew. */
  readonly revenueRetention: Rate;
  /** 1 less revenue retention; below 0 when the cohorts grew. */
  readonly revenueChurn: Rate;
}

/** The sums over cohorts by age, each over those that are old enough. @internal */
export function pooledRevenueCohorts(
  tallies: readonly RevenueCohortTally[],
  history: RevenueHistory,
  confidenceLevel: number,
): PooledRevenueCohort[] {
  return Array.from({ length: mostAges(tallies) }, (_, age): PooledRevenueCohort => {
    const old = tallies.filter(({ customers }) => age < customers.length);
    let [customers, size] = [0, 0];
    const [now, atFirst] = [exactTotal(), exactTotal()];
    for (const tally of old) {
      customers += tally.customers[age];
      size += tally.size;
      addTotal(now, totalAt(tally.revenue, age));
      addTotal(atFirst, totalAt(tally.revenue, 0));
    }
    const kept = countedShare(customers, size, "customers of the cohorts", confidenceLevel);
    const lost = countedShare(size - customers, size, "customers of the cohorts", confidenceLevel);
    const revenue = totalOf(now, history.source, REVENUE);
    const first = totalOf(atFirst, history.source, REVENUE);
    return {
      age,
      cohorts: old.length,
      logoRetention: kept.rate,
      logoRetentionInterval: kept.interval,
      logoChurn: lost.rate,
      logoChurnInterval: lost.interval,
      revenueRetention: ratio(revenue, first, "revenue at age 0"),
      revenueChurn: ratio(first - revenue, first, "revenue at age 0"),
    };
  });
}
