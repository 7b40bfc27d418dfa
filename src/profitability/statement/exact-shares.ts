import { decimalScale, scaledUp } from "./decimal-scale.js";

/**
 * A minor unit in fractions. Fractions of a share are counted as whole numbers of them: those add up exactly and in any
 * order, and rows with the same share have the same. A million of them are off by a two-thousandth of a minor unit together
 * at most.
 *
 * @internal
 */
export const FRACTIONS = 2 ** 30;

/** Amounts that are not rounded yet, by row: the sum of both. @internal */
export interface WholeAndFraction {
  /** Minor units. */
  readonly whole: Float64Array;
  /** In units of 1 / {@link FRACTIONS}. */
  readonly fraction: Float64Array;
}

/**
 * Adds the exact share of each row: the whole units to `whole`, what is left of the share to `fraction`. Rows without weight
 * have none; one weight at least is above 0.
 *
 * @param owed - A fraction of a unit that is shared with the total.
 * @returns How many units of the total are in the fractions.
 * @internal
 */
export function addShares(
  total: number,
  weights: Float64Array,
  { whole, fraction }: WholeAndFraction,
  owed = 0,
): number {
  const { numbers, sum } = wholeNumbers(weights);
  const sign = total < 0 ? -1 : 1;
  const size = Math.abs(total);
  const quotient = new Float64Array(2);
  let left = size;
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] === 0) continue;
    divide(size, numbers[i], sum, quotient);
    whole[i] += sign * quotient[0];
    left -= quotient[0];
    fraction[i] += sign * Math.round(((quotient[1] + sign * owed * numbers[i]) / sum) * FRACTIONS);
  }
  return sign * left;
}

/** Above it the rest of a quotient that is a few units off may leave the exact integers. */
const LARGEST_SUM = 2 ** 51;

/** Weights as whole numbers in the same proportion, and their sum. @internal */
export function wholeNumbers(weights: Float64Array): { numbers: Float64Array; sum: number } {
  const scale = decimalScale(weights);
  if (scale !== null) {
    const numbers = scale === 1 ? weights : scaledUp(weights, scale);
    const sum = plainSum(numbers);
    if (sum <= LARGEST_SUM) return { numbers, sum };
  }
  return inSmallUnits(weights);
}

/**
 * Weights that are no short decimals (thirds, scores of a model) or very large, in a unit so small that their sum is about
 * 2^50: no share of n rows moves by more than n / 2^51 of the total, and equal weights stay equal.
 */
function inSmallUnits(weights: Float64Array): { numbers: Float64Array; sum: number } {
  let most = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] > most) most = weights[i];
  let sizes = 0;
  for (let i = 0; i < weights.length; i++) sizes += weights[i] / most;
  // A power of two: the order in which sizes are added up changes their last digits.
  const scale = 2 ** (50 - Math.ceil(Math.log2(sizes)));
  const numbers = new Float64Array(weights.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = Math.round((weights[i] / most) * scale);
  return { numbers, sum: plainSum(numbers) };
}

function plainSum(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/**
 * `quotient[0] = floor(a * b / divisor)` and `quotient[1]` what is left, both exact for whole numbers of which none is
 * negative: the product of two integers below 2^53 is kept as a sum of two doubles (Dekker 1971).
 *
 * @internal
 */
export function divide(a: number, b: number, divisor: number, quotient: Float64Array): void {
  const product = a * b;
  let part = Math.floor(product / divisor);
  let rest: number;
  if (product <= Number.MAX_SAFE_INTEGER) {
    rest = product - part * divisor;
  } else {
    const taken = part * divisor;
    rest = product - taken + (productError(a, b, product) - productError(part, divisor, taken));
  }
  // The quotient of doubles may be off by a few.
  while (rest < 0) {
    part--;
    rest += divisor;
  }
  while (rest >= divisor) {
    part++;
    rest -= divisor;
  }
  quotient[0] = part;
  quotient[1] = rest;
}

const SPLITTER = 2 ** 27 + 1;

/** `a * b - product`, exact, where product is the double nearest to it. */
function productError(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
