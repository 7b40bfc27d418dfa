import { describe, expect, test } from "vitest";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";
import { base, earn, orderOf, pointsOf, programOf } from "./earning-setup.js";

const silver = [
  { id: "basic", threshold: 0 },
  { id: "silver", threshold: 1000, multiplier: 1.5 },
];

function program(
  levelOfOrder: TierPlan["levelOfOrder"],
  measure: TierPlan["measure"],
  levels: TierPlan["levels"] = silver,
  rules: readonly EarnRule[] = [base],
): LoyaltyProgram {
  return programOf(rules, {
    tiers: { levels, measure, period: { kind: "ever" }, downgrade: "none", levelOfOrder },
  });
}

describe("S8 upgrade mid-order: 950 qualifying, silver 1.5 times from 1,000, an order of 200 euros", () => {
  const context = { tier: "basic", qualifying: 950 };
  const points: TierPlan["measure"] = { kind: "points", pointType: "points" };
  test.each([
    ["start", 200],
    ["split", 275],
    ["after", 300],
  ] as const)("%s earns %i", (policy, expected) => {
    expect(pointsOf(program(policy, points), orderOf([20_000]), context)).toBe(expected);
    expect(pointsOf(program(policy, points), orderOf([12_000, 8000]), context)).toBe(expected);
  });
  test("by qualifying points of their own, which levels do not multiply", () => {
    const status: EarnRule = { ...base, id: "status", pointType: "status" };
    const both = programOf([base, status], {
      pointTypes: [
        { id: "points", kind: "spendable" },
        { id: "status", kind: "qualifying" },
      ],
      tiers: {
        levels: silver,
        measure: { kind: "points", pointType: "status" },
        period: { kind: "ever" },
        downgrade: "none",
        levelOfOrder: "split",
      },
    });
    expect(pointsOf(both, orderOf([20_000]), context)).toBe(275);
    expect(pointsOf(both, orderOf([20_000]), context, "status")).toBe(200);
  });
  test("by spend, visits and orders", () => {
    const spent = { tier: "basic", qualifying: 95_000 };
    const levels = [silver[0], { ...silver[1], threshold: 100_000 }];
    expect(pointsOf(program("split", { kind: "spend" }, levels), orderOf([20_000]), spent)).toBe(275);
    // One order or visit cannot be split: up to the threshold it is of the level before.
    for (const kind of ["orders", "visits"] as const) {
      const tenth = { tier: "basic", qualifying: 999 };
      expect(pointsOf(program("split", { kind }), orderOf([20_000]), tenth)).toBe(200);
      expect(pointsOf(program("after", { kind }), orderOf([20_000]), tenth)).toBe(300);
    }
  });
  test("by points at hand: those that wait do not lift", () => {
    const balance = (rules: readonly EarnRule[]) =>
      program("after", { kind: "balance", pointType: "points" }, silver, rules);
    expect(pointsOf(balance([base]), orderOf([20_000]), context)).toBe(300);
    expect(pointsOf(balance([{ ...base, pendingFor: { days: 14 } }]), orderOf([20_000]), context)).toBe(200);
  });
  test("split over two thresholds: 50 once, 100 times 1.5, 50 times 2.25", () => {
    const levels = [...silver, { id: "gold", threshold: 1100, multiplier: 2.25 }];
    const order = orderOf([20_000]);
    // 50 + 150 + 112.5
    expect(pointsOf(program("split", points, levels), order, context)).toBe(312);
    expect(pointsOf(program("after", points, levels), order, context)).toBe(450);
  });
  test("a threshold that is reached and not passed lifts after the order, and splits nothing", () => {
    const exactly = { tier: "basic", qualifying: 800 };
    expect(pointsOf(program("split", points), orderOf([20_000]), exactly)).toBe(200);
    expect(pointsOf(program("after", points), orderOf([20_000]), exactly)).toBe(300);
    const below = { tier: "basic", qualifying: 799 };
    expect(pointsOf(program("after", points), orderOf([20_000]), below)).toBe(200);
  });
  test("a level given by hand is kept, whatever is counted", () => {
    for (const policy of ["start", "split", "after"] as const) {
      expect(pointsOf(program(policy, points), orderOf([20_000]), { tier: "silver", qualifying: 0 })).toBe(
        300,
      );
    }
  });
  test("a member below the lowest level rises too", () => {
    const levels = [{ id: "silver", threshold: 1000, multiplier: 1.5 }];
    expect(
      pointsOf(program("split", points, levels), orderOf([20_000]), { tier: null, qualifying: 950 }),
    ).toBe(275);
  });
  test("the level multiplies amounts, units and orders, not visits and events", () => {
    const rules: EarnRule[] = [
      { id: "u", award: { per: "unit", points: 10 } },
      { id: "o", award: { per: "order", points: 100 } },
      { id: "v", award: { per: "visit", points: 1000 } },
      { id: "e", award: { per: "event", event: "x", points: 10_000 } },
    ];
    const order = orderOf([20_000], { event: "x" });
    expect(pointsOf(program("start", points, silver, rules), order, { tier: "silver" })).toBe(
      11_000 + 150 + 15,
    );
  });
  test("level and multiplier together are rounded once: 33 x 1.5 x 1.5 = 74.25", () => {
    const rules: EarnRule[] = [base, { id: "m", award: { per: "multiplier", factor: 1.5 } }];
    const { lots } = earn(program("start", points, silver, rules), orderOf([3300]), { tier: "silver" });
    // 49.5 with the level: 49 are the rule's.
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 49 },
      { ruleId: "m", points: 25 },
    ]);
  });
});

describe("S7 tier thresholds 0 / 10,000 / 20,000, this order counted (ERPNext)", () => {
  const levels = [
    { id: "Bronze", threshold: 0, multiplier: 1 },
    { id: "Silver", threshold: 10_000, multiplier: 2 },
    { id: "Gold", threshold: 20_000, multiplier: 3 },
  ];
  // The multiplier that the order earns with tells the tier.
  const rule: EarnRule = { id: "one", award: { per: "order", points: 1 } };
  const after = program("after", { kind: "spend" }, levels, [rule]);
  test.each([
    [0, 6000, "Bronze"],
    [0, 15_000, "Silver"],
    [0, 25_000, "Gold"],
    [4000, 500, "Bronze"],
    [8000, 3000, "Silver"],
    [18_000, 3000, "Gold"],
    [22_000, 5000, "Gold"],
    // On the boundary: at least, not above.
    [0, 10_000, "Silver"],
    [0, 9999, "Bronze"],
  ])("spent %i, order %i: %s", (qualifying, amount, tier) => {
    const before = levels.findLast(({ threshold }) => qualifying >= threshold)?.id ?? null;
    const factor = levels.find(({ id }) => id === tier)?.multiplier;
    expect(pointsOf(after, orderOf([amount]), { tier: before, qualifying })).toBe(factor);
  });
});
