import type { ObjectiveAtPoint } from "../minimize-newton.js";
import { type CoxDesign, linearPredictor } from "./cox-design.js";
import { type RiskSet, visitRiskSets } from "./cox-risk-sets.js";

/** Approximations of the partial likelihood where several events share one time. */
export type CoxTies = "efron" | "breslow";

/** The covariates of those at risk, weighed by their risk, at one step through the events of one time. @internal */
export interface RiskMoments {
  /** Weight of the events of the step. */
  weight: number;
  /** Sum of the risks of those at risk at the step, times exp(-shift). */
  total: number;
  readonly mean: Float64Array;
  /** Full covariance, row by row; empty where products were not asked for. */
  readonly covariance: Float64Array;
}

/**
 * Minus the log partial likelihood with its first and second derivatives in the standardized coefficients.
 *
 * One pass over time (Cox 1972); ties by Breslow (1974) or Efron (1977), with case weights as R's survival has them:
 * the events of one time share the mean of their weights.
 *
 * @internal
 */
export function coxObjective(design: CoxDesign, ties: CoxTies): (coefficients: number[]) => ObjectiveAtPoint {
  const { size, x, weight } = design;
  return (coefficients) => {
    const predictor = linearPredictor(design, coefficients);
    const gradient = new Array<number>(size).fill(0);
    const hessian = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    let value = 0;
    const moments = riskMoments(size, true);
    visitRiskSets(design, predictor, true, (set) => {
      for (let row = set.from; row < set.to; row++) {
        // Less the shift, as the totals are: the two differ by no more than the logarithm of the number at risk.
        value -= weight[row] * (predictor[row] - set.shift);
        for (let i = 0; i < size; i++) gradient[i] -= weight[row] * x[row * size + i];
      }
      visitTieSteps(set, ties, moments, (at) => {
        value += at.weight * Math.log(at.total);
        for (let i = 0; i < size; i++) {
          gradient[i] += at.weight * at.mean[i];
          for (let j = 0; j <= i; j++) hessian[i][j] += at.weight * at.covariance[i * size + j];
        }
      });
    });
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) hessian[i][j] = hessian[j][i];
    return { value, gradient, hessian };
  };
}

/**
 * Efron's steps through the d events of one time: at step k the events count as at risk by 1 - k / d. Breslow's one
 * step leaves them all at risk. Each step overwrites `moments` and passes them on.
 *
 * @internal
 */
export function visitTieSteps(
  set: Readonly<RiskSet>,
  ties: CoxTies,
  moments: RiskMoments,
  visit: (moments: RiskMoments) => void,
): void {
  const { risk, tied } = set;
  const { mean, covariance } = moments;
  const size = mean.length;
  const products = covariance.length > 0;
  const events = set.to - set.from;
  const steps = ties === "efron" ? events : 1;
  moments.weight = set.eventWeight / steps;
  for (let step = 0; step < steps; step++) {
    const share = step / events;
    moments.total = risk.total - share * tied.total;
    for (let i = 0; i < size; i++) mean[i] = (risk.first[i] - share * tied.first[i]) / moments.total;
    for (let i = 0, at = 0; products && i < size; i++) {
      for (let j = 0; j <= i; j++, at++) {
        const product = (risk.second[at] - share * tied.second[at]) / moments.total - mean[i] * mean[j];
        covariance[i * size + j] = product;
        covariance[j * size + i] = product;
      }
    }
    visit(moments);
  }
}

/** Room for the moments of one step, with or without the covariance. @internal */
export function riskMoments(size: number, products: boolean): RiskMoments {
  return {
    weight: 0,
    total: 0,
    mean: new Float64Array(size),
    covariance: new Float64Array(products ? size * size : 0),
  };
}
