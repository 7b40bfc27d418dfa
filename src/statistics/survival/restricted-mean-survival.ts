import { assertArgument, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { criticalZ } from "../confidence.js";
import { normalCdf } from "../normal.js";
import type { SurvivalCurve } from "./kaplan-meier.js";
import { assertCurve, emptiedReason } from "./survival-at.js";

/** Mean time without the event, counted up to a horizon. */
export interface RestrictedMean {
  /** Time up to which was counted. */
  readonly horizon: number;
  /** Mean time without the event, from 0 to the horizon; `null` without subjects, or beyond the curve's `emptiedAt`. */
  readonly value: number | null;
  /** Standard error of the mean; `null` where the mean is. */
  readonly standardError: number | null;
  /** Limits of the mean, at the level of the curve; `null` where the mean is. */
  readonly interval: Interval | null;
  /**
   * End of the curve when it ends before the horizon without having reached 0: from there on its last share was carried
   * level to the horizon, which makes the mean too high. `null` where nothing had to be carried.
   */
  readonly extendedFrom: number | null;
  /** Why the mean is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/** The difference of two restricted means. */
export interface RestrictedMeanDifference {
  /** Mean of the first curve. */
  readonly treatment: RestrictedMean;
  /** Mean of the second curve. */
  readonly control: RestrictedMean;
  /** Mean of `treatment` less mean of `control`: time gained up to the horizon; `null` where either is. */
  readonly difference: number | null;
  /** Standard error of the difference; `null` where the difference is. */
  readonly standardError: number | null;
  /** Limits of the difference, at the level of the curves; `null` where the difference is. */
  readonly interval: Interval | null;
  /** Difference over its standard error; `null` where that is 0 or unknown. */
  readonly z: number | null;
  /** Chance of a difference at least this large, either way, if both were alike; `null` where `z` is. */
  readonly pValue: number | null;
  /** Why a field is `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * How long do they stay on average, counted up to a horizon?
 *
 * The area under the curve from 0 to the horizon: the mean of min(duration, horizon), with those who are still there
 * counted rightly. The plain mean needs a curve that comes down to 0; this one does not. The standard error is
 * Greenwood's (Klein & Moeschberger 2003, 4.5.2). Beyond the last time seen the share is carried on level, as R does,
 * and `extendedFrom` says so: prefer a horizon that all curves at hand reach. Beyond the `emptiedAt` of a curve with late
 * entry there is no mean.
 *
 * @param curve - A curve of {@link kaplanMeier}.
 * @param horizon - Time up to which is counted, above 0 and up to 1e100, in the unit of the curve's durations.
 * @returns Mean, standard error and interval.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the horizon is not above 0 and up to 1e100, or the curve is none.
 * @example
 * ```ts
 * import { kaplanMeier, restrictedMeanSurvival } from "clientele";
 *
 * const months = [9, 13, 13, 18, 23, 28];
 * const curve = kaplanMeier({ duration: months, event: [1, 1, 0, 1, 1, 0] });
 * const twoYears = restrictedMeanSurvival(curve, 24);
 * twoYears.value; // ~> 18.11111111111111
 * twoYears.standardError; // ~> 2.3359773379587376
 * restrictedMeanSurvival(curve, 36).extendedFrom; // => 28
 * ```
 */
export function restrictedMeanSurvival(curve: SurvivalCurve, horizon: number): RestrictedMean {
  assertCurve(curve, "curve");
  return restrictedMean(curve, horizon);
}

/**
 * How much longer does one group stay than another, counted up to a horizon?
 *
 * Holds whether or not the curves cross, unlike a hazard ratio. The two groups must be independent of each other.
 *
 * @param treatment - Curve of the first group.
 * @param control - Curve of the group to compare with, at the same confidence level.
 * @param horizon - Time up to which is counted, above 0; best one that both curves reach.
 * @returns Both means, their difference, its interval and a two-sided z test.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the horizon is not above 0 and up to 1e100, a curve is none, or their levels differ.
 * @example
 * ```ts
 * import { kaplanMeier, restrictedMeanDifference } from "clientele";
 *
 * const members = kaplanMeier({ duration: [9, 18, 23, 28], event: [1, 0, 1, 0] });
 * const others = kaplanMeier({ duration: [5, 8, 12, 30], event: [1, 1, 0, 1] });
 * const gained = restrictedMeanDifference(members, others, 24);
 * gained.difference; // ~> 4.625
 * gained.standardError; // ~> 5.417347713595648
 * ```
 */
export function restrictedMeanDifference(
  treatment: SurvivalCurve,
  control: SurvivalCurve,
  horizon: number,
): RestrictedMeanDifference {
  assertCurve(treatment, "treatment");
  assertCurve(control, "control");
  const { confidenceLevel } = treatment;
  assertArgument(
    control.confidenceLevel === confidenceLevel,
    "control",
    () =>
      `control has the confidence level ${control.confidenceLevel}, treatment ${confidenceLevel}: estimate both at one level`,
  );
  const means = { treatment: restrictedMean(treatment, horizon), control: restrictedMean(control, horizon) };
  const { value: first, standardError: firstError } = means.treatment;
  const { value: second, standardError: secondError } = means.control;
  if (first === null || second === null || firstError === null || secondError === null) {
    const side = first === null ? "treatment" : "control";
    const unknown = { difference: null, standardError: null, interval: null, z: null, pValue: null };
    return { ...means, ...unknown, reason: `${side}: ${means[side].reason}` };
  }
  const difference = first - second;
  const standardError = Math.hypot(firstError, secondError);
  const margin = criticalZ(confidenceLevel) * standardError;
  const z = standardError > 0 ? difference / standardError : null;
  return {
    ...means,
    difference,
    standardError,
    interval: {
      lower: Math.max(-horizon, difference - margin),
      upper: Math.min(horizon, difference + margin),
      confidenceLevel,
    },
    z,
    pValue: z === null ? null : Math.min(1, 2 * normalCdf(-Math.abs(z))),
    reason: z === null ? "z and pValue: the standard error is 0" : null,
  };
}

function restrictedMean(curve: SurvivalCurve, horizon: number): RestrictedMean {
  assertArgument(
    typeof horizon === "number" && horizon > 0 && horizon <= 1e100,
    "horizon",
    () => `horizon is ${shown(horizon)}: pass a time above 0, up to 1e100`,
  );
  const { time, atRisk, events, survival } = curve.points.columns;
  const last = time.length - 1;
  const { emptiedAt } = curve;
  if (last < 0 || (emptiedAt !== null && horizon > emptiedAt))
    return {
      horizon,
      value: null,
      standardError: null,
      interval: null,
      extendedFrom: null,
      reason: emptiedAt === null ? "no subjects" : emptiedReason(emptiedAt),
    };
  let area = 0;
  let variance = 0;
  let end = horizon;
  // Backwards, since an event weighs in the variance by the square of the area that follows it.
  for (let step = last; step >= 0; step--) {
    if (time[step] > horizon) continue;
    area += survival[step] * (end - time[step]);
    end = time[step];
    const remaining = atRisk[step] - events[step];
    // Where nobody remains the curve is 0, and no area follows.
    if (remaining > 0) variance += area * area * (events[step] / (atRisk[step] * remaining));
  }
  const value = area + end;
  const standardError = Math.sqrt(variance);
  const margin = criticalZ(curve.confidenceLevel) * standardError;
  return {
    horizon,
    value,
    standardError,
    interval: {
      lower: Math.max(0, value - margin),
      upper: Math.min(horizon, value + margin),
      confidenceLevel: curve.confidenceLevel,
    },
    extendedFrom: horizon > time[last] && survival[last] > 0 ? time[last] : null,
    reason: null,
  };
}
