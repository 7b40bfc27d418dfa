import { describe, expect, test } from "vitest";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, type Shop } from "../ledger/shop.js";

// Several redemptions and lots that a late gift of 50 changes in part: only what changes is named.

const redeem = (at: string, points: number, redemptionId: string) =>
  ({ type: "redeem", at, redemptionId, points }) as const;
const program = (expiresOn: string, more: Partial<LoyaltyProgram> = {}) =>
  programOf({
    lateEarns: "rederived",
    earnRules: [
      {
        id: "gift",
        award: { per: "event", event: "gift", points: 50 },
        expiry: { kind: "fixedDate", on: expiresOn },
      },
    ],
    ...more,
  });
const opened = (...lots: readonly (readonly [points: number, at: string, expiresOn?: string])[]) => {
  const shop = openShop(program("2025-06-01"));
  for (const [points, at, expiresOn] of lots) shop.grant(lotOf(points, at, expiresOn ?? null));
  return shop;
};
function late(shop: Shop, at = "2025-02-01", recordedAt = "2025-03-01") {
  const { events } = shop.grant({ type: "earn", at, recordedAt, orderId: "late", event: "gift" });
  const event = events.find(({ type }) => type === "reallocated");
  if (event?.type !== "reallocated") return null;
  const parts = (list: readonly { readonly lot: number; readonly points: number }[]) =>
    list.map(({ lot, points }) => [lot, points]);
  const debits = event.debits.map(({ debitId, allocations }) => [debitId, parts(allocations)]);
  return { debits, changes: parts(event.changes) };
}

describe("what changes", () => {
  test("does not name a lot that a redemption takes as much of as before", () => {
    const shop = opened([30, "2025-01-01", "2025-02-15"], [100, "2025-01-02"]);
    shop.grant(redeem("2025-02-10", 60, "R"));
    expect(late(shop)).toEqual({
      debits: [
        [
          "R",
          [
            [0, 30],
            [2, 30],
          ],
        ],
      ],
      changes: [
        [1, -30],
        [2, 30],
      ],
    });
  });
  test("is told by the numbers of the lots", () => {
    const shop = opened([10, "2025-01-01"], [30, "2025-01-02", "2025-06-15"]);
    shop.grant(redeem("2025-02-10", 35, "R"));
    expect(late(shop)?.changes).toEqual([
      [0, -5],
      [1, -30],
      [2, 35],
    ]);
  });
  test("counts what two redemptions free of one lot together", () => {
    const shop = opened([100, "2025-01-01"]);
    shop.grant(redeem("2025-02-05", 60, "R-1"));
    shop.grant(redeem("2025-02-06", 40, "R-2"));
    expect(late(shop)?.debits).toEqual([
      [
        "R-1",
        [
          [1, 50],
          [0, 10],
        ],
      ],
    ]);
  });
  test("names a redemption that takes other numbers of points from the same lots", () => {
    const shop = opened([30, "2025-01-01", "2025-12-01"], [100, "2025-01-02"]);
    shop.grant(redeem("2025-02-05", 15, "R-1"));
    shop.grant(redeem("2025-02-10", 40, "R-2"));
    // The gift lapses between the two: it pays the first, so that the second has 30 of the first lot and not 15.
    shop.program = program("2025-02-07");
    expect(late(shop)).toEqual({
      debits: [
        ["R-1", [[2, 15]]],
        [
          "R-2",
          [
            [0, 30],
            [1, 10],
          ],
        ],
      ],
      changes: [
        [1, -15],
        [2, 15],
      ],
    });
  });
});

describe("what stays", () => {
  test("points that came after a redemption pay none of it", () => {
    const shop = opened([100, "2025-01-01"]);
    shop.grant(redeem("2025-02-10", 80, "R"));
    shop.grant(lotOf(40, "2025-02-20", "2025-05-01"));
    expect(late(shop)?.debits).toEqual([
      [
        "R",
        [
          [2, 50],
          [0, 30],
        ],
      ],
    ]);
  });
  test("redemptions from before the points came, also where the programme burns otherwise now", () => {
    const shop = opened([10, "2025-01-01"], [20, "2025-01-02", "2025-03-01"], [30, "2025-01-25"]);
    shop.grant(redeem("2025-01-15", 10, "before"));
    shop.program = program("2025-06-01", { burnOrder: "oldest" });
    shop.grant(redeem("2025-02-10", 30, "R"));
    // 10 of the oldest, the 10 that are left of the second; then the gift is older than the third.
    expect(late(shop, "2025-01-20", "2025-02-20")?.debits).toEqual([
      [
        "R",
        [
          [0, 10],
          [1, 10],
          [3, 10],
        ],
      ],
    ]);
  });
  test("redemptions from before points of their type count, though points of another type count earlier", () => {
    const gift = { per: "event", event: "gift", points: 50 } as const;
    const two = program("2025-06-01", {
      pointTypes: ["points", "miles"].map((id) => ({ id, kind: "spendable" })),
      earnRules: [
        { id: "miles", pointType: "miles", award: gift },
        { id: "points", award: gift, pendingFor: { days: 21 } },
      ],
    });
    const shop = openShop(two);
    shop.grant(lotOf(10, "2025-01-01"));
    shop.grant(lotOf(20, "2025-01-02", "2025-03-01"));
    shop.grant(redeem("2025-01-25", 10, "before"));
    shop.grant(lotOf(30, "2025-02-12"));
    // By the order of today the first redemption would take the first lot. The points (lot 3) count from 10 February.
    shop.program = { ...two, burnOrder: "oldest" };
    shop.grant(redeem("2025-02-15", 30, "R"));
    expect(late(shop, "2025-01-20", "2025-02-20")).toEqual({
      debits: [
        [
          "R",
          [
            [0, 10],
            [1, 10],
            [3, 10],
          ],
        ],
      ],
      changes: [
        [2, -10],
        [3, 10],
      ],
    });
  });
  test("everything, where points are owed", () => {
    const earnRules = [
      ...program("2025-02-20").earnRules,
      { id: "base", award: { per: "amount", points: 1, amount: 1 } } as const,
    ];
    const shop = openShop(program("2025-02-20", { earnRules, returnPolicy: "unlimited" }));
    shop.grant({ type: "earn", at: "2025-01-10", orderId: "O", lines: [{ lineId: "1", amount: 100 }] });
    shop.grant(redeem("2025-02-10", 100, "R"));
    shop.grant({ type: "clawBack", at: "2025-02-12", orderId: "O" });
    // The gift has lapsed when it arrives, and repays nothing: nor does it free points that would have to.
    expect(late(shop, "2025-02-01", "2025-03-05")).toBeNull();
    expect([shop.at("2025-03-05"), shop.at("2025-03-05", "expired")]).toEqual([-100, 50]);
  });
});
