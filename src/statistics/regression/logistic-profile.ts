import { minimizeNewton } from "../minimize-newton.js";
import { type LogisticDesign, logisticObjective } from "./logistic-likelihood.js";

/** Where the search begins: the estimate, its standard error, and minus the log-likelihood at the maximum. @internal */
export interface ProfileStart {
  /** Column of the design: 0 is the intercept of the data as they came, not that at the means. */
  readonly at: number;
  /** All parameters at the maximum; that of `at` in the unit of the search. */
  readonly parameters: readonly number[];
  /** How far each other parameter goes along with a step of this one, by their covariance. */
  readonly slopes: readonly number[];
  readonly standardError: number;
  readonly minimum: number;
  readonly criticalZ: number;
}

/**
 * Both values of a parameter at which twice the loss of log-likelihood, with all others at their best, equals the square of
 * the critical z (Venzon & Moolgavkar 1988). `null` where the search does not end.
 *
 * The signed square root of that loss is nearly a straight line in the parameter, so few steps lead to it.
 *
 * @internal
 */
export function profileLimits(design: LogisticDesign, start: ProfileStart): [number, number] | null {
  const lower = limit(design, start, -1);
  const upper = limit(design, start, 1);
  return lower === null || upper === null ? null : [lower, upper];
}

const MAX_STEPS = 60;
/** In standard errors' units: far below what matters, above the rounding of a sum over many rows. */
const CLOSE = 1e-9;

function limit(design: LogisticDesign, start: ProfileStart, side: -1 | 1): number | null {
  const { at, parameters, standardError, minimum, criticalZ } = start;
  const lossAt = restrictedLoss(design, start);
  const estimate = parameters[at];
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
  { at, parameters, slopes }: ProfileStart,
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
  let others = parameters.filter((_, from) => from !== at);
  let last = parameters[at];
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
