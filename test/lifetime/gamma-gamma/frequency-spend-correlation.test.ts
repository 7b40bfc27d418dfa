import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  correlationWarning,
  weightedCorrelation,
} from "../../../src/lifetime/gamma-gamma/frequency-spend-correlation.js";
import { pearsonCorrelation } from "../../../src/statistics/pearson-correlation.js";

const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 1000 })), {
  minLength: 4,
  maxLength: 40,
});

function weighted(x: readonly number[], y: readonly number[], weight: readonly number[]) {
  return weightedCorrelation(Float64Array.from(x), Float64Array.from(y), Float64Array.from(weight), 0.95);
}

describe("weightedCorrelation", () => {
  test("of rows written out is Pearson's", () => {
    fc.assert(
      fc.property(
        pairs,
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
        (rows, weights) => {
          const weight = rows.map((_, i) => weights[i]);
          const written = rows.flatMap((row, i) => Array.from({ length: weight[i] }, () => row));
          const one = weighted(
            rows.map(([x]) => x),
            rows.map(([, y]) => y),
            weight,
          );
          const other = pearsonCorrelation(
            written.map(([x]) => x),
            written.map(([, y]) => y),
          );
          expect(one.n).toBe(other.n);
          if (other.correlation === null) return expect(one.correlation).toBeNull();
          expect(one.correlation).toBeCloseTo(other.correlation, 12);
          expect(one.pValue).toBeCloseTo(other.pValue ?? Number.NaN, 7);
          if (Math.abs(other.correlation) < 0.999) {
            expect(one.interval?.lower).toBeCloseTo(other.interval?.lower ?? Number.NaN, 10);
            expect(one.interval?.upper).toBeCloseTo(other.interval?.upper ?? Number.NaN, 10);
          }
        },
      ),
    );
  });

  test("says why there is none", () => {
    expect(weighted([1, 2], [3, 4], [1, 1]).reason).toBe("needs 3 customers who bought again, has 2");
    expect(weighted([2, 2, 2], [3, 4, 5], [1, 1, 1]).reason).toBe("everyone who bought again did so 2 times");
    expect(weighted([1, 2, 3], [9, 9, 9], [1, 1, 1]).reason).toBe("everyone spends 9 on average");
    const three = weighted([1, 2, 3], [9, 7, 8], [1, 1, 1]);
    expect(three.correlation).toBeCloseTo(-0.5, 14);
    expect(three.interval).toBeNull();
    expect(three.reason).toContain("more than 3");
  });
});

test("correlationWarning: neither small nor uncertain ones", () => {
  const with_ = (correlation: number, lower: number, upper: number) =>
    correlationWarning({
      correlation,
      interval: { lower, upper, confidenceLevel: 0.95 },
      pValue: 0.5,
      n: 100,
      reason: null,
    });
  expect(with_(0.09, 0.08, 0.1)).toBeNull();
  expect(with_(0.3, -0.1, 0.6)).toBeNull();
  expect(with_(-0.3, -0.6, 0.1)).toBeNull();
  expect(with_(-0.3, -0.4, -0.2)).toContain("correlate -0.30 (-0.40 to -0.20)");
  expect(
    correlationWarning({ correlation: null, interval: null, pValue: null, n: 1, reason: "" }),
  ).toBeNull();
});
