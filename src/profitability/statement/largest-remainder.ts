import { FRACTIONS, type WholeAndFraction } from "./exact-shares.js";

/**
 * Amounts of which the fractions became whole units: each row has its exact amount rounded down or up, those with the largest
 * remainder up (the earlier of equal ones), so that they sum to the whole units and `rest` more. `rest` must be within one
 * unit of the sum of the fractions: then there are as many rows to round up as there have to be.
 *
 * @internal
 */
export function largestRemainder({ whole, fraction }: WholeAndFraction, rest: number): Float64Array {
  // A negative rest is dealt out like the positive one.
  const sign = rest < 0 ? -1 : 1;
  const amounts = new Float64Array(whole.length);
  const remainders = new Float64Array(whole.length);
  let left = sign * rest;
  for (let i = 0; i < amounts.length; i++) {
    const units = Math.floor((sign * fraction[i]) / FRACTIONS);
    remainders[i] = sign * fraction[i] - units * FRACTIONS;
    amounts[i] = whole[i] + sign * units + 0;
    left -= units;
  }
  if (left > 0) {
    const isUp = largest(remainders, left);
    for (let i = 0; i < amounts.length; i++) amounts[i] += sign * isUp[i];
  }
  return amounts;
}

/** 1 for each of the n largest values, of equal ones the earlier, 0 for others; n is at least 1. @internal */
export function largest(values: Float64Array, n: number): Uint8Array {
  const isIn = new Uint8Array(values.length);
  const threshold = nthLargest(values, n);
  let atThreshold = n;
  for (let i = 0; i < values.length; i++) if (values[i] > threshold) atThreshold--;
  for (let i = 0; i < values.length; i++) {
    if (values[i] > threshold) isIn[i] = 1;
    else if (values[i] === threshold && atThreshold > 0) {
      isIn[i] = 1;
      atThreshold--;
    }
  }
  return isIn;
}

/** The n-th largest value: of many, they are counted in buckets, of which one is sorted. */
function nthLargest(values: Float64Array, n: number): number {
  if (values.length <= FEW) return values.slice().sort()[values.length - n];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  if (low === high) return low;
  const scale = BUCKETS / (high - low);
  const counts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < values.length; i++) counts[Math.floor((values[i] - low) * scale)]++;
  let bucket = BUCKETS;
  let above = 0;
  while (above + counts[bucket] < n) above += counts[bucket--];
  const own = new Float64Array(counts[bucket]);
  let filled = 0;
  for (let i = 0; i < values.length; i++)
    if (Math.floor((values[i] - low) * scale) === bucket) own[filled++] = values[i];
  own.sort();
  return own[own.length - (n - above)];
}

const FEW = 1000;
const BUCKETS = 2 ** 16;
