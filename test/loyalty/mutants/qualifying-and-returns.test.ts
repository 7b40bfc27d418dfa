import { describe, expect, test } from "vitest";
import { dayNumber } from "../../../src/core/civil-day.js";
import { qualifyingReader } from "../../../src/loyalty/ledger/qualifying-days.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";
import { openShop, programOf, type Shop } from "../ledger/shop.js";
import { bodyOf } from "./event-body.js";

// What counts towards a level day by day, and what a return takes of it.

const plan = (measure: TierPlan["measure"], downgrade: TierPlan["downgrade"] = "byBalance"): TierPlan => ({
  levels: [
    { id: "basic", threshold: 0 },
    { id: "gold", threshold: 100 },
  ],
  measure,
  period: { kind: "calendar", unit: "year" },
  downgrade,
  levelOfOrder: "start",
});
const earn = (at: string, orderId: string, amount: number, recordedAt?: string) =>
  ({
    type: "earn",
    at,
    orderId,
    lines: [{ lineId: "L", amount }],
    ...(recordedAt === undefined ? {} : { recordedAt }),
  }) as const;
const counted = ({ program, account }: Shop, first: string, last: string) =>
  qualifyingReader(program, account)(dayNumber(first), dayNumber(last));

describe("activity day by day", () => {
  const byMeasure = (measure: TierPlan["measure"]) => {
    const shop = openShop(programOf({ tiers: plan(measure) }), "A", "2025-01-01");
    shop.grant(earn("2025-01-10", "O-1", 10));
    shop.grant(earn("2025-01-20", "O-2", 20));
    shop.grant(earn("2025-01-20T12:00Z", "O-3", 3));
    shop.grant(earn("2025-01-15", "O-4", 5, "2025-01-21"));
    shop.grant(earn("2025-01-05", "O-5", 1, "2025-01-21"));
    shop.grant({ type: "earn", at: "2025-01-22", orderId: "V", visit: true });
    return shop;
  };
  const spans = [
    ["2025-01-01", "2025-01-04"],
    ["2025-01-05", "2025-01-05"],
    ["2025-01-06", "2025-01-10"],
    ["2025-01-10", "2025-01-15"],
    ["2025-01-11", "2025-01-14"],
    ["2025-01-16", "2025-01-20"],
    ["2025-01-20", "2025-01-31"],
    ["2025-01-01", "2025-01-31"],
  ] as const;
  test.each([
    ["spend", [0, 1, 10, 15, 0, 23, 23, 39]],
    ["orders", [0, 1, 1, 2, 0, 2, 2, 5]],
    ["visits", [0, 1, 1, 2, 0, 2, 3, 6]],
  ] as const)("%s, late orders on their own day", (kind, expected) => {
    const shop = byMeasure({ kind });
    expect(spans.map(([first, last]) => counted(shop, first, last))).toEqual(expected);
  });
  test("points of one type", () => {
    const shop = byMeasure({ kind: "points", pointType: "points" });
    expect(spans.map(([first, last]) => counted(shop, first, last))).toEqual([0, 1, 10, 15, 0, 23, 23, 39]);
    const other = { ...shop, program: programOf({ tiers: plan({ kind: "points", pointType: "miles" }) }) };
    expect(counted(other, "2025-01-01", "2025-01-31")).toBe(0);
  });
  test("without levels nothing counts, and what brings nothing leaves no day", () => {
    const shop = openShop(programOf());
    shop.grant({ type: "earn", at: "2025-01-10", orderId: "E", event: "survey" });
    expect(shop.account.days).toBeNull();
    shop.grant(earn("2025-01-10", "O", 5));
    expect(counted(shop, "2025-01-01", "2025-01-31")).toBe(0);
  });
  test("a return counts on the day of its order, and on all sums since", () => {
    const shop = byMeasure({ kind: "spend" });
    shop.grant({ type: "clawBack", at: "2025-01-25", orderId: "O-1", amount: 4 });
    expect(spans.map(([first, last]) => counted(shop, first, last))).toEqual([0, 1, 6, 11, 0, 23, 23, 35]);
  });
});

