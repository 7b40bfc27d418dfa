import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fraction } from "../../src/core/fraction.js";
import { ratio } from "../../src/core/rate.js";
import { thrown } from "./thrown.js";

function same(value: Parameters<typeof fraction>[0], numerator: bigint, denominator: bigint): boolean {
  const read = fraction(value, "value");
  return read.denominator > 0n && read.numerator * denominator === numerator * read.denominator;
}

describe("fraction", () => {
  it.each<[number | string, bigint, bigint]>([
    [0.1, 1n, 10n],
    [-2.5, -5n, 2n],
    [1e21, 10n ** 21n, 1n],
    [5e-324, 5n, 10n ** 324n],
    [-0, 0n, 1n],
    ["0.10", 1n, 10n],
    ["+007.5", 15n, 2n],
    ["-1.25e3", -1250n, 1n],
    ["3E-2", 3n, 100n],
    ["123456789012345678901234567890.5", 246913578024691357802469135781n, 2n],
  ])("reads %s exactly", (value, numerator, denominator) => {
    expect(same(value, numerator, denominator)).toBe(true);
  });

  it("reads ratios, with the sign on either side, and rates", () => {
    expect(same({ numerator: 1, denominator: 3 }, 1n, 3n)).toBe(true);
    expect(same({ numerator: "0.5", denominator: -1.5 }, -1n, 3n)).toBe(true);
    expect(same({ numerator: -2, denominator: -6 }, 1n, 3n)).toBe(true);
    expect(same(ratio(90, 100), 9n, 10n)).toBe(true);
  });

  it("gives back the number that it was given", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }), (value) => {
        const { numerator, denominator } = fraction(value, "value");
        // Through the decimal text once more: numerator over a power of ten.
        expect(Number(`${numerator}e-${String(denominator).length - 1}`)).toBe(value + 0);
      }),
    );
  });

  it.each(["", " 1", "1,5", "1.", ".5", "1.234,50", "0x10", "Infinity", "1e9999", "١", "NaN"])(
    "refuses the text %j",
    (text) => {
      const error = thrown(() => fraction(text, "rate"));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "rate"]);
      expect(error.message).toContain(`rate is ${JSON.stringify(text)}`);
    },
  );

  it("refuses what is no number, and a denominator of zero", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, null, undefined, true]) {
      expect(thrown(() => fraction(value as number, "rate")).message).toContain(`rate is ${value}`);
    }
    const error = thrown(() => fraction({ numerator: 1, denominator: "0.0" }, "rate"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "rate.denominator"]);
  });
});
