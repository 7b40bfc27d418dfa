import { describe, expect, test } from "vitest";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import { base, counters, earn, noon, orderOf, pointsOf, programOf } from "./earning-setup.js";

const double: EarnRule = { id: "double", award: { per: "multiplier", factor: 2 } };

describe("S18 cap, multiplier, rounding", () => {
  const capped = (binds: "beforeMultiplier" | "afterMultiplier"): EarnRule => ({
    ...base,
    caps: [{ points: 500, per: "order", binds }],
  });
  test("400 euros, a point for each, doubled, cap 500: 500 when the cap comes last, 800 when it is on the base", () => {
    expect(pointsOf(programOf([capped("afterMultiplier"), double]), orderOf([40_000]))).toBe(500);
    expect(pointsOf(programOf([capped("beforeMultiplier"), double]), orderOf([40_000]))).toBe(800);
    expect(pointsOf(programOf([capped("beforeMultiplier"), double]), orderOf([60_000]))).toBe(1000);
  });
  test("6.66 + 6.66 + 6.67, times 1.5: 29 per order, 28 per line", () => {
    const rules: EarnRule[] = [
      { id: "base", award: { per: "amount", points: 1, amount: 100, partial: true } },
      { id: "m", award: { per: "multiplier", factor: 1.5 } },
    ];
    const order = orderOf([666, 666, 667]);
    expect(pointsOf(programOf(rules), order)).toBe(29);
    const perLine = earn(programOf(rules, { roundingPer: "line" }), order);
    expect(perLine.lots[0]?.points).toBe(28);
    expect(perLine.lines.map(({ points }) => points.points)).toEqual([9, 9, 10]);
  });
  test("line by line, no multiplier makes more of fractions above the cap: two lines of 1.5, cap 2, doubled", () => {
    const half: EarnRule = {
      id: "half",
      award: { per: "amount", points: 1, amount: 100, partial: true },
      caps: [{ points: 2, per: "order", binds: "beforeMultiplier" }],
    };
    for (const roundingPer of ["order", "line"] as const)
      expect(pointsOf(programOf([half, double], { roundingPer }), orderOf([150, 150]))).toBe(4);
    // Below the cap fractions count: 0.9 + 0.9 doubled is 1.8 a line.
    expect(pointsOf(programOf([half, double], { roundingPer: "line" }), orderOf([90, 90]))).toBe(2);
  });
  test("4 x 1.5 = 6 and 5 x 3 = 15 (Square)", () => {
    const times = (points: number, factor: number) =>
      pointsOf(
        programOf([
          { id: "r", award: { per: "order", points } },
          { id: "m", award: { per: "multiplier", factor } },
        ]),
        orderOf([100]),
      );
    expect([times(4, 1.5), times(5, 3)]).toEqual([6, 15]);
  });
  test("the same by each rounding mode: 19.99 x 1.5 = 29.985", () => {
    const rules: EarnRule[] = [
      { id: "base", award: { per: "amount", points: 1, amount: 100, partial: true } },
      { id: "m", award: { per: "multiplier", factor: 1.5 } },
    ];
    const by = (rounding: "up" | "ceiling" | "halfUp" | "halfDown" | "halfEven" | "down" | "floor") =>
      pointsOf(programOf(rules, { rounding }), orderOf([1999]));
    expect([by("up"), by("ceiling"), by("halfUp"), by("halfDown"), by("halfEven")]).toEqual([
      30, 30, 30, 30, 30,
    ]);
    expect([by("down"), by("floor")]).toEqual([29, 29]);
  });
});

