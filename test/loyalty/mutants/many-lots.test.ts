import { describe, expect, test } from "vitest";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, remaining } from "../ledger/shop.js";
import { by } from "./refused.js";

// The same rules in an account that has had a hundred lots, all spent: such accounts are read by indices.

const HAD = 100;
const idle = [
  {
    id: "points",
    kind: "spendable" as const,
    expiry: { kind: "afterActivity" as const, after: { days: 10 } },
  },
];
const earn = (at: string, orderId: string, amount: number, more: object = {}) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }], ...more }) as const;
const redeem = (at: string, points: number, redemptionId = "R", more: object = {}) =>
  ({ type: "redeem", at, redemptionId, points, ...more }) as const;
const full = (change: Partial<LoyaltyProgram> = {}) => {
  const shop = openShop(programOf(change), "A", "2024-01-01");
  for (let i = 0; i < HAD; i++) shop.grant(lotOf(1, "2024-01-01"));
  shop.grant({ type: "adjust", at: "2024-01-01", points: -HAD, ...by });
  return shop;
};
const rest = (shop: ReturnType<typeof full>) => remaining(shop.account).slice(HAD);

describe("many lots", () => {
  test.each([
    ["soonestExpiry", [0, 5, 0]],
    ["oldest", [0, 0, 5]],
  ] as const)("are taken in burn order: %s", (burnOrder, left) => {
    const shop = full({ burnOrder });
    shop.grant(lotOf(10, "2025-01-01", "2025-04-01"));
    shop.grant(lotOf(10, "2025-01-02", "2025-06-01"));
    shop.grant(lotOf(10, "2025-01-03", "2025-05-01"));
    shop.grant(redeem("2025-01-04", 25));
    expect(rest(shop)).toEqual(left);
  });
  test("that wait begin to count at their instants, each once", () => {
    const shop = full();
    shop.grant(lotOf(10, "2025-01-01", null, "2025-01-05"));
    shop.grant(lotOf(20, "2025-01-01", null, "2025-01-06"));
    expect(["2025-01-04", "2025-01-05", "2025-01-06"].map((at) => shop.at(at))).toEqual([0, 10, 30]);
    shop.grant(redeem("2025-01-06", 30));
    expect(rest(shop)).toEqual([0, 0]);
  });
  test("that waited are given back by a return, and are not there to count", () => {
    const pointTypes = [{ id: "points", kind: "spendable" as const, pendingFor: { days: 9 } }];
    const shop = full({ pointTypes });
    shop.grant(earn("2025-01-01", "O", 60));
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O" });
    expect([shop.at("2025-01-09", "pending"), shop.at("2025-01-10")]).toEqual([0, 0]);
  });
  test("that last by activity lapse together, and not with what lapses on a day of its own", () => {
    const shop = full({ pointTypes: idle });
    shop.grant(earn("2025-01-01", "O-1", 40));
    shop.grant(lotOf(7, "2025-01-01", "2025-01-20"));
    shop.grant(redeem("2025-01-08", 5));
    // The redemption takes 5 of the 40 and carries them on to the 18th.
    expect(["2025-01-17", "2025-01-18", "2025-01-20"].map((at) => shop.at(at))).toEqual([42, 7, 0]);
    shop.grant(redeem("2025-01-09", 35, "R-2"));
    expect(rest(shop)).toEqual([0, 7]);
  });
  test.each([
    ["2025-01-10", 30],
    ["2025-01-20", 20],
  ])(
    "a redemption of %s that arrives late finds %i, lapsed since or not, and nothing that came later",
    (at, found) => {
      const shop = full();
      shop.grant(lotOf(10, "2025-01-01", "2025-04-01"));
      shop.grant(lotOf(10, "2025-01-01", "2025-02-01"));
      shop.grant(lotOf(10, "2025-01-01", "2025-01-20"));
      shop.grant(lotOf(50, "2025-02-15"));
      const late = { recordedAt: "2025-03-01" };
      const refused = shop.refusal(redeem(at, found + 1, "R", late));
      expect(refused).toMatchObject({ code: "insufficient_points", available: found, missing: 1 });
      shop.grant(redeem(at, found, "R", late));
      expect([shop.at("2025-03-01"), shop.at("2025-03-01", "expired")]).toEqual([50, 30 - found]);
    },
  );
  test("all of them lapse with the account", () => {
    const shop = full({ pointTypes: idle });
    shop.grant(earn("2025-01-01", "O-1", 40));
    shop.grant(lotOf(7, "2025-01-01", "2025-01-20"));
    shop.grant(lotOf(3, "2025-01-01", null, "2025-01-20"));
    expect(shop.grant({ type: "close", at: "2025-01-02", ...by }).outcome.points).toEqual({ points: 50 });
    expect(rest(shop)).toEqual([0, 0, 0]);
  });
});
