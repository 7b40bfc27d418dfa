import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";

// A widely used model asks "more than last month?" before it asks "anything last month?": then 0 to 80 is an expansion, and
// nobody ever comes back.
describe("trap 10: reactivation called expansion", () => {
  const monthly = { currency: "IDR", interval: { unit: "month" } } as const;
  const { periods, movements } = revenueMovements(
    [
      { ...monthly, customerId: "back", startAt: "2024-01-05", endAt: "2024-02-05", amount: 50 },
      { ...monthly, customerId: "back", startAt: "2024-03-05", amount: 80 },
      { ...monthly, customerId: "first", startAt: "2024-03-05", amount: 30 },
      { ...monthly, customerId: "grown", startAt: "2024-01-05", endAt: "2024-03-05", amount: 10 },
      { ...monthly, customerId: "grown", startAt: "2024-03-05", amount: 25 },
    ],
    { asOf: "2024-04-01", by: "month" },
  );

  it("0 to 80 of one who had paid before is a reactivation, of one who had not is new", () => {
    const march = rows(movements).filter(({ period }) => period === "2024-03");
    expect(march.map(({ customerId, kind, change }) => [customerId, kind, change])).toEqual([
      ["back", "reactivation", 80],
      ["first", "new", 30],
      ["grown", "expansion", 15],
    ]);
    expect(periods[2].revenue).toMatchObject({
      start: 10,
      new: 30,
      reactivation: 80,
      expansion: 15,
      end: 135,
    });
  });
});
