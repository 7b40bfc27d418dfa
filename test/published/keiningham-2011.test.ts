// Keiningham, T. L., Aksoy, L., Buoye, A. & Cooil, B. (2011). Customer loyalty isn't enough. Grow your share of wallet.
// Harvard Business Review 89(10), 29-31: share of wallet = (1 - rank / (number of brands + 1)) x (2 / number of brands).
// With two brands the first gets 67 %, the second 33 %.
import { expect, it } from "vitest";
import { walletAllocationRule } from "../../src/retention/loyalty/wallet-allocation-rule.js";

it("two brands: 67 % and 33 %", () => {
  expect([1, 2].map((rank) => Math.round(100 * walletAllocationRule(rank, 2)))).toEqual([67, 33]);
});

it("is the rule as it is printed, up to rounding", () => {
  for (let brands = 1; brands <= 20; brands++) {
    for (let rank = 1; rank <= brands; rank += 0.5) {
      const printed = (1 - rank / (brands + 1)) * (2 / brands);
      expect(walletAllocationRule(rank, brands)).toBeCloseTo(printed, 15);
    }
  }
});
