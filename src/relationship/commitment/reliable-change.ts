import { assertArgument, assertFinite, assertInRange, assertOptions, shown } from "../../core/assert.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";

/** How exactly a scale measures. */
export interface MeasurementQuality {
  /** Reliability, 0 to 1: test-retest, or alpha as its stand-in, which leaves out what varies from day to day. */
  readonly alpha: number;
  /** Standard deviation of the scores before, in their unit, above 0. */
  readonly sd: number;
}

/** How a change is judged. */
export interface ReliableChangeOptions extends ConfidenceOptions, MeasurementQuality {}

/** A change against what the scale's own error would do. */
export interface ReliableChange {
  /** After less before. */
  readonly change: number;
  /** Standard error of the difference, sd x sqrt(2 (1 - alpha)). */
  readonly standardError: number;
  /** Change in standard errors; `null` with a perfect reliability. */
  readonly index: number | null;
  /** The smallest change that is not put down to error, in the scores' unit. */
  readonly smallest: number;
  /** Beyond it upwards, downwards, or neither. */
  readonly verdict: "improved" | "declined" | "noReliableChange";
}

/**
 * Has one customer's score changed by more than the scale's own error?
 *
 * The reliable change index of Jacobson & Truax (1991): change / (sd x sqrt(2 (1 - reliability))), against the normal quantile
 * (1.96 for 0.95).
 *
 * @param before - Score before.
 * @param after - Score after, in the same unit.
 * @param options - `alpha`, `sd`, `confidenceLevel`.
 * @returns The index, the smallest reliable change, the verdict.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a score is no number, alpha is not from 0 to 1 or sd not above 0.
 * @example
 * ```ts
 * import { reliableChange } from "clientele";
 *
 * const found = reliableChange(47.5, 32.5, { alpha: 0.8, sd: 7.5 });
 * found.index; // ~> -3.1622777
 * found.verdict; // => "declined"
 * ```
 */
export function reliableChange(
  before: number,
  after: number,
  options: ReliableChangeOptions,
): ReliableChange {
  assertFinite(before, "before");
  assertFinite(after, "after");
  assertQuality(options, "options");
  const smallest = smallestChange(options, criticalZ(confidenceLevelOf(options)));
  const standardError = errorOfDifference(options);
  const change = after - before;
  assertFinite(change, "after - before");
  return {
    change,
    standardError,
    index: standardError > 0 ? change / standardError : null,
    smallest,
    verdict: verdictOf(change, smallest),
  };
}

/** @internal */
export function verdictOf(change: number, smallest: number): ReliableChange["verdict"] {
  if (Math.abs(change) <= smallest) return "noReliableChange";
  return change > 0 ? "improved" : "declined";
}

/** @internal */
export function errorOfDifference({ alpha, sd }: MeasurementQuality): number {
  return sd * Math.sqrt(2 * (1 - alpha));
}

/** @internal */
export function smallestChange(quality: MeasurementQuality, z: number): number {
  return z * errorOfDifference(quality);
}

/** @internal */
export function assertQuality(quality: unknown, path: string): asserts quality is MeasurementQuality {
  assertOptions(quality, "{ alpha, sd }", path);
  const { alpha, sd } = quality as MeasurementQuality;
  assertInRange(alpha, `${path}.alpha`, 0, 1);
  assertArgument(
    Number.isFinite(sd) && sd > 0,
    `${path}.sd`,
    () => `${path}.sd is ${shown(sd)}: pass a standard deviation above 0`,
  );
}
