import { quantiles } from "../../statistics/sample-quantile.js";

/** How long something takes, over many. The unit is that of the result that holds it. */
export interface DurationSummary {
  /** How many durations. */
  readonly count: number;
  /** Arithmetic mean; `null` without a duration. */
  readonly mean: number | null;
  /** The duration with as many below as above; `null` without a duration. */
  readonly median: number | null;
  /** Sample standard deviation, n - 1 in the divisor; `null` with fewer than two. */
  readonly standardDeviation: number | null;
  /** `null` without a duration. */
  readonly shortest: number | null;
  /** `null` without a duration. */
  readonly longest: number | null;
  /** The durations below which given shares lie (type 7 of Hyndman & Fan 1996); empty without a duration. */
  readonly quantiles: readonly DurationQuantile[];
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** Below which duration a share lies. */
export interface DurationQuantile {
  /** The share, 0 to 1. */
  readonly probability: number;
  /** The duration. */
  readonly value: number;
}

/** The deciles and quartiles that say most of a skewed distribution. @internal */
export const PROBABILITIES: readonly number[] = [0.1, 0.25, 0.5, 0.75, 0.9];

/**
 * Describes durations: whole numbers, `perUnit` of which make the unit of the summary; `what` names them in the reason.
 *
 * @internal
 */
export function durationSummary(
  durations: ArrayLike<number>,
  perUnit: number,
  what: string,
  probabilities: readonly number[] = PROBABILITIES,
): DurationSummary {
  const sorted = Float64Array.from(durations).sort();
  const count = sorted.length;
  if (count === 0) {
    const none = { mean: null, median: null, standardDeviation: null, shortest: null, longest: null };
    return { count, ...none, quantiles: [], reason: `${what}: 0` };
  }
  // Of a sum of many the same whatever the order of the input.
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const [median, ...rest] = quantiles(sorted, [0.5, ...probabilities], { sorted: true });
  return {
    count,
    mean: mean / perUnit,
    median: median / perUnit,
    standardDeviation: count > 1 ? Math.sqrt(squares / (count - 1)) / perUnit : null,
    shortest: sorted[0] / perUnit,
    longest: sorted[count - 1] / perUnit,
    quantiles: probabilities.map((probability, i) => ({ probability, value: rest[i] / perUnit })),
    reason: count > 1 ? null : `${what}: 1`,
  };
}
