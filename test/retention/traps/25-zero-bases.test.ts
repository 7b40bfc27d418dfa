import { describe, expect, it } from "vitest";
import { evaluateKpis } from "../../../src/core/kpi.js";
import type { Rate } from "../../../src/core/rate.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { contractTenure } from "../../../src/retention/lifetimes/contract-tenure.js";
import { expectedLifetime } from "../../../src/retention/lifetimes/expected-lifetime.js";
import { observedTenure } from "../../../src/retention/lifetimes/observed-tenure.js";
import { loyaltyOutcome } from "../../../src/retention/loyalty/loyalty-outcome.js";
import { referralRate } from "../../../src/retention/loyalty/referral-rate.js";
import { shareOfWallet } from "../../../src/retention/loyalty/share-of-wallet.js";
import { walletAllocation } from "../../../src/retention/loyalty/wallet-allocation.js";
import { walletGrowth } from "../../../src/retention/loyalty/wallet-growth.js";
import { evaluateRetentionPlan } from "../../../src/retention/plan/evaluate-retention-plan.js";
import { heldByBarriers } from "../../../src/retention/plan/held-by-barriers.js";
import { retentionCost } from "../../../src/retention/plan/retention-cost.js";
import { retentionEconomics } from "../../../src/retention/plan/retention-economics.js";
import { retentionPriority } from "../../../src/retention/plan/retention-priority.js";
import { retentionUplift } from "../../../src/retention/plan/retention-uplift.js";
import { rewardList } from "../../../src/retention/plan/reward-list.js";
import { switchingCosts } from "../../../src/retention/plan/switching-cost.js";
import { purchaseIntervals } from "../../../src/retention/purchases/purchase-intervals.js";
import { reactivationRate } from "../../../src/retention/purchases/reactivation-rate.js";
import { reactivationSeries } from "../../../src/retention/purchases/reactivation-series.js";
import { repeatPurchaseRate } from "../../../src/retention/purchases/repeat-purchase-rate.js";
import { winBackRate } from "../../../src/retention/purchases/win-back-rate.js";

const asOf = "2024-07-01";
const windows = {
  previous: { start: "2024-01-01", end: "2024-02-01" },
  current: { start: "2024-02-01", end: "2024-03-01" },
};
const empty = transactionLog([], { currency: "IDR" });
const given = transactionLog(
  [
    { id: "T1", customerId: "a", at: "2024-01-05", amount: 100 },
    { customerId: "a", at: "2024-01-06", amount: -100, refundOf: "T1" },
  ],
  { currency: "IDR" },
);
const objective = { metric: "retention", from: 0, to: 1, by: "2024-01-31" };
/** Nothing is earned, nobody stays. */
const nothing = { discountRate: 0, timing: "end", retention: 0, horizon: 3 } as const;
const groupBy = () => "g";
const contacts = [{ customerId: "a", at: "2024-02-01" }];

