import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lifetimeValue } from "../../../src/lifetime/formulas/lifetime-value.js";
import type { LifetimeValueOptions } from "../../../src/lifetime/formulas/margin-stream.js";
import { retentionEconomics } from "../../../src/retention/plan/retention-economics.js";
import { retentionUplift } from "../../../src/retention/plan/retention-uplift.js";
import { thrown } from "../thrown.js";

const yearly: LifetimeValueOptions = {
  margin: 100,
  retention: 0.8,
  discountRate: 0.1,
  timing: "end",
  survivorsAt: "begin",
};

describe("the textbooks", () => {
  test("the end of a period is two textbooks: which one has to be said", () => {
    const { survivorsAt: _, ...silent } = yearly;
    expect(() => lifetimeValue(silent)).toThrow(
      /options.survivorsAt is missing: with timing "end" say whose margin counts/,
    );
    expect(lifetimeValue({ ...silent, timing: "middle" }).value).not.toBeNull();
  });

  test("three timings, three values of margin 100, retention 80 %, discount rate 10 %", () => {
    expect(lifetimeValue({ ...yearly, timing: "begin" }).value).toBeCloseTo(366.6666666666667, 10);
    expect(lifetimeValue(yearly).value).toBeCloseTo(333.3333333333333, 10);
    const gupta = lifetimeValue({ ...yearly, survivorsAt: "end", acquisitionCost: 50 });
    expect(gupta.value).toBeCloseTo(266.6666666666667, 10);
    expect(gupta.multiple).toBeCloseTo(2.6666666666666665, 12);
    expect(gupta.net).toBeCloseTo(216.66666666666666, 10);
    expect(lifetimeValue(yearly).expectedPayments).toBeCloseTo(5, 12);
  });

  test("five periods, growth of 3 %, and no discount", () => {
    const later: LifetimeValueOptions = { ...yearly, survivorsAt: "end" };
    expect(lifetimeValue({ ...later, horizon: 5 }).value).toBeCloseTo(212.40973356266025, 10);
    expect(lifetimeValue({ ...later, growth: 0.03 }).value).toBeCloseTo(289.8550724637681, 10);
    expect(lifetimeValue({ ...later, discountRate: 0 }).value).toBeCloseTo(400, 10);
  });

  test("survival 1 / (t + 1) discounted at 10 % comes to 1.1 ln 11 (Fader & Hardie 2010, DEL)", () => {
    // 400 periods leave a tail below 1.1^-400 = 3e-17.
    const survival = Array.from({ length: 401 }, (_, t) => 1 / (t + 1));
    const { value } = lifetimeValue({ ...yearly, margin: 1, timing: "begin", retention: { survival } });
    expect(value).toBeCloseTo(1.1 * Math.log(11), 12);
  });
});

describe("periods", () => {
  test("a rate per year is converted: 12 months of a customer who stays are a year's annuity", () => {
    const monthly = lifetimeValue({
      ...yearly,
      retention: 1,
      horizon: 12,
      periodsPerYear: 12,
      discountRate: 0.21,
    });
    const i = 1.21 ** (1 / 12) - 1;
    expect(monthly.ratePerPeriod).toBeCloseTo(i, 15);
    expect(monthly.value).toBeCloseTo((100 * (1 - 1 / 1.21)) / i, 9);
  });

  test("rates by period and their survival are one thing", () => {
    const rates = lifetimeValue({ ...yearly, retention: [0.5, 0, 0.9] });
    expect(rates).toEqual(lifetimeValue({ ...yearly, retention: { survival: [1, 0.5, 0, 0] } }));
    expect(rates.value).toBeCloseTo(100 / 1.1 + 50 / 1.21, 10);
    expect(rates.horizon).toBe(3);
  });
});

