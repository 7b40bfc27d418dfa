import { assertArgument, assertInteger, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import type { Rate } from "../../core/rate.js";
import { twoProportionTest } from "../../statistics/two-proportion-test.js";
import type { CohortAge, CohortCells } from "./cohort-cells.js";
import {
  assertCohortTable,
  type CohortCurve,
  type CohortCurves,
  fixedCohortCurves,
} from "./cohort-curves.js";

/** Which two groups of a cohort table stand side by side. */
export interface CompareCohortsOptions {
  /** Name of the group in question; `null` for the customers in no group. */
  readonly group: string | null;
  /** Name of the group to compare it with; its rate is subtracted. */
  readonly baseline: string | null;
  /** Only cohorts for which this age is over, the same at every age: see {@link fixedCohortCurves}. Default: all. */
  readonly observedThrough?: number;
}

/** Two groups at one age. */
export interface CohortDifference extends CohortAge {
  /** Pooled rate of the group less that of the baseline: 0.05 is five percentage points; `null` where one is unknown. */
  readonly difference: number | null;
  /** Where the difference plausibly lies (Newcombe 1998, method 10), at the table's confidence level. */
  readonly interval: Interval | null;
  /** Chance of a difference at least this large if both groups were alike (z test, two-sided); `null` where nothing varies. */
  readonly pValue: number | null;
  /** Why a field is `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** Two groups of a cohort table, side by side. */
export interface CohortComparison {
  /** Curve of the group in question. */
  readonly group: CohortCurve;
  /** Curve of the group to compare it with. */
  readonly baseline: CohortCurve;
  /** One for each age of the curves. */
  readonly differences: readonly CohortDifference[];
}

/**
 * Do the customers of one group come back more often than those of another, age by age?
 *
 * A difference between members and non-members is not what membership does. Who joins differs from who does not: good
 * customers join. And who joined later had to survive until then, so that a group made by "ever joined" cannot lose
 * anybody before joining (immortal time). What helps: group by what was known at the start (joined with the first
 * purchase or not); or start the clock at joining with `startAt`, and that of comparable others at the same age; compare
 * within one cohort, since the mix of old and young cohorts differs between groups (`observedThrough` fixes which ones count,
 * not in which proportion); best, offer membership by lot and group by the offer, taken or not.
 *
 * Ages are compared one by one: of twenty, one falls below 0.05 by chance. Ages of one customer hang together, so look at
 * the age decided on beforehand. With fewer than five counted, or not counted, in a group use `fisherExact`.
 *
 * @param table - A cohort table made with `groupBy`.
 * @param options - `group` and `baseline`, names of its groups; `observedThrough`.
 * @returns Both curves and the difference of their pooled rates, with interval and p-value, at each age.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the table is not grouped, a group is not in it, both are the same,
 * or `observedThrough` is not a whole number from 0.
 * @example
 * ```ts
 * import { cohortTable, compareCohorts, transactionLog } from "clientele";
 *
 * const purchases = Array.from({ length: 150 }, (_, i) => [
 *   { customerId: `c${i}`, at: "2024-01-15", amount: 100 },
 *   // 56 of 70 members come back, 48 of 80 others.
 *   ...(i < 56 || (i >= 70 && i < 118) ? [{ customerId: `c${i}`, at: "2024-02-15", amount: 100 }] : []),
 * ]);
 * const log = transactionLog(purchases.flat(), { currency: "IDR" });
 * const joinedAtFirstPurchase = (customerId: string) => (Number(customerId.slice(1)) < 70 ? "member" : "other");
 * const table = cohortTable(log, { asOf: "2024-03-01", by: "month", groupBy: joinedAtFirstPurchase });
 * const { differences } = compareCohorts(table, { group: "member", baseline: "other" });
 * differences[1]?.difference; // ~> 0.2
 * differences[1]?.interval?.lower.toFixed(4); // => "0.0524"
 * differences[1]?.pValue?.toFixed(4); // => "0.0080"
 * ```
 */
export function compareCohorts(
  table: CohortCells & CohortCurves,
  options: CompareCohortsOptions,
): CohortComparison {
  assertCohortTable(table);
  assertArgument(
    table.grouped === true,
    "table",
    () => `table is ${shown(table)} without groups: pass the result of cohortTable() with groupBy`,
  );
  assertOptions(options, "{ group, baseline }");
  const { observedThrough } = options;
  if (observedThrough !== undefined) assertInteger(observedThrough, "options.observedThrough", 0);
  const { groupCurves } = observedThrough === undefined ? table : fixedCohortCurves(table, observedThrough);
  const group = curveOf(groupCurves, options, "group");
  const baseline = curveOf(groupCurves, options, "baseline");
  assertArgument(
    group !== baseline,
    "options.baseline",
    () => `options.baseline is ${shown(options.baseline)}, as options.group is: pass another group`,
  );
  const differences = group.points.map(({ label, from, to, pooled }, place): CohortDifference => {
    const other = baseline.points[place].pooled;
    const test = twoProportionTest(countsOf(pooled), countsOf(other), {
      confidenceLevel: table.confidenceLevel,
    });
    const { difference, interval, pValue } = test;
    return { label, from, to, difference, interval, pValue, reason: reasonOf(pooled, other, pValue) };
  });
  return { group, baseline, differences };
}

function curveOf(
  curves: readonly CohortCurve[],
  options: CompareCohortsOptions,
  name: "group" | "baseline",
): CohortCurve {
  const curve = curves.find(({ group }) => group === options[name]);
  assertArgument(
    curve !== undefined,
    `options.${name}`,
    () =>
      `options.${name} is ${shown(options[name])}: pass one of ${curves.map(({ group }) => shown(group)).join(", ") || "no group, the table is empty"}`,
  );
  return curve;
}

function countsOf({ numerator, denominator }: Rate) {
  return { successes: numerator, trials: denominator };
}

function reasonOf(group: Rate, baseline: Rate, pValue: number | null): string | null {
  if (group.reason !== null) return `group: ${group.reason}`;
  if (baseline.reason !== null) return `baseline: ${baseline.reason}`;
  return pValue === null ? "pValue: all or none of both groups were counted, nothing varies" : null;
}
