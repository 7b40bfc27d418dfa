import { assertArgument, assertInRange, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import type { SurvivalCurve } from "./kaplan-meier.js";
import { hasLimits } from "./survival-limits.js";
import { stepsUpTo } from "./survival-steps.js";

/** A survival curve read at one time. */
export interface SurvivalEstimate {
  /** The time asked for. */
  readonly time: number;
  /** Share without the event just after the time; `null` when nobody was watched that long, or from `emptiedAt` on. */
  readonly survival: number | null;
  /** Standard error of the share; `null` where the share is `null` or 0. */
  readonly standardError: number | null;
  /** Limits of the share, by the method and at the level of the curve; `null` where they are undefined. */
  readonly interval: Interval | null;
  /** Why a field is `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * What share is still without the event after this long?
 *
 * An event at the very time counts as having happened. The curve ends with the last time at which a subject was seen,
 * unless it reached 0: beyond its end the share is `null`, not the last one carried on. Where late entry emptied the
 * risk set (`emptiedAt` of the curve) nothing is known from there on: a share of 0 is refuted by those seen later.
 *
 * @param curve - A curve of {@link kaplanMeier}.
 * @param time - Time from the origin, 0 or more, in the unit of the curve's durations.
 * @returns Share, standard error and interval.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the time is negative or no number, or the curve is none.
 * @example
 * ```ts
 * import { kaplanMeier, survivalAt } from "clientele";
 *
 * const months = [9, 13, 13, 18, 23, 28];
 * const curve = kaplanMeier({ duration: months, event: [1, 1, 0, 1, 1, 0] });
 * const year = survivalAt(curve, 12);
 * year.survival; // ~> 0.8333333333333334
 * year.interval?.lower; // ~> 0.27312284992835595
 * survivalAt(curve, 30).survival; // => null
 * survivalAt(curve, 30).reason; // => "nobody was watched beyond 28"
 * ```
 */
export function survivalAt(curve: SurvivalCurve, time: number): SurvivalEstimate {
  assertCurve(curve, "curve");
  assertInRange(time, "time", 0, Number.MAX_VALUE);
  const { time: times, survival, standardError, lower, upper } = curve.points.columns;
  const { confidenceLevel, intervalMethod } = curve;
  const unknown = { time, survival: null, standardError: null, interval: null };
  const last = times.length - 1;
  if (last < 0) return { ...unknown, reason: "no subjects" };
  if (curve.emptiedAt !== null && time >= curve.emptiedAt)
    return { ...unknown, reason: emptiedReason(curve.emptiedAt) };
  const step = stepsUpTo(times, time) - 1;
  if (step === last && time > times[last] && survival[last] > 0)
    return { ...unknown, reason: `nobody was watched beyond ${times[last]}` };
  if (step < 0) {
    const sure = intervalMethod !== "none" && hasLimits(1, intervalMethod);
    return {
      time,
      survival: 1,
      standardError: 0,
      interval: sure ? { lower: 1, upper: 1, confidenceLevel } : null,
      reason: sure ? null : noLimits(1, intervalMethod),
    };
  }
  const low = lower[step];
  const high = upper[step];
  return {
    time,
    survival: survival[step],
    standardError: standardError[step],
    interval: low === null || high === null ? null : { lower: low, upper: high, confidenceLevel },
    reason: low === null ? noLimits(survival[step], intervalMethod) : null,
  };
}

function noLimits(survival: number, method: SurvivalCurve["intervalMethod"]): string {
  if (survival === 0) return "standardError and interval: undefined where the share is 0";
  return method === "none"
    ? `interval: ${NO_LIMITS}`
    : "interval: undefined where the share is 1, except for the methods plain and log";
}

/** Why a curve has no limits anywhere. @internal */
export const NO_LIMITS = 'the curve was made without limits, interval "none"';

/** @internal */
export function emptiedReason(emptiedAt: number): string {
  return `all under observation had the event by ${emptiedAt}, though others who were not yet were seen later`;
}

const POINT_COLUMNS = [
  "time",
  "atRisk",
  "events",
  "censored",
  "survival",
  "standardError",
  "lower",
  "upper",
] as const;

/** Throws unless it has the form of a survival curve. @internal */
export function assertCurve(curve: SurvivalCurve, path: string): void {
  const columns = Object(Object(Object(curve).points).columns);
  const missing = POINT_COLUMNS.filter(
    (name) => !Array.isArray(columns[name]) || columns[name].length !== columns.time.length,
  );
  assertArgument(missing.length === 0, path, () =>
    missing.length === POINT_COLUMNS.length
      ? `${path} is ${shown(curve)}: pass a curve of kaplanMeier`
      : `${path} has no column ${missing.join(", ")}, or of another length: pass a curve of kaplanMeier`,
  );
}
