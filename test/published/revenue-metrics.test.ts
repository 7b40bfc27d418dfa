import { describe, expect, it } from "vitest";
import { recurringRevenue } from "../../src/retention/revenue/recurring-revenue.js";
import { revenueMovements } from "../../src/retention/revenue/revenue-movements.js";
import { revenueRatesOf } from "../../src/retention/revenue/revenue-rates-of.js";

describe("ChartMogul help centre", () => {
  // "Net MRR Churn Rate": $100 at the start, $10 churn, $10 contraction, $10 expansion: 10 %.
  it("Net MRR Churn Rate, standard formula", () => {
    const { netChurn } = revenueRatesOf({ start: 10_000, churn: 1000, contraction: 1000, expansion: 1000 });
    expect(netChurn.value).toBe(0.1);
  });

  // "MRR movements": four gold yearly plans, billed $2,000: new business of $166.67; two silver monthly plans at $60 in all:
  // expansion; they go: contraction of $60; the yearly plans end: churn; three gold monthly plans: reactivation of $150.
  it("MRR movements of one customer", () => {
    const plan = { customerId: "Syncalytics", currency: "USD" } as const;
    const year = { unit: "year" } as const;
    const month = { unit: "month" } as const;
    const { movements } = revenueMovements(
      [
        { ...plan, startAt: "2023-01-10", endAt: "2024-01-10", amount: 200_000, interval: year },
        { ...plan, startAt: "2023-02-10", endAt: "2023-03-10", amount: 6000, interval: month },
        { ...plan, startAt: "2024-03-10", amount: 15_000, interval: month },
      ],
      { asOf: "2024-06-01", by: "month" },
    );
    expect(movements.columns.kind).toEqual(["new", "expansion", "contraction", "churn", "reactivation"]);
    expect(movements.columns.change).toEqual([16_667, 6000, -6000, -16_667, 15_000]);
  });
});

describe("Stripe Billing metric definitions", () => {
  // 100 subscribers at 100 USD a month and 50 at 600 USD a year: 12,500 USD. (The page prints 800/12 on the way, which would
  // be 13,333; its result is that of 600.)
  it("MRR", () => {
    const subscribers = (count: number, plan: string, amount: number, unit: "month" | "year") =>
      Array.from({ length: count }, (_, i) => ({
        customerId: `${plan}${i}`,
        startAt: "2024-01-01",
        amount,
        currency: "USD",
        interval: { unit },
      }));
    const { mrr, customers } = recurringRevenue(
      [...subscribers(100, "A", 10_000, "month"), ...subscribers(50, "B", 60_000, "year")],
      { asOf: "2024-06-01" },
    );
    expect([mrr, customers]).toEqual([1_250_000, 150]);
  });
});

describe("Baremetrics changelog", () => {
  // "New Quick Ratio Metric": (new MRR + expansion MRR) / (contraction MRR + churned MRR); here 20 + 8 over 3 + 5.
  it("quick ratio", () => {
    expect(
      revenueRatesOf({ start: 100, new: 20, expansion: 8, contraction: 3, churn: 5 }).quickRatio.value,
    ).toBe(3.5);
  });
});
