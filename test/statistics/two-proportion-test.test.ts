import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareCdf } from "../../src/statistics/chi-square.js";
import { newcombeInterval } from "../../src/statistics/newcombe-interval.js";
import { twoProportionTest } from "../../src/statistics/two-proportion-test.js";
import { thrown } from "../core/thrown.js";

const group = fc
  .integer({ min: 2, max: 10_000 })
  .chain((trials) =>
    fc.record({ successes: fc.integer({ min: 1, max: trials - 1 }), trials: fc.constant(trials) }),
  );

describe("twoProportionTest", () => {
  test("z squared is Pearson's chi-square of the 2 x 2 table, and p its upper tail", () => {
    fc.assert(
      fc.property(group, group, (treatment, control) => {
        const { z, pValue } = twoProportionTest(treatment, control);
        const [a, b] = [treatment.successes, treatment.trials - treatment.successes];
        const [c, d] = [control.successes, control.trials - control.successes];
        const chiSquare = ((a * d - b * c) ** 2 * (a + b + c + d)) / ((a + b) * (c + d) * (a + c) * (b + d));
        // 1e-9: z is a difference of shares, with the cancellation that brings.
        expect(Math.abs(Number(z) ** 2 - chiSquare)).toBeLessThan(1e-9 * Math.max(1, chiSquare));
        const p = chiSquareCdf(chiSquare, 1, { tail: "upper" });
        expect(Math.abs(Number(pValue) - p)).toBeLessThan(1e-7);
      }),
    );
  });

  test("both one-sided p-values sum to 1, the two-sided one is twice the smaller", () => {
    fc.assert(
      fc.property(group, group, (treatment, control) => {
        const p = (alternative: "twoSided" | "greater" | "less") =>
          Number(twoProportionTest(treatment, control, { alternative }).pValue);
        expect(p("greater") + p("less")).toBeCloseTo(1, 12);
        expect(p("twoSided")).toBeCloseTo(2 * Math.min(p("greater"), p("less")), 12);
      }),
    );
  });

  test("gives Newcombe's interval unless Wald's is asked for", () => {
    fc.assert(
      fc.property(group, group, (treatment, control) => {
        const { difference, interval } = twoProportionTest(treatment, control, { confidenceLevel: 0.9 });
        expect(interval).toEqual(newcombeInterval(treatment, control, { confidenceLevel: 0.9 }));
        const wald = twoProportionTest(treatment, control, { interval: "wald" }).interval;
        expect(Number(wald?.lower)).toBeLessThan(Number(difference));
        expect(Number(wald?.upper)).toBeGreaterThan(Number(difference));
        expect(Number(wald?.lower)).toBeGreaterThanOrEqual(-1);
        expect(Number(wald?.upper)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("says what is undefined", () => {
    const none = { successes: 0, trials: 10 };
    const all = { successes: 10, trials: 10 };
    const empty = { successes: 0, trials: 0 };
    expect(twoProportionTest(none, none)).toMatchObject({
      difference: 0,
      relativeLift: null,
      z: null,
      pValue: null,
    });
    expect(twoProportionTest(none, none).reason).toMatch(/relativeLift.*z and pValue/);
    expect(twoProportionTest(all, all)).toMatchObject({
      difference: 0,
      relativeLift: 0,
      z: null,
      pValue: null,
    });
    expect(twoProportionTest(all, all).reason).toMatch(/^z and pValue/);
    expect(twoProportionTest(all, none)).toMatchObject({ difference: 1, relativeLift: null });
    expect(twoProportionTest(all, none).z).toBeCloseTo(Math.sqrt(20), 12);
    expect(twoProportionTest(all, none).reason).toBe("relativeLift: the control group has no success");
    expect(twoProportionTest(all, empty)).toMatchObject({
      difference: null,
      interval: null,
      z: null,
      pValue: null,
    });
    expect(twoProportionTest(all, empty).reason).toBe("trials of control: 0");
    expect(twoProportionTest(all, { successes: 5, trials: 10 }).reason).toBeNull();
  });
});

test("bad input", () => {
  const ten = { successes: 5, trials: 10 };
  const error = thrown(() => twoProportionTest(ten, ten, { alternative: "two-sided" as "twoSided" }));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.alternative" });
  expect(error.message).toContain('"two-sided"');
  const second = thrown(() => twoProportionTest(ten, ten, { interval: "exact" as "wald" }));
  expect(second).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.interval" });
  const third = thrown(() => twoProportionTest(ten, { successes: 3, trials: 2 }));
  expect(third).toMatchObject({ code: "INVALID_ARGUMENT", path: "control.successes" });
});
