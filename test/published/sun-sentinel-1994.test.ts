import { expect, test } from "vitest";
import { row } from "../../src/core/table.js";
import { retentionEconomics } from "../../src/retention/plan/retention-economics.js";

// Sun-Sentinel of 11 July 1994, which retells a credit card company of F. F. Reichheld's studies: a customer costs 60 dollars
// to win and brings 30, 42, 44, 50 and 56 in the first five years. It does not say by which effect the later years bring
// more; here all of it goes by the name of purchase growth.

const card = {
  baseProfit: 30,
  purchaseGrowth: [0, 12, 14, 20, 26],
  acquisitionCost: 60,
  discountRate: 0,
  timing: "end",
  horizon: 5,
} as const;

test("who stays brings 222 in five years, 162 more than the 60 that winning cost, paid back in the second", () => {
  const { years, components, total, breakeven } = retentionEconomics({ ...card, retention: 1 });
  expect(years.columns.profit).toEqual([-60, 30, 42, 44, 50, 56]);
  expect(years.columns.cumulativeProfit.at(-1)).toBe(222 - 60);
  // 150 of the 222 would have come without any growth.
  expect(components.map(({ component, staying }) => [component, staying])).toEqual([
    ["baseProfit", 150],
    ["purchaseGrowth", 72],
    ["costDecline", 0],
    ["referrals", 0],
    ["pricePremium", 0],
    ["acquisitionCost", -60],
  ]);
  expect([total.staying, breakeven.staying.year]).toEqual([162, 2]);
});

test("of customers half of whom leave in a year, the third year pays for the first", () => {
  // 30 + 42/2 + 44/4 = 62, where 30 + 21 = 51 is less than 60.
  const { years, breakeven } = retentionEconomics({ ...card, retention: 0.5 });
  expect(breakeven.expected.year).toBe(3);
  expect(row(years, 3)).toMatchObject({ survival: 0.25, expectedProfit: 11, cumulativeExpectedProfit: 2 });
});
