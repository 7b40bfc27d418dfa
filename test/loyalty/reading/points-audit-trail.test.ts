import { describe, expect, test } from "vitest";
import { earnedPointsTrail } from "../../../src/loyalty/reading/earned-points-trail.js";
import { pointsAuditTrail } from "../../../src/loyalty/reading/points-audit-trail.js";
import { thrown } from "../../core/thrown.js";
import { openShop, programOf } from "../ledger/shop.js";

const order = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;

const earnRules = [
  { id: "base", award: { per: "amount", points: 1, amount: 1 } },
  { id: "bonus", award: { per: "order", points: 5 } },
] as const;

function spent(change = {}) {
  const shop = openShop(programOf({ earnRules, ...change }), "A", "2025-01-01");
  shop.grant(order("2025-01-02", "O-1", 95));
  shop.grant(order("2025-01-03", "O-2", 45));
  shop.grant({ type: "redeem", at: "2025-02-01", redemptionId: "R-1", points: 120 });
  return shop;
}

describe("from a debit to what it burned", () => {
  test("100 of the first order, 20 of the second, each with the rules that gave them", () => {
    const { booked, points, givenBack } = pointsAuditTrail(spent().events, { redemptionId: "R-1" });
    expect(booked.map((source) => [source.points, source.origin.orderId, source.origin.rules])).toEqual([
      [
        100,
        "O-1",
        [
          { ruleId: "base", points: 95 },
          { ruleId: "bonus", points: 5 },
        ],
      ],
      [
        20,
        "O-2",
        [
          { ruleId: "base", points: 45 },
          { ruleId: "bonus", points: 5 },
        ],
      ],
    ]);
    expect([points, givenBack]).toEqual([120, 0]);
  });
  test("after 30 were given back it stands for 90 of the first order", () => {
    const shop = spent();
    shop.grant({ type: "reverseRedemption", at: "2025-02-02", redemptionId: "R-1", points: 30 });
    const trail = pointsAuditTrail(shop.events, { redemptionId: "R-1" });
    expect(trail.current.map(({ points, origin }) => [points, origin.orderId])).toEqual([[90, "O-1"]]);
    expect([trail.points, trail.givenBack]).toEqual([120, 30]);
  });
  test("points that came back as a new lot lead on to the orders behind it", () => {
    const shop = spent({ reversal: { into: "newLot" } });
    shop.grant({ type: "reverseRedemption", at: "2025-02-02", redemptionId: "R-1" });
    shop.grant({ type: "redeem", at: "2025-02-03", redemptionId: "R-2", points: 150 });
    const { booked } = pointsAuditTrail(shop.events, { redemptionId: "R-2" });
    const again = booked.find(({ origin }) => origin.kind === "redemptionReversed");
    expect([again?.points, again?.origin.reference]).toEqual([120, "R-1"]);
    expect(again?.origin.sources.map(({ points, origin }) => [points, origin.orderId])).toEqual([
      [20, "O-2"],
      [100, "O-1"],
    ]);
  });
  test("a hold: what it set aside, what of it was spent; a release gives all back", () => {
    const shop = openShop(programOf({ earnRules }), "A", "2025-01-01");
    shop.grant(order("2025-01-02", "O-1", 95));
    shop.grant({ type: "authorize", at: "2025-01-03", holdId: "H-1", points: 60 });
    shop.grant({ type: "capture", at: "2025-01-04", holdId: "H-1", points: 25 });
    shop.grant({ type: "authorize", at: "2025-01-05", holdId: "H-2", points: 10 });
    expect(pointsAuditTrail(shop.events, { holdId: "H-2" })).toMatchObject({ points: 10, givenBack: 0 });
    shop.grant({ type: "void", at: "2025-01-06", holdId: "H-2" });
    expect(pointsAuditTrail(shop.events, { holdId: "H-1" })).toMatchObject({ points: 60, givenBack: 35 });
    expect(pointsAuditTrail(shop.events, { holdId: "H-2" })).toMatchObject({ current: [], givenBack: 10 });
  });
  test("a return, a lapse, a transfer and a correction by hand", () => {
    const pointTypes = [
      { id: "points", kind: "spendable", expiry: { kind: "fixedDate", on: "2025-06-01" } },
    ] as const;
    const shop = openShop(programOf({ earnRules, pointTypes }), "A", "2025-01-01");
    shop.grant(order("2025-01-02", "O-1", 95));
    shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O-1", amount: 19 });
    shop.grant({ type: "transferOut", at: "2025-01-04", transferId: "T-1", to: "B", points: 30 });
    shop.grant({ type: "adjust", at: "2025-01-05", points: -10, reason: "error", actor: "desk" });
    shop.grant({ type: "expire", at: "2025-06-02" });
    const of = (type: string) => shop.events.find((event) => event.type === type)?.seq ?? 0;
    const trails = ["clawedBack", "adjusted", "expired"].map((type) =>
      pointsAuditTrail(shop.events, { seq: of(type) }),
    );
    expect(trails.map(({ type, points, booked }) => [type, points, booked[0]?.origin.orderId])).toEqual([
      ["clawedBack", 20, "O-1"],
      ["adjusted", 10, "O-1"],
      ["expired", 40, "O-1"],
    ]);
    expect(pointsAuditTrail(shop.events, { transferId: "T-1" })).toMatchObject({ points: 30, givenBack: 0 });
  });
  test("S9 re-derived: the redemption was booked on A, and stands for B and A now", () => {
    const shop = openShop(
      programOf({
        lateEarns: "rederived",
        pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { years: 1 } } }],
      }),
    );
    shop.grant(order("2025-01-10", "A", 100));
    shop.grant({ type: "redeem", at: "2025-06-01", redemptionId: "R", points: 80 });
    shop.grant({ ...order("2024-12-20", "B", 50), recordedAt: "2025-07-01" });
    const { booked, current } = pointsAuditTrail(shop.events, { redemptionId: "R" });
    const shown = (sources: typeof booked) => sources.map(({ points, origin }) => [points, origin.orderId]);
    expect(shown(booked)).toEqual([[80, "A"]]);
    expect(shown(current)).toEqual([
      [50, "B"],
      [30, "A"],
    ]);
  });
});

