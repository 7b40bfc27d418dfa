import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { pointMovements } from "../../../src/loyalty/liability/point-movements.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, type Shop } from "../ledger/shop.js";

const told = ({ events }: Shop) =>
  rows(pointMovements(events)).map(({ at, lot, kind, points, issuedAt }) => [
    new Date(at).toISOString().slice(5, 10),
    lot,
    kind,
    points,
    new Date(issuedAt).toISOString().slice(5, 10),
  ]);
const shopOf = (change: Partial<LoyaltyProgram> = {}) => openShop(programOf(change), "A", "2025-01-01");

describe("rare ways of points", () => {
  it("a late earn that is allotted anew gives points back to a lot that has lapsed: they lapse with it", () => {
    const pointTypes: LoyaltyProgram["pointTypes"] = [
      { id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 20 } } },
    ];
    const shop = shopOf({ lateEarns: "rederived", pointTypes });
    const earn = (orderId: string, at: string, recordedAt: string, amount: number) =>
      shop.grant({ type: "earn", at, recordedAt, orderId, lines: [{ lineId: "1", amount }] });
    earn("a", "2025-01-12", "2025-01-12", 100);
    shop.grant({ type: "redeem", at: "2025-01-20", redemptionId: "r", points: 80 });
    earn("b", "2025-01-05", "2025-02-10", 50);
    expect(told(shop)).toEqual([
      ["01-12", 0, "issued", 100, "01-12"],
      ["01-20", 0, "redeemed", -80, "01-12"],
      ["02-01", 0, "expired", -20, "01-12"],
      ["01-05", 1, "issued", 50, "01-05"],
      ["01-20", 0, "reversed", 50, "01-12"],
      ["02-01", 0, "expired", -50, "01-12"],
      ["01-20", 1, "redeemed", -50, "01-05"],
    ]);
  });

  it("what a capture gives back repays what is owed", () => {
    const shop = shopOf({ returnPolicy: "unlimited" });
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "a", lines: [{ lineId: "1", amount: 100 }] });
    shop.grant({ type: "authorize", at: "2025-01-03", holdId: "h", points: 100 });
    shop.grant({ type: "clawBack", at: "2025-01-04", orderId: "a", amount: 30 });
    shop.grant({ type: "capture", at: "2025-01-05", holdId: "h", points: 60 });
    expect(told(shop).slice(1)).toEqual([
      ["01-05", 0, "redeemed", -60, "01-02"],
      ["01-05", 0, "clawedBack", -30, "01-02"],
    ]);
  });

  it("a hold given back before its lot lapsed, and told after: it lapses when its time came", () => {
    const shop = shopOf();
    shop.grant(lotOf(100, "2025-01-02", "2025-02-01"));
    shop.grant({ type: "authorize", at: "2025-01-03", holdId: "h", points: 100 });
    shop.grant({ type: "void", at: "2025-01-20", recordedAt: "2025-02-05", holdId: "h" });
    expect(told(shop).slice(1)).toEqual([["02-01", 0, "expired", -100, "01-02"]]);
  });

  it("a closed account's points lapse when it is closed", () => {
    const shop = shopOf();
    shop.grant(lotOf(100, "2025-01-02", "2026-02-01"));
    shop.grant({ type: "close", at: "2025-03-01", reason: "left", actor: "desk" });
    expect(told(shop).slice(1)).toEqual([["03-01", 0, "expired", -100, "01-02"]]);
  });

  it("points that come back twice in new lots keep each date of issue once", () => {
    const shop = shopOf({ reversal: { into: "newLot" } });
    shop.grant(lotOf(30, "2025-01-02"));
    shop.grant(lotOf(40, "2025-01-03"));
    shop.grant({ type: "redeem", at: "2025-01-04", redemptionId: "r", points: 70 });
    shop.grant({ type: "reverseRedemption", at: "2025-01-05", redemptionId: "r" });
    shop.grant({ type: "redeem", at: "2025-01-06", redemptionId: "s", points: 70 });
    shop.grant({ type: "reverseRedemption", at: "2025-01-07", redemptionId: "s", points: 35 });
    shop.grant({ type: "reverseRedemption", at: "2025-01-08", redemptionId: "s" });
    const byIssue = (lot: number) =>
      told(shop)
        .filter((row) => row[1] === lot && row[2] === "reversed")
        .map((row) => [row[4], row[3]]);
    // 40 of the second lot were taken last and come back first; then 30 of the first.
    expect(byIssue(2)).toEqual([
      ["01-02", 30],
      ["01-03", 40],
    ]);
    const sums = new Map<unknown, number>();
    for (const [date, points] of [...byIssue(3), ...byIssue(4)]) {
      sums.set(date, (sums.get(date) ?? 0) + Number(points));
    }
    expect([...sums].sort()).toEqual([
      ["01-02", 30],
      ["01-03", 40],
    ]);
  });
});
