import { describe, expect, test } from "vitest";
import { mergeAccounts } from "../../../src/loyalty/ledger/transfer-points.js";
import { keep, openShop, programOf } from "./shop.js";

// Worked scenarios of loyalty ledgers that concern a whole account: its activity, and two that become one.

const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;
const earn = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;

describe("S28 inactivity", () => {
  const inactivity = (change: { readonly since?: string; readonly roundUpTo?: "day" }) =>
    programOf({
      pointTypes: [
        {
          id: "points",
          kind: "spendable",
          expiry: { kind: "afterActivity", after: { months: 12 }, ...change },
        },
      ],
    });
  test("12 months after the redemption of 2024-11-30, at the end of the day, the other 80 lapse", () => {
    const shop = openShop(inactivity({ roundUpTo: "day" }));
    shop.grant(earn("2024-01-15", "O", 100));
    shop.grant(redeem("2024-11-30", 20));
    expect(shop.at("2025-01-15")).toBe(80);
    expect(shop.at("2025-11-30T23:59:59.999Z")).toBe(80);
    expect(shop.at("2025-12-01")).toBe(0);
    expect(shop.at("2025-12-01", "expired")).toBe(80);
  });
  test("switched on 2022-03-01, nothing lapses before 2023-03-01", () => {
    const shop = openShop(inactivity({ since: "2022-03-01" }));
    shop.grant(earn("2020-05-01", "O", 100));
    expect(shop.at("2023-02-28T23:59:59.999Z")).toBe(100);
    expect(shop.at("2023-03-01")).toBe(0);
  });
});

describe("S29 merge of A with 100 and B with 200", () => {
  const program = programOf({
    tiers: {
      levels: [
        { id: "basic", threshold: 0 },
        { id: "gold", threshold: 200 },
      ],
      measure: { kind: "spend" },
      period: { kind: "ever" },
      downgrade: "none",
      levelOfOrder: "start",
    },
  });
  const a = openShop(program, "A");
  const b = openShop(program, "B");
  a.grant(earn("2025-01-01", "O", 100));
  b.grant(earn("2025-01-02", "O", 200));
  const merge = { key: "M", transferId: "T", at: "2025-02-01", reason: "two cards", actor: "desk" };
  const merged = mergeAccounts(program, b.account, a.account, merge);

  test("A has 300 and the higher level, B is closed and empty", () => {
    expect([a.account.standing?.tier, b.account.standing?.tier]).toEqual(["basic", "gold"]);
    if (!merged.ok) throw new Error(merged.error.message);
    keep(a, merged.value.to);
    keep(b, merged.value.from);
    expect([a.at("2025-02-01"), b.at("2025-02-01")]).toEqual([300, 0]);
    expect(a.account.standing?.tier).toBe("gold");
    expect(b.account.status).toBe("closed");
    expect(a.account.points.points?.balances.transferred).toBe(-200);
    expect(b.account.points.points?.balances.transferred).toBe(200);
  });
});
