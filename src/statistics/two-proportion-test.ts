import { assertOneOf } from "../core/assert.js";
import type { Interval } from "../core/interval.js";
import { type Rate, ratio } from "../core/rate.js";
import {
  ALTERNATIVES,
  type Alternative,
  type ConfidenceOptions,
  confidenceLevelOf,
  criticalZ,
} from "./confidence.js";
import { assertGroup, newcombeInterval, type SuccessCount } from "./newcombe-interval.js";
import { normalCdf } from "./normal.js";

/** How two shares are compared. */
export interface TwoProportionOptions extends ConfidenceOptions {
  /** What counts as evidence: a difference either way (default), or only `treatment` above or below `control`. */
  readonly alternative?: Alternative;
  /**
   * How the interval of the difference is built. `"newcombe"` (default) holds its level with small groups and
   * shares near 0 or 1; `"wald"` is the textbook interval, symmetric about the difference.
   */
  readonly interval?: "newcombe" | "wald";
}

/** The comparison of two shares. */
export interface TwoProportionTest {
  /** Share of the first group with its counts; its value is `null` without trials. */
  readonly treatment: Rate;
  /** Share of the second group with its counts; its value is `null` without trials. */
  readonly control: Rate;
  /** share(treatment) - share(control): 0.007 is 0.7 percentage points; `null` when a group has no trial. */
  readonly difference: number | null;
  /** Difference over share(control): 0.15 is 15 % more; `null` when that share is 0 or unknown. */
  readonly relativeLift: number | null;
  /** Two-sided interval of the difference, whatever the alternative; `null` when a group has no trial. */
  readonly interval: Interval | null;
  /** Difference in pooled standard errors; `null` when all or none of both groups succeeded: nothing varies. */
  readonly z: number | null;
  /** Chance of a difference at least this large if both groups were alike; `null` where `z` is. */
  readonly pValue: number | null;
  /** Which alternative the p-value is for. */
  readonly alternative: Alternative;
  /** Why a field is `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * Did the treated group really respond better, or could the difference be chance?
 *
 * The z test with pooled variance, for groups large enough that each has at least five successes and five
 * failures; below that use {@link fisherExact}. Shares, difference and lift come with it.
 *
 * @param treatment - Count of the treated group.
 * @param control - Count of the group to compare with.
 * @param options - `alternative` (default `"twoSided"`), `interval` (default `"newcombe"`), `confidenceLevel` (default 0.95).
 * @returns Shares, difference, relative lift, interval, z and p-value.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is impossible.
 * @example
 * ```ts
 * import { twoProportionTest } from "clientele";
 *
 * const test = twoProportionTest({ successes: 530, trials: 10_000 }, { successes: 460, trials: 10_000 });
 * test.difference; // ~> 0.007
 * test.relativeLift; // ~> 0.15217391304347827
 * test.z; // ~> 2.2819408457859804
 * test.pValue; // ~> 0.022492832909959626
 * ```
 */
export function twoProportionTest(
  treatment: SuccessCount,
  control: SuccessCount,
  options: TwoProportionOptions = {},
): TwoProportionTest {
  assertGroup(treatment, "treatment");
  assertGroup(control, "control");
  const { alternative = "twoSided", interval = "newcombe" } = options;
  assertOneOf(alternative, "options.alternative", ALTERNATIVES);
  assertOneOf(interval, "options.interval", ["newcombe", "wald"]);
  const confidenceLevel = confidenceLevelOf(options);
  const rates = {
    treatment: ratio(treatment.successes, treatment.trials, "trials of treatment"),
    control: ratio(control.successes, control.trials, "trials of control"),
  };
  const p1 = rates.treatment.value;
  const p2 = rates.control.value;
  if (p1 === null || p2 === null) {
    const unknown = { difference: null, relativeLift: null, interval: null, z: null, pValue: null };
    return { ...rates, ...unknown, alternative, reason: rates.treatment.reason ?? rates.control.reason };
  }
  const difference = p1 - p2;
  const z = pooledZ(treatment, control);
  return {
    ...rates,
    difference,
    relativeLift: p2 > 0 ? difference / p2 : null,
    interval:
      interval === "wald"
        ? waldInterval(treatment, control, confidenceLevel)
        : newcombeInterval(treatment, control, { confidenceLevel }),
    z,
    pValue: z === null ? null : pValueOf(z, alternative),
    alternative,
    reason: reasonOf(p1, p2),
  };
}

function pooledZ(treatment: SuccessCount, control: SuccessCount): number | null {
  const trials = treatment.trials + control.trials;
  const pooled = (treatment.successes + control.successes) / trials;
  if (pooled === 0 || pooled === 1) return null;
  const variance = pooled * (1 - pooled) * (1 / treatment.trials + 1 / control.trials);
  return (treatment.successes / treatment.trials - control.successes / control.trials) / Math.sqrt(variance);
}

function pValueOf(z: number, alternative: Alternative): number {
  if (alternative === "twoSided") return Math.min(1, 2 * normalCdf(-Math.abs(z)));
  return normalCdf(alternative === "greater" ? -z : z);
}

function waldInterval(treatment: SuccessCount, control: SuccessCount, confidenceLevel: number): Interval {
  const p1 = treatment.successes / treatment.trials;
  const p2 = control.successes / control.trials;
  const variance = (p1 * (1 - p1)) / treatment.trials + (p2 * (1 - p2)) / control.trials;
  const margin = criticalZ(confidenceLevel) * Math.sqrt(variance);
  return {
    lower: Math.max(-1, p1 - p2 - margin),
    upper: Math.min(1, p1 - p2 + margin),
    confidenceLevel,
  };
}

function reasonOf(p1: number, p2: number): string | null {
  if (p1 === 1 && p2 === 1) return "z and pValue: every trial of both groups succeeded, nothing varies";
  if (p2 > 0) return null;
  const lift = "relativeLift: the control group has no success";
  return p1 === 0 ? `${lift}; z and pValue: no trial of either group succeeded, nothing varies` : lift;
}
