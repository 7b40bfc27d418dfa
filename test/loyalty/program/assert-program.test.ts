import { describe, expect, test } from "vitest";
import { earnedPoints } from "../../../src/loyalty/earning/earned-points.js";
import { compareEarnRules } from "../../../src/loyalty/economics/compare-earn-rules.js";
import { programEconomics } from "../../../src/loyalty/economics/program-economics.js";
import { decideLoyalty } from "../../../src/loyalty/ledger/decide-loyalty.js";
import { emptyLoyaltyAccount } from "../../../src/loyalty/ledger/loyalty-account.js";
import { settleLoyalty } from "../../../src/loyalty/ledger/settle-loyalty.js";
import { transferPoints } from "../../../src/loyalty/ledger/transfer-points.js";
import { defineProgram } from "../../../src/loyalty/parse-loyalty.js";
import type { LoyaltyProgram } from "../../../src/loyalty/program/loyalty-program.js";
import type { LoyaltyProgramDefault } from "../../../src/loyalty/program/program-draft.js";
import { redemptionQuote } from "../../../src/loyalty/program/redemption-quote.js";
import { accountTierOutlook } from "../../../src/loyalty/reading/account-tier-outlook.js";
import { balanceAt } from "../../../src/loyalty/reading/balance-at.js";
import { describeLoyaltyEvent } from "../../../src/loyalty/reading/describe-loyalty-event.js";
import { expiringPoints } from "../../../src/loyalty/reading/expiring-points.js";
import { loyaltyStatement } from "../../../src/loyalty/reading/loyalty-statement.js";
import { tierPyramid } from "../../../src/loyalty/reading/tier-pyramid.js";
import { schemeFactsOf } from "../../../src/loyalty/schemes/scheme-facts-of.js";
import { thrown } from "../../core/thrown.js";
import { openShop } from "../ledger/shop.js";

// What JSON gives back of a draft that was never defined: defaults are missing.
const draft = {
  id: "club",
  currency: "EUR",
  pointTypes: [{ id: "points", kind: "spendable" as const, pendingFor: { days: 1 } }],
  rewards: [{ id: "mug", points: 5 }],
};
const program = defineProgram(draft);
const raw = (): LoyaltyProgram => JSON.parse(JSON.stringify({ version: 1, ...draft }));
const empty = emptyLoyaltyAccount("A");
const enroll = { type: "enroll", key: "k", at: "2025-01-01", memberId: "M" } as const;
const waiting = () => {
  const shop = openShop(program, "A", "2025-01-01");
  shop.grant({
    type: "adjust",
    at: "2025-01-02",
    activeAt: "2025-01-03",
    points: 5,
    reason: "r",
    actor: "a",
  });
  return shop;
};
const at = "2025-02-01";

describe("a programme that lacks a default was not defined", () => {
  test.each<[string, (program: LoyaltyProgram) => unknown]>([
    ["decideLoyalty", (program) => decideLoyalty(program, empty, enroll)],
    [
      "transferPoints",
      (program) => transferPoints(program, empty, empty, { key: "k", transferId: "T", at: 0, points: 1 }),
    ],
    ["settleLoyalty, with something due", (program) => settleLoyalty(program, waiting().account, at)],
    ["balanceAt", (program) => balanceAt(program, empty, { at })],
    ["expiringPoints", (program) => expiringPoints(program, empty, { at, by: "month" })],
    ["accountTierOutlook", (program) => accountTierOutlook(program, empty, { at })],
    ["tierPyramid", (program) => tierPyramid(program, [], { asOf: at })],
    [
      "loyaltyStatement",
      (program) => loyaltyStatement(program, waiting().events, { start: "2025-01-01", end: at }),
    ],
    ["describeLoyaltyEvent", (program) => describeLoyaltyEvent(program, waiting().events[0])],
    ["programEconomics", (program) => programEconomics(program, [], { asOf: at })],
    ["compareEarnRules", (program) => compareEarnRules(program, program, [], { asOf: at })],
    ["redemptionQuote", (program) => redemptionQuote(program, { points: 1, at })],
    [
      "earnedPoints",
      (program) =>
        earnedPoints(
          program,
          { orderId: "O", at: 0, lines: [] },
          { tier: null, birthday: null, firstPurchase: true, qualifying: 0, counted: () => 0 },
        ),
    ],
    [
      "schemeFactsOf",
      (program) =>
        schemeFactsOf(program, {
          asOf: at,
          pointsPerPeriod: 1,
          spendPerPeriod: 1,
          periodsPerYear: 1,
          withinPeriods: 1,
          rewards: { mug: { category: "home", value: 1 } },
          convenience: { earnsByItself: true, noMinimum: true, noClaimStep: true, anyChannel: true },
        }),
    ],
  ])("%s says so", (_, call) => {
    const error = thrown(() => call(raw()));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "program"]);
    expect(error.message).toContain('program "club" has no timeZone: pass what defineProgram(program) gives');
    expect(() => call(program)).not.toThrow();
  });
  test("the changed programme of a comparison is told by its own name", () => {
    const error = thrown(() => compareEarnRules(program, raw(), [], { asOf: at }));
    expect([error.path, error.message.includes("defineProgram(changed)")]).toEqual(["changed", true]);
  });
  test.each([
    ...Object.keys(program).filter((name) => !(name in draft)),
    "rewards",
  ] as LoyaltyProgramDefault[])("%s is missed by its name", (name) => {
    const { [name]: _, ...rest } = program;
    const error = thrown(() => decideLoyalty(rest as LoyaltyProgram, empty, enroll));
    expect([error.path, error.message.includes(`has no ${name}:`)]).toEqual(["program", true]);
  });
  test("a version that this release does not know", () => {
    const later = { ...program, version: 2 as never };
    expect(thrown(() => decideLoyalty(later, empty, enroll)).message).toContain("program.version is 2");
  });
});

test.each<[string, LoyaltyProgram]>([
  ["from its JSON", JSON.parse(JSON.stringify(program))],
  ["from another thread", structuredClone(program)],
  ["with a rule of its own", { ...program, earnRules: [] }],
])("one that was defined and comes %s needs no second look", (_, again) => {
  expect(decideLoyalty(again, empty, enroll).ok).toBe(true);
});
