import { describe, expect, test } from "vitest";
import { foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { lotOf, openShop, programOf, type Shop } from "../ledger/shop.js";
import { by } from "./refused.js";

// Several lots that come due at one instant, or nearly: in an account whose lots are gone through, and in one that has had a
// hundred more, which is read by indices. Lots are numbered from the first that counts for the test.

const idle = { kind: "afterActivity", after: { days: 10 } } as const;
const sliding = [{ id: "points", kind: "spendable", expiry: idle }] as const;
const earn = (at: string, orderId: string, amount: number, more: object = {}) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }], ...more }) as const;

describe.each([
  ["few", 0],
  ["many", 100],
] as const)("of %s lots", (_, had) => {
  const open = (change: Partial<LoyaltyProgram> = {}) => {
    const shop = openShop(programOf(change), "A", "2024-01-01");
    for (let i = 0; i < had; i++) shop.grant(lotOf(1, "2024-01-01"));
    if (had > 0) shop.grant({ type: "adjust", at: "2024-01-01", points: -had, ...by });
    return shop;
  };
  const told = (events: readonly LoyaltyEvent[]) =>
    events.map((event) => {
      const lots = "lots" in event && event.type !== "transferredOut" ? event.lots : [];
      const parts = lots.map(({ lot, points }) => [lot - had, points]);
      return [event.type, new Date(event.at).toISOString().slice(0, 10), parts];
    });
  const due = ({ program, account }: Shop, at: string) => told(settleLoyalty(program, account, at).events);

  test("those that begin to count do so in one event, without what was clawed back", () => {
    const shop = open({ pointTypes: [{ id: "points", kind: "spendable", pendingFor: { days: 4 } }] });
    shop.grant(earn("2025-01-01", "O", 60));
    shop.grant({ type: "clawBack", at: "2025-01-02", orderId: "O" });
    shop.grant(lotOf(10, "2025-01-02", null, "2025-01-05"));
    shop.grant(lotOf(20, "2025-01-02", null, "2025-01-05"));
    shop.grant(lotOf(30, "2025-01-02", null, "2025-01-06"));
    const waited = [
      [1, 10],
      [2, 20],
    ];
    expect(due(shop, "2025-01-06")).toEqual([
      ["activated", "2025-01-05", waited],
      ["activated", "2025-01-06", [[3, 30]]],
    ]);
  });
  test("one that counts already does not begin to with another of the same instant", () => {
    const shop = open();
    shop.grant(lotOf(10, "2025-01-01", null, "2025-01-05"));
    const before = shop.account;
    const { events } = shop.grant({ ...lotOf(20, "2025-01-05"), recordedAt: "2025-01-06" });
    expect(told(events)).toEqual([
      ["activated", "2025-01-05", [[0, 10]]],
      ["adjusted", "2025-01-05", [[1, 20]]],
    ]);
    // A host that does not store what came due: it is due still.
    const adjusted = { ...events[1], seq: before.seq + 1 };
    shop.account = foldLoyalty([adjusted], before);
    expect(due(shop, "2025-01-07")).toEqual([["activated", "2025-01-05", [[0, 10]]]]);
  });
  test("those that lapse do so in one event, without what was spent", () => {
    const shop = open();
    shop.grant(lotOf(1, "2025-01-01", "2025-01-20"));
    shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "R", points: 1 });
    shop.grant(lotOf(10, "2025-01-02", "2025-01-20"));
    shop.grant(lotOf(20, "2025-01-02", "2025-01-20"));
    shop.grant(lotOf(30, "2025-01-02", "2025-01-21"));
    const lapsed = [
      [1, 10],
      [2, 20],
    ];
    expect(due(shop, "2025-01-20")).toEqual([["expired", "2025-01-20", lapsed]]);
  });
  test("they lapse type by type, those with a day of their own first, the oldest first", () => {
    const base = { id: "base", award: { per: "amount", points: 1, amount: 1 } } as const;
    const trip = {
      id: "trip",
      pointType: "miles",
      award: { per: "event", event: "trip", points: 5 },
    } as const;
    const shop = open({
      pointTypes: [...sliding, { id: "miles", kind: "spendable", expiry: idle }],
      earnRules: [base, trip],
    });
    const at = "2025-01-10";
    shop.grant(earn(at, "O-1", 1)); // 0
    shop.grant(earn("2025-01-04", "O-2", 2, { recordedAt: at })); // 1
    shop.grant({ type: "earn", at, orderId: "O-3", event: "trip" }); // 2
    shop.grant({ ...lotOf(8, at, "2025-01-20"), pointType: "miles" } as ReturnType<typeof lotOf>); // 3
    shop.grant(lotOf(4, at, "2025-01-20")); // 4
    shop.grant({ ...lotOf(9, "2025-01-03", "2025-01-20"), recordedAt: at }); // 5
    const inOrder = [
      [5, 9],
      [4, 4],
      [1, 2],
      [0, 1],
      [3, 8],
      [2, 5],
    ];
    expect(due(shop, "2025-01-25")).toEqual([["expired", "2025-01-20", inOrder]]);
  });
  test("with the account's activity they lapse together, but none before it begins to count", () => {
    const award = { per: "amount", points: 1, amount: 1 } as const;
    const earnRules = [
      { id: "slow", award, pendingFor: { days: 19 } },
      { id: "base", award },
    ];
    const shop = open({ pointTypes: sliding, earnRules });
    // Both parts count when the order is booked; the activity ended on the 11th, when the first still waited.
    const { events } = shop.grant(earn("2025-01-01", "O", 7, { recordedAt: "2025-03-01" }));
    expect(told(events).slice(1)).toEqual([
      ["expired", "2025-01-11", [[1, 7]]],
      ["expired", "2025-01-20", [[0, 7]]],
    ]);
  });
  test("without any activity that is known they do not lapse with it", () => {
    const shop = open({ pointTypes: sliding });
    const before = shop.account;
    const { events } = shop.grant(earn("2025-01-01", "O", 7));
    expect(due(shop, "2030-01-01")).toEqual([["expired", "2025-01-11", [[0, 7]]]]);
    shop.account = foldLoyalty(
      events.map(({ slides, ...event }) => event as LoyaltyEvent),
      before,
    );
    expect(due(shop, "2030-01-01")).toEqual([]);
  });
  test("they lapse also where there are levels that the member has none of", () => {
    const shop = open();
    shop.grant(lotOf(10, "2025-01-01", "2025-02-01"));
    shop.program = programOf({
      tiers: {
        levels: [{ id: "basic", threshold: 0 }],
        measure: { kind: "visits" },
        period: { kind: "calendar", unit: "year" },
        downgrade: "oneDown",
        levelOfOrder: "start",
      },
    });
    expect(shop.account.standing).toBeNull();
    expect(due(shop, "2025-02-01")).toEqual([["expired", "2025-02-01", [[0, 10]]]]);
  });
  test.each([
    // What it can take, soonest lapse first: lots that count by then and have not lapsed by then.
    ["2025-01-10", [1, 10], [0, 10], [4, 10]],
    ["2025-01-15", [3, 10], [1, 10], [0, 10], [2, 10], [4, 10]],
    ["2025-01-20", [0, 10], [2, 10], [4, 10]],
  ])("a redemption of %s that arrives late takes what it would have found", (at, ...found) => {
    const shop = open();
    shop.grant(lotOf(10, "2025-01-01", "2025-02-01"));
    shop.grant(lotOf(10, "2025-01-02", "2025-01-20"));
    shop.grant(lotOf(10, "2025-01-02", "2025-04-01", "2025-01-15"));
    shop.grant(lotOf(10, "2025-01-02", "2025-01-18", "2025-01-15"));
    shop.grant(lotOf(10, "2025-01-03", "2025-05-01"));
    const points = 10 * found.length;
    const late = { type: "redeem", at, redemptionId: "R", recordedAt: "2025-03-01" } as const;
    expect(shop.refusal({ ...late, points: points + 1 })).toMatchObject({ available: points });
    const event = shop.grant({ ...late, points }).events.at(-1);
    if (event?.type !== "redeemed") throw new Error("nothing was redeemed");
    expect(event.allocations.map((part) => [part.lot - had, part.points])).toEqual(found);
  });
  test("points that lapse with the activity are taken in their turn", () => {
    const shop = open({ pointTypes: sliding });
    shop.grant(lotOf(10, "2025-01-01", "2025-01-20"));
    shop.grant(earn("2025-01-02", "O", 7));
    shop.grant(lotOf(10, "2025-01-03", "2025-01-11"));
    // They lapse on the 12th: after one of the others, before the other.
    const event = shop
      .grant({ type: "redeem", at: "2025-01-04", redemptionId: "R", points: 18 })
      .events.at(-1);
    if (event?.type !== "redeemed") throw new Error("nothing was redeemed");
    const taken = event.allocations.map((part) => [part.lot - had, part.points]);
    expect(taken).toEqual([
      [2, 10],
      [1, 7],
      [0, 1],
    ]);
  });
  test("what late redemptions have taken of lapsed lots is gone for the next one", () => {
    const shop = open();
    shop.grant(lotOf(10, "2025-01-01", "2025-01-20"));
    shop.grant(lotOf(10, "2025-01-01", "2025-02-01"));
    const late = (redemptionId: string, points: number) =>
      ({ type: "redeem", at: "2025-01-10", redemptionId, points, recordedAt: "2025-03-01" }) as const;
    const taken = (redemptionId: string, points: number) => {
      const event = shop.grant(late(redemptionId, points)).events.at(-1);
      return event?.type === "redeemed" ? event.allocations.map((part) => [part.lot - had, part.points]) : [];
    };
    expect(taken("R-1", 10)).toEqual([[0, 10]]);
    expect(taken("R-2", 4)).toEqual([[1, 4]]);
    expect(taken("R-3", 6)).toEqual([[1, 6]]);
    expect(shop.refusal(late("R-4", 1))).toMatchObject({ code: "insufficient_points", available: 0 });
  });
});
