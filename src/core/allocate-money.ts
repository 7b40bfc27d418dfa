import { assertArgument, assertInteger, shown } from "./assert.js";
import { decimalFraction } from "./fraction.js";
import { assertMoney, type Money } from "./money.js";

/**
 * How is this amount split in proportion to weights, to the last cent?
 *
 * Largest remainder (Hamilton's method): everyone gets the whole minor units of the exact share, and the units left
 * over go to the largest fractions, to the earlier position where these are equal. The parts sum to the whole.
 *
 * @param amount - What is split; a negative amount is split like the positive one, with the other sign.
 * @param weights - At least one, none negative, not all zero; numbers count by their shortest decimal form. Zero
 *   weights get nothing.
 * @returns One amount for each weight, in their order, in the same currency.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for weights that are empty, negative, not finite or all zero.
 * @example
 * ```ts
 * import { allocateMoney, money } from "clientele";
 *
 * const parts = allocateMoney(money(1000, "USD"), [1, 1, 1]);
 * parts.map((part) => part.amount); // => [334, 333, 333]
 * ```
 */
export function allocateMoney<C extends string>(amount: Money<C>, weights: readonly number[]): Money<C>[] {
  assertMoney(amount, "amount");
  return allocated(amount.amount, weights).map((part) => ({ amount: part, currency: amount.currency }));
}

/**
 * How is this whole number split in proportion to weights, to the last unit?
 *
 * The integer core of `allocateMoney`, for points, hours or seats.
 *
 * @param total - A whole number; a negative one is split like the positive one, with the other sign.
 * @param weights - At least one, none negative, not all zero. Zero weights get nothing.
 * @returns One whole number for each weight, in their order; they sum to the total.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a total that is not whole, or weights that are empty, negative,
 *   not finite or all zero.
 * @example
 * ```ts
 * import { allocateInteger } from "clientele";
 *
 * allocateInteger(100, [50, 30, 0, 5]); // => [59, 35, 0, 6]
 * ```
 */
export function allocateInteger(total: number, weights: readonly number[]): number[] {
  assertInteger(total, "total");
  return allocated(total, weights);
}

/** The whole units of each exact share, and what of it is left, on one scale for all. */
interface Shares {
  readonly whole: number[];
  readonly rest: readonly (number | bigint)[];
}

function allocated(total: number, weights: readonly number[]): number[] {
  assertWeights(weights);
  const size = Math.abs(total);
  const { whole, rest } = sharesInNumbers(size, weights) ?? sharesInBigInts(size, weights);
  let left = size;
  for (const part of whole) left -= part;
  if (left > 0) {
    // Fewer units are left than there are weights with a fraction, so that a zero weight never gets one.
    const byRest = Array.from(rest.keys()).sort((a, b) => compare(rest[b], rest[a]) || a - b);
    for (const index of byRest.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  }
  return total < 0 ? whole.map((part) => 0 - part) : whole;
}

// Where every product stays a safe integer, plain arithmetic is exact and some twenty times as fast.
function sharesInNumbers(size: number, weights: readonly number[]): Shares | null {
  let sum = 0;
  let largest = 0;
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight)) return null;
    sum += weight;
    if (weight > largest) largest = weight;
  }
  if (!Number.isSafeInteger(sum) || !Number.isSafeInteger(size * largest)) return null;
  const rest = weights.map((weight) => (size * weight) % sum);
  return { whole: weights.map((weight, index) => (size * weight - (rest[index] ?? 0)) / sum), rest };
}

function sharesInBigInts(size: number, weights: readonly number[]): Shares {
  const fractions = weights.map((weight, index) => decimalFraction(weight, `weights[${index}]`));
  // Denominators are powers of ten: the largest is a multiple of each.
  const scale = fractions.reduce((most, { denominator }) => (denominator > most ? denominator : most), 1n);
  const scaled = fractions.map(
    ({ numerator, denominator }) => numerator * (scale / denominator) * BigInt(size),
  );
  const sum = fractions.reduce(
    (all, { numerator, denominator }) => all + numerator * (scale / denominator),
    0n,
  );
  return { whole: scaled.map((share) => Number(share / sum)), rest: scaled.map((share) => share % sum) };
}

function compare(a: number | bigint | undefined, b: number | bigint | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0;
  return a < b ? -1 : 1;
}

function assertWeights(weights: readonly number[]): void {
  assertArgument(
    Array.isArray(weights) && weights.length > 0,
    "weights",
    () => `weights is ${shown(weights)}: pass an array of at least one weight`,
  );
  let positive = false;
  // Not forEach, which passes over the holes of a sparse array.
  for (const [index, weight] of weights.entries()) {
    const path = `weights[${index}]`;
    assertArgument(
      typeof weight === "number" && weight >= 0 && weight < Number.POSITIVE_INFINITY,
      path,
      () => `${path} is ${shown(weight)}: pass a finite number of at least 0`,
    );
    positive ||= weight > 0;
  }
  assertArgument(positive, "weights", () => "weights are all 0: pass at least one above 0");
}
