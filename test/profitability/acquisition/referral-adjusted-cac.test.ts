import { describe, expect, it } from "vitest";
import { referralAdjustedCac } from "../../../src/profitability/acquisition/referral-adjusted-cac.js";

describe("referralAdjustedCac over many generations", () => {
  it("takes no longer for more of them", () => {
    // At a rate of 1 every generation is as large as the first: n + 1 of them. Step by step this would take years.
    const even = referralAdjustedCac({ spend: 100, acquired: 4, referred: 4, generations: 1e12 });
    expect(even.multiplier).toBe(1e12 + 1);
    // 1 + r + ... + r^n for r = 1 - 2^-20 and n = 2^20 - 1: (1 - r^(n + 1)) / (1 - r), by Python's decimal in 50 digits.
    const slow = referralAdjustedCac({
      spend: 1,
      acquired: 2 ** 20,
      referred: 2 ** 20 - 1,
      generations: 2 ** 20 - 1,
    });
    expect(slow.multiplier).toBeCloseTo(662826.631034007373, 6);
  });

  it("the formula takes over from the steps without a jump", () => {
    for (const referred of [0, 1, 7, 10, 11]) {
      const of = (generations: number) =>
        referralAdjustedCac({ spend: 1, acquired: 10, referred, generations }).multiplier ?? Number.NaN;
      // m(n + 1) = 1 + r m(n), whatever way either is computed; 1e-12 for a thousand additions.
      expect(of(1001) / (1 + (referred / 10) * of(1000))).toBeCloseTo(1, 12);
    }
  });

  it("more customers than numbers reach: null, and a reason that asks for nothing that was done", () => {
    for (const generations of [900, 2000]) {
      const found = referralAdjustedCac({ spend: 1, acquired: 1, referred: 1000, generations });
      expect([found.multiplier, found.adjustedCac.value]).toEqual([null, null]);
      expect(found.adjustedCac.reason).toBe(
        `after ${generations} generations of 1000 each there are more customers than numbers reach`,
      );
    }
  });
});
