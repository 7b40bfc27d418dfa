import { describe, expect, test } from "vitest";
import { emptyLoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import { accountTierOutlook } from "../../../src/loyalty/reading/account-tier-outlook.js";
import { balanceAt } from "../../../src/loyalty/reading/balance-at.js";
import { expiringPoints } from "../../../src/loyalty/reading/expiring-points.js";
import { thrown } from "../../core/thrown.js";
import { lotOf, openShop, programOf } from "../ledger/shop.js";

const redeem = (at: string, points: number) => ({ type: "redeem", at, redemptionId: at, points }) as const;
const day = (text: string) => Date.parse(text);

describe("S1: 100 until 2025-01-10, 50 until 2025-03-01, 120 spent on 2024-06-01", () => {
  const shop = openShop(programOf());
  shop.grant(lotOf(100, "2024-01-10", "2025-01-10"));
  shop.grant(lotOf(50, "2024-03-01", "2025-03-01"));
  shop.grant(redeem("2024-06-01", 120));
  const at = (instant: string) => balanceAt(shop.program, shop.events, { at: instant });

  test.each([
    ["2024-01-09", 0],
    ["2024-01-10", 100],
    ["2024-03-01", 150],
    ["2024-05-31T23:59:59.999Z", 150],
    ["2024-06-01", 30],
    ["2025-01-11", 30],
    ["2025-02-28T23:59:59.999Z", 30],
    ["2025-03-01", 0],
  ])("%s: %i", (instant, balance) => {
    expect(at(instant).balance).toBe(balance);
  });
  test("what is left lapses on 2025-03-01, and before the redemption both lots are announced", () => {
    expect(at("2024-06-01").expiring).toEqual([{ at: day("2025-03-01"), points: 30 }]);
    expect(at("2024-05-01").expiring).toEqual([
      { at: day("2025-01-10"), points: 100 },
      { at: day("2025-03-01"), points: 50 },
    ]);
  });
  test("an account cannot tell what was before its last event, and says what to pass", () => {
    const error = thrown(() => balanceAt(shop.program, shop.account, { at: "2024-05-01" }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.at"]);
    expect(error.message).toContain("2024-05-01T00:00:00.000Z");
    expect(error.message).toContain("pass all its events");
    expect(balanceAt(shop.program, shop.account, { at: "2024-06-01" })).toEqual(at("2024-06-01"));
  });
});

test("what arrived later is not in an earlier balance", () => {
  const shop = openShop(programOf());
  shop.grant({ ...lotOf(40, "2025-01-01"), recordedAt: "2025-02-01" });
  const at = (instant: string) => balanceAt(shop.program, shop.events, { at: instant }).balance;
  expect([at("2025-01-15"), at("2025-01-31T23:59:59.999Z"), at("2025-02-01")]).toEqual([0, 0, 40]);
});

test("S3 unlimited: what is owed is below 0 and in arrears; S10: a hold is neither available nor lost", () => {
  const shop = openShop(programOf({ returnPolicy: "unlimited" }));
  shop.grant({ type: "earn", at: "2025-01-01", orderId: "O", lines: [{ lineId: "1", amount: 150 }] });
  shop.grant({ type: "authorize", at: "2025-01-02", holdId: "H", points: 30 });
  expect(balanceAt(shop.program, shop.account, { at: "2025-01-02" })).toMatchObject({
    available: 120,
    held: 30,
  });
  shop.grant({ type: "capture", at: "2025-01-02", holdId: "H" });
  shop.grant(redeem("2025-01-02", 70));
  shop.grant({ type: "clawBack", at: "2025-01-03", orderId: "O" });
  expect(balanceAt(shop.program, shop.account, { at: "2025-01-03" })).toMatchObject({
    balance: -100,
    available: 0,
    arrears: 100,
    expiring: [],
  });
});

test("S12: pending until the first instant of 15 May", () => {
  const shop = openShop(
    programOf({ pointTypes: [{ id: "points", kind: "spendable", pendingFor: { days: 14 } }] }),
  );
  shop.grant({ type: "earn", at: "2025-05-01", orderId: "O", lines: [{ lineId: "1", amount: 80 }] });
  const at = (instant: string) => balanceAt(shop.program, shop.account, { at: instant });
  expect(at("2025-05-14T23:59:59.999Z")).toMatchObject({
    available: 0,
    pending: 80,
    activating: [{ at: day("2025-05-15"), points: 80 }],
  });
  expect(at("2025-05-15")).toMatchObject({ available: 80, pending: 0, activating: [] });
});

test("an account without events has nothing; no events at all are an error; so is an unknown type of point", () => {
  const program = programOf();
  const at = "2025-01-01";
  expect(balanceAt(program, emptyLoyaltyAccount("A"), { at })).toMatchObject({ balance: 0, pending: 0 });
  expect(thrown(() => balanceAt(program, [], { at })).path).toBe("source");
  const error = thrown(() => balanceAt(program, emptyLoyaltyAccount("A"), { at, pointType: "miles" }));
  expect([error.path, error.message.includes('"miles"')]).toEqual(["options.pointType", true]);
});

describe("the schedule of lapses", () => {
  const shop = openShop(programOf({ timeZone: "Asia/Jakarta" }));
  shop.grant(lotOf(10, "2025-01-01", "2025-02-01"));
  shop.grant(lotOf(20, "2025-01-01", "2025-02-01T05:00:00+07:00"));
  shop.grant(lotOf(30, "2025-01-01", "2025-03-15"));
  shop.grant(lotOf(40, "2025-01-01", null));
  const schedule = (by?: "month") => expiringPoints(shop.program, shop.account, { at: "2025-01-02", by });

  test("points that lapse with the end of January must be spent in January; never stands last", () => {
    const { rows, never, available } = schedule("month");
    expect(rows.map(({ period, lastDay, points }) => [period, lastDay, points])).toEqual([
      ["2025-01", "2025-01-31", 10],
      ["2025-02", "2025-02-01", 20],
      ["2025-03", "2025-03-14", 30],
    ]);
    expect([never, available]).toEqual([40, 100]);
  });
  test("of two lapses in a period, the row has the first: by then all of them can still be spent", () => {
    const shop = openShop(programOf());
    shop.grant(lotOf(10, "2025-01-01", "2025-01-11"));
    shop.grant(lotOf(20, "2025-01-01", "2025-01-21"));
    const { rows } = expiringPoints(shop.program, shop.account, { at: "2025-01-02", by: "month" });
    expect(rows).toEqual([
      { at: Date.UTC(2025, 0, 11), lastDay: "2025-01-10", period: "2025-01", points: 30 },
    ]);
  });
  test("without periods each instant stands apart", () => {
    expect(schedule().rows[0]).toEqual({
      at: Date.parse("2025-02-01T00:00:00+07:00"),
      lastDay: "2025-01-31",
      period: null,
      points: 10,
    });
    expect(schedule().rows).toHaveLength(3);
  });
});

describe("the outlook on the next level", () => {
  const program = programOf({
    tiers: {
      levels: [
        { id: "basic", threshold: 0 },
        { id: "gold", threshold: 500 },
      ],
      measure: { kind: "spend" },
      period: { kind: "calendar", unit: "year" },
      downgrade: "byBalance",
      levelOfOrder: "start",
    },
  });
  const shop = openShop(program);
  shop.grant({ type: "earn", at: "2024-11-01", orderId: "O-1", lines: [{ lineId: "1", amount: 600 }] });
  shop.grant({ type: "earn", at: "2025-02-01", orderId: "O-2", lines: [{ lineId: "1", amount: 380 }] });
  const at = (instant: string) => accountTierOutlook(program, shop.events, { at: instant });

  test("gold of 2024 lasts through 2025, and falls to basic if nothing more is bought", () => {
    expect(at("2025-03-01")).toEqual({
      tier: "gold",
      counted: 380,
      next: null,
      until: day("2026-01-01"),
      projectedTier: "basic",
    });
  });
  test("before the first order 500 are missing; a term that has ended is reviewed first", () => {
    expect(at("2024-10-01")).toMatchObject({ tier: "basic", next: { tier: "gold", missing: 500 } });
    expect(at("2026-01-01")).toMatchObject({ tier: "basic", counted: 0 });
  });
  test("nothing before enrolment", () => {
    expect(accountTierOutlook(program, emptyLoyaltyAccount("A"), { at: "2025-01-01" })).toBeNull();
  });
});
