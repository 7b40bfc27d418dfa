import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromMinorUnits, toMinorUnits } from "../../src/core/minor-units.js";
import type { RoundingMode } from "../../src/core/rounding.js";
import { thrown } from "./thrown.js";

const currencies = fc.constantFrom("IDR", "USD", "JPY", "BHD", "CLF", "XAU");

describe("toMinorUnits and fromMinorUnits", () => {
  it("are each other's inverse for every safe amount", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currencies, (amount, currency) => {
        expect(toMinorUnits(fromMinorUnits(amount, currency), currency)).toBe(amount);
      }),
    );
  });

  it("go through numbers too, while these have digits enough", () => {
    fc.assert(
      // 15 significant digits survive a double.
      fc.property(fc.integer({ min: -1e15 + 1, max: 1e15 - 1 }), currencies, (amount, currency) => {
        expect(toMinorUnits(Number(fromMinorUnits(amount, currency)), currency)).toBe(amount + 0);
      }),
    );
  });
});

describe("toMinorUnits", () => {
  it.each<[number | string, string, number]>([
    ["29.33", "USD", 2933],
    [0.29, "USD", 29],
    [1.15, "USD", 115],
    [4.35, "USD", 435],
    ["1250000.50", "IDR", 125000050],
    ["1250", "JPY", 1250],
    ["1.005", "BHD", 1005],
    ["1.5000", "USD", 150],
    ["-0.01", "USD", -1],
    [1e-2, "USD", 1],
    ["90071992547409.91", "USD", Number.MAX_SAFE_INTEGER],
  ])("reads %s %s as %s", (major, currency, expected) => {
    expect(toMinorUnits(major, currency)).toBe(expected);
  });

  it.each<[RoundingMode, number, number]>([
    ["halfEven", 100, -100],
    ["halfUp", 101, -101],
    ["halfDown", 100, -100],
    ["up", 101, -101],
    ["down", 100, -100],
    ["ceiling", 101, -100],
    ["floor", 100, -101],
  ])("rounds 1.005 USD by %s", (rounding, positive, negative) => {
    expect(toMinorUnits("1.005", "USD", { rounding })).toBe(positive);
    expect(toMinorUnits(-1.005, "USD", { rounding })).toBe(negative);
  });

  it("refuses digits below the minor unit, naming value and fix", () => {
    const error = thrown(() => toMinorUnits("12.5", "JPY"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "major"]);
    expect(error.message).toBe(
      'major is "12.5", with more digits than the 0 of JPY: round it or pass options.rounding',
    );
  });

  it("refuses text that is no plain decimal, amounts too large, unknown modes", () => {
    for (const text of ["1,234.50", "$5", "", " 5", "five"]) {
      expect(thrown(() => toMinorUnits(text, "USD"))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path: "major",
      });
    }
    expect(thrown(() => toMinorUnits("90071992547409.92", "USD"))).toMatchObject({
      code: "UNSAFE_INTEGER",
      path: "major",
    });
    expect(thrown(() => toMinorUnits(1, "USD", { rounding: "no" as RoundingMode })).path).toBe(
      "options.rounding",
    );
    expect(thrown(() => toMinorUnits(1, "dollar")).path).toBe("currency");
  });
});

describe("fromMinorUnits", () => {
  it.each<[number, string, string]>([
    [5, "USD", "0.05"],
    [-5, "USD", "-0.05"],
    [0, "USD", "0.00"],
    [100, "IDR", "1.00"],
    [7, "JPY", "7"],
    [7, "BHD", "0.007"],
    [12345, "CLF", "1.2345"],
    [-Number.MAX_SAFE_INTEGER, "USD", "-90071992547409.91"],
  ])("writes %s minor units of %s as %s", (amount, currency, expected) => {
    expect(fromMinorUnits(amount, currency)).toBe(expected);
  });

  it("refuses an amount that is not whole", () => {
    const error = thrown(() => fromMinorUnits(10.5, "USD"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "amount"]);
  });
});
