import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { paybackPeriod } from "../../../src/lifetime/formulas/payback-period.js";
import { type CacPaybackOptions, cacPayback } from "../../../src/profitability/acquisition/cac-payback.js";
import { ltvToCac } from "../../../src/profitability/acquisition/ltv-to-cac.js";
import { thrown } from "../../core/thrown.js";

const months = { cac: 1200, revenuePerPeriod: 100, grossMargin: 0.8 };
const discounting = { discountRate: 0.1, periodsPerYear: 12 };

describe("cacPayback", () => {
  it("1,200 at 100 a month: 12 months of revenue, 15 of margin at 80 %", () => {
    const { simple, marginBased, discounted } = cacPayback(months);
    expect(simple).toEqual({ value: 12, numerator: 1200, denominator: 100, reason: null });
    expect(marginBased).toEqual({ value: 15, numerator: 1200, denominator: 80, reason: null });
    expect(discounted).toEqual({ value: null, reason: "options.discountRate is not given" });
  });

  it("discounted, against a sum month by month in 40 digits", () => {
    const value = (timing?: "begin" | "middle" | "end") =>
      cacPayback({ ...months, ...discounting, ...(timing && { timing }) }).discounted.value;
    // 5e-13: the difference of cost and sum loses some digits.
    expect(value()).toBeCloseTo(16.03948801769202, 12);
    expect(value("begin")).toBeCloseTo(15.904429590614176, 12);
    expect(value("middle")).toBeCloseTo(15.971668830557965, 12);
  });

  it("never: a revenue or margin of 0, or margins worth less today than the cost", () => {
    expect(cacPayback({ ...months, grossMargin: 0 }).marginBased).toMatchObject({
      value: null,
      reason: "margin per period: 0",
    });
    expect(cacPayback({ ...months, grossMargin: -0.2, ...discounting }).discounted.reason).toBe(
      "margin per period: -20",
    );
    expect(cacPayback({ ...months, revenuePerPeriod: 0 }).simple.value).toBeNull();
    // 80 a year at 10 %, paid at the end: worth 800 for ever.
    const yearly = cacPayback({ ...months, discountRate: 0.1, periodsPerYear: 1 });
    expect(yearly.marginBased.value).toBe(15);
    expect(yearly.discounted.value).toBeNull();
    expect(yearly.discounted.reason).toMatch(/^all margins to come are worth (800|799\.9|800\.0)/);
  });

  it("a customer who costs nothing has paid at once; a rate of 0 discounts nothing", () => {
    expect(cacPayback({ ...months, cac: 0, ...discounting }).discounted.value).toBe(0);
    expect(cacPayback({ ...months, ...discounting, discountRate: 0 }).discounted.value).toBe(15);
  });

  test("the same as the payback of a customer who always stays, which adds period by period", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e4, noNaN: true }),
        fc.double({ min: 1, max: 1e3, noNaN: true }),
        fc.double({ min: -0.2, max: 0.4, noNaN: true }),
        fc.constantFrom("begin", "middle", "end"),
        fc.constantFrom(1, 4, 12),
        (cac, margin, discountRate, timing, periodsPerYear) => {
          const rest = { discountRate, timing, periodsPerYear } as const;
          const closed = cacPayback({ cac, revenuePerPeriod: margin, grossMargin: 1, ...rest }).discounted
            .value;
          const summed = paybackPeriod({ acquisitionCost: cac, margin, retention: 1, ...rest }).discounted
            .periods;
          if (closed === null || summed === null) {
            if (closed === summed) return;
            // Where all margins to come are worth the cost, rounding decides between never and very late.
            const rate = (1 + discountRate) ** (1 / periodsPerYear) - 1;
            const worth = (margin * (1 + rate) ** (1 - { begin: 0, middle: 0.5, end: 1 }[timing])) / rate;
            expect(Math.abs(worth / cac - 1)).toBeLessThan(1e-9);
            return;
          }
          // 1e-6: both take differences of sums of up to 10,000 margins.
          expect(Math.abs(closed - summed)).toBeLessThan(1e-6 * Math.max(1, summed));
        },
      ),
    );
  });

  it("refuses what cannot be, and discounting by halves", () => {
    const refused = (options: object) =>
      thrown(() => cacPayback({ ...months, ...options } as CacPaybackOptions));
    expect(refused({ cac: -1 })).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.cac" });
    expect(refused({ grossMargin: 80 }).message).toContain("80");
    expect(refused({ revenuePerPeriod: Number.NaN }).path).toBe("options.revenuePerPeriod");
    expect(refused({ discountRate: 0.1 }).path).toBe("options.discountRate");
    expect(refused({ periodsPerYear: 12 }).path).toBe("options.periodsPerYear");
    expect(refused({ timing: "end" }).path).toBe("options.timing");
    expect(refused({ ...discounting, timing: "late" }).path).toBe("options.timing");
    expect(refused({ ...discounting, discountRate: -1 }).path).toBe("options.discountRate");
    expect(refused({ ...discounting, periodsPerYear: 0 }).path).toBe("options.periodsPerYear");
  });
});

