import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { row, rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { type ChurnAlarmOptions, churnAlarm } from "../../../src/retention/alarm/churn-alarm.js";
import { fitGapModelOf, gapOutlook } from "../../../src/retention/alarm/gap-model.js";
import { thrown } from "../../core/thrown.js";
import { occasionsOf, plainFacts, plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";
import { DAY, day, logOf } from "../day-log.js";

const shop = logOf({
  steady: [0, 30, 58, 90, 121],
  weekly: [100, 107, 114, 121, 128, 135, 141],
  slow: [0, 80, 150],
  even: [60, 80, 100, 120],
  two: [50, 90],
  once: [10],
  newly: [160],
});
const asOf = day(161);

describe("churnAlarm", () => {
  test("the worked example: days 0, 30, 58, 90, 121, now 161", () => {
    const alarm = churnAlarm(logOf({ ani: [0, 30, 58, 90, 121] }), { asOf, rankBy: "overdueRatio" });
    const ani = row(alarm.alarms, 0);
    expect(ani).toMatchObject({ occasions: 5, recency: 40, meanGap: 30.25, lastPurchaseAt: day(121) });
    // Computed by an independent program to 16 digits.
    expect(ani.standardDeviation).toBeCloseTo(1.707825127659933, 14);
    expect(ani.overdueRatio).toBeCloseTo(1.322314049586777, 14);
    expect(ani.zScore).toBeCloseTo(5.70901542674892, 12);
    expect([alarm.flagged, alarm.threshold, ani.flagged]).toEqual([null, null, false]);
  });

  test("ranks by each signal, nulls last, and flags from the threshold on", () => {
    const ranked = (rankBy: ChurnAlarmOptions["rankBy"], threshold?: number) => {
      const alarm = churnAlarm(shop, { asOf, rankBy, ...(threshold === undefined ? {} : { threshold }) });
      const { customerId, flagged } = alarm.alarms.columns;
      expect(alarm.flagged).toBe(threshold === undefined ? null : flagged.filter(Boolean).length);
      return customerId.map((id, i) => (flagged[i] ? `${id}!` : id));
    };
    // Ratios: weekly 20 / 6.83, even 41 / 20, two 71 / 40, steady 40 / 30.25, slow 11 / 75.
    expect(ranked("overdueRatio", 71 / 40)).toEqual(["weekly!", "even!", "two!", "steady", "slow"]);
    // Even has gaps without deviation and two but one gap: no z-score, and never flagged.
    expect(ranked("zScore", -100)).toEqual(["weekly!", "steady!", "slow!", "even", "two"]);
    const byProbability = ranked("gapProbability");
    const { alarms } = churnAlarm(shop, { asOf });
    expect(byProbability).toEqual(
      rows(alarms)
        .sort((a, b) => (a.gapProbability ?? 2) - (b.gapProbability ?? 2))
        .map(({ customerId }) => customerId),
    );
    expect(byProbability[0]).toBe("weekly");
    expect(ranked("gapProbability", 1)).toEqual(byProbability.map((id) => `${id}!`));
    expect(ranked("gapProbability", 0)).toEqual(byProbability);
    expect(ranked(undefined)).toEqual(ranked("gapProbability"));
  });

  test("why there is no z-score", () => {
    const reasons = rows(churnAlarm(shop, { asOf }).alarms).map(({ customerId, zScore, zScoreReason }) => [
      customerId,
      zScore === null,
      zScoreReason,
    ]);
    expect(reasons).toContainEqual(["even", true, "all gaps are equal"]);
    expect(reasons).toContainEqual(["two", true, "fewer than 2 gaps"]);
    expect(reasons).toContainEqual(["slow", false, null]);
  });

  test("probabilities are the model's, for those with too few purchases too", () => {
    const alarm = churnAlarm(shop, { asOf });
    const model = fitGapModelOf([
      { gaps: [30, 28, 32, 31], silence: 40 },
      { gaps: [7, 7, 7, 7, 7, 6], silence: 20 },
      { gaps: [80, 70], silence: 11 },
      { gaps: [20, 20, 20], silence: 41 },
      { gaps: [40], silence: 71 },
      { gaps: [], silence: 151 },
      { gaps: [], silence: 1 },
    ]);
    expect(alarm.model).toEqual(model);
    const slow = rows(alarm.alarms).find(({ customerId }) => customerId === "slow");
    expect(slow).toMatchObject(gapOutlook(model, { gaps: [80, 70], silence: 11 }));
    expect(rows(alarm.fewPurchases)).toMatchObject([
      {
        customerId: "once",
        occasions: 1,
        recency: 151,
        value: null,
        ...gapOutlook(model, { gaps: [], silence: 151 }),
      },
      { customerId: "newly", occasions: 1, recency: 1, ...gapOutlook(model, { gaps: [], silence: 1 }) },
    ]);
    const strict = churnAlarm(shop, { asOf, minimumGaps: 3, model });
    expect(strict.alarms.columns.customerId).toEqual(["weekly", "even", "steady"]);
    expect(strict.fewPurchases.columns.customerId).toEqual(["slow", "two", "once", "newly"]);
    expect(row(strict.fewPurchases, 0)).toMatchObject(gapOutlook(model, { gaps: [80, 70], silence: 11 }));
  });

  test("a value at risk makes an expected loss, by which the alarms are ranked", () => {
    const values = new Map([
      ["weekly", 10],
      ["slow", 1_000_000],
      ["once", 500],
      ["steady", 0],
    ]);
    const alarm = churnAlarm(shop, { asOf, valueAtRisk: values });
    expect(alarm.rankBy).toBe("expectedLoss");
    expect(alarm.alarms.columns.customerId).toEqual(["slow", "weekly", "steady", "even", "two"]);
    for (const { customerId, value, leftProbability, expectedLoss } of rows(alarm.alarms)) {
      expect(value).toBe(values.get(customerId) ?? null);
      expect(expectedLoss).toBe(value === null ? null : value * (leftProbability ?? Number.NaN));
    }
    expect(row(alarm.fewPurchases, 0).expectedLoss).toBeGreaterThan(0);
    const flagged = churnAlarm(shop, {
      asOf,
      valueAtRisk: (id) => (id === "two" ? 100 : null),
      rankBy: "expectedLoss",
      threshold: 1,
    });
    expect(rows(flagged.alarms).map(({ customerId, flagged }) => [customerId, flagged])[0]).toEqual([
      "two",
      true,
    ]);
    expect(flagged.flagged).toBe(1);
  });

  test("without a model the own rhythm is left, and probabilities are refused", () => {
    const lonely = logOf({ clockwork: [0, 7, 14, 21], other: [3, 10, 17, 24], once: [2] });
    const alarm = churnAlarm(lonely, { asOf: day(30), valueAtRisk: () => 5 });
    expect(alarm.model).toMatchObject({ parameters: null, converged: false });
    // The default that the options call for has nothing to go by, and the result says what stands in for it.
    expect(alarm.rankBy).toBe("overdueRatio");
    expect(alarm.fallback).toEqual({
      from: "expectedLoss",
      reason: `the gap model has no parameters: ${alarm.model.reason}`,
    });
    expect(churnAlarm(lonely, { asOf: day(30) }).fallback?.from).toBe("gapProbability");
    expect(churnAlarm(lonely, { asOf: day(30), rankBy: "zScore" }).fallback).toBe(null);
    expect(churnAlarm(shop, { asOf }).fallback).toBe(null);
    expect(row(alarm.alarms, 0)).toMatchObject({
      gapProbability: null,
      leftProbability: null,
      expectedLoss: null,
      value: 5,
    });
    expect(row(alarm.fewPurchases, 0)).toMatchObject({ gapProbability: null, expectedLoss: null });
    const refused = thrown(() => churnAlarm(lonely, { asOf: day(30), rankBy: "leftProbability" }));
    expect([refused.code, refused.path]).toEqual(["NOT_CONVERGED", "options.rankBy"]);
  });

  test("who is gone already needs no alarm, from the very instant on", () => {
    const worth = new Map([["even", 7]]);
    const alarm = churnAlarm(shop, {
      asOf,
      rankBy: "overdueRatio",
      goneAfter: { days: 41 },
      valueAtRisk: worth,
    });
    // Even bought last on day 120, 41 days before; steady on day 121; once, with one purchase, is gone and not few.
    expect(alarm.alarms.columns.customerId).toEqual(["weekly", "steady", "slow"]);
    expect(alarm.fewPurchases.columns.customerId).toEqual(["newly"]);
    expect(rows(alarm.gone)).toEqual([
      { customerId: "even", occasions: 4, lastPurchaseAt: day(120), recency: 41, goneAt: day(161), value: 7 },
      {
        customerId: "two",
        occasions: 2,
        lastPurchaseAt: day(90),
        recency: 71,
        goneAt: day(131),
        value: null,
      },
      {
        customerId: "once",
        occasions: 1,
        lastPurchaseAt: day(10),
        recency: 151,
        goneAt: day(51),
        value: null,
      },
    ]);
    // The model still learns from those who are gone: they show how many leave.
    expect(alarm.model).toEqual(churnAlarm(shop, { asOf }).model);
    expect(churnAlarm(shop, { asOf }).gone.length).toBe(0);
  });

  test("nobody, and those who gave everything back", () => {
    const empty = churnAlarm(transactionLog([], { currency: "IDR" }), { asOf });
    expect([empty.alarms.length, empty.fewPurchases.length, empty.withoutPurchase]).toEqual([0, 0, 0]);
    const reference = churnAlarm(referenceLog, { asOf: "2022-05-01" });
    expect(reference.withoutPurchase).toBe(8);
    expect(reference.alarms.columns.customerId).toEqual(["A"]);
  });

  test("equal to a plain reading, and blind to what comes later", () => {
    const model = fitGapModelOf([
      { gaps: [30, 28, 50], silence: 40 },
      { gaps: [3, 9], silence: 200 },
    ]);
    fc.assert(
      fc.property(plainLog(), plainOptions, (plain, { window: _, ...options }) => {
        const log = transactionLog(plain.rows, plain.options);
        const shared = { ...options, rankBy: "overdueRatio", model } as const;
        const alarm = churnAlarm(log, shared);
        const number = (text: string) => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY;
        for (const { customerId, recency, meanGap, overdueRatio, occasions } of rows(alarm.alarms)) {
          const facts = plainFacts(plain.rows, customerId, options).filter(({ counts }) => counts);
          const days = occasionsOf(facts, options.timeZone).map(number);
          expect(occasions).toBe(days.length);
          expect(meanGap).toBeCloseTo((Math.max(...days) - Math.min(...days)) / (days.length - 1), 10);
          expect(overdueRatio).toBe(recency / meanGap);
        }
        const known = transactionLog(
          plain.rows.filter(({ at }) => at < options.asOf),
          plain.options,
        );
        const blind = churnAlarm(known, shared);
        expect(blind.alarms).toEqual(alarm.alarms);
        const few = (table: typeof alarm.fewPurchases) =>
          rows(table)
            .map(({ customerId }) => customerId)
            .sort();
        expect(few(blind.fewPurchases)).toEqual(few(alarm.fewPurchases));
      }),
      { numRuns: 200 },
    );
  });

  test("bad options are named", () => {
    const refused = (options: object) => {
      const { code, path } = thrown(() => churnAlarm(shop, { asOf, ...options }));
      return [code, path];
    };
    expect(refused({ threshold: 1 })).toEqual(["INVALID_ARGUMENT", "options.threshold"]);
    expect(refused({ rankBy: "gapProbability", threshold: 1.5 })).toEqual([
      "INVALID_ARGUMENT",
      "options.threshold",
    ]);
    expect(refused({ rankBy: "zScore", threshold: Number.NaN })).toEqual([
      "INVALID_ARGUMENT",
      "options.threshold",
    ]);
    expect(refused({ rankBy: "recency" })).toEqual(["INVALID_ARGUMENT", "options.rankBy"]);
    expect(refused({ rankBy: "expectedLoss" })).toEqual(["INVALID_ARGUMENT", "options.valueAtRisk"]);
    expect(refused({ valueAtRisk: 3 })).toEqual(["INVALID_ARGUMENT", "options.valueAtRisk"]);
    expect(refused({ valueAtRisk: () => Number.NaN })).toEqual([
      "INVALID_ARGUMENT",
      'options.valueAtRisk("steady")',
    ]);
    expect(refused({ valueAtRisk: new Map([["slow", "3"]]) })).toEqual([
      "INVALID_ARGUMENT",
      'options.valueAtRisk.get("slow")',
    ]);
    expect(refused({ goneAfter: { days: 0 } })).toEqual(["INVALID_ARGUMENT", "options.goneAfter"]);
    expect(refused({ minimumGaps: 0 })).toEqual(["INVALID_ARGUMENT", "options.minimumGaps"]);
    expect(refused({ model: {} })).toEqual(["INVALID_ARGUMENT", "options.model"]);
  });
});
