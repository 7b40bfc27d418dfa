import { shown } from "../core/assert.js";
import { productDifference } from "./exact-difference.js";
import { logGamma } from "./log-gamma.js";
import { assertProbability, outsideDomain } from "./outside-domain.js";
import { poissonExponent } from "./poisson-exponent.js";
import { stirlingCorrection } from "./stirling-correction.js";
import { isUpperTail, type TailOptions } from "./tail.js";

/** A draw without replacement: how many of the drawn are successes follows the hypergeometric distribution. */
export interface HypergeometricDraw {
  /** How many things there are to draw from: a whole number, 0 or more. */
  readonly population: number;
  /** How many of them count as successes: a whole number from 0 to `population`. */
  readonly successes: number;
  /** How many are drawn, without replacement: a whole number from 0 to `population`. */
  readonly draws: number;
}

/**
 * How likely are exactly k successes among the draws?
 *
 * The three binomial coefficients would cancel; the exponent is the sum over the four cells of the two-by-two table
 * of their deviance from the expected count (Loader 2000). Relative error below 1e-12 for populations up to 1e9.
 *
 * @param k - Whole number of drawn successes; one that cannot happen has probability 0.
 * @param draw - `population`, `successes` in it and `draws` from it.
 * @returns A probability from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` unless k and the counts are whole numbers that fit together.
 * @example
 * ```ts
 * import { hypergeometricPmf } from "clientele";
 *
 * hypergeometricPmf(1, { population: 10, successes: 4, draws: 3 }); // ~> 0.5
 * ```
 */
export function hypergeometricPmf(k: number, draw: HypergeometricDraw): number {
  assertDraw(draw);
  assertCount(k, "k", -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return probability(k, draw);
}

/**
 * How likely are at most k successes among the draws (or more than k, with `tail: "upper"`)?
 *
 * The smaller tail is summed outward from k, so it keeps its relative accuracy; the other is its complement.
 *
 * @param k - Whole number of drawn successes.
 * @param draw - `population`, `successes` in it and `draws` from it.
 * @param options - `tail`: `"lower"` (default) is P(X <= k), `"upper"` is P(X > k). For P(X >= k) pass k - 1 and `"upper"`.
 * @returns A probability from 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` unless k and the counts are whole numbers that fit together and the tail is known.
 * @example
 * ```ts
 * import { hypergeometricCdf } from "clientele";
 *
 * hypergeometricCdf(1, { population: 10, successes: 4, draws: 3 }); // ~> 0.6666666666666666
 * ```
 */
export function hypergeometricCdf(k: number, draw: HypergeometricDraw, options?: TailOptions): number {
  assertDraw(draw);
  assertCount(k, "k", -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return cumulative(k, draw, isUpperTail(options));
}

/**
 * Which is the smallest number of successes that the draws do not exceed with probability p or more?
 *
 * @param p - Probability from 0 to 1.
 * @param draw - `population`, `successes` in it and `draws` from it.
 * @param options - `tail`: `"lower"` (default) finds the smallest k with P(X <= k) >= p, `"upper"` the smallest k with P(X > k) <= p.
 * @returns A whole number within the possible counts; the smallest and largest of them at the ends of p.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` if p is not a probability, the counts do not fit together or the tail is unknown.
 * @example
 * ```ts
 * import { hypergeometricQuantile } from "clientele";
 *
 * hypergeometricQuantile(0.5, { population: 10, successes: 4, draws: 3 }); // => 1
 * ```
 */
export function hypergeometricQuantile(p: number, draw: HypergeometricDraw, options?: TailOptions): number {
  assertProbability(p, "p");
  assertDraw(draw);
  const upper = isUpperTail(options);
  let low = smallest(draw);
  let high = largest(draw);
  // A p that was itself a rounded cumulative probability must find its own k: allow for the last digits.
  const reached = upper
    ? (k: number) => cumulative(k, draw, true) <= p * (1 + 1e-13)
    : (k: number) => cumulative(k, draw, false) >= p * (1 - 1e-13);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function smallest({ population, successes, draws }: HypergeometricDraw): number {
  return Math.max(0, draws - (population - successes));
}

function largest({ successes, draws }: HypergeometricDraw): number {
  return Math.min(successes, draws);
}

function probability(k: number, draw: HypergeometricDraw): number {
  if (k < smallest(draw) || k > largest(draw)) return 0;
  const { population, successes, draws } = draw;
  if (smallest(draw) === largest(draw)) return 1;
  const failures = population - successes;
  const left = population - draws;
  // How far each cell is from its expected count: the same distance, by turns above and below.
  const gap = productDifference(k, population, successes, draws) / population;
  const cell = (count: number, row: number, column: number, excess: number): number =>
    poissonExponent(count, row * (column / population), -excess) - logFactorialRest(count);
  return Math.exp(
    cell(k, successes, draws, gap) +
      cell(successes - k, successes, left, -gap) +
      cell(draws - k, failures, draws, -gap) +
      cell(failures - draws + k, failures, left, gap) +
      (logFactorialRest(successes) + logFactorialRest(failures) - logFactorialRest(population)) +
      (logFactorialRest(draws) + logFactorialRest(left)),
  );
}

/** log n! - (n log n - n). */
function logFactorialRest(n: number): number {
  if (n === 0) return 0;
  return n < 10
    ? logGamma(n + 1) - n * (Math.log(n) - 1)
    : 0.5 * Math.log(2 * Math.PI * n) + stirlingCorrection(n);
}

function cumulative(k: number, draw: HypergeometricDraw, upper: boolean): number {
  if (k < smallest(draw)) return upper ? 1 : 0;
  if (k >= largest(draw)) return upper ? 0 : 1;
  const { population, successes, draws } = draw;
  const sumsUpward = (k + 0.5) * population > successes * draws;
  const failuresLeft = population - successes - draws;
  let sum = 0;
  if (sumsUpward) {
    let term = probability(k + 1, draw);
    for (let j = k + 1; term > sum * 1e-17; j++) {
      sum += term;
      term *= ((successes - j) / (j + 1)) * ((draws - j) / (failuresLeft + j + 1));
    }
  } else {
    let term = probability(k, draw);
    for (let j = k; term > sum * 1e-17; j--) {
      sum += term;
      term *= (j / (successes - j + 1)) * ((failuresLeft + j) / (draws - j + 1));
    }
  }
  return upper === sumsUpward ? sum : 1 - sum;
}

function assertDraw(draw: HypergeometricDraw): void {
  if (typeof draw !== "object" || draw === null) {
    outsideDomain(draw, "draw", "an object { population, successes, draws }");
  }
  assertCount(draw.population, "draw.population", 0, Number.MAX_SAFE_INTEGER);
  assertCount(draw.successes, "draw.successes", 0, draw.population);
  assertCount(draw.draws, "draw.draws", 0, draw.population);
}

function assertCount(value: number, path: string, min: number, max: number): void {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    outsideDomain(value, path, `a whole number from ${shown(min)} to ${shown(max)}`);
  }
}
