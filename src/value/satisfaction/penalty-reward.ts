import { assertArgument, assertFinite, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { roundingOf } from "../../core/kpi.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { studentTCdf, studentTQuantile } from "../../statistics/student-t.js";
import {
  type CompleteRatings,
  completeRatings,
  type DriverRatingLists,
  type DriverRatings,
  isConstant,
} from "./driver-ratings.js";
import { type Dummies, dummyLeastSquares, type LeastSquares } from "./least-squares.js";

/** Which ratings count as low and high. */
export interface PenaltyRewardOptions extends ConfidenceOptions {
  /** Ratings up to this are low: 2 on 1 to 5. Required. */
  readonly lowUpTo: number;
  /** Ratings from this on are high: 5 on 1 to 5; above `lowUpTo`. Required. */
  readonly highFrom: number;
}

/** How far a low (or high) rating moves overall satisfaction from where a middling one leaves it, other attributes held. */
export interface RatingEffect {
  /** In units of the overall judgment; `null` where undefined. */
  readonly effect: number | null;
  /** `null` where undefined. */
  readonly standardError: number | null;
  /** By Student's t; `null` where undefined. */
  readonly interval: Interval | null;
  /** Two-sided chance of an effect at least this far from 0 if there were none; `null` where undefined. */
  readonly pValue: number | null;
}

/**
 * What an attribute is to customers: `"basic"` where failing is shown to cost more than excelling brings, `"excitement"` where
 * excelling is shown to bring more, `"performance"` where one of the two or both are shown to count and neither to count more (see the
 * intervals for which), `"unclear"` where no effect is shown.
 */
export type AttributeKind = "basic" | "excitement" | "performance" | "unclear";

/** Penalty and reward of one attribute. */
export interface PenaltyReward {
  /** Which attribute. */
  readonly id: string;
  /** Of a low rating; mostly below 0. */
  readonly penalty: RatingEffect;
  /** Of a high rating; mostly above 0. */
  readonly reward: RatingEffect;
  /** Reward plus penalty: above 0, excelling brings more than failing costs. */
  readonly asymmetry: RatingEffect;
  /** By the intervals; `null` where an effect is undefined. */
  readonly kind: AttributeKind | null;
  /** How many rated it low. */
  readonly low: number;
  /** How many rated it between. */
  readonly middle: number;
  /** How many rated it high. */
  readonly high: number;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** Penalties and rewards of all attributes. */
export interface PenaltyRewardAnalysis {
  /** In the order of the input. */
  readonly attributes: readonly PenaltyReward[];
  /** How many respondents answered everything: all figures are theirs. */
  readonly n: number;
  /** How many lack an answer and were left out. */
  readonly dropped: number;
  /** Share of the variance of the overall judgment that is explained; `null` when undefined. */
  readonly rSquared: number | null;
}

/**
 * Which attributes only hurt when they fail, and which only delight when they excel?
 *
 * Penalty-reward contrast analysis (Brandt 1987): the overall judgment is regressed on two dummies for each attribute, rated low
 * and rated high, against a rating between. The kind follows from the intervals at the stated level: that of asymmetry apart
 * from 0 says basic or excitement; else that of penalty or reward says performance. With many attributes some intervals miss 0
 * by chance.
 *
 * @param data - Ratings of the attributes, row after row or a list for each, and the overall judgment.
 * @param options - `lowUpTo` and `highFrom` (required), `confidenceLevel`.
 * @returns Penalty, reward, asymmetry and kind of each attribute, with n and the dropped.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is no number within 1e100 of 0; `INVALID_ARGUMENT` when shapes
 * do not fit or the cuts are missing or cross.
 * @example
 * ```ts
 * import { penaltyReward } from "clientele";
 *
 * const data = {
 *   itemIds: ["clean"],
 *   values: [1, 1, 3, 3, 3, 5, 5, 5],
 *   overall: [2, 3, 6, 7, 8, 7, 8, 7.5],
 * };
 * const { attributes } = penaltyReward(data, { lowUpTo: 2, highFrom: 5 });
 * attributes[0]?.penalty.effect; // ~> -4.5
 * attributes[0]?.reward.effect; // ~> 0.5
 * attributes[0]?.kind; // => "basic"
 * ```
 */
export function penaltyReward(
  data: DriverRatings | DriverRatingLists,
  options: PenaltyRewardOptions,
): PenaltyRewardAnalysis {
  assertOptions(options, "{ lowUpTo, highFrom }");
  const { lowUpTo, highFrom } = options;
  assertFinite(lowUpTo, "options.lowUpTo");
  assertFinite(highFrom, "options.highFrom");
  assertArgument(
    highFrom > lowUpTo,
    "options.highFrom",
    () => `options.highFrom is ${highFrom}: pass a number above options.lowUpTo, ${lowUpTo}`,
  );
  const confidenceLevel = confidenceLevelOf(options);
  const ratings = completeRatings(data);
  const counts = ratings.columns.map((column) => countsOf(column, lowUpTo, highFrom));
  // A dummy that is the same for all says nothing and leaves the others as they are.
  const used = counts.flatMap(({ low, high }, i) =>
    [low, high].flatMap((count, side) => (count > 0 && count < ratings.n ? [2 * i + side] : [])),
  );
  const fitted = fitOf(ratings, dummiesOf(ratings, used, lowUpTo, highFrom));
  const effect = (weights: ReadonlyMap<number, number>) =>
    effectOf(fitted.fit, used, weights, confidenceLevel);
  const attributes = counts.map(({ low, high }, i): PenaltyReward => {
    const [penalty, reward] = [effect(new Map([[2 * i, 1]])), effect(new Map([[2 * i + 1, 1]]))];
    const asymmetry = effect(
      new Map([
        [2 * i, 1],
        [2 * i + 1, 1],
      ]),
    );
    return {
      ...{ id: ratings.itemIds[i], penalty, reward, asymmetry },
      kind: kindOf(penalty, reward, asymmetry),
      ...{ low, middle: ratings.n - low - high, high },
      reason: fitted.reason ?? contrastReason({ low, high }, ratings.n) ?? wholeReason(fitted.fit),
    };
  });
  return { attributes, n: ratings.n, dropped: ratings.dropped, rSquared: fitted.fit?.rSquared ?? null };
}

function fitOf(
  { overall, n }: CompleteRatings,
  dummies: Dummies,
): { readonly fit: LeastSquares | null; readonly reason: string | null } {
  const needed = dummies.width + 2;
  if (n < needed)
    return { fit: null, reason: `needs ${needed} respondents who answered everything, has ${n}` };
  if (isConstant(overall)) return { fit: null, reason: "overall never varies" };
  if (dummies.width === 0)
    return { fit: null, reason: "no rating is low or high beside another that is not" };
  const found = dummyLeastSquares(dummies, overall);
  const whole =
    "low and high ratings of the attributes depend on each other; an attribute that nobody rates between does it";
  return { fit: found, reason: found === null ? whole : null };
}

/** A sum of coefficients by their places in the design. */
function effectOf(
  fitted: LeastSquares | null,
  used: readonly number[],
  weights: ReadonlyMap<number, number>,
  confidenceLevel: number,
): RatingEffect {
  const places = [...weights.keys()].map((place) => used.indexOf(place));
  if (fitted === null || places.includes(-1))
    return { effect: null, standardError: null, interval: null, pValue: null };
  const { coefficients, covariance, degreesOfFreedom } = fitted;
  const summed = places.reduce((sum, i) => sum + coefficients[i], 0);
  // A penalty of 2.1 and a reward of 2.1 cancel, though their last digits may not.
  const effect = Math.abs(summed) > roundingOf(...coefficients) ? summed : 0;
  const variance = places.reduce((sum, i) => sum + places.reduce((row, j) => row + covariance[i][j], 0), 0);
  const standardError = Math.sqrt(Math.max(0, variance));
  const margin = -studentTQuantile((1 - confidenceLevel) / 2, degreesOfFreedom) * standardError;
  return {
    effect,
    standardError,
    interval: { lower: effect - margin, upper: effect + margin, confidenceLevel },
    pValue:
      standardError > 0
        ? Math.min(1, 2 * studentTCdf(-Math.abs(effect / standardError), degreesOfFreedom))
        : null,
  };
}

function kindOf(penalty: RatingEffect, reward: RatingEffect, asymmetry: RatingEffect): AttributeKind | null {
  if (penalty.interval === null || reward.interval === null || asymmetry.interval === null) return null;
  if (asymmetry.interval.upper < 0) return "basic";
  if (asymmetry.interval.lower > 0) return "excitement";
  return penalty.interval.upper < 0 || reward.interval.lower > 0 ? "performance" : "unclear";
}

function contrastReason(
  { low, high }: { readonly low: number; readonly high: number },
  n: number,
): string | null {
  if (low === 0 || low === n) return `penalty: ${low} of ${n} respondents rated it low`;
  if (high === 0 || high === n) return `reward: ${high} of ${n} respondents rated it high`;
  return null;
}

function wholeReason(fit: LeastSquares | null): string | null {
  return fit?.covariance[0]?.[0] === 0
    ? "pValue: low and high ratings explain the overall judgment wholly, nothing is left to chance"
    : null;
}

function countsOf(column: Float64Array, lowUpTo: number, highFrom: number) {
  let [low, high] = [0, 0];
  for (let row = 0; row < column.length; row++) {
    if (column[row] <= lowUpTo) low++;
    else if (column[row] >= highFrom) high++;
  }
  return { low, high };
}

/** Low ratings of attribute i are dummy 2i, high ones 2i + 1; of these the used ones, numbered anew. */
function dummiesOf(
  { columns, n }: CompleteRatings,
  used: readonly number[],
  lowUpTo: number,
  highFrom: number,
): Dummies {
  const placeOf = new Int32Array(2 * columns.length).fill(-1);
  for (const [place, dummy] of used.entries()) placeOf[dummy] = place;
  const starts = new Int32Array(n + 1);
  const places = new Uint16Array(n * columns.length);
  let filled = 0;
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < columns.length; i++) {
      const rating = columns[i][row];
      const place = rating <= lowUpTo ? placeOf[2 * i] : rating >= highFrom ? placeOf[2 * i + 1] : -1;
      if (place >= 0) places[filled++] = place;
    }
    starts[row + 1] = filled;
  }
  return { starts, places, width: used.length };
}