describe("the level follows", () => {
  const level = (shop: Shop) => shop.account.standing?.tier;
  test("an order that arrives late is counted in the year in which it happened, and in that of now", () => {
    const shop = openShop(programOf({ tiers: plan({ kind: "spend" }) }), "A", "2024-01-01");
    shop.grant(earn("2024-12-30", "O-1", 60));
    shop.grant(earn("2025-01-02", "O-2", 60));
    expect(level(shop)).toBe("basic");
    shop.grant(earn("2024-12-31", "O-3", 40, "2025-01-03"));
    expect([level(shop), shop.account.standing?.until]).toEqual(["gold", Date.UTC(2026, 0, 1)]);
  });
  test("a level by balance falls with what is owed, and rises again when it is paid", () => {
    const tiers = plan({ kind: "balance", pointType: "points" }, "atOnce");
    const period = { kind: "ever" } as const;
    const levels = [
      { id: "basic", threshold: -1000 },
      { id: "fair", threshold: 0 },
      { id: "gold", threshold: 100 },
    ];
    const program = programOf({ tiers: { ...tiers, levels, period }, returnPolicy: "unlimited" });
    const shop = openShop(program, "A", "2025-01-01");
    shop.grant(earn("2025-01-02", "O-1", 120));
    expect(level(shop)).toBe("gold");
    shop.grant({ type: "redeem", at: "2025-01-03", redemptionId: "R", points: 21 });
    expect(level(shop)).toBe("fair");
    // A level that a count of 0 gives is not lost, whatever is owed.
    shop.grant({ type: "clawBack", at: "2025-01-04", orderId: "O-1" });
    expect([shop.at("2025-01-04"), level(shop)]).toEqual([-21, "fair"]);
    shop.grant(earn("2025-01-05", "O-2", 120));
    expect([shop.at("2025-01-05"), level(shop)]).toEqual([99, "fair"]);
    shop.grant({ type: "adjust", at: "2025-01-06", points: 1, reason: "rounding", actor: "desk" });
    expect(level(shop)).toBe("gold");
  });
  test("points that begin to count, and points that lapse, move a level by balance at their instants", () => {
    const tiers = {
      ...plan({ kind: "balance", pointType: "points" }, "atOnce"),
      period: { kind: "ever" },
    } as const;
    const shop = openShop(programOf({ tiers }), "A", "2025-01-01");
    const dates = { activeAt: "2025-02-01", expiresAt: "2025-03-01" };
    shop.grant({ type: "adjust", at: "2025-01-02", points: 100, reason: "gift", actor: "desk", ...dates });
    expect(level(shop)).toBe("basic");
    const { events } = settleLoyalty(shop.program, shop.account, "2025-04-01");
    const told = events.map((event) => [
      event.type,
      new Date(event.at).toISOString().slice(0, 10),
      event.type === "tierChanged" ? event.cause : "",
    ]);
    expect(told).toEqual([
      ["activated", "2025-02-01", ""],
      ["tierChanged", "2025-02-01", "upgrade"],
      ["expired", "2025-03-01", ""],
      ["tierChanged", "2025-03-01", "downgrade"],
    ]);
  });
  test("who joined before there were levels begins at the lowest", () => {
    const shop = openShop(programOf(), "A", "2024-01-01");
    shop.program = programOf({ tiers: plan({ kind: "spend" }) });
    const { events } = shop.grant(earn("2025-01-02", "O", 100));
    expect(events[1]).toMatchObject({ type: "tierChanged", from: null, standing: { tier: "gold" } });
    const quiet = openShop(programOf(), "B", "2024-01-01");
    quiet.program = shop.program;
    expect(quiet.grant(earn("2025-01-02", "O", 99)).events).toHaveLength(1);
    const by = { reason: "friend", actor: "desk" };
    const [set] = quiet.grant({ type: "setTier", at: "2025-01-03", tier: "gold", ...by }).events;
    expect(set).toMatchObject({ from: null, standing: { tier: "gold", earned: "basic" } });
  });
});

