import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type QuantileMethod, quantile, quantiles } from "../../src/statistics/sample-quantile.js";
import { thrown } from "../core/thrown.js";

const methods: QuantileMethod[] = [
  "invertedCdf",
  "averagedInvertedCdf",
  "closestObservation",
  "interpolatedInvertedCdf",
  "hazen",
  "weibull",
  "linear",
  "medianUnbiased",
  "normalUnbiased",
];
const method = fc.constantFrom(...methods);
// Whole cents: sums and differences are exact, so the laws hold to a few roundings.
const values = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 60 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("quantile", () => {
  test("is the smallest value at 0 and the largest at 1, by every method", () => {
    fc.assert(
      fc.property(values, method, (list, method) => {
        expect(quantile(list, 0, { method })).toBe(Math.min(...list));
        expect(quantile(list, 1, { method })).toBe(Math.max(...list));
      }),
    );
  });

  test("rises with p and stays between the extremes", () => {
    fc.assert(
      fc.property(values, share, share, method, (list, p, q, method) => {
        const [lower, upper] = quantiles(list, [Math.min(p, q), Math.max(p, q)], { method });
        // One rounding of an interpolation may lower the upper one by an ulp of 1e6.
        expect(lower).toBeLessThanOrEqual(upper + 1e-9);
        expect(lower).toBeGreaterThanOrEqual(Math.min(...list));
        expect(upper).toBeLessThanOrEqual(Math.max(...list));
      }),
    );
  });

  test("does not depend on the order of the values, nor on the kind of array", () => {
    fc.assert(
      fc.property(values, share, method, (list, p, method) => {
        const expected = quantile(list, p, { method });
        expect(quantile([...list].reverse(), p, { method })).toBe(expected);
        expect(quantile(Float64Array.from(list), p, { method })).toBe(expected);
        expect(quantile(Int32Array.from(list), p, { method })).toBe(expected);
        const ordered = [...list].sort((a, b) => a - b);
        expect(quantile(ordered, p, { method, sorted: true })).toBe(expected);
      }),
    );
  });

  test("moves and stretches with the values", () => {
    fc.assert(
      fc.property(values, share, method, fc.integer({ min: -1000, max: 1000 }), (list, p, method, shift) => {
        const base = quantile(list, p, { method });
        const moved = quantile(
          list.map((value) => 3 * value + shift),
          p,
          { method },
        );
        // 1e-8: roundings of numbers up to 3e6.
        expect(Math.abs(moved - (3 * base + shift))).toBeLessThan(1e-8);
      }),
    );
  });

  test("of mirrored values is the mirrored quantile at 1 - p, for the six linear types", () => {
    const linear = fc.constantFrom<QuantileMethod>(
      "hazen",
      "weibull",
      "linear",
      "medianUnbiased",
      "normalUnbiased",
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 64 }), linear, (list, sixtyFourths, method) => {
        // Sixty-fourths: p and 1 - p are both exact.
        const p = sixtyFourths / 64;
        const mirrored = quantile(
          list.map((value) => -value),
          1 - p,
          { method },
        );
        expect(Math.abs(mirrored + quantile(list, p, { method }))).toBeLessThan(1e-8);
      }),
    );
  });

  test("by invertedCdf is the smallest value with at least the share p at or below it", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const cut = quantile(list, percent / 100, { method: "invertedCdf" });
        const atOrBelow = (limit: number) => list.filter((value) => value <= limit).length;
        // In whole hundredths, so that no rounding decides.
        expect(100 * atOrBelow(cut)).toBeGreaterThanOrEqual(percent * list.length);
        const smaller = list.filter((value) => value < cut);
        if (smaller.length > 0)
          expect(100 * atOrBelow(Math.max(...smaller))).toBeLessThan(percent * list.length);
      }),
    );
  });

  test("takes 0.07 of 100 as 7, although the product is 7.000000000000001", () => {
    const list = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(0.07 * 100).toBeGreaterThan(7);
    expect(quantile(list, 0.07, { method: "invertedCdf" })).toBe(7);
    expect(quantile(list, 0.07, { method: "averagedInvertedCdf" })).toBe(7.5);
  });

  test("does not overflow between the largest numbers", () => {
    expect(quantile([-Number.MAX_VALUE, Number.MAX_VALUE], 0.5)).toBe(0);
  });

  test("sorts by size, not by text, and leaves its input alone", () => {
    const list = Object.freeze([10, 9, 100]);
    expect(quantile(list, 0.5)).toBe(10);
    const column = Float64Array.of(3, 1, 2);
    quantile(column, 0.5);
    expect([...column]).toEqual([3, 1, 2]);
  });
});

describe("bad input", () => {
  test.each([
    [() => quantile([], 0.5), "values", "at least one number"],
    [() => quantile([], 0.5, { sorted: true }), "values", "at least one number"],
    [() => quantile([1, Number.NaN], 0.5), "values[1]", "NaN"],
    [() => quantile([1, "2" as unknown as number], 0.5), "values[1]", '"2"'],
    [() => quantile([Number.NaN], 0.5, { sorted: true }), "values", "NaN"],
    [() => quantile("12" as unknown as number[], 0.5), "values", '"12"'],
    [() => quantile([1], 1.5), "probability", "1.5"],
    [() => quantiles([1], [0.5, -0.1]), "probabilities[1]", "-0.1"],
    [() => quantile([1], 0.5, { method: "type7" as QuantileMethod }), "options.method", '"type7"'],
  ])("%#", (call, path, named) => {
    const error = thrown(call);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.path).toBe(path);
    expect(error.message).toContain(named);
  });
});
