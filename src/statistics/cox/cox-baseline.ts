import { assertArgument, assertFinite, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import type { Table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { SURVIVAL_INTERVAL_METHODS, type SurvivalIntervalMethod } from "../survival/survival-limits.js";
import type { CoxInput } from "./cox-data.js";
import { readFitted } from "./cox-fitted.js";
import {
  type CoxPredictionSums,
  type CoxStratumSums,
  covarianceFactor,
  shareAt,
  stratumHazard,
  subjectHazard,
} from "./cox-hazard.js";
import { type CoxTies, type RiskMoments, riskMoments, visitTieSteps } from "./cox-partial-likelihood.js";
import type { CoxFit } from "./cox-regression.js";
import { type RiskSet, visitRiskSets } from "./cox-risk-sets.js";

/** For whom a baseline stands, and how its intervals are made. */
export interface CoxBaselineOptions extends ConfidenceOptions {
  /**
   * Whose hazard is the baseline: a value for each covariate; default their means. For R's `centered = FALSE` pass zeros.
   * Their log risk must be within 200 of that of the means. Predictions do not depend on it.
   */
  readonly covariates?: Readonly<Record<string, number>>;
  /** On which scale the intervals are symmetric. Default `"logLog"`. */
  readonly interval?: SurvivalIntervalMethod;
}

/** Columns of a baseline: one row for each time at which the event happened in the stratum. */
export type CoxBaselineColumns = {
  /** Time from the origin, ascending, in the unit of the durations. */
  time: number[];
  /** Subjects at risk just before the time (weights summed). */
  atRisk: number[];
  /** Subjects who had the event at the time (weights summed). */
  events: number[];
  /** Cumulative hazard up to and with the time. */
  cumulativeHazard: number[];
  /** Share without the event after the time: exp(-cumulativeHazard). */
  survival: number[];
  /** Standard error of the share, with that of the coefficients. */
  standardError: number[];
  /** Lower limit of the share; `null` where the share rounds to 0, or to 1 unless the method is `plain` or `log`. */
  lower: (number | null)[];
  /** Upper limit of the share; `null` where `lower` is. */
  upper: (number | null)[];
};

/** The baseline of one stratum. */
export interface CoxStratumBaseline {
  /** Name of the stratum; `null` for those of no stratum, and without strata. */
  readonly stratum: string | null;
  /** Longest duration in the stratum: beyond it nothing is known. */
  readonly lastTime: number;
  /** The steps; between two times the values are those of the earlier one, before the first the hazard is 0. */
  readonly points: Table<CoxBaselineColumns>;
}

/** Cumulative hazard and survival for one set of covariates, and what predictions for others need: plain data. */
export interface CoxBaseline {
  /** The value of each covariate for which the strata's points stand. */
  readonly covariates: Readonly<Record<string, number>>;
  /** One baseline for each stratum, in the order of the fit's; a single one without strata. */
  readonly strata: readonly CoxStratumBaseline[];
  /** Confidence level of the limits. */
  readonly confidenceLevel: number;
  /** Scale on which the limits are symmetric about the share. */
  readonly intervalMethod: SurvivalIntervalMethod;
  /** What {@link coxSurvival} and {@link coxLifetime} predict from; not to be read. */
  readonly prediction: CoxPredictionSums;
}

/**
 * How does the share without the event fall over time for a typical subject?
 *
 * The cumulative hazard of Breslow (1972), or Efron's (1977) where the fit has his ties; equal to `basehaz` and
 * `survfit` of R's package survival for the same covariates. Standard errors as in (Tsiatis 1981). R's own default is
 * another point: it leaves covariates that are 0 and 1 at 0 instead of their mean.
 *
 * @param fit - A fit of {@link coxRegression} that converged.
 * @param data - The data of the fit, the same rows; covariates by name, others are ignored.
 * @param options - `covariates` (default their means), `interval` (default `"logLog"`), `confidenceLevel` (default 0.95).
 * @returns For each stratum the steps of cumulative hazard and survival; {@link coxSurvival} reads it for any subject.
 * @throws {@link ClienteleError} `NOT_CONVERGED` when the fit has not, `INVALID_ARGUMENT` when the data are not those
 * of the fit, a covariate is missing or unknown, or a log risk is beyond 200 of that of the means; `INVALID_ROWS` when
 * rows break rules.
 * @example
 * ```ts
 * import { column, coxBaseline, coxRegression } from "clientele";
 *
 * const duration = [2, 3, 5, 5, 7, 8, 9, 12];
 * const event = [1, 1, 1, 0, 1, 0, 1, 0] as const;
 * const data = { duration, event, covariates: { complaints: [3, 0, 2, 0, 1, 1, 1, 0] } };
 * const fit = coxRegression(data);
 * if (!fit.converged) throw new Error(fit.reason);
 * const [whole] = coxBaseline(fit, data, { covariates: { complaints: 0 } }).strata;
 * column(whole.points, "time"); // => [2, 3, 5, 7, 9]
 * column(whole.points, "survival")[4]; // ~> 0.6893833550461541
 * ```
 */
export function coxBaseline(fit: CoxFit, data: CoxInput, options: CoxBaselineOptions = {}): CoxBaseline {
  assertOptions(options);
  const { interval = "logLog" } = options;
  assertOneOf(interval, "options.interval", SURVIVAL_INTERVAL_METHODS);
  const confidenceLevel = confidenceLevelOf(options);
  const { design, predictor } = readFitted(fit, data);
  const { covariates, ...reference } = referenceOf(fit, options.covariates);
  const moments = riskMoments(design.size, false);
  const steps: HazardStep[][] = design.strata.map(() => []);
  visitRiskSets(design, predictor, false, (set) => {
    assertNear(set.shift, "data", () => `the highest of those at risk at ${set.time}`);
    steps[set.stratum].push(hazardStep(set, fit.ties, moments));
  });
  const scale = { method: interval, z: criticalZ(confidenceLevel) };
  const factor = covarianceFactor(fit.covariance);
  const sums = steps.map((known) => summed(known.reverse(), design.scales));
  return {
    covariates,
    strata: design.strata.map((stratum, at) => {
      const time = steps[at].map((step) => step.time);
      const columns: CoxBaselineColumns = {
        time,
        atRisk: steps[at].map(({ atRisk }) => atRisk),
        events: steps[at].map(({ events }) => events),
        cumulativeHazard: [],
        survival: [],
        standardError: [],
        lower: [],
        upper: [],
      };
      const read = subjectHazard(stratumHazard(sums[at], time, factor), reference);
      time.forEach((_, step) => {
        const hazard = read.hazardAt(step);
        const share = shareAt(hazard, read.errorAt(step), scale);
        columns.cumulativeHazard.push(hazard);
        columns.survival.push(share.survival);
        columns.standardError.push(share.standardError);
        columns.lower.push(share.lower);
        columns.upper.push(share.upper);
      });
      return {
        stratum,
        lastTime: design.duration[design.starts[at + 1] - 1],
        points: { length: time.length, columns },
      };
    }),
    confidenceLevel,
    intervalMethod: interval,
    prediction: { fit, strata: sums },
  };
}

/** Log risks farther than this from that of mean covariates are of no use, and their squares soon no numbers. */
const FARTHEST = 200;

function assertNear(logRisk: number, path: string, whose: () => string): void {
  assertArgument(
    Math.abs(logRisk) <= FARTHEST,
    path,
    () =>
      `${path}: the log risk of ${whose()} is ${logRisk} from that of mean covariates, more than ${FARTHEST}: pass covariates nearer to the means`,
  );
}

/** The covariates for which the points stand, as distances from the means. */
function referenceOf(
  fit: CoxFit,
  given: CoxBaselineOptions["covariates"],
): { covariates: Record<string, number>; distances: number[]; linearPredictor: number; survivedTo: number } {
  const covariates = covariatesOf(fit, given);
  const distances = fit.coefficients.map(({ name, mean }) => covariates[name] - mean);
  const linearPredictor = fit.coefficients.reduce(
    (sum, { coefficient }, at) => sum + coefficient * distances[at],
    0,
  );
  assertNear(linearPredictor, "options.covariates", () => "these covariates");
  return { covariates, distances, linearPredictor, survivedTo: 0 };
}

function covariatesOf(fit: CoxFit, given: CoxBaselineOptions["covariates"]): Record<string, number> {
  if (given === undefined) return Object.fromEntries(fit.coefficients.map(({ name, mean }) => [name, mean]));
  const path = "options.covariates";
  assertArgument(
    typeof given === "object" && given !== null,
    path,
    () => `${path} is ${shown(given)}: pass a number for each covariate`,
  );
  const names = fit.coefficients.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    assertArgument(
      names.includes(name),
      `${path}.${name}`,
      () => `${path}.${name} is no covariate of the fit: pass ${names.join(", ")}`,
    );
  }
  return Object.fromEntries(
    names.map((name) => {
      assertFinite(given[name], `${path}.${name}`);
      return [name, given[name]];
    }),
  );
}

/** At mean covariates. */
interface HazardStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly hazard: number;
  readonly variance: number;
  /** In standardized covariates. */
  readonly drift: Float64Array;
}

function hazardStep(set: Readonly<RiskSet>, ties: CoxTies, moments: RiskMoments): HazardStep {
  const drift = new Float64Array(moments.mean.length);
  const risk = Math.exp(-set.shift);
  let hazard = 0;
  let variance = 0;
  visitTieSteps(set, ties, moments, ({ weight, total, mean }) => {
    const step = (weight / total) * risk;
    hazard += step;
    variance += (step / total) * risk;
    for (let at = 0; at < drift.length; at++) drift[at] += step * mean[at];
  });
  return { time: set.time, atRisk: set.atRisk, events: set.eventWeight, hazard, variance, drift };
}

function summed(steps: readonly HazardStep[], scales: Float64Array): CoxStratumSums {
  const running = (values: number[]): number[] => {
    let sum = 0;
    return values.map((value) => {
      sum += value;
      return sum;
    });
  };
  return {
    cumulativeHazard: running(steps.map(({ hazard }) => hazard)),
    hazardVariance: running(steps.map(({ variance }) => variance)),
    drift: Array.from(scales, (scale, at) => running(steps.map((step) => step.drift[at] * scale))),
  };
}
