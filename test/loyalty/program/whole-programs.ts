import type { LoyaltyProgramDraft } from "../../../src/loyalty/program/program-draft.js";

/** A programme that leaves out all that it can. */
export const smallest: LoyaltyProgramDraft = {
  id: "club",
  currency: "EUR",
  pointTypes: [{ id: "points", kind: "spendable" }],
};

/** A programme that uses every field once. */
export const largest = {
  version: 1,
  id: "club",
  name: "Club",
  currency: "IDR",
  timeZone: "Asia/Jakarta",
  pointTypes: [
    {
      id: "points",
      kind: "spendable",
      pendingFor: { days: 14 },
      expiry: {
        kind: "afterActivity",
        after: { months: 12 },
        since: "2022-03-01",
        roundUpTo: "day",
        grace: { weeks: 1 },
      },
    },
    {
      id: "status",
      kind: "qualifying",
      expiry: { kind: "periodEnd", period: "year", periods: 1, grace: { days: 1 } },
    },
  ],
  earnRules: [
    {
      id: "base",
      name: "Base",
      pointType: "points",
      award: { per: "amount", points: 1, amount: 10_000, partial: true },
      when: {
        categories: ["a"],
        notCategories: ["b"],
        products: ["c"],
        notProducts: ["d"],
        channels: ["app"],
        segments: ["vip"],
        tiers: ["gold"],
        minimumAmount: 1,
        minimumQuantity: 1,
        from: "2025-01-01",
        until: "2026-01-01T00:00:00+07:00",
        weekdays: [0, 6],
        hours: { from: "22:00", until: "02:00" },
        firstPurchase: true,
        birthday: { within: "week", leapDay: "mar1" },
      },
      caps: [
        { points: 10, per: "order", binds: "afterMultiplier" },
        { points: 9, per: "ever", binds: "beforeMultiplier" },
      ],
      priority: -1,
      stacking: "best",
      group: "rates",
      pendingFor: { days: 0 },
      expiry: {
        kind: "afterEarn",
        after: { years: 1 },
        from: "activation",
        roundUpTo: "quarter",
        grace: { days: 3 },
      },
    },
    {
      id: "unit",
      award: { per: "unit", points: 1 },
      expiry: { kind: "fixedDate", on: "2030-01-01", grace: { days: 3 } },
    },
    { id: "order", award: { per: "order", points: 1 } },
    { id: "visit", award: { per: "visit", points: 1 } },
    { id: "event", award: { per: "event", event: "signup", points: 1 } },
    { id: "times", award: { per: "multiplier", factor: 1.0001 } },
  ],
  earnOn: "netOfRedemption",
  roundingPer: "line",
  rounding: "halfEven",
  burnOrder: "oldest",
  redemption: { points: 100, amount: 100, minimumPoints: 500, step: 100, maximumShare: 0.5 },
  rewards: [
    {
      id: "mug",
      name: "Mug",
      points: 5,
      cash: 1,
      pointType: "points",
      from: "2025-01-01",
      until: "2025-02-01",
      tiers: ["gold"],
    },
  ],
  returnPolicy: "unlimited",
  reversal: { into: "originalLots", reinstatementWindow: { days: 30 } },
  lateEarns: "rederived",
  holdTimeout: { days: 7 },
  tiers: {
    levels: [
      { id: "basic", name: "Basic", threshold: 0 },
      { id: "gold", threshold: 10, multiplier: 1.5 },
    ],
    measure: { kind: "points", pointType: "status" },
    period: { kind: "calendar", unit: "year", lasts: "periodEnd" },
    downgrade: "oneDown",
    grace: { months: 1 },
    levelOfOrder: "split",
  },
  household: { maximumMembers: 4, redeem: "owner" },
} as const satisfies LoyaltyProgramDraft;
