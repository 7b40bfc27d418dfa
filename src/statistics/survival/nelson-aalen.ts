import { assertOneOf, assertOptions } from "../../core/assert.js";
import type { Table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { readSurvivalData, type SurvivalInput } from "./survival-data.js";
import { survivalSteps } from "./survival-steps.js";

/** How a cumulative hazard is estimated. */
export interface NelsonAalenOptions extends ConfidenceOptions {
  /**
   * On which scale the intervals are symmetric: `"log"` (default), which stays above 0, or `"plain"`, cut at 0.
   */
  readonly interval?: "log" | "plain";
}

/** Columns of the points of a cumulative hazard: one for each time at which a subject had the event or was last seen. */
export type CumulativeHazardColumns = {
  /** Time from the origin, ascending, in the unit of the durations. */
  time: number[];
  /** Subjects under observation and without the event just before the time (weights summed). */
  atRisk: number[];
  /** Subjects who had the event at the time. */
  events: number[];
  /** Subjects last seen at the time without the event. */
  censored: number[];
  /** Sum of events / at risk up to and including the time. */
  cumulativeHazard: number[];
  /** Standard error of the cumulative hazard. */
  standardError: number[];
  /** Lower limit; `null` before the first event with `"log"`. */
  lower: (number | null)[];
  /** Upper limit; `null` where `lower` is. */
  upper: (number | null)[];
};

/** A Nelson-Aalen estimate. */
export interface CumulativeHazard {
  /** The steps; between two times the hazard is that of the earlier one, before the first it is 0. */
  readonly points: Table<CumulativeHazardColumns>;
  /** Confidence level of the limits. */
  readonly confidenceLevel: number;
  /** Scale on which the limits are symmetric. */
  readonly intervalMethod: "log" | "plain";
}

/**
 * How much risk of the event has accumulated by each time?
 *
 * The sum of events / at risk (Nelson 1972, Aalen 1978) with the variance sum of events / at risk² (Aalen's; R's
 * `survfit` with `ctype = 1`). A straight line means a constant hazard, a line that bends down one that falls: the
 * longer they have been customers, the less they leave. Data, weights and late entry are read as in {@link kaplanMeier}.
 *
 * @param data - Rows `{ duration, event, entry?, weight? }`, the same as columns, or a table that has such columns; in any order.
 * @param options - `interval` (default `"log"`) and `confidenceLevel` (default 0.95).
 * @returns The cumulative hazard: plain data, with a point for each time of an event or a censoring.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a duration is negative, an entry is not before its duration, an event is no flag or a weight is not above 0; `INVALID_ARGUMENT` when columns differ in length or an option is unknown.
 * @example
 * ```ts
 * import { column, nelsonAalen } from "clientele";
 *
 * const hazard = nelsonAalen({ duration: [1, 2, 2, 4], event: [1, 1, 0, 1] });
 * column(hazard.points, "time"); // => [1, 2, 4]
 * column(hazard.points, "cumulativeHazard")[1]; // ~> 0.5833333333333334
 * column(hazard.points, "standardError")[1]; // ~> 0.4166666666666667
 * ```
 */
export function nelsonAalen(data: SurvivalInput, options: NelsonAalenOptions = {}): CumulativeHazard {
  assertOptions(options);
  const { interval = "log" } = options;
  assertOneOf(interval, "options.interval", ["log", "plain"]);
  const confidenceLevel = confidenceLevelOf(options);
  const z = criticalZ(confidenceLevel);
  const steps = survivalSteps(readSurvivalData(data));
  const cumulativeHazard: number[] = [];
  const standardError: number[] = [];
  const lower: (number | null)[] = [];
  const upper: (number | null)[] = [];
  let hazard = 0;
  let variance = 0;
  steps.time.forEach((_, step) => {
    const events = steps.events[step];
    const atRisk = steps.atRisk[step];
    hazard += events / atRisk;
    variance += events / (atRisk * atRisk);
    const error = Math.sqrt(variance);
    const [low, high] = interval === "log" ? logLimits(hazard, error, z) : plainLimits(hazard, error, z);
    cumulativeHazard.push(hazard);
    standardError.push(error);
    lower.push(low);
    upper.push(high);
  });
  return {
    points: {
      length: cumulativeHazard.length,
      columns: { ...steps, cumulativeHazard, standardError, lower, upper },
    },
    confidenceLevel,
    intervalMethod: interval,
  };
}

type Limits = readonly [lower: number | null, upper: number | null];

function logLimits(hazard: number, error: number, z: number): Limits {
  if (hazard === 0) return [null, null];
  // Infinite where the error is very large: the limits then exclude nothing, and stay numbers.
  const factor = Math.exp((z * error) / hazard);
  return [hazard / factor, Math.min(hazard * factor, Number.MAX_VALUE)];
}

function plainLimits(hazard: number, error: number, z: number): Limits {
  return [Math.max(0, hazard - z * error), hazard + z * error];
}
