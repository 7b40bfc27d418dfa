import { assertBetween, assertOptions } from "../../core/assert.js";
import type { Table } from "../../core/table.js";
import type { ConfidenceOptions } from "../confidence.js";
import {
  SURVIVAL_SCALES,
  type SurvivalIntervalMethod,
  type SurvivalScale,
} from "../survival/survival-limits.js";
import { SAME_SHARE } from "../survival/survival-quantile.js";
import type { CoxBaseline } from "./cox-baseline.js";
import { limitScale, type ReadStratum, readBaselineSubjects } from "./cox-baseline-subjects.js";
import { type SubjectHazard, subjectHazard } from "./cox-hazard.js";
import type { CoxSubject } from "./cox-subjects.js";

/** Up to when time counts, and how intervals are made. */
export interface CoxLifetimeOptions extends ConfidenceOptions {
  /** Time from the origin up to which the expected time counts, above 0 and no more than the longest duration. */
  readonly horizon: number;
  /** On which scale the intervals are symmetric. Default: that of the baseline. */
  readonly interval?: SurvivalIntervalMethod;
}

/** Columns of {@link coxLifetime}: one row for each subject, in their order. Times are from the origin. */
export type CoxLifetimeColumns = {
  /**
   * First time by which the chance to be without the event is a half or less, or the middle of a stretch at which it is
   * exactly a half, as in {@link survivalQuantile}; `null` when it stays above.
   */
  median: (number | null)[];
  /** Lower limit of the median; `null` when the lower limit of the chance stays above a half. */
  medianLower: (number | null)[];
  /** Upper limit of the median; `null` when the upper limit of the chance stays above a half. */
  medianUpper: (number | null)[];
  /**
   * Expected time without the event from `survivedTo` to the horizon; `null` when the stratum was not seen that long, or
   * `survivedTo` is beyond the horizon.
   */
  restrictedMean: (number | null)[];
};

/**
 * How long will each subject go without the event?
 *
 * The median and the restricted mean of its survival curve (see {@link coxSurvival}). An unrestricted mean is not known
 * where the longest durations are censored. With `survivedTo` both are of those who got that far.
 *
 * @param baseline - What {@link coxBaseline} gave, for whatever covariates.
 * @param subjects - Rows of `{ covariates, stratum?, survivedTo? }`.
 * @param options - `horizon`; `interval` and `confidenceLevel` (default: those of the baseline).
 * @returns Median with limits, and expected time up to the horizon.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a covariate is missing or no finite number or the stratum is
 * missing or unknown, `INVALID_ARGUMENT` when the horizon is not above 0 or an option is unknown.
 * @example
 * ```ts
 * import { column, coxBaseline, coxLifetime, coxRegression } from "clientele";
 *
 * const duration = [2, 3, 5, 5, 7, 8, 9, 12];
 * const event = [1, 1, 1, 0, 1, 0, 1, 0] as const;
 * const data = { duration, event, covariates: { complaints: [3, 0, 2, 0, 1, 1, 1, 0] } };
 * const fit = coxRegression(data);
 * if (!fit.converged) throw new Error(fit.reason);
 * const subjects = [{ covariates: { complaints: 2 } }, { covariates: { complaints: 0 }, survivedTo: 5 }];
 * const lifetimes = coxLifetime(coxBaseline(fit, data), subjects, { horizon: 12 });
 * column(lifetimes, "median"); // => [5, null]
 * column(lifetimes, "restrictedMean"); // ~> [4.6736457621067595, 6.091322854067164]
 * ```
 */
export function coxLifetime(
  baseline: CoxBaseline,
  subjects: readonly CoxSubject[],
  options: CoxLifetimeOptions,
): Table<CoxLifetimeColumns> {
  assertOptions(options, "{ horizon }");
  const { strata, known } = readBaselineSubjects(baseline, subjects);
  const { horizon } = options;
  assertBetween(horizon, "options.horizon", 0, Number.POSITIVE_INFINITY);
  const { method, z } = limitScale(baseline, options);
  const scale = SURVIVAL_SCALES[method];
  const columns: CoxLifetimeColumns = { median: [], medianLower: [], medianUpper: [], restrictedMean: [] };
  for (const subject of known) {
    const stratum = strata[subject.stratum];
    const hazard = subjectHazard(stratum, subject);
    const [median, lower, upper] = medianOf(stratum, hazard, scale, z);
    columns.median.push(median);
    columns.medianLower.push(lower);
    columns.medianUpper.push(upper);
    const isKnown = horizon <= stratum.lastTime && subject.survivedTo <= Math.min(horizon, stratum.lastTime);
    columns.restrictedMean.push(isKnown ? meanUpTo(horizon, stratum, hazard, subject.survivedTo) : null);
  }
  return { length: known.length, columns };
}

/** A share that rounding leaves of a half is a half. */
const REACHED = /* @__PURE__ */ (() => 0.5 + SAME_SHARE)();
const BELOW = /* @__PURE__ */ (() => 0.5 - SAME_SHARE)();

/** Median and its limits, found without making the shares and limits themselves: few of them are near a half. */
function medianOf(
  { time, lastTime }: ReadStratum,
  { from, hazardAt, errorAt }: SubjectHazard,
  scale: SurvivalScale,
  z: number,
): [median: number | null, lower: number | null, upper: number | null] {
  const end = time.length;
  // Shares fall, so that they can be bisected; limits may rise again, and the first crossing counts.
  const fallsTo = (share: number, start: number): number => {
    const enough = -Math.log(share);
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (hazardAt(middle) >= enough) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const limitFallsTo = (share: number, sign: -1 | 1, start: number, stop: number): number => {
    const level = scale.of(share);
    for (let step = start; step < stop; step++) {
      if (scale.limitOf(hazardAt(step), errorAt(step), sign * z) <= level) return step;
    }
    return stop;
  };
  const timeOf = (reached: number, below: number): number | null =>
    reached === end ? null : (time[reached] + (below === end ? lastTime : time[below])) / 2;

  const reached = fallsTo(REACHED, from + 1);
  const below = fallsTo(BELOW, reached);
  // A lower limit is there before the share, an upper one after it.
  const lowerReached = limitFallsTo(REACHED, -1, from + 1, reached);
  const lowerBelow = limitFallsTo(BELOW, -1, lowerReached, below);
  const upperReached = limitFallsTo(REACHED, 1, reached, end);
  const upperBelow = limitFallsTo(BELOW, 1, Math.max(upperReached, below), end);
  return [timeOf(reached, below), timeOf(lowerReached, lowerBelow), timeOf(upperReached, upperBelow)];
}

/** The area under the steps of the share. */
function meanUpTo(
  horizon: number,
  { time }: ReadStratum,
  { from, hazardAt }: SubjectHazard,
  survivedTo: number,
): number {
  let mean = 0;
  let since = survivedTo;
  let share = 1;
  for (let step = from + 1; step < time.length && time[step] <= horizon && share > 0; step++) {
    mean += share * (time[step] - since);
    since = time[step];
    share = Math.exp(-hazardAt(step));
  }
  return mean + share * (horizon - since);
}
