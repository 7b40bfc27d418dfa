import {
  assertArgument,
  assertArray,
  assertFinite,
  assertInRange,
  assertOneOf,
  assertOptions,
  shown,
} from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { exactWeightedSum } from "./exact-quotient.js";
import { assertSchemeFacts, type SchemeFacts } from "./scheme-facts.js";
import {
  measuredScheme,
  type SchemeMeasures,
  type SchemeValueName,
  schemeValueNames,
} from "./scheme-values.js";

const MEASURES = {
  cash: ["bestRewardRate", "overallRewardRate"],
  redemption: ["rewardsInReach", "shareOfRewards", "shareOfCategories"],
  aspirational: ["experientialShare", "topReward"],
  relevance: ["periodsToFirstReward"],
  convenience: ["convenienceShare"],
} as const satisfies { readonly [Value in SchemeValueName]: readonly SchemeScale[Value]["measure"][] };

/** From which measure a value is read, and where its scores begin. */
export interface SchemeCuts<Measure extends string> {
  /** The measure. */
  readonly measure: Measure;
  /**
   * From poor to good: the score is 1 and one more for each cut that is reached, so four cuts make scores of 1 to 5. They
   * rise; for `periodsToFirstReward`, where fewer is better, they fall.
   */
  readonly cuts: readonly number[];
}

/** The scale of each of the five values, all of as many cuts. */
export interface SchemeScale {
  /** Money back for money spent. */
  readonly cash: SchemeCuts<"bestRewardRate" | "overallRewardRate">;
  /** What there is to choose from. */
  readonly redemption: SchemeCuts<"rewardsInReach" | "shareOfRewards" | "shareOfCategories">;
  /** What there is to dream of. */
  readonly aspirational: SchemeCuts<"experientialShare" | "topReward">;
  /** How near the first reward is. */
  readonly relevance: SchemeCuts<"periodsToFirstReward">;
  /** How little trouble it takes. */
  readonly convenience: SchemeCuts<"convenienceShare">;
}

/** How the five values are scored. */
export interface SchemeScoreOptions {
  /** Measure and cuts of each value. */
  readonly scale: SchemeScale;
  /** What each value counts for in the mean, zero or more, at least one above 0; default 1 each. */
  readonly weights?: Readonly<Record<SchemeValueName, number>>;
}

/** How good a scheme or a reward is in one of the five ways. */
export interface SchemeScore {
  /** The measure that it was read from. */
  readonly measure: keyof SchemeMeasures;
  /** That measure; `null` where it is undefined. */
  readonly value: number | null;
  /** 1 and one more for each cut that is reached; `null` where the measure is. */
  readonly score: number | null;
  /** What it counts for in the mean. */
  readonly weight: number;
  /** Why value and score are `null`; `null` where they are numbers. */
  readonly reason: string | null;
}

/** The five scores with their mean. */
export interface ScoredSchemeValues {
  /** The score in each of the five ways. */
  readonly scores: Readonly<Record<SchemeValueName, SchemeScore>>;
  /** Weighted mean of the scores: their weighted sum over the sum of the weights; `null` where a score that counts is. */
  readonly overall: Rate;
}

/** The five scores of a scheme and of its rewards. */
export interface SchemeScores extends ScoredSchemeValues {
  /** The scheme. */
  readonly schemeId: string;
  /** The best score that there is: cuts and 1. */
  readonly highestScore: number;
  /** What was measured. */
  readonly measures: SchemeMeasures;
  /** Each reward, in the order of the catalogue. */
  readonly rewards: readonly (ScoredSchemeValues & {
    /** The reward. */
    readonly rewardId: string;
    /** What was measured of it. */
    readonly measures: SchemeMeasures;
  })[];
}

/**
 * How good is a scheme in each of the five ways, on one scale, and overall?
 *
 * @param facts - The scheme: see {@link schemeValues}.
 * @param options - `scale`: your measure and cuts for each value; `weights`.
 * @returns Scores of the scheme and of each reward, with measures and weights, and their weighted means.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when cuts are out of order or of different numbers, or a fact is impossible.
 * @example
 * ```ts
 * import { schemeScores } from "clientele";
 *
 * const { scores, overall } = schemeScores(
 *   {
 *     id: "club",
 *     currency: "EUR",
 *     pointsPerPeriod: 200,
 *     spendPerPeriod: 200_00,
 *     periodsPerYear: 12,
 *     withinPeriods: 12,
 *     rewards: [{ id: "mug", category: "home", points: 500, value: 5_00 }],
 *     convenience: { earnsByItself: true, noMinimum: false, noClaimStep: false, anyChannel: true },
 *   },
 *   {
 *     scale: {
 *       cash: { measure: "bestRewardRate", cuts: [0.005, 0.02] },
 *       redemption: { measure: "rewardsInReach", cuts: [2, 5] },
 *       aspirational: { measure: "experientialShare", cuts: [0.1, 0.3] },
 *       relevance: { measure: "periodsToFirstReward", cuts: [12, 3] },
 *       convenience: { measure: "convenienceShare", cuts: [0.5, 1] },
 *     },
 *   },
 * );
 * [scores.cash.score, scores.relevance.score]; // => [2, 3]
 * overall; // => { value: 1.8, numerator: 9, denominator: 5, reason: null }
 * ```
 */
