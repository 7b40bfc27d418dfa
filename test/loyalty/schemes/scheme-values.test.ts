import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import type { SchemeFacts } from "../../../src/loyalty/schemes/scheme-facts.js";
import { schemeValues } from "../../../src/loyalty/schemes/scheme-values.js";
import { facts } from "./scheme-setup.js";

describe("the five values of a scheme, worked by hand", () => {
  const { measures, rewards } = schemeValues(facts);

  test("cash: the best rate within reach is the voucher's, 12.00 for 1,000.00", () => {
    expect(measures.bestRewardRate).toEqual({
      value: 0.012,
      numerator: 12_00,
      denominator: 1_000_00,
      reason: null,
    });
  });
  test("cash: all within reach give 5 + 12 + 6 for a spend of 500 + 1,000 + 1,200", () => {
    expect(measures.overallRewardRate).toMatchObject({ numerator: 23_00, denominator: 2_700_00 });
  });
  test("redemption: three of four rewards, two of three categories", () => {
    expect(measures.rewardsInReach).toBe(3);
    expect(measures.shareOfRewards.value).toBe(0.75);
    expect(measures.shareOfCategories).toMatchObject({ numerator: 2, denominator: 3 });
  });
  test("aspirational: one of four is lived; the flight is worth 300.00, a year brings 1,200.00 x 1.2 % = 14.40", () => {
    expect(measures.experientialShare.value).toBe(0.25);
    expect(measures.topReward).toMatchObject({ numerator: 300_00, denominator: 14_40 });
  });
  test("relevance: 500 points at 100 a month take 5 months; convenience: 3 of 4", () => {
    expect(measures.periodsToFirstReward).toEqual({ periods: 5, points: 500, pointsPerPeriod: 100 });
    expect(measures.convenienceShare.value).toBe(0.75);
  });
  test("each reward by itself: what its points could buy instead, its own periods, its own conveniences", () => {
    const bag = rewards[2];
    expect(bag).toMatchObject({
      rewardId: "bag",
      measures: {
        bestRewardRate: { numerator: 6_00, denominator: 1_200_00 },
        rewardsInReach: 3,
        shareOfCategories: { numerator: 2, denominator: 3 },
        experientialShare: { value: 0 },
        topReward: { numerator: 6_00, denominator: 14_40 },
        periodsToFirstReward: { periods: 12 },
        convenienceShare: { numerator: 2, denominator: 4 },
      },
    });
    expect(rewards[3]?.measures).toMatchObject({
      experientialShare: { value: 1 },
      periodsToFirstReward: { periods: 200 },
    });
  });
});

test("a point more than a whole number of periods takes one period more; fractions of a point a period are exact", () => {
  const periods = (points: number, pointsPerPeriod: number) =>
    schemeValues({ ...facts, pointsPerPeriod, rewards: [{ id: "a", category: "x", points, value: 1 }] })
      .measures.periodsToFirstReward.periods;
  expect([periods(500, 100), periods(501, 100), periods(499, 100)]).toEqual([5, 6, 5]);
  // In binary 0.7 x 3 is below 2.1, and 21 / 0.7 is not to become 31; 1 / 0.1 and 3 / 0.1 come out whole.
  expect([periods(21, 0.7), periods(1, 0.1), periods(3, 0.1), periods(6, 0.6)]).toEqual([30, 10, 30, 10]);
});

test("without a reward within reach the cash value is undefined and says why; the choice is 0", () => {
  const { measures } = schemeValues({ ...facts, withinPeriods: 4 });
  expect(measures.rewardsInReach).toBe(0);
  expect(measures.bestRewardRate).toMatchObject({
    value: null,
    reason: "spend for the rewards within reach: 0",
  });
  expect(measures.topReward.value).toBeNull();
});

test("in another unit of money the measures are the same", () => {
  const amounts = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(amounts, amounts), { minLength: 1, maxLength: 6 }),
      amounts,
      (given, spend) => {
        const of = (times: number): SchemeFacts => ({
          ...facts,
          spendPerPeriod: spend * times,
          rewards: given.map(([points, value], i) => ({
            id: `${i}`,
            category: "x",
            points,
            value: value * times,
          })),
        });
        const one = schemeValues(of(1)).measures;
        const hundred = schemeValues(of(100)).measures;
        expect(hundred.rewardsInReach).toBe(one.rewardsInReach);
        for (const name of ["bestRewardRate", "overallRewardRate", "topReward"] as const) {
          // Two roundings of a double: the relative difference stays below 1e-14.
          if (one[name].value === null) expect(hundred[name].value).toBeNull();
          else expect((hundred[name].value ?? 0) / (one[name].value || 1)).toBeCloseTo(1, 12);
        }
      },
    ),
  );
});

test.each<[string, object, string, string]>([
  ["no rewards", { rewards: [] }, "facts.rewards", "empty"],
  ["no points earned", { pointsPerPeriod: 0 }, "facts.pointsPerPeriod", "0"],
  [
    "more points than can be counted",
    { pointsPerPeriod: 2 ** 53 },
    "facts.pointsPerPeriod",
    "9007199254740992",
  ],
  ["a year of more periods than can be counted", { periodsPerYear: 1e308 }, "facts.periodsPerYear", "1e+308"],
  ["half a minor unit", { spendPerPeriod: 0.5 }, "facts.spendPerPeriod", "0.5"],
  ["a reward twice", { rewards: [facts.rewards[0], facts.rewards[0]] }, "facts.rewards[1].id", "mug"],
  ["cash above the value", { rewards: [{ ...facts.rewards[0], cash: 501 }] }, "facts.rewards[0].cash", "501"],
  [
    "an unknown convenience",
    { convenience: { ...facts.convenience, isFree: true } },
    "facts.convenience.isFree",
    "isFree",
  ],
  [
    "a convenience left open",
    { convenience: { noMinimum: true } },
    "facts.convenience.earnsByItself",
    "undefined",
  ],
])("%s is refused", (_, wrong, path, named) => {
  const call = () => schemeValues({ ...facts, ...wrong } as SchemeFacts);
  expect(call).toThrow(ClienteleError);
  expect(call).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path }));
  expect(call).toThrow(named);
});
