import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RoundingMode, roundingModes, roundQuotient } from "../../src/core/rounding.js";

const tenths = (mode: RoundingMode, values: readonly number[]): number[] =>
  values.map((value) => Number(roundQuotient(BigInt(value), 10n, mode)));

describe("roundQuotient", () => {
  // The table of java.math.RoundingMode (Java SE API documentation), inputs in tenths.
  const inputs = [55, 25, 16, 11, 10, -10, -11, -16, -25, -55];
  it.each<[RoundingMode, number[]]>([
    ["up", [6, 3, 2, 2, 1, -1, -2, -2, -3, -6]],
    ["down", [5, 2, 1, 1, 1, -1, -1, -1, -2, -5]],
    ["ceiling", [6, 3, 2, 2, 1, -1, -1, -1, -2, -5]],
    ["floor", [5, 2, 1, 1, 1, -1, -2, -2, -3, -6]],
    ["halfUp", [6, 3, 2, 1, 1, -1, -1, -2, -3, -6]],
    ["halfDown", [5, 2, 2, 1, 1, -1, -1, -2, -2, -5]],
    ["halfEven", [6, 2, 2, 1, 1, -1, -1, -2, -2, -6]],
  ])("%s rounds as Java's RoundingMode", (mode, expected) => {
    expect(tenths(mode, inputs)).toEqual(expected);
  });

  // Among the candidates n - 1, n, n + 1 the one that the mode's definition picks, found by comparing distances.
  function bruteForce(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
    const near = numerator / denominator;
    const abs = (value: bigint): bigint => (value < 0n ? -value : value);
    const distance = (n: bigint): bigint => abs(n * denominator - numerator);
    const within = [near - 1n, near, near + 1n].filter((n) => distance(n) < denominator);
    if (mode === "floor")
      return within.filter((n) => n * denominator <= numerator).reduce((a, b) => (a > b ? a : b));
    if (mode === "ceiling")
      return within.filter((n) => n * denominator >= numerator).reduce((a, b) => (a < b ? a : b));
    if (mode === "up") return within.reduce((a, b) => (abs(a) > abs(b) ? a : b));
    if (mode === "down") return within.reduce((a, b) => (abs(a) < abs(b) ? a : b));
    const least = within.map(distance).reduce((a, b) => (a < b ? a : b));
    const nearest = within.filter((n) => distance(n) === least);
    if (mode === "halfEven") return nearest.find((n) => nearest.length === 1 || n % 2n === 0n) ?? 0n;
    return nearest.reduce((a, b) => (abs(a) > abs(b) === (mode === "halfUp") ? a : b));
  }

  it("picks what its definition picks, for any fraction and mode", () => {
    const fractions = fc.oneof(
      fc.tuple(fc.bigInt({ min: -200n, max: 200n }), fc.bigInt({ min: 1n, max: 20n })),
      fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 20n })),
    );
    fc.assert(
      fc.property(fractions, fc.constantFrom(...roundingModes), ([numerator, denominator], mode) => {
        expect(roundQuotient(numerator, denominator, mode)).toBe(bruteForce(numerator, denominator, mode));
      }),
      { numRuns: 2000 },
    );
  });
});