export function schemeScores(facts: SchemeFacts, options: SchemeScoreOptions): SchemeScores {
  assertSchemeFacts(facts, "facts");
  assertScoreOptions(options);
  return scoredScheme(facts, options);
}

/** The same of arguments that are checked already. @internal */
export function scoredScheme(facts: SchemeFacts, options: SchemeScoreOptions): SchemeScores {
  const { schemeId, measures, rewards } = measuredScheme(facts);
  return {
    schemeId,
    highestScore: options.scale.cash.cuts.length + 1,
    measures,
    ...scored(measures, options),
    rewards: rewards.map((reward) => ({ ...reward, ...scored(reward.measures, options) })),
  };
}

function scored(measures: SchemeMeasures, { scale, weights }: SchemeScoreOptions): ScoredSchemeValues {
  const scores = Object.fromEntries(
    schemeValueNames.map((name) => [name, scoreOf(measures, scale[name], weights?.[name] ?? 1)]),
  ) as Record<SchemeValueName, SchemeScore>;
  const counting = schemeValueNames.filter((name) => scores[name].weight > 0);
  const sumOf = (times: (name: SchemeValueName) => number) =>
    exactWeightedSum(counting.map((name) => ({ weight: scores[name].weight, times: times(name) })));
  const total = sumOf(() => 1);
  const unknown = counting.find((name) => scores[name].score === null);
  if (unknown !== undefined) {
    const reason = `${unknown}: ${scores[unknown].reason}`;
    return { scores, overall: { value: null, numerator: 0, denominator: total, reason } };
  }
  return {
    scores,
    overall: ratio(
      sumOf((name) => scores[name].score ?? 0),
      total,
      "weights",
    ),
  };
}

function scoreOf(
  measures: SchemeMeasures,
  { measure, cuts }: SchemeCuts<keyof SchemeMeasures>,
  weight: number,
): SchemeScore {
  const measured = measures[measure];
  if (typeof measured === "object" && "periods" in measured) {
    const { periods } = measured;
    return {
      measure,
      value: periods,
      score: 1 + cuts.filter((cut) => periods <= cut).length,
      weight,
      reason: null,
    };
  }
  const { value, reason } = typeof measured === "number" ? { value: measured, reason: null } : measured;
  const score = value === null ? null : 1 + cuts.filter((cut) => value >= cut).length;
  return { measure, value, score, weight, reason };
}

/** @internal */
export function assertScoreOptions(options: SchemeScoreOptions): void {
  assertOptions(options, "{ scale }: measure and cuts of each value");
  assertOptions(options.scale, `{ ${schemeValueNames.join(", ")} }`, "options.scale");
  const { scale, weights } = options;
  for (const name of schemeValueNames) {
    const path = `options.scale.${name}`;
    assertOptions(scale[name], "{ measure, cuts }", path);
    assertOneOf(scale[name].measure, `${path}.measure`, MEASURES[name]);
    assertCuts(scale[name].cuts, `${path}.cuts`, name === "relevance");
    assertArgument(
      scale[name].cuts.length === scale.cash.cuts.length,
      `${path}.cuts`,
      () =>
        `${path}.cuts holds ${scale[name].cuts.length} cuts and options.scale.cash.cuts ${scale.cash.cuts.length}: pass as many for each value, so that they share one scale`,
    );
  }
  if (weights === undefined) return;
  assertOptions(weights, `{ ${schemeValueNames.join(", ")} }`, "options.weights");
  let total = 0;
  for (const name of schemeValueNames) {
    assertInRange(weights[name], `options.weights.${name}`, 0, Number.MAX_SAFE_INTEGER);
    total += weights[name];
  }
  assertArgument(
    total > 0,
    "options.weights",
    () => "options.weights are all 0: give at least one value a weight",
  );
}

function assertCuts(cuts: readonly number[], path: string, isFalling: boolean): void {
  assertArray(cuts, path);
  assertArgument(cuts.length > 0, path, () => `${path} is empty: pass at least one cut`);
  for (const [i, cut] of cuts.entries()) {
    assertFinite(cut, `${path}[${i}]`);
    const before = cuts[i - 1];
    assertArgument(
      i === 0 || (isFalling ? cut < before : cut > before),
      `${path}[${i}]`,
      () =>
        `${path}[${i}] is ${shown(cut)} after ${shown(before)}: pass cuts that ${isFalling ? "fall" : "rise"}, from poor to good`,
    );
  }
}
