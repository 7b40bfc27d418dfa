import { describe, expect, test } from "vitest";
import { promotionLift, salesOverBaseline } from "../../../src/loyalty/schemes/promotion-effect.js";
import { promotionStats } from "../../../src/loyalty/schemes/promotion-stats.js";
import { newcombeInterval } from "../../../src/statistics/newcombe-interval.js";
import { day, promotion } from "./promotion-setup.js";

describe("against a control group", () => {
  const treatment = { successes: 56, trials: 70 };
  const control = { successes: 48, trials: 80 };

  test("56 of 70 against 48 of 80: 42 would have bought, 14 more did; Newcombe (1998) gives 0.0524 to 0.3339 of 70", () => {
    const lift = promotionLift(treatment, control);
    expect(lift).toMatchObject({ basis: "control", observed: 56, reason: null });
    expect(lift.expected).toBeCloseTo(42, 12);
    expect(lift.incremental).toBeCloseTo(14, 12);
    // Published to four digits.
    expect((lift.interval?.lower ?? 0) / 70).toBeCloseTo(0.0524, 4);
    expect((lift.interval?.upper ?? 0) / 70).toBeCloseTo(0.3339, 4);
  });
  test("3 units a buyer make it three times as many; the level is the caller's", () => {
    const lift = promotionLift(treatment, control, { unitsPerBuyer: 3, confidenceLevel: 0.9 });
    expect(lift.incremental).toBeCloseTo(42, 12);
    const { upper } = newcombeInterval(treatment, control, { confidenceLevel: 0.9 });
    expect(lift.interval).toMatchObject({ upper: upper * 210, confidenceLevel: 0.9 });
  });
  test("without a control group nothing is known", () => {
    expect(promotionLift(treatment, { successes: 0, trials: 0 })).toMatchObject({
      expected: null,
      incremental: null,
      interval: null,
      reason: "trials of control: 0",
    });
  });
});

describe("against what was sold before", () => {
  test("the interval is the t interval of new periods: R, predict(lm(x ~ 1), interval = 'prediction') for one", () => {
    // x = 100, 110, 90: mean 100, s = 10, t(0.975, 2) = 4.30265273; a new one lies within 10 sqrt(1 + 1/3) t of it.
    const { incremental, interval } = salesOverBaseline({ before: [100, 110, 90], during: [160] });
    expect(incremental).toBe(60);
    const margin = 4.30265273 * 10 * Math.sqrt(4 / 3);
    expect(interval?.lower).toBeCloseTo(60 - margin, 6);
    expect(interval?.upper).toBeCloseTo(60 + margin, 6);
  });
  test("the dip after it is taken off, and widens the interval", () => {
    const alone = salesOverBaseline({ before: [100, 110, 90], during: [160, 150] });
    const dipped = salesOverBaseline({ before: [100, 110, 90], during: [160, 150], after: [80, 90] });
    expect([alone.incremental, dipped.incremental]).toEqual([110, 80]);
    const width = (one: typeof alone) => (one.interval?.upper ?? 0) - (one.interval?.lower ?? 0);
    // Var 2 + 4/3 against 4 + 16/3.
    expect(width(dipped) / width(alone)).toBeCloseTo(Math.sqrt(28 / 10), 10);
  });
  test("periods before that are all alike show no spread either, and no certainty", () => {
    expect(salesOverBaseline({ before: [100, 100, 100], during: [160] })).toMatchObject({
      incremental: 60,
      interval: null,
      reason: "interval: all 3 periods before sold the same, which shows no spread",
    });
  });
  test("one period before shows no spread", () => {
    expect(salesOverBaseline({ before: [100], during: [160] })).toMatchObject({
      incremental: 60,
      interval: null,
      reason: "interval: one period before shows no spread, it needs 2",
    });
  });
  test.each<[object, string]>([
    [{ before: [], during: [1] }, "sales.before"],
    [{ before: [1], during: [] }, "sales.during"],
    [{ before: [1], during: [1.5] }, "sales.during[0]"],
    [{ before: [1], during: [1], after: [-1] }, "sales.after[0]"],
  ])("%j is refused", (sales, path) => {
    expect(() => salesOverBaseline(sales as { before: number[]; during: number[] })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
    );
  });
});

describe("the whole report", () => {
  const counts = { distributed: 10_000, claims: 1_500 };
  const effect = salesOverBaseline({ before: [5_900, 6_100], during: [10_000] });
  const budgeted = promotion({ limits: { budget: 2_500_00 } });

  test("dearer than planned by 300 claims of 2.00, over the budget by 500.00, and 4,000 units of 1.50 pay it back", () => {
    const stats = promotionStats(budgeted, counts, { asOf: day(70), effect, unitMargin: 1_50 });
    expect(stats).toMatchObject({
      promotionId: "spring",
      status: "running",
      isFinal: true,
      cost: { net: 3_000_00 },
      expectedCost: { net: 2_400_00 },
      costOverExpected: 600_00,
      budgetLeft: -500_00,
      incrementalMargin: 6_000_00,
      roi: { value: 1, numerator: 3_000_00, denominator: 3_000_00 },
    });
    // The ends of the effect, each by the same formula.
    const { lower = 0, upper = 0 } = effect.interval ?? {};
    expect(stats.roiInterval?.lower).toBeCloseTo((lower * 1_50 - 3_000_00) / 3_000_00, 10);
    expect(stats.roiInterval?.upper).toBeCloseTo((upper * 1_50 - 3_000_00) / 3_000_00, 10);
  });
  test("what customers pay for a gift does not count against the budget", () => {
    const mug = promotion({
      offer: { kind: "selfLiquidatingPremium", unitCost: 4_20, contribution: 4_00 },
      costs: { perClaim: 1_30 },
      limits: { budget: 10_00 },
    });
    // 4 claims of 4.20 + 1.30 less 4.00.
    expect(promotionStats(mug, { distributed: 100, claims: 4 }, { asOf: day(50) }).budgetLeft).toBe(4_00);
  });
  test("units sold at a loss turn the interval round", () => {
    const { roi, roiInterval } = promotionStats(budgeted, counts, { asOf: day(70), effect, unitMargin: -10 });
    expect(roiInterval?.lower).toBeLessThan(roi.value ?? 0);
    expect(roiInterval?.upper).toBeGreaterThan(roi.value ?? 0);
  });
  test("without an effect there is no return, and it says so; a promotion that cost nothing has none either", () => {
    expect(promotionStats(budgeted, counts, { asOf: day(70) })).toMatchObject({
      effect: null,
      incrementalMargin: null,
      roi: { value: null, reason: "options.effect is not given" },
      roiInterval: null,
    });
    const stats = promotionStats(
      budgeted,
      { distributed: 100, claims: 0 },
      { asOf: day(70), effect, unitMargin: 1 },
    );
    expect(stats.roi).toMatchObject({ value: null, reason: "net cost: 0" });
  });
  test("one of effect and unitMargin alone is refused", () => {
    expect(() => promotionStats(budgeted, counts, { asOf: day(70), effect })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.unitMargin" }),
    );
    expect(() => promotionStats(budgeted, counts, { asOf: day(70), unitMargin: 1 })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.effect" }),
    );
  });
});