const bases: [name: string, results: () => unknown[]][] = [
  [
    "no row at all",
    () => [
      reactivationRate(empty, { asOf, ...windows }),
      reactivationSeries(empty, { asOf, by: "month" }),
      winBackRate(empty, [], { asOf, within: { days: 30 }, inactiveFor: null, control: [] }),
      repeatPurchaseRate(empty, { asOf }),
      purchaseIntervals(empty, { asOf }),
      observedTenure(empty, { asOf }),
      contractTenure([], { asOf }),
      shareOfWallet([]),
      walletGrowth([], []),
      walletAllocation([]),
      referralRate([], [], { asOf }),
      retentionCost([], { customers: 0, retained: 0 }),
      loyaltyOutcome({}),
      reactivationRate(empty, { asOf, ...windows, groupBy }),
      repeatPurchaseRate(empty, { asOf, groupBy }),
      heldByBarriers([]),
      retentionPriority([]),
      rewardList([], { by: "value", valueCut: { share: 0.2 } }),
      switchingCosts([]),
      evaluateKpis([], {}),
      evaluateRetentionPlan({ objective, kpis: [] }, { objective: null, kpis: {} }, { asOf }),
    ],
  ],
  [
    "all given back, nothing spent, nobody contacted in time",
    () => [
      reactivationRate(given, { asOf, ...windows }),
      reactivationSeries(given, { asOf, by: "month" }),
      winBackRate(given, contacts, { asOf, within: { days: 30 }, inactiveFor: null }),
      repeatPurchaseRate(given, { asOf, within: { days: 30 } }),
      purchaseIntervals(given, { asOf }),
      observedTenure(given, { asOf }),
      shareOfWallet([{ customerId: "a", ours: 0, total: 0 }]),
      walletGrowth([{ customerId: "a", ours: 0, total: 0 }], [{ customerId: "a", ours: 0, total: 5 }]),
      referralRate([], [{ customerId: "a", at: "2024-01-01" }], { asOf }),
      winBackRate(given, contacts, { asOf, within: { days: 30 }, inactiveFor: null, groupBy, control: [] }),
      retentionCost([], { customers: 0, retained: 0, wonBack: 0, retainedRevenue: 0, retainedProfit: 0 }),
      heldByBarriers([{ customerId: "a", heldBy: ["negative"], satisfied: null, value: 0 }]),
      retentionPriority([{ customerId: "a", value: 0, churnProbability: 0, retentionCost: 0 }]),
      rewardList([{ customerId: "a", value: 0 }], { by: "value", valueCut: { atLeast: 1 } }),
      switchingCosts([{ kind: "relational" }]),
      retentionEconomics({ ...nothing, baseProfit: 0, acquisitionCost: 0 }),
      retentionUplift({ ...nothing, profit: 0, uplift: 0 }),
      retentionUplift({ ...nothing, profit: 1, uplift: 0.1, survivorsAt: "end" }),
      evaluateKpis([{ id: "a", target: 0, direction: "increase" }], {}),
      evaluateRetentionPlan({ objective, kpis: [] }, { objective: 0, kpis: {} }, { asOf }),
      expectedLifetime(1),
      expectedLifetime([1, 1], { tail: "lastRate" }),
    ],
  ],
];

/** Every number and every rate of a result, wherever it stands. */
function* leaves(value: unknown): Generator<number | Rate> {
  if (typeof value === "number") yield value;
  if (typeof value !== "object" || value === null) return;
  if ("numerator" in value) yield value as Rate;
  for (const part of Object.values(value)) yield* leaves(part);
}

describe("trap 25: a base, a wallet or a count of zero", () => {
  describe.each(bases)("%s", (_, results) => {
    it("no NaN, no Infinity; a rate over zero is null and says why", () => {
      for (const leaf of results().flatMap((result) => [...leaves(result)])) {
        if (typeof leaf === "number") {
          expect(Number.isFinite(leaf)).toBe(true);
        } else if (leaf.denominator === 0) {
          expect(leaf.value).toBeNull();
          expect(leaf.reason).toMatch(/\w/);
        }
      }
    });

    it("survives JSON as it is", () => {
      for (const result of results()) expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    });
  });

  it("a share of nothing is not 0: a wallet of zero is left out of the mean, which stays 1/2", () => {
    const wallets = shareOfWallet([
      { ours: 1, total: 2 },
      { ours: 0, total: 0 },
    ]);
    expect([wallets.mean, wallets.aggregate.value, wallets.emptyWallets]).toEqual([0.5, 0.5, 1]);
  });

  it("zero of some is 0, not null", () => {
    const once = transactionLog([{ customerId: "a", at: "2024-01-05", amount: 1 }], { currency: "IDR" });
    expect(repeatPurchaseRate(once, { asOf }).rate.value).toBe(0);
    expect(winBackRate(once, contacts, { asOf, within: { days: 30 }, inactiveFor: null }).rate.value).toBe(0);
    expect(referralRate(["a"], [], { asOf }).rate.value).toBe(0);
    expect(shareOfWallet([{ ours: 0, total: 9 }]).aggregate.value).toBe(0);
  });
});
