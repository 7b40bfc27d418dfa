import fc from "fast-check";
import { expect, test } from "vitest";
import { countsAbove, risingSum } from "../../../src/lifetime/models/rising-factorials.js";
import { digamma } from "../../../src/statistics/digamma.js";
import { logGamma } from "../../../src/statistics/log-gamma.js";
import { trigamma } from "../../../src/statistics/trigamma.js";

/** Customer by customer, by gamma functions. */
function byGamma(counts: readonly number[], weight: readonly number[], shift: number, p: number) {
  const of = (f: (x: number) => number) =>
    counts.reduce((sum, count, i) => sum + weight[i] * (f(p + Math.max(0, count + shift)) - f(p)), 0);
  return { value: of(logGamma), slope: of(digamma), curvature: of(trigamma) };
}

test("the same as quotients of gamma functions, customer by customer", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(fc.nat(5), fc.nat(3000), fc.nat(100_000)), fc.integer({ min: 1, max: 9 })), {
        maxLength: 20,
      }),
      fc.constantFrom(-1, 0, 1),
      fc.double({ min: 0.05, max: 50, noNaN: true }),
      (rows, shift, p) => {
        const counts = rows.map(([count]) => count);
        const weight = rows.map(([, customers]) => customers);
        const got = risingSum(countsAbove(Float64Array.from(counts), Float64Array.from(weight), shift), p);
        const expected = byGamma(counts, weight, shift, p);
        for (const name of ["value", "slope", "curvature"] as const) {
          // Both are sums of up to 1e5 rounded terms; the gamma functions cancel where counts are small.
          expect(Math.abs(got[name] - expected[name])).toBeLessThan(
            1e-11 * (1 + Math.abs(expected[name])) + 1e-13 / (p * p),
          );
        }
      },
    ),
  );
});

test("by hand: 2 customers with 3 factors, 1 with 1", () => {
  const { value, slope, curvature } = risingSum(
    countsAbove(Float64Array.of(3, 1, 0), Float64Array.of(2, 1, 5)),
    0.5,
  );
  // 0.5 * 1.5 * 2.5, squared, times 0.5
  expect(value).toBeCloseTo(Math.log(1.875 ** 2 * 0.5), 14);
  expect(slope).toBeCloseTo(3 / 0.5 + 2 / 1.5 + 2 / 2.5, 14);
  expect(curvature).toBeCloseTo(-(3 / 0.25 + 2 / 2.25 + 2 / 6.25), 13);
});

test("nobody counts nothing", () => {
  const counts = countsAbove(Float64Array.of(0, 0), Float64Array.of(1, 1));
  expect(risingSum(counts, 2)).toEqual({ value: 0, slope: 0, curvature: 0 });
});