describe("multipliers", () => {
  test("only what the same lines earned is multiplied", () => {
    const wine: EarnRule = { ...double, when: { categories: ["wine"] } };
    const order = orderOf([{ amount: 6000, category: "wine" }, { amount: 5000, category: "bread" }, 500]);
    // Whole steps of the order, 115, in proportion: 115 x 60/115 for the wine.
    const { lots, lines } = earn(programOf([base, wine]), order);
    expect(lots[0]?.points).toBe(175);
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 115 },
      { ruleId: "double", points: 60 },
    ]);
    expect(lines.map(({ points }) => points.points)).toEqual([120, 50, 5]);
  });
  test("of one priority they add up, of a higher one they compound", () => {
    const triple: EarnRule = { id: "triple", award: { per: "multiplier", factor: 3 } };
    expect(pointsOf(programOf([base, double, triple]), orderOf([1000]))).toBe(40);
    expect(pointsOf(programOf([base, double, { ...triple, priority: 1 }]), orderOf([1000]))).toBe(60);
    const { lots } = earn(programOf([base, double, { ...triple, priority: 1 }]), orderOf([1000]));
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 10 },
      { ruleId: "double", points: 10 },
      { ruleId: "triple", points: 40 },
    ]);
  });
  test("rules of a higher priority, visits and events are left as they are", () => {
    const rules: EarnRule[] = [
      base,
      { id: "bonus", award: { per: "order", points: 100 }, priority: 1 },
      { id: "visit", award: { per: "visit", points: 7 } },
      { id: "event", award: { per: "event", event: "review", points: 3 } },
      double,
    ];
    expect(pointsOf(programOf(rules), orderOf([1000], { event: "review" }))).toBe(20 + 100 + 7 + 3);
  });
  test("a factor below 1 takes away, and never below nothing", () => {
    const half: EarnRule = { id: "half", award: { per: "multiplier", factor: 0.5 } };
    const { lots } = earn(programOf([base, half]), orderOf([1000]));
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 10 },
      { ruleId: "half", points: -5 },
    ]);
    const none: EarnRule = { id: "none", award: { per: "multiplier", factor: 0 } };
    expect(pointsOf(programOf([base, half, none]), orderOf([1000]))).toBe(0);
  });
  test("the best of a group, the earlier where two give the same", () => {
    const best = (id: string, factor: number): EarnRule => ({
      id,
      award: { per: "multiplier", factor },
      stacking: "best",
      group: "campaigns",
    });
    const { lots } = earn(
      programOf([base, best("two", 2), best("three", 3), best("three too", 3)]),
      orderOf([1000]),
    );
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 10 },
      { ruleId: "three", points: 20 },
    ]);
  });
  test("a cap of a multiplier bounds what it adds, over all rules", () => {
    const unit: EarnRule = { id: "unit", award: { per: "unit", points: 30 } };
    const limited: EarnRule = { ...double, caps: [{ points: 8, per: "order", binds: "beforeMultiplier" }] };
    const { lots, lines } = earn(programOf([base, unit, limited]), orderOf([1000]));
    // 10 and 30 points: 8 more in the same proportion.
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 10 },
      { ruleId: "double", points: 8 },
      { ruleId: "unit", points: 30 },
    ]);
    expect(lines[0]?.points).toEqual({ points: 48 });
  });
  test("an exclusive multiplier leaves its lines to no later one of its group", () => {
    const wine: EarnRule = {
      id: "wine",
      award: { per: "multiplier", factor: 3 },
      when: { categories: ["wine"] },
      stacking: "exclusive",
      priority: 5,
    };
    const order = orderOf([{ amount: 1000, category: "wine" }, 1000]);
    expect(pointsOf(programOf([base, double, wine]), order)).toBe(30 + 20);
    expect(pointsOf(programOf([base, double, { ...wine, group: "own" }]), order)).toBe(60 + 20);
  });
});

describe("stacking of rules", () => {
  const wine: EarnRule = {
    id: "wine",
    award: { per: "amount", points: 5, amount: 100 },
    when: { categories: ["wine"] },
    priority: 1,
  };
  const order = orderOf([{ amount: 1000, category: "wine" }, 3000]);
  test("add: beside each other", () => expect(pointsOf(programOf([base, wine]), order)).toBe(90));
  test("exclusive: its lines are gone for later rules of the group", () => {
    expect(pointsOf(programOf([base, { ...wine, stacking: "exclusive" }]), order)).toBe(50 + 30);
    expect(pointsOf(programOf([base, { ...wine, stacking: "exclusive", group: "wines" }]), order)).toBe(90);
    // Without its priority it comes after the base rule, and excludes nothing before it.
    expect(pointsOf(programOf([base, { ...wine, stacking: "exclusive", priority: 0 }]), order)).toBe(90);
  });
  test("exclusive: a later rule still counts all its lines towards its minimum", () => {
    const late: EarnRule = { ...base, when: { minimumAmount: 4000 } };
    expect(pointsOf(programOf([late, { ...wine, stacking: "exclusive" }]), order)).toBe(50 + 30);
  });
  test("exclusive: a visit or event without lines is given to once", () => {
    const visit = (id: string): EarnRule => ({
      id,
      award: { per: "visit", points: 4 },
      stacking: "exclusive",
    });
    expect(pointsOf(programOf([visit("a"), visit("b")]), orderOf([], { visit: true }))).toBe(4);
  });
  test("exclusive: a rule that gives nothing excludes nothing", () => {
    const large: EarnRule = {
      id: "large",
      award: { per: "amount", points: 900, amount: 100_000 },
      priority: 1,
    };
    expect(pointsOf(programOf([base, { ...large, stacking: "exclusive" }]), order)).toBe(40);
  });
  test("best: only the one that gives most; rules that add stay beside it", () => {
    const best = (id: string, points: number): EarnRule => ({
      id,
      award: { per: "order", points },
      stacking: "best",
    });
    const { lots } = earn(programOf([base, best("a", 10), best("b", 30), best("c", 30)]), order);
    expect(lots[0]?.rules).toEqual([
      { ruleId: "base", points: 40 },
      { ruleId: "b", points: 30 },
    ]);
  });
  test("S7b below the lowest tier: 1 per 1000 from 100,000, 1 per 900 from 300,000", () => {
    const rate = (id: string, amount: number, minimumAmount: number, priority: number): EarnRule => ({
      id,
      award: { per: "amount", points: 1, amount },
      when: { minimumAmount },
      stacking: "exclusive",
      priority,
    });
    const program = programOf([rate("low", 1000, 100_000, 0), rate("high", 900, 300_000, 1)]);
    expect([196_000, 20_000, 300_000].map((amount) => pointsOf(program, orderOf([amount])))).toEqual([
      196, 0, 333,
    ]);
  });
});

