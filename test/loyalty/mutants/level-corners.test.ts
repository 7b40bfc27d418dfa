import { describe, expect, test } from "vitest";
import { plusPoints, qualifyingReader } from "../../../src/loyalty/ledger/qualifying-days.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { TierPlan } from "../../../src/loyalty/program/tier-plan.js";
import { lotOf, openShop, programOf } from "../ledger/shop.js";
import { bodyOf, ms } from "./event-body.js";
import { by } from "./refused.js";
import { spendLevels } from "./spend-levels.js";

// Corners of the levels in the ledger: what is counted, from when, and when it is looked at.

const earn = (at: string, orderId: string, amount: number, more: object = {}) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }], ...more }) as const;
const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;
const open = (change: Partial<LoyaltyProgram> = {}, since = "2025-01-01") =>
  openShop(programOf(change), "A", since);

describe("levels", () => {
  const year = { kind: "anniversary" } as const;
  test("years of membership count from the enrolment: for the level after an order", () => {
    const levels = [
      { id: "basic", threshold: 0 },
      { id: "gold", threshold: 100, multiplier: 2 },
    ];
    const shop = open({ tiers: spendLevels({ levels, period: year, levelOfOrder: "after" }) }, "2025-01-10");
    expect(shop.grant(earn("2025-02-01", "O-1", 60)).outcome.points).toEqual({ points: 60 });
    // 120 in the year of membership: the order that makes it so earns twice.
    expect(shop.grant(earn("2025-03-01", "O-2", 60)).outcome.points).toEqual({ points: 120 });
  });
  test("years of membership count from the enrolment: for the review after the grace", () => {
    const shop = open({ tiers: spendLevels({ period: year, grace: { months: 1 } }) }, "2024-03-15");
    shop.grant(earn("2024-12-01", "O", 100));
    const { events } = settleLoyalty(shop.program, shop.account, "2026-05-01");
    // To the end of the next year of membership, and a month; nothing was bought in it.
    expect(events).toMatchObject([
      { type: "tierChanged", at: Date.UTC(2026, 3, 15), cause: "downgrade", standing: { tier: "basic" } },
    ]);
  });
  test("that may fall at once are looked at when something is counted, not when points are given or lapse", () => {
    const period = { kind: "rolling", length: { days: 30 } } as const;
    const shop = open({ tiers: spendLevels({ period, downgrade: "atOnce" }) });
    shop.grant(earn("2025-01-01", "O-1", 60));
    shop.grant(earn("2025-01-20", "O-2", 60));
    expect(shop.account.standing?.tier).toBe("gold");
    // On 5 February the first order counts no longer.
    expect(shop.grant(lotOf(5, "2025-02-05", "2025-02-06")).events).toHaveLength(1);
    expect(shop.grant({ type: "expire", at: "2025-02-06" }).events).toHaveLength(1);
    expect(shop.account.standing?.tier).toBe("gold");
    shop.grant(earn("2025-02-07", "O-3", 1));
    expect(shop.account.standing?.tier).toBe("silver");
  });
  test("an order that arrives late counts now as well, with what has come since", () => {
    const shop = open({ tiers: spendLevels({ period: { kind: "rolling", length: { days: 30 } } }) });
    shop.grant(earn("2025-01-15", "O-1", 30));
    shop.grant(earn("2025-01-05", "O-2", 30, { recordedAt: "2025-01-20" }));
    expect(shop.account.standing?.tier).toBe("silver");
  });
  test("a floor can be taken away, and one below the level moves nothing", () => {
    const shop = open({ tiers: spendLevels() });
    const set = { type: "setTier", at: "2025-01-02", ...by } as const;
    shop.grant({ ...set, tier: "gold" });
    expect(bodyOf(shop.grant({ ...set, at: "2025-01-03", tier: null }).events[0])).toMatchObject({
      from: "gold",
      standing: { tier: "basic", since: ms(3), floor: null },
    });
  });
  test("by hand begin at the enrolment for who joined before there were levels", () => {
    const shop = open({}, "2025-01-01");
    shop.program = programOf({ tiers: spendLevels() });
    const [event] = shop.grant({ type: "setTier", at: "2025-01-02", tier: "basic", ...by }).events;
    expect(event).toMatchObject({ standing: { tier: "basic", since: ms(1) } });
  });
  test("a level that is left over from a programme that had levels cannot be changed", () => {
    const shop = open({ tiers: spendLevels() });
    shop.program = programOf();
    const set = { type: "setTier", at: "2025-01-02", tier: "gold", ...by } as const;
    expect(shop.refusal(set)).toMatchObject({ code: "no_tiers", id: "club" });
  });
  test("a floor ends in its turn, before waiting points that begin to count later", () => {
    const shop = open({ tiers: spendLevels() });
    shop.grant({ type: "setTier", at: "2025-01-02", tier: "gold", until: "2025-01-20", ...by });
    shop.grant(lotOf(5, "2025-01-02", null, "2025-02-01"));
    expect(settleLoyalty(shop.program, shop.account, "2025-02-01").events).toMatchObject([
      { type: "tierChanged", at: ms(20) },
      { type: "activated", at: Date.UTC(2025, 1, 1) },
    ]);
  });
  test("an order for nothing counts as an order, an event that only gives points counts them", () => {
    const counted = (measure: TierPlan["measure"]) => {
      const earnRules = [{ id: "gift", award: { per: "event", event: "gift", points: 9 } }] as const;
      const shop = open({ earnRules, tiers: spendLevels({ measure }) });
      shop.grant(earn("2025-01-01", "O", 0, { visit: false }));
      shop.grant({ type: "earn", at: "2025-01-01", orderId: "E", event: "gift" });
      return qualifyingReader(shop.program, shop.account)(20_089, 20_089);
    };
    expect(counted({ kind: "orders" })).toBe(1);
    expect(counted({ kind: "points", pointType: "points" })).toBe(9);
  });
  test("a balance is what is at hand less what is owed; points beyond the exact integers are an error", () => {
    const shop = open({
      tiers: spendLevels({ measure: { kind: "balance", pointType: "points" } }),
      returnPolicy: "unlimited",
    });
    shop.grant(earn("2025-01-01", "O", 21));
    shop.grant(redeem("2025-01-01", 21));
    shop.grant({ type: "clawBack", at: "2025-01-01", orderId: "O" });
    expect(qualifyingReader(shop.program, shop.account)(0, 0)).toBe(-21);
    expect(() => plusPoints({ points: Number.MAX_SAFE_INTEGER }, { points: 1 })).toThrow(
      expect.objectContaining({
        code: "UNSAFE_INTEGER",
        message: expect.stringContaining('points of "points"'),
      }),
    );
  });
});
