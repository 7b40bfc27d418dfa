import { describe, expect, test } from "vitest";
import { accountLots } from "../../../src/loyalty/ledger/account-lots.js";
import { foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf } from "../ledger/shop.js";
import { ms } from "./event-body.js";
import { by } from "./refused.js";

// Points that last by activity: beside others of the same instant, at the instant at which activity ended, and where points
// are owed as they come. In an account whose lots are gone through, and in one that has had a hundred more.

const idle = { kind: "afterActivity", after: { days: 10 } } as const;
const pointTypes = [{ id: "points", kind: "spendable", expiry: idle }] as const;
const earn = (day: number, orderId: string, amount: number, more: object = {}) =>
  ({ type: "earn", at: ms(day), orderId, lines: [{ lineId: "1", amount }], ...more }) as const;
const redeem = (day: number, points: number, redemptionId = "R") =>
  ({ type: "redeem", at: ms(day), redemptionId, points }) as const;
const undone = (day: number) => ({ type: "reverseRedemption", at: ms(day), redemptionId: "R" }) as const;

describe.each([
  ["few", 0],
  ["many", 100],
] as const)("of %s lots", (_, had) => {
  const open = (change: Partial<LoyaltyProgram> = {}) => {
    const shop = openShop(programOf({ pointTypes, ...change }), "A", "2024-01-01");
    for (let i = 0; i < had; i++) shop.grant(lotOf(1, "2024-01-01"));
    if (had > 0) shop.grant({ type: "adjust", at: "2024-01-01", points: -had, ...by });
    return shop;
  };

  test.each([
    // The order's points lapse on the 11th.
    ["soonestExpiry", "2025-01-11"],
    ["oldest", "2025-01-08"],
    ["oldest", "2025-01-20"],
  ] as const)(
    "%s: those that came first go first, of one instant and beside points of a day of their own, %s",
    (burnOrder, expiresAt) => {
      const shop = open({ burnOrder });
      shop.grant(earn(1, "O", 4));
      shop.grant(lotOf(9, "2025-01-01", expiresAt));
      const event = shop.grant(redeem(2, 6)).events.at(-1);
      if (event?.type !== "redeemed") throw new Error("nothing was redeemed");
      expect(event.allocations.map(({ lot, points }) => [lot - had, points])).toEqual([
        [0, 4],
        [1, 2],
      ]);
    },
  );
  test("those of new activity repay what is owed, though the time of the activity before is over", () => {
    const shop = open({ returnPolicy: "unlimited" });
    shop.grant(earn(1, "O-1", 100));
    shop.grant(redeem(2, 100));
    shop.grant({ type: "clawBack", at: ms(3), orderId: "O-1" });
    const { events } = shop.grant(earn(20, "O-2", 30));
    expect(events).toMatchObject([{ type: "earned", repaid: [{ lot: had + 1, points: 30 }] }]);
    expect([shop.at("2025-01-20"), shop.at("2025-01-20", "available")]).toEqual([-70, 0]);
  });
  test("those of one type repay what is owed of it, and not what is owed of another", () => {
    const twoTypes = [pointTypes[0], { ...pointTypes[0], id: "miles" }];
    const base = { id: "base", award: { per: "amount", points: 1, amount: 1 } } as const;
    const trip = { id: "trip", pointType: "miles", award: { per: "amount", points: 2, amount: 1 } } as const;
    const shop = open({ pointTypes: twoTypes, earnRules: [base, trip], returnPolicy: "unlimited" });
    shop.grant(earn(1, "O-1", 50));
    shop.grant(redeem(2, 50, "R-1"));
    shop.grant({ ...redeem(2, 100, "R-2"), pointType: "miles" });
    shop.grant({ type: "clawBack", at: ms(3), orderId: "O-1" });
    shop.grant(earn(4, "O-2", 20));
    expect([shop.at("2025-01-04"), shop.at("2025-01-04", undefined, "miles")]).toEqual([-30, -60]);
  });
  test("those of activity that comes as the time ends last by it, also when they were spent between", () => {
    const shop = open();
    shop.grant(earn(1, "O-1", 5));
    shop.grant(earn(11, "O-2", 7));
    shop.grant(redeem(12, 7));
    shop.grant(undone(13));
    // The 5 lapsed on the 11th; the redemption of the 12th carries the 7 on to the 22nd.
    const counted = [ms(11), ms(21), ms(22)].map((at) => shop.at(new Date(at).toISOString()));
    expect(counted).toEqual([7, 7, 0]);
  });
  test("those that were spent come back at the instant at which they would have lapsed as lapsed", () => {
    const shop = open();
    shop.grant(earn(1, "O-1", 5));
    shop.grant(redeem(2, 5));
    shop.grant(earn(12, "O-2", 7));
    const back = shop.grant(undone(12)).events.at(-1);
    expect(back).toMatchObject({ restored: [], lapsed: [{ lot: had, points: 5 }] });
    expect([shop.at("2025-01-12"), shop.at("2025-01-12", "expired")]).toEqual([7, 5]);
  });
  test("those of a closed account lapse one and all, by their numbers", () => {
    const shop = open();
    shop.grant(earn(3, "O-1", 4));
    shop.grant(lotOf(5, "2025-01-03"));
    shop.grant(lotOf(6, "2025-01-03", null, "2025-01-08"));
    shop.grant(earn(3, "O-2", 7));
    shop.grant(lotOf(8, "2025-01-03", "2025-02-01"));
    shop.grant(lotOf(9, "2025-01-03", null, "2025-01-06"));
    const closed = shop.grant({ type: "close", at: ms(4), ...by }).events.at(-1);
    if (closed?.type !== "closed") throw new Error("the account is open");
    expect(closed.lots).toEqual([4, 5, 6, 7, 8, 9].map((points, i) => ({ lot: had + i, points })));
  });
  test("those of which no activity is known are told without a lapse", () => {
    const shop = open();
    const before = shop.account;
    const { events } = shop.grant(earn(1, "O", 7));
    expect(accountLots(shop.account).at(-1)?.expiresAt).toBe(ms(11));
    const without = events.map(({ slides, ...event }) => event as LoyaltyEvent);
    expect(accountLots(foldLoyalty(without, before)).at(-1)?.expiresAt).toBeNull();
  });
});

