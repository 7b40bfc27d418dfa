import { describe, expect, test } from "vitest";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, remaining, type Shop } from "../ledger/shop.js";
import { bodyOf } from "./event-body.js";

// Redemptions that are allotted anew after a late earn: which, in which order, and where the points go.

const redeem = (at: string, points: number, redemptionId: string) =>
  ({ type: "redeem", at, redemptionId, points }) as const;
const gift = (at: string, recordedAt: string) =>
  ({ type: "earn", at, recordedAt, orderId: "late", event: "gift" }) as const;
/** A gift of 50 that lapses on this day. */
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
const late = (shop: Shop, at: string, recordedAt: string) => {
  const { events } = shop.grant(gift(at, recordedAt));
  const event = events.find(({ type }) => type === "reallocated");
  return event === undefined ? null : bodyOf(event);
};

describe("points that lapse sooner and count from the instant of a redemption", () => {
  const spent = (at: string) => {
    const shop = openShop(program("2025-06-01"));
    shop.grant(lotOf(100, "2025-01-10"));
    shop.grant(redeem("2025-02-01", 80, "R"));
    return { shop, event: late(shop, at, "2025-03-01") };
  };
  test("on it they are taken first", () => {
    const { shop, event } = spent("2025-02-01");
    expect(event).toStrictEqual({
      type: "reallocated",
      // 50 come back to the first lot and 50 leave the second: no balance changes.
      postings: {},
      debits: [
        {
          debitId: "R",
          allocations: [
            { lot: 1, points: 50 },
            { lot: 0, points: 30 },
          ],
        },
      ],
      changes: [
        { lot: 0, points: -50 },
        { lot: 1, points: 50 },
      ],
    });
    expect(remaining(shop.account)).toEqual([70, 0]);
  });
  test("a millisecond later they are not", () => {
    const { shop, event } = spent("2025-02-01T00:00:00.001Z");
    expect(event).toBeNull();
    expect(remaining(shop.account)).toEqual([20, 50]);
  });
  test("with history frozen they never are", () => {
    const shop = openShop(program("2025-06-01", { lateEarns: "frozen" }));
    shop.grant(lotOf(100, "2025-01-10"));
    shop.grant(redeem("2025-02-01", 80, "R"));
    expect(late(shop, "2025-02-01", "2025-03-01")).toBeNull();
  });
});

test("in the order in which redemptions happened, of one instant by their ids, not in that of their booking", () => {
  const shop = openShop(program("2025-06-01"));
  shop.grant(lotOf(100, "2025-01-10"));
  shop.grant(redeem("2025-02-10", 30, "b"));
  shop.grant({ ...redeem("2025-02-05", 40, "z"), recordedAt: "2025-02-10" });
  shop.grant(redeem("2025-02-10", 5, "a"));
  // Of the 50: z takes 40, then a 5, then b the last 5 and 25 of the first lot.
  expect(late(shop, "2025-02-01", "2025-03-01")).toMatchObject({
    debits: [
      { debitId: "z", allocations: [{ lot: 1, points: 40 }] },
      { debitId: "a", allocations: [{ lot: 1, points: 5 }] },
      {
        debitId: "b",
        allocations: [
          { lot: 1, points: 5 },
          { lot: 0, points: 25 },
        ],
      },
    ],
    changes: [
      { lot: 0, points: -50 },
      { lot: 1, points: 50 },
    ],
  });
});

test("a redemption that keeps its lots is not named, nor one from before the points came", () => {
  const shop = openShop(program("2025-06-01"));
  shop.grant(lotOf(20, "2025-01-01", "2025-02-15"));
  shop.grant(lotOf(100, "2025-01-10"));
  shop.grant(redeem("2025-01-15", 5, "before"));
  shop.grant(redeem("2025-02-10", 15, "soonest"));
  shop.grant(redeem("2025-02-20", 10, "changed"));
  expect(late(shop, "2025-02-01", "2025-03-01")).toMatchObject({
    debits: [{ debitId: "changed", allocations: [{ lot: 2, points: 10 }] }],
    changes: [
      { lot: 1, points: -10 },
      { lot: 2, points: 10 },
    ],
  });
});

test("captured holds keep their lots", () => {
  const shop = openShop(program("2025-06-01"));
  shop.grant(lotOf(100, "2025-01-10"));
  shop.grant({ type: "authorize", at: "2025-02-05", holdId: "H", points: 30 });
  shop.grant({ type: "capture", at: "2025-02-05", holdId: "H" });
  shop.grant(redeem("2025-02-06", 20, "R"));
  expect(late(shop, "2025-02-01", "2025-03-01")).toMatchObject({
    debits: [{ debitId: "R", allocations: [{ lot: 1, points: 20 }] }],
  });
  expect(remaining(shop.account)).toEqual([70, 30]);
});

