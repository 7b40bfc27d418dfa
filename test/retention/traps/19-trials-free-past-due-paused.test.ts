import { describe, expect, it } from "vitest";
import { activeStatusPresets } from "../../../src/retention/contracts/active-status-presets.js";
import { recurringRevenue } from "../../../src/retention/revenue/recurring-revenue.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import type { RevenueSubscription } from "../../../src/retention/revenue/revenue-subscription.js";

// One base, four opinions on who pays. Each amount is a power of ten, so that the sum shows who is in it.
describe("trap 19: trials, free, past due, paused", () => {
  const plan = { startAt: "2024-01-05", currency: "USD", interval: { unit: "month" } } as const;
  const base: readonly RevenueSubscription[] = [
    { ...plan, customerId: "active", amount: 1, status: "active" },
    { ...plan, customerId: "trial", amount: 10, status: "trialing", trialEndAt: "2024-06-15" },
    { ...plan, customerId: "late", amount: 100, status: "pastDue", statusSince: "2024-05-20" },
    { ...plan, customerId: "very late", amount: 1000, status: "unpaid", statusSince: "2024-04-20" },
    { ...plan, customerId: "pausing", amount: 10_000, status: "paused", statusSince: "2024-05-20" },
    { ...plan, customerId: "gone", amount: 100_000, status: "canceled", endAt: "2024-05-20" },
    { ...plan, customerId: "never paid", amount: 1_000_000, status: "incomplete" },
    { ...plan, customerId: "free", amount: 0, status: "active" },
  ];

  it("the caller says which status counts; the presets say what systems do", () => {
    const mrr = Object.entries(activeStatusPresets).map(([name, statuses]) => [
      name,
      recurringRevenue(base, { asOf: "2024-06-01", statuses }).mrr,
    ]);
    expect(Object.fromEntries(mrr)).toEqual({
      default: 101,
      stripe: 101,
      // Unpaid for more than 30 days is cancelled.
      baremetrics: 101,
      chartmogul: 11_101,
    });
    const ours = { pastDue: { countsAsActive: false }, paused: { countsAsActive: true } };
    expect(recurringRevenue(base, { asOf: "2024-06-01", statuses: ours }).mrr).toBe(10_001);
  });

  it("a trial is no revenue before it ends, and a free plan never is", () => {
    const { byCustomer } = recurringRevenue(base, { asOf: "2024-07-01" });
    expect(byCustomer.columns.customerId).toEqual(["active", "trial", "late"]);
  });

  it("who pauses under a mapping that leaves them out has churned when the pause began, and not before", () => {
    const options = { asOf: "2024-07-01", by: "month" } as const;
    const churn = (statuses?: typeof activeStatusPresets.default) =>
      revenueMovements(base, { ...options, ...(statuses && { statuses }) })
        .periods.filter(({ revenue }) => revenue.churn > 0)
        .map(({ period, revenue }) => [period.label, revenue.churn]);
    expect(churn()).toEqual([
      ["2024-04", 1000],
      ["2024-05", 110_000],
    ]);
    // Both that are late run out of their 30 days: from 20 April on 20 May, from 20 May on 19 June.
    expect(churn(activeStatusPresets.baremetrics)).toEqual([
      ["2024-05", 111_000],
      ["2024-06", 100],
    ]);
    expect(churn(activeStatusPresets.chartmogul)).toEqual([["2024-05", 100_000]]);
  });
});
