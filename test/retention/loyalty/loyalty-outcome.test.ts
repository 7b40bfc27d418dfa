import { describe, expect, it } from "vitest";
import { loyaltyOutcome } from "../../../src/retention/loyalty/loyalty-outcome.js";
import { referralRate } from "../../../src/retention/loyalty/referral-rate.js";
import { shareOfWallet } from "../../../src/retention/loyalty/share-of-wallet.js";
import { repeatPurchaseRate } from "../../../src/retention/purchases/repeat-purchase-rate.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";

const asOf = "2025-01-01";
const repeatPurchases = repeatPurchaseRate(referenceLog, { asOf });
const referrals = referralRate(["A", "B", "C", "D"], [{ customerId: "A", at: "2024-05-01" }], { asOf });
const wallet = shareOfWallet([
  { ours: 300, total: 500 },
  { ours: 100, total: 400 },
  { ours: 0, total: 200 },
]);

describe("loyaltyOutcome", () => {
  it("puts repeat rate, referrals and share of wallet side by side", () => {
    const outcome = loyaltyOutcome({ repeatPurchases, referrals, wallet });
    expect(outcome.repeatRate).toMatchObject({ numerator: 8, denominator: 11 });
    expect(outcome.referralRate).toMatchObject({ numerator: 1, denominator: 4 });
    expect([outcome.referrals, outcome.referralsPerCustomer.value]).toEqual([1, 0.25]);
    expect(outcome.shareOfWallet).toMatchObject({ numerator: 400, denominator: 1100 });
    expect(outcome.meanShareOfWallet).toBeCloseTo(17 / 60, 15);
    expect(outcome.asOf).toBe(Date.UTC(2025, 0, 1));
    expect([outcome.repeatRateInterval, outcome.referralRateInterval, outcome.shareOfWalletInterval]).toEqual(
      [repeatPurchases.interval, referrals.interval, wallet.aggregateInterval],
    );
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  });

  it("says what was not measured", () => {
    const outcome = loyaltyOutcome({});
    for (const rate of [outcome.repeatRate, outcome.referralRate, outcome.referralsPerCustomer])
      expect(rate).toEqual({ value: null, numerator: 0, denominator: 0, reason: "not measured" });
    expect([outcome.shareOfWallet.reason, outcome.meanShareOfWallet, outcome.asOf]).toEqual([
      "not measured",
      null,
      null,
    ]);
  });

  it("refuses measures of different instants", () => {
    const later = referralRate(["A"], [], { asOf: "2025-02-01" });
    const error = thrown(() => loyaltyOutcome({ repeatPurchases, referrals: later }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "measures.referrals"]);
    expect(error.message).toContain("2025-02-01T00:00:00.000Z");
  });

  it("refuses what are no measures", () => {
    expect(thrown(() => loyaltyOutcome(undefined as unknown as object)).path).toBe("measures");
  });
});
