import { assertInRange } from "./assert.js";
import type { RandomSource } from "./random.js";

/**
 * How many events happen, when this many are expected?
 *
 * Exact for every mean, in bounded time: below 10 by multiplying uniforms (Knuth 1969), from 10 by the transformed
 * rejection PTRS (Hoermann 1993, "The transformed rejection method for generating Poisson random variables").
 *
 * @param random - Where the randomness comes from.
 * @param mean - Expected number of events, from 0 to 1e15.
 * @returns A whole number >= 0.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the mean is outside 0 to 1e15.
 * @example
 * ```ts
 * import { drawPoisson, seededRandom } from "clientele";
 *
 * drawPoisson(seededRandom(1), 0); // => 0
 * const purchases = drawPoisson(seededRandom(1), 2.5);
 * Number.isInteger(purchases); // => true
 * ```
 */
export function drawPoisson(random: RandomSource, mean: number): number {
  assertInRange(mean, "mean", 0, 1e15);
  return mean < 10 ? byProduct(random, mean) : byTransformedRejection(random, mean);
}

function byProduct(random: RandomSource, mean: number): number {
  const limit = Math.exp(-mean);
  let product = 1 - random();
  let count = 0;
  while (product > limit) {
    product *= 1 - random();
    count++;
  }
  return count;
}

function byTransformedRejection(random: RandomSource, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random() - 0.5;
    const v = 1 - random();
    const distance = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / distance + b) * u + mean + 0.43);
    if (distance >= 0.07 && v <= squeeze) return count;
    // Also where u = -0.5 makes the distance 0 and the count -Infinity.
    if (count < 0 || (distance < 0.013 && v > distance)) continue;
    if (Math.log((v * inverseAlpha) / (a / (distance * distance) + b)) <= poissonLogProbability(count, mean))
      return count;
  }
}

/**
 * The logarithm of the probability of this count.
 *
 * Around the mean, -mean + k ln(mean) - ln(k!) loses all its digits for large means; Loader (2000, "Fast and accurate
 * computation of binomial probabilities") subtracts before the logarithm is taken.
 *
 * @internal
 */
export function poissonLogProbability(count: number, mean: number): number {
  if (count <= 18) return -mean + count * Math.log(mean) - Math.log(factorial(count));
  const deviation = (mean - count) / count;
  return (
    count * (Math.log1p(deviation) - deviation) -
    0.5 * Math.log(2 * Math.PI * count) -
    stirlingRemainder(count)
  );
}

// 18! < 2^53: exact in a double.
function factorial(count: number): number {
  let product = 1;
  for (let factor = 2; factor <= count; factor++) product *= factor;
  return product;
}

// ln(k!) - (k + 1/2) ln k + k - ln(2 pi) / 2; the next term is below 1e-14 from k = 19.
function stirlingRemainder(count: number): number {
  const square = count * count;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / count;
}
