import { assertOneOf, assertOptions } from "../../core/assert.js";
import type { Table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { doubles } from "./doubles.js";
import { readSurvivalData, type SurvivalInput } from "./survival-data.js";
import {
  hasLimits,
  SURVIVAL_INTERVAL_METHODS,
  SURVIVAL_LIMITS,
  type SurvivalIntervalMethod,
} from "./survival-limits.js";
import { type SurvivalSteps, survivalSteps } from "./survival-steps.js";

/** How a survival curve is estimated. */
export interface KaplanMeierOptions extends ConfidenceOptions {
  /** On which scale the intervals are symmetric. Default `"logLog"`. With `"none"` no limits are made, which is faster. */
  readonly interval?: SurvivalIntervalMethod | "none";
}

/** Columns of the points of a survival curve: one for each time at which a subject had the event or was last seen. */
export type SurvivalPointColumns = {
  /** Time from the origin, ascending, in the unit of the durations. */
  time: number[];
  /** Subjects under observation and without the event just before the time (weights summed). */
  atRisk: number[];
  /** Subjects who had the event at the time. */
  events: number[];
  /** Subjects last seen at the time without the event. */
  censored: number[];
  /** Share still without the event just after the time. */
  survival: number[];
  /** Standard error of the share (Greenwood 1926); `null` where the share is 0. */
  standardError: (number | null)[];
  /** Lower limit of the share; `null` where the share is 0, or 1 unless the method is `plain` or `log`, and throughout with `none`. */
  lower: (number | null)[];
  /** Upper limit of the share; `null` where `lower` is. */
  upper: (number | null)[];
};

/** A Kaplan-Meier curve: read it with {@link survivalAt}, {@link survivalQuantile}, {@link restrictedMeanSurvival}. */
export interface SurvivalCurve {
  /** The steps; between two times the share is that of the earlier one, before the first it is 1. */
  readonly points: Table<SurvivalPointColumns>;
  /** Subjects in all (weights summed). */
  readonly subjects: number;
  /** Subjects who had the event. */
  readonly events: number;
  /** Subjects last seen without the event. */
  readonly censored: number;
  /**
   * First time at which all subjects then under observation had the event although others were seen later (which late
   * entry makes possible): the share is 0 from there on whatever the others did, so the curve says nothing from then on.
   * `null` where that did not happen.
   */
  readonly emptiedAt: number | null;
  /** Confidence level of the limits. */
  readonly confidenceLevel: number;
  /** Scale on which the limits are symmetric about the share; `none`: there are none. */
  readonly intervalMethod: SurvivalIntervalMethod | "none";
}

/**
 * What share is still without the event after each time, when some were not watched to the end?
 *
 * The product of (1 - events / at risk) over the times up to t (Kaplan & Meier 1958), with Greenwood's (1926) standard
 * error. Subjects censored at the time of an event are at risk in it. Late entry (left truncation) counts a subject
 * from its `entry` on: customers who were there before the data begin must have one, or they make the curve too high.
 * With late entry few may be at risk at the start: look at `atRisk` and `emptiedAt`.
 *
 * A weight counts like subjects: weight 2 is the same row twice, in the standard error as well, as R's `survfit` has
 * it with `robust = FALSE`. Weights that correct a sample need another standard error than this one. Times are equal
 * when their numbers are: round them first where they carry noise.
 *
 * @param data - Rows `{ duration, event, entry?, weight? }`, the same as columns, or a table that has such columns; in any order.
 * @param options - `interval` (default `"logLog"`) and `confidenceLevel` (default 0.95).
 * @returns The curve: plain data, with a point for each time of an event or a censoring.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a duration is negative, an entry is not before its duration, an event is no flag or a weight is not above 0; `INVALID_ARGUMENT` when columns differ in length or an option is unknown.
 * @example
 * ```ts
 * import { column, kaplanMeier } from "clientele";
 *
 * const months = [9, 13, 13, 18, 23, 28];
 * const left = [true, true, false, true, true, false];
 * const curve = kaplanMeier({ duration: months, event: left });
 * column(curve.points, "time"); // => [9, 13, 18, 23, 28]
 * column(curve.points, "atRisk"); // => [6, 5, 3, 2, 1]
 * column(curve.points, "survival")[1]; // ~> 0.6666666666666667
 * column(curve.points, "standardError")[1]; // ~> 0.19245008972987526
 * kaplanMeier([{ duration: -1, event: true }]); // throws INVALID_ROWS
 * ```
 */
export function kaplanMeier(data: SurvivalInput, options: KaplanMeierOptions = {}): SurvivalCurve {
  assertOptions(options);
  const { interval = "logLog" } = options;
  assertOneOf(interval, "options.interval", [...SURVIVAL_INTERVAL_METHODS, "none"]);
  const confidenceLevel = confidenceLevelOf(options);
  const steps = survivalSteps(readSurvivalData(data));
  const points = pointsOf(steps, interval, criticalZ(confidenceLevel));
  const events = total(points.events);
  const censored = total(points.censored);
  return {
    points: { length: points.time.length, columns: points },
    subjects: events + censored,
    events,
    censored,
    emptiedAt: emptiedAt(points),
    confidenceLevel,
    intervalMethod: interval,
  };
}

function total(counts: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i];
  return sum;
}

