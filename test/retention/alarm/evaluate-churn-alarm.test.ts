import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { churnAlarm } from "../../../src/retention/alarm/churn-alarm.js";
import {
  type EvaluateChurnAlarmOptions,
  evaluateChurnAlarm,
} from "../../../src/retention/alarm/evaluate-churn-alarm.js";
import { fitGapModelOf } from "../../../src/retention/alarm/gap-model.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { plainFacts, plainLog } from "../../history/plain-log.js";
import { DAY, day, logOf } from "../day-log.js";

// Horizon 30 days. At cut 40 a and c have left, b and d come back, e has one purchase only, f has been silent for 30 days.
// At cut 50 a has been silent for 30 days too.
const shop = logOf({
  a: [0, 10, 20],
  b: [0, 20, 40, 60],
  c: [0, 35],
  d: [10, 20, 45, 75],
  e: [39],
  f: [0, 10],
});
const options: EvaluateChurnAlarmOptions = {
  asOf: day(90),
  cuts: [day(50), day(40), day(61)],
  horizon: { days: 30 },
  rankBy: "overdueRatio",
  thresholds: [1, 2],
};

describe("evaluateChurnAlarm", () => {
  const evaluation = evaluateChurnAlarm(shop, options);

  test("who could be alarmed about at each cut, and who had left", () => {
    const noModel = { modelCut: null, fallbackReason: null };
    expect(evaluation.cuts).toEqual([
      {
        cut: day(40),
        horizonEnd: day(70),
        customers: 4,
        left: 2,
        goneBefore: 1,
        fewPurchases: 1,
        ...noModel,
      },
      {
        cut: day(50),
        horizonEnd: day(80),
        customers: 3,
        left: 1,
        goneBefore: 2,
        fewPurchases: 1,
        ...noModel,
      },
    ]);
    // The horizon of day 61 ends on day 91.
    expect(evaluation.openCuts).toEqual([day(61)]);
    expect(evaluation.left).toEqual({ value: 3 / 7, numerator: 3, denominator: 7, reason: null });
    expect(evaluation.leftInterval).toEqual(wilsonInterval(3, 7));
    expect(evaluation.thresholds[0].valueCaught).toBe(null);
  });

  test("counts, rates and intervals by hand", () => {
    // Day 40, ratios: a 20/10 left, b 20/20 stays, c 5/35 left, d 20/10 stays. Day 50: b 10/20, c 15/35 left, d 5/17.5.
    const [one, two] = evaluation.thresholds;
    expect(one).toMatchObject({
      flagged: 3,
      truePositives: 1,
      falsePositives: 2,
      trueNegatives: 2,
      falseNegatives: 2,
    });
    expect(two).toMatchObject({
      flagged: 2,
      truePositives: 1,
      falsePositives: 1,
      trueNegatives: 3,
      falseNegatives: 2,
    });
    expect(two.precision.value).toBe(1 / 2);
    expect(two.recall.value).toBe(1 / 3);
    expect(two.falsePositiveRate.value).toBe(1 / 4);
    expect(two.falsePositiveRateInterval).toEqual(wilsonInterval(1, 4));
    // a bought last on day 20, counts as gone on day 50, and was flagged on day 40.
    expect(two.leadTime).toEqual({ silences: 1, median: 10, mean: 10 });
  });

  test("every possible threshold, and the area under the curve", () => {
    // From the top: 2 (a, d), 1 (b), 0.5 (b), 15/35 (c), 5/17.5 (d), 5/35 (c).
    expect(evaluation.points.columns).toEqual({
      threshold: [2, 1, 0.5, 15 / 35, 5 / 17.5, 5 / 35],
      flagged: [2, 3, 4, 5, 6, 7],
      recall: [1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 1],
      precision: [1 / 2, 1 / 3, 1 / 4, 2 / 5, 2 / 6, 3 / 7],
      falsePositiveRate: [1 / 4, 2 / 4, 3 / 4, 3 / 4, 1, 1],
    });
    // Pairs won: a against d by half and against three others; c (day 50) against one; c (day 40) none: 4.5 of 12.
    expect(evaluation.rocArea).toEqual({ value: 4.5 / 12, numerator: 4.5, denominator: 12, reason: null });
  });

  test("a silence is alarmed about once, from its first alarm", () => {
    const quiet = logOf({ a: [0, 4, 8], b: [0, 50] });
    const { thresholds } = evaluateChurnAlarm(quiet, {
      ...options,
      asOf: day(200),
      cuts: [30, 10, 20, 25].map(day),
      thresholds: [2],
    });
    // Ratios 0.5, 3, 4.25, 5.5; gone on day 38: 18 days after the first alarm, on day 20.
    expect(thresholds[0]).toMatchObject({ truePositives: 3, falseNegatives: 1 });
    expect(thresholds[0].leadTime).toEqual({ silences: 1, median: 18, mean: 18 });
  });

  test("no cuts, nobody, nobody flagged", () => {
    const none = evaluateChurnAlarm(shop, { ...options, cuts: [] });
    expect([none.observations, none.rocArea.value, none.left.value, none.points.length]).toEqual([
      0,
      null,
      null,
      0,
    ]);
    expect(none.thresholds[0]).toMatchObject({
      precisionInterval: null,
      recallInterval: null,
      leadTime: { median: null },
    });
    const early = evaluateChurnAlarm(shop, { ...options, cuts: [day(-10)] });
    expect(early.cuts[0]).toMatchObject({ customers: 0, left: 0 });
    const high = evaluateChurnAlarm(shop, { ...options, thresholds: [99] }).thresholds[0];
    expect([high.flagged, high.precision.value, high.precision.reason]).toEqual([
      0,
      null,
      "flagged customers: 0",
    ]);
  });

  test("equal to the alarm itself at each cut, against a plain reading of what came", () => {
    const model = fitGapModelOf([
      { gaps: [30, 28], silence: 40 },
      { gaps: [3, 9], silence: 200 },
    ]);
    fc.assert(
      fc.property(
        plainLog(),
        fc.constantFrom("overdueRatio" as const, "zScore" as const),
        (plain, rankBy) => {
          const log = transactionLog(plain.rows, plain.options);
          const cuts = [80, 160, 240, 320].map((number) => Date.UTC(2023, 0, 1) + number * DAY);
          const asOf = Date.UTC(2024, 0, 25);
          const result = evaluateChurnAlarm(log, {
            asOf,
            cuts,
            horizon: { days: 60 },
            rankBy,
            thresholds: [1.5],
          });
          const expected = cuts
            .filter((cut) => cut + 60 * DAY <= asOf)
            .flatMap((cut) =>
              rows(churnAlarm(log, { asOf: cut, rankBy: "overdueRatio", model }).alarms)
                .filter(({ lastPurchaseAt }) => lastPurchaseAt + 60 * DAY > cut)
                .map(({ customerId, [rankBy]: signal }) => ({
                  flagged: signal !== null && signal >= 1.5,
                  left: !plainFacts(plain.rows, customerId, { asOf, timeZone: "UTC" }).some(
                    ({ counts, row: { at } }) => counts && at >= cut && at < cut + 60 * DAY,
                  ),
                })),
            );
          const count = (flagged: boolean, left: boolean) =>
            expected.filter((one) => one.flagged === flagged && one.left === left).length;
          expect(result.thresholds[0]).toMatchObject({
            truePositives: count(true, true),
            falsePositives: count(true, false),
            trueNegatives: count(false, false),
            falseNegatives: count(false, true),
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  test("does not peek: rows after the horizons change nothing", () => {
    fc.assert(
      fc.property(plainLog(), (plain) => {
        // Refunds may come later and undo a purchase, which is then no return: they are left out here.
        const purchases = plain.rows.filter(({ refundOf, type }) => !refundOf && type !== "refund");
        const cuts = [Date.UTC(2023, 5, 1), Date.UTC(2023, 7, 1)];
        const evaluated = (rows: typeof purchases, asOf: number) => {
          const { asOf: _, ...result } = evaluateChurnAlarm(transactionLog(rows, plain.options), {
            asOf,
            cuts,
            horizon: { months: 2 },
            rankBy: "overdueRatio",
            thresholds: [1, 2],
          });
          return result;
        };
        const end = Date.UTC(2023, 9, 1);
        // In order of customers: the log orders them by first appearance.
        const sorted = [...purchases].sort((a, b) => (a.customerId < b.customerId ? -1 : 1) || a.at - b.at);
        expect(evaluated(sorted, Date.UTC(2025, 0, 1))).toEqual(
          evaluated(
            sorted.filter(({ at }) => at < end),
            end,
          ),
        );
      }),
      { numRuns: 100 },
    );
  });

  test("probabilities come from a model of each cut's own facts", () => {
    const many = logOf(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          `c${i}`,
          [0, 10 + i, 25 + (i % 7) + i, 50 + ((3 * i) % 11) + i, ...(i % 3 ? [95 + i, 120 + i] : [])],
        ]),
      ),
    );
    const cuts = [day(70), day(90)];
    const base = { asOf: day(300), cuts, horizon: { days: 60 }, thresholds: [0.05] } as const;
    const result = evaluateChurnAlarm(many, { ...base, rankBy: "gapProbability" });
    const flagged = cuts
      .flatMap((cut) =>
        rows(churnAlarm(many, { asOf: cut, rankBy: "gapProbability", threshold: 0.05 }).alarms),
      )
      .filter(({ flagged }) => flagged).length;
    expect(result.thresholds[0].flagged).toBe(flagged);
    expect(result.points.columns.threshold[0]).toBeLessThan(0.5);
    // With one chance of leaving for all at a cut, both probabilities rank alike.
    const { model } = churnAlarm(many, { asOf: day(300) });
    const [gap, left] = (["gapProbability", "leftProbability"] as const).map((rankBy) =>
      evaluateChurnAlarm(many, { ...base, rankBy, model, thresholds: [] }),
    );
    expect(left.rocArea).toEqual(gap.rocArea);
  });

  test("flags at a cut whom the alarm flags then, with the horizon as goneAfter", () => {
    const model = fitGapModelOf([
      { gaps: [30, 28], silence: 40 },
      { gaps: [3, 9], silence: 200 },
    ]);
    let gone = 0;
    fc.assert(
      fc.property(
        plainLog(),
        fc.constantFrom("overdueRatio" as const, "zScore" as const, "leftProbability" as const),
        fc.constantFrom({ days: 45 }, { months: 2 }),
        fc.integer({ min: 60, max: 300 }),
        (plain, rankBy, horizon, number) => {
          const log = transactionLog(plain.rows, plain.options);
          const cut = Date.UTC(2023, 0, 1) + number * DAY;
          const chosen = { rankBy, ...(rankBy === "leftProbability" ? { model } : {}) };
          const threshold = rankBy === "leftProbability" ? 0.4 : 1.2;
          const asOf = Date.UTC(2024, 6, 1);
          const [evaluated] = evaluateChurnAlarm(log, {
            ...chosen,
            ...{ asOf, cuts: [cut], horizon, thresholds: [threshold] },
          }).thresholds;
          const alarm = churnAlarm(log, { model, ...chosen, asOf: cut, threshold, goneAfter: horizon });
          expect(evaluated.flagged).toBe(alarm.flagged);
          gone += alarm.gone.length;
        },
      ),
      { numRuns: 100 },
    );
    expect(gone).toBeGreaterThan(0);
  });

  test("the value that was at risk with those who left, and how much of it was flagged", () => {
    const asked: [string, number][] = [];
    const valueAtRisk = (customerId: string, cut: number) => {
      asked.push([customerId, cut]);
      return customerId === "c" ? 30 : customerId === "a" ? 50 : customerId === "b" ? null : 900;
    };
    const { thresholds } = evaluateChurnAlarm(shop, { ...options, thresholds: [2, 0.4], valueAtRisk });
    // a left at day 40 (ratio 2); c at day 40 (5/35) and at day 50 (15/35).
    expect(thresholds.map(({ valueCaught }) => valueCaught)).toEqual([
      { value: 50 / 110, numerator: 50, denominator: 110, reason: null },
      { value: 80 / 110, numerator: 80, denominator: 110, reason: null },
    ]);
    expect(asked).toContainEqual(["a", day(40)]);
    expect(asked).toContainEqual(["c", day(50)]);
    expect(asked.some(([customerId]) => customerId === "f")).toBe(false);
    const none = evaluateChurnAlarm(shop, { ...options, valueAtRisk: new Map() }).thresholds[0].valueCaught;
    expect([none?.value, none?.reason]).toEqual([null, "value of customers who left: 0"]);
  });

  test("the expected loss can be tried: value times the chance of having left", () => {
    const model = fitGapModelOf([
      { gaps: [10, 12, 9], silence: 10 },
      { gaps: [20, 25], silence: 80 },
    ]);
    const values = new Map([
      ["a", 10],
      ["b", 1000],
      ["d", 500],
    ]);
    const at = day(40);
    const base = { rankBy: "expectedLoss", valueAtRisk: values, model } as const;
    const { alarms } = churnAlarm(shop, { ...base, asOf: at, goneAfter: options.horizon });
    const losses = alarms.columns.expectedLoss;
    const [threshold] = losses;
    expect(threshold).toBeGreaterThan(0);
    const result = evaluateChurnAlarm(shop, {
      ...options,
      ...base,
      ...{ cuts: [at], thresholds: [threshold ?? Number.NaN] },
    });
    expect(result.points.columns.threshold).toEqual(losses);
    expect(result.thresholds[0].flagged).toBe(1);
    expect(result.rankBy).toBe("expectedLoss");
  });

  test("a cut without a model of its own takes that of the cut before, and says so", () => {
    // By day 10 nobody has bought twice.
    const many = logOf(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          `c${i}`,
          [5, 15 + i, 30 + (i % 7) + i, 55 + ((3 * i) % 11) + i, 120 + i],
        ]),
      ),
    );
    const base = {
      asOf: day(400),
      horizon: { days: 60 },
      rankBy: "gapProbability",
      thresholds: [0.1],
    } as const;
    const result = evaluateChurnAlarm(many, { ...base, cuts: [day(10), day(90)] });
    expect(result.unfittedCuts).toEqual([
      { cut: day(10), reason: "no customer has bought on two days: there is no gap to learn from" },
    ]);
    expect(result.cuts).toMatchObject([{ cut: day(90), modelCut: day(90), fallbackReason: null }]);

    // All purchases but those of ten clockwork customers are given back later: what is left has no fit.
    const clockwork = Array.from({ length: 10 }, (_, i) =>
      [0, 7, 14, 21, 28, 35, 42, 49].map((number) => ({ customerId: `k${i}`, at: day(number), amount: 1 })),
    ).flat();
    const bought = Array.from({ length: 12 }, (_, i) =>
      [0, 5 + i, 9 + 2 * i].map((number, j) => ({
        id: `T${i}-${j}`,
        customerId: `c${i}`,
        at: day(number),
        amount: 1,
      })),
    ).flat();
    const back = bought.map(({ id, customerId }) => ({ customerId, at: day(40), amount: -1, refundOf: id }));
    const spoiled = transactionLog([...clockwork, ...bought, ...back], { currency: "IDR" });
    const late = evaluateChurnAlarm(spoiled, { ...base, horizon: { days: 20 }, cuts: [day(39), day(50)] });
    expect(late.cuts[0]).toMatchObject({ cut: day(39), modelCut: day(39), fallbackReason: null });
    expect(late.cuts[1]).toMatchObject({ cut: day(50), modelCut: day(39) });
    expect(late.cuts[1].fallbackReason).toContain("clockwork");
    expect(late.unfittedCuts).toEqual([]);
  });

  test("bad options are named", () => {
    const refused = (wrong: object) => {
      const { code, path } = thrown(() => evaluateChurnAlarm(shop, { ...options, ...wrong }));
      return [code, path];
    };
    expect(refused({ cuts: [day(1), day(1)] })).toEqual(["INVALID_ARGUMENT", "options.cuts"]);
    expect(refused({ cuts: [day(1), "yesterday"] })).toEqual(["INVALID_ARGUMENT", "options.cuts[1]"]);
    expect(refused({ cuts: "2024-01-01" })).toEqual(["INVALID_ARGUMENT", "options.cuts"]);
    expect(refused({ horizon: { days: 0 } })).toEqual(["INVALID_ARGUMENT", "options.horizon"]);
    expect(refused({ rankBy: "recency" })).toEqual(["INVALID_ARGUMENT", "options.rankBy"]);
    expect(refused({ rankBy: "expectedLoss" })).toEqual(["INVALID_ARGUMENT", "options.valueAtRisk"]);
    expect(refused({ valueAtRisk: () => "much" })).toEqual(["INVALID_ARGUMENT", 'options.valueAtRisk("a")']);
    expect(refused({ thresholds: [1, null] })).toEqual(["INVALID_ARGUMENT", "options.thresholds[1]"]);
    expect(refused({ thresholds: 1 })).toEqual(["INVALID_ARGUMENT", "options.thresholds"]);
    expect(refused({ minimumGaps: 1.5 })).toEqual(["INVALID_ARGUMENT", "options.minimumGaps"]);
    expect(refused({ model: churnAlarm(shop, { asOf: day(90) }).model })).toEqual([
      "INVALID_ARGUMENT",
      "options.model",
    ]);
    expect(refused({ confidenceLevel: 1 })).toEqual(["INVALID_ARGUMENT", "options.confidenceLevel"]);
    expect(refused({ cuts: [day(1)], rankBy: "leftProbability", thresholds: [0.5] })).toEqual([
      "NOT_CONVERGED",
      "options.rankBy",
    ]);
  });
});
