import { describe, expect, test } from "vitest";
import { earnedPoints } from "../../../src/loyalty/earning/earned-points.js";
import { pointExpiry, slidingExpiry } from "../../../src/loyalty/earning/point-expiry.js";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import type { PointExpiry } from "../../../src/loyalty/program/expiry-rule.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { LoyaltyProgramDraft } from "../../../src/loyalty/program/program-draft.js";
import { base, counters, earn, noon, orderOf, pointsOf, programOf } from "../earning/earning-setup.js";

// Counters, levels, clocks and faults of earning.

const double: EarnRule = { id: "double", award: { per: "multiplier", factor: 2 } };
const zone = "America/New_York";

describe("counters", () => {
  test("of the points before multipliers begin anew with each month", () => {
    const caps = [{ points: 15, per: "month", binds: "beforeMultiplier" }] as const;
    const program = programOf([{ ...base, caps }, double]);
    const { counted, add } = counters();
    const given = [noon, noon, noon, Date.UTC(2025, 3, 1)].map((at) => {
      const earned = earn(program, orderOf([1000], { at }), { counted });
      add(earned);
      return earned.lots.reduce((sum, { points }) => sum + points, 0);
    });
    expect(given).toEqual([20, 10, 0, 20]);
  });
  test("for ever, before and after multipliers, have names of their own; what gives nothing counts nothing", () => {
    const caps = [
      { points: 12, per: "ever", binds: "beforeMultiplier" },
      { points: 30, per: "ever", binds: "afterMultiplier" },
    ] as const;
    const program = programOf([{ ...base, caps }, double]);
    const first = earn(program, orderOf([1000])).counted;
    expect(first.map(({ points }) => points)).toEqual([10, 20]);
    for (const { period } of first) expect(period).toContain("ever");
    expect(new Set(first.map(({ period }) => period)).size).toBe(2);
    expect(earn(program, orderOf([1000]), { counted: () => 99 }).counted).toEqual([]);
  });
  test("of a birthday go up by points, not by what is rounded to none", () => {
    const rule: EarnRule = {
      id: "birthday",
      award: { per: "amount", points: 1, amount: 100, partial: true },
      when: { birthday: { within: "month" } },
    };
    const of = (amount: number) =>
      earn(programOf([rule]), orderOf([amount]), { birthday: "1990-03-09" }).counted;
    expect(of(40)).toEqual([]);
    expect(of(140)).toEqual([{ ruleId: "birthday", period: "birthday:2025", points: 1 }]);
  });
  test("of caps do not ask for a birthday", () => {
    const caps = [{ points: 15, per: "ever", binds: "afterMultiplier" }] as const;
    const { counted } = earn(programOf([{ ...base, caps }]), orderOf([1000]), { birthday: "1990-03-05" });
    expect(counted).toHaveLength(1);
  });
  test("the week of a birthday on 1 January begins in the year before", () => {
    const rule: EarnRule = {
      id: "birthday",
      award: { per: "order", points: 5 },
      when: { birthday: { within: "week" } },
    };
    const on = (day: number) =>
      earn(programOf([rule]), orderOf([100], { at: Date.UTC(2025, 11, day) }), { birthday: "1990-01-01" })
        .counted;
    // Monday 29 December 2025 to Sunday 4 January 2026.
    expect(on(28)).toEqual([]);
    expect(on(29)).toEqual([{ ruleId: "birthday", period: "birthday:2026", points: 5 }]);
  });
});

describe("the level of an order", () => {
  const program = (
    measure: NonNullable<LoyaltyProgramDraft["tiers"]>["measure"],
    levelOfOrder: "after" | "split" = "after",
    more: Partial<LoyaltyProgramDraft> = {},
    multipliers = [1, 2],
  ) =>
    programOf([{ ...base, award: { per: "amount", points: 1, amount: 1 } }], {
      tiers: {
        levels: [
          { id: "basic", threshold: 0, multiplier: multipliers[0] },
          { id: "gold", threshold: 100, multiplier: multipliers[1] },
        ],
        measure,
        period: { kind: "ever" },
        downgrade: "none",
        levelOfOrder,
      },
      ...more,
    });
  const basic = { tier: "basic" };
  test("by points counts those that wait as well; by balance it does not", () => {
    const pointTypes = [{ id: "points", kind: "spendable", pendingFor: { days: 5 } }] as const;
    const by = (kind: "points" | "balance") =>
      pointsOf(program({ kind, pointType: "points" }, "after", { pointTypes }), orderOf([100]), basic);
    expect([by("points"), by("balance")]).toEqual([200, 100]);
  });
  test("by visits counts an order only where it is one, and what adds nothing lifts nobody", () => {
    const visits = program({ kind: "visits" });
    const at = (qualifying: number, visit: boolean) =>
      pointsOf(visits, orderOf([50], { visit }), { ...basic, qualifying });
    expect([at(99, true), at(99, false), at(98, true)]).toEqual([100, 50, 50]);
    // The count may be above the level, where the plan has changed since.
    expect(at(150, false)).toBe(50);
  });
  test("that the plan does not have multiplies nothing", () => {
    expect(pointsOf(program({ kind: "spend" }), orderOf([50]), { tier: "diamond" })).toBe(50);
  });
  test("asks for a whole count", () => {
    const half = () => earn(program({ kind: "spend" }), orderOf([50]), { ...basic, qualifying: 0.5 });
    expect(half).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path: "context.qualifying" }));
  });
  test.each([
    [[1, 1.5], "a share of the order"],
    [[0.5, 0.5], "the whole order"],
  ])("split beyond the exact integers with %j is an error", (multipliers, words) => {
    const split = program({ kind: "spend" }, "split", {}, multipliers);
    expect(() => earn(split, orderOf([Number.MAX_SAFE_INTEGER]), basic)).toThrow(
      expect.objectContaining({
        code: "UNSAFE_INTEGER",
        path: "context.qualifying",
        message: expect.stringContaining(words),
      }),
    );
  });
});

