import {
  assertArgument,
  assertArray,
  assertFinite,
  assertInRange,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { table } from "../../core/table.js";
import { byName } from "../../history/customer-groups.js";
import {
  type KaplanMeierOptions,
  kaplanMeier,
  type SurvivalCurve,
} from "../../statistics/survival/kaplan-meier.js";
import {
  type RestrictedMean,
  restrictedMeanSurvival,
} from "../../statistics/survival/restricted-mean-survival.js";
import { type SurvivalEstimate, survivalAt } from "../../statistics/survival/survival-at.js";
import { readSurvivalData, type SurvivalInput } from "../../statistics/survival/survival-data.js";
import { type SurvivalQuantile, survivalQuantile } from "../../statistics/survival/survival-quantile.js";
import type { LifetimeColumns, LifetimeTable } from "./lifetime-table.js";

/** Up to when lifetimes are averaged, and at which tenures the curve is read. */
export interface LifetimeEstimateOptions extends KaplanMeierOptions {
  /** Tenure up to which the mean counts, above 0, in the unit of the lifetimes. */
  readonly horizon: number;
  /** Tenures at which to read the share who are still there, 0 or more; default none. */
  readonly tenures?: readonly number[];
}

/** What simple averages say: too short, each in its own way. Denominators count customers. */
export interface NaiveLifetimes {
  /** Of those whose life ended: only who left early has been seen to leave. */
  readonly ended: Rate;
  /** Of those who are still there: they have not finished. */
  readonly living: Rate;
  /** Of both together. */
  readonly all: Rate;
}

/** How long customers stay. */
export interface LifetimeEstimate {
  /** By when half of them have left; its value is `null` when fewer have been seen to leave. */
  readonly median: SurvivalQuantile;
  /** Mean lifetime up to the horizon. */
  readonly restrictedMean: RestrictedMean;
  /** Share still there at each of the tenures. */
  readonly survival: readonly SurvivalEstimate[];
  /** The averages that this estimate is to replace, for comparison. */
  readonly naive: NaiveLifetimes;
  /** The whole curve, for a chart. */
  readonly curve: SurvivalCurve;
}

/** {@link LifetimeEstimate} of one group. */
export interface GroupLifetimeEstimate extends LifetimeEstimate {
  /** Name of the group; `null`: customers of no group. */
  readonly group: string | null;
}

/**
 * How long do customers stay, those who are still here counted rightly?
 *
 * From the Kaplan-Meier curve: the median, and the mean up to a horizon, with how sure they are. The mean tenure of the
 * churned is too short, because those who stay long have not churned yet; that of the living because they go on; and
 * neither gets better with more data. They stand beside the estimate so that the difference shows.
 *
 * @param lifetimes - The result of `customerLifetimes` or `contractLifetimes`, or other survival data.
 * @param options - `horizon`; `tenures` at which to read the curve; `interval` and `confidenceLevel` as in `kaplanMeier`.
 * @returns Median, restricted mean, shares, and the naive means; times in the unit of the lifetimes.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the horizon is not above 0 or a tenure negative; `INVALID_ROWS`
 * as `kaplanMeier`.
 * @example
 * ```ts
 * import { lifetimeEstimate } from "clientele";
 *
 * const months = { duration: [2, 4, 6, 12, 12, 12], event: [true, true, true, false, false, false] };
 * const { restrictedMean, survival, naive } = lifetimeEstimate(months, { horizon: 12, tenures: [6] });
 * restrictedMean.value; // => 8
 * survival[0]?.survival; // => 0.5
 * naive.ended; // => { value: 4, numerator: 12, denominator: 3, reason: null }
 * ```
 */
export function lifetimeEstimate(
  lifetimes: SurvivalInput,
  options: LifetimeEstimateOptions,
): LifetimeEstimate {
  assertEstimateOptions(options);
  const { horizon, tenures = [] } = options;
  const curve = kaplanMeier(lifetimes, options);
  return {
    median: survivalQuantile(curve),
    restrictedMean: restrictedMeanSurvival(curve, horizon),
    survival: tenures.map((tenure) => survivalAt(curve, tenure)),
    naive: naiveLifetimes(lifetimes),
    curve,
  };
}

/**
 * How long do the customers of each group stay?
 *
 * Whether the groups differ by more than chance is for `logRankTest`, which takes the same table.
 *
 * @param lifetimes - The result of `customerLifetimes` or `contractLifetimes` with `groupBy`.
 * @param options - As in {@link lifetimeEstimate}: one horizon for all, which every group should reach.
 * @returns One estimate for each group, by name; customers of no group last.
 * @throws {@link ClienteleError} as {@link lifetimeEstimate}.
 * @example
 * ```ts
 * import { contractLifetimes, lifetimeEstimateByGroup } from "clientele";
 *
 * const lifetimes = contractLifetimes(
 *   [
 *     { customerId: "ani", startAt: "2024-01-01", endAt: "2024-01-11" },
 *     { customerId: "budi", startAt: "2024-01-01", endAt: "2024-01-21" },
 *   ],
 *   { asOf: "2024-07-01", groupBy: (customerId) => (customerId === "ani" ? "web" : "shop") },
 * );
 * const groups = lifetimeEstimateByGroup(lifetimes, { horizon: 30 });
 * groups.map(({ group, restrictedMean }) => [group, restrictedMean.value]); // => [["shop", 20], ["web", 10]]
 * ```
 */
export function lifetimeEstimateByGroup(
  lifetimes: LifetimeTable,
  options: LifetimeEstimateOptions,
): GroupLifetimeEstimate[] {
  assertEstimateOptions(options);
  assertArgument(
    COLUMNS.every((name) => Array.isArray(lifetimes?.columns?.[name])),
    "lifetimes",
    () => `lifetimes is ${shown(lifetimes)}: pass the result of customerLifetimes() or contractLifetimes()`,
  );
  const rowsOf = new Map<string | null, number[]>();
  for (const [row, group] of lifetimes.columns.group.entries()) {
    const rows = rowsOf.get(group);
    if (rows) rows.push(row);
    else rowsOf.set(group, [row]);
  }
  return [...rowsOf]
    .sort(([a], [b]) => byName(a, b))
    .map(([group, rows]) => ({ group, ...lifetimeEstimate(picked(lifetimes.columns, rows), options) }));
}

const COLUMNS = ["group", "duration", "event", "entry"] as const;

function picked({ duration, event, entry }: LifetimeColumns, rows: readonly number[]): SurvivalInput {
  return table({
    duration: rows.map((row) => duration[row]),
    event: rows.map((row) => event[row]),
    entry: rows.map((row) => entry[row]),
  });
}

function naiveLifetimes(lifetimes: SurvivalInput): NaiveLifetimes {
  const { length, duration, event, weight } = readSurvivalData(lifetimes, "lifetimes");
  const sums = [0, 0];
  const counts = [0, 0];
  for (let row = 0; row < length; row++) {
    const customers = weight ? weight[row] : 1;
    sums[event[row]] += customers * duration[row];
    counts[event[row]] += customers;
  }
  return {
    ended: ratio(sums[1], counts[1], "customers whose life ended"),
    living: ratio(sums[0], counts[0], "customers who are still there"),
    all: ratio(sums[0] + sums[1], counts[0] + counts[1], "customers"),
  };
}

function assertEstimateOptions(options: LifetimeEstimateOptions): void {
  assertOptions(options, "{ horizon }");
  const { horizon, tenures = [] } = options;
  assertFinite(horizon, "options.horizon");
  assertArgument(
    horizon > 0,
    "options.horizon",
    () => `options.horizon is ${horizon}: pass a tenure above 0`,
  );
  assertArray(tenures, "options.tenures");
  for (const [i, tenure] of tenures.entries())
    assertInRange(tenure, `options.tenures[${i}]`, 0, Number.MAX_VALUE);
}
