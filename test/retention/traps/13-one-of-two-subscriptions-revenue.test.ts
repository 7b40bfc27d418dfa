import { describe, expect, it } from "vitest";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";

describe("trap 13: one of two subscriptions cancelled is no churn", () => {
  const monthly = { customerId: "ani", currency: "IDR", interval: { unit: "month" } } as const;

  it("the customer has contracted, and is still one customer", () => {
    const { periods } = revenueRates(
      [
        { ...monthly, id: "S1", productId: "web", startAt: "2024-01-05", amount: 70 },
        {
          ...monthly,
          id: "S2",
          productId: "mail",
          startAt: "2024-01-05",
          amount: 30,
          endAt: "2024-02-10",
          status: "canceled",
        },
      ],
      { asOf: "2024-03-01", by: "month" },
    );
    expect(periods[0].revenue).toMatchObject({ start: 100, contraction: 30, churn: 0, end: 70 });
    expect(periods[0].customers).toMatchObject({ start: 1, contraction: 1, churn: 0, end: 1 });
    expect(periods[0].logoChurn.value).toBe(0);
    expect(periods[0].grossRetention.value).toBe(0.7);
  });

  it("one plan taken for another is one movement by the difference", () => {
    const { periods } = revenueRates(
      [
        { ...monthly, id: "S1", productId: "small", startAt: "2024-01-05", amount: 30, endAt: "2024-02-10" },
        { ...monthly, id: "S2", productId: "large", startAt: "2024-02-10", amount: 70 },
      ],
      { asOf: "2024-03-01", by: "month" },
    );
    expect(periods[0].revenue).toMatchObject({ new: 0, churn: 0, expansion: 40 });
  });
});
