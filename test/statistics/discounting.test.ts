import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  continuousRate,
  discountFactor,
  periodRate,
  presentValue,
} from "../../src/statistics/discounting.js";
import { thrown } from "../core/thrown.js";

const rate = fc.double({ min: -0.5, max: 3, noNaN: true });

describe("discountFactor", () => {
  test("is the power of 1 + rate, also for fractions of a period", () => {
    fc.assert(
      fc.property(rate, fc.double({ min: -100, max: 100, noNaN: true }), (rate, periods) => {
        // 1e-12 relative: 100 roundings of 1 + rate in the power.
        expect(discountFactor(rate, periods) * (1 + rate) ** periods).toBeCloseTo(1, 12);
      }),
    );
  });

  test("keeps its digits for a daily rate over ten years", () => {
    // (1 + 1e-10)^-3650 by its series: 1 - n r + n(n + 1)/2 r², next term 8e-21. 1 + 1e-10 rounds at 1e-16, which a
    // plain power would multiply by 3650.
    const series = 1 - 3650e-10 + ((3650 * 3651) / 2) * 1e-20;
    expect(Math.abs(discountFactor(1e-10, 3650) - series)).toBeLessThan(2e-16);
  });
});

describe("presentValue", () => {
  test("Microsoft's example of Excel's NPV: 10 %, -10000, 3000, 4200, 6800 is 1188.44", () => {
    expect(presentValue([-10_000, 3000, 4200, 6800], 0.1)).toBeCloseTo(1188.44, 2);
  });

  test("of equal payments is the annuity (1 - (1 + r)^-n) / r", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 200 }),
        (rate, n) => {
          const annuity = (1 - (1 + rate) ** -n) / rate;
          // 1e-9 relative: the closed form cancels at small rates.
          expect(Math.abs(presentValue(Array(n).fill(1), rate) - annuity)).toBeLessThan(1e-9 * (1 + annuity));
        },
      ),
    );
  });

  test("at the beginning, in the middle and at the end differ by powers of 1 + rate", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 }),
        rate,
        (flows, rate) => {
          const end = presentValue(flows, rate, { timing: "end" });
          const near = (value: number, expected: number) =>
            expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
          near(presentValue(flows, rate, { timing: "begin" }), end * (1 + rate));
          near(presentValue(Float64Array.from(flows), rate, { timing: "middle" }), end * Math.sqrt(1 + rate));
          expect(presentValue(flows, rate)).toBe(end);
        },
      ),
    );
  });

  test("at no interest is the sum, of nothing is 0", () => {
    expect(presentValue([1, 2, 3], 0)).toBe(6);
    expect(presentValue([], 0.1)).toBe(0);
    expect(presentValue([100], 0.1, { timing: "begin" })).toBe(100);
  });
});

describe("periodRate and continuousRate", () => {
  test("compound back to the rate per year", () => {
    fc.assert(
      fc.property(rate, fc.integer({ min: 1, max: 366 }), (annual, periods) => {
        // 1e-12: 366 roundings.
        expect((1 + periodRate(annual, periods)) ** periods).toBeCloseTo(1 + annual, 12);
        expect(Math.exp(continuousRate(annual))).toBeCloseTo(1 + annual, 12);
      }),
    );
  });

  test("12 % a year is 0.9489 % a month, not 1 %", () => {
    expect(periodRate(0.12, 12)).toBeCloseTo(0.009489, 6);
  });
});

describe("bad input", () => {
  test.each([
    [() => discountFactor(-1, 1), "ratePerPeriod", "-1"],
    [() => discountFactor(0.1, Number.NaN), "periods", "NaN"],
    [() => discountFactor(-0.9, 1e6), "", "1000000"],
    [() => presentValue([1], -2), "ratePerPeriod", "-2"],
    [() => presentValue([1, Number.POSITIVE_INFINITY], 0.1), "cashFlows[1]", "Infinity"],
    [() => presentValue(Array(2000).fill(0), -0.9), "", "2000"],
    [() => presentValue([1], 0.1, { timing: "start" as "begin" }), "options.timing", '"start"'],
    [() => periodRate(0.1, 0), "periodsPerYear", "0"],
    [() => periodRate(-1.5, 12), "annualRate", "-1.5"],
    [() => continuousRate("0.1" as unknown as number), "rate", '"0.1"'],
  ])("%#", (call, path, named) => {
    const error = thrown(call);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.path).toBe(path);
    expect(error.message).toContain(named);
  });
});
