import { describe, expect, test } from "vitest";
import { dayNumber } from "../../../src/core/civil-day.js";
import { foldLoyalty } from "../../../src/loyalty/ledger/evolve-loyalty.js";
import type { LoyaltyEvent } from "../../../src/loyalty/ledger/loyalty-event.js";
import { plusPoints, qualifyingReader } from "../../../src/loyalty/ledger/qualifying-days.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";
import { openShop, programOf, type Shop } from "../ledger/shop.js";

// What counts towards a level in an account that had forty orders the year before: such accounts keep totals by day.

const HAD = 40;
const plan = (measure: TierPlan["measure"]): TierPlan => ({
  levels: [
    { id: "basic", threshold: 0 },
    { id: "gold", threshold: 1000 },
  ],
  measure,
  period: { kind: "calendar", unit: "year" },
  downgrade: "byBalance",
  levelOfOrder: "start",
});
const earn = (at: string, orderId: string, amount: number, more: object = {}) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "L", amount }], ...more }) as const;
const full = (change: Partial<LoyaltyProgram> = {}) => {
  const shop = openShop(programOf(change), "A", "2024-01-01");
  for (let i = 0; i < HAD; i++) shop.grant(earn("2024-06-01", `before ${i}`, 1));
  return shop;
};
const counted = ({ program, account }: Shop, first: string, last: string) =>
  qualifyingReader(program, account)(dayNumber(first), dayNumber(last));
const countedBy = (shop: Shop, measure: TierPlan["measure"], first: string, last: string) =>
  counted({ ...shop, program: programOf({ tiers: plan(measure) }) }, first, last);

describe("day by day", () => {
  const spans = [
    ["2025-01-01", "2025-01-04"],
    ["2025-01-05", "2025-01-05"],
    ["2025-01-06", "2025-01-10"],
    ["2025-01-10", "2025-01-15"],
    ["2025-01-11", "2025-01-14"],
    ["2025-01-16", "2025-01-20"],
    ["2025-01-20", "2025-01-31"],
    ["2025-01-01", "2025-01-31"],
    ["2024-01-01", "2024-12-31"],
    ["2023-01-01", "2023-12-31"],
  ] as const;
  const late = { recordedAt: "2025-01-21" };
  test.each([
    [{ kind: "spend" }, [0, 1, 6, 11, 0, 23, 23, 35, HAD, 0]],
    [{ kind: "points", pointType: "points" }, [0, 1, 6, 11, 0, 23, 23, 35, HAD, 0]],
    [{ kind: "orders" }, [0, 1, 1, 2, 0, 2, 2, 5, HAD, 0]],
    [{ kind: "visits" }, [0, 1, 1, 2, 0, 2, 3, 6, HAD, 0]],
  ] as const)("by %o: late orders and returns on the day of the order", (measure, expected) => {
    const shop = full({ tiers: plan(measure) });
    shop.grant(earn("2025-01-10", "O-1", 10));
    shop.grant(earn("2025-01-20", "O-2", 20));
    shop.grant(earn("2025-01-20T12:00Z", "O-3", 3));
    shop.grant(earn("2025-01-15", "O-4", 5, late));
    shop.grant(earn("2025-01-05", "O-5", 1, late));
    shop.grant({ type: "earn", at: "2025-01-22", orderId: "V", visit: true });
    shop.grant({ type: "clawBack", at: "2025-01-25", orderId: "O-1", amount: 4 });
    expect(spans.map(([first, last]) => counted(shop, first, last))).toEqual(expected);
  });
});

describe("counts though it is all there is:", () => {
  const year = ["2025-01-01", "2025-12-31"] as const;
  const survey = {
    id: "survey",
    award: { per: "event", event: "survey", points: 8 },
  } as const;
  test("points of an event", () => {
    const shop = full({ earnRules: [survey] });
    shop.grant({ type: "earn", at: "2025-01-10", orderId: "E", event: "survey" });
    expect(countedBy(shop, { kind: "points", pointType: "points" }, ...year)).toBe(8);
    expect(countedBy(shop, { kind: "visits" }, ...year)).toBe(0);
  });
  test("a visit", () => {
    const shop = full({ earnRules: [survey] });
    shop.grant({ type: "earn", at: "2025-01-10", orderId: "V", visit: true });
    expect(countedBy(shop, { kind: "visits" }, ...year)).toBe(1);
    expect(countedBy(shop, { kind: "orders" }, ...year)).toBe(0);
  });
  test("an order of free things from afar", () => {
    const shop = full({ earnRules: [survey] });
    shop.grant(earn("2025-01-10", "O", 0, { visit: false }));
    expect(countedBy(shop, { kind: "orders" }, ...year)).toBe(1);
    expect(countedBy(shop, { kind: "visits" }, ...year)).toBe(0);
  });
  test("money that comes back", () => {
    const shop = full({ earnRules: [survey] });
    shop.grant(earn("2025-01-10", "O", 50));
    shop.grant({ type: "clawBack", at: "2025-01-11", orderId: "O", amount: 20 });
    expect(countedBy(shop, { kind: "spend" }, ...year)).toBe(30);
    expect(countedBy(shop, { kind: "orders" }, ...year)).toBe(1);
  });
});

test("what brings nothing leaves no day", () => {
  const shop = full();
  const before = shop.account;
  const { events } = shop.grant({ type: "earn", at: "2025-01-10", orderId: "E", event: "survey" });
  expect(before.days).not.toBeNull();
  expect(shop.account.days).toEqual(before.days);
  const nought = events.map((event) =>
    event.type === "earned"
      ? { ...event, qualifying: { ...event.qualifying, points: { points: 0 } } }
      : event,
  ) as LoyaltyEvent[];
  expect(foldLoyalty(nought, before).days).toEqual(before.days);
});

describe("beyond the exact integers", () => {
  // Each is exact, two of them are not; no points come of them, so that nothing else is too much before.
  const HUGE = 6e15;
  const earnRules = [{ id: "visit", award: { per: "visit", points: 1 } }] as const;
  const tiers = plan({ kind: "spend" });
  test("of few orders their sum is an error as it is read", () => {
    const shop = openShop(programOf({ earnRules }), "A", "2024-01-01");
    shop.grant(earn("2025-01-01", "O-1", HUGE));
    shop.grant(earn("2025-01-02", "O-2", HUGE));
    const read = () => counted({ ...shop, program: programOf({ tiers }) }, "2025-01-01", "2025-01-02");
    expect(read).toThrow(
      expect.objectContaining({
        code: "UNSAFE_INTEGER",
        path: "account.orders",
        message: expect.stringMatching(/^what counts towards a tier is /),
      }),
    );
  });
  test("of many orders the totals are, as they are kept", () => {
    const shop = full({ earnRules });
    shop.grant(earn("2025-01-01", "O-1", HUGE));
    expect(() => shop.grant(earn("2025-01-02", "O-2", HUGE))).toThrow(
      expect.objectContaining({ code: "UNSAFE_INTEGER", path: "event.qualifying.spend" }),
    );
  });
  test("points of one type are", () => {
    expect(() => plusPoints({ points: Number.MAX_SAFE_INTEGER }, { points: 1 })).toThrow(
      expect.objectContaining({
        code: "UNSAFE_INTEGER",
        path: "event",
        message: expect.stringContaining('points of "points"'),
      }),
    );
  });
});
