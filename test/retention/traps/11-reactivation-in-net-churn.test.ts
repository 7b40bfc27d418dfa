import { describe, expect, it } from "vitest";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";
import { revenueRatePresets } from "../../../src/retention/revenue/revenue-rates-of.js";

// At the end of April 34 customers pay 10.00 each and two pay 20.00: 380.00. In May one of the two leaves (20.00) and the
// other halves (10.00): 30 / 380 = 7.89 %. A customer who had left in March comes back with 80.00:
// (30 - 80) / 380 = -13.16 %.
describe("trap 11: reactivation inside net churn and retention", () => {
  const monthly = { currency: "USD", interval: { unit: "month" } } as const;
  const panel = [
    ...Array.from({ length: 34 }, (_, i) => ({
      ...monthly,
      customerId: `small ${i}`,
      startAt: "2024-01-05",
      amount: 1000,
    })),
    { ...monthly, customerId: "leaver", startAt: "2024-01-05", endAt: "2024-05-05", amount: 2000 },
    { ...monthly, customerId: "halved", startAt: "2024-01-05", endAt: "2024-05-05", amount: 2000 },
    { ...monthly, customerId: "halved", startAt: "2024-05-05", amount: 1000 },
    { ...monthly, customerId: "back", startAt: "2024-01-05", endAt: "2024-03-05", amount: 8000 },
    { ...monthly, customerId: "back", startAt: "2024-05-05", amount: 8000 },
  ];
  const may = (preset: { includeReactivation?: boolean }) =>
    revenueRates(panel, {
      asOf: "2024-06-01",
      by: "month",
      window: { start: "2024-05-01", end: "2024-06-01" },
      ...preset,
    }).periods[0];

  it("classic: gross 7.89 %, net 7.89 %", () => {
    for (const preset of [{}, revenueRatePresets.classic]) {
      const { grossChurn, netChurn, netRetention, grossRetention } = may(preset);
      expect(grossChurn).toEqual({ value: 3 / 38, numerator: 3000, denominator: 38_000, reason: null });
      expect(netChurn).toEqual(grossChurn);
      expect([netRetention.numerator, grossRetention.numerator]).toEqual([35_000, 35_000]);
    }
  });

  it("ChartMogul: net -13.16 %, gross the same", () => {
    const { grossChurn, netChurn, netRetention, grossRetention } = may(revenueRatePresets.chartmogul);
    expect(netChurn).toEqual({ value: -5 / 38, numerator: -5000, denominator: 38_000, reason: null });
    expect(netRetention.numerator).toBe(43_000);
    expect([grossChurn.numerator, grossRetention.numerator]).toEqual([3000, 35_000]);
    expect((netChurn.value ?? 0).toFixed(4)).toBe("-0.1316");
    expect((grossChurn.value ?? 0).toFixed(4)).toBe("0.0789");
  });
});
