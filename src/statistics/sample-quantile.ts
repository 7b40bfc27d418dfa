import { assertArgument, assertFinite, assertInRange, assertOneOf, shown } from "../core/assert.js";
import { assertNumbers, type Numbers } from "./numbers.js";

/**
 * The nine sample quantiles of Hyndman and Fan (1996), by the names that numpy gave them.
 *
 * | method | type | the quantile at p |
 * |---|---|---|
 * | `invertedCdf` | 1 | smallest value with at least the share p at or below it |
 * | `averagedInvertedCdf` | 2 | as type 1, the mean of two neighbors where p falls between them |
 * | `closestObservation` | 3 | value whose rank is nearest to np, the even rank on a tie |
 * | `interpolatedInvertedCdf` | 4 | linear between ranks, value k at p = k/n |
 * | `hazen` | 5 | linear, value k at p = (k - 1/2)/n |
 * | `weibull` | 6 | linear, value k at p = k/(n + 1); Excel's PERCENTILE.EXC, SPSS |
 * | `linear` | 7 | linear, value k at p = (k - 1)/(n - 1); R, numpy, Excel's PERCENTILE.INC |
 * | `medianUnbiased` | 8 | linear, value k at p = (k - 1/3)/(n + 1/3) |
 * | `normalUnbiased` | 9 | linear, value k at p = (k - 3/8)/(n + 1/4) |
 */
export type QuantileMethod =
  | "invertedCdf"
  | "averagedInvertedCdf"
  | "closestObservation"
  | "interpolatedInvertedCdf"
  | "hazen"
  | "weibull"
  | "linear"
  | "medianUnbiased"
  | "normalUnbiased";

/** How a sample quantile is read. */
export interface QuantileOptions {
  /** One of the nine types. Default `"linear"` (type 7). */
  readonly method?: QuantileMethod;
  /** `true` when the values are already in ascending order: they are trusted and not sorted again. Default `false`. */
  readonly sorted?: boolean;
}

/**
 * Below which value lies the share p of the values?
 *
 * @param values - One number or more, in any order and unit; a plain or typed array.
 * @param probability - The share p, from 0 (the smallest value) to 1 (the largest).
 * @param options - `method` names the type (default `"linear"`); `sorted: true` skips the sort.
 * @returns The quantile, in the unit of the values (Hyndman & Fan 1996).
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when there is no value, a value is not finite or p is outside 0..1.
 * @example
 * ```ts
 * import { quantile } from "clientele";
 *
 * quantile([40, 10, 30, 20], 0.5); // => 25
 * quantile([40, 10, 30, 20], 0.5, { method: "invertedCdf" }); // => 20
 * quantile([], 0.5); // throws INVALID_ARGUMENT
 * ```
 */
export function quantile(values: Numbers, probability: number, options: QuantileOptions = {}): number {
  assertInRange(probability, "probability", 0, 1);
  return quantileReader(values, options)(probability);
}

/**
 * Where are the cuts that leave given shares of the values below them?
 *
 * Sorts once for all cuts. Equal cuts are possible: many customers with one purchase make several quintiles 1.
 *
 * @param values - One number or more, in any order and unit; a plain or typed array.
 * @param probabilities - The shares, each from 0 to 1, in any order.
 * @param options - `method` names the type (default `"linear"`); `sorted: true` skips the sort.
 * @returns One quantile for each probability, in their order (Hyndman & Fan 1996).
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when there is no value, a value is not finite or a share is outside 0..1.
 * @example
 * ```ts
 * import { quantiles } from "clientele";
 *
 * quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9], [0.25, 0.5, 0.75]); // => [3, 5, 7]
 * quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9], [0.25, 0.75], { method: "weibull" }); // => [2.5, 7.5]
 * ```
 */
export function quantiles(values: Numbers, probabilities: Numbers, options: QuantileOptions = {}): number[] {
  assertNumbers(probabilities, "probabilities");
  const shares = Array.from(probabilities);
  shares.forEach((share, i) => {
    assertInRange(share, `probabilities[${i}]`, 0, 1);
  });
  return shares.map(quantileReader(values, options));
}

