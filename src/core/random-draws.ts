import { assertArgument, assertFinite, assertInRange, assertInteger, shown } from "./assert.js";
import type { RandomSource } from "./random.js";

/**
 * A number drawn evenly from [min, max).
 *
 * @param random - Where the randomness comes from.
 * @param min - Smallest value.
 * @param max - Upper end, not less than `min`; never returned unless it equals `min`.
 * @returns A number from the interval. One call of the source.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an end is not finite or `max` is below `min`.
 * @example
 * ```ts
 * import { drawUniform, seededRandom } from "clientele";
 *
 * const price = drawUniform(seededRandom(1), 5, 20);
 * price >= 5 && price < 20; // => true
 * ```
 */
export function drawUniform(random: RandomSource, min = 0, max = 1): number {
  assertFinite(min, "min");
  assertFinite(max, "max");
  assertArgument(max >= min, "max", () => `max is ${max}, below min ${min}: pass max >= min`);
  const share = random();
  // Weighted rather than min + share * (max - min), whose difference can overflow.
  const drawn = min * (1 - share) + max * share;
  // Rounding can push the sum just outside.
  if (drawn < min) return min;
  return drawn < max || max === min ? drawn : largestBelow(min, max);
}

/**
 * A whole number drawn evenly from min, min + 1, ..., max.
 *
 * @param random - Where the randomness comes from.
 * @param min - Smallest value, a whole number.
 * @param max - Largest value, a whole number; included.
 * @returns A whole number; the chances of any two differ by less than (max - min + 1) / 2^53. One call of the source.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an end is no safe integer, `max` is below `min`, or the
 *   range holds more than 2^53 - 1 numbers.
 * @example
 * ```ts
 * import { drawInteger, seededRandom } from "clientele";
 *
 * const die = drawInteger(seededRandom(1), 1, 6);
 * die >= 1 && die <= 6; // => true
 * ```
 */
export function drawInteger(random: RandomSource, min: number, max: number): number {
  assertInteger(min, "min");
  assertInteger(max, "max", min);
  const count = max - min + 1;
  assertArgument(
    Number.isSafeInteger(count),
    "max",
    () => `max is ${max}, too far from min ${min}: pass a range of at most 2^53 - 1 whole numbers`,
  );
  return min + Math.floor(random() * count);
}

/**
 * A draw from the normal distribution with this mean and standard deviation.
 *
 * Box and Muller (1958), the cosine half: always two calls of the source, so that draws stay aligned.
 *
 * @param random - Where the randomness comes from.
 * @param mean - Expected value.
 * @param standardDeviation - At least 0, in the unit of the mean.
 * @returns A number in the unit of the mean, within 8.6 standard deviations of it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the mean is not finite or the deviation negative.
 * @example
 * ```ts
 * import { drawNormal, seededRandom } from "clientele";
 *
 * const random = seededRandom(1);
 * drawNormal(random, 100, 0); // => 100
 * ```
 */
export function drawNormal(random: RandomSource, mean = 0, standardDeviation = 1): number {
  assertFinite(mean, "mean");
  assertInRange(standardDeviation, "standardDeviation", 0, Number.MAX_VALUE);
  return mean + standardDeviation * standardNormal(random);
}

/**
 * A waiting time drawn from the exponential distribution with this rate.
 *
 * @param random - Where the randomness comes from.
 * @param rate - Events per unit of time, above 0; the mean waiting time is `1 / rate`.
 * @returns A number >= 0 in units of time. One call of the source.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rate is not above 0.
 * @example
 * ```ts
 * import { drawExponential, seededRandom } from "clientele";
 *
 * const daysToNextPurchase = drawExponential(seededRandom(1), 1 / 30);
 * daysToNextPurchase >= 0; // => true
 * ```
 */
export function drawExponential(random: RandomSource, rate: number): number {
  assertPositive(rate, "rate");
  return standardExponential(random) / rate;
}

/**
 * A draw from the gamma distribution with this shape and scale: mean `shape * scale`.
 *
 * Marsaglia and Tsang (2000), "A simple method for generating gamma variables"; a shape below 1 is drawn at
 * shape + 1 and multiplied by U^(1/shape), as they say. The BG/NBD and Pareto/NBD papers write the rate
 * (1 / scale) as alpha or beta: pass `1 / alpha`.
 *
 * @param random - Where the randomness comes from.
 * @param shape - Above 0.
 * @param scale - Above 0, in the unit of the result.
 * @returns A number >= 0; 0 only where the draw is too small for a double (shape far below 0.01).
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a parameter is not above 0.
 * @example
 * ```ts
 * import { drawGamma, seededRandom } from "clientele";
 *
 * const purchasesPerWeek = drawGamma(seededRandom(1), 0.243, 1 / 4.414);
 * purchasesPerWeek > 0; // => true
 * ```
 */
