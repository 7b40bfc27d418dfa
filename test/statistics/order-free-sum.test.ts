import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderFreeSum } from "../../src/statistics/order-free-sum.js";

// Whole numbers times powers of two from 2^-60 to 2^60, so that BigInts hold their exact sum.
const SCALE = 2 ** 60;
const addend = fc
  .tuple(fc.maxSafeInteger(), fc.integer({ min: -60, max: 60 }))
  .map(([whole, power]) => whole * 2 ** power);
const exactSum = (values: readonly number[]): bigint =>
  values.reduce((sum, value) => sum + BigInt(value * SCALE), 0n);

describe("orderFreeSum", () => {
  it("is the same to the last digit in whatever order the numbers come", () => {
    const shuffled = fc
      .array(addend, { maxLength: 200 })
      .chain((values) =>
        fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
      );
    fc.assert(
      fc.property(shuffled, ([values, others]) => {
        expect(orderFreeSum(Float64Array.from(others))).toBe(orderFreeSum(Float64Array.from(values)));
      }),
    );
  });

  it("is off by no more than 2^-102 n (n + 2)² of the largest, beside one rounding of the result", () => {
    fc.assert(
      fc.property(fc.array(addend, { minLength: 1, maxLength: 200 }), (values) => {
        const exact = exactSum(values);
        const found = orderFreeSum(Float64Array.from(values));
        const largest = Math.max(...values.map(Math.abs));
        const cutOff = 2 ** -102 * values.length * (values.length + 2) ** 2 * largest;
        const rounding = Math.abs(found) * 2 ** -53;
        // The bound in the units of the exact sum; its own rounding is worth no more than a part in 2^40.
        const bound = BigInt(Math.ceil((cutOff + rounding) * SCALE * (1 + 2 ** -40)));
        const off = BigInt(found * SCALE) - exact;
        expect(off <= bound && -off <= bound).toBe(true);
      }),
    );
  });

  it("knows what a plain sum loses", () => {
    const values = Float64Array.of(1e16, 1, -1e16, 1);
    expect(values.reduce((sum, value) => sum + value)).not.toBe(2);
    expect(orderFreeSum(values)).toBe(2);
  });

  it("of a million equal numbers", () => {
    expect(orderFreeSum(new Float64Array(1_000_000).fill(0.1))).toBe(100_000);
  });

  it("of none, and of nothing but zeros", () => {
    expect(orderFreeSum(new Float64Array(0))).toBe(0);
    expect(orderFreeSum(Float64Array.of(0, -0, 0))).toBe(0);
  });
});
