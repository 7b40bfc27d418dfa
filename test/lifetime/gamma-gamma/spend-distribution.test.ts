import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectedSpend } from "../../../src/lifetime/gamma-gamma/expected-spend.js";
import {
  spendCdf,
  spendDistribution,
  spendPdf,
  spendQuantile,
} from "../../../src/lifetime/gamma-gamma/spend-distribution.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";

const MODEL = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;

describe("how mean spends are spread", () => {
  test("its mean is the expected spend, of all and of each", () => {
    for (const customer of [
      { x: 0, meanSpend: null },
      { x: 2, meanSpend: 22.35 },
      { x: 26, meanSpend: 39.97 },
    ]) {
      const { mean } = spendDistribution(MODEL, customer);
      expect(relativeError(mean ?? Number.NaN, expectedSpend(MODEL, customer) ?? Number.NaN)).toBeLessThan(
        1e-15,
      );
    }
    expect(spendDistribution(MODEL, { x: 0, meanSpend: null })).toEqual(spendDistribution(MODEL));
  });

  test("mean, deviation and mode against the density, summed up", () => {
    const { mean, standardDeviation, mode, median } = spendDistribution(MODEL);
    let [total, first, second] = [0, 0, 0];
    // On the logarithm of the spend: the trapezoidal rule is exact there to all digits that matter.
    for (let y = -2; y <= 60; y += 0.02) {
      const spend = Math.exp(y);
      const mass = spendPdf(MODEL, spend) * spend * 0.02;
      total += mass;
      first += mass * spend;
      second += mass * spend * spend;
    }
    expect(total).toBeCloseTo(1, 12);
    expect(relativeError(first, mean ?? Number.NaN)).toBeLessThan(1e-12);
    expect(relativeError(Math.sqrt(second - first ** 2), standardDeviation ?? Number.NaN)).toBeLessThan(
      1e-10,
    );
    expect(spendPdf(MODEL, mode)).toBeGreaterThan(spendPdf(MODEL, mode * 1.001));
    expect(spendPdf(MODEL, mode)).toBeGreaterThan(spendPdf(MODEL, mode * 0.999));
    expect(spendCdf(MODEL, median)).toBeCloseTo(0.5, 13);
  });

  test("quantiles and probabilities undo each other, in both tails", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 30 }),
        (p, x) => {
          const customer = { x, meanSpend: 42 };
          const low = spendQuantile(MODEL, p, customer);
          const high = spendQuantile(MODEL, p, customer, { tail: "upper" });
          expect(relativeError(spendCdf(MODEL, low, customer), p)).toBeLessThan(1e-10);
          expect(relativeError(spendCdf(MODEL, high, customer, { tail: "upper" }), p)).toBeLessThan(1e-10);
        },
      ),
    );
  });

  test("ends", () => {
    expect([spendPdf(MODEL, 0), spendPdf(MODEL, -1), spendPdf(MODEL, Number.POSITIVE_INFINITY)]).toEqual([
      0, 0, 0,
    ]);
    expect([spendCdf(MODEL, 0), spendCdf(MODEL, Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
    expect(spendCdf(MODEL, -1, undefined, { tail: "upper" })).toBe(1);
    expect([spendQuantile(MODEL, 0), spendQuantile(MODEL, 1)]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(spendPdf(MODEL, 1e-3)).toBe(0);
  });

  test("moments that do not exist are null", () => {
    const heavy = { model: "gammaGamma", parameters: { p: 2, q: 0.9, v: 10 } } as const;
    const { mean, standardDeviation, median } = spendDistribution(heavy);
    expect([mean, standardDeviation]).toEqual([null, null]);
    expect(median).toBeGreaterThan(0);
    const heavier = { model: "gammaGamma", parameters: { p: 2, q: 1.5, v: 10 } } as const;
    expect(spendDistribution(heavier).standardDeviation).toBeNull();
    expect(spendDistribution(heavier).mean).toBe(40);
  });

  test("refuses what it cannot read", () => {
    expect(thrown(() => spendCdf(MODEL, Number.NaN)).path).toBe("spend");
    expect(thrown(() => spendPdf(MODEL, "20" as never)).path).toBe("spend");
    expect(thrown(() => spendQuantile(MODEL, 1.2)).path).toBe("p");
    expect(thrown(() => spendDistribution({} as never)).path).toBe("model");
    expect(thrown(() => spendDistribution(MODEL, { x: 1, meanSpend: 0 })).code).toBe("INVALID_ROWS");
  });
});
