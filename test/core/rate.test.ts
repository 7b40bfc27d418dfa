import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratio } from "../../src/core/rate.js";

describe("ratio", () => {
  it("shows what it was computed from", () => {
    expect(ratio(90, 100)).toEqual({ value: 0.9, numerator: 90, denominator: 100, reason: null });
    expect(ratio(0, 5)).toEqual({ value: 0, numerator: 0, denominator: 5, reason: null });
  });

  it("is null with the reason in the caller's words where the denominator is not above 0", () => {
    expect(ratio(0, 0, "customers in the base")).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "customers in the base: 0",
    });
    expect(ratio(5, -200, "profit")).toMatchObject({ value: null, reason: "profit: -200" });
    expect(ratio(1, 0).reason).toBe("denominator: 0");
    expect(ratio(1, Number.NaN).value).toBeNull();
  });

  it("is undefined where its parts give no finite number", () => {
    expect(ratio(Number.NaN, 5)).toMatchObject({ value: null, reason: "NaN / 5 is no finite number" });
    expect(ratio(1e308, 1e-308).value).toBeNull();
    expect(ratio(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY).value).toBeNull();
    // JSON has no -0.
    expect(ratio(-0, 5).value).toBe(0);
  });

  const anyNumber = fc.oneof(fc.maxSafeInteger(), fc.double());

  it("has either a finite value or a reason, for any numbers", () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (numerator, denominator) => {
        const rate = ratio(numerator, denominator);
        expect(
          rate.value === null ? rate.reason !== null : Number.isFinite(rate.value) && rate.reason === null,
        ).toBe(true);
      }),
    );
  });

  it("does not change when both parts grow alike, but for rounding", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(2, 10, 1000),
        (part, whole, times) => {
          // Each quotient is the nearest double of the same rational: equal to the last bit.
          expect(ratio(part * times, whole * times).value).toBe(ratio(part, whole).value);
        },
      ),
    );
  });
});
