import { assertArgument } from "../core/assert.js";
import type { Interval } from "../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "./confidence.js";
import { assertPairs, type Numbers } from "./numbers.js";
import { quantile } from "./sample-quantile.js";

/** A straight line that a few wild points cannot bend. */
export interface TheilSenLine {
  /** Change of y for one unit of x; `null` when no two x differ. */
  readonly slope: number | null;
  /** y at x = 0, so that as many points lie above the line as below; `null` when the slope is. */
  readonly intercept: number | null;
  /** Interval of the slope; `null` when the slope is or when there are too few pairs for the level. */
  readonly interval: Interval | null;
  /** Number of points. */
  readonly n: number;
  /** Number of pairs of points with different x: that many slopes were compared. */
  readonly slopes: number;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

const MAX_POINTS = 5000;

/**
 * Which way and how steeply does a measure go, when some of its values are wild?
 *
 * The slope is the median of the slopes of all pairs of points (Theil 1950, Sen 1968): up to 29 % of the points may
 * be arbitrarily wrong. The interval is distribution-free, from the normal approximation of Kendall's S with ties in
 * x and y corrected (Sen 1968, equation 2.6). All pairs are held in memory: 8 bytes each, 100 MB at the limit
 * of 5,000 points.
 *
 * @param x - One value for each point, in any unit, for example month numbers; a plain or typed array.
 * @param y - The measure at each x, in any unit.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns Slope, intercept (median of y - slope x) and the interval of the slope.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the lengths differ, a value is not a finite number, a slope
 * overflows, or there are more than 5,000 points: draw a sample of them then.
 * @example
 * ```ts
 * import { theilSen } from "clientele";
 *
 * const visits = theilSen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]);
 * visits.slope; // => 4
 * visits.intercept; // => 6
 * ```
 */
export function theilSen(x: Numbers, y: Numbers, options: ConfidenceOptions = {}): TheilSenLine {
  assertPairs(x, y);
  const confidenceLevel = confidenceLevelOf(options);
  const n = x.length;
  assertArgument(
    n <= MAX_POINTS,
    "x",
    () =>
      `x holds ${n} points: all pairs are compared, so pass at most ${MAX_POINTS}, a random sample of yours`,
  );
  const slopes = ascendingSlopes(x, y);
  if (slopes.length === 0) {
    const reason = n < 2 ? `needs 2 points, has ${n}` : `x never varies: every value is ${x[0]}`;
    return { slope: null, intercept: null, interval: null, n, slopes: 0, reason };
  }
  // Sorted, so that what overflowed stands at an end.
  assertArgument(
    Number.isFinite(slopes[0]) && Number.isFinite(slopes[slopes.length - 1]),
    "y",
    () => "the slope between two points leaves the range of numbers: pass x and y in other units",
  );
  const slope = quantile(slopes, 0.5, { sorted: true });
  const residuals = Float64Array.from(y, (value, i) => value - slope * x[i]);
  const interval = slopeInterval(slopes, kendallVariance(x, y), confidenceLevel);
  const reason = interval === null ? `interval: too few pairs for a level of ${confidenceLevel}` : null;
  return { slope, intercept: quantile(residuals, 0.5), interval, n, slopes: slopes.length, reason };
}

function ascendingSlopes(x: Numbers, y: Numbers): Float64Array {
  const n = x.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let count = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      // + 0 turns the -0 of a level stretch into 0.
      if (x[i] !== x[j]) slopes[count++] = (y[i] - y[j]) / (x[i] - x[j]) + 0;
    }
  }
  return slopes.subarray(0, count).sort();
}

/**
 * The slopes whose ranks stand C/2 below and above the middle, C = z sqrt(variance of Kendall's S). Where that would
 * be outside the list, no pair of slopes reaches the level: clipping to the extremes would promise too much.
 */
function slopeInterval(slopes: Float64Array, variance: number, confidenceLevel: number): Interval | null {
  const below = Math.round((slopes.length - criticalZ(confidenceLevel) * Math.sqrt(variance)) / 2);
  if (below < 1) return null;
  return { lower: slopes[below - 1], upper: slopes[slopes.length - below], confidenceLevel };
}

function kendallVariance(x: Numbers, y: Numbers): number {
  const term = (count: number): number => count * (count - 1) * (2 * count + 5);
  const ties = [...groupSizes(x), ...groupSizes(y)].reduce((sum, size) => sum + term(size), 0);
  return Math.max(0, (term(x.length) - ties) / 18);
}

function groupSizes(values: Numbers): Iterable<number> {
  const sizes = new Map<number, number>();
  for (let i = 0; i < values.length; i++) sizes.set(values[i], (sizes.get(values[i]) ?? 0) + 1);
  return sizes.values();
}