test("only what is not given back of a redemption is allotted anew", () => {
  const shop = openShop(program("2025-06-01"));
  shop.grant(lotOf(100, "2025-01-10"));
  shop.grant(redeem("2025-02-05", 40, "R"));
  shop.grant({ type: "reverseRedemption", at: "2025-02-06", redemptionId: "R", points: 25 });
  expect(late(shop, "2025-02-01", "2025-03-01")).toMatchObject({
    debits: [{ debitId: "R", allocations: [{ lot: 1, points: 15 }] }],
  });
  expect(remaining(shop.account)).toEqual([100, 35]);
});

test.each([
  [100, "2025-03-05"],
  [80, "2025-03-05"],
  [80, "2025-03-01"],
])(
  "what a lot of %i gets back that has lapsed by %s lapses, and nothing of it can be spent",
  (points, now) => {
    const shop = openShop(program("2025-02-20"));
    shop.grant(lotOf(points, "2025-01-10", "2025-03-01"));
    shop.grant(redeem("2025-02-10", 80, "R"));
    // The gift lapsed on 20 February: of the redemption's 80 its 50 would have gone first.
    expect(late(shop, "2025-02-01", now)).toMatchObject({
      postings: { "points.available": -50, "points.expired": 50 },
      changes: [
        { lot: 0, points: -50 },
        { lot: 1, points: 50 },
      ],
    });
    expect([shop.at(now), shop.at(now, "expired")]).toEqual([0, points - 30]);
  },
);

test("points whose time was over at a redemption's instant pay none of it", () => {
  const shop = openShop(program("2025-02-10"));
  shop.grant(lotOf(100, "2025-01-10"));
  shop.grant(redeem("2025-02-10", 80, "R"));
  expect(late(shop, "2025-02-01", "2025-03-05")).toBeNull();
  expect(remaining(shop.account)).toEqual([20, 0]);
});

test("oldest first: points earned before take the place of younger ones", () => {
  const shop = openShop(program("2026-01-01", { burnOrder: "oldest" }));
  shop.grant(lotOf(100, "2025-01-10", "2025-03-01"));
  shop.grant(redeem("2025-02-10", 80, "R"));
  expect(late(shop, "2025-01-09", "2025-02-20")).toMatchObject({
    debits: [
      {
        debitId: "R",
        allocations: [
          { lot: 1, points: 50 },
          { lot: 0, points: 30 },
        ],
      },
    ],
  });
});

test("where the new order would leave a redemption short, all keep their lots", () => {
  const shop = openShop(program("2025-02-20"));
  shop.grant(lotOf(50, "2025-01-01"));
  shop.grant(lotOf(100, "2025-01-02", "2025-02-15"));
  shop.grant(redeem("2025-02-01", 90, "R-1"));
  shop.grant(redeem("2025-03-01", 50, "R-2"));
  expect(remaining(shop.account)).toEqual([0, 0]);
  // From now on the oldest go first: the gift and 40 of the first lot would pay find 10 that last.
  shop.program = program("2025-02-20", { burnOrder: "oldest" });
  expect(late(shop, "2024-12-01", "2025-03-02")).toBeNull();
  // 10 of the second lot and the gift have lapsed.
  expect([shop.at("2025-03-02"), shop.at("2025-03-02", "expired")]).toEqual([0, 60]);
});

test("each type of point is allotted for itself", () => {
  const shop = openShop(
    program("2025-06-01", {
      pointTypes: ["points", "miles"].map((id) => ({ id, kind: "spendable" as const })),
    }),
  );
  shop.grant({ ...lotOf(100, "2025-01-10"), pointType: "miles" } as never);
  shop.grant(lotOf(100, "2025-01-10"));
  shop.grant({ ...redeem("2025-02-05", 30, "M"), pointType: "miles" });
  shop.grant(redeem("2025-02-05", 80, "P"));
  const allocations = [
    { lot: 2, points: 50 },
    { lot: 1, points: 30 },
  ];
  expect(late(shop, "2025-02-01", "2025-03-01")).toMatchObject({ debits: [{ debitId: "P", allocations }] });
  expect(remaining(shop.account)).toEqual([70, 70, 0]);
});

test("of points that come in two lots, one of which waits, the one that counts is enough", () => {
  const earnRules = [
    {
      id: "waits",
      award: { per: "event", event: "gift", points: 9 },
      pendingFor: { days: 60 },
    },
    {
      id: "counts",
      award: { per: "event", event: "gift", points: 50 },
      expiry: { kind: "fixedDate", on: "2025-06-01" },
    },
  ] as const;
  const shop = openShop(program("2025-06-01", { earnRules }));
  shop.grant(lotOf(100, "2025-01-10"));
  shop.grant(redeem("2025-02-05", 30, "R"));
  expect(late(shop, "2025-02-01", "2025-03-01")).toMatchObject({
    debits: [{ debitId: "R", allocations: [{ lot: 2, points: 30 }] }],
  });
});