describe("conditions", () => {
  test("on levels are met by those levels alone", () => {
    const program = programOf([{ ...base, when: { tiers: ["gold"] } }], {
      tiers: {
        levels: ["basic", "gold"].map((id, i) => ({ id, threshold: i })),
        measure: { kind: "visits" },
        period: { kind: "ever" },
        downgrade: "none",
      },
    });
    const of = (tier: string | null) => pointsOf(program, orderOf([1000]), { tier });
    expect([of("gold"), of("basic"), of(null)]).toEqual([10, 0, 0]);
  });
  test("a programme in which nothing can be spent earns what counts", () => {
    const pointTypes = [{ id: "status", kind: "qualifying" }] as const;
    const program = programOf([{ ...base, pointType: "status" }], { pointTypes });
    expect(pointsOf(program, orderOf([1000]), {}, "status")).toBe(10);
  });
});

describe("by the clocks of New York", () => {
  // 7 March, 07:00 in winter time; on 9 March the clocks go forward.
  const at = Date.UTC(2025, 2, 7, 12);
  const program = (expiry: PointExpiry) =>
    programOf([base], {
      timeZone: zone,
      pointTypes: [{ id: "points", kind: "spendable", pendingFor: { days: 3 }, expiry }],
    });
  test("points wait whole days", () => {
    const { lots } = earn(program({ kind: "afterEarn", after: { days: 9 } }), orderOf([100], { at }));
    expect(lots[0]?.activeAt).toBe(Date.UTC(2025, 2, 10, 11));
  });
  test("activity lasts whole days, as do the first ones and the grace", () => {
    const sliding = (more: object) =>
      slidingExpiry(program({ kind: "afterActivity", after: { days: 3 }, ...more }), "points", at);
    expect(sliding({})).toBe(Date.UTC(2025, 2, 10, 11));
    // Midnight of 8 March and three days are midnight of 11 March, in summer time.
    expect(sliding({ since: "2025-03-08" })).toBe(Date.UTC(2025, 2, 11, 4));
    const graced = { kind: "fixedDate", on: "2025-03-08", grace: { days: 2 } } as const;
    expect(pointExpiry(program(graced), "points", at, at).expiresAt).toBe(Date.UTC(2025, 2, 10, 4));
  });
  test("periods end at local midnight, this one and those that follow", () => {
    const ends = (periods: number, when: number) =>
      pointExpiry(program({ kind: "periodEnd", period: "month", periods }), "points", when, when).expiresAt;
    expect([0, 1, 2].map((periods) => ends(periods, at))).toEqual([
      Date.UTC(2025, 3, 1, 4),
      Date.UTC(2025, 4, 1, 4),
      Date.UTC(2025, 5, 1, 4),
    ]);
  });
  test("of several types each has its own end, and the first instant of a month lies in it", () => {
    const types = [0, 1, 2].map((periods) => ({
      id: `type ${periods}`,
      kind: "spendable" as const,
      expiry: { kind: "periodEnd", period: "month", periods } as const,
    }));
    const months = programOf([], { pointTypes: types });
    const ends = (when: number) => types.map(({ id }) => pointExpiry(months, id, when, when).expiresAt);
    const monthEnds = (...of: readonly number[]) => of.map((month) => Date.UTC(2025, month, 1));
    expect(ends(noon)).toEqual(monthEnds(3, 4, 5));
    expect(ends(Date.UTC(2025, 3, 1))).toEqual(monthEnds(4, 5, 6));
    expect(ends(Date.UTC(2025, 3, 1) - 1)).toEqual(monthEnds(3, 4, 5));
  });
});

describe("faults are named by their field", () => {
  const raw = (change: Partial<LoyaltyProgram>): LoyaltyProgram => ({ ...programOf([base]), ...change });
  const withExpiry = (expiry: unknown) =>
    raw({ pointTypes: [{ id: "points", kind: "spendable", expiry: expiry as PointExpiry }] });
  const given = (program: LoyaltyProgram, more: object = {}) =>
    earnedPoints(program, orderOf([100], more), {
      tier: null,
      birthday: null,
      firstPurchase: false,
      qualifying: 0,
      counted: () => 0,
    });
  test.each([
    ["expiry.on", () => pointExpiry(withExpiry({ kind: "fixedDate", on: "soon" }), "points", 0, 0)],
    [
      "expiry.since",
      () =>
        slidingExpiry(withExpiry({ kind: "afterActivity", after: { days: 1 }, since: "soon" }), "points", 0),
    ],
    ["when.from", () => given(raw({ earnRules: [{ ...base, when: { from: "soon" } }] }))],
    ["when.until", () => given(raw({ earnRules: [{ ...base, when: { until: "soon" } }] }))],
    ["order.paidWithPoints", () => given(raw({}), { paidWithPoints: 0.5 })],
  ])("%s", (path, run) => {
    expect(run).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", path }));
  });
  test("an unknown type of point, with those that there are", () => {
    const types = ["points", "status"].map((id) => ({ id, kind: "spendable" as const }));
    expect(() => pointExpiry(raw({ pointTypes: types }), "miles", 0, 0)).toThrow(
      expect.objectContaining({ path: "pointType", message: expect.stringContaining('"points", "status"') }),
    );
  });
});
