import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeSum } from "../../core/safe-integer.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import type { CohortAge, CohortCells } from "./cohort-cells.js";

/** Many cohorts at one age. */
export interface CohortCurvePoint extends CohortAge {
  /** How many cohorts the means are of: those with customers whose cell is not `null`. */
  readonly cohorts: number;
  /** Customers counted over customers, of these cohorts together: each customer has the same weight. */
  readonly pooled: Rate;
  /** Where such a pooled rate plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly pooledInterval: Interval | null;
  /** Mean of the cohorts' rates: each cohort has the same weight. Numerator: sum of the rates; denominator: `cohorts`. */
  readonly simple: Rate;
  /** Net sales to these cohorts at this age: minor units; `null` when there is no cohort. */
  readonly revenue: number | null;
  /** `revenue` less cost: minor units; `null` when there is no cohort, or the log has no costs. */
  readonly profit: number | null;
  /** Net sales to these cohorts from the start to the end of this age, over their customers: minor units per customer. */
  readonly cumulativeRevenuePerCustomer: Rate;
}

/** The means over cohorts, age by age. */
export interface CohortCurve {
  /** Whose cohorts; `null` for all customers together, and for those in no group. */
  readonly group: string | null;
  /** One for each age. */
  readonly points: readonly CohortCurvePoint[];
}

/** The means over all cohorts, and over those of each group. */
export interface CohortCurves {
  /** Of all customers together, as if they were not grouped. */
  readonly curve: CohortCurve;
  /** Of each group, in the order of the cohorts; empty without `groupBy`. */
  readonly groupCurves: readonly CohortCurve[];
}

/**
 * How do the cohorts that we have known for long enough develop, the same ones at every age?
 *
 * The curves in a cohort table take in each cohort as far as it has been observed, so that late ages rest on the old
 * cohorts alone. Such a curve can rise where no cohort does, even one that counts "on or after" and should only fall:
 * the cohorts change, not the customers. Here the young cohorts are left out throughout, and what remains is development.
 *
 * @param table - A cohort table.
 * @param observedThrough - Only cohorts for which this age (a whole number from 0) is over; the curves end with it.
 * @returns Curves of these cohorts. Without one, their rates are `null`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `observedThrough` is not a whole number from 0, or the table none.
 * @example
 * ```ts
 * import { cohortTable, fixedCohortCurves, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 100 },
 *     { customerId: "ani", at: "2024-03-10", amount: 100 },
 *     { customerId: "budi", at: "2024-02-10", amount: 100 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const table = cohortTable(log, { asOf: "2024-04-01", by: "month", mode: "onOrAfter" });
 * table.curve.points.map(({ pooled }) => pooled.value); // => [1, 0.5, 1]
 * fixedCohortCurves(table, 2).curve.points.map(({ pooled }) => pooled.value); // => [1, 1, 1]
 * ```
 */
export function fixedCohortCurves(table: CohortCells, observedThrough: number): CohortCurves {
  assertCohortTable(table);
  assertInteger(observedThrough, "observedThrough", 0);
  return cohortCurves(table, observedThrough + 1);
}

/** @internal */
export function assertCohortTable(table: CohortCells): void {
  assertArgument(
    Array.isArray(table?.cohorts) && Array.isArray(table.ages) && Array.isArray(table.cells?.columns?.size),
    "table",
    () => `table is ${shown(table)}: pass the result of cohortTable()`,
  );
}

/** Curves of all cohorts, or of those of which so many ages are over, up to there. @internal */
export function cohortCurves(table: CohortCells, fixedAges: number | null = null): CohortCurves {
  const { cohorts, grouped } = table;
  const groups = [...new Set(cohorts.map(({ group }) => group))];
  const periods = groups.length === 0 ? 0 : cohorts.length / groups.length;
  const curveOf = (group: string | null, first: number, count: number) => ({
    group,
    points: pointsOf(
      table,
      // Those who started in one period, whichever their groups, are one cohort.
      Array.from({ length: periods }, (_, period) =>
        Array.from({ length: count }, (_, i) => (first + i) * periods + period),
      ),
      fixedAges,
    ),
  });
  return {
    curve: curveOf(null, 0, groups.length),
    groupCurves: grouped ? groups.map((group, i) => curveOf(group, i, 1)) : [],
  };
}

/** Means over cohorts, each given as the lines of the table that make it up. */
function pointsOf(
  table: CohortCells,
  allCohorts: readonly (readonly number[])[],
  fixedAges: number | null,
): CohortCurvePoint[] {
  const { cohorts } = table;
  const filled = allCohorts
    .map((lines) => lines.filter((line) => cohorts[line].customers > 0))
    .filter((lines) => lines.length > 0);
  if (fixedAges === null) return table.ages.map((age, place) => pointOf(table, filled, age, place));
  const fixed = filled.filter((lines) => lines.every((line) => cohorts[line].observedAges >= fixedAges));
  return table.ages.flatMap((age, place) => (age.to <= fixedAges ? [pointOf(table, fixed, age, place)] : []));
}

function pointOf(
  { cohorts, ages, cells, confidenceLevel }: CohortCells,
  allCohorts: readonly (readonly number[])[],
  age: CohortAge,
  place: number,
): CohortCurvePoint {
  const { size, customers, revenue, profit, cumulativeRevenue } = cells.columns;
  const cellsOf = (lines: readonly number[]) => lines.map((line) => line * ages.length + place);
  const observed = allCohorts
    .filter((lines) => lines.every((line) => age.to <= cohorts[line].observedAges))
    .map(cellsOf);
  const all = observed.flat();
  const sum = (column: readonly (number | null)[], of: readonly number[], what: string) =>
    safeSum(
      of.map((cell) => column[cell] ?? 0),
      "log",
      what,
    );
  const counted = sum(customers, all, "the customers of the cohorts");
  const base = sum(size, all, "the customers of the cohorts");
  let rates = 0;
  for (const cohort of observed)
    rates += sum(customers, cohort, "the customers") / sum(size, cohort, "the customers");
  const isNone = observed.length === 0;
  const cumulative = sum(cumulativeRevenue, all, "the cumulative revenue of the cohorts");
  return {
    ...age,
    cohorts: observed.length,
    pooled: ratio(counted, base, OBSERVED),
    pooledInterval: isNone ? null : wilsonInterval(counted, base, { confidenceLevel }),
    simple: ratio(rates, observed.length, "cohorts for which this age is over"),
    revenue: isNone ? null : sum(revenue, all, "the revenue of the cohorts"),
    profit:
      isNone || all.some((cell) => profit[cell] === null)
        ? null
        : sum(profit, all, "the profit of the cohorts"),
    cumulativeRevenuePerCustomer: ratio(cumulative, base, OBSERVED),
  };
}

const OBSERVED = "customers in cohorts for which this age is over";
