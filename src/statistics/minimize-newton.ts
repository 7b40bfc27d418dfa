import { assertArgument, assertBetween, assertInteger, shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { choleskyFactor, choleskyInverse, choleskySolve, type SquareMatrix } from "./cholesky.js";

/** A function with its derivatives at one point. */
export interface ObjectiveAtPoint {
  /** The value to make small, for example a negative log-likelihood. */
  readonly value: number;
  /** First derivatives, one for each parameter. */
  readonly gradient: readonly number[];
  /** Second derivatives, as rows; only the lower triangle is read. */
  readonly hessian: SquareMatrix;
}

/** When to stop. */
export interface NewtonOptions {
  /** Converged when the next Newton step changes no parameter by more than this times max(1, |parameter|). Default 1e-10. */
  readonly tolerance?: number;
  /** Steps to take at most. Default 100. */
  readonly maxIterations?: number;
  /** Called after each step with the number of steps taken. */
  readonly onProgress?: (iterations: number) => void;
  /** An `AbortSignal`, or anything with `aborted`: looked at before each step. */
  readonly signal?: { readonly aborted: boolean };
}

/** Where a minimization ended. */
export interface NewtonMinimum {
  /** The best parameters found: the minimizer only if `converged`. */
  readonly minimizer: number[];
  /** The objective there. */
  readonly value: number;
  /** Largest absolute first derivative there: near 0 at a minimum. */
  readonly gradientNorm: number;
  /** Inverse Hessian there: the covariance of the estimates for a negative log-likelihood; `null` unless `converged`. */
  readonly inverseHessian: number[][] | null;
  /** Steps taken. */
  readonly iterations: number;
  /** How often the objective was computed. */
  readonly evaluations: number;
  /** Whether the minimum was reached: look here before using the parameters. */
  readonly converged: boolean;
  /** Why it was not reached; `null` where `converged`. */
  readonly reason: string | null;
}

/**
 * Which parameters make a smooth function smallest?
 *
 * Newton's method with a backtracking line search (Armijo 1966); where the Hessian is not positive definite, a ridge
 * on its diagonal turns the step downhill (Levenberg 1944, Marquardt 1963). For few parameters: each step costs p³/6.
 *
 * @param objective - Gives value, gradient and Hessian at a point. Where it is not finite (a logarithm of a negative
 * number), the search steps back.
 * @param start - First guess, one number for each parameter, where the objective is finite.
 * @param options - `tolerance`, `maxIterations`, `onProgress`, `signal`.
 * @returns The minimizer with its value and inverse Hessian; `converged: false` and a reason when it was not reached.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the objective is not finite at the start or its shapes do not
 * fit; `ABORTED` when the signal fired.
 * @example
 * ```ts
 * import { minimizeNewton } from "clientele";
 *
 * // (x - 3)² + 10
 * const bowl = minimizeNewton(
 *   ([x]) => ({ value: (x - 3) ** 2 + 10, gradient: [2 * (x - 3)], hessian: [[2]] }),
 *   [0],
 * );
 * bowl.minimizer; // ~> [3]
 * bowl.converged; // => true
 * bowl.inverseHessian; // ~> [[0.5]]
 * ```
 */
export function minimizeNewton(
  objective: (parameters: number[]) => ObjectiveAtPoint,
  start: readonly number[],
  options: NewtonOptions = {},
): NewtonMinimum {
  const { tolerance = 1e-10, maxIterations = 100, onProgress, signal } = options;
  assertBetween(tolerance, "options.tolerance", 0, 1);
  assertInteger(maxIterations, "options.maxIterations", 1);
  assertArgument(
    typeof objective === "function",
    "objective",
    () => `objective is ${shown(objective)}: pass a function that gives { value, gradient, hessian }`,
  );
  assertStart(start);
  let evaluations = 0;
  const evaluate = (parameters: number[]): Point => {
    evaluations++;
    return { parameters, ...shaped(objective([...parameters]), parameters.length) };
  };
  let point = evaluate([...start]);
  assertArgument(
    isFinitePoint(point),
    "start",
    () =>
      `the objective is not finite at start (value ${point.value}): start where value and derivatives are finite`,
  );
  const ended = (iterations: number, factor: number[][] | null, reason: string | null): NewtonMinimum => ({
    minimizer: point.parameters,
    value: point.value,
    gradientNorm: largest(point.gradient),
    inverseHessian: reason === null && factor !== null ? choleskyInverse(factor) : null,
    iterations,
    evaluations,
    converged: reason === null,
    reason,
  });

  for (let iterations = 0; ; iterations++) {
    const factor = choleskyFactor(point.hessian);
    if (factor === null && largest(point.gradient) === 0) return ended(iterations, null, NOT_A_MINIMUM);
    const step = choleskySolve(factor ?? ridgedFactor(point.hessian), point.gradient).map(
      (change) => -change,
    );
    const isSmall = step.every(
      (change, i) => Math.abs(change) <= tolerance * Math.max(1, Math.abs(point.parameters[i])),
    );
    if (isSmall) return ended(iterations, factor, factor === null ? NOT_A_MINIMUM : null);
    if (iterations === maxIterations) {
      return ended(iterations, factor, stillMoving(maxIterations, step, factor === null));
    }
    if (signal?.aborted) {
      throw new ClienteleError(
        "ABORTED",
        "options.signal",
        `minimizeNewton was aborted after ${iterations} steps`,
      );
    }
    const next = lineSearch(evaluate, point, step);
    if (next === null) {
      if (factor === null) return ended(iterations, null, NOT_CURVED);
      return ended(iterations, factor, isWithinRounding(point, step) ? null : NO_DESCENT);
    }
    point = next;
    onProgress?.(iterations + 1);
  }
}

interface Point extends ObjectiveAtPoint {
  readonly parameters: number[];
}

const NOT_A_MINIMUM =
  "the gradient is near zero but the Hessian is not positive definite: a saddle, or a parameter that the data do not fix";
const NOT_CURVED =
  "the Hessian is not positive definite and no step lowers the objective: a parameter runs to infinity or the data do not fix it";
const NO_DESCENT =
  "no step downhill lowers the objective: its derivatives do not belong to its value, or a parameter runs to infinity and only rounding is left";

function stillMoving(maxIterations: number, step: readonly number[], indefinite: boolean): string {
  const shape = indefinite ? "; the Hessian is not positive definite there" : "";
  return `still moving after ${maxIterations} steps (next one ${largest(step)}): raise maxIterations, start nearer, or a parameter runs to infinity${shape}`;
}

const MAX_HALVINGS = 40;

/** The first of the steps 1, 1/2, 1/4, ... that lowers the value by its share of what the slope promises. */
function lineSearch(
  evaluate: (parameters: number[]) => Point,
  from: Point,
  step: readonly number[],
): Point | null {
  const slope = dotProduct(from.gradient, step);
  const full = evaluate(moved(from, step, 1));
  if (isFinitePoint(full)) {
    if (full.value <= from.value + 1e-4 * slope) return full;
    // Near the minimum the value's rounding hides the gain, while the gradient still sees it.
    if (isWithinRounding(from, step)) {
      return full.value <= from.value + roundingOf(from.value) &&
        largest(full.gradient) < largest(from.gradient)
        ? full
        : null;
    }
  }
  for (let halvings = 1; halvings <= MAX_HALVINGS; halvings++) {
    const share = 2 ** -halvings;
    const trial = evaluate(moved(from, step, share));
    if (isFinitePoint(trial) && trial.value <= from.value + 1e-4 * share * slope) return trial;
  }
  return null;
}

/** Whether the whole step promises less than the rounding of a value that is a long sum. */
function isWithinRounding(from: Point, step: readonly number[]): boolean {
  return -dotProduct(from.gradient, step) <= roundingOf(from.value);
}

function roundingOf(value: number): number {
  return 1e-12 * Math.abs(value);
}

const MAX_RIDGE = 1e12;

/** The factor of the Hessian with the smallest ridge, of powers of ten, that makes it positive definite. */
function ridgedFactor(hessian: SquareMatrix): number[][] {
  const diagonal = hessian.map((row, i) => Math.abs(row[i]));
  const scale = Math.max(...hessian.map(largest)) || 1;
  for (let ridge = 1e-3; ridge < MAX_RIDGE; ridge *= 10) {
    const raised = hessian.map((row, i) =>
      row.map((value, k) => (i === k ? value + ridge * Math.max(diagonal[i], 1e-3 * scale) : value)),
    );
    const factor = choleskyFactor(raised);
    if (factor !== null) return factor;
  }
  // Entries near the largest number overflow: go down the gradient itself.
  return hessian.map((row, i) => row.map((_, k) => (i === k ? 1 : 0)));
}

function assertStart(start: readonly number[]): void {
  assertArgument(
    Array.isArray(start) && start.length > 0 && start.every(Number.isFinite),
    "start",
    () =>
      `start is ${Array.isArray(start) ? `[${start.join(", ")}]` : shown(start)}: pass one finite number for each parameter`,
  );
}

function shaped(at: ObjectiveAtPoint, size: number): ObjectiveAtPoint {
  assertArgument(
    typeof at === "object" && at !== null && typeof at.value === "number",
    "objective",
    () => `objective gave ${shown(at)}: give { value, gradient, hessian } with a number as value`,
  );
  const { gradient, hessian } = at;
  const fits =
    Array.isArray(gradient) &&
    gradient.length === size &&
    Array.isArray(hessian) &&
    hessian.length === size &&
    hessian.every((row) => Array.isArray(row) && row.length === size);
  assertArgument(
    fits,
    "objective",
    () =>
      `objective gave a gradient of ${lengthOf(gradient)} and a hessian of ${lengthOf(hessian)} rows: give arrays of ${size}, in each row too`,
  );
  return at;
}

function lengthOf(list: unknown): string {
  return Array.isArray(list) ? String(list.length) : shown(list);
}

function isFinitePoint({ value, gradient, hessian }: ObjectiveAtPoint): boolean {
  return (
    Number.isFinite(value) &&
    gradient.every(Number.isFinite) &&
    hessian.every((row) => row.every(Number.isFinite))
  );
}

function moved(from: Point, step: readonly number[], share: number): number[] {
  return from.parameters.map((parameter, i) => parameter + share * step[i]);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function dotProduct(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
