import { choleskyFactor, choleskySolve } from "./cholesky.js";
import { minimizeNewton, type ObjectiveAtPoint } from "./minimize-newton.js";

/**
 * Where does a maximum lie that is at no finite place?
 *
 * Where Newton's method still goes after some steps, without the coefficients that have settled by then; 0 for those.
 * Where that is lost in rounding since all run, at different speeds, how far it has come.
 *
 * @param objective - A negative log-likelihood that falls for ever in some direction.
 * @param reaches - How much a step of each coefficient moves the prediction: the range of its covariate; 0 where a
 * coefficient is to be left out.
 * @returns Candidates of the direction, likeliest first; the coefficient that moves the prediction most moves it by 1.
 * @internal
 */
export function runawayDirections(
  objective: (parameters: number[]) => ObjectiveAtPoint,
  reaches: ArrayLike<number>,
): number[][] {
  const start = new Array<number>(reaches.length).fill(0);
  // Each step multiplies by about 1 / e what the likelihood has yet to gain: e^-24 is little, but no rounding.
  return [24, 16, 8].flatMap((maxIterations) => {
    const { minimizer } = minimizeNewton(objective, start, { maxIterations });
    const { gradient, hessian } = objective(minimizer);
    const factor = choleskyFactor(hessian);
    const step = factor === null ? [] : [choleskySolve(factor, gradient).map((change) => -change)];
    return [...step, minimizer].map((direction) => {
      const reach = Math.max(...direction.map((slope, at) => Math.abs(slope) * reaches[at]));
      return direction.map((slope, at) => (Math.abs(slope) * reaches[at] > 0.01 * reach ? slope / reach : 0));
    });
  });
}