describe("properties", () => {
  const share = fc.double({ min: 0, max: 0.99, noNaN: true });
  const rate = fc.double({ min: 0.02, max: 1, noNaN: true });
  const timing = fc.constantFrom("begin" as const, "middle" as const, "end" as const);
  const survivorsAt = fc.constantFrom("begin" as const, "end" as const);

  test("a long horizon comes to the closed form", () => {
    fc.assert(
      fc.property(share, rate, timing, survivorsAt, (retention, discountRate, when, who) => {
        const options = { margin: 7, retention, discountRate, timing: when, survivorsAt: who };
        const endless = lifetimeValue(options).value as number;
        // (0.99 / 1.02)^3000 is below 1e-38; rounding adds up over the steps that matter.
        expect(lifetimeValue({ ...options, horizon: 3000 }).value).toBeCloseTo(endless, 8);
      }),
    );
  });

  test("one rate and a list of it are one thing, as are retentionEconomics and retentionUplift", () => {
    const rates = fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rates, rate, timing, survivorsAt, (retention, discountRate, when, who) => {
        const shape = { retention, discountRate, timing: when, survivorsAt: who, horizon: retention.length };
        const { value } = lifetimeValue({ ...shape, margin: 30 });
        const economics = retentionEconomics({ ...shape, baseProfit: 30, acquisitionCost: 0 });
        expect(value).toBeCloseTo(economics.total.discounted, 9);
        const uplift = retentionUplift({ ...shape, profit: 30, uplift: 0 });
        expect(value).toBeCloseTo(uplift.before.value, 9);
      }),
    );
  });
});

describe("what has no value", () => {
  test("retention and growth that outweigh the discount rate: null and why, not Infinity", () => {
    for (const [retention, discountRate, growth] of [
      [1, 0, 0],
      [0.95, 0.01, 0.1],
      [0.5, 0, 1],
    ]) {
      const endless = lifetimeValue({ ...yearly, retention, discountRate, growth });
      expect(endless).toMatchObject({ value: null, net: null, multiple: null });
      expect(endless.reason).toContain("pass a horizon");
      expect(lifetimeValue({ ...yearly, retention, discountRate, growth, horizon: 10 }).reason).toBeNull();
    }
  });

  test("rates so near each other that subtracting products would lose digits", () => {
    const { multiple } = lifetimeValue({ ...yearly, retention: 1, discountRate: 1e-13, timing: "begin" });
    expect((multiple as number) * 1e-13).toBeCloseTo(1, 9);
  });
});

describe("mistakes", () => {
  test.each([
    [{ timing: undefined }, "options.timing", "undefined"],
    [{ timing: "later" }, "options.timing", '"later"'],
    [{ survivorsAt: "middle" }, "options.survivorsAt", '"middle"'],
    [{ retention: 1.2 }, "options.retention", "1.2"],
    [{ retention: "80 %" }, "options.retention", '"80 %"'],
    [{ retention: [0.5, -1] }, "options.retention[1]", "-1"],
    [{ retention: [] }, "options.retention", "empty"],
    [{ retention: { survival: [0.9, 0.8] } }, "options.retention.survival[0]", "0.9"],
    [{ retention: { survival: [1, 0.5, 0.6] } }, "options.retention.survival[2]", "0.6"],
    [{ retention: { survival: [1] } }, "options.retention.survival", "1 values"],
    [{ retention: [0.5], horizon: 2 }, "options.horizon", "2"],
    [{ horizon: 0 }, "options.horizon", "0"],
    [{ margin: Number.NaN }, "options.margin", "NaN"],
    [{ discountRate: -1 }, "options.discountRate", "-1"],
    [{ growth: -1 }, "options.growth", "-1"],
    [{ periodsPerYear: 0 }, "options.periodsPerYear", "0"],
    [{ acquisitionCost: -5 }, "options.acquisitionCost", "-5"],
    [{ margin: 1e308, horizon: 50 }, "options", "range of numbers"],
  ])("%o names %s", (change, path, word) => {
    const error = thrown(() => lifetimeValue({ ...yearly, ...change } as LifetimeValueOptions));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(word);
  });
});
