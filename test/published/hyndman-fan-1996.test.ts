import { describe, expect, test } from "vitest";
import { type QuantileMethod, quantile, quantiles } from "../../src/statistics/sample-quantile.js";

// R. J. Hyndman and Y. Fan (1996), "Sample quantiles in statistical packages", The American Statistician 50, 361-365.
// Definitions 1 to 9 worked by hand on small lists, as fractions.

describe("values 1, 2, 3, 4, 5 at p = 1/4 and p = 2/5", () => {
  // np = 5/4 and 2; position a + p(n + 1 - a - b).
  const byHand: [QuantileMethod, quarter: number, twoFifths: number][] = [
    ["invertedCdf", 2, 2],
    ["averagedInvertedCdf", 2, 5 / 2],
    ["closestObservation", 1, 2],
    ["interpolatedInvertedCdf", 5 / 4, 2],
    ["hazen", 7 / 4, 5 / 2],
    ["weibull", 3 / 2, 12 / 5],
    ["linear", 2, 13 / 5],
    ["medianUnbiased", 5 / 3, 37 / 15],
    ["normalUnbiased", 27 / 16, 99 / 40],
  ];
  test.each(byHand)("%s: %d, %d", (method, quarter, twoFifths) => {
    const values = [4, 1, 5, 3, 2];
    // 1e-14: three roundings.
    expect(quantile(values, 1 / 4, { method })).toBeCloseTo(quarter, 14);
    expect(quantile(values, 2 / 5, { method })).toBeCloseTo(twoFifths, 14);
  });
});

test("quartiles of R's quantile() default, type 7, on 1..9 and 1..10", () => {
  expect(quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9], [0.25, 0.5, 0.75])).toEqual([3, 5, 7]);
  expect(quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0.25, 0.5, 0.75])).toEqual([3.25, 5.5, 7.75]);
});

test("definition 3 takes the even rank when np lies halfway", () => {
  const values = [10, 20, 30, 40, 50];
  // np = 1/2, 3/2, 5/2, 7/2, 9/2: ranks 0 (the first value), 2, 2, 4, 4.
  const cuts = quantiles(values, [0.1, 0.3, 0.5, 0.7, 0.9], { method: "closestObservation" });
  expect(cuts).toEqual([10, 20, 20, 40, 40]);
});
