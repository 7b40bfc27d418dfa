import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { defineProgram } from "../../src/loyalty/parse-loyalty.js";
import type { LoyaltyProgram } from "../../src/loyalty/program/loyalty-program.js";
import type { TierPlan } from "../../src/loyalty/program/tier-plan.js";
import { openShop, programOf, type Shop } from "./ledger/shop.js";

// The worked scenarios of loyalty ledgers by name. Those that are about one part stand with it and are named here; those
// that several parts must get right together are worked through the ledger below.

const STANDS: readonly (readonly [string, string])[] = [
  ["S1", "ledger/scenarios"],
  ["S2", "ledger/scenarios"],
  ["S3", "ledger/scenarios"],
  ["S3b", "ledger/scenarios"],
  ["S4", "ledger/scenarios"],
  ["S6", "ledger/scenarios"],
  ["S7", "earning/level-of-order"],
  ["S7", "tiers/tier-changes"],
  ["S7b", "earning/stacking-and-caps"],
  ["S8", "earning/level-of-order"],
  ["S9", "ledger/scenarios"],
  ["S10", "ledger/scenarios"],
  ["S10b", "ledger/scenarios"],
  ["S11", "ledger/scenarios"],
  ["S12", "ledger/scenarios"],
  ["S15", "ledger/scenarios"],
  ["S16", "earning/point-expiry"],
  ["S16b", "earning/point-expiry"],
  ["S17", "earning/conditions"],
  ["S18", "earning/stacking-and-caps"],
  ["S20", "program/redemption-quote"],
  ["S21", "liability/roll-forward"],
  ["S22", "liability/recognize-points"],
  ["S25", "tiers/tier-changes"],
  ["S27", "tiers/tier-changes"],
  ["S28", "ledger/scenarios-account"],
  ["S29", "ledger/scenarios-account"],
  ["S31", "schemes/promotion-cost"],
];

test.each(STANDS)("%s stands in %s.test.ts", (name, file) => {
  const path = new URL(`./${file}.test.ts`, import.meta.url);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, "utf8")).toMatch(new RegExp(`["\`(]${name}\\b`));
});

const earn = (at: string, orderId: string, amount: number) =>
  ({ type: "earn", at, orderId, lines: [{ lineId: "1", amount }] }) as const;
const redeem = (at: string, points: number, redemptionId = "R") =>
  ({ type: "redeem", at, redemptionId, points }) as const;

describe("S8 upgrade mid-order through the ledger: 950 qualify, silver is 1.5 times from 1,000, an order of 200 euros", () => {
  test.each([
    ["start", 200],
    ["split", 275],
    ["after", 300],
  ] as const)("level at %s of the order: %i points", (levelOfOrder, points) => {
    const shop = openShop(
      programOf({
        earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 1_00 } }],
        tiers: {
          levels: [
            { id: "basic", threshold: 0 },
            { id: "silver", threshold: 1_000_00, multiplier: 1.5 },
          ],
          measure: { kind: "spend" },
          period: { kind: "calendar", unit: "year" },
          downgrade: "none",
          levelOfOrder,
        },
      }),
    );
    shop.grant(earn("2025-01-02", "before", 950_00));
    const { outcome } = shop.grant(earn("2025-01-03", "order", 200_00));
    expect(outcome.points).toEqual({ points });
    expect(shop.account.standing?.tier).toBe("silver");
  });
});

describe("S16 expiry dates through the ledger", () => {
  const lapses = (
    expiry: NonNullable<LoyaltyProgram["pointTypes"][0]["expiry"]>,
    at: string,
    timeZone = "UTC",
  ) => {
    const shop = openShop(
      programOf({ timeZone, pointTypes: [{ id: "points", kind: "spendable", expiry }] }),
      "A",
      "2010-01-01",
    );
    const [event] = shop.grant(earn(at, "O", 1)).events;
    const lapse = event?.type === "earned" ? event.lots[0]?.expiresAt : null;
    const instant = new Date(lapse ?? Number.NaN).toISOString();
    expect([shop.at(new Date((lapse ?? 0) - 1).toISOString()), shop.at(instant)]).toEqual([1, 0]);
    return instant;
  };
  test("twelve months to the month's end; year end", () => {
    const months = { kind: "afterEarn", after: { months: 12 }, roundUpTo: "month" } as const;
    expect(lapses(months, "2020-07-06T10:00Z")).toBe("2021-08-01T00:00:00.000Z");
    expect(lapses({ kind: "periodEnd", period: "year" }, "2018-01-22")).toBe("2019-01-01T00:00:00.000Z");
  });
  test("S16b the end of the local day, in the hour that is lost and the one that comes twice", () => {
    const day = { kind: "afterEarn", after: { days: 1 }, roundUpTo: "day" } as const;
    const zone = "America/New_York";
    expect(lapses(day, "2024-03-09T23:30:00-05:00", zone)).toBe("2024-03-11T04:00:00.000Z");
    expect(lapses(day, "2024-11-02T23:30:00-04:00", zone)).toBe("2024-11-04T05:00:00.000Z");
  });
});

