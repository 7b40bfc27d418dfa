import { fraction } from "../../core/fraction.js";
import { type Rate, ratio } from "../../core/rate.js";
import { roundQuotient } from "../../core/rounding.js";
import { safeIntegerOf, safeSum } from "../../core/safe-integer.js";
import { exactRatio } from "./exact-quotient.js";
import {
  assertSchemeFacts,
  type SchemeFacts,
  type SchemeReward,
  schemeConveniences,
} from "./scheme-facts.js";

/**
 * In which five ways is a scheme worth something to its members?
 *
 * `cash`: what the rewards are worth against the spend; `redemption`: the choice of rewards; `aspirational`: whether one
 * dreams of them; `relevance`: whether they can be reached; `convenience`: how easy it is to take part (O'Brien & Jones
 * 1995, who say choice and relevance; Buttle 2009 has redemption for choice).
 *
 * @example
 * ```ts
 * import { schemeValueNames } from "clientele";
 *
 * schemeValueNames; // => ["cash", "redemption", "aspirational", "relevance", "convenience"]
 * ```
 */
export const schemeValueNames = ["cash", "redemption", "aspirational", "relevance", "convenience"] as const;

/** One of the five; {@link schemeValueNames} lists them. */
export type SchemeValueName = (typeof schemeValueNames)[number];

/** How long until there are points enough. */
export interface PeriodsToReward {
  /** Whole periods, `points / pointsPerPeriod` rounded up. */
  readonly periods: number;
  /** Points of the reward. */
  readonly points: number;
  /** Points that are earned in a period. */
  readonly pointsPerPeriod: number;
}

/** What the five values are read from. */
export interface SchemeMeasures {
  /** Cash: value of the best reward within reach over the spend that earns it. */
  readonly bestRewardRate: Rate;
  /** Cash: value of all rewards within reach over the spend that earns them all. */
  readonly overallRewardRate: Rate;
  /** Redemption: how many rewards there are to choose from within reach. */
  readonly rewardsInReach: number;
  /** Redemption: of the rewards, those within reach. */
  readonly shareOfRewards: Rate;
  /** Redemption: of the categories, those with a reward within reach. */
  readonly shareOfCategories: Rate;
  /** Aspirational: of the rewards, those to be lived through. */
  readonly experientialShare: Rate;
  /** Aspirational: value of the most valuable reward over what the best reward rate brings in a year. */
  readonly topReward: Rate;
  /** Relevance: how long until the cheapest reward; fewer is better. */
  readonly periodsToFirstReward: PeriodsToReward;
  /** Convenience: of the conveniences, those that it has. */
  readonly convenienceShare: Rate;
}

/** The five values of one reward. */
export interface RewardValues {
  /** The reward. */
  readonly rewardId: string;
  /**
   * The same measures of this reward alone: what is within reach is what its points could buy instead, itself included; the
   * top reward is itself.
   */
  readonly measures: SchemeMeasures;
}

/** The five values of a scheme, as measured. */
export interface SchemeValues {
  /** The scheme. */
  readonly schemeId: string;
  /** Of the scheme. */
  readonly measures: SchemeMeasures;
  /** Of each reward, in the order of the catalogue. */
  readonly rewards: readonly RewardValues[];
}

/**
 * What is a loyalty scheme worth to its members, in the five ways of O'Brien & Jones (1995)?
 *
 * For a member of stated spend and earnings. What a reward is worth is its value less the cash to pay beside it. The spend
 * that earns a reward is `points x spendPerPeriod / pointsPerPeriod`. {@link schemeScores} puts the measures on one scale.
 *
 * @param facts - The scheme.
 * @returns The measures of the scheme and of each reward, every rate with what it was computed from.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a fact is missing or impossible.
 * @example
 * ```ts
 * import { schemeValues } from "clientele";
 *
 * const { measures } = schemeValues({
 *   id: "club",
 *   currency: "EUR",
 *   pointsPerPeriod: 200,
 *   spendPerPeriod: 200_00,
 *   periodsPerYear: 12,
 *   withinPeriods: 12,
 *   rewards: [
 *     { id: "mug", category: "home", points: 500, value: 5_00 },
 *     { id: "flight", category: "travel", points: 20_000, value: 300_00, isExperiential: true },
 *   ],
 *   convenience: { earnsByItself: true, noMinimum: false, noClaimStep: false, anyChannel: true },
 * });
 * measures.bestRewardRate; // => { value: 0.01, numerator: 500, denominator: 50000, reason: null }
 * measures.periodsToFirstReward.periods; // => 3
 * measures.shareOfCategories.value; // => 0.5
 * measures.topReward; // => { value: 12.5, numerator: 30000, denominator: 2400, reason: null }
 * ```
 */
export function schemeValues(facts: SchemeFacts): SchemeValues {
  assertSchemeFacts(facts, "facts");
  return measuredScheme(facts);
}

