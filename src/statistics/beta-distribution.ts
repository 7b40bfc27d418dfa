import { meanGap } from "./exact-difference.js";
import { betaDensity, incompleteBeta } from "./incomplete-beta.js";
import { logBeta } from "./log-beta.js";
import { assertProbability, assertReal, assertShape } from "./outside-domain.js";
import { roughNormalQuantile, solveTail } from "./solve-tail.js";
import { isUpperTail, type TailOptions } from "./tail.js";

/**
 * How dense is the beta distribution at x?
 *
 * @param x - Any number; the density is 0 outside [0, 1].
 * @param a - First shape, a positive number from 1e-300 to 1e300.
 * @param b - Second shape, a positive number from 1e-300 to 1e300.
 * @returns x^(a - 1) (1 - x)^(b - 1) / B(a, b); `Infinity` at an end whose shape is below 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if x is not a number or a shape is not positive.
 * @example
 * ```ts
 * import { betaPdf } from "clientele";
 *
 * betaPdf(0.25, 2, 3); // ~> 1.6875
 * ```
 */
export function betaPdf(x: number, a: number, b: number): number {
  assertReal(x, "x");
  assertShape(a, "a");
  assertShape(b, "b");
  if (x < 0 || x > 1) return 0;
  if (x === 0) return a > 1 ? 0 : a === 1 ? b : Infinity;
  if (x === 1) return b > 1 ? 0 : b === 1 ? a : Infinity;
  return densityAt(x, 1 - x, a, b) / x / (1 - x);
}

/**
 * How likely is a beta distributed value at most x (or above x, with `tail: "upper"`)?
 *
 * @param x - Any number; nothing lies outside [0, 1].
 * @param a - First shape, a positive number from 1e-300 to 1e300.
 * @param b - Second shape, a positive number from 1e-300 to 1e300.
 * @param options - `tail`: `"lower"` (default) or `"upper"`.
 * @returns A probability from 0 to 1, relative error below 1e-12 in both tails.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if x is not a number, a shape is not positive or the tail is unknown.
 * @example
 * ```ts
 * import { betaCdf } from "clientele";
 *
 * betaCdf(0.5, 2, 3); // ~> 0.6875
 * betaCdf(0.5, 2, 3, { tail: "upper" }); // ~> 0.3125
 * ```
 */
export function betaCdf(x: number, a: number, b: number, options?: TailOptions): number {
  assertReal(x, "x");
  assertShape(a, "a");
  assertShape(b, "b");
  return isUpperTail(options) ? incompleteBeta(1 - x, x, b, a) : incompleteBeta(x, 1 - x, a, b);
}

/**
 * Below which x does a beta distributed value fall with probability p (or above which, with `tail: "upper"`)?
 *
 * @param p - Probability from 0 to 1. For p next to 1 pass the small probability and `tail: "upper"` instead.
 * @param a - First shape, a positive number from 1e-300 to 1e300.
 * @param b - Second shape, a positive number from 1e-300 to 1e300.
 * @param options - `tail`: the side that p stands for, `"lower"` (default) or `"upper"`.
 * @returns x, from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if p is not a probability, a shape is not positive or the tail is unknown.
 * @example
 * ```ts
 * import { betaQuantile } from "clientele";
 *
 * betaQuantile(0.025, 10, 91); // ~> 0.0490047
 * ```
 */
export function betaQuantile(p: number, a: number, b: number, options?: TailOptions): number {
  assertProbability(p, "p");
  assertShape(a, "a");
  assertShape(b, "b");
  const odds = isUpperTail(options) ? betaOddsQuantile(1 - p, p, a, b) : betaOddsQuantile(p, 1 - p, a, b);
  return odds === Infinity ? 1 : odds / (1 + odds);
}

/**
 * The odds x / (1 - x) of the beta quantile, for p + q = 1, each exact to its own last digit.
 *
 * @internal
 */
export function betaOddsQuantile(p: number, q: number, a: number, b: number): number {
  if (p === 0 || q === 0) return p === 0 ? 0 : Infinity;
  // Solve for the smaller tail, as the lower tail of x or of 1 - x.
  if (p > q) return 1 / betaOddsQuantile(q, p, b, a);
  return solveTail(
    p,
    firstGuess(p, a, b),
    1,
    (odds) => incompleteBeta(odds / (1 + odds), 1 / (1 + odds), a, b),
    (odds) => densityAt(odds / (1 + odds), 1 / (1 + odds), a, b),
    (odds) => gapAt(odds / (1 + odds), 1 / (1 + odds), a, b),
  );
}

/** The density per unit of log-odds. */
function densityAt(x: number, y: number, a: number, b: number): number {
  return betaDensity(x, y, a, b, gapAt(x, y, a, b));
}

/** a y - b x: how the logarithm of that density grows. */
function gapAt(x: number, y: number, a: number, b: number): number {
  return x <= 0.5 ? meanGap(a, b, x) : -meanGap(b, a, y);
}

/** The normal approximation (Abramowitz & Stegun 1964, 26.5.22) for shapes of 1 or more, else the first term of the series. */
function firstGuess(p: number, a: number, b: number): number {
  if (a >= 1 && b >= 1) {
    const y = -roughNormalQuantile(p);
    const c = 1 / (2 * a - 1);
    const d = 1 / (2 * b - 1);
    const h = 2 / (c + d);
    const curve = (y * y - 3) / 6;
    const w = (y * Math.sqrt(h + curve)) / h - (d - c) * (curve + 5 / 6 - 2 / (3 * h));
    return (a / b) * Math.exp(-2 * w);
  }
  return Math.exp((Math.log(p) + Math.log(a) + logBeta(a, b)) / a);
}
