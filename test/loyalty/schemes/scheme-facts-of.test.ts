import { expect, test } from "vitest";
import { defineProgram } from "../../../src/loyalty/parse-loyalty.js";
import { type SchemeProfile, schemeFactsOf } from "../../../src/loyalty/schemes/scheme-facts-of.js";
import { facts } from "./scheme-setup.js";

const program = defineProgram({
  version: 1,
  id: "club",
  currency: "EUR",
  timeZone: "Asia/Jakarta",
  pointTypes: [
    { id: "points", kind: "spendable" },
    { id: "miles", kind: "spendable" },
  ],
  rewards: [
    { id: "mug", points: 500 },
    { id: "voucher", points: 1_000, cash: 3_00 },
    { id: "seat", points: 10, pointType: "miles" },
    { id: "spring", points: 100, from: "2025-03-01", until: "2025-06-01" },
    { id: "flight", points: 20_000, tiers: ["gold"] },
  ],
  tiers: {
    measure: { kind: "spend" },
    levels: [{ id: "gold", threshold: 1_000_00 }],
    period: { kind: "calendar", unit: "year" },
    downgrade: "none",
    levelOfOrder: "start",
  },
});
const { pointsPerPeriod, spendPerPeriod, periodsPerYear, withinPeriods, convenience } = facts;
const profile: SchemeProfile = {
  asOf: "2025-01-01",
  pointsPerPeriod,
  spendPerPeriod,
  periodsPerYear,
  withinPeriods,
  convenience,
  rewards: {
    mug: { category: "home", value: 5_00 },
    voucher: { category: "money", value: 15_00 },
    spring: { category: "home", value: 1_00 },
    flight: { category: "travel", value: 300_00, isExperiential: true },
  },
};
const idsOf = (more: Partial<SchemeProfile>) =>
  schemeFactsOf(program, { ...profile, ...more }).rewards.map(({ id }) => id);

test("the catalogue gives ids, points and cash, the profile the rest", () => {
  const made = schemeFactsOf(program, profile);
  expect(made.rewards).toEqual([
    { id: "mug", points: 500, cash: 0, category: "home", value: 5_00 },
    { id: "voucher", points: 1_000, cash: 3_00, category: "money", value: 15_00 },
  ]);
  expect({ ...made, rewards: facts.rewards }).toEqual(facts);
});

test("rewards of other points are left out, those of a day and a level by the member in mind", () => {
  expect(idsOf({ tier: "gold" })).toEqual(["mug", "voucher", "flight"]);
  // 1 March begins in Jakarta at 17:00Z of the day before; just before an instant, it has begun a millisecond later.
  expect(idsOf({ asOf: "2025-02-28T17:00:00Z" })).toEqual(["mug", "voucher"]);
  expect(idsOf({ asOf: "2025-02-28T17:00:00.001Z" })).toEqual(["mug", "voucher", "spring"]);
  expect(idsOf({ asOf: "2025-06-01" })).toEqual(["mug", "voucher", "spring"]);
  expect(idsOf({ asOf: "2025-06-02" })).toEqual(["mug", "voucher"]);
});

test("a reward that nobody described is refused by its name", () => {
  const { mug: _, ...rest } = profile.rewards;
  expect(() => schemeFactsOf(program, { ...profile, rewards: rest })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "profile.rewards.mug" }),
  );
});

test.each<[string, object, string]>([
  ["a level that is misspelt", { tier: "glod" }, "profile.tier"],
  [
    "a reward that is misspelt",
    { rewards: { ...profile.rewards, mugg: { category: "x", value: 1 } } },
    "profile.rewards.mugg",
  ],
  ["a member without points", { pointsPerPeriod: 0 }, "profile.pointsPerPeriod"],
  [
    "half a minor unit",
    { rewards: { ...profile.rewards, mug: { category: "home", value: 0.5 } } },
    "profile.rewards.mug.value",
  ],
  [
    "a value below the cash beside the points",
    { rewards: { ...profile.rewards, voucher: { category: "money", value: 2_99 } } },
    "profile.rewards.voucher.cash",
  ],
])("%s is refused under the name of the argument", (_, wrong, path) => {
  expect(() => schemeFactsOf(program, { ...profile, ...wrong } as SchemeProfile)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path }),
  );
});

test("a catalogue of which this member can have nothing is refused", () => {
  const gold = { ...program, rewards: program.rewards.filter(({ tiers }) => tiers !== undefined) };
  expect(() => schemeFactsOf(gold, { ...profile, rewards: { flight: profile.rewards.flight } })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "program.rewards" }),
  );
});

test("a level of a programme without levels is refused, and the message says what to do", () => {
  const { tiers: _, ...flat } = program;
  const rewards = program.rewards.filter(({ tiers }) => tiers === undefined);
  const { flight: __, ...described } = profile.rewards;
  const asked = { ...profile, rewards: described, tier: "gold" };
  expect(() => schemeFactsOf({ ...flat, rewards }, asked)).toThrow(/it has none, leave it out/);
  expect(() => schemeFactsOf(program, { ...profile, tier: "glod" })).toThrow(/pass one of "gold"/);
});
