import { assertOneOf } from "../core/assert.js";
import { ALTERNATIVES, type Alternative, type ConfidenceOptions, confidenceLevelOf } from "./confidence.js";
import { assertGroup, type SuccessCount } from "./newcombe-interval.js";
import {
  type ConditionalTable,
  conditionalMean,
  conditionalTable,
  tails,
} from "./noncentral-hypergeometric.js";

/** How Fisher's test is run. */
export interface FisherExactOptions extends ConfidenceOptions {
  /** What counts as evidence: an odds ratio other than 1 (default), or only above or below 1. */
  readonly alternative?: Alternative;
}

/** The interval of an odds ratio, which may have no upper limit. */
export interface OddsRatioInterval {
  /** Lower limit, 0 or more. */
  readonly lower: number;
  /** Upper limit; `null` when there is none (infinity). */
  readonly upper: number | null;
  /** Share of such intervals that hold the true odds ratio, between 0 and 1. */
  readonly confidenceLevel: number;
}

/** The outcome of Fisher's exact test. */
export interface FisherExactTest {
  /** Chance of counts at least this extreme if both groups were alike and the totals were given. */
  readonly pValue: number;
  /** Which alternative the p-value and the interval are for. */
  readonly alternative: Alternative;
  /** Odds of treatment over odds of control, conditional maximum likelihood; `null` when infinite or unknown. */
  readonly oddsRatio: number | null;
  /** Exact interval of the odds ratio, one-sided where the alternative is; `null` when the totals allow one table only. */
  readonly interval: OddsRatioInterval | null;
  /** Why `oddsRatio` is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/**
 * Did the treated group respond better, when the counts are too small for the z test?
 *
 * The exact test of Fisher (1935) on the 2 x 2 table. Two-sided: all tables that are no more probable than the
 * observed one, within a relative 1e-7, as in R's `fisher.test`; so are the odds ratio (conditional maximum
 * likelihood, not the plain cross product) and its interval. P-values below about 1e-290 come out as 0.
 *
 * @param treatment - Count of the treated group.
 * @param control - Count of the group to compare with.
 * @param options - `alternative` (default `"twoSided"`) and `confidenceLevel` (default 0.95).
 * @returns p-value, odds ratio and its interval.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is impossible.
 * @example
 * ```ts
 * import { fisherExact } from "clientele";
 *
 * const treatment = { successes: 12, trials: 100 };
 * const control = { successes: 4, trials: 100 };
 * fisherExact(treatment, control).pValue; // ~> 0.06519694306245735
 * fisherExact(treatment, control, { alternative: "greater" }).pValue; // ~> 0.032598471531228676
 * ```
 */
export function fisherExact(
  treatment: SuccessCount,
  control: SuccessCount,
  options: FisherExactOptions = {},
): FisherExactTest {
  assertGroup(treatment, "treatment");
  assertGroup(control, "control");
  const { alternative = "twoSided" } = options;
  assertOneOf(alternative, "options.alternative", ALTERNATIVES);
  const confidenceLevel = confidenceLevelOf(options);
  const table = conditionalTable(
    treatment.successes,
    treatment.trials,
    control.trials,
    treatment.successes + control.successes,
  );
  if (table.lowest === table.highest) {
    const reason = "the totals allow this table only: every trial came out alike, or a group is empty";
    return { pValue: 1, alternative, oddsRatio: null, interval: null, reason };
  }
  const infinite = table.observed === table.highest;
  return {
    pValue: pValueOf(table, alternative),
    alternative,
    oddsRatio: infinite ? null : oddsRatioOf(table),
    interval: { ...limitsOf(table, alternative, confidenceLevel), confidenceLevel },
    reason: infinite ? "the odds ratio is infinite: treatment has no failure, or control no success" : null,
  };
}

function pValueOf(table: ConditionalTable, alternative: Alternative): number {
  const { lower, upper, noMoreProbable } = tails(table, 0);
  return { less: lower, greater: upper, twoSided: noMoreProbable }[alternative];
}

/** The odds ratio at which the expected count equals the observed one. */
function oddsRatioOf(table: ConditionalTable): number {
  if (table.observed === table.lowest) return 0;
  return Math.exp(increasingRoot((logOdds) => conditionalMean(table, logOdds) - table.observed));
}

// The limits are the odds ratios at which the observed count is just within the tail (Cornfield 1956).
function limitsOf(
  table: ConditionalTable,
  alternative: Alternative,
  confidenceLevel: number,
): { lower: number; upper: number | null } {
  const alpha = alternative === "twoSided" ? (1 - confidenceLevel) / 2 : 1 - confidenceLevel;
  const noLower = alternative === "less" || table.observed === table.lowest;
  const noUpper = alternative === "greater" || table.observed === table.highest;
  return {
    lower: noLower ? 0 : Math.exp(increasingRoot((logOdds) => tails(table, logOdds).upper - alpha)),
    upper: noUpper ? null : Math.exp(increasingRoot((logOdds) => alpha - tails(table, logOdds).lower)),
  };
}

/** The root of an increasing function by doubling a bracket around 0 and halving it to the last bit. */
function increasingRoot(excess: (x: number) => number): number {
  let low = -1;
  let high = 1;
  while (excess(low) > 0) [low, high] = [2 * low, low];
  while (excess(high) < 0) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high || high - low < 1e-15) return middle;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
}
