import { inverseIncompleteGamma } from "./gamma-distribution.js";
import { incompleteGamma } from "./incomplete-gamma.js";
import { assertProbability, assertReal, assertShape } from "./outside-domain.js";
import { isUpperTail, type TailOptions } from "./tail.js";

/**
 * How likely is a chi-square value at most x (or above x, with `tail: "upper"`: the p-value of a test)?
 *
 * P(df / 2, x / 2), relative error below 1e-12 in both tails (Abramowitz & Stegun 1964, 26.4.19).
 *
 * @param x - Any number; below 0 nothing lies.
 * @param degreesOfFreedom - Positive number from 1e-300 to 1e300, not necessarily whole.
 * @param options - `tail`: `"lower"` (default) or `"upper"`.
 * @returns A probability from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if x is not a number, the degrees of freedom are not positive or the tail is unknown.
 * @example
 * ```ts
 * import { chiSquareCdf } from "clientele";
 *
 * chiSquareCdf(3.841458820694124, 1); // ~> 0.95
 * chiSquareCdf(500, 2, { tail: "upper" }); // ~> 2.6691902155412764e-109
 * ```
 */
export function chiSquareCdf(x: number, degreesOfFreedom: number, options?: TailOptions): number {
  assertReal(x, "x");
  assertShape(degreesOfFreedom, "degreesOfFreedom");
  return incompleteGamma(0.5 * degreesOfFreedom, x > 0 ? 0.5 * x : 0, isUpperTail(options));
}

/**
 * Below which x does a chi-square value fall with probability p (or above which, with `tail: "upper"`: the critical value)?
 *
 * @param p - Probability from 0 to 1. For p next to 1 pass the small probability and `tail: "upper"` instead.
 * @param degreesOfFreedom - Positive number from 1e-300 to 1e300, not necessarily whole.
 * @param options - `tail`: the side that p stands for, `"lower"` (default) or `"upper"`.
 * @returns x, from 0 to `Infinity` at the ends of p.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if p is not a probability, the degrees of freedom are not positive or the tail is unknown.
 * @example
 * ```ts
 * import { chiSquareQuantile } from "clientele";
 *
 * chiSquareQuantile(0.95, 1); // ~> 3.841458820694124
 * chiSquareQuantile(0.05, 10, { tail: "upper" }); // ~> 18.307038053275146
 * ```
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number, options?: TailOptions): number {
  assertProbability(p, "p");
  assertShape(degreesOfFreedom, "degreesOfFreedom");
  return 2 * inverseIncompleteGamma(p, 0.5 * degreesOfFreedom, isUpperTail(options));
}
