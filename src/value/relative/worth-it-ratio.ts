import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type ConfidenceOptions, confidenceLevelOf, criticalZ } from "../../statistics/confidence.js";
import { assertReached } from "../checked-rows.js";
import { readRatings, type SurveyRatings } from "../satisfaction/survey-ratings.js";
import { surveyMean } from "../worth/survey-mean.js";

/**
 * The answers of one supplier's customers to "is it worth what you pay?": their scores, `null` (or in a typed array NaN) where
 * none was given, or their mean alone.
 */
export type WorthItScores = number | SurveyRatings;

/** Our worth-it score over the competitors'. */
export interface WorthItRatio {
  /** Our mean score. */
  readonly ours: number;
  /** Each competitor's mean score, in the order of the input. */
  readonly competitors: readonly number[];
  /** Ours over the mean of the competitors' means; above 1: customers find us more worth it. */
  readonly ratio: Rate;
  /** Where the ratio plausibly lies (delta method on its logarithm, normal, samples independent); `null` unless all came as scores, two or more each. */
  readonly interval: Interval | null;
  /** Why there is no interval; `null` where there is one. */
  readonly reason: string | null;
  /** Number of scores of ours and of each competitor; `null` for a mean alone. */
  readonly n: readonly (number | null)[];
  /** Number of those who gave no score, of ours and of each competitor; `null` for a mean alone. */
  readonly missing: readonly (number | null)[];
}

/**
 * Are we more worth what we cost than competitors are, in the eyes of their customers and ours?
 *
 * Our mean answer over the mean of the competitors' means: each competitor counts once, however many were asked (the ratio
 * of customer value added; Gale 1994).
 *
 * @param ours - Scores of our customers, or their mean; above 0.
 * @param competitors - The same for each competitor, at least one.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns The ratio, and its interval where scores are there.
 * @throws {@link ClienteleError} `INVALID_ROWS` for a score that is not above 0; `INVALID_ARGUMENT` for such a mean, for no
 *   competitor, for no scores.
 * @example
 * ```ts
 * import { worthItRatio } from "clientele";
 *
 * worthItRatio(8.2, [7.4, 7.8]).ratio.value; // ~> 1.0789473684
 * worthItRatio([8, 9, 7], [[7, 8, 8], [6, 8]]).n; // => [3, 3, 2]
 * ```
 */
export function worthItRatio(
  ours: WorthItScores,
  competitors: readonly WorthItScores[],
  options: ConfidenceOptions = {},
): WorthItRatio {
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  assertArray(competitors, "competitors");
  assertArgument(
    competitors.length > 0,
    "competitors",
    () => "competitors is empty: pass the scores of at least one",
  );
  const [own, ...others] = [ours, ...(competitors as readonly WorthItScores[])].map((scores, i) =>
    sampleOf(scores, i === 0 ? "ours" : `competitors[${i - 1}]`),
  );
  const theirs = others.reduce((sum, { mean }) => sum + mean, 0) / others.length;
  const rate = ratio(own.mean, theirs, "mean of the competitors");
  const samples = [own, ...others];
  const unsure = samples.find(({ variance }) => variance === null);
  const variance =
    (own.variance ?? 0) / own.mean ** 2 +
    others.reduce((sum, other) => sum + (other.variance ?? 0), 0) / (others.length * theirs) ** 2;
  const half = criticalZ(confidenceLevel) * Math.sqrt(variance);
  return {
    ours: own.mean,
    competitors: others.map(({ mean }) => mean),
    ratio: rate,
    interval:
      unsure !== undefined || rate.value === null
        ? null
        : { lower: rate.value * Math.exp(-half), upper: rate.value * Math.exp(half), confidenceLevel },
    reason: unsure === undefined ? rate.reason : `${unsure.path} has no spread: pass its scores, two or more`,
    n: samples.map(({ n }) => n),
    missing: samples.map(({ missing }) => missing),
  };
}

interface Sample {
  readonly path: string;
  readonly mean: number;
  readonly n: number | null;
  readonly missing: number | null;
  /** Of the mean; `null` where it is not known. */
  readonly variance: number | null;
}

function sampleOf(scores: WorthItScores, path: string): Sample {
  if (typeof scores !== "object" || scores === null) {
    assertArgument(
      typeof scores === "number" && Number.isFinite(scores) && scores > 0,
      path,
      () => `${path} is ${shown(scores)}: pass a finite number above 0, or scores`,
    );
    return { path, mean: scores, n: null, missing: null, variance: null };
  }
  const values = readRatings(scores, null, path);
  const problems: RowProblem[] = [];
  for (let row = 0; row < values.length; row++)
    if (values[row] <= 0)
      problems.push({
        row,
        field: "",
        reason: "is not above 0, where a ratio means nothing",
        value: values[row],
      });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  const { n, mean, sd } = surveyMean(values, 0.95);
  assertArgument(mean !== null, path, () => `${path} has no scores: pass at least one`);
  assertReached(mean, path, "a mean");
  const variance = sd === null ? null : assertReached(sd ** 2 / n, path, "a variance");
  return { path, mean, n, missing: values.length - n, variance };
}
