import { assertInteger, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import {
  assertWholeRange,
  beyondMiddle,
  type RatingCounts,
  type SurveyRatings,
  tallyMean,
  tallyOf,
} from "./survey-ratings.js";

/** On which scale satisfaction was answered, and which answers count as satisfied. */
export interface CsatOptions extends ConfidenceOptions {
  /** Lowest possible answer; default 1. */
  readonly min?: number | undefined;
  /** Highest possible answer; default 5. */
  readonly max?: number | undefined;
  /** How many of the highest answers count as satisfied; default 2 (4 and 5 of 5), and 1 on scales of 2 or 3 answers. */
  readonly top?: number | undefined;
}

/** Customer satisfaction as a share, and as a mean beside it. */
export interface CustomerSatisfaction {
  /** Share of those who answered that is satisfied, 0 to 1. */
  readonly satisfied: Rate;
  /** Of that share (Wilson 1927); `null` without answers. */
  readonly interval: Interval | null;
  /** The lowest answer that counts as satisfied. */
  readonly satisfiedFrom: number;
  /** Mean answer, on the scale's own units; `null` without answers. */
  readonly mean: number | null;
  /** Standard deviation of the answers, with n - 1; `null` with fewer than 2. */
  readonly sd: number | null;
  /** Of the mean, by Student's t, inside the scale; `null` with fewer than 2 answers. */
  readonly meanInterval: Interval | null;
  /** How many gave each answer, from the lowest on. */
  readonly counts: readonly number[];
  /** How many answered. */
  readonly n: number;
  /** How many did not. */
  readonly missing: number;
}

/**
 * How many of our customers are satisfied (CSAT: the top boxes), and how sure is that?
 *
 * Compare two groups with {@link twoProportionTest}, two waves with {@link satisfactionTrend}.
 *
 * @param ratings - Answers on the scale, whole numbers (`null`: none given), as {@link itemRatings} takes them out of stored answers, or how
 * many gave each.
 * @param options - `min`, `max`, `top`, `confidenceLevel`.
 * @returns The share of the satisfied with its counts and interval, the mean, and the whole distribution.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is not on the scale; `INVALID_ARGUMENT` when there are not
 * fewer top boxes than answers.
 * @example
 * ```ts
 * import { csat } from "clientele";
 *
 * const { satisfied, interval, mean } = csat({ counts: [6, 10, 20, 48, 36] });
 * satisfied; // => { value: 0.7, numerator: 84, denominator: 120, reason: null }
 * interval?.lower; // ~> 0.6128485756752643
 * mean; // ~> 3.8166666666666669
 * csat([5, 5, 3, null], { top: 1 }).satisfied.numerator; // => 2
 * ```
 */
export function csat(ratings: SurveyRatings | RatingCounts, options: CsatOptions = {}): CustomerSatisfaction {
  assertOptions(options);
  const { min = 1, max = 5 } = options;
  assertWholeRange(min, max);
  const { top = Math.min(2, beyondMiddle({ min, max })) } = options;
  assertInteger(top, "options.top", 1, max - min);
  const confidenceLevel = confidenceLevelOf(options);
  const tally = tallyOf(ratings, { min, max }, "ratings");
  const { counts, n, missing } = tally;
  const satisfied = counts.slice(-top).reduce((sum, count) => sum + count, 0);
  const { mean, sd, interval: meanInterval } = tallyMean(tally, { min, max }, confidenceLevel);
  return {
    satisfied: ratio(satisfied, n, "answers"),
    interval: n === 0 ? null : wilsonInterval(satisfied, n, { confidenceLevel }),
    satisfiedFrom: max - top + 1,
    ...{ mean, sd, meanInterval, counts, n, missing },
  };
}
