import type { ObjectiveAtPoint } from "../../statistics/minimize-newton.js";
import type { FitProblem } from "./fit-problem.js";
import type { ParameterPrior } from "./model-fit.js";

/** The objective, which does not compute again what it was last asked. @internal */
export function remembered(
  objective: (point: number[]) => ObjectiveAtPoint,
): (point: number[]) => ObjectiveAtPoint {
  let last: { point: number[]; at: ObjectiveAtPoint } | null = null;
  return (point) => {
    const known = last;
    if (known?.point.every((value, i) => value === point[i])) return known.at;
    last = { point: [...point], at: objective(point) };
    return last.at;
  };
}

/**
 * Steps no longer than `leap`: a curvature that is nearly 0 sends Newton's method to places from which there is no way back.
 * The search stands at the lowest point so far.
 *
 * @internal
 */
export function within(
  leap: number,
  objective: (point: number[]) => ObjectiveAtPoint,
  from: readonly number[],
  ranges: readonly number[],
): (point: number[]) => ObjectiveAtPoint {
  let standing = { point: from, at: objective([...from]) };
  return (point) => {
    if (point.some((value, i) => Math.abs(value - standing.point[i]) * (ranges[i] ?? 0) > leap)) {
      return { ...standing.at, value: Number.POSITIVE_INFINITY };
    }
    const at = objective(point);
    if (at.value < standing.at.value) standing = { point: [...point], at };
    return at;
  };
}

/**
 * Adds half the squared distances of the logarithms from their priors, and the ridge on the coefficients.
 *
 * A prior is on the parameter as it is reported: with centered measures the coefficients move it too.
 *
 * @internal
 */
export function penalized<Parameters>(
  { names, coefficients = [], ridge = 0, shifts }: FitProblem<Parameters>,
  at: ObjectiveAtPoint,
  point: readonly number[],
  priors: readonly (ParameterPrior | null)[],
): ObjectiveAtPoint {
  const parameters = names.length;
  let { value } = at;
  const gradient = [...at.gradient];
  const hessian = at.hessian.map((row) => [...row]);
  for (const [i, prior] of priors.entries()) {
    if (prior === null) continue;
    const slopes = point.map((_, k) =>
      k < parameters ? Number(k === i) : (shifts?.[i]?.[k - parameters] ?? 0),
    );
    const weight = 1 / prior.logSd ** 2;
    const distance = slopes.reduce((sum, slope, k) => sum + slope * point[k], 0) - Math.log(prior.median);
    value += (weight * distance * distance) / 2;
    for (const [k, slope] of slopes.entries()) {
      gradient[k] += weight * distance * slope;
      for (const [l, other] of slopes.entries()) hessian[k][l] += weight * slope * other;
    }
  }
  for (let i = parameters; i < parameters + coefficients.length; i++) {
    value += (ridge * point[i] * point[i]) / 2;
    gradient[i] += ridge * point[i];
    hessian[i][i] += ridge;
  }
  return { value, gradient, hessian };
}