describe("from an order to what became of it", () => {
  test("100 points: 60 spent of which 20 came back, 10 taken back, 30 set aside, 20 there", () => {
    const shop = openShop(programOf({ earnRules }), "A", "2025-01-01");
    shop.grant(order("2025-01-02", "O-1", 95));
    shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R-1", points: 60 });
    shop.grant({ type: "reverseRedemption", at: "2025-01-04", redemptionId: "R-1", points: 20 });
    shop.grant({ type: "adjust", at: "2025-01-05", points: -10, reason: "error", actor: "desk" });
    shop.grant({ type: "authorize", at: "2025-01-06", holdId: "H-1", points: 30 });
    const [lot] = earnedPointsTrail(shop.events, "O-1").lots;
    expect(lot?.fate).toEqual({
      earned: 100,
      available: 20,
      pending: 0,
      held: 30,
      redeemed: 40,
      expired: 0,
      clawedBack: 0,
      transferred: 0,
      adjusted: 10,
      repaid: 0,
      reissued: 0,
    });
    expect(
      lot?.steps.map(({ type, reference, from, to, points }) => [type, reference, from, to, points]),
    ).toEqual([
      ["earned", "O-1", "issued", "available", 100],
      ["redeemed", "R-1", "available", "redeemed", 60],
      ["redemptionReversed", "R-1", "redeemed", "available", 20],
      ["adjusted", null, "available", "adjusted", 10],
      ["authorized", "H-1", "available", "held", 30],
    ]);
  });
  test("points that repaid what was owed, and points that came back as a new lot", () => {
    const shop = spent({ returnPolicy: "unlimited", reversal: { into: "newLot" } });
    shop.grant({ type: "clawBack", at: "2025-02-02", orderId: "O-1" });
    shop.grant(order("2025-02-03", "O-3", 95));
    expect(earnedPointsTrail(shop.events, "O-3").lots[0]?.fate).toMatchObject({ repaid: 70, available: 30 });
    shop.grant({ type: "reverseRedemption", at: "2025-02-04", redemptionId: "R-1" });
    expect(earnedPointsTrail(shop.events, "O-1").lots[0]?.fate).toMatchObject({ redeemed: 0, reissued: 100 });
  });
});

test("what there is not is named", () => {
  const { events } = spent();
  const unknown = thrown(() => pointsAuditTrail(events, { redemptionId: "R-9" }));
  expect([unknown.path, unknown.message.includes('"R-9"')]).toEqual(["debit", true]);
  // The first event is the enrolment, which takes nothing.
  expect(thrown(() => pointsAuditTrail(events, { seq: 1 })).path).toBe("debit");
  expect(thrown(() => earnedPointsTrail(events, "O-9")).path).toBe("orderId");
  expect(thrown(() => pointsAuditTrail([], { seq: 1 })).path).toBe("events");
});
