import { assertArgument, assertInteger } from "../core/assert.js";
import type { Interval } from "../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "./confidence.js";

/** How a score interval is computed. */
export interface ScoreIntervalOptions extends ConfidenceOptions {
  /** Widen the interval so that it covers at least the stated share, not just on average. Default `false`. */
  readonly continuityCorrection?: boolean;
}

/**
 * Between which limits does the true share lie, when so many of so many were counted?
 *
 * The score interval of Wilson (1927) stays inside 0..1 and works where the textbook interval fails: few
 * trials, shares near 0 or 1. With `continuityCorrection` it is method 4 of Newcombe (1998).
 *
 * @param successes - How many answered, returned, bought: a whole number from 0 to `trials`.
 * @param trials - How many could have: a whole number, 0 or more. No trial says nothing: the interval is 0 to 1.
 * @param options - `confidenceLevel` (default 0.95) and `continuityCorrection` (default `false`).
 * @returns The limits as shares, 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is not whole, is negative, or successes exceed trials.
 * @example
 * ```ts
 * import { wilsonInterval } from "clientele";
 *
 * const satisfied = wilsonInterval(84, 120);
 * satisfied.lower; // ~> 0.6128485756752643
 * satisfied.upper; // ~> 0.7747437577572543
 * wilsonInterval(0, 0); // => { lower: 0, upper: 1, confidenceLevel: 0.95 }
 * ```
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  options: ScoreIntervalOptions = {},
): Interval {
  assertCounts(successes, trials, "");
  const confidenceLevel = confidenceLevelOf(options);
  const z = criticalZ(confidenceLevel);
  const limits = options.continuityCorrection === true ? correctedLimits : scoreLimits;
  const [lower, upper] = limits(successes, trials, z);
  // The ends are exact by definition, whatever the rounding.
  return {
    lower: successes === 0 ? 0 : lower,
    upper: successes === trials ? 1 : upper,
    confidenceLevel,
  };
}

/** Throws unless `successes` of `trials` is a possible count; `prefix` names the object that holds both. @internal */
export function assertCounts(successes: number, trials: number, prefix: string): void {
  assertInteger(trials, `${prefix}trials`, 0);
  assertInteger(successes, `${prefix}successes`, 0);
  assertArgument(
    successes <= trials,
    `${prefix}successes`,
    () => `${prefix}successes is ${successes} of ${trials} trials: pass at most the number of trials`,
  );
}

// The limits are the roots of (n + z²)π² - (2x + z²)π + x²/n = 0. The smaller one is written as x²/n over the
// larger one's numerator: no cancellation, so it keeps its digits when x is small and n is large.
function scoreLimits(x: number, n: number, z: number): [lower: number, upper: number] {
  const share = x / n;
  const numerator = x + (z * z) / 2 + z * Math.sqrt(x * (1 - share) + (z * z) / 4);
  return [(x * share) / numerator, Math.min(1, numerator / (n + z * z))];
}

function correctedLimits(x: number, n: number, z: number): [lower: number, upper: number] {
  const share = x / n;
  const lowerRoot = Math.sqrt(Math.max(0, z * z - 2 - 1 / n + 4 * share * (n - x + 1)));
  const upperRoot = Math.sqrt(Math.max(0, z * z + 2 - 1 / n + 4 * share * (n - x - 1)));
  const denominator = 2 * (n + z * z);
  return [
    Math.max(0, (2 * x + z * z - 1 - z * lowerRoot) / denominator),
    Math.min(1, (2 * x + z * z + 1 + z * upperRoot) / denominator),
  ];
}