describe("of two types, one of which lasts by activity", () => {
  const two = [pointTypes[0], { id: "miles", kind: "spendable" }] as const;
  const base = { id: "base", award: { per: "amount", points: 1, amount: 1 } } as const;
  const trip = { id: "trip", pointType: "miles", award: { per: "event", event: "trip", points: 9 } } as const;
  const open = () => openShop(programOf({ pointTypes: two, earnRules: [base, trip] }), "A", "2024-01-01");
  test("an order that gives both carries on that one", () => {
    const { events } = open().grant(earn(1, "O", 5, { event: "trip" }));
    expect(events[0].slides).toEqual([{ pointType: "points", expiresAt: ms(11) }]);
  });
  test("what gives or takes the other one carries on none", () => {
    const shop = open();
    const earned = shop.grant({ type: "earn", at: ms(1), orderId: "O", event: "trip" });
    const spent = shop.grant({ ...redeem(2, 4), pointType: "miles" });
    for (const { events } of [earned, spent]) expect(events[0]).not.toHaveProperty("slides");
  });
});

describe("before 1970, where instants are below 0, points last by activity", () => {
  const open = () => {
    const shop = openShop(programOf({ pointTypes }), "A", "1965-01-01");
    shop.grant(lotOf(5, "1965-01-02"));
    return shop;
  };
  test("as they do today", () => {
    const shop = open();
    shop.grant({ ...earn(1, "O", 7), at: "1965-01-03" });
    expect(["1965-01-12", "1965-01-13"].map((at) => shop.at(at))).toEqual([12, 5]);
    expect(foldLoyalty(shop.events)).toEqual(shop.account);
  });
  test("and have lapsed when they arrive years later", () => {
    const shop = open();
    const { events } = shop.grant({ ...earn(1, "O", 7), at: "1965-01-03", recordedAt: "1971-01-01" });
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ["earned", Date.UTC(1965, 0, 3)],
      ["expired", Date.UTC(1965, 0, 13)],
    ]);
  });
});
