import fc from "fast-check";
import { expect, test } from "vitest";
import { rateMeans } from "../../../src/lifetime/models/rate-means.js";
import { logGamma } from "../../../src/statistics/log-gamma.js";
import { relativeError } from "../../statistics/relative-error.js";

const positive = (least: number, most: number) =>
  fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);
const shape = positive(1e-3, 3000);
const rates = fc.array(positive(1e-2, 1e4), { minLength: 1, maxLength: 8 });

test("powers: Gamma(k + power) / Gamma(k) / rate^power, in whatever order the rates come", () => {
  fc.assert(
    fc.property(shape, rates, fc.constantFrom(0, 0.5, 1), (k, all, power) => {
      const mean = rateMeans(k, () => (purchaseRate) => purchaseRate ** power, 1e-60);
      for (const rate of all) {
        const expected = Math.exp(logGamma(k + power) - logGamma(k) - power * Math.log(rate));
        // The gamma functions cancel: up to 2e4 for the largest shape.
        expect(relativeError(mean(rate), expected)).toBeLessThan(k < 50 ? 1e-12 : 1e-10);
      }
    }),
  );
});

test("the Laplace transform: (1 + s / rate)^-k", () => {
  fc.assert(
    fc.property(shape, rates, positive(1e-3, 10), (k, all, s) => {
      const mean = rateMeans(k, () => (purchaseRate) => Math.exp(-s * purchaseRate), 1e-18 / s);
      for (const rate of all) {
        const power = k * Math.log1p(s / rate);
        if (power < 5) expect(relativeError(mean(rate), Math.exp(-power))).toBeLessThan(1e-11);
      }
    }),
  );
});

test("a small mean of large rates: 1 - (1 + s / rate)^-k, to which what lies left of the first point adds", () => {
  fc.assert(
    fc.property(positive(1e-3, 5), positive(1, 1e12), positive(1e-3, 10), (k, rate, s) => {
      // Proportional to the purchase rate where that is small, down from where its square is lost.
      const mean = rateMeans(k, () => (purchaseRate) => -Math.expm1(-s * purchaseRate), 1e-18 / s);
      expect(relativeError(mean(rate), -Math.expm1(-k * Math.log1p(s / rate)))).toBeLessThan(1e-11);
    }),
  );
});

test("the function is prepared for the fastest purchases that occur, and computed few times", () => {
  let calls = 0;
  const mean = rateMeans(
    0.25,
    (fastest) => (purchaseRate) => {
      calls++;
      expect(purchaseRate).toBeLessThanOrEqual(fastest);
      return purchaseRate;
    },
    1e-18,
  );
  for (let rate = 30; rate < 45; rate += 0.001) mean(rate);
  expect(calls).toBeLessThan(400);
});
