import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../confidence.js";
import { SURVIVAL_INTERVAL_METHODS, type SurvivalIntervalMethod } from "../survival/survival-limits.js";
import type { CoxBaseline } from "./cox-baseline.js";
import { covarianceFactor, type StratumHazard, stratumHazard } from "./cox-hazard.js";
import { type CoxSubject, type KnownSubject, readSubjects } from "./cox-subjects.js";

/** A stratum of a baseline, ready to predict. @internal */
export interface ReadStratum extends StratumHazard {
  readonly lastTime: number;
}

/** Reads a baseline and subjects to predict for. @internal */
export function readBaselineSubjects(
  baseline: CoxBaseline,
  subjects: readonly CoxSubject[],
): { readonly strata: readonly ReadStratum[]; readonly known: readonly KnownSubject[] } {
  assertArgument(
    isBaseline(baseline),
    "baseline",
    () => `baseline is ${shown(baseline)}: pass what coxBaseline gave`,
  );
  const { fit, strata: sums } = baseline.prediction;
  const factor = covarianceFactor(fit.covariance);
  return {
    strata: baseline.strata.map(({ points, lastTime }, at) => ({
      ...stratumHazard(sums[at], points.columns.time, factor),
      lastTime,
    })),
    known: readSubjects(subjects, fit, { stratum: true }),
  };
}

function isBaseline(baseline: unknown): boolean {
  const { prediction, strata } = Object(baseline);
  const { fit, strata: sums } = Object(prediction);
  const { coefficients, covariance, strata: names = null } = Object(fit);
  return (
    Array.isArray(coefficients) &&
    isListOf(covariance, coefficients.length) &&
    isListOf(strata, names === null ? 1 : Object(names).length) &&
    isListOf(sums, strata.length) &&
    strata.every((stratum, at) => {
      const { points, lastTime } = Object(stratum);
      const { time } = Object(Object(points).columns);
      const { cumulativeHazard, hazardVariance, drift } = Object(sums[at]);
      return (
        typeof lastTime === "number" &&
        Array.isArray(time) &&
        isListOf(drift, coefficients.length) &&
        [cumulativeHazard, hazardVariance, ...drift].every((column) => isListOf(column, time.length))
      );
    })
  );
}

function isListOf(value: unknown, length: number): value is unknown[] {
  return Array.isArray(value) && value.length === length;
}

/** How limits of a share are made: as the options say, or as the baseline's are. @internal */
export function limitScale(
  baseline: CoxBaseline,
  options: ConfidenceOptions & { readonly interval?: SurvivalIntervalMethod },
): { readonly method: SurvivalIntervalMethod; readonly z: number } {
  const { confidenceLevel = baseline.confidenceLevel, interval: method = baseline.intervalMethod } = options;
  assertOneOf(method, "options.interval", SURVIVAL_INTERVAL_METHODS);
  return { method, z: criticalZ(confidenceLevelOf({ confidenceLevel })) };
}
