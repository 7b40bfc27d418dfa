import type { Interval } from "../../core/interval.js";
import { studentTQuantile } from "../student-t.js";

/** A mean with what its uncertainty is made of. @internal */
export interface MeanEstimate {
  readonly n: number;
  /** `null` without values. */
  readonly mean: number | null;
  /** With n - 1; `null` with fewer than 2 values. */
  readonly sd: number | null;
  /** sd / sqrt(n); `null` where sd is. */
  readonly standardError: number | null;
  /** Student's t; `null` where sd is. */
  readonly interval: Interval | null;
}

/**
 * Mean, standard deviation and t interval of the numbers of a list, without its `null`s and NaNs; `counts` says how often each
 * stands.
 *
 * @internal
 */
export function meanEstimate(
  values: ArrayLike<number | null>,
  confidenceLevel: number,
  counts?: ArrayLike<number>,
): MeanEstimate {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || Number.isNaN(value)) continue;
    const count = counts === undefined ? 1 : counts[i];
    n += count;
    sum += count * value;
  }
  if (n === 0) return { n, mean: null, sd: null, standardError: null, interval: null };
  const rough = sum / n;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || Number.isNaN(value)) continue;
    const count = counts === undefined ? 1 : counts[i];
    squares += count * (value - rough) ** 2;
    rest += count * (value - rough);
  }
  // What rounding left of the deviations corrects mean and sum of squares (Chan, Golub & LeVeque 1983).
  const mean = rough + rest / n;
  if (n === 1) return { n, mean, sd: null, standardError: null, interval: null };
  const sd = Math.sqrt(Math.max(0, squares - (rest * rest) / n) / (n - 1));
  const standardError = sd / Math.sqrt(n);
  const margin = standardError * -studentTQuantile((1 - confidenceLevel) / 2, n - 1);
  return {
    ...{ n, mean, sd, standardError },
    interval: { lower: mean - margin, upper: mean + margin, confidenceLevel },
  };
}

/** The part of an interval that is possible: a mean of answers lies on their scale, a t interval may leave it. @internal */
export function intervalWithin(
  interval: Interval | null,
  { min, max }: { readonly min: number; readonly max: number },
): Interval | null {
  if (interval === null) return null;
  const { lower, upper, confidenceLevel } = interval;
  return { lower: Math.max(min, lower), upper: Math.min(max, upper), confidenceLevel };
}