test("S17 born on 29 February: one award a year, on 28 February where there is no 29th", () => {
  const gift = {
    id: "gift",
    award: { per: "order", points: 10 },
    when: { birthday: { within: "day" } },
  } as const;
  const born = openShop(programOf({ earnRules: [gift] }));
  born.account = { ...born.account, birthday: "2000-02-29" };
  const earned: string[] = [];
  for (const year of [2024, 2025, 2026, 2027]) {
    for (const day of ["02-27", "02-28", "02-28", "02-29", "03-01"]) {
      if (day === "02-29" && year !== 2024) continue;
      const orderId = `${year}-${day} ${born.events.length}`;
      const { outcome } = born.grant(earn(`${year}-${day}`, orderId, 1));
      if (outcome.points.points === 10) earned.push(`${year}-${day}`);
    }
  }
  expect(earned).toEqual(["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"]);
});

test("S18 and S20 through the ledger: a cap after the multiplier gives 500; 3030 points at 0.03 pay 90.90", () => {
  const shop = openShop(
    programOf({
      earnRules: [
        {
          id: "base",
          award: { per: "amount", points: 1, amount: 1_00 },
          caps: [{ points: 500, per: "order", binds: "afterMultiplier" }],
        },
        { id: "double", award: { per: "multiplier", factor: 2 } },
        { id: "opening", award: { per: "event", event: "signup", points: 3030 } },
      ],
      redemption: { points: 1, amount: 3 },
    }),
  );
  expect(shop.grant(earn("2025-01-01", "O", 400_00)).outcome.points).toEqual({ points: 500 });
  shop.grant({ type: "earn", at: "2025-01-01", orderId: "signup", event: "signup" });
  expect(shop.grant(redeem("2025-01-02", 3030)).outcome).toMatchObject({
    points: { points: 3030 },
    amount: 90_90,
  });
  expect(shop.at("2025-01-02")).toBe(500);
});

const pointsPlan = (levels: TierPlan["levels"], change: Partial<TierPlan>): TierPlan => ({
  levels,
  measure: { kind: "balance", pointType: "points" },
  period: { kind: "ever" },
  downgrade: "atOnce",
  levelOfOrder: "start",
  ...change,
});
const tierOf = (shop: Shop) => shop.account.standing?.tier ?? null;

test("S25 a level by balance: +100 silver, -50 basic, +500 gold with 550", () => {
  const levels = [
    { id: "basic", threshold: 0 },
    { id: "silver", threshold: 100 },
    { id: "gold", threshold: 500 },
    { id: "platinum", threshold: 1000 },
  ];
  const shop = openShop(programOf({ tiers: pointsPlan(levels, {}) }));
  shop.grant(earn("2025-01-01", "A", 100));
  expect(tierOf(shop)).toBe("silver");
  shop.grant(redeem("2025-01-02", 50));
  expect(tierOf(shop)).toBe("basic");
  shop.grant(earn("2025-01-03", "B", 500));
  expect([tierOf(shop), shop.at("2025-01-03")]).toEqual(["gold", 550]);
});

describe("S26 levels 10 / 30 / 100 are read from the points at the end of the year, then all points lapse", () => {
  const program = programOf({
    pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "periodEnd", period: "year" } }],
    tiers: pointsPlan(
      [
        { id: "L1", threshold: 10 },
        { id: "L2", threshold: 30 },
        { id: "L3", threshold: 100 },
      ],
      { period: { kind: "calendar", unit: "year", lasts: "periodEnd" }, downgrade: "byBalance" },
    ),
  });
  test("+10 is L1, +20 more is L2", () => {
    const shop = openShop(program, "A", "2024-01-01");
    shop.grant(earn("2024-02-01", "A", 10));
    expect(tierOf(shop)).toBe("L1");
    shop.grant(earn("2024-03-01", "B", 20));
    expect(tierOf(shop)).toBe("L2");
  });
  test.each([
    [5, null],
    [10, "L1"],
    [30, "L2"],
  ] as const)("%i points at the year's end: %s, and no points", (left, tier) => {
    const shop = openShop(program, "A", "2024-01-01");
    shop.grant(earn("2024-02-01", "A", 30));
    if (left < 30) shop.grant(redeem("2024-12-01", 30 - left));
    shop.grant({ type: "expire", at: "2025-01-01" });
    expect([tierOf(shop), shop.at("2025-01-01"), shop.at("2025-01-01", "expired")]).toEqual([tier, 0, left]);
  });
});

test.each([
  ["oneDown", "gold"],
  ["byBalance", "bronze"],
] as const)("S27 platinum, and points that only reach bronze: %s gives %s", (downgrade, tier) => {
  const program = defineProgram({
    version: 1,
    id: "club",
    currency: "EUR",
    pointTypes: [{ id: "points", kind: "spendable" }],
    earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 1 } }],
    tiers: pointsPlan(
      [
        { id: "bronze", threshold: 10 },
        { id: "gold", threshold: 100 },
        { id: "platinum", threshold: 1000 },
      ],
      {
        measure: { kind: "points", pointType: "points" },
        period: { kind: "calendar", unit: "year" },
        downgrade,
      },
    ),
  });
  const shop = openShop(program, "A", "2023-01-01");
  shop.grant(earn("2023-06-01", "A", 1000));
  shop.grant(earn("2024-06-01", "B", 15));
  expect(tierOf(shop)).toBe("platinum");
  shop.grant({ type: "expire", at: "2025-01-01" });
  expect(tierOf(shop)).toBe(tier);
});
