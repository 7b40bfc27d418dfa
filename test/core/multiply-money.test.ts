import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type Money, money } from "../../src/core/money.js";
import { convertMoney, multiplyInteger, multiplyMoney } from "../../src/core/multiply-money.js";
import { type RoundingMode, roundingModes } from "../../src/core/rounding.js";
import { thrown } from "./thrown.js";

const MAX = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Rounding by definition, in exact rationals: floor, then whether the rest is a half, more or less, and on which side
 * of zero the number lies.
 */
function rounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  let floor = numerator / denominator;
  if (floor * denominator > numerator) floor -= 1n;
  const rest = numerator - floor * denominator;
  if (rest === 0n) return floor;
  const positive = numerator > 0n;
  const half = 2n * rest === denominator;
  const upper = 2n * rest > denominator;
  const chooseUpper: Record<RoundingMode, boolean> = {
    floor: false,
    ceiling: true,
    up: positive,
    down: !positive,
    halfUp: upper || (half && positive),
    halfDown: upper || (half && !positive),
    halfEven: upper || (half && floor % 2n !== 0n),
  };
  return chooseUpper[mode] ? floor + 1n : floor;
}

describe("multiplyMoney", () => {
  it("is the exact product rounded once, for each mode", () => {
    const factors = fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 6 }));
    const amounts = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.maxSafeInteger());
    fc.assert(
      fc.property(
        amounts,
        factors,
        fc.constantFrom(...roundingModes),
        (amount, [digits, scale], rounding) => {
          const exact = rounded(BigInt(amount) * BigInt(digits), 10n ** BigInt(scale), rounding);
          // As a number, as text and as a ratio.
          for (const factor of [
            Number(`${digits}e-${scale}`),
            `${digits}e-${scale}`,
            { numerator: digits, denominator: 10 ** scale },
          ]) {
            const call = () => multiplyMoney(money(amount, "IDR"), factor, { rounding }).amount;
            if (exact >= -MAX && exact <= MAX) expect(call()).toBe(Number(exact));
            else expect(thrown(call).code).toBe("UNSAFE_INTEGER");
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("takes a number for its shortest decimal form, where doubles would round the wrong way", () => {
    // 1.005 as a double is below 1.005, and 1.15 * 100 is 114.99999999999999.
    expect(multiplyMoney(money(1000, "USD"), 1.005, { rounding: "down" }).amount).toBe(1005);
    expect(multiplyMoney(money(100, "USD"), 1.15, { rounding: "floor" }).amount).toBe(115);
  });

  it("is exact where the product of numbers would not be", () => {
    // 9007199254740991 / 3 = 3002399751580330.33..
    expect(
      multiplyMoney(money(Number.MAX_SAFE_INTEGER, "USD"), { numerator: 1, denominator: 3 }).amount,
    ).toBe(3002399751580330);
  });

  it("rounds halves to even unless told otherwise", () => {
    expect([1, 3, 5].map((amount) => multiplyMoney(money(amount, "USD"), 0.5).amount)).toEqual([0, 2, 2]);
  });

  it("never gives -0", () => {
    expect(Object.is(multiplyMoney(money(0, "USD"), -3).amount, 0)).toBe(true);
    expect(Object.is(multiplyMoney(money(-1, "USD"), 0.1).amount, 0)).toBe(true);
  });

  it("refuses bad factors and modes, and products too large", () => {
    expect(thrown(() => multiplyMoney(money(1, "USD"), "1,5"))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "factor",
    });
    const mode = thrown(() => multiplyMoney(money(1, "USD"), 2, { rounding: "nearest" as RoundingMode }));
    expect([mode.code, mode.path]).toEqual(["INVALID_ARGUMENT", "options.rounding"]);
    expect(mode.message).toContain('"nearest"');
    const large = thrown(() => multiplyMoney(money(Number.MAX_SAFE_INTEGER, "USD"), 2));
    expect([large.code, large.path]).toEqual(["UNSAFE_INTEGER", "factor"]);
    expect(large.message).toContain("18014398509481982");
  });

  it("keeps the currency in the type", () => {
    expectTypeOf(multiplyMoney(money(1, "IDR"), 2)).toEqualTypeOf<Money<"IDR">>();
  });
});

describe("multiplyInteger", () => {
  it("multiplies like money", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -999, max: 999 }),
        fc.constantFrom(...roundingModes),
        (value, percent, rounding) => {
          const factor = { numerator: percent, denominator: 100 };
          expect(multiplyInteger(value, factor, { rounding })).toBe(
            multiplyMoney(money(value, "USD"), factor, { rounding }).amount,
          );
        },
      ),
    );
  });

  it("refuses a value that is not whole", () => {
    expect(thrown(() => multiplyInteger(0.5, 2))).toMatchObject({ code: "INVALID_ARGUMENT", path: "value" });
  });
});

describe("convertMoney", () => {
  it("takes the rate in major units, whatever the digits of the currencies", () => {
    // 10.50 USD * 16250.5 = 170,630.25 IDR; 1.000 BHD * 400 = 400 JPY; 1000 JPY * 0.0025 = 2.500 BHD.
    expect(convertMoney(money(1050, "USD"), 16250.5, "IDR")).toEqual(money(17063025, "IDR"));
    expect(convertMoney(money(1000, "BHD"), 400, "JPY")).toEqual(money(400, "JPY"));
    expect(convertMoney(money(1000, "JPY"), "0.0025", "BHD")).toEqual(money(2500, "BHD"));
  });

  it("rounds by the named mode, once", () => {
    const yen = money(1, "JPY");
    expect(convertMoney(yen, 0.005, "USD").amount).toBe(0);
    expect(convertMoney(yen, 0.005, "USD", { rounding: "halfUp" }).amount).toBe(1);
    expect(convertMoney(money(-1, "JPY"), 0.001, "USD", { rounding: "floor" }).amount).toBe(-1);
  });

  it("goes there and back by the inverse ratio, where no digit is lost", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000_000 }), (amount, rate) => {
        const there = convertMoney(money(amount, "USD"), rate, "IDR");
        expect(convertMoney(there, { numerator: 1, denominator: rate }, "USD")).toEqual(money(amount, "USD"));
      }),
    );
  });

  it("refuses a rate that is not above 0, named", () => {
    for (const rate of [0, -1, "-0.5"]) {
      const error = thrown(() => convertMoney(money(1, "USD"), rate, "IDR"));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "rate"]);
      expect(error.message).toContain(String(rate));
    }
    expect(thrown(() => convertMoney(money(1, "USD"), 1, "rp")).path).toBe("currency");
  });

  it("has the target currency in the type", () => {
    expectTypeOf(convertMoney(money(1, "USD"), 2, "IDR")).toEqualTypeOf<Money<"IDR">>();
  });
});