function emptiedAt({ time, survival }: SurvivalPointColumns): number | null {
  if (survival[survival.length - 1] !== 0) return null;
  const step = survival.indexOf(0);
  return step < survival.length - 1 ? time[step] : null;
}

function pointsOf(
  steps: SurvivalSteps,
  method: SurvivalIntervalMethod | "none",
  z: number,
): SurvivalPointColumns {
  const { length } = steps.time;
  // NaN stands for null until all is known: numbers alone are several times faster to fill in.
  const survival = doubles(length);
  const standardError = doubles(length);
  const limitsOf = method === "none" ? null : SURVIVAL_LIMITS[method];
  const lower = doubles(limitsOf === null ? 0 : length);
  const upper = doubles(limitsOf === null ? 0 : length);
  const limits = new Float64Array(2).fill(method !== "none" && hasLimits(1, method) ? 1 : Number.NaN);
  let share = 1;
  let greenwood = 0;
  let error = 0;
  for (let step = 0; step < length; step++) {
    const events = steps.events[step];
    if (events > 0 && share > 0) {
      const atRisk = steps.atRisk[step];
      const remaining = atRisk - events;
      share *= remaining / atRisk;
      greenwood += events / (atRisk * remaining);
      const logError = Math.sqrt(greenwood);
      error = share > 0 ? share * logError : Number.NaN;
      if (limitsOf !== null && method !== "none") {
        if (hasLimits(share, method)) limitsOf(share, logError, z, limits);
        else limits.fill(Number.NaN);
      }
    }
    survival[step] = share;
    standardError[step] = error;
    if (limitsOf === null) continue;
    lower[step] = limits[0];
    upper[step] = limits[1];
  }
  return {
    ...steps,
    survival,
    standardError: nullForNaN(standardError),
    lower: limitsOf === null ? new Array<null>(length).fill(null) : nullForNaN(lower),
    upper: limitsOf === null ? new Array<null>(length).fill(null) : nullForNaN(upper),
  };
}

/**
 * Beside a null the engine makes each number an object of its own. One object serves all numbers in a row that are alike,
 * as they are at a censoring; and the array starts with a null, since one of numbers would have to be made over.
 */
function nullForNaN(values: number[]): (number | null)[] {
  if (!values.includes(Number.NaN)) return values;
  const result: (number | null)[] = [null];
  result.length = values.length;
  let before = Number.NaN;
  let entry: number | null = null;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== before) {
      entry = Number.isNaN(value) ? null : value;
      before = value;
    }
    result[i] = entry;
  }
  return result;
}
