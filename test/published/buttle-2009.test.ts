// Buttle, F. (2009). Customer Relationship Management: Concepts and Technologies, 2nd edition, chapter 9: raw,
// sales-adjusted and profit-adjusted retention. His worked case: of 100 customers 10 are lost, who brought 25 % of the
// sales and 50 % of the profit.
import { expect, it } from "vitest";
import { retentionRateOf } from "../../src/retention/rates/retention-rate-of.js";

it("10 % of the customers lost are 25 % of the sales and 50 % of the profit", () => {
  const stayed = Array.from({ length: 90 }, () => ({ sales: 75, profit: 5, retained: true }));
  const left = Array.from({ length: 10 }, () => ({ sales: 225, profit: 45, retained: false }));
  const { raw, salesAdjusted, profitAdjusted, defection } = retentionRateOf([...left, ...stayed]);
  expect([raw.value, salesAdjusted.value, profitAdjusted.value]).toEqual([0.9, 0.75, 0.5]);
  expect([defection.raw.value, defection.salesAdjusted.value, defection.profitAdjusted.value]).toEqual([
    0.1, 0.25, 0.5,
  ]);
});
