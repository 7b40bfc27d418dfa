import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { allocateInteger, allocateMoney } from "../../src/core/allocate-money.js";
import { type Money, money, sumMoney } from "../../src/core/money.js";
import { thrown } from "./thrown.js";

const totals = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.maxSafeInteger());
const weightsOf = (weight: fc.Arbitrary<number>) =>
  fc
    .array(fc.oneof(fc.constant(0), weight), { minLength: 1, maxLength: 12 })
    .filter((all) => all.some((w) => w > 0));
const weights = fc.oneof(
  weightsOf(fc.integer({ min: 0, max: 20 })),
  weightsOf(fc.maxSafeInteger().map(Math.abs)),
  weightsOf(fc.integer({ min: 0, max: 1000 }).map((w) => w / 1000)),
  weightsOf(fc.double({ min: 1e-12, max: 1e12, noNaN: true })),
);

describe("allocateInteger", () => {
  it("hands out the whole, each part within one unit of its exact share, and zero weights get nothing", () => {
    fc.assert(
      fc.property(totals, weights, (total, shares) => {
        const parts = allocateInteger(total, shares);
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));
        // Weights as whole numbers on a common scale, by their decimal text.
        const scaled = shares.map((share) => decimalTimes(share, 40));
        const all = scaled.reduce((sum, share) => sum + share, 0n);
        parts.forEach((part, index) => {
          const share = scaled[index] ?? 0n;
          const difference = BigInt(part) * all - BigInt(total) * share;
          expect(difference < all && difference > -all).toBe(true);
          if (share === 0n) expect(part).toBe(0);
        });
      }),
    );
  });

  it("gives the same in numbers as in BigInts: small whole weights and the same weights as tenths", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9999, max: 9999 }),
        weightsOf(fc.integer({ min: 0, max: 50 })),
        (total, shares) => {
          // w + 0.5 doubled is 2 w + 1: the first takes the decimal way, the second the whole one.
          const halves = shares.map((share) => (share === 0 ? 0 : share + 0.5));
          const wholes = shares.map((share) => (share === 0 ? 0 : 2 * share + 1));
          expect(allocateInteger(total, halves)).toEqual(allocateInteger(total, wholes));
        },
      ),
    );
  });

  it("follows the weights when they change places, where no two fractions tie", () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1 }),
        (total, shares) => {
          const sum = shares.reduce((all, share) => all + share, 0);
          fc.pre(new Set(shares.map((share) => (total * share) % sum)).size === shares.length);
          const reversed = allocateInteger(total, [...shares].reverse());
          expect(reversed.reverse()).toEqual(allocateInteger(total, shares));
        },
      ),
    );
  });

  it("splits a negative total like the positive one, and scales with its weights", () => {
    fc.assert(
      fc.property(totals, weightsOf(fc.integer({ min: 0, max: 1000 })), (total, shares) => {
        const parts = allocateInteger(total, shares);
        expect(allocateInteger(0 - total, shares)).toEqual(parts.map((part) => 0 - part));
        expect(
          allocateInteger(
            total,
            shares.map((share) => share * 7),
          ),
        ).toEqual(parts);
      }),
    );
  });

  it("gives the units left over to the largest fractions, equal ones to the earlier position", () => {
    // Seats of the US House in Hamilton's method: quotas 1.5, 1.5, 2 -> the first of the two halves.
    expect(allocateInteger(5, [3, 3, 4])).toEqual([2, 1, 2]);
    // Exact shares of 10: 1.7, 2.6, 5.7 -> two units left, to the fractions .7 and .7.
    expect(allocateInteger(10, [17, 26, 57])).toEqual([2, 2, 6]);
    expect(allocateInteger(1, [0, 0.1, 0.1])).toEqual([0, 1, 0]);
    expect(allocateInteger(0, [1, 2])).toEqual([0, 0]);
  });

  it("takes tenths for tenths: 0.1 + 0.2 is 0.3", () => {
    // As doubles the weights sum to 0.6000000000000001 and the first two fractions differ.
    expect(allocateInteger(2, [0.3, 0.1, 0.2])).toEqual([1, 0, 1]);
    expect(allocateInteger(6, [0.1, 0.2, 0.3])).toEqual([1, 2, 3]);
    // Exact shares 6.8, 9, 7.6, 2.6: the two .6 tie, though their doubles do not.
    expect(allocateInteger(26, [3.4, 4.5, 3.8, 1.3])).toEqual([7, 9, 8, 2]);
  });

  it("refuses weights that share nothing, and totals that are not whole", () => {
    expect(thrown(() => allocateInteger(5, []))).toMatchObject({ code: "INVALID_ARGUMENT", path: "weights" });
    expect(thrown(() => allocateInteger(5, [0, 0])).message).toContain("all 0");
    for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const error = thrown(() => allocateInteger(5, [1, weight]));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "weights[1]"]);
      expect(error.message).toContain(`weights[1] is ${weight}`);
    }
    expect(thrown(() => allocateInteger(0.5, [1])).path).toBe("total");
    // A hole is no weight of zero: its unit would be lost.
    const sparse = [1, 0, 2];
    delete sparse[1];
    const error = thrown(() => allocateInteger(100, sparse));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "weights[1]"]);
  });
});

describe("allocateMoney", () => {
  it("sums to the whole in the same currency", () => {
    fc.assert(
      fc.property(totals, weights, (total, shares) => {
        const parts = allocateMoney(money(total, "IDR"), shares);
        expect(sumMoney(parts, "IDR")).toEqual(money(total, "IDR"));
        expect(parts.map(({ amount }) => amount)).toEqual(allocateInteger(total, shares));
      }),
    );
  });

  it("keeps the currency in the type", () => {
    expectTypeOf(allocateMoney(money(1, "IDR"), [1])).toEqualTypeOf<Money<"IDR">[]>();
  });
});

/** value * 10^digits of a positive double's shortest decimal text. */
function decimalTimes(value: number, digits: number): bigint {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", decimals = ""] = mantissa.split(".");
  return BigInt(whole + decimals) * 10n ** BigInt(digits + Number(exponent) - decimals.length);
}
