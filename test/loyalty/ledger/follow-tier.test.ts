import { expect, test } from "vitest";
import { tierProgram } from "../tiers/tier-program.js";
import { openShop, programOf } from "./shop.js";

const order = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;

test("a late order lifts to the higher of what its own term and the present one make of it", () => {
  // Silver from 50, gold from 150, over the last twelve months.
  const { tiers } = tierProgram({
    levels: [
      { id: "bronze", threshold: 0 },
      { id: "silver", threshold: 50 },
      { id: "gold", threshold: 150 },
    ],
    measure: { kind: "points", pointType: "points" },
    period: { kind: "rolling", length: { months: 12 } },
  });
  const shop = openShop(programOf({ tiers }));
  shop.grant(order("2025-08-01", "summer", 40));
  expect(shop.account.standing?.tier).toBe("bronze");
  // In June it stands alone with 120, in December it makes 160 with that of August.
  shop.grant({ ...order("2025-06-01", "late", 120), recordedAt: "2025-12-01" });
  expect(shop.account.standing?.tier).toBe("gold");
});
