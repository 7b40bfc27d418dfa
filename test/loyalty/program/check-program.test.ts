import { describe, expect, test } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { defineProgram } from "../../../src/loyalty/parse-loyalty.js";
import type { LoyaltyProgramDraft } from "../../../src/loyalty/program/program-draft.js";
import { largest, smallest } from "./whole-programs.js";

type Broken = { readonly [key: string]: unknown };
const rule = { id: "r", award: { per: "order", points: 1 } };
const times = (factor: number, more = {}) => ({
  id: `x${factor}`,
  award: { per: "multiplier", factor },
  ...more,
});
const plan = largest.tiers;
const { grace: _, ...ungraced } = plan;
const spent = { ...ungraced, measure: { kind: "spend" } } as const;

describe("what is refused, and where", () => {
  test.each<[string, Broken, string]>([
    ["an unknown field", { burnOder: "oldest" }, "program.burnOder"],
    ["another version", { version: 2 }, "program.version"],
    ["no currency", { currency: "euro" }, "program.currency"],
    ["an unknown zone", { timeZone: "Jakarta" }, "program.timeZone"],
    ["no point type", { pointTypes: [] }, "program.pointTypes"],
    [
      "a point type twice",
      { pointTypes: [smallest.pointTypes[0], { id: "points", kind: "qualifying" }] },
      "program.pointTypes[1].id",
    ],
    [
      "a name that no object can have",
      { pointTypes: [{ id: "__proto__", kind: "spendable" }] },
      "program.pointTypes[0].id",
    ],
    ["a rule twice", { earnRules: [rule, rule] }, "program.earnRules[1].id"],
    [
      "a rule of an unknown type",
      { earnRules: [{ ...rule, pointType: "miles" }] },
      "program.earnRules[0].pointType",
    ],
    [
      "a rule without a type where none is spendable",
      { pointTypes: [{ id: "q", kind: "qualifying" }], earnRules: [rule] },
      "program.earnRules[0].pointType",
    ],
    [
      "a fraction of a point",
      { earnRules: [{ ...rule, award: { per: "order", points: 0.5 } }] },
      "program.earnRules[0].award.points",
    ],
    [
      "an award of nothing",
      { earnRules: [{ ...rule, award: { per: "order", points: 0 } }] },
      "program.earnRules[0].award.points",
    ],
    [
      "an unknown award",
      { earnRules: [{ ...rule, award: { per: "mile", points: 1 } }] },
      "program.earnRules[0].award.per",
    ],
    ["a factor of five decimals", { earnRules: [times(1.00001)] }, "program.earnRules[0].award.factor"],
    ["a factor below 0", { earnRules: [times(-1)] }, "program.earnRules[0].award.factor"],
    [
      "a factor below 1 beside one with dates of its own",
      { earnRules: [times(0.5), times(2, { pendingFor: { days: 1 } })] },
      "program.earnRules[0].award.factor",
    ],
    [
      "a factor below 1 with dates of its own",
      { earnRules: [times(0.5, { expiry: { kind: "fixedDate", on: "2030-01-01" } })] },
      "program.earnRules[0].award.factor",
    ],
    [
      "a cap after the multiplier on one",
      { earnRules: [times(2, { caps: [{ points: 1, per: "day", binds: "afterMultiplier" }] })] },
      "program.earnRules[0].caps[0].binds",
    ],
    [
      "two caps for the same",
      {
        earnRules: [
          { ...rule, caps: [1, 2].map((points) => ({ points, per: "day", binds: "afterMultiplier" })) },
        ],
      },
      "program.earnRules[0].caps[1]",
    ],
    [
      "a tier that is none",
      { earnRules: [{ ...rule, when: { tiers: ["gold"] } }] },
      "program.earnRules[0].when.tiers[0]",
    ],
    [
      "a window that is turned",
      { earnRules: [{ ...rule, when: { from: "2025-02-01", until: "2025-02-01" } }] },
      "program.earnRules[0].when.until",
    ],
    [
      "a day that does not exist",
      { earnRules: [{ ...rule, when: { from: "2025-02-30" } }] },
      "program.earnRules[0].when.from",
    ],
    [
      "a condition on nothing",
      { earnRules: [{ ...rule, when: { categories: [] } }] },
      "program.earnRules[0].when.categories",
    ],
    [
      "a weekday 7",
      { earnRules: [{ ...rule, when: { weekdays: [7] } }] },
      "program.earnRules[0].when.weekdays[0]",
    ],
    [
      "an hour 24",
      { earnRules: [{ ...rule, when: { hours: { from: "20:00", until: "24:00" } } }] },
      "program.earnRules[0].when.hours.until",
    ],
    [
      "hours without length",
      { earnRules: [{ ...rule, when: { hours: { from: "20:00", until: "20:00" } } }] },
      "program.earnRules[0].when.hours.until",
    ],
    [
      "sliding points of one rule",
      { earnRules: [{ ...rule, expiry: { kind: "afterActivity", after: { days: 1 } } }] },
      "program.earnRules[0].expiry.kind",
    ],
    ["a duration without a length", { holdTimeout: {} }, "program.holdTimeout"],
    ["a hold that ends at once", { holdTimeout: { days: 0 } }, "program.holdTimeout"],
    ["a duration out of the calendar", { holdTimeout: { years: 20_000 } }, "program.holdTimeout.years"],
    [
      "a reward of points that cannot be spent",
      { rewards: [{ id: "m", points: 1, pointType: "q" }] },
      "program.rewards[0].pointType",
    ],
    [
      "a reward twice",
      {
        rewards: [
          { id: "m", points: 1 },
          { id: "m", points: 2 },
        ],
      },
      "program.rewards[1].id",
    ],
    ["a redemption of nothing", { redemption: { points: 0, amount: 1 } }, "program.redemption.points"],
    [
      "more than the whole order",
      { redemption: { points: 1, amount: 1, maximumShare: 1.5 } },
      "program.redemption.maximumShare",
    ],
    [
      "a window that has no meaning",
      { reversal: { into: "newLot", reinstatementWindow: { days: 1 } } },
      "program.reversal.reinstatementWindow",
    ],
    [
      "levels out of order",
      {
        tiers: {
          ...plan,
          measure: { kind: "spend" },
          levels: [
            { id: "a", threshold: 5 },
            { id: "b", threshold: 5 },
          ],
        },
      },
      "program.tiers.levels[1].threshold",
    ],
    [
      "a level twice",
      {
        tiers: {
          ...plan,
          measure: { kind: "spend" },
          levels: [
            { id: "a", threshold: 5 },
            { id: "a", threshold: 6 },
          ],
        },
      },
      "program.tiers.levels[1].id",
    ],
    [
      "levels that fall at the end of a term that never comes",
      { tiers: { ...spent, period: { kind: "ever" }, downgrade: "oneDown" } },
      "program.tiers.downgrade",
    ],
    [
      "the same by balance",
      { tiers: { ...spent, period: { kind: "ever" }, downgrade: "byBalance" } },
      "program.tiers.downgrade",
    ],
    [
      "a grace after a term that never ends",
      { tiers: { ...spent, period: { kind: "ever" }, downgrade: "atOnce", grace: { days: 1 } } },
      "program.tiers.grace",
    ],
    [
      "a grace for levels that are kept",
      { tiers: { ...spent, downgrade: "none", grace: { days: 1 } } },
      "program.tiers.grace",
    ],
    ["a measure of an unknown type", { tiers: plan }, "program.tiers.measure.pointType"],
    [
      "a level that multiplies by five decimals",
      {
        tiers: {
          ...plan,
          measure: { kind: "spend" },
          levels: [{ id: "a", threshold: 0, multiplier: 1.23456 }],
        },
      },
      "program.tiers.levels[0].multiplier",
    ],
  ])("%s", (_, broken, path) => {
    const error = refusalOf({ ...smallest, ...broken });
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(path);
  });
  test("numbers beyond 2^53 - 1 by their own code", () => {
    const error = refusalOf({
      ...smallest,
      earnRules: [{ ...rule, award: { per: "order", points: 2 ** 53 } }],
    });
    expect([error.code, error.path]).toEqual(["UNSAFE_INTEGER", "program.earnRules[0].award.points"]);
  });
  test("every bad place is named at once", () => {
    const { message } = refusalOf({
      ...smallest,
      currency: "euro",
      rounding: "near",
      earnRules: [{ id: "r" }],
    });
    for (const part of ['"euro"', '"near"', "earnRules[0].award"]) expect(message).toContain(part);
  });
  test("what is no object", () => {
    for (const value of [null, undefined, 7, "club"]) {
      expect(refusalOf(value).path).toBe("program");
    }
  });
});

function refusalOf(draft: unknown): ClienteleError {
  try {
    defineProgram(draft as LoyaltyProgramDraft);
  } catch (error) {
    if (error instanceof ClienteleError) return error;
  }
  throw new Error("nothing was refused");
}

test("a factor of 1 takes nothing away, and goes beside a multiplier whose points have dates of their own", () => {
  const own = times(2, { pendingFor: { days: 1 } });
  expect(
    defineProgram({ ...smallest, earnRules: [times(1), own] } as LoyaltyProgramDraft).earnRules,
  ).toHaveLength(2);
  expect(refusalOf({ ...smallest, earnRules: [times(0.9999), own] }).path).toBe(
    "program.earnRules[0].award.factor",
  );
});

test.each(["none", "atOnce"] as const)("levels for all time with downgrade %s are taken", (downgrade) => {
  const tiers = { ...spent, period: { kind: "ever" }, downgrade } as const;
  expect(defineProgram({ ...smallest, tiers }).tiers).toMatchObject({ downgrade });
});
