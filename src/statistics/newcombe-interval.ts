import { assertArgument } from "../core/assert.js";
import type { Interval } from "../core/interval.js";
import { assertCounts, type ScoreIntervalOptions, wilsonInterval } from "./wilson-interval.js";

/** A count of one group: so many of so many. */
export interface SuccessCount {
  /** How many answered, returned, bought: a whole number from 0 to `trials`. */
  readonly successes: number;
  /** How many could have: a whole number. */
  readonly trials: number;
}

/**
 * Between which limits does the difference of two shares lie?
 *
 * Method 10 of Newcombe (1998), built from two Wilson intervals: it stays inside -1..1 and holds its level with
 * small groups. With `continuityCorrection` it is his method 11.
 *
 * @param treatment - Count of the first group, one trial or more.
 * @param control - Count of the second group, one trial or more; its share is subtracted.
 * @param options - `confidenceLevel` (default 0.95) and `continuityCorrection` (default `false`).
 * @returns The limits of share(treatment) - share(control), as shares: 0.05 is five percentage points.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is impossible or a group has no trial.
 * @example
 * ```ts
 * import { newcombeInterval } from "clientele";
 *
 * const gain = newcombeInterval({ successes: 56, trials: 70 }, { successes: 48, trials: 80 });
 * gain.lower.toFixed(4); // => "0.0524"
 * gain.upper.toFixed(4); // => "0.3339"
 * ```
 */
export function newcombeInterval(
  treatment: SuccessCount,
  control: SuccessCount,
  options: ScoreIntervalOptions = {},
): Interval {
  assertGroup(treatment, "treatment", 1);
  assertGroup(control, "control", 1);
  const first = wilsonInterval(treatment.successes, treatment.trials, options);
  const second = wilsonInterval(control.successes, control.trials, options);
  const p1 = treatment.successes / treatment.trials;
  const p2 = control.successes / control.trials;
  return {
    lower: Math.max(-1, p1 - p2 - Math.hypot(p1 - first.lower, second.upper - p2)),
    upper: Math.min(1, p1 - p2 + Math.hypot(first.upper - p1, p2 - second.lower)),
    confidenceLevel: first.confidenceLevel,
  };
}

/** @internal */
export function assertGroup(group: SuccessCount, path: string, minTrials = 0): void {
  assertArgument(
    typeof group === "object" && group !== null,
    path,
    () => `${path} is ${String(group)}: pass { successes, trials }`,
  );
  assertCounts(group.successes, group.trials, `${path}.`);
  assertArgument(
    group.trials >= minTrials,
    `${path}.trials`,
    () => `${path}.trials is ${group.trials}: a share needs ${minTrials} trial or more`,
  );
}
