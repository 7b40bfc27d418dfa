import { assertInRange, assertOptions } from "../../core/assert.js";
import type { Table } from "../../core/table.js";
import type { ConfidenceOptions } from "../confidence.js";
import { assertNumbers, type Numbers } from "../numbers.js";
import type { SurvivalIntervalMethod } from "../survival/survival-limits.js";
import { stepsUpTo } from "../survival/survival-steps.js";
import type { CoxBaseline } from "./cox-baseline.js";
import { limitScale, readBaselineSubjects } from "./cox-baseline-subjects.js";
import { shareAt, subjectHazard } from "./cox-hazard.js";
import type { CoxSubject } from "./cox-subjects.js";

/** When to look, and how intervals are made. */
export interface CoxSurvivalOptions extends ConfidenceOptions {
  /** Times from the origin, in the unit of the durations, 0 or more. */
  readonly times: Numbers;
  /** On which scale the intervals are symmetric. Default: that of the baseline. */
  readonly interval?: SurvivalIntervalMethod;
}

/** Columns of {@link coxSurvival}: for each subject in turn one row for each time. */
export type CoxSurvivalColumns = {
  /** 0-based place among the subjects. */
  subject: number[];
  /** Time from the origin. */
  time: number[];
  /** Cumulative hazard from `survivedTo` to the time; `null` after the last duration of the stratum, where nothing is known. */
  cumulativeHazard: (number | null)[];
  /** Chance to be without the event after the time; 1 up to `survivedTo`; `null` where the hazard is. */
  survival: (number | null)[];
  /** Standard error of the chance; `null` where it is. */
  standardError: (number | null)[];
  /** Lower limit of the chance; `null` where it is, or where it is 0, or 1 unless the method is `plain` or `log`. */
  lower: (number | null)[];
  /** Upper limit of the chance; `null` where `lower` is. */
  upper: (number | null)[];
};

/**
 * What is the chance that each subject is still without the event at given times?
 *
 * exp(-hazard x relative risk) with its standard error from hazard and coefficients (Tsiatis 1981): equal to
 * `survfit(fit, newdata)` of R's package survival. With `survivedTo` the chance is that of a subject who got that far:
 * a customer of two years has the first two behind.
 *
 * @param baseline - What {@link coxBaseline} gave, for whatever covariates.
 * @param subjects - Rows of `{ covariates, stratum?, survivedTo? }`.
 * @param options - `times`; `interval` and `confidenceLevel` (default: those of the baseline).
 * @returns One row for each subject and time.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a covariate is missing or no finite number or the stratum is
 * missing or unknown, `INVALID_ARGUMENT` when a time is negative or an option is unknown.
 * @example
 * ```ts
 * import { column, coxBaseline, coxRegression, coxSurvival } from "clientele";
 *
 * const duration = [2, 3, 5, 5, 7, 8, 9, 12];
 * const event = [1, 1, 1, 0, 1, 0, 1, 0] as const;
 * const data = { duration, event, covariates: { complaints: [3, 0, 2, 0, 1, 1, 1, 0] } };
 * const fit = coxRegression(data);
 * if (!fit.converged) throw new Error(fit.reason);
 * const baseline = coxBaseline(fit, data);
 * const chances = coxSurvival(baseline, [{ covariates: { complaints: 2 } }], { times: [1, 6, 24] });
 * column(chances, "survival"); // ~> [1, 0.3038389904707399, null]
 * ```
 */
export function coxSurvival(
  baseline: CoxBaseline,
  subjects: readonly CoxSubject[],
  options: CoxSurvivalOptions,
): Table<CoxSurvivalColumns> {
  assertOptions(options, "{ times }");
  const { strata, known } = readBaselineSubjects(baseline, subjects);
  const { times } = options;
  assertNumbers(times, "options.times");
  for (let at = 0; at < times.length; at++) {
    assertInRange(times[at], `options.times[${at}]`, 0, Number.MAX_VALUE);
  }
  const scale = limitScale(baseline, options);
  const columns: CoxSurvivalColumns = {
    subject: [],
    time: [],
    cumulativeHazard: [],
    survival: [],
    standardError: [],
    lower: [],
    upper: [],
  };
  known.forEach((subject, place) => {
    const stratum = strata[subject.stratum];
    const { hazardAt, errorAt } = subjectHazard(stratum, subject);
    for (let at = 0; at < times.length; at++) {
      columns.subject.push(place);
      columns.time.push(times[at]);
      const isKnown = times[at] <= stratum.lastTime && subject.survivedTo <= stratum.lastTime;
      const step = stepsUpTo(stratum.time, times[at]) - 1;
      const share = isKnown ? shareAt(hazardAt(step), errorAt(step), scale) : UNKNOWN;
      columns.cumulativeHazard.push(isKnown ? hazardAt(step) : null);
      columns.survival.push(share.survival);
      columns.standardError.push(share.standardError);
      columns.lower.push(share.lower);
      columns.upper.push(share.upper);
    }
  });
  return { length: columns.subject.length, columns };
}

const UNKNOWN = { survival: null, standardError: null, lower: null, upper: null };
