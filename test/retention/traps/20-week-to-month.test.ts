import { describe, expect, it } from "vitest";
import { normalizedRevenue } from "../../../src/retention/revenue/normalized-revenue.js";
import { recurringRevenue } from "../../../src/retention/revenue/recurring-revenue.js";

describe("trap 20: a month is not four weeks", () => {
  it("12 a week is 52 a month, not 48, and 624 a year", () => {
    expect(normalizedRevenue(12, { unit: "week" }, "month")).toBe(52);
    expect(normalizedRevenue(12, { unit: "week" }, "year")).toBe(624);
    const weekly = {
      customerId: "ani",
      startAt: "2024-01-01",
      amount: 12,
      currency: "USD",
      interval: { unit: "week" },
    } as const;
    const { mrr, arr } = recurringRevenue([weekly], { asOf: "2024-06-01" });
    expect([mrr, arr]).toEqual([52, 624]);
  });
});
