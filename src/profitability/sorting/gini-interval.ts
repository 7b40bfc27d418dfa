import type { Interval } from "../../core/interval.js";
import { criticalZ } from "../../statistics/confidence.js";

/** A Gini coefficient and how sure it is. @internal */
export interface GiniEstimate {
  readonly gini: number;
  readonly standardError: number | null;
  readonly interval: Interval | null;
  readonly intervalReason: string | null;
}

/**
 * The Gini coefficient of values from the greatest, those after the first `nonNegative` counting as zero, that then sum to more
 * than zero, with a jackknife interval.
 *
 * G = 2 sum(i x_i) / (n T) - (n + 1) / n with x ascending (Gini 1912; Sen 1973). Leaving out one value changes the two sums by
 * what stands above it and by itself, so that all n coefficients cost one pass (Ogwang 2000; Karagiannis & Kovacevic 2000).
 *
 * @internal
 */
export function giniEstimate(
  descending: ArrayLike<number>,
  nonNegative: number,
  confidenceLevel: number,
): GiniEstimate {
  const n = descending.length;
  // In parts of the greatest, so that no product leaves the range of numbers; the coefficient knows no unit.
  const unit = descending[0];
  let total = 0;
  let weighted = 0;
  for (let place = n; place > n - nonNegative; place--) {
    const value = descending[n - place] / unit;
    total += value;
    weighted += place * value;
  }
  // Rounding alone can put equal values a hair below 0.
  const gini = Math.max(0, (2 * weighted) / (n * total) - (n + 1) / n);
  const without = (reason: string): GiniEstimate => ({
    gini,
    standardError: null,
    interval: null,
    intervalReason: reason,
  });
  if (n < 3) return without(`interval: needs 3 customers, has ${n}`);
  if (!(nonNegative > 1 && descending[1] > 0)) return without("interval: one customer brings all");

  let above = 0;
  let mean = 0;
  let squares = 0;
  for (let rank = 1; rank <= n; rank++) {
    const value = rank > nonNegative ? 0 : descending[rank - 1] / unit;
    const place = n + 1 - rank;
    const leftOut = (2 * (weighted - place * value - above)) / ((n - 1) * (total - value)) - n / (n - 1);
    above += value;
    // Welford's running mean and squares: the coefficients differ in their last digits only.
    const gap = leftOut - mean;
    mean += gap / rank;
    squares += gap * (leftOut - mean);
  }
  const standardError = Math.sqrt(((n - 1) / n) * squares);
  const reach = criticalZ(confidenceLevel) * standardError;
  const interval = { lower: Math.max(0, gini - reach), upper: Math.min(1, gini + reach), confidenceLevel };
  return { gini, standardError, interval, intervalReason: null };
}
