import { digamma } from "../../statistics/digamma.js";
import { logGamma } from "../../statistics/log-gamma.js";
import { trigamma } from "../../statistics/trigamma.js";

/**
 * How many customers have a count above j, for every whole j from 0: `customers[i]` of them for `from[i] <= j < from[i + 1]`.
 *
 * @internal
 */
export interface CountsAbove {
  /** Ascending from 0, one more than `customers`; the last is the largest count. */
  readonly from: Float64Array;
  /** Customers with a count above each j of the step. */
  readonly customers: Float64Array;
}

/** Sum of ln (p)_n = ln p (p + 1) ... (p + n - 1) over customers with counts n, and its derivatives by p. @internal */
export interface RisingSum {
  readonly value: number;
  /** First derivative. */
  readonly slope: number;
  /** Second derivative, below 0. */
  readonly curvature: number;
}

/**
 * Counts of customers made ready for {@link risingSum}.
 *
 * @param counts - Whole numbers.
 * @param weight - Customers with each.
 * @param shift - Added to each count; below 0 after that counts as 0.
 * @internal
 */
export function countsAbove(counts: Float64Array, weight: Float64Array, shift = 0): CountsAbove {
  const customersOf = new Map<number, number>();
  const few = new Float64Array(FEW);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] + shift;
    if (count <= 0) continue;
    if (count < FEW) few[count] += weight[i];
    else customersOf.set(count, (customersOf.get(count) ?? 0) + weight[i]);
  }
  for (const [count, customers] of few.entries()) if (customers > 0) customersOf.set(count, customers);
  const distinct = Float64Array.from(customersOf.keys()).sort();
  const customers = new Float64Array(distinct.length);
  let above = 0;
  for (let i = distinct.length - 1; i >= 0; i--) {
    above += customersOf.get(distinct[i]) ?? 0;
    customers[i] = above;
  }
  const from = new Float64Array(distinct.length + 1);
  from.set(distinct, 1);
  return { from, customers };
}

/** Counts below this are added up in an array, those above in a map. */
const FEW = 4096;

/**
 * The sum over customers of ln (p)_n. Up to the largest count it takes one logarithm and one division for each j, not for
 * each customer; special functions only across gaps that no count falls into.
 *
 * @internal
 */
export function risingSum({ from, customers }: CountsAbove, p: number): RisingSum {
  let value = 0;
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < customers.length; i++) {
    const count = customers[i];
    const [start, end] = [p + from[i], p + from[i + 1]];
    if (from[i + 1] - from[i] > GAP) {
      value += count * (logGamma(end) - logGamma(start));
      slope += count * (digamma(end) - digamma(start));
      curvature += count * (trigamma(end) - trigamma(start));
      continue;
    }
    for (let j = from[i]; j < from[i + 1]; j++) {
      const inverse = 1 / (p + j);
      value += count * Math.log(p + j);
      slope += count * inverse;
      curvature -= count * inverse * inverse;
    }
  }
  return { value, slope, curvature };
}

/** Longer runs of factors are a quotient of gamma functions. */
const GAP = 256;
