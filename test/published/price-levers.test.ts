import { describe, expect, it } from "vitest";
import { profitLevers } from "../../src/profitability/change/profit-levers.js";

describe("what ten per cent of each driver is worth", () => {
  // Diamantopoulos, A., "Pricing", in Baker, M. J. (ed.), The Marketing Book, 5th ed. 2003, table 13.1: price 100, 1,000 units,
  // variable cost 50 a unit, fixed cost 20,000. Profit 30,000 becomes 40,000 / 35,000 / 35,000 / 32,000 (+33.3, 16.7, 16.7, 6.7 %).
  const { total } = profitLevers(
    [{ group: "all", netRevenue: 100_000, costOfGoods: 50_000, costToServe: 20_000 }],
    { change: 0.1, variableCostToServe: 0 },
  );

  it("price, volume, variable and fixed cost", () => {
    expect(total.profit).toBe(30_000);
    expect([total.price, total.volume, total.costOfGoods, total.costToServe]).toEqual([
      10_000, 5000, 5000, 2000,
    ]);
    const { price, volume, costOfGoods, costToServe } = total.shareOfProfit;
    const shares = [price, volume, costOfGoods, costToServe].map(({ value }) => Number(value?.toFixed(3)));
    expect(shares).toEqual([0.333, 0.167, 0.167, 0.067]);
  });
});

describe("break-even sales changes", () => {
  // Nagle, T. T. & Holden, R. K., The Strategy and Tactics of Pricing, 2nd ed. 1995: a price of 10 with a unit cost of 5.5 (contribution 45 %)
  // cut by 5 % breaks even with 12.5 % more units: 5 / (45 - 5). Raised by 5 %, with 10 % fewer: 5 / (45 + 5).
  const [group] = profitLevers(
    [{ group: "Westside", netRevenue: 40_000, costOfGoods: 22_000, costToServe: 0 }],
    { change: 0.05 },
  ).groups;

  it("of a price cut and of a price rise", () => {
    expect(group.breakEvenGain.value).toBe(0.125);
    expect(group.breakEvenLoss.value).toBe(0.1);
  });
});
