import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newcombeInterval } from "../../src/statistics/newcombe-interval.js";
import { wilsonInterval } from "../../src/statistics/wilson-interval.js";
import { thrown } from "../core/thrown.js";

const group = fc
  .integer({ min: 1, max: 100_000 })
  .chain((trials) =>
    fc.record({ successes: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }),
  );
const options = fc.record({
  confidenceLevel: fc.double({ min: 0.01, max: 0.9999, noNaN: true }),
  continuityCorrection: fc.boolean(),
});
// Rounding of sums of numbers up to 1.
const ulps = 1e-12;

describe("wilsonInterval", () => {
  test("lies in 0..1 and holds the observed share", () => {
    fc.assert(
      fc.property(group, options, ({ successes, trials }, options) => {
        const { lower, upper, confidenceLevel } = wilsonInterval(successes, trials, options);
        const share = successes / trials;
        expect(confidenceLevel).toBe(options.confidenceLevel);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(share + ulps);
        expect(upper).toBeGreaterThanOrEqual(share - ulps);
      }),
    );
  });

  test("of the failures is the mirror image", () => {
    fc.assert(
      fc.property(group, options, ({ successes, trials }, options) => {
        const { lower, upper } = wilsonInterval(successes, trials, options);
        const failures = wilsonInterval(trials - successes, trials, options);
        expect(Math.abs(lower - (1 - failures.upper))).toBeLessThan(ulps);
        expect(Math.abs(upper - (1 - failures.lower))).toBeLessThan(ulps);
      }),
    );
  });

  test("grows with the confidence level and with the continuity correction", () => {
    fc.assert(
      fc.property(group, ({ successes, trials }) => {
        const usual = wilsonInterval(successes, trials);
        const surer = wilsonInterval(successes, trials, { confidenceLevel: 0.99 });
        const corrected = wilsonInterval(successes, trials, { continuityCorrection: true });
        for (const wider of [surer, corrected]) {
          expect(wider.lower).toBeLessThanOrEqual(usual.lower);
          expect(wider.upper).toBeGreaterThanOrEqual(usual.upper);
        }
      }),
    );
  });

  test("has limits at which the observed share is exactly z standard errors away", () => {
    // What defines the score interval (Wilson 1927); z of 0.95 from tables.
    const z = 1.959963984540054;
    fc.assert(
      fc.property(group, ({ successes, trials }) => {
        const { lower, upper } = wilsonInterval(successes, trials);
        for (const limit of [lower, upper]) {
          if (limit === 0 || limit === 1) continue;
          const distance = (successes / trials - limit) ** 2;
          const variance = (limit * (1 - limit)) / trials;
          expect(distance / variance / (z * z)).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  test("keeps its digits for one success in a billion", () => {
    // x²/n over x + z²/2 + z sqrt(x(1 - x/n) + z²/4), by hand with z² = 3.841458820694124.
    const { lower } = wilsonInterval(1, 1_000_000_000);
    expect(lower * 1e9).toBeCloseTo(
      1 / (1 + 1.920729410347062 + 1.959963984540054 * Math.sqrt(1.960364705173531)),
      8,
    );
  });

  test("says nothing about no trials", () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1, confidenceLevel: 0.95 });
    expect(wilsonInterval(0, 0, { continuityCorrection: true })).toEqual({
      lower: 0,
      upper: 1,
      confidenceLevel: 0.95,
    });
  });
});

describe("newcombeInterval", () => {
  test("lies in -1..1, holds the difference, and turns around with the groups", () => {
    fc.assert(
      fc.property(group, group, options, (treatment, control, options) => {
        const { lower, upper } = newcombeInterval(treatment, control, options);
        const difference = treatment.successes / treatment.trials - control.successes / control.trials;
        expect(lower).toBeGreaterThanOrEqual(-1);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(difference + ulps);
        expect(upper).toBeGreaterThanOrEqual(difference - ulps);
        const swapped = newcombeInterval(control, treatment, options);
        expect(Math.abs(swapped.lower + upper)).toBeLessThan(ulps);
        expect(Math.abs(swapped.upper + lower)).toBeLessThan(ulps);
      }),
    );
  });
});

describe("bad input", () => {
  const ten = { successes: 5, trials: 10 };
  test.each([
    [() => wilsonInterval(11, 10), "successes", "11"],
    [() => wilsonInterval(1.5, 10), "successes", "1.5"],
    [() => wilsonInterval(0, -1), "trials", "-1"],
    [() => wilsonInterval(1, 2, { confidenceLevel: 95 }), "options.confidenceLevel", "95"],
    [() => wilsonInterval(1, 2, { confidenceLevel: 1 }), "options.confidenceLevel", "1"],
    [() => newcombeInterval(ten, { successes: 0, trials: 0 }), "control.trials", "0"],
    [() => newcombeInterval({ successes: 7, trials: 5 }, ten), "treatment.successes", "7"],
    [() => newcombeInterval(5 as never, ten), "treatment", "5"],
  ])("%#", (call, path, named) => {
    const error = thrown(call);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.path).toBe(path);
    expect(error.message).toContain(named);
  });
});
