import { choleskyFactor, choleskySolve } from "../cholesky.js";
import { type LogisticDesign, logisticObjective } from "./logistic-likelihood.js";
import { type ProfileStart, searchedLimit } from "./logistic-profile-search.js";

/**
 * Both values of a parameter at which twice the loss of log-likelihood, with all others at their best, equals the square of
 * the critical z (Venzon & Moolgavkar 1988). `null` where the search does not end.
 *
 * @internal
 */
export function profileLimits(design: LogisticDesign, start: ProfileStart): [number, number] | null {
  const limit = (side: -1 | 1) => tangentLimit(design, start, side) ?? searchedLimit(design, start, side);
  const lower = limit(-1);
  const upper = limit(1);
  return lower === null || upper === null ? null : [lower, upper];
}

const MAX_STEPS = 12;
/** Square of a step, in standard errors: Newton's method leaves about that much of it. */
const CLOSE = 1e-12;

/**
 * One end by Newton's method in all parameters at once: where the parabola that touches the loss has the height looked for, and
 * falls in no direction but that of the parameter. The loss is convex, so each side has one such point, and every point at which
 * the steps end is it. `null` where they do not end.
 *
 * @internal
 */
export function tangentLimit(design: LogisticDesign, start: ProfileStart, side: -1 | 1): number | null {
  const { contrast, estimate, standardError, minimizer, covariances, minimum, criticalZ } = start;
  const objective = logisticObjective({ ...design, offset: null });
  const target = minimum + criticalZ ** 2 / 2;
  // From the end of the Wald interval: there it is where the loss is a parabola.
  let point = minimizer.map((value, i) => value + (side * criticalZ * covariances[i]) / standardError);
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const { value, gradient, hessian } = objective(point);
    const factor = choleskyFactor(hessian);
    if (factor === null || !Number.isFinite(value)) return null;
    const down = choleskySolve(factor, gradient);
    const along = choleskySolve(factor, contrast);
    // The square of the slope, per unit of the parameter, that the parabola has at the height looked for.
    const slope = Math.sqrt(Math.max(0, (2 * (target - value) + dot(gradient, down)) / dot(contrast, along)));
    const step = down.map((change, i) => side * slope * along[i] - change);
    point = point.map((parameter, i) => parameter + step[i]);
    const size = step.reduce((sum, change, i) => sum + change * dot(hessian[i], step), 0);
    if (!Number.isFinite(size)) return null;
    if (size <= CLOSE) {
      const found = dot(contrast, point);
      return side * (found - estimate) > 0 ? found : null;
    }
  }
  return null;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
