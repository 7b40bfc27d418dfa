import { expect, it } from "vitest";
import { profitBridge } from "../../src/profitability/change/profit-bridge.js";

// Drury, C., Management and Cost Accounting, on sales mix and sales quantity variances: the Milano Company. Unit margins 20, 12
// and 9, prices and costs as budgeted; units budgeted and sold. Quantity variance 28,900 favourable (2,000 units at the mean of
// 14.45), mix variance 32,900 adverse, together 4,000 adverse.
const UNITS = { X: [8000, 6000, 20], Y: [7000, 7000, 12], Z: [5000, 9000, 9] } as const;

it("sales volume margin variance: quantity and mix", () => {
  const side = (i: 0 | 1) =>
    Object.entries(UNITS).map(([productId, units]) => ({
      customerId: "market",
      productId,
      quantity: units[i],
      // A price of 100 a unit, whatever the margin.
      revenue: units[i] * 100,
      costOfGoods: units[i] * (100 - units[2]),
    }));
  const { before, after, effects } = profitBridge(side(0), side(1));
  expect([before.profit, after.profit]).toEqual([289_000, 285_000]);
  expect(effects).toEqual({
    lost: 0,
    won: 0,
    volume: 28_900,
    mix: -32_900,
    price: 0,
    costOfGoods: 0,
    costToServe: 0,
    other: 0,
  });
});
