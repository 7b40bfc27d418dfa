import { assertArgument, assertArray, shown } from "./assert.js";
import type { RandomSource } from "./random.js";

/**
 * Which position is drawn, when each has this weight?
 *
 * @param random - Where the randomness comes from.
 * @param weights - At least one, none negative, not all zero; they need not sum to 1.
 * @returns An index of the weights, never one of weight zero. One call of the source.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for weights that are empty, negative, not finite or all zero.
 * @example
 * ```ts
 * import { drawIndex, seededRandom } from "clientele";
 *
 * const channel = ["web", "store", "phone"][drawIndex(seededRandom(1), [0, 1, 0])];
 * channel; // => "store"
 * ```
 */
export function drawIndex(random: RandomSource, weights: readonly number[]): number {
  assertArray(weights, "weights");
  let sum = 0;
  let last = -1;
  // Not forEach, which passes over the holes of a sparse array.
  for (const [index, weight] of weights.entries()) {
    const path = `weights[${index}]`;
    assertArgument(
      typeof weight === "number" && weight >= 0,
      path,
      () => `${path} is ${shown(weight)}: pass a finite number of at least 0`,
    );
    sum += weight;
    if (weight > 0) last = index;
  }
  assertArgument(
    sum > 0 && sum < Number.POSITIVE_INFINITY,
    "weights",
    () => `weights sum to ${sum}: pass at least one above 0, and a finite sum`,
  );
  let rest = random() * sum;
  // Rounding may leave a crumb beyond the last weight: then it is the last that can be drawn.
  const found = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return found === -1 ? last : found;
}

/**
 * The same items in an order where every order is equally likely.
 *
 * Fisher and Yates (1938) in the form of Durstenfeld (1964).
 *
 * @param random - Where the randomness comes from.
 * @param items - What is shuffled; left as it is.
 * @returns A new array. One call of the source for each item but one.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the items are no array.
 * @example
 * ```ts
 * import { drawShuffled, seededRandom } from "clientele";
 *
 * drawShuffled(seededRandom(1), ["a", "b", "c"]).sort(); // => ["a", "b", "c"]
 * ```
 */
export function drawShuffled<T>(random: RandomSource, items: readonly T[]): T[] {
  assertArray(items, "items");
  const shuffled = [...items];
  for (let end = shuffled.length - 1; end > 0; end--) {
    const other = Math.floor(random() * (end + 1));
    const moved = shuffled[end] as T;
    shuffled[end] = shuffled[other] as T;
    shuffled[other] = moved;
  }
  return shuffled;
}
