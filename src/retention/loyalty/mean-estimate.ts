import type { Interval } from "../../core/interval.js";
import { studentTQuantile } from "../../statistics/student-t.js";

/** A mean with its standard error. @internal */
export interface MeanEstimate {
  readonly count: number;
  /** `null` without a value. */
  readonly mean: number | null;
  /** `null` with fewer than two values. */
  readonly standardError: number | null;
}

/** The mean of a simple random sample; the same whatever the order of the values. @internal */
export function meanEstimate(values: readonly number[]): MeanEstimate {
  const count = values.length;
  if (count === 0) return { count, mean: null, standardError: null };
  const sorted = Float64Array.from(values).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, standardError: count > 1 ? Math.sqrt(squares / (count - 1) / count) : null };
}

/** Student's interval about a mean, cut at what a mean can be; `null` with fewer than two values. @internal */
export function meanInterval(
  { count, mean, standardError }: MeanEstimate,
  confidenceLevel: number,
  lowest: number,
  highest: number,
): Interval | null {
  if (mean === null || standardError === null) return null;
  const margin = studentTQuantile((1 - confidenceLevel) / 2, count - 1, { tail: "upper" }) * standardError;
  return {
    lower: Math.max(lowest, mean - margin),
    upper: Math.min(highest, mean + margin),
    confidenceLevel,
  };
}