/** The same of facts that are checked already. @internal */
export function measuredScheme(facts: SchemeFacts): SchemeValues {
  const { rewards } = facts;
  const inReach = rewards.filter((reward) => periodsTo(reward.points, facts) <= facts.withinPeriods);
  const [first, ...others] = inReach;
  const best =
    first === undefined ? undefined : others.reduce((one, other) => betterOf(one, other, facts), first);
  const measuresOf = (own: readonly SchemeReward[], reached: readonly SchemeReward[]) => ({
    rewardsInReach: reached.length,
    shareOfRewards: ratio(reached.length, rewards.length, "rewards"),
    shareOfCategories: ratio(categories(reached), categories(rewards), "categories"),
    experientialShare: ratio(
      own.filter(({ isExperiential }) => isExperiential).length,
      own.length,
      "rewards",
    ),
    topReward: topRate(Math.max(...own.map(netValue)), best, facts),
    periodsToFirstReward: toReward(Math.min(...own.map(({ points }) => points)), facts),
  });
  return {
    schemeId: facts.id,
    measures: {
      bestRewardRate: overallRate(best === undefined ? [] : [best], facts),
      overallRewardRate: overallRate(inReach, facts),
      ...measuresOf(rewards, inReach),
      convenienceShare: convenienceOf(facts),
    },
    rewards: rewards.map((reward) => ({
      rewardId: reward.id,
      measures: {
        bestRewardRate: overallRate([reward], facts),
        overallRewardRate: overallRate([reward], facts),
        ...measuresOf(
          [reward],
          rewards.filter(({ points }) => points <= reward.points),
        ),
        convenienceShare: convenienceOf(facts, reward),
      },
    })),
  };
}

/** The later one only where its rate is higher. */
function betterOf(one: SchemeReward, other: SchemeReward, facts: SchemeFacts): SchemeReward {
  const rate = (reward: SchemeReward) => overallRate([reward], facts).value ?? 0;
  return rate(other) > rate(one) ? other : one;
}

function overallRate(rewards: readonly SchemeReward[], facts: SchemeFacts): Rate {
  const value = safeSum(rewards.map(netValue), "facts.rewards", "the value of the rewards");
  const points = safeSum(
    rewards.map((reward) => reward.points),
    "facts.rewards",
    "the points of the rewards",
  );
  const earned = fraction(facts.pointsPerPeriod, "facts.pointsPerPeriod");
  const spend = (points * facts.spendPerPeriod) / facts.pointsPerPeriod;
  return exactRatio(
    { numerator: value, denominator: spend },
    {
      above: BigInt(value) * earned.numerator,
      below: BigInt(points) * BigInt(facts.spendPerPeriod) * earned.denominator,
    },
    "spend for the rewards within reach",
  );
}

/** A reward's value over what the best reward brings in a year; its points over those of a year are how often that is. */
function topRate(value: number, best: SchemeReward | undefined, facts: SchemeFacts): Rate {
  const base = "cash value of a year";
  if (best === undefined) return ratio(value, 0, base);
  const earned = fraction(facts.pointsPerPeriod, "facts.pointsPerPeriod");
  const periods = fraction(facts.periodsPerYear, "facts.periodsPerYear");
  const worth = netValue(best);
  return exactRatio(
    { numerator: value, denominator: (worth * facts.pointsPerPeriod * facts.periodsPerYear) / best.points },
    {
      above: BigInt(value) * BigInt(best.points) * earned.denominator * periods.denominator,
      below: BigInt(worth) * earned.numerator * periods.numerator,
    },
    base,
  );
}

function netValue({ value, cash = 0 }: SchemeReward): number {
  return value - cash;
}

function categories(rewards: readonly SchemeReward[]): number {
  return new Set(rewards.map(({ category }) => category)).size;
}

function toReward(points: number, facts: SchemeFacts): PeriodsToReward {
  return { periods: periodsTo(points, facts), points, pointsPerPeriod: facts.pointsPerPeriod };
}

/** Exact: 3 points at 0.1 a period take 30 periods, whatever 3 / 0.1 is in binary. */
function periodsTo(points: number, { pointsPerPeriod }: SchemeFacts): number {
  const { numerator, denominator } = fraction(pointsPerPeriod, "facts.pointsPerPeriod");
  const periods = roundQuotient(BigInt(points) * denominator, numerator, "ceiling");
  return safeIntegerOf(periods, "facts.pointsPerPeriod", "the number of periods to a reward");
}

function convenienceOf(facts: SchemeFacts, reward?: SchemeReward): Rate {
  const checks = { ...facts.convenience, ...reward?.convenience };
  return ratio(
    schemeConveniences.filter((name) => checks[name]).length,
    schemeConveniences.length,
    "conveniences",
  );
}
