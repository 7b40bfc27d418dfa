import { allocateInteger } from "../../core/allocate-money.js";
import { decimalScale, scaledUp } from "./decimal-scale.js";

/** Above it twice the sum of the weights may leave the exact integers. */
const LARGEST_SUM = 2 ** 51;

/**
 * The parts of a whole number in proportion to weights, none of them negative and one at least above 0: those of
 * `allocateInteger` (largest remainder, ties to the earlier), for a million of them. More than a thousand weights that are
 * no short decimals are taken in units of 2^-50 of their sum.
 *
 * The exact product of two integers below 2^53 is kept as a sum of two doubles (Dekker 1971), and the units that are left
 * over go to the largest fractions, which are found without sorting all.
 *
 * @internal
 */
export function allocateColumn(total: number, weights: Float64Array): Float64Array {
  const scale = decimalScale(weights);
  const whole = scale === 1 ? weights : scale === null ? inSmallUnits(weights) : scaledUp(weights, scale);
  if (whole === null) return Float64Array.from(allocateInteger(total, Array.from(weights)));
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
  if (left > 0) giveRest(parts, rests, left, sum);
  if (total < 0) for (let i = 0; i < parts.length; i++) parts[i] = 0 - parts[i];
  return parts;
}

/**
 * Weights that are no short decimals (thirds, scores of a model), as whole numbers of a unit so small that their sum is about
 * 2^50: no share moves by more than a total over 2^51 units, and equal weights stay equal. `null` for few of them, which are
 * dealt out exactly, and where no such unit is a double.
 */
function inSmallUnits(weights: Float64Array): Float64Array | null {
  if (weights.length <= FEW) return null;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  const unit = 2 ** Math.floor(Math.log2(sum / 2 ** 50));
  if (!(unit > 0 && sum / unit < LARGEST_SUM)) return null;
  const whole = new Float64Array(weights.length);
  for (let i = 0; i < whole.length; i++) whole[i] = Math.round(weights[i] / unit);
  return whole;
}

const FEW = 1000;

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
function giveRest(parts: Float64Array, rests: Float64Array, left: number, divisor: number): void {
  const threshold = nthLargest(rests, left, divisor);
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

/** The n-th largest of values from 0 up to a bound: counted in buckets, of which one is sorted. */
function nthLargest(values: Float64Array, n: number, bound: number): number {
  const counts = new Uint32Array(BUCKETS + 1);
  // Monotone, also where a quotient rounds up to 1.
  for (let i = 0; i < values.length; i++) counts[Math.floor((values[i] / bound) * BUCKETS)]++;
  let bucket = BUCKETS;
  let above = 0;
  while (above + counts[bucket] < n) above += counts[bucket--];
  const own = new Float64Array(counts[bucket]);
  let filled = 0;
  for (let i = 0; i < values.length; i++)
    if (Math.floor((values[i] / bound) * BUCKETS) === bucket) own[filled++] = values[i];
  own.sort();
  return own[own.length - (n - above)];
}

const BUCKETS = 2 ** 16;
