import { allocateInteger } from "../../core/allocate-money.js";
import { decimalScale, scaledUp } from "./decimal-scale.js";

/** Above it twice the sum of the weights may leave the exact integers. */
const LARGEST_SUM = 2 ** 51;

/**
 * The parts of a whole number in proportion to weights, none of them negative and one at least above 0: those of
 * `allocateInteger` (largest remainder, ties to the earlier), for a million of them.
 *
 * The exact product of two integers below 2^53 is kept as a sum of two doubles (Dekker 1971), and the units that are left
 * over go to the largest fractions by one sort of doubles.
 *
 * @internal
 */
export function allocateColumn(total: number, weights: Float64Array): Float64Array {
  const scale = decimalScale(weights);
  if (scale === null) return Float64Array.from(allocateInteger(total, Array.from(weights)));
  const whole = scale === 1 ? weights : scaledUp(weights, scale);
  let sum = 0;
  for (const weight of whole) sum += weight;
  if (!(sum <= LARGEST_SUM) || Math.abs(total) > LARGEST_SUM)
    return Float64Array.from(allocateInteger(total, Array.from(weights)));
  const size = Math.abs(total);
  const parts = new Float64Array(whole.length);
  const rests = new Float64Array(whole.length);
  let left = size;
  for (let i = 0; i < parts.length; i++) {
    divide(size, whole[i], sum, parts, rests, i);
    left -= parts[i];
  }
  if (left > 0) giveRest(parts, rests, left);
  if (total < 0) for (let i = 0; i < parts.length; i++) parts[i] = 0 - parts[i];
  return parts;
}

/** `parts[i] = floor(a * b / divisor)` and `rests[i]` what is left, both exact. */
function divide(
  a: number,
  b: number,
  divisor: number,
  parts: Float64Array,
  rests: Float64Array,
  i: number,
): void {
  const product = a * b;
  let part = Math.floor(product / divisor);
  let rest: number;
  if (product <= Number.MAX_SAFE_INTEGER) {
    rest = product - part * divisor;
  } else {
    const taken = part * divisor;
    rest = product - taken + (productError(a, b, product) - productError(part, divisor, taken));
  }
  // The quotient of doubles may be one off.
  if (rest < 0) {
    part--;
    rest += divisor;
  } else if (rest >= divisor) {
    part++;
    rest -= divisor;
  }
  parts[i] = part;
  rests[i] = rest;
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

/** One unit more for the `left` largest rests, the earlier of equal ones first. */
function giveRest(parts: Float64Array, rests: Float64Array, left: number): void {
  const ascending = rests.slice().sort();
  const threshold = ascending[ascending.length - left];
  let atThreshold = left;
  for (let i = 0; i < rests.length; i++) if (rests[i] > threshold) atThreshold--;
  for (let i = 0; i < rests.length; i++) {
    if (rests[i] > threshold) parts[i]++;
    else if (rests[i] === threshold && atThreshold > 0) {
      parts[i]++;
      atThreshold--;
    }
  }
}
