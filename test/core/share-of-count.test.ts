import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOfCount } from "../../src/core/share-of-count.js";

describe("shareOfCount", () => {
  it("rounds up what is a fraction, and not what rounding alone makes one", () => {
    expect(0.07 * 100).toBeGreaterThan(7);
    expect([0.07, 0.071, 0.0001, 0, 1].map((share) => shareOfCount(share, 100))).toEqual([7, 8, 1, 0, 100]);
    expect(0.1 + 0.2).toBeGreaterThan(0.3);
    expect(shareOfCount(0.1 + 0.2, 10)).toBe(3);
  });

  it("is the exact ceiling for shares of up to four decimals", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(1_000_000), (share, count) => {
        const exact = Number((BigInt(share) * BigInt(count) + 9999n) / 10_000n);
        expect(shareOfCount(share / 10_000, count)).toBe(exact);
      }),
    );
  });
});
