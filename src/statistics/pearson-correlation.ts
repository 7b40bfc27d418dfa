import type { Interval } from "../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "./confidence.js";
import { assertPairs, type Numbers } from "./numbers.js";
import { studentTCdf } from "./student-t.js";

/** How two measures move together. */
export interface Correlation {
  /** From -1 (one falls as the other rises) over 0 to 1; `null` when undefined. */
  readonly correlation: number | null;
  /** Interval of the correlation; `null` when undefined or with fewer than 4 pairs. */
  readonly interval: Interval | null;
  /** Two-sided chance of a correlation at least this strong if there were none; `null` when undefined. */
  readonly pValue: number | null;
  /** Number of pairs. */
  readonly n: number;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * Do two measures rise and fall together in a straight line?
 *
 * p by Student's t with n - 2 degrees of freedom, interval by Fisher's (1921) z transformation. Both take the pairs
 * as independent; the interval also takes them as roughly bivariate normal: for skewed money use
 * {@link spearmanCorrelation}.
 *
 * @param x - One value for each pair, in any unit; a plain or typed array.
 * @param y - The other value of each pair, in any unit.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns The correlation; `null` with a reason for fewer than 3 pairs or when one side never varies.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the lengths differ or a value is not a finite number.
 * @example
 * ```ts
 * import { pearsonCorrelation } from "clientele";
 *
 * const { correlation, pValue } = pearsonCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]);
 * correlation; // ~> 0.8
 * pValue; // ~> 0.10408803866182788
 * pearsonCorrelation([1, 2, 3], [7, 7, 7]).reason; // => "y never varies: every value is 7"
 * ```
 */
export function pearsonCorrelation(x: Numbers, y: Numbers, options: ConfidenceOptions = {}): Correlation {
  assertPairs(x, y);
  const confidenceLevel = confidenceLevelOf(options);
  return correlationOf(x, y, { confidenceLevel, scoresOf: (values) => values, varianceFactor: () => 1 });
}

/** What sets one correlation coefficient apart from another. @internal */
interface CorrelationKind {
  readonly confidenceLevel: number;
  /** What is correlated: the values themselves or their ranks. */
  readonly scoresOf: (values: Numbers) => Numbers;
  /** What the variance 1/(n - 3) of Fisher's z is multiplied by, at a correlation r. */
  readonly varianceFactor: (r: number) => number;
}

/** The correlation with its p-value and interval. @internal */
export function correlationOf(x: Numbers, y: Numbers, kind: CorrelationKind): Correlation {
  const n = x.length;
  const undefinedBecause =
    n < 3 ? `needs 3 pairs, has ${n}` : (constancyReason(x, "x") ?? constancyReason(y, "y"));
  if (undefinedBecause !== null) {
    return { correlation: null, interval: null, pValue: null, n, reason: undefinedBecause };
  }
  const { confidenceLevel, scoresOf, varianceFactor } = kind;
  const r = productMoment(scoresOf(x), scoresOf(y));
  if (n < 4) {
    return {
      correlation: r,
      interval: null,
      pValue: pValueOf(r, n),
      n,
      reason: "interval: needs 4 pairs, has 3",
    };
  }
  // At r = ±1 the transform is infinite, and tanh brings it back: the interval is the point itself.
  const center = Math.atanh(r);
  const margin = criticalZ(confidenceLevel) * Math.sqrt(varianceFactor(r) / (n - 3));
  const interval = {
    lower: Math.tanh(center - margin),
    upper: Math.tanh(center + margin),
    confidenceLevel,
  };
  return { correlation: r, interval, pValue: pValueOf(r, n), n, reason: null };
}

/** Two passes over values scaled to at most 1: exact where sums of raw squares cancel or overflow. */
function productMoment(x: Numbers, y: Numbers): number {
  const u = standardScale(x);
  const v = standardScale(y);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < u.length; i++) {
    xy += u[i] * v[i];
    xx += u[i] * u[i];
    yy += v[i] * v[i];
  }
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

/** Deviations from the mean over the largest of them. */
function standardScale(values: Numbers): Float64Array {
  const n = values.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(values[i]));
  // First to at most 1, so that neither the sum nor a difference overflows.
  const scaled = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    scaled[i] = values[i] / largest;
    sum += scaled[i];
  }
  const mean = sum / n;
  let widest = 0;
  for (let i = 0; i < n; i++) {
    scaled[i] -= mean;
    widest = Math.max(widest, Math.abs(scaled[i]));
  }
  for (let i = 0; i < n; i++) scaled[i] /= widest;
  return scaled;
}

function pValueOf(r: number, n: number): number {
  const t = r * Math.sqrt((n - 2) / ((1 - r) * (1 + r)));
  return Math.abs(r) === 1 ? 0 : Math.min(1, 2 * studentTCdf(-Math.abs(t), n - 2));
}

function constancyReason(values: Numbers, name: string): string | null {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return null;
  return `${name} never varies: every value is ${values[0]}`;
}
