import { stepFor } from "./mixing-nodes.js";

/** Shapes up to here leave so much weight near 0 that it is summed there by moments. */
const HEAVY_NEAR_ZERO = 5;
/** Below this rate * value, e^-(rate * value) is its series with five terms, to the last digit. */
const SMALL = 1e-3;
/** Powers of e below the peak at which weights end. */
const FALL = 45;
/** How much wider than what was asked a table is made, either way. */
const MARGIN = 8;

/**
 * Means of one function of a gamma distributed purchase rate at many rates of the gamma distribution: of customers with equal
 * x, whose T differ, in half a microsecond each.
 *
 * The trapezoidal rule on ln of the purchase rate, with points that stay where they are: the function
 * is computed there once, and only the weights change. Where these are a power but for e^-small, sums of moments do.
 *
 * @param shape - Of the gamma distribution.
 * @param prepare - Gives the function, which must not grow faster than its argument, for arguments up to `fastest`.
 * @param flatBelow - From here down the function is flat, or another power of its argument, in all its digits.
 * @internal
 */
export function rateMeans(
  shape: number,
  prepare: (fastest: number) => (purchaseRate: number) => number,
  flatBelow: number,
): (rate: number) => number {
  let table: Table | null = null;
  return (rate) => {
    if (table === null || rate < table.low || rate > table.high) {
      const low = Math.min(rate / MARGIN, table?.low ?? rate);
      const high = Math.max(rate * MARGIN, table?.high ?? rate);
      table = tableFor(shape, prepare, flatBelow, low, high);
    }
    return meanAt(table, shape, rate);
  };
}

interface Table {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** ln of the first point. */
  readonly first: number;
  readonly point: Float64Array;
  readonly value: Float64Array;
  /** Sums up to each point of weight * point^m / m! for m = 0..4, then those times the value; none for large shapes. */
  readonly moments: Float64Array | null;
}

function tableFor(
  shape: number,
  prepare: (fastest: number) => (purchaseRate: number) => number,
  flatBelow: number,
  low: number,
  high: number,
): Table {
  const step = stepFor(shape);
  const isHeavy = shape <= HEAVY_NEAR_ZERO;
  const left = isHeavy
    ? Math.log(Math.min(flatBelow, SMALL / high))
    : Math.log(shape / high) - FALL / shape - 1;
  const right = Math.log((shape + 50 + 10 * Math.sqrt(shape)) / low);
  const size = Math.ceil((right - left) / step) + 1;
  const point = Float64Array.from({ length: size }, (_, j) => Math.exp(left + j * step));
  const f = prepare(point[size - 1]);
  const value = point.map((purchaseRate) => f(purchaseRate));
  const table = { low, high, step, first: left, point, value };
  if (!isHeavy) return { ...table, moments: null };
  const moments = new Float64Array(10 * size);
  // What lies left of the first point are geometric series, the function being a power there: of 0 where it is flat.
  const power = value[0] > 0 && size > 1 ? Math.max(0, Math.log(value[1] / value[0]) / step) : 0;
  const whole = (exponent: number) => 1 / -Math.expm1(-exponent * step);
  for (let j = 0; j < size; j++) {
    let weight = Math.exp(shape * (j - size) * step);
    for (let m = 0; m < 5; m++) {
      const at = 10 * j + m;
      const before = at - 10;
      moments[at] = j === 0 ? weight * whole(shape + m) : moments[before] + weight;
      moments[at + 5] =
        j === 0 ? weight * value[j] * whole(shape + power + m) : moments[before + 5] + weight * value[j];
      weight *= point[j] / (m + 1);
    }
  }
  return { ...table, moments };
}

function meanAt({ step, first, point, value, moments }: Table, shape: number, rate: number): number {
  const size = point.length;
  let total = 0;
  let sum = 0;
  let start: number;
  // ln of the weight of a point is shape (j - peak) step + shape - rate * point.
  const peak = (Math.log(shape / rate) - first) / step;
  if (moments === null) start = Math.max(0, Math.floor(peak - (FALL / shape + 1) / step));
  else {
    start = Math.min(size, Math.floor((Math.log(SMALL / rate) - first) / step) + 1);
    const at = 10 * (start - 1);
    let power = Math.exp(shape * (size - peak) * step + shape);
    for (let m = 0; m < 5; m++) {
      total += power * moments[at + m];
      sum += power * moments[at + m + 5];
      power *= -rate;
    }
  }
  for (let j = start; j < size; j++) {
    const log = shape * ((j - peak) * step + 1) - rate * point[j];
    if (log < -FALL && j > peak) break;
    const weight = Math.exp(log);
    total += weight;
    sum += weight * value[j];
  }
  return sum / total;
}
