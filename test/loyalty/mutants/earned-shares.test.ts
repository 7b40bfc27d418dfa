import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocateInteger } from "../../../src/core/allocate-money.js";
import { type RoundingMode, roundQuotient } from "../../../src/core/rounding.js";
import {
  dealtPoints,
  type ExactShares,
  limitedShares,
  timesFactor,
  timesFactors,
  wholeParts,
  wholePoints,
} from "../../../src/loyalty/earning/exact-shares.js";

// Exact fractions, held against whole numbers without bound: small ones, and products beyond 2^53 - 1.

const modes: readonly RoundingMode[] = ["up", "down", "ceiling", "floor", "halfUp", "halfDown", "halfEven"];
const anyPart = fc.oneof(fc.nat(20), fc.nat(1_000_000), fc.maxSafeNat());
const anyOver = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2_000_000_000 }));
const anyShares = fc
  .tuple(fc.array(anyPart, { minLength: 1, maxLength: 6 }), anyPart, anyOver, fc.boolean())
  .map(
    ([parts, times, over, big]): ExactShares =>
      big
        ? { big, parts: parts.map(BigInt), times: BigInt(times), over: BigInt(over) }
        : { big: false, parts, times, over },
  );
/** The numerator of a share. */
const partOf = ({ parts, times }: ExactShares, i: number) =>
  BigInt(parts[i] as number | bigint) * BigInt(times);
const partsOf = (shares: ExactShares) => shares.parts.map((_: unknown, i: number) => partOf(shares, i));
const sumOf = (shares: ExactShares) => partsOf(shares).reduce((sum, part) => sum + part, 0n);
const safe = (value: bigint) => value <= BigInt(Number.MAX_SAFE_INTEGER);

test("every part times a factor", () => {
  fc.assert(
    fc.property(anyShares, anyPart, anyOver, (shares, factor, over) => {
      const times = timesFactor(shares, factor, over);
      partsOf(shares).forEach((part, i) => {
        const exact = part * BigInt(factor) * BigInt(times.over);
        expect(partOf(times, i) * BigInt(shares.over) * BigInt(over)).toBe(exact);
      });
    }),
  );
});

test("each part times a factor of its own, plus whole points", () => {
  const numbers = fc.array(anyPart, { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(anyShares, numbers, anyOver, fc.option(numbers), (shares, factors, over, whole) => {
      const times = timesFactors(shares, factors, over, whole);
      const both = BigInt(shares.over) * BigInt(over);
      partsOf(shares).forEach((part, i) => {
        const exact = part * BigInt(factors[i] as number) + BigInt(whole?.[i] ?? 0) * both;
        expect(partOf(times, i) * both).toBe(exact * BigInt(times.over));
      });
    }),
  );
});

test("whole points are added over the new denominator: 4 halves and 2 are 8 halves", () => {
  const four: ExactShares = { big: false, parts: [4], times: 1, over: 1 };
  expect(timesFactors(four, [1], 2, [2])).toEqual({ big: false, parts: [8], times: 1, over: 2 });
});

test.each(modes)("the sum and each part as whole points, rounded %s", (mode) => {
  fc.assert(
    fc.property(anyShares, (shares) => {
      const rounded = (part: bigint) => roundQuotient(part, BigInt(shares.over), mode);
      const sum = rounded(sumOf(shares));
      if (safe(sum)) expect(wholePoints(shares, mode)).toBe(Number(sum));
      const parts = partsOf(shares).map(rounded);
      if (parts.every(safe)) expect(wholeParts(shares, mode)).toEqual(parts.map(Number));
    }),
  );
});

test("halves go where their mode says", () => {
  const by = (parts: readonly number[]) =>
    modes.map((mode) => wholeParts({ big: false, parts, times: 1, over: 2 }, mode).join());
  // 0.5, 1.5 and 2.5.
  expect(by([1, 3, 5])).toEqual(["1,2,3", "0,1,2", "1,2,3", "0,1,2", "1,2,3", "0,1,2", "0,2,2"]);
});

test("a limit brings the sum down to it, and leaves what is below it as it is", () => {
  fc.assert(
    fc.property(anyShares, fc.nat(1000), (shares, limit) => {
      const limited = limitedShares(shares, limit);
      const over = BigInt(shares.over);
      if (sumOf(shares) <= BigInt(limit) * over) expect(limited).toBe(shares);
      else {
        expect(sumOf(limited)).toBe(BigInt(limit) * BigInt(limited.over));
        partsOf(shares).forEach((part, i) => {
          expect(partOf(limited, i) * sumOf(shares)).toBe(part * sumOf(limited));
        });
      }
    }),
  );
});

test("points are dealt out as allocateInteger does, by weights of any size", () => {
  const weights = fc
    .array(anyPart, { minLength: 1, maxLength: 8 })
    .filter(
      (parts) => parts.some((part) => part > 0) && safe(parts.reduce((sum, part) => sum + BigInt(part), 0n)),
    );
  fc.assert(
    fc.property(weights, fc.oneof(fc.nat(9), fc.nat(1_000_000_000)), (parts, points) => {
      expect(dealtPoints(points, { big: false, parts, times: 1, over: 1 })).toEqual(
        allocateInteger(points, parts),
      );
    }),
  );
  // Together beyond the exact integers: half and half.
  const parts = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  expect(dealtPoints(11, { big: false, parts, times: 1, over: 1 })).toEqual([6, 5]);
});

describe("points beyond the exact integers", () => {
  const shares: ExactShares = { big: true, parts: [2n ** 53n], times: 1n, over: 1n };
  test.each([
    ["the points of a rule", () => wholePoints(shares, "floor")],
    ["the points of a line", () => wholeParts(shares, "floor")],
  ])("are an error of %s", (words, run) => {
    expect(run).toThrow(
      expect.objectContaining({
        code: "UNSAFE_INTEGER",
        path: "order",
        message: expect.stringContaining(words),
      }),
    );
  });
});
