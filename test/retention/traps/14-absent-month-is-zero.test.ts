import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";

// In models that join a month to the month before, a customer without a row has null there, and neither churns nor counts.
describe("trap 14: an absent month is revenue of 0", () => {
  const log = transactionLog(
    [
      { customerId: "ani", at: "2024-01-10", amount: 60 },
      { customerId: "budi", at: "2024-01-10", amount: 40 },
      { customerId: "ani", at: "2024-02-10", amount: 60 },
      { customerId: "budi", at: "2024-04-10", amount: 90 },
    ],
    { currency: "IDR" },
  );
  const options = { asOf: "2024-06-01", by: "month" } as const;

  it("who has no row in a month has churned in it, and is back with the next", () => {
    const { periods } = revenueMovements(log, options);
    expect(
      periods.map(({ period, revenue }) => [
        period.label,
        revenue.start,
        revenue.churn,
        revenue.reactivation,
        revenue.end,
      ]),
    ).toEqual([
      ["2024-01", 0, 0, 0, 100],
      ["2024-02", 100, 40, 0, 60],
      ["2024-03", 60, 60, 0, 0],
      ["2024-04", 0, 0, 90, 90],
      ["2024-05", 90, 90, 0, 0],
    ]);
  });

  it("a month after one without any revenue has no rates, and says why", () => {
    const [, , april] = revenueRates(log, options).periods;
    expect(april.current.label).toBe("2024-04");
    expect(april.netRetention).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "revenue at the start: 0",
    });
    expect(april.logoChurn.value).toBeNull();
    expect(april.logoChurnInterval).toBeNull();
    expect(april.quickRatio).toEqual({
      value: null,
      numerator: 90,
      denominator: 0,
      reason: "lost revenue: 0",
    });
  });

  it("a subscription that ended keeps its months as long as its record is passed", () => {
    const ended = {
      customerId: "ani",
      currency: "IDR",
      interval: { unit: "month" },
      startAt: "2024-01-10",
      endAt: "2024-03-10",
      status: "canceled",
      amount: 60,
    } as const;
    const { periods } = revenueMovements([ended], options);
    expect(periods.map(({ revenue }) => [revenue.end, revenue.churn])).toEqual([
      [60, 0],
      [60, 0],
      [0, 60],
      [0, 0],
      [0, 0],
    ]);
  });
});