export function drawGamma(random: RandomSource, shape: number, scale = 1): number {
  assertPositive(shape, "shape");
  assertPositive(scale, "scale");
  return Math.exp(logStandardGamma(random, shape)) * scale;
}

/**
 * A probability drawn from the beta distribution: mean `alpha / (alpha + beta)`.
 *
 * The share of one gamma draw in the sum of two, taken on the log scale so that small shapes cannot give 0 / 0.
 *
 * @param random - Where the randomness comes from.
 * @param alpha - First shape, above 0.
 * @param beta - Second shape, above 0.
 * @returns A number in [0, 1].
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a shape is not above 0.
 * @example
 * ```ts
 * import { drawBeta, seededRandom } from "clientele";
 *
 * const churnProbability = drawBeta(seededRandom(1), 0.668, 3.806);
 * churnProbability > 0 && churnProbability < 1; // => true
 * ```
 */
export function drawBeta(random: RandomSource, alpha: number, beta: number): number {
  assertPositive(alpha, "alpha");
  assertPositive(beta, "beta");
  const logFirst = logStandardGamma(random, alpha);
  const logSecond = logStandardGamma(random, beta);
  const logOdds = logFirst - logSecond;
  // Shapes below 1e-300 overflow both logarithms; the share is then all or nothing, with this chance.
  if (Number.isNaN(logOdds)) return random() < alpha / (alpha + beta) ? 1 : 0;
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * In which trial comes the first success, when each succeeds with this probability?
 *
 * Counts trials: 1, 2, 3, ...; mean `1 / probability` (a customer who churns with probability p per period has
 * this lifetime). R's `rgeom` counts the failures before it: one less.
 *
 * @param random - Where the randomness comes from.
 * @param probability - Chance of success in each trial, above 0 and up to 1.
 * @returns A whole number >= 1, at most 2^53 - 1. One call of the source.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the probability is outside (0, 1].
 * @example
 * ```ts
 * import { drawGeometric, seededRandom } from "clientele";
 *
 * drawGeometric(seededRandom(1), 1); // => 1
 * ```
 */
export function drawGeometric(random: RandomSource, probability: number): number {
  assertArgument(
    typeof probability === "number" && probability > 0 && probability <= 1,
    "probability",
    () => `probability is ${shown(probability)}: pass a number above 0 and up to 1`,
  );
  // Inversion: P(T > t) = (1 - p)^t. For p = 1 the quotient is 0.
  const trials = Math.ceil(standardExponential(random) / -Math.log1p(-probability));
  return Math.min(Math.max(trials, 1), Number.MAX_SAFE_INTEGER);
}

function standardNormal(random: RandomSource): number {
  const radius = Math.sqrt(2 * standardExponential(random));
  return radius * Math.cos(2 * Math.PI * random());
}

function standardExponential(random: RandomSource): number {
  // 1 - u is in (0, 1], whose logarithm is finite; + 0 turns -0 into 0.
  return -Math.log(1 - random()) + 0;
}

function logStandardGamma(random: RandomSource, shape: number): number {
  if (shape < 1) {
    // Boost (their section 6) on the log scale: U^(1/shape) may be below the smallest double.
    return logStandardGamma(random, shape + 1) - standardExponential(random) / shape;
  }
  const d = shape - 1 / 3;
  const c = 1 / (3 * Math.sqrt(d));
  for (;;) {
    const x = standardNormal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const logU = -standardExponential(random);
    if (logU < 0.5 * x * x + d * (1 - v + 3 * Math.log(root))) return Math.log(d) + 3 * Math.log(root);
  }
}

function largestBelow(min: number, max: number): number {
  // One part in 2^53 of the larger end is at most one step of a double there.
  const below = max - Math.max(Math.abs(max) * 2 ** -53, Number.MIN_VALUE);
  return below < max && below >= min ? below : min;
}

function assertPositive(value: unknown, path: string): asserts value is number {
  assertArgument(
    typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY,
    path,
    () => `${path} is ${shown(value)}: pass a number above 0`,
  );
}