describe("a return of parts", () => {
  const types = [
    { id: "points", kind: "spendable" },
    { id: "status", kind: "qualifying" },
  ] as const;
  const rules = [
    { id: "base", award: { per: "amount", points: 1, amount: 1 } },
    { id: "status", pointType: "status", award: { per: "order", points: 5 } },
  ] as const;
  const lines = [
    { lineId: "1", amount: 100, quantity: 3 },
    { lineId: "2", amount: 50, quantity: 1 },
  ];
  const bought = (more: Partial<LoyaltyProgram> = {}, paidWithPoints = 0) => {
    const shop = openShop(programOf({ pointTypes: types, earnRules: rules, ...more }), "A", "2025-01-01");
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines, paidWithPoints });
    return shop;
  };
  const back = (shop: Shop, more: object) =>
    bodyOf(shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O", ...more }).events[0]);

  test("by line: of each line its points and money in proportion to its units, rounded down", () => {
    const shop = bought();
    // A third of 100 is 33; the 5 of the order fall to the lines by their money, 3 and 2: a third of 3 is 1.
    expect(back(shop, { lines: [{ lineId: "1", quantity: 1 }] })).toMatchObject({
      due: { points: 33, status: 1 },
      // Of 150 spent 33 came back, and of the 5 that count 1.
      qualifying: { points: { points: -33, status: -1 }, spend: -33, visits: 0, orders: 0 },
    });
    expect(
      back(shop, {
        lines: [
          { lineId: "1", quantity: 1 },
          { lineId: "2", quantity: 1 },
        ],
      }),
    ).toMatchObject({
      // Two thirds of 100 are 66, with the other line 116; of 3 they are 2, with the other line 4.
      due: { points: 83, status: 3 },
      qualifying: { points: { points: -83, status: -3 }, spend: -83, visits: 0, orders: 0 },
    });
    expect(back(shop, { lines: [{ lineId: "1", quantity: 1 }] })).toMatchObject({
      due: { points: 34, status: 1 },
      qualifying: { points: { points: -34, status: -1 }, spend: -34, visits: -1, orders: -1 },
    });
  });
  test("by amount: in proportion to the money, also of what counts net of points", () => {
    const shop = bought({ earnOn: "netOfRedemption" }, 50);
    // 100 of 150 earned: half the money gives back 50, and 2 of the 5.
    expect(back(shop, { amount: 75 })).toMatchObject({
      amount: 75,
      lines: [],
      due: { points: 50, status: 2 },
      qualifying: { points: { points: -50, status: -2 }, spend: -50, visits: 0, orders: 0 },
    });
    // The rest by default is what is left of the money.
    expect(back(shop, {})).toMatchObject({
      amount: 75,
      due: { points: 50, status: 3 },
      qualifying: { spend: -50, visits: -1, orders: -1 },
    });
  });
  test("after parts by line, the rest is what is left of each", () => {
    const shop = bought();
    back(shop, { lines: [{ lineId: "1", quantity: 3 }] });
    expect(back(shop, {})).toMatchObject({ lines: [{ lineId: "2", quantity: 1 }], amount: null });
  });
  test("exactly, where the product of points and money is beyond the exact integers", () => {
    // In doubles it would come to 1,076,467,326,905,053.1.
    const [amount, part] = [6_300_846_720_580_677, 3_229_401_980_715_162];
    const earnRules = [{ id: "third", award: { per: "amount", points: 1, amount: 3 } }] as const;
    const shop = openShop(programOf({ earnRules }), "A", "2025-01-01");
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", lines: [{ lineId: "1", amount }] });
    const points = 2_100_282_240_193_559n;
    const { due } = back(shop, { amount: part }) as unknown as { due: { points: number } };
    expect(due.points).toBe(Number((points * BigInt(part)) / BigInt(amount)));
  });
  test("of an order without lines takes all that its visit gave", () => {
    const earnRules = [{ id: "visit", award: { per: "visit", points: 9 } }] as const;
    const shop = openShop(programOf({ earnRules }), "A", "2025-01-01");
    shop.grant({ type: "earn", at: "2025-01-02", orderId: "O", visit: true });
    expect(back(shop, {})).toMatchObject({ lines: [], amount: null, due: { points: 9 } });
    expect(shop.refusal({ type: "clawBack", at: "2025-01-03", orderId: "O" }).code).toBe("already_returned");
  });
});

test("types of point may be called what every object has already", () => {
  const names = ["constructor", "toString", "__proto__"];
  const pointTypes = names.map((id) => ({ id, kind: "spendable" as const }));
  const earnRules = names.map((id, i) => ({
    id: `rule ${id}`,
    pointType: id,
    award: { per: "order" as const, points: i + 1 },
  }));
  const measure = { kind: "points", pointType: "toString" } as const;
  const shop = openShop(programOf({ pointTypes, earnRules, tiers: plan(measure) }), "A", "2025-01-01");
  expect(counted(shop, "2025-01-01", "2025-01-31")).toBe(0);
  shop.grant(earn("2025-01-02", "O", 1));
  const { outcome } = shop.grant(earn("2025-01-03", "O-2", 1));
  expect(Object.entries(outcome.points)).toEqual(names.map((id, i) => [id, i + 1]));
  expect(names.map((id) => shop.at("2025-01-04", undefined, id))).toEqual([2, 4, 6]);
  expect(counted(shop, "2025-01-01", "2025-01-31")).toBe(4);
  shop.grant({ type: "clawBack", at: "2025-01-05", orderId: "O" });
  expect(names.map((id) => shop.at("2025-01-05", undefined, id))).toEqual([1, 2, 3]);
  expect(counted(shop, "2025-01-01", "2025-01-31")).toBe(2);
});
