import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareSchemes } from "../../../src/loyalty/schemes/compare-schemes.js";
import type { SchemeFacts } from "../../../src/loyalty/schemes/scheme-facts.js";
import { type SchemeScoreOptions, schemeScores } from "../../../src/loyalty/schemes/scheme-scores.js";
import { schemeValueNames } from "../../../src/loyalty/schemes/scheme-values.js";
import { facts, scale } from "./scheme-setup.js";

describe("scores of 1 to 5, by hand", () => {
  const { scores, overall, highestScore, rewards } = schemeScores(facts, { scale });

  test("each value has 1 and one for each cut reached; a cut itself is reached", () => {
    // 0.012 passes 0.005 and 0.01; 3 rewards pass 1 and 3; 0.25 reaches 0.25; 5 months pass 24, 12 and 5; 0.75 three cuts.
    expect(schemeValueNames.map((name) => scores[name].score)).toEqual([3, 3, 3, 4, 4]);
    expect(highestScore).toBe(5);
  });
  test("the mean of equal weights is 17 / 5, and says so", () => {
    expect(overall).toEqual({ value: 3.4, numerator: 17, denominator: 5, reason: null });
    expect(scores.cash).toEqual({
      measure: "bestRewardRate",
      value: 0.012,
      score: 3,
      weight: 1,
      reason: null,
    });
  });
  test("with weights 4, 1, 1, 2, 2 it is (12 + 3 + 3 + 8 + 8) / 10", () => {
    const weights = { cash: 4, redemption: 1, aspirational: 1, relevance: 2, convenience: 2 };
    expect(schemeScores(facts, { scale, weights }).overall).toMatchObject({ numerator: 34, denominator: 10 });
  });
  test("the flight is lived (5) and never reached (1): 1.5 %, four rewards to choose from, 3 of 4 conveniences", () => {
    expect(schemeValueNames.map((name) => rewards[3]?.scores[name].score)).toEqual([3, 3, 5, 1, 4]);
  });
});

test("a cut is reached by a rate that is just as high, whatever points a period do to it in binary", () => {
  // 2.00 for 5 points, 3 points for 100.00: 2 x 3 / (5 x 100) = 0.012; 200 / (5 x 10000 / 3) is 0.011999... in binary.
  const rewards = [{ id: "a", category: "x", points: 5, value: 2_00 }];
  const cash = { measure: "bestRewardRate", cuts: [0.005, 0.01, 0.012, 0.05] } as const;
  const { scores } = schemeScores({ ...facts, pointsPerPeriod: 3, rewards }, { scale: { ...scale, cash } });
  expect(scores.cash).toMatchObject({ value: 0.012, score: 4 });
  // Of any decimal rate that the parts come to exactly.
  const whole = (max: number) => fc.integer({ min: 1, max });
  fc.assert(
    fc.property(whole(3_000), whole(60), whole(40), whole(99), (points, earned, hundreds, percent) => {
      // value = rate x points x spend / earned, in whole minor units: points in multiples of what is earned.
      const value = percent * points * hundreds;
      const exact = {
        ...facts,
        pointsPerPeriod: earned / 10,
        spendPerPeriod: hundreds * 100,
        withinPeriods: 1e6,
      };
      const reward = { id: "a", category: "x", points: points * earned, value: 10 * value };
      const { measures } = schemeScores({ ...exact, rewards: [reward] }, { scale });
      expect(measures.bestRewardRate.value).toBe(percent / 100);
      // One reward, so the top over a year's value is its points over those of a year: a quotient of whole numbers.
      expect(measures.topReward.value).toBe((10 * points) / 12);
    }),
  );
});

test("a score that is unknown makes the mean unknown, unless it counts for nothing", () => {
  const far = { ...facts, withinPeriods: 4 };
  const { scores, overall } = schemeScores(far, { scale });
  expect(scores.cash).toMatchObject({ value: null, score: null });
  expect(overall).toMatchObject({ value: null, reason: "cash: spend for the rewards within reach: 0" });
  const weights = { cash: 0, redemption: 1, aspirational: 1, relevance: 1, convenience: 1 };
  // Redemption 1 (no reward), aspirational 3, relevance 4, convenience 4.
  expect(schemeScores(far, { scale, weights }).overall).toMatchObject({ value: 3, numerator: 12 });
});

