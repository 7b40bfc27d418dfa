import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { row } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { churnAlarm } from "../../../src/retention/alarm/churn-alarm.js";
import { type ChurnAlarmOfOptions, churnAlarmOf } from "../../../src/retention/alarm/churn-alarm-of.js";
import { fitGapModelOf } from "../../../src/retention/alarm/gap-model.js";
import { thrown } from "../../core/thrown.js";
import { day } from "../day-log.js";

const model = fitGapModelOf([
  { gaps: [30, 28, 50], silence: 40 },
  { gaps: [3, 9], silence: 200 },
  { gaps: [12], silence: 20 },
]);

describe("churnAlarmOf", () => {
  test("the worked example: days 0, 30, 58, 90, 121, now 161", () => {
    const alarm = churnAlarmOf([0, 30, 58, 90, 121].map(day), { asOf: day(161) });
    expect(alarm).toMatchObject({
      occasions: 5,
      lastPurchaseAt: day(121),
      recency: 40,
      meanGap: 30.25,
      overdueRatioReason: null,
      zScoreReason: null,
      gapProbability: null,
      leftProbability: null,
    });
    // Computed by an independent program to 16 digits.
    expect(alarm.standardDeviation).toBeCloseTo(1.707825127659933, 14);
    expect(alarm.overdueRatio).toBeCloseTo(1.322314049586777, 14);
    expect(alarm.zScore).toBeCloseTo(5.70901542674892, 12);
  });

  test("equal to the alarm of a log, for any dates in any order", () => {
    expect(model.converged).toBe(true);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 9 }),
        fc.double({ min: 1, max: 300, noNaN: true }),
        fc.constantFrom("UTC", "America/New_York", "Asia/Jakarta"),
        (days, now, timeZone) => {
          const instants = days.map((number) => Math.round(day(number)));
          const asOf = Math.round(day(now));
          const alarm = churnAlarmOf(instants, { asOf, timeZone, model });
          const log = transactionLog(
            instants.map((at) => ({ customerId: "ani", at, amount: 1 })),
            { currency: "IDR", timeZone },
          );
          const { alarms, fewPurchases } = churnAlarm(log, { asOf, model });
          if (alarms.length === 1) {
            const { customerId: _, value, expectedLoss, flagged, ...seen } = row(alarms, 0);
            expect(alarm).toEqual({ ...seen, overdueRatioReason: null });
          } else if (fewPurchases.length === 1) {
            const { occasions, lastPurchaseAt, recency, gapProbability, leftProbability } = row(
              fewPurchases,
              0,
            );
            expect(alarm).toMatchObject({
              occasions,
              lastPurchaseAt,
              recency,
              gapProbability,
              leftProbability,
            });
            expect([alarm.meanGap, alarm.overdueRatioReason]).toEqual([null, "a purchase on one day only"]);
          } else {
            expect(alarm).toMatchObject({ occasions: 0, recency: null, leftProbability: null });
            expect(alarm.overdueRatioReason).toBe("no purchase before asOf");
          }
        },
      ),
    );
  });

  test("bad input is named", () => {
    const refused = (purchases: unknown, options: unknown) => {
      const { code, path } = thrown(() => churnAlarmOf(purchases as never, options as ChurnAlarmOfOptions));
      return [code, path];
    };
    expect(refused("2024-01-01", { asOf: 0 })).toEqual(["INVALID_ARGUMENT", "purchases"]);
    expect(refused([0, "soon"], { asOf: 0 })).toEqual(["INVALID_ARGUMENT", "purchases[1]"]);
    expect(refused([], null)).toEqual(["INVALID_ARGUMENT", "options"]);
    expect(refused([], {})).toEqual(["INVALID_ARGUMENT", "options.asOf"]);
    expect(refused([], { asOf: 0, timeZone: "Mars" })).toEqual(["UNKNOWN_TIME_ZONE", "options.timeZone"]);
    expect(refused([], { asOf: 0, model: {} })).toEqual(["INVALID_ARGUMENT", "options.model"]);
  });
});
