import { gammaDensity, incompleteGamma } from "./incomplete-gamma.js";
import { logGamma } from "./log-gamma.js";
import { assertPositive, assertProbability, assertReal, assertShape } from "./outside-domain.js";
import { roughNormalQuantile, solveTail } from "./solve-tail.js";
import { isUpperTail, type TailOptions } from "./tail.js";

/**
 * How dense is the gamma distribution at x?
 *
 * @param x - Any number; the density is 0 below 0.
 * @param shape - Positive number from 1e-300 to 1e300.
 * @param rate - Positive finite number, in one over the unit of x: the mean is `shape / rate`.
 * @returns rate^shape x^(shape - 1) exp(-rate x) / Gamma(shape); `Infinity` at x = 0 for a shape below 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if x is not a number or a parameter is not positive.
 * @example
 * ```ts
 * import { gammaPdf } from "clientele";
 *
 * gammaPdf(2, 3, 1); // ~> 0.2706705664732254
 * ```
 */
export function gammaPdf(x: number, shape: number, rate: number): number {
  assertReal(x, "x");
  assertShape(shape, "shape");
  assertPositive(rate, "rate");
  // The product may overflow where x does not.
  if (x < 0 || rate * x === Infinity) return 0;
  if (x === 0) return shape > 1 ? 0 : shape === 1 ? rate : Infinity;
  return gammaDensity(shape, rate * x) / x;
}

/**
 * How likely is a gamma distributed value at most x (or above x, with `tail: "upper"`)?
 *
 * @param x - Any number; below 0 nothing lies.
 * @param shape - Positive number from 1e-300 to 1e300.
 * @param rate - Positive finite number, in one over the unit of x: the mean is `shape / rate`.
 * @param options - `tail`: `"lower"` (default) or `"upper"`.
 * @returns A probability from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if x is not a number, a parameter is not positive or the tail is unknown.
 * @example
 * ```ts
 * import { gammaCdf } from "clientele";
 *
 * gammaCdf(2, 3, 1); // ~> 0.3233235838169365
 * ```
 */
export function gammaCdf(x: number, shape: number, rate: number, options?: TailOptions): number {
  assertReal(x, "x");
  assertShape(shape, "shape");
  assertPositive(rate, "rate");
  return incompleteGamma(shape, x > 0 ? rate * x : 0, isUpperTail(options));
}

/**
 * Below which x does a gamma distributed value fall with probability p (or above which, with `tail: "upper"`)?
 *
 * @param p - Probability from 0 to 1. For p next to 1 pass the small probability and `tail: "upper"` instead.
 * @param shape - Positive number from 1e-300 to 1e300.
 * @param rate - Positive finite number, in one over the unit of x: the mean is `shape / rate`.
 * @param options - `tail`: the side that p stands for, `"lower"` (default) or `"upper"`.
 * @returns x, from 0 to `Infinity` at the ends of p.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if p is not a probability, a parameter is not positive or the tail is unknown.
 * @example
 * ```ts
 * import { gammaQuantile } from "clientele";
 *
 * gammaQuantile(0.5, 1, 2); // ~> 0.34657359027997264
 * ```
 */
export function gammaQuantile(p: number, shape: number, rate: number, options?: TailOptions): number {
  assertProbability(p, "p");
  assertShape(shape, "shape");
  assertPositive(rate, "rate");
  return inverseIncompleteGamma(p, shape, isUpperTail(options)) / rate;
}

/** x with P(a, x) = p, or Q(a, x) = p if `upper`, for arguments that were checked. @internal */
export function inverseIncompleteGamma(p: number, a: number, upper: boolean): number {
  if (p === 0 || p === 1) return (p === 0) === upper ? Infinity : 0;
  // Solve for the smaller tail; 1 - p is exact for p >= 1/2.
  const target = p > 0.5 ? 1 - p : p;
  const tailIsUpper = upper === p <= 0.5;
  return solveTail(
    target,
    firstGuess(target, a, tailIsUpper),
    tailIsUpper ? -1 : 1,
    (x) => incompleteGamma(a, x, tailIsUpper),
    (x) => gammaDensity(a, x),
    (x) => a - x,
  );
}

/** Wilson & Hilferty (1931) for shapes of 1 or more, else the first term of the series of the tail. */
function firstGuess(target: number, a: number, upper: boolean): number {
  if (a >= 1) {
    const z = roughNormalQuantile(target);
    const root = 1 - 1 / (9 * a) + (upper ? -z : z) / (3 * Math.sqrt(a));
    if (root > 0.3) return a * root ** 3;
  }
  if (upper) {
    // Q is close to x^(a - 1) exp(-x) / Gamma(a) for large x.
    const x = -Math.log(target) - logGamma(a);
    if (x > 1) return x + (a - 1) * Math.log(x);
  }
  return Math.exp(((upper ? Math.log1p(-target) : Math.log(target)) + logGamma(a + 1)) / a);
}
