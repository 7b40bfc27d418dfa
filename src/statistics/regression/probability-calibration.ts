import { assertInteger, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { minimizeNewton } from "../minimize-newton.js";
import { wilsonInterval } from "../wilson-interval.js";
import { logisticObjective } from "./logistic-likelihood.js";
import { logisticRegression } from "./logistic-regression.js";
import { type OutcomeScores, readOutcomeScores } from "./outcome-scores.js";

/** How probabilities are held against what happened. */
export interface CalibrationOptions extends ConfidenceOptions {
  /** How many groups of about equal size, 1 or more; equal probabilities stay together, so there can be fewer. Default 10. */
  readonly groups?: number | undefined;
}

/** A number of the recalibration; `null` with a reason where it is undefined. */
export interface CalibrationEstimate {
  /** The estimate. */
  readonly value: number | null;
  /** By the inverse information; `null` with `value`. */
  readonly standardError: number | null;
  /** By Wald; `null` with `value`. */
  readonly interval: Interval | null;
  /** Why `value` is `null`; else `null`. */
  readonly reason: string | null;
}

/** Rows of like probability. */
export interface CalibrationGroup {
  /** Lowest probability in it. */
  readonly from: number;
  /** Highest probability in it. */
  readonly to: number;
  /** Rows in it. */
  readonly n: number;
  /** Mean probability. */
  readonly predicted: number;
  /** Share in which it happened. */
  readonly observed: Rate;
  /** Of the observed share, by Wilson. */
  readonly interval: Interval;
}

/** Probabilities against what happened. */
export interface ProbabilityCalibration {
  /** Mean squared distance of probability and outcome (Brier 1950): 0 best; `null` without rows. */
  readonly brier: number | null;
  /** Mean probability; `null` without rows. */
  readonly predicted: number | null;
  /** Share in which it happened. */
  readonly observed: Rate;
  /** Log odds to add to all probabilities to meet the observed share: 0 right in the large, above 0 they are too low. */
  readonly inTheLarge: CalibrationEstimate;
  /** What to multiply log odds by: 1 right, below 1 probabilities are too extreme, as of an overfitted model. */
  readonly slope: CalibrationEstimate;
  /** From the lowest probabilities to the highest. */
  readonly groups: readonly CalibrationGroup[];
  /** Pairs of probability and outcome used. */
  readonly n: number;
  /** Pairs not used, since one is not known. */
  readonly dropped: number;
}

/**
 * Do things with a stated probability of 80 % happen in 80 % of the cases?
 *
 * Intercept and slope of a logistic recalibration on the log odds (Cox 1958), the Brier score, and predicted against observed
 * by group. A logistic regression on its own data has intercept 0 and slope 1 whatever it is worth: hold back customers, or
 * use a later period.
 *
 * @param probability - Stated for each row, 0 to 1; `null` or `NaN` where not known.
 * @param outcome - Whether it happened, by row: booleans, 0 and 1; `null` or `NaN` where not known.
 * @param options - `groups` (default 10) and `confidenceLevel` (default 0.95).
 * @returns Brier score, calibration in the large, slope and groups.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when lengths differ, a probability is outside 0 to 1 or an outcome is no
 * yes or no.
 * @example
 * ```ts
 * import { probabilityCalibration } from "clientele";
 *
 * const stated = [0.2, 0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8, 0.8];
 * const stayed = [0, 0, 0, 0, 1, 0, 1, 1, 1, 1];
 * const { brier, slope, groups } = probabilityCalibration(stated, stayed, { groups: 2 });
 * brier; // ~> 0.16
 * slope.value; // ~> 1
 * groups[1]?.observed.value; // => 0.8
 * ```
 */
export function probabilityCalibration(
  probability: ArrayLike<number | null>,
  outcome: ArrayLike<boolean | number | null>,
  options: CalibrationOptions = {},
): ProbabilityCalibration {
  assertOptions(options);
  const { groups = 10 } = options;
  assertInteger(groups, "options.groups", 1);
  const confidenceLevel = confidenceLevelOf(options);
  const known = readOutcomeScores(probability, outcome, { path: "probability", isProbability: true });
  const { score, dropped } = known;
  const n = score.length;
  let [squares, stated, happened] = [0, 0, 0];
  for (let row = 0; row < n; row++) {
    squares += (score[row] - known.outcome[row]) ** 2;
    stated += score[row];
    happened += known.outcome[row];
  }
  return {
    brier: n === 0 ? null : squares / n,
    predicted: n === 0 ? null : stated / n,
    observed: ratio(happened, n, "pairs with both"),
    ...recalibrated(known, confidenceLevel),
    groups: groupsOf(known, groups, confidenceLevel),
    n,
    dropped,
  };
}

function recalibrated(
  { score, outcome }: OutcomeScores,
  confidenceLevel: number,
): { inTheLarge: CalibrationEstimate; slope: CalibrationEstimate } {
  const none = (reason: string): CalibrationEstimate => ({
    value: null,
    standardError: null,
    interval: null,
    reason,
  });
  const both = (reason: string) => ({ inTheLarge: none(reason), slope: none(reason) });
  const certain = score.reduce((count, value) => (value === 0 || value === 1 ? count + 1 : count), 0);
  if (certain > 0) return both(`${certain} probabilities are 0 or 1, whose log odds are infinite`);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  if (events === 0 || events === outcome.length)
    return both(`needs both outcomes: ${events} of ${outcome.length} are 1`);
  const estimate = (value: number, standardError: number): CalibrationEstimate => {
    const margin = criticalZ(confidenceLevel) * standardError;
    const interval = { lower: value - margin, upper: value + margin, confidenceLevel };
    return { value, standardError, interval, reason: null };
  };
  const logit = score.map((value) => Math.log(value) - Math.log1p(-value));
  const x = new Float64Array(logit.length).fill(1);
  const shift = minimizeNewton(logisticObjective({ size: 1, x, outcome, offset: logit }), [0]);
  const slope = (): CalibrationEstimate => {
    if (score.every((value) => value === score[0]))
      return none(`the probability is ${score[0]} in every row: a slope needs two`);
    const fit = logisticRegression({ outcome, covariates: { "log odds": logit } }, { profile: false });
    if (fit.converged) return estimate(fit.coefficients[0].coefficient, fit.coefficients[0].standardError);
    if (fit.separation === null) return none(fit.reason);
    return none(
      "the probabilities tell the outcomes apart, but for equal ones at most: the slope is infinite",
    );
  };
  return {
    inTheLarge:
      shift.inverseHessian === null
        ? none(shift.reason ?? "not found")
        : estimate(shift.minimizer[0], Math.sqrt(shift.inverseHessian[0][0])),
    slope: slope(),
  };
}

function groupsOf(
  { score, outcome }: OutcomeScores,
  groups: number,
  confidenceLevel: number,
): CalibrationGroup[] {
  const order = Array.from(score, (_, row) => row).sort((a, b) => score[a] - score[b] || a - b);
  const found: CalibrationGroup[] = [];
  let part = 1;
  for (let start = 0; start < order.length; ) {
    // The next boundary of equal parts that lies ahead, then on to the end of equal probabilities.
    const boundary = (): number => Math.round((part * order.length) / groups);
    while (boundary() <= start) part++;
    let end = boundary();
    while (end < order.length && score[order[end]] === score[order[end - 1]]) end++;
    const rows = order.slice(start, end);
    const happened = rows.reduce((sum, row) => sum + outcome[row], 0);
    found.push({
      from: score[rows[0]],
      to: score[rows[rows.length - 1]],
      n: rows.length,
      predicted: rows.reduce((sum, row) => sum + score[row], 0) / rows.length,
      observed: ratio(happened, rows.length),
      interval: wilsonInterval(happened, rows.length, { confidenceLevel }),
    });
    start = end;
  }
  return found;
}
