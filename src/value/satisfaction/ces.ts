import { assertInteger, assertOneOf, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { pompOf } from "../../statistics/scales/scale-definition.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import {
  assertWholeRange,
  beyondMiddle,
  type RatingCounts,
  type SurveyRatings,
  tallyMean,
  tallyOf,
} from "./survey-ratings.js";

/** How effort was asked for, and which answers count as easy. */
export interface CesOptions extends ConfidenceOptions {
  /**
   * What a high answer means: `"ease"` (agreement that it was made easy) or `"effort"` (how much effort it took). Versions of
   * the question run either way, so there is no default.
   */
  readonly highMeans: "ease" | "effort";
  /** Lowest possible answer; default 1. */
  readonly min?: number | undefined;
  /** Highest possible answer; default 7. */
  readonly max?: number | undefined;
  /**
   * How many answers, from the easiest on, count as easy; default: those beyond the middle, which are 5, 6 and 7 of 7, 4 and 5 of 5
   * where high means ease.
   */
  readonly top?: number | undefined;
}

/** Customer effort, always also as ease, so that more is better. */
export interface CustomerEffort {
  /** Mean answer as given, on the scale's own units; `null` without answers. */
  readonly mean: number | null;
  /** Of the mean, by Student's t, inside the scale; `null` with fewer than 2 answers. */
  readonly meanInterval: Interval | null;
  /** Ease as percent of maximum possible: 0 all effort, 100 none; `null` without answers. */
  readonly ease: number | null;
  /** Of ease, in the same points, inside 0 to 100; `null` with fewer than 2 answers. */
  readonly easeInterval: Interval | null;
  /** Share of those who answered that found it easy, 0 to 1. */
  readonly easy: Rate;
  /** Of that share (Wilson 1927); `null` without answers. */
  readonly easyInterval: Interval | null;
  /** How many gave each answer, from the lowest on. */
  readonly counts: readonly number[];
  /** How many answered. */
  readonly n: number;
  /** How many did not. */
  readonly missing: number;
}

/**
 * How much effort did it take customers to get what they came for (Customer Effort Score)?
 *
 * Dixon, Freeman & Toman (2010) asked for effort, where little is good; the version in use since asks for agreement that it
 * was easy. `ease` reads the same for both.
 *
 * @param ratings - Answers on the scale, whole numbers (`null`: none given), as {@link itemRatings} takes them out of stored answers, or how
 * many gave each.
 * @param options - `highMeans` (required), `min`, `max`, `top`, `confidenceLevel`.
 * @returns The mean as answered, ease from 0 to 100, and the share that found it easy, with intervals.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is not on the scale; `INVALID_ARGUMENT` when `highMeans` is
 * missing or there are not fewer easy answers than answers.
 * @example
 * ```ts
 * import { ces } from "clientele";
 *
 * const { mean, ease, easy } = ces([7, 6, 5, 2], { highMeans: "ease" });
 * mean; // => 5
 * ease; // ~> 66.66666666666667
 * easy.value; // => 0.75
 * ces([1, 2, 3, 6], { highMeans: "effort" }).ease; // ~> 66.66666666666667
 * ```
 */
export function ces(ratings: SurveyRatings | RatingCounts, options: CesOptions): CustomerEffort {
  assertOptions(options, '{ highMeans: "ease" } or { highMeans: "effort" }');
  const { highMeans, min = 1, max = 7 } = options;
  assertOneOf(highMeans, "options.highMeans", ["ease", "effort"]);
  assertWholeRange(min, max);
  const { top = beyondMiddle({ min, max }) } = options;
  assertInteger(top, "options.top", 1, max - min);
  const confidenceLevel = confidenceLevelOf(options);
  const tally = tallyOf(ratings, { min, max }, "ratings");
  const { counts, n, missing } = tally;
  const isEase = highMeans === "ease";
  const easy = (isEase ? counts.slice(-top) : counts.slice(0, top)).reduce((sum, count) => sum + count, 0);
  const { mean, interval } = tallyMean(tally, { min, max }, confidenceLevel);
  const easeOf = (answer: number) =>
    isEase ? pompOf(answer, { min, max }) : pompOf(min + max - answer, { min, max });
  const ends = interval === null ? null : [easeOf(interval.lower), easeOf(interval.upper)];
  return {
    mean,
    meanInterval: interval,
    ease: mean === null ? null : easeOf(mean),
    easeInterval:
      ends === null ? null : { lower: Math.min(...ends), upper: Math.max(...ends), confidenceLevel },
    easy: ratio(easy, n, "answers"),
    easyInterval: n === 0 ? null : wilsonInterval(easy, n, { confidenceLevel }),
    ...{ counts, n, missing },
  };
}
