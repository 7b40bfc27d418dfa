import { assertArgument, assertInteger, assertOneOf, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";
import { normalCdf } from "../../statistics/normal.js";
import { type RatingCounts, type SurveyRatings, tallyOf } from "./survey-ratings.js";

/** How many would recommend (9 or 10), how many lie between (7 or 8), and how many would not (0 to 6). */
export interface PromoterCounts {
  /** Answered 9 or 10. */
  readonly promoters: number;
  /** Answered 7 or 8. */
  readonly passives: number;
  /** Answered 0 to 6. */
  readonly detractors: number;
  /** Were asked and did not answer; default 0. */
  readonly missing?: number | undefined;
}

/** How sure an interval should be, and how it is built. */
export interface NpsOptions extends ConfidenceOptions {
  /**
   * `"wald"` (default): estimate and standard error, the usual one; none where all answers fall into one group. `"adjusted"`: with
   * one promoter and one detractor added, as Bonett & Price (2012) do for the difference of two paired shares: for small samples.
   */
  readonly interval?: "wald" | "adjusted" | undefined;
}

/** A Net Promoter Score with what it is made of. All in points: 100 times the difference of two shares. */
export interface NetPromoterScore {
  /** -100 (all detractors) to 100 (all promoters), not rounded; `null` without answers. */
  readonly nps: number | null;
  /** Share of promoters. */
  readonly promoters: Rate;
  /** Share of passives. */
  readonly passives: Rate;
  /** Share of detractors. */
  readonly detractors: Rate;
  /** How many answered. */
  readonly n: number;
  /** How many did not. */
  readonly missing: number;
  /** In points, with n in the denominator; `null` without answers. */
  readonly standardError: number | null;
  /** In points, inside -100 to 100; `null` where undefined. */
  readonly interval: Interval | null;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** Two Net Promoter Scores compared, in points. */
export interface NpsDifference {
  /** The first. */
  readonly a: NetPromoterScore;
  /** The second. */
  readonly b: NetPromoterScore;
  /** nps(a) - nps(b), from unrounded scores; `null` when one has no answers. */
  readonly difference: number | null;
  /** Of the difference; `null` where that is. */
  readonly standardError: number | null;
  /** Of the difference; `null` where nothing varies. */
  readonly interval: Interval | null;
  /** Difference in standard errors; `null` where nothing varies. */
  readonly z: number | null;
  /** Two-sided chance of a difference at least this large if there were none; `null` where z is. */
  readonly pValue: number | null;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/**
 * By how much do promoters outnumber detractors, and how sure is that?
 *
 * Share of promoters (9, 10) less share of detractors (0 to 6) among those who answered how likely they are to recommend
 * us (Reichheld 2003). Its variance is that of answers of +1, 0 and -1: (promoters + detractors) / n - nps^2. Round for
 * display only.
 *
 * @param ratings - Answers 0 to 10 (`null`: none given), their eleven counts, or the counts of the three groups.
 * @param options - `confidenceLevel` (default 0.95), `interval` (default `"wald"`).
 * @returns The score in points, the shares with their counts, standard error and interval.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is not a whole number from 0 to 10; `INVALID_ARGUMENT` when
 * a count is none.
 * @example
 * ```ts
 * import { nps } from "clientele";
 *
 * const { nps: points, standardError, interval } = nps({ promoters: 30, passives: 20, detractors: 10 });
 * points; // ~> 33.33333333333333
 * standardError; // ~> 9.622504486493764
 * interval?.lower; // ~> 14.473571098730472
 * nps([10, 9, 7, null, 3]).nps; // => 25
 * nps([11]); // throws INVALID_ROWS
 * ```
 */
export function nps(
  ratings: SurveyRatings | RatingCounts | PromoterCounts,
  options: NpsOptions = {},
): NetPromoterScore {
  return npsOf(ratings, options, "ratings");
}

/**
 * Did the Net Promoter Score of one group really differ from that of another, or could it be chance?
 *
 * The z test with unpooled variances, for two groups of different respondents; for the same respondents at two times see
 * {@link satisfactionTrend}.
 *
 * @param a - Answers or counts of the first group, as in {@link nps}.
 * @param b - Answers or counts of the second, which is subtracted.
 * @param options - `confidenceLevel` (default 0.95), `interval` (of each score; that of the difference is Wald's).
 * @returns Both scores, their difference in points, interval, z and p-value.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is not a whole number from 0 to 10; `INVALID_ARGUMENT` when
 * a count is none.
 * @example
 * ```ts
 * import { npsDifference } from "clientele";
 *
 * const now = { promoters: 30, passives: 20, detractors: 10 };
 * const before = { promoters: 40, passives: 30, detractors: 30 };
 * const { difference, z, pValue } = npsDifference(now, before);
 * difference; // ~> 23.333333333333332
 * z; // ~> 1.8355493313165239
 * pValue; // ~> 0.06642433676862125
 * ```
 */
export function npsDifference(
  a: SurveyRatings | RatingCounts | PromoterCounts,
  b: SurveyRatings | RatingCounts | PromoterCounts,
  options: NpsOptions = {},
): NpsDifference {
  const [first, second] = [npsOf(a, options, "a"), npsOf(b, options, "b")];
  const both = { a: first, b: second };
  if (first.nps === null || second.nps === null) {
    const none = { difference: null, standardError: null, interval: null, z: null, pValue: null };
    return { ...both, ...none, reason: `${first.nps === null ? "a" : "b"} has no answers` };
  }
  const difference = first.nps - second.nps;
  const standardError = Math.hypot(first.standardError ?? 0, second.standardError ?? 0);
  if (standardError === 0) {
    const reason =
      "interval, z and pValue: within each group every answer falls into one class, nothing varies";
    return { ...both, difference, standardError, interval: null, z: null, pValue: null, reason };
  }
  const confidenceLevel = confidenceLevelOf(options);
  const margin = criticalZ(confidenceLevel) * standardError;
  const z = difference / standardError;
  return {
    ...both,
    difference,
    standardError,
    interval: {
      lower: Math.max(-200, difference - margin),
      upper: Math.min(200, difference + margin),
      confidenceLevel,
    },
    z,
    pValue: Math.min(1, 2 * normalCdf(-Math.abs(z))),
    reason: null,
  };
}

/** The same for answers that the caller passed under another name. @internal */
export function npsOf(
  ratings: SurveyRatings | RatingCounts | PromoterCounts,
  options: NpsOptions,
  path: string,
): NetPromoterScore {
  assertOptions(options);
  const { interval = "wald" } = options;
  assertOneOf(interval, "options.interval", ["wald", "adjusted"]);
  const confidenceLevel = confidenceLevelOf(options);
  const { promoters, passives, detractors, missing } = countsOf(ratings, path);
  const n = promoters + passives + detractors;
  const share = (count: number) => ratio(count, n, "answers");
  const shares = {
    promoters: share(promoters),
    passives: share(passives),
    detractors: share(detractors),
    n,
    missing,
  };
  if (n === 0)
    return { nps: null, ...shares, standardError: null, interval: null, reason: "there are no answers" };
  const standardError = standardErrorOf(promoters, detractors, n);
  const isAlike = standardError === 0 && interval === "wald";
  return {
    nps: (100 * (promoters - detractors)) / n,
    ...shares,
    standardError,
    interval: isAlike
      ? null
      : interval === "wald"
        ? limits(promoters, detractors, n, confidenceLevel)
        : limits(promoters + 1, detractors + 1, n + 2, confidenceLevel),
    reason: isAlike
      ? 'interval: every answer falls into one class, so the Wald interval is undefined; pass interval: "adjusted"'
      : null,
  };
}

/** In points. Written as a sum of products, so that equal answers give exactly 0. */
function standardErrorOf(promoters: number, detractors: number, n: number): number {
  const passives = n - promoters - detractors;
  // n^2 (share + share - difference^2) = passives x others + 4 x promoters x detractors.
  const variance = passives * (promoters + detractors) + 4 * promoters * detractors;
  return (100 * Math.sqrt(variance / n)) / n;
}

function limits(promoters: number, detractors: number, n: number, confidenceLevel: number): Interval {
  const center = (100 * (promoters - detractors)) / n;
  const margin = criticalZ(confidenceLevel) * standardErrorOf(promoters, detractors, n);
  return {
    lower: Math.max(-100, center - margin),
    upper: Math.min(100, center + margin),
    confidenceLevel,
  };
}

function countsOf(
  ratings: SurveyRatings | RatingCounts | PromoterCounts,
  path: string,
): PromoterCounts & { readonly missing: number } {
  if (typeof ratings === "object" && ratings !== null && "promoters" in ratings) {
    const { promoters, passives, detractors, missing = 0 } = ratings;
    for (const [name, count] of Object.entries({ promoters, passives, detractors, missing }))
      assertInteger(count, `${path}.${name}`, 0);
    assertArgument(
      Number.isSafeInteger(promoters + passives + detractors),
      path,
      () => `${path} counts more answers than can be counted exactly: pass fewer`,
    );
    return { promoters, passives, detractors, missing };
  }
  const { counts, missing } = tallyOf(ratings, { min: 0, max: 10 }, path);
  const from = (first: number, end: number) =>
    counts.slice(first, end).reduce((sum, count) => sum + count, 0);
  return { promoters: from(9, 11), passives: from(7, 9), detractors: from(0, 7), missing };
}
