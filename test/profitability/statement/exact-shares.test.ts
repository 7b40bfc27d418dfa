import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateInteger } from "../../../src/core/allocate-money.js";
import { addShares, divide, FRACTIONS } from "../../../src/profitability/statement/exact-shares.js";
import { largest, largestRemainder } from "../../../src/profitability/statement/largest-remainder.js";

const empty = (rows: number) => ({ whole: new Float64Array(rows), fraction: new Float64Array(rows) });

/** A single pool, rounded. */
function dealt(total: number, weights: readonly number[]): number[] {
  const shares = empty(weights.length);
  const left = addShares(total, Float64Array.from(weights), shares);
  return Array.from(largestRemainder(shares, left));
}

const sumOf = (values: Iterable<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);

describe("addShares", () => {
  it("divides exactly, as BigInts do", () => {
    const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const divisor = fc.oneof(fc.integer({ min: 1, max: 2 ** 51 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(whole, fc.nat({ max: 2 ** 51 }), divisor, (a, b, least) => {
        // A weight is no more than the sum of all.
        const sum = Math.max(b, least);
        const quotient = new Float64Array(2);
        divide(a, b, sum, quotient);
        const product = BigInt(a) * BigInt(b);
        expect(quotient[0]).toBe(Number(product / BigInt(sum)));
        expect(quotient[1]).toBe(Number(product % BigInt(sum)));
      }),
      { numRuns: 2000 },
    );
  });

  it("rounded, gives the parts of allocateInteger where remainders are told apart by a fraction", () => {
    // Sums of weights below 60,000: different remainders differ by more than 2^-16, and a fraction is 2^-30.
    const weight = fc.oneof(
      fc.nat(1000),
      fc.integer({ min: 0, max: 999 }).map((n) => n / 10),
    );
    const total = fc.oneof(fc.integer({ min: -100, max: 100 }), fc.maxSafeInteger());
    fc.assert(
      fc.property(total, fc.array(weight, { minLength: 1, maxLength: 6 }), (whole, weights) => {
        fc.pre(weights.some((value) => value > 0));
        expect(dealt(whole, weights)).toEqual(allocateInteger(whole, weights));
      }),
      { numRuns: 1000 },
    );
  });

  it("large weights and doubles: within a unit of the exact share, and they sum to the total", () => {
    const weight = fc.oneof(
      fc.maxSafeNat(),
      fc.nat({ max: 2 ** 47 }),
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.double({ min: 0, max: 1e308, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(weight, { minLength: 1, maxLength: 12 }),
        (total, weights) => {
          fc.pre(weights.some((value) => value > 0));
          const parts = dealt(total, weights);
          expect(sumOf(parts)).toBe(total);
          const most = Math.max(...weights);
          const sum = sumOf(weights.map((value) => value / most));
          parts.forEach((part, i) => {
            // 12 weights of 2^-51 of a total of 1e9: 1e-5 at most.
            expect(Math.abs(part - (total * (weights[i] / most)) / sum)).toBeLessThan(1 + 1e-5);
          });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("many weights that are no decimals are dealt out like the whole numbers of which they are thirds", () => {
    const whole = Array.from({ length: 3000 }, (_, i) => 1 + (i % 7));
    const thirds = whole.map((value) => value / 3);
    expect(dealt(10_000_019, thirds)).toEqual(allocateInteger(10_000_019, whole));
  });

  it("shares what is owed beside the total", () => {
    const shares = empty(2);
    expect(addShares(5, Float64Array.of(3, 1), shares, 0.5)).toBe(1);
    expect(Array.from(shares.whole)).toEqual([3, 1]);
    // 5.5 x 3/4 = 4.125, of which 3 are whole units of 5 x 3/4; 5.5 / 4 = 1.375.
    expect(Array.from(shares.fraction)).toEqual([1.125 * FRACTIONS, 0.375 * FRACTIONS]);
  });
});

describe("largest", () => {
  it("finds the n largest, of equal ones the first, among few and among many", () => {
    const values = fc.oneof(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: -1e9, max: 2 ** 30 }), { minLength: 1001, maxLength: 1200 }),
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1001, maxLength: 1200 }),
    );
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const n = Math.max(1, Math.round(share * given.length));
        const expected = Array.from(given.keys())
          .sort((a, b) => given[b] - given[a] || a - b)
          .slice(0, n)
          .sort((a, b) => a - b);
        const isIn = largest(Float64Array.from(given), n);
        expect(Array.from(given.keys()).filter((i) => isIn[i] === 1)).toEqual(expected);
      }),
    );
  });
});