describe("ltvToCac", () => {
  it("80 of margin a month and 2 % churn: 4,000 to 1,200 is 3.3333", () => {
    const { ratio, net, interval } = ltvToCac({ lifetimeValue: 80 / 0.02, cac: 1200 });
    expect(ratio.value).toBe(3.3333333333333335);
    expect([net, interval]).toEqual([2800, null]);
  });

  it("carries the interval of the value; CAC of 0 has a difference and no ratio", () => {
    const lifetimeValueInterval = { lower: -600, upper: 4800, confidenceLevel: 0.9 };
    const { interval, netInterval } = ltvToCac({ lifetimeValue: 4000, cac: 1200, lifetimeValueInterval });
    expect(interval).toEqual({ lower: -0.5, upper: 4, confidenceLevel: 0.9 });
    expect(netInterval).toEqual({ lower: -1800, upper: 3600, confidenceLevel: 0.9 });
    const free = ltvToCac({ lifetimeValue: 4000, cac: 0, lifetimeValueInterval });
    expect([free.ratio.value, free.interval, free.net]).toEqual([null, null, 4000]);
    expect(free.ratio.reason).toBe("cac: 0");
  });

  it("what is not known stays so", () => {
    expect(ltvToCac({ lifetimeValue: 4000, cac: null })).toEqual({
      ratio: { value: null, numerator: 4000, denominator: 0, reason: "cac is not known" },
      interval: null,
      net: null,
      netInterval: null,
    });
    expect(ltvToCac({ lifetimeValue: null, cac: 1 }).ratio.reason).toBe("lifetimeValue is not known");
  });

  it("refuses a turned interval and numbers that are none", () => {
    const turned = { lower: 2, upper: 1, confidenceLevel: 0.95 };
    const bad = thrown(() => ltvToCac({ lifetimeValue: 1, cac: 1, lifetimeValueInterval: turned }));
    expect(bad.path).toBe("options.lifetimeValueInterval.upper");
    const lifetimeValueInterval = { lower: 200, upper: 300, confidenceLevel: 0.95 };
    for (const lifetimeValue of [199, 301]) {
      const outside = thrown(() => ltvToCac({ lifetimeValue, cac: 10, lifetimeValueInterval }));
      expect([outside.code, outside.path]).toEqual(["INVALID_ARGUMENT", "options.lifetimeValueInterval"]);
      expect(outside.message).toContain(`is 200 to 300, without lifetimeValue, ${lifetimeValue}`);
    }
    for (const lifetimeValue of [200, 300])
      expect(ltvToCac({ lifetimeValue, cac: 10, lifetimeValueInterval }).net).toBe(lifetimeValue - 10);
    expect(ltvToCac({ lifetimeValue: null, cac: 10, lifetimeValueInterval }).net).toBeNull();
    expect(thrown(() => ltvToCac({ lifetimeValue: 1, cac: -1 })).path).toBe("options.cac");
    expect(thrown(() => ltvToCac({ lifetimeValue: Number.NaN, cac: 1 })).path).toBe("options.lifetimeValue");
  });
});