describe("caps of periods", () => {
  const day = 86_400_000;
  const capped = (per: "day" | "week" | "month" | "quarter" | "halfYear" | "year" | "ever"): EarnRule => ({
    ...base,
    caps: [{ points: 15, per, binds: "afterMultiplier" }],
  });
  /** Orders of 10 euros at these days after Wednesday 2025-03-05: what each earns. */
  function earnedOn(rule: EarnRule, days: readonly number[]): number[] {
    const { counted, add } = counters();
    return days.map((after) => {
      const earned = earn(programOf([rule]), orderOf([1000], { at: noon + after * day }), { counted });
      add(earned);
      return earned.lots.reduce((sum, { points }) => sum + points, 0);
    });
  }
  test.each([
    ["day", [0, 0, 0, 1], [10, 5, 0, 10]],
    // Sunday 9 March, Monday 10 March.
    ["week", [0, 4, 4, 5], [10, 5, 0, 10]],
    ["month", [0, 26, 26, 27], [10, 5, 0, 10]],
    ["quarter", [0, 26, 26, 27], [10, 5, 0, 10]],
    // 30 June and 1 July.
    ["halfYear", [0, 117, 117, 118], [10, 5, 0, 10]],
    // 31 December and 1 January.
    ["year", [0, 301, 301, 302], [10, 5, 0, 10]],
    ["ever", [0, 400, 800, 1200], [10, 5, 0, 0]],
  ] as const)("per %s", (per, days, expected) => expect(earnedOn(capped(per), days)).toEqual(expected));

  test("a day is one of the programme's zone", () => {
    const program = programOf([capped("day")], { timeZone: "Asia/Jakarta" });
    const at = Date.UTC(2025, 2, 5, 17); // 6 March 00:00 in Jakarta
    expect(earn(program, orderOf([1000], { at })).counted[0]?.period).toBe("2025-03-06");
    expect(earn(program, orderOf([1000], { at: at - 1 })).counted[0]?.period).toBe("2025-03-05");
  });
  test("two caps of one period, on the base and on the whole, count apart", () => {
    const rule: EarnRule = {
      ...base,
      caps: [
        { points: 12, per: "month", binds: "beforeMultiplier" },
        { points: 30, per: "month", binds: "afterMultiplier" },
      ],
    };
    const program = programOf([rule, double]);
    const { counted, add } = counters();
    const given = [1000, 1000, 1000].map((amount) => {
      const earned = earn(program, orderOf([amount]), { counted });
      add(earned);
      return earned.lots.reduce((sum, { points }) => sum + points, 0);
    });
    // 10 doubled; then 2 are left of the base: 4; then none.
    expect(given).toEqual([20, 4, 0]);
  });
  test("a cap cuts first what was added last, and counts what is left", () => {
    const rule: EarnRule = { ...base, caps: [{ points: 13, per: "day", binds: "afterMultiplier" }] };
    const earned = earn(programOf([rule, double]), orderOf([500, 500]));
    expect(earned.lots[0]?.rules).toEqual([
      { ruleId: "base", points: 10 },
      { ruleId: "double", points: 3 },
    ]);
    expect(earned.counted).toEqual([{ ruleId: "base", period: "2025-03-05", points: 13 }]);
    expect(earned.lines.map(({ points }) => points.points)).toEqual([7, 6]);
  });
  test("per line too, a cap leaves whole points that come to it", () => {
    const rule: EarnRule = { ...base, caps: [{ points: 7, per: "order", binds: "beforeMultiplier" }] };
    const earned = earn(programOf([rule], { roundingPer: "line" }), orderOf([590, 590]));
    expect(earned.lots[0]?.points).toBe(7);
    expect(earned.lines.map(({ points }) => points.points)).toEqual([4, 3]);
  });
});
