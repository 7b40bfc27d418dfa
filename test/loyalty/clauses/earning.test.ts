import { describe, expect, test } from "vitest";
import type { EarnRule } from "../../../src/loyalty/program/earn-rule.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import { openShop, programOf, type Shop, type ShopCommand } from "../ledger/shop.js";

// What earn rules say, command after command on one account: what a single order earns is tested where it is computed.

const base: EarnRule = { id: "base", award: { per: "amount", points: 1, amount: 100 } };
const shopOf = (earnRules: readonly EarnRule[], more: Partial<LoyaltyProgram> = {}) =>
  openShop(programOf({ earnRules, ...more }));

let count = 0;
function earned(shop: Shop, at: string, more: object = {}): number {
  const lines = [{ lineId: "1", amount: 10_00 }];
  const command = { type: "earn", at, orderId: `O-${count++}`, lines, ...more } as ShopCommand;
  return shop.grant(command).outcome.points.points ?? 0;
}

describe("conditions that hang on the account", () => {
  test("the first purchase is the first order; a signup before it is none, a returned one was one", () => {
    const shop = shopOf([
      base,
      { id: "first", award: { per: "order", points: 50 }, when: { firstPurchase: true } },
      { id: "signup", award: { per: "event", event: "signup", points: 5 } },
    ]);
    expect(earned(shop, "2025-01-02", { lines: [], event: "signup" })).toBe(5);
    expect(earned(shop, "2025-01-03", { orderId: "O" })).toBe(60);
    shop.grant({ type: "clawBack", at: "2025-01-04", orderId: "O" });
    expect(earned(shop, "2025-01-05")).toBe(10);
  });

  test("channel and segments come with the command, decide, and are kept in the event", () => {
    const shop = shopOf([
      { ...base, when: { channels: ["app"] } },
      { id: "vip", award: { per: "order", points: 7 }, when: { segments: ["vip", "staff"] } },
    ]);
    expect(earned(shop, "2025-01-02")).toBe(0);
    expect(earned(shop, "2025-01-03", { channel: "app", segmentIds: ["new", "vip"] })).toBe(17);
    expect(shop.events.at(-2)).toMatchObject({ type: "earned", channel: null, segmentIds: [] });
    expect(shop.events.at(-1)).toMatchObject({ type: "earned", channel: "app", segmentIds: ["new", "vip"] });
  });

  test("caps of an order, a day and all time bind over the orders of an account", () => {
    const shop = shopOf([
      {
        ...base,
        caps: [
          { points: 8, per: "order", binds: "beforeMultiplier" },
          { points: 12, per: "day", binds: "beforeMultiplier" },
          { points: 25, per: "ever", binds: "beforeMultiplier" },
        ],
      },
    ]);
    const days = ["2025-01-02", "2025-01-02", "2025-01-02", "2025-01-03", "2025-01-03", "2025-01-04"];
    expect(days.map((day) => earned(shop, day))).toEqual([8, 4, 0, 8, 4, 1]);
    expect(shop.at("2025-01-04")).toBe(25);
  });

  test("an order that arrives late is judged by when it happened: its window, its day's cap", () => {
    const shop = shopOf([
      {
        ...base,
        when: { from: "2025-01-10", until: "2025-01-20" },
        caps: [{ points: 15, per: "day", binds: "beforeMultiplier" }],
      },
    ]);
    expect(earned(shop, "2025-01-19")).toBe(10);
    expect(earned(shop, "2025-01-20")).toBe(0);
    expect(earned(shop, "2025-01-19T20:00Z", { recordedAt: "2025-01-25" })).toBe(5);
    expect(earned(shop, "2025-01-09", { recordedAt: "2025-01-26" })).toBe(0);
  });

  test("the level at the start of the order decides its conditions and its multiplier", () => {
    const shop = shopOf(
      [base, { id: "gold", award: { per: "order", points: 3 }, when: { tiers: ["gold"] } }],
      {
        tiers: {
          levels: [
            { id: "basic", threshold: 0 },
            { id: "gold", threshold: 15_00, multiplier: 1.5 },
          ],
          measure: { kind: "spend" },
          period: { kind: "ever" },
          downgrade: "none",
        },
      },
    );
    // The second order lifts at 20.00; the third is the first of a gold member: (10 + 3) x 1.5 = 19.5.
    expect([1, 2, 3].map((day) => earned(shop, `2025-01-0${day}`))).toEqual([10, 10, 19]);
    expect(
      shop.events.filter(({ type }) => type === "earned").map((event) => "tier" in event && event.tier),
    ).toEqual(["basic", "basic", "gold"]);
  });
});

describe("points of several types", () => {
  const program: Partial<LoyaltyProgram> = {
    pointTypes: [
      { id: "points", kind: "spendable" },
      { id: "status", kind: "qualifying" },
      { id: "miles", kind: "spendable", pendingFor: { days: 3 } },
    ],
  };
  const rules: EarnRule[] = [
    base,
    { id: "status", pointType: "status", award: { per: "order", points: 4 } },
    { id: "miles", pointType: "miles", award: { per: "order", points: 20 } },
  ];
  test("each is earned, waits and is spent by itself; qualifying ones pay nothing and no spending lowers them", () => {
    const shop = shopOf(rules, program);
    expect(earned(shop, "2025-01-02")).toBe(10);
    const of = (day: string) => ["points", "status", "miles"].map((type) => shop.at(day, "available", type));
    expect(of("2025-01-02")).toEqual([10, 4, 0]);
    expect(of("2025-01-05")).toEqual([10, 4, 20]);
    const spend = (redemptionId: string, points: number, pointType?: string) =>
      ({ type: "redeem", at: "2025-01-05", redemptionId, points, pointType }) as ShopCommand;
    expect(shop.refusal(spend("R", 1, "status")).code).toBe("not_spendable");
    expect(shop.refusal(spend("R", 1, "coins")).code).toBe("unknown_point_type");
    expect(shop.refusal(spend("R", 11)).code).toBe("insufficient_points");
    shop.grant(spend("R", 10));
    shop.grant(spend("S", 15, "miles"));
    expect(of("2025-01-05")).toEqual([0, 4, 5]);
  });
  test("a return takes back each type by itself", () => {
    const shop = shopOf(rules, { ...program, returnPolicy: "unlimited" });
    earned(shop, "2025-01-02", { orderId: "O" });
    shop.grant({ type: "redeem", at: "2025-01-02", redemptionId: "R", points: 10 });
    const { outcome } = shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" });
    expect(outcome.points).toEqual({ points: 10, status: 4, miles: 20 });
    expect(["points", "status", "miles"].map((type) => shop.at("2025-02-01", undefined, type))).toEqual([
      -10, 0, 0,
    ]);
  });
});

test("a changed programme decides what comes from then on, and no replay asks it", () => {
  const shop = shopOf([base]);
  earned(shop, "2025-01-02", { orderId: "O" });
  const before = JSON.stringify(shop.account);
  shop.program = programOf({
    earnRules: [{ ...base, id: "double", award: { per: "amount", points: 2, amount: 100 } }],
    pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { days: 1 } } }],
  });
  expect(JSON.stringify(shop.account)).toBe(before);
  expect(earned(shop, "2025-01-03")).toBe(20);
  // The first lot never lapses, as was said when it was earned; the second one does; a return takes what was given.
  expect([shop.at("2025-01-03"), shop.at("2025-01-04")]).toEqual([30, 10]);
  expect(shop.grant({ type: "clawBack", at: "2025-01-05", orderId: "O" }).outcome.points).toEqual({
    points: 10,
  });
});
