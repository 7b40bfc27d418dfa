import { minimizeNewton } from "../minimize-newton.js";
import { type LogisticDesign, logisticObjective } from "./logistic-likelihood.js";

/** Where the search begins: the maximum of the likelihood, and the parameter whose limits are looked for. @internal */
export interface ProfileStart {
  /** Column of the design: 0 is the intercept of the data as they came, not that at the means. */
  readonly at: number;
  /** How the parameter is made of those of the design, in a unit in which `at` itself counts 1. */
  readonly contrast: readonly number[];
  /** At the maximum. */
  readonly estimate: number;
  readonly standardError: number;
  /** All parameters of the design at the maximum. */
  readonly minimizer: readonly number[];
  /** Covariance of each parameter of the design with this one. */
  readonly covariances: readonly number[];
  /** Minus the log-likelihood at the maximum. */
  readonly minimum: number;
  readonly criticalZ: number;
}

const MAX_STEPS = 60;
/** In standard errors' units: far below what matters, above the rounding of a sum over many rows. */
const CLOSE = 1e-9;

/**
 * One end of a profile interval by bracketing: slow, and sure to get there where Newton's steps do not. `null` where the search
 * does not end.
 *
 * The signed square root of twice the loss is nearly a straight line in the parameter, so few steps lead to it.
 *
 * @internal
 */
export function searchedLimit(design: LogisticDesign, start: ProfileStart, side: -1 | 1): number | null {
  const { estimate, standardError, minimum, criticalZ } = start;
  const lossAt = restrictedLoss(design, start);
  /** How far the signed root at so many standard errors from the estimate lies beyond the critical z. */
  const beyond = (distance: number): number => {
    const loss = lossAt(estimate + side * distance * standardError);
    return loss === null ? Number.NaN : Math.sqrt(Math.max(0, 2 * (loss - minimum))) - criticalZ;
  };
  let near = 0;
  let nearValue = -criticalZ;
  let far = criticalZ;
  let farValue = beyond(far);
  let kept: "near" | "far" | null = null;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    if (Number.isNaN(farValue)) return null;
    if (Math.abs(farValue) <= CLOSE) return estimate + side * far * standardError;
    if (farValue < 0) {
      // Not there yet: a flat likelihood. Go on by twice the way.
      [near, nearValue] = [far, farValue];
      far *= 2;
      farValue = beyond(far);
      continue;
    }
    // Regula falsi in its Illinois form (Dowell & Jarratt 1971).
    const middle = far - (farValue * (far - near)) / (farValue - nearValue);
    const value = beyond(middle);
    if (Number.isNaN(value)) return null;
    if (Math.abs(value) <= CLOSE || far - near <= CLOSE * far)
      return estimate + side * middle * standardError;
    if (value > 0) {
      [far, farValue] = [middle, value];
      if (kept === "near") nearValue /= 2;
      kept = "near";
    } else {
      [near, nearValue] = [middle, value];
      // An end that stays a second time weighs half; but it must never look like a root.
      if (kept === "far") farValue = Math.max(farValue / 2, 2 * CLOSE);
      kept = "far";
    }
  }
  return null;
}

/** Minus the log-likelihood with one parameter fixed and the others at their best, each search beginning where the last ended. */
function restrictedLoss(
  design: LogisticDesign,
  { at, estimate, standardError, minimizer, covariances }: ProfileStart,
): (fixed: number) => number | null {
  const { length, size, outcome, means, scales } = design;
  const rest = size - 1;
  const x = new Float64Array(length * rest);
  const column = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    let to = row * rest;
    for (let from = 0; from < size; from++) {
      const cell = design.x[row * size + from];
      if (from === at) column[row] = cell;
      // With the intercept fixed, the others turn about 0, not about their means.
      else x[to++] = at === 0 ? cell + means[from - 1] / scales[from - 1] : cell;
    }
  }
  /** How far each other parameter goes along with a step of this one. */
  const slopes = covariances.filter((_, from) => from !== at).map((value) => value / standardError ** 2);
  let others = minimizer.filter((_, from) => from !== at);
  let last = estimate;
  return (fixed) => {
    const offset = column.map((cell) => cell * fixed);
    const near = others.map((value, i) => value + slopes[i] * (fixed - last));
    const found = minimizeNewton(logisticObjective({ size: rest, x, outcome, offset }), near, {
      maxIterations: 50,
    });
    if (!found.converged) return null;
    others = found.minimizer;
    last = fixed;
    return found.value;
  };
}