describe("schemes beside each other", () => {
  const [mug] = facts.rewards;
  const poor: SchemeFacts = { ...facts, id: "poor", rewards: mug ? [mug] : [] };
  const far: SchemeFacts = { ...facts, id: "far", withinPeriods: 4 };

  test("they are ranked by the mean, ties share a rank, the unknown come last", () => {
    const { schemes, best } = compareSchemes([far, poor, facts, { ...facts, id: "twin" }], { scale });
    expect(schemes.map(({ schemeId, rank }) => [schemeId, rank])).toEqual([
      ["club", 1],
      ["twin", 1],
      ["poor", 3],
      ["far", null],
    ]);
    expect(best.redemption).toEqual(["club", "twin"]);
    // The mug alone: 1 % reaches 0.01 as well, so the cash value is level.
    expect(best.cash).toEqual(["poor", "club", "twin"]);
    expect(schemes[2]?.behind).toEqual({
      cash: 0,
      redemption: 1,
      aspirational: 2,
      relevance: 0,
      convenience: 0,
    });
    expect(schemes[3]?.behind.cash).toBeNull();
  });

  test("relevance 1 and convenience 3 weigh .1 + .6 as 5 and 1 do, .5 + .2, though not in binary: one rank", () => {
    const member = (points: number, count: number): SchemeFacts => ({
      ...facts,
      id: `${points} points`,
      rewards: [{ id: "a", category: "x", points, value: 1 }],
      convenience: { earnsByItself: count > 0, noMinimum: count > 1, noClaimStep: false, anyChannel: false },
    });
    const weights = { cash: 0, redemption: 0, aspirational: 0, relevance: 0.1, convenience: 0.2 };
    // 2,500 points at 100 a period take 25 periods: score 1; 100 take one: score 5. Two conveniences of four: score 3.
    const { schemes } = compareSchemes([member(100, 0), member(2_500, 2)], { scale, weights });
    expect(schemes.map(({ scores }) => [scores.relevance.score, scores.convenience.score])).toEqual([
      [5, 1],
      [1, 3],
    ]);
    expect(schemes.map(({ rank }) => rank)).toEqual([1, 1]);
    expect(schemes.map(({ overall }) => overall.numerator)).toEqual([0.7, 0.7]);
  });

  test("a scheme twice is refused", () => {
    expect(() => compareSchemes([facts, facts], { scale })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "schemes[1].id" }),
    );
  });
});

test.each<[string, object, string]>([
  ["no scale", {}, "options.scale"],
  [
    "cuts that fall where more is better",
    { scale: { ...scale, cash: { measure: "bestRewardRate", cuts: [0.05, 0.02, 0.01, 0.005] } } },
    "options.scale.cash.cuts[1]",
  ],
  [
    "cuts that rise where fewer is better",
    { scale: { ...scale, relevance: { measure: "periodsToFirstReward", cuts: [1, 5, 12, 24] } } },
    "options.scale.relevance.cuts[1]",
  ],
  [
    "another number of cuts",
    { scale: { ...scale, redemption: { measure: "rewardsInReach", cuts: [1, 2] } } },
    "options.scale.redemption.cuts",
  ],
  [
    "the measure of another value",
    { scale: { ...scale, cash: { measure: "rewardsInReach", cuts: [1, 2, 3, 4] } } },
    "options.scale.cash.measure",
  ],
  [
    "no weight at all",
    { scale, weights: { cash: 0, redemption: 0, aspirational: 0, relevance: 0, convenience: 0 } },
    "options.weights",
  ],
  [
    "a negative weight",
    { scale, weights: { cash: -1, redemption: 1, aspirational: 1, relevance: 1, convenience: 1 } },
    "options.weights.cash",
  ],
])("%s is refused", (_, options, path) => {
  expect(() => schemeScores(facts, options as SchemeScoreOptions)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
  );
});
