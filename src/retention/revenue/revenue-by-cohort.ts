import type { Instant } from "../../core/instant.js";
import type { Interval } from "../../core/interval.js";
import type { Period } from "../../core/period.js";
import { type Table, table } from "../../core/table.js";
import type { CustomerGrouping } from "../../history/customer-groups.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import type { CohortAge } from "../cohorts/cohort-cells.js";
import { assertSize } from "../cohorts/cohort-members.js";
import { type PooledRevenueCohort, pooledRevenueCohorts } from "./pooled-revenue-cohorts.js";
import { mostAges, type RevenueCohortTally, revenueAt, tallyRevenueCohorts } from "./revenue-cohort-tally.js";
import {
  type RevenueHistory,
  type RevenueOrigin,
  type RevenuePeriodOptions,
  type RevenueSource,
  revenueOrigin,
} from "./revenue-history.js";
import { revenueHistory } from "./tally-bridges.js";

/** Into which cohorts customers are dealt, and what counts as revenue. */
export interface RevenueCohortOptions extends RevenuePeriodOptions, ConfidenceOptions {
  /**
   * Which cohorts are shown: those whose period lies in `[start, end)` as a whole and is over at `asOf`; their ages run on
   * to `asOf`. Default: all.
   */
  readonly window?: { readonly start: Instant; readonly end: Instant };
  /** Keeps the cohorts of each group apart; default none. */
  readonly groupBy?: CustomerGrouping;
}

/** The customers of one group who first paid in one period. */
export interface RevenueCohort {
  /** Their group; `null` without `groupBy`, and for customers in no group. */
  readonly group: string | null;
  /** The period of the first payment; its label names the cohort. */
  readonly period: Period;
  /** How many customers first paid in it, at least 1. */
  readonly customers: number;
  /** Their revenue at age 0, minor units: what revenue retention is measured against. */
  readonly revenue: number;
  /** How many ages, counted from age 0, are over at `asOf`. */
  readonly observedAges: number;
}

/**
 * The cells: each cohort by each age, cohort by cohort, in columns that are named as those of {@link cohortTable} where they
 * mean the same. A cell whose period is not over at `asOf` is `null` throughout.
 */
export interface RevenueCohortCellColumns {
  /** Group of the cohort. */
  group: (string | null)[];
  /** Label of the cohort's period. */
  cohort: string[];
  /** Label of the age: periods since the first payment, `"0"` for the one in which it was made. */
  age: string[];
  /** Customers of the cohort: the denominator of `rate`. */
  size: number[];
  /** Those of them who are active in the period: the numerator of `rate`. */
  customers: (number | null)[];
  /**
   * Logo retention: `customers / size`. Logo churn is 1 less it, with limits of 1 less `upper` and 1 less `lower`; not only
   * who left for good: who pauses is back at a later age.
   */
  rate: (number | null)[];
  /** Lower limit of the rate's interval (Wilson 1927), at the confidence level of the result. */
  lower: (number | null)[];
  /** Upper limit. */
  upper: (number | null)[];
  /** Revenue of the cohort in the period: minor units. */
  revenue: (number | null)[];
  /** `revenue` in that of age 0: above 1 when it grew. Revenue churn is 1 less it. */
  revenueRetention: (number | null)[];
  /** Why `rate` or `revenueRetention` is `null`; `null` where both are numbers. */
  reason: (string | null)[];
}

/** The cohorts of one group together. */
export interface GroupPooledRevenueCohorts {
  /** The group; `null` for customers of none. */
  readonly group: string | null;
  /** By age, as many as the oldest cohort of the group has. */
  readonly pooled: readonly PooledRevenueCohort[];
}

/** Revenue and customers by cohort of first payment and age. */
export interface RevenueCohorts extends RevenueOrigin {
  /** Cohorts with customers: group by group in ascending order of names (no group last), then in order of time. */
  readonly cohorts: readonly RevenueCohort[];
  /** The columns: ages from 0, as many as are over for the oldest cohort. */
  readonly ages: readonly CohortAge[];
  /** Each cohort by each age: row `cohort * ages.length + age`. */
  readonly cells: Table<RevenueCohortCellColumns>;
  /** By age: sums over the cohorts whose cell is complete, numerator and denominator. */
  readonly pooled: readonly PooledRevenueCohort[];
  /** The same for each group with a cohort; `null` without `groupBy`. */
  readonly groups: readonly GroupPooledRevenueCohorts[] | null;
  /** Of all intervals. */
  readonly confidenceLevel: number;
}