type PlottingPosition = readonly [alpha: number, beta: number];

// Hyndman & Fan's (alpha, beta): value k of n stands at p = (k - alpha)/(n + 1 - alpha - beta).
const POSITIONS: Partial<Record<QuantileMethod, PlottingPosition>> = /* @__PURE__ */ (() => ({
  interpolatedInvertedCdf: [0, 1],
  hazen: [1 / 2, 1 / 2],
  weibull: [0, 0],
  linear: [1, 1],
  medianUnbiased: [1 / 3, 1 / 3],
  normalUnbiased: [3 / 8, 3 / 8],
}))();

const METHODS: readonly QuantileMethod[] = [
  "invertedCdf",
  "averagedInvertedCdf",
  "closestObservation",
  "interpolatedInvertedCdf",
  "hazen",
  "weibull",
  "linear",
  "medianUnbiased",
  "normalUnbiased",
];

function quantileReader(values: Numbers, options: QuantileOptions): (probability: number) => number {
  const { method = "linear", sorted = false } = options;
  assertOneOf(method, "options.method", METHODS);
  const ordered = sorted ? trusted(values) : ascending(values);
  const n = ordered.length;
  const position = POSITIONS[method];
  if (position === undefined) {
    return (probability) => steppedQuantile(ordered, snapped(n * probability), method);
  }
  const [alpha, beta] = position;
  return (probability) =>
    interpolated(ordered, snapped(alpha + probability * (n + 1 - alpha - beta)), probability);
}

/** Types 1 to 3, at np of n. */
function steppedQuantile(ordered: Numbers, rank: number, method: QuantileMethod): number {
  if (method === "closestObservation") {
    const below = Math.floor(rank - 0.5);
    const exact = rank - 0.5 === below && below % 2 === 0;
    return valueAt(ordered, exact ? below : below + 1);
  }
  const upper = valueAt(ordered, Math.floor(rank) + 1);
  if (rank !== Math.floor(rank)) return upper;
  const lower = valueAt(ordered, rank);
  return method === "invertedCdf" ? lower : between(lower, upper, 0.5);
}

/** Types 4 to 9, between the two ranks beside the (1-based) position. */
function interpolated(ordered: Numbers, position: number, probability: number): number {
  // The ends are the extremes by definition, whatever the rounding of the position.
  if (probability === 0) return valueAt(ordered, 1);
  if (probability === 1) return valueAt(ordered, ordered.length);
  const below = Math.floor(position);
  return between(valueAt(ordered, below), valueAt(ordered, below + 1), position - below);
}

/** The k-th smallest value, k from 1; ranks outside 1..n mean the nearest end. */
function valueAt(ordered: Numbers, rank: number): number {
  const value = ordered[Math.min(Math.max(rank, 1), ordered.length) - 1];
  // Reached with `sorted: true` only: other values were checked one by one.
  assertFinite(value, "values");
  return value;
}

function between(lower: number, upper: number, weight: number): number {
  if (lower === upper || weight === 0) return lower;
  // From the nearer end, so that the result never passes an end and mirrored data give mirrored quantiles.
  const gap = upper - lower;
  if (!Number.isFinite(gap)) return lower * (1 - weight) + upper * weight;
  return weight < 0.5 ? lower + gap * weight : upper - gap * (1 - weight);
}

/**
 * A rank that misses a whole number by rounding alone is that whole number: 0.07 * 100 is 7.000000000000001,
 * and a step function would skip a value. R's quantile() uses the same 4 epsilon.
 */
function snapped(rank: number): number {
  const whole = Math.round(rank);
  return Math.abs(rank - whole) <= 4 * Number.EPSILON * Math.max(1, rank) ? whole : rank;
}

function ascending(values: Numbers): Float64Array {
  assertNumbers(values, "values", 1);
  return Float64Array.from(values).sort();
}

function trusted(values: Numbers): Numbers {
  assertArgument(
    typeof values === "object" && values !== null && values.length > 0,
    "values",
    () => `values is ${shown(values)}: pass at least one number`,
  );
  return values;
}
