import type { Interval } from "../../core/interval.js";
import { studentTQuantile } from "../../statistics/student-t.js";

/** Mean and spread of one group. @internal */
export interface GroupMean {
  readonly count: number;
  readonly sum: number;
  readonly mean: number | null;
  /** Variance of the mean; `null` with fewer than 2 values. */
  readonly variance: number | null;
}

/** @internal */
export function groupMean(values: readonly number[], sum: number): GroupMean {
  const count = values.length;
  if (count === 0) return { count, sum, mean: null, variance: null };
  const mean = sum / count;
  const squares = values.reduce((all, value) => all + (value - mean) ** 2, 0);
  return { count, sum, mean, variance: count < 2 ? null : squares / (count - 1) / count };
}

/** The t interval of a mean; `null` with fewer than 2 values. @internal */
export function meanInterval({ count, mean, variance }: GroupMean, confidenceLevel: number): Interval | null {
  if (mean === null || variance === null) return null;
  const margin = studentTQuantile((1 + confidenceLevel) / 2, count - 1) * Math.sqrt(variance);
  return { lower: mean - margin, upper: mean + margin, confidenceLevel };
}

/**
 * The interval of first - second (Welch 1947; degrees of freedom by Satterthwaite 1946); `null` with fewer than 2 values
 * in a group. Groups without any spread leave no doubt: both limits are the difference.
 *
 * @internal
 */
export function differenceInterval(
  first: GroupMean,
  second: GroupMean,
  confidenceLevel: number,
): Interval | null {
  if (first.mean === null || second.mean === null || first.variance === null || second.variance === null) {
    return null;
  }
  const difference = first.mean - second.mean;
  const variance = first.variance + second.variance;
  if (variance === 0) return { lower: difference, upper: difference, confidenceLevel };
  const degrees =
    variance ** 2 / (first.variance ** 2 / (first.count - 1) + second.variance ** 2 / (second.count - 1));
  const margin = studentTQuantile((1 + confidenceLevel) / 2, degrees) * Math.sqrt(variance);
  return { lower: difference - margin, upper: difference + margin, confidenceLevel };
}
