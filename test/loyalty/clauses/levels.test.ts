import { describe, expect, test } from "vitest";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";
import { openShop, programOf, type Shop } from "../ledger/shop.js";

// Levels through the ledger: what is counted, over which time, and what becomes of those who fall short.

type Plan = Pick<TierPlan, "measure" | "period" | "downgrade"> & Partial<TierPlan>;
function shopOf(plan: Plan, enrolledAt = "2024-03-10"): Shop {
  const levels = [
    { id: "basic", threshold: 0 },
    { id: "silver", threshold: 2 },
    { id: "gold", threshold: 4 },
  ];
  return openShop(programOf({ tiers: { levels, ...plan } }), "A", enrolledAt);
}
let count = 0;
function order(shop: Shop, at: string, amount = 1, more: object = {}) {
  const lines = amount === 0 ? [] : [{ lineId: "1", amount }];
  return shop.grant({ type: "earn", at, orderId: `O-${count++}`, lines, ...more });
}
const tierAt = (shop: Shop, at: string) =>
  settleLoyalty(shop.program, shop.account, at).account.standing?.tier;
const year = { kind: "calendar", unit: "year" } as const;

describe("what lifts a member", () => {
  test.each([
    { kind: "spend" },
    { kind: "orders" },
    { kind: "visits" },
    { kind: "points", pointType: "points" },
    { kind: "balance", pointType: "points" },
  ] as const)(
    "%o: the second order, of one unit of money and one point as the first, reaches 2",
    (measure) => {
      const shop = shopOf({ measure, period: year, downgrade: "byBalance" });
      order(shop, "2024-04-01");
      expect(shop.account.standing?.tier).toBe("basic");
      order(shop, "2024-04-02");
      expect(shop.account.standing?.tier).toBe("silver");
    },
  );
  test("a visit counts as a visit and as nothing else", () => {
    const lifted = (["visits", "orders", "spend"] as const).map((kind) => {
      const shop = shopOf({ measure: { kind }, period: year, downgrade: "byBalance" });
      order(shop, "2024-04-01", 0, { visit: true });
      order(shop, "2024-04-02", 0, { visit: true });
      return shop.account.standing?.tier;
    });
    expect(lifted).toEqual(["silver", "basic", "basic"]);
  });
  test("points count when earned, spent or not; at hand only while they are", () => {
    const plan = { period: { kind: "ever" }, downgrade: "atOnce" } as const;
    const [earned, atHand] = (["points", "balance"] as const).map((kind) => {
      const shop = shopOf({ ...plan, measure: { kind, pointType: "points" } });
      order(shop, "2024-04-01", 4);
      expect(shop.account.standing?.tier).toBe("gold");
      shop.grant({ type: "redeem", at: "2024-04-02", redemptionId: "R", points: 3 });
      return shop.account.standing?.tier;
    });
    expect([earned, atHand]).toEqual(["gold", "basic"]);
  });
  test("a returned order no longer counts", () => {
    const shop = shopOf({ measure: { kind: "spend" }, period: { kind: "ever" }, downgrade: "atOnce" });
    order(shop, "2024-04-01", 4, { orderId: "O" });
    shop.grant({ type: "clawBack", at: "2024-04-02", orderId: "O" });
    expect(shop.account.standing?.tier).toBe("basic");
  });
});

describe("over which time, and for how long", () => {
  const spend = { measure: { kind: "spend" }, downgrade: "byBalance" } as const;
  test.each<[string, TierPlan["period"], readonly [string, string | undefined][]]>([
    [
      "calendar year: to the end of the next",
      year,
      [
        ["2025-12-31T23:59:59.999Z", "gold"],
        ["2026-01-01", "basic"],
      ],
    ],
    [
      "calendar quarter: to the end of the next",
      { kind: "calendar", unit: "quarter" },
      [
        ["2024-09-30T23:59:59.999Z", "gold"],
        ["2024-10-01", "basic"],
      ],
    ],
    [
      "calendar month, to the end of the same",
      { kind: "calendar", unit: "month", lasts: "periodEnd" },
      [
        ["2024-04-30T23:59:59.999Z", "gold"],
        ["2024-05-01", "basic"],
      ],
    ],
    [
      "year of membership from 10 March",
      { kind: "anniversary" },
      [
        ["2026-03-09T23:59:59.999Z", "gold"],
        ["2026-03-10", "basic"],
      ],
    ],
    [
      "90 days up to now",
      { kind: "rolling", length: { days: 90 } },
      [
        ["2024-06-29T23:59:59.999Z", "gold"],
        ["2024-06-30", "basic"],
      ],
    ],
    ["all time", { kind: "ever" }, [["2099-01-01", "gold"]]],
  ])("%s", (_, period, levels) => {
    const shop = shopOf({ ...spend, period, ...(period.kind === "ever" ? { downgrade: "none" } : {}) });
    order(shop, "2024-04-01", 4);
    for (const [at, tier] of levels) expect(tierAt(shop, at)).toBe(tier);
  });

  test.each([
    ["oneDown", ["gold", "silver", "basic"]],
    ["byBalance", ["gold", "basic", "basic"]],
    ["none", ["gold", "gold", "gold"]],
  ] as const)("%s: at the ends of 2025 and 2026 from gold", (downgrade, expected) => {
    const shop = shopOf({ measure: { kind: "spend" }, period: year, downgrade });
    order(shop, "2024-04-01", 4);
    expect(["2025-12-31", "2026-01-01", "2027-01-01"].map((at) => tierAt(shop, at))).toEqual(expected);
  });

  test("in the grace the level is kept and can still be earned again", () => {
    const plan = { ...spend, period: year, grace: { months: 1 } } as const;
    const [idle, busy] = [shopOf(plan), shopOf(plan)];
    for (const shop of [idle, busy]) order(shop, "2024-04-01", 4);
    expect([tierAt(idle, "2026-01-31"), tierAt(idle, "2026-02-01")]).toEqual(["gold", "basic"]);
    order(busy, "2026-01-20", 4);
    expect(tierAt(busy, "2026-02-01")).toBe("gold");
  });

  test("what was due is booked as events of its own, in the order of the instants, before the command is", () => {
    const shop = shopOf({ measure: { kind: "spend" }, period: year, downgrade: "oneDown" });
    order(shop, "2024-04-01", 4);
    const { events } = order(shop, "2027-02-01");
    expect(events.map(({ type, at, key }) => [type, at, key === null])).toEqual([
      ["tierChanged", Date.UTC(2026, 0, 1), true],
      ["tierChanged", Date.UTC(2027, 0, 1), true],
      ["earned", Date.UTC(2027, 1, 1), false],
    ]);
  });
});

test("a level by hand holds over the earned one until its end, with reason and actor; null takes it away", () => {
  const shop = shopOf({ measure: { kind: "spend" }, period: { kind: "ever" }, downgrade: "none" });
  const by = { reason: "apology", actor: "desk" };
  const { events } = shop.grant({
    type: "setTier",
    at: "2024-04-01",
    tier: "gold",
    until: "2024-07-01",
    ...by,
  });
  expect(events).toMatchObject([{ type: "tierChanged", cause: "manual", ...by }]);
  order(shop, "2024-04-02", 2);
  expect([tierAt(shop, "2024-06-30"), tierAt(shop, "2024-07-01")]).toEqual(["gold", "silver"]);
  shop.grant({ type: "setTier", at: "2024-05-01", tier: null, ...by });
  expect(tierAt(shop, "2024-05-01")).toBe("silver");
});
