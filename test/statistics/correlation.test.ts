import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { midRanks } from "../../src/statistics/mid-ranks.js";
import { pearsonCorrelation } from "../../src/statistics/pearson-correlation.js";
import { spearmanCorrelation } from "../../src/statistics/spearman-correlation.js";
import { thrown } from "../core/thrown.js";

// Whole numbers: ties are common, and shifts and scales by whole numbers are exact.
const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
  minLength: 4,
  maxLength: 40,
});
const columns = pairs.map((list) => ({ x: list.map(([x]) => x), y: list.map(([, y]) => y) }));
const both = [pearsonCorrelation, spearmanCorrelation] as const;

describe("midRanks", () => {
  test("sum to n(n + 1)/2 and count what is below, and half of what is equal", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 })), (values) => {
        const ranks = midRanks(values);
        expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe((values.length * (values.length + 1)) / 2);
        values.forEach((value, i) => {
          const below = values.filter((other) => other < value).length;
          const equal = values.filter((other) => other === value).length;
          expect(ranks[i]).toBe(below + (equal + 1) / 2);
        });
      }),
    );
  });
});

describe("pearsonCorrelation and spearmanCorrelation", () => {
  test("lie inside their interval, inside -1..1, the same for swapped sides and for any order of the pairs", () => {
    fc.assert(
      fc.property(columns, fc.constantFrom(...both), ({ x, y }, correlate) => {
        const result = correlate(x, y);
        const swapped = correlate(y, x);
        const turned = correlate([...x].reverse(), Float64Array.from([...y].reverse()));
        if (result.correlation === null) {
          expect(result).toMatchObject({ interval: null, pValue: null });
          expect(result.reason).toContain("never varies");
          expect(swapped.correlation).toBeNull();
          return;
        }
        expect(Math.abs(result.correlation)).toBeLessThanOrEqual(1);
        // 1e-12: sums in another order.
        expect(swapped.correlation).toBeCloseTo(result.correlation, 12);
        expect(turned.correlation).toBeCloseTo(result.correlation, 12);
        expect(Number(result.interval?.lower)).toBeLessThanOrEqual(result.correlation + 1e-12);
        expect(Number(result.interval?.upper)).toBeGreaterThanOrEqual(result.correlation - 1e-12);
        expect(Number(result.pValue)).toBeGreaterThanOrEqual(0);
        expect(Number(result.pValue)).toBeLessThanOrEqual(1);
        expect(result.n).toBe(x.length);
      }),
    );
  });

  test("do not change with shift and scale; a mirrored side turns the sign", () => {
    fc.assert(
      fc.property(columns, fc.constantFrom(...both), ({ x, y }, correlate) => {
        const { correlation } = correlate(x, y);
        if (correlation === null) return;
        const scaled = x.map((value) => 1e9 + 7 * value);
        const mirrored = y.map((value) => -value);
        // 1e-7: with a shift of 1e9 the mean of the scaled values is known to 1e-7 of a step.
        expect(correlate(scaled, y).correlation).toBeCloseTo(correlation, 7);
        expect(correlate(x, mirrored).correlation).toBeCloseTo(-correlation, 12);
      }),
    );
  });

  test("Spearman's sees order only", () => {
    fc.assert(
      fc.property(columns, ({ x, y }) => {
        const curved = x.map((value) => Math.exp(value));
        expect(spearmanCorrelation(curved, y).correlation).toBe(spearmanCorrelation(x, y).correlation);
      }),
    );
  });

  test("Spearman's without ties is 1 - 6 sum d² / (n³ - n)", () => {
    const permutation = fc
      .integer({ min: 4, max: 30 })
      .chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n }));
    fc.assert(
      fc.property(permutation, (y) => {
        const n = y.length;
        const squares = y.reduce((sum, rank, i) => sum + (rank - i) ** 2, 0);
        const expected = 1 - (6 * squares) / (n ** 3 - n);
        expect(spearmanCorrelation([...y.keys()], y).correlation).toBeCloseTo(expected, 12);
      }),
    );
  });

  test("Spearman's interval is Bonett and Wright's on Fisher's scale", () => {
    fc.assert(
      fc.property(columns, ({ x, y }) => {
        const { correlation, interval, n } = spearmanCorrelation(x, y, { confidenceLevel: 0.9 });
        if (correlation === null || interval === null || Math.abs(correlation) > 0.99) return;
        const halfWidth = (Math.atanh(interval.upper) - Math.atanh(interval.lower)) / 2;
        // 1.6448536269514722: z of 0.9 from tables.
        expect(halfWidth).toBeCloseTo(
          1.6448536269514722 * Math.sqrt((1 + correlation ** 2 / 2) / (n - 3)),
          7,
        );
      }),
    );
  });

  test("of a perfect line is exactly 1 with nothing left to chance", () => {
    for (const correlate of both) {
      const { correlation, interval, pValue } = correlate([1, 2, 3, 4], [30, 50, 70, 90]);
      expect(correlation).toBe(1);
      expect(interval).toEqual({ lower: 1, upper: 1, confidenceLevel: 0.95 });
      expect(pValue).toBe(0);
    }
  });

  test("neither overflows nor underflows", () => {
    const x = [1, 2, 3, 5];
    const y = [2, 1, 4, 3];
    const expected = pearsonCorrelation(x, y).correlation;
    for (const scale of [2 ** 1000, 2 ** -1040]) {
      const scaled = x.map((value) => value * scale);
      expect(pearsonCorrelation(scaled, y).correlation).toBeCloseTo(Number(expected), 12);
    }
  });

  test("say why they are undefined", () => {
    for (const correlate of both) {
      expect(correlate([1, 2], [2, 1])).toEqual({
        correlation: null,
        interval: null,
        pValue: null,
        n: 2,
        reason: "needs 3 pairs, has 2",
      });
      // The mean of three times 0.1 is not 0.1 in floating point: constancy is not a matter of the variance.
      expect(correlate([0.1, 0.1, 0.1], [1, 2, 3]).reason).toBe("x never varies: every value is 0.1");
      const three = correlate([1, 2, 3], [1, 3, 2]);
      expect(three.correlation).toBeCloseTo(0.5, 12);
      // t = 1/sqrt(3) with one degree of freedom (Cauchy): p = 1 - 2/pi * atan(t) = 2/3.
      expect(three.pValue).toBeCloseTo(2 / 3, 12);
      expect(three.interval).toBeNull();
      expect(three.reason).toContain("interval");
    }
  });

  test("refuse lists that do not pair up", () => {
    for (const correlate of both) {
      const unpaired = thrown(() => correlate([1, 2, 3], [1, 2]));
      expect(unpaired).toMatchObject({ code: "INVALID_ARGUMENT", path: "y" });
      expect(unpaired.message).toMatch(/2 values.*3/);
      expect(thrown(() => correlate([1, 2, Number.NaN], [1, 2, 3])).path).toBe("x[2]");
      expect(thrown(() => correlate([1, 2, 3], [1, 2, 3], { confidenceLevel: 0 })).path).toBe(
        "options.confidenceLevel",
      );
    }
  });
});
