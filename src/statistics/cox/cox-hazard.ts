import { finiteExp } from "../survival/finite-exp.js";
import { hasLimits, SURVIVAL_LIMITS, type SurvivalIntervalMethod } from "../survival/survival-limits.js";
import { stepsUpTo } from "../survival/survival-steps.js";
import type { CoxFit } from "./cox-regression.js";

/** Sums over the events of one stratum, by point of its baseline, for subjects with mean covariates. */
export interface CoxStratumSums {
  /** Cumulative hazard. */
  readonly cumulativeHazard: readonly number[];
  /** Sum of the squared hazard steps per event: the part of the variance that is not the coefficients'. */
  readonly hazardVariance: readonly number[];
  /** For each covariate how far those at risk lay from its mean, summed over the hazard. */
  readonly drift: readonly (readonly number[])[];
}

/**
 * What predictions are made from, at the means of the covariates whatever subject the baseline shows: for
 * `coxSurvival` and `coxLifetime`, not to be read.
 */
export interface CoxPredictionSums {
  /** The fit that the baseline belongs to. */
  readonly fit: CoxFit;
  /** One entry for each stratum of the baseline. */
  readonly strata: readonly CoxStratumSums[];
}

/** The hazard of one stratum, ready to be read for many subjects. @internal */
export interface StratumHazard {
  readonly time: readonly number[];
  /** At mean covariates, by step. */
  readonly hazard: Float64Array;
  readonly variance: Float64Array;
  /** Step by step, in uncorrelated covariates: see {@link uncorrelated}. */
  readonly drift: Float64Array;
  readonly factor: readonly (readonly number[])[];
}

/** @internal */
export function stratumHazard(
  { cumulativeHazard, hazardVariance, drift }: CoxStratumSums,
  time: readonly number[],
  factor: readonly (readonly number[])[],
): StratumHazard {
  const size = factor.length;
  const turned = new Float64Array(time.length * size);
  const sums = new Float64Array(size);
  const target = new Float64Array(size);
  for (let step = 0; step < time.length; step++) {
    for (let at = 0; at < size; at++) sums[at] = drift[at][step];
    turned.set(uncorrelated(factor, sums, target), step * size);
  }
  return {
    time,
    hazard: Float64Array.from(cumulativeHazard),
    variance: Float64Array.from(hazardVariance),
    drift: turned,
    factor,
  };
}

/** The cumulative hazard of one subject since `survivedTo`, and its standard error, by step of the stratum. @internal */
export interface SubjectHazard {
  /** The last step that the subject has behind; -1: none. */
  readonly from: number;
  readonly hazardAt: (step: number) => number;
  readonly errorAt: (step: number) => number;
}

/** @internal */
export function subjectHazard(
  { hazard, variance, drift, time, factor }: StratumHazard,
  {
    distances,
    linearPredictor,
    survivedTo,
  }: { readonly distances: readonly number[]; readonly linearPredictor: number; readonly survivedTo: number },
): SubjectHazard {
  const size = factor.length;
  // Nobody has an event at 0 behind at the origin: as everywhere, those who are there from 0 are at risk at it.
  const from = survivedTo > 0 ? stepsUpTo(time, survivedTo) - 1 : -1;
  const risk = finiteExp(linearPredictor);
  const distance = uncorrelated(factor, distances, new Float64Array(size));
  const hazardBefore = from < 0 ? 0 : hazard[from];
  const varianceBefore = from < 0 ? 0 : variance[from];
  const driftBefore = new Float64Array(size);
  if (from >= 0) driftBefore.set(drift.subarray(from * size, (from + 1) * size));
  return {
    from,
    hazardAt: (step) => (step <= from ? 0 : Math.min(risk * (hazard[step] - hazardBefore), Number.MAX_VALUE)),
    errorAt: (step) => {
      if (step <= from) return 0;
      const since = hazard[step] - hazardBefore;
      let square = variance[step] - varianceBefore;
      for (let at = 0, place = step * size; at < size; at++, place++) {
        const slope = distance[at] * since - (drift[place] - driftBefore[at]);
        square += slope * slope;
      }
      return Math.min(risk * Math.sqrt(square), Number.MAX_VALUE);
    },
  };
}

/**
 * L with L Lᵀ = the covariance of the coefficients, so that the variance of a sum of coefficients times values is the
 * sum of the squares of Lᵀ values: never below 0. A direction that rounding leaves no variance has none.
 *
 * @internal
 */
export function covarianceFactor(covariance: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const factor: number[][] = [];
  covariance.forEach((given, i) => {
    const row = new Array<number>(covariance.length).fill(0);
    const known = (j: number): number => {
      let sum = 0;
      for (let k = 0; k < j; k++) sum += row[k] * (factor[j] ?? row)[k];
      return sum;
    };
    for (let j = 0; j < i; j++) row[j] = factor[j][j] > 0 ? (given[j] - known(j)) / factor[j][j] : 0;
    row[i] = Math.sqrt(Math.max(0, given[i] - known(i)));
    factor.push(row);
  });
  return factor;
}

/** Lᵀ values, written into `target`. @internal */
export function uncorrelated(
  factor: readonly (readonly number[])[],
  values: ArrayLike<number>,
  target: Float64Array,
): Float64Array {
  target.fill(0);
  for (let i = 0; i < factor.length; i++) {
    for (let j = 0; j <= i; j++) target[j] += factor[i][j] * values[i];
  }
  return target;
}

/** The share without the event at a cumulative hazard that has this standard error. @internal */
export function shareAt(
  hazard: number,
  error: number,
  { method, z }: { readonly method: SurvivalIntervalMethod; readonly z: number },
): { survival: number; standardError: number; lower: number | null; upper: number | null } {
  const survival = Math.exp(-hazard);
  const share = { survival, standardError: survival * error };
  if (!hasLimits(survival, method)) return { ...share, lower: null, upper: null };
  const limits = new Float64Array(2);
  SURVIVAL_LIMITS[method](survival, error, z, limits);
  return { ...share, lower: limits[0], upper: limits[1] };
}