/**
 * How much do customers bring as they grow older: customers and revenue by period of the first payment, and age?
 *
 * Revenue, and who is active, are what {@link revenueMovements} says they are. From subscriptions, a cohort counts whoever
 * first paid in the period, also who was gone at its end: logo retention at age 0 may be below 1, and revenue is measured
 * against what was there at the end of that period. A customer without revenue in a period brings 0. With `convert`, a
 * cohort is taken at the exchange rates of its first period's end throughout.
 *
 * @param source - {@link RevenueSubscription} rows, those that ended included, or a transaction log.
 * @param options - `asOf`, `by`, `window` (of first payments), `groupBy`, `confidenceLevel` (default 0.95) and what
 * {@link revenueMovements} takes.
 * @returns Cohorts, their cells as columns, and the pooled rates. A cell whose period is not over at `asOf` is `null`, and
 * in no mean.
 * @throws {@link ClienteleError} what {@link revenueMovements} throws; `INVALID_ARGUMENT` when there would be more than
 * 5,000,000 cells.
 * @example
 * ```ts
 * import { revenueRetentionByCohort, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-05", amount: 600 },
 *     { customerId: "budi", at: "2024-01-20", amount: 400 },
 *     { customerId: "ani", at: "2024-02-05", amount: 900 },
 *     { customerId: "citra", at: "2024-02-10", amount: 500 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { cells, pooled } = revenueRetentionByCohort(log, { asOf: "2024-03-01", by: "month" });
 * const table = rows(cells).map((cell) => [cell.cohort, cell.age, cell.rate, cell.revenueRetention]);
 * table.slice(0, 2); // => [["2024-01", "0", 1, 1], ["2024-01", "1", 0.5, 0.9]]
 * // March is not over: who came in February is not known at age 1 yet.
 * table.slice(2); // => [["2024-02", "0", 1, 1], ["2024-02", "1", null, null]]
 * pooled.map(({ cohorts }) => cohorts); // => [2, 1]
 * ```
 */
export function revenueRetentionByCohort(
  source: RevenueSource,
  options: RevenueCohortOptions,
): RevenueCohorts {
  const history = revenueHistory(source, options);
  const confidenceLevel = confidenceLevelOf(options);
  const tallies = tallyRevenueCohorts(history, options.groupBy);
  const ages = mostAges(tallies);
  assertSize(tallies.length * ages, "cells");
  const cohorts = tallies.map(
    (tally): RevenueCohort => ({
      group: tally.group,
      period: history.periods.at(tally.place),
      customers: tally.size,
      revenue: revenueAt(tally, 0, history),
      observedAges: tally.customers.length,
    }),
  );
  return {
    cohorts,
    ages: Array.from({ length: ages }, (_, from) => ({ label: `${from}`, from, to: from + 1 })),
    cells: cellsOf(cohorts, tallies, ages, history, confidenceLevel),
    pooled: pooledRevenueCohorts(tallies, history, confidenceLevel),
    groups:
      options.groupBy === undefined
        ? null
        : [...byGroup(tallies)].map(([group, own]) => ({
            group,
            pooled: pooledRevenueCohorts(own, history, confidenceLevel),
          })),
    confidenceLevel,
    ...revenueOrigin(history),
  };
}

function byGroup(tallies: readonly RevenueCohortTally[]): Map<string | null, RevenueCohortTally[]> {
  const found = new Map<string | null, RevenueCohortTally[]>();
  for (const tally of tallies) {
    const own = found.get(tally.group);
    if (own) own.push(tally);
    else found.set(tally.group, [tally]);
  }
  return found;
}

function cellsOf(
  cohorts: readonly RevenueCohort[],
  tallies: readonly RevenueCohortTally[],
  ages: number,
  history: RevenueHistory,
  confidenceLevel: number,
): Table<RevenueCohortCellColumns> {
  const cells: RevenueCohortCellColumns = {
    group: [],
    cohort: [],
    age: [],
    size: [],
    customers: [],
    rate: [],
    lower: [],
    upper: [],
    revenue: [],
    revenueRetention: [],
    reason: [],
  };
  const labels = Array.from({ length: ages }, (_, age) => String(age));
  cohorts.forEach(({ group, period, customers: size, revenue: first, observedAges }, line) => {
    const tally = tallies[line];
    const intervalOf = intervalReader(size, confidenceLevel);
    const withoutRevenue = first > 0 ? null : `revenue at age 0: ${first}`;
    for (let age = 0; age < ages; age++) {
      const isOver = age < observedAges;
      const customers = isOver ? tally.customers[age] : null;
      const revenue = isOver ? revenueAt(tally, age, history) : null;
      const interval = customers === null ? null : intervalOf(customers);
      cells.group.push(group);
      cells.cohort.push(period.label);
      cells.age.push(labels[age]);
      cells.size.push(size);
      cells.customers.push(customers);
      cells.rate.push(customers === null ? null : customers / size);
      cells.lower.push(interval?.lower ?? null);
      cells.upper.push(interval?.upper ?? null);
      cells.revenue.push(revenue);
      cells.revenueRetention.push(revenue === null || withoutRevenue !== null ? null : revenue / first + 0);
      cells.reason.push(isOver ? withoutRevenue : "not over at asOf");
    }
  });
  return table(cells);
}

/** A cohort has far fewer counts than ages, so that each interval is computed once. */
function intervalReader(size: number, confidenceLevel: number): (customers: number) => Interval {
  const found = new Map<number, Interval>();
  return (customers) => {
    const interval = found.get(customers) ?? wilsonInterval(customers, size, { confidenceLevel });
    found.set(customers, interval);
    return interval;
  };
}
