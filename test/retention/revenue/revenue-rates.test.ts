import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { subscriptionStatuses } from "../../../src/model/subscription.js";
import { activeStatusPresets } from "../../../src/retention/contracts/active-status-presets.js";
import { churnSeries } from "../../../src/retention/contracts/churn-series.js";
import { retentionSeries } from "../../../src/retention/rates/retention-series.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";
import { revenueRatesOf } from "../../../src/retention/revenue/revenue-rates-of.js";
import { wilsonInterval } from "../../../src/statistics/wilson-interval.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";
import { monthStart, plainBridge, plainMrr, plainSubscriptions, shownBridge } from "../plain-revenue.js";

const monthly = { currency: "IDR", interval: { unit: "month" } } as const;

describe("revenueRates", () => {
  it("gives the retention of the reference log by year", () => {
    const { periods } = revenueRates(referenceLog, { asOf: "2025-01-01", by: "year" });
    expect(periods.map(({ previous, current }) => [previous.label, current.label])).toEqual([
      ["2022", "2023"],
      ["2023", "2024"],
    ]);
    expect(periods.map(({ netRetention }) => netRetention.value)).toEqual([9 / 26, 193 / 225]);
    expect(periods.map(({ grossRetention }) => grossRetention.value)).toEqual([9 / 26, 56 / 75]);
    // The raw defection of retentionSeries: 3 of 6, 1 of 6.
    const series = retentionSeries(referenceLog, { asOf: "2025-01-01", by: "year" });
    expect(periods.map(({ logoChurn }) => logoChurn)).toEqual(series.map(({ defection }) => defection.raw));
    expect(periods[1].logoChurnInterval).toEqual(wilsonInterval(1, 6));
    // In Jakarta two customers of the last evening of 2022 and of 2023 belong to the next year.
    const jakarta = revenueRates(referenceLog, { asOf: "2025-01-01", by: "year", timeZone: "Asia/Jakarta" });
    expect(jakarta.periods.map(({ logoChurn }) => [logoChurn.numerator, logoChurn.denominator])).toEqual([
      [2, 5],
      [2, 6],
    ]);
  });

  it("compares the customers of the start with the end of the span, and nothing between", () => {
    const subscriptions = [
      { ...monthly, customerId: "stays", startAt: "2023-12-10", amount: 100 },
      { ...monthly, customerId: "shrinks", startAt: "2023-12-10", endAt: "2024-06-10", amount: 100 },
      { ...monthly, customerId: "shrinks", startAt: "2024-06-10", amount: 40 },
      { ...monthly, customerId: "pauses", startAt: "2023-12-10", endAt: "2024-02-10", amount: 60 },
      { ...monthly, customerId: "pauses", startAt: "2024-10-10", amount: 90 },
      { ...monthly, customerId: "leaves", startAt: "2023-12-10", endAt: "2024-05-10", amount: 40 },
      { ...monthly, customerId: "passes", startAt: "2024-02-10", endAt: "2024-08-10", amount: 500 },
      { ...monthly, customerId: "comes", startAt: "2024-11-10", amount: 70 },
      { ...monthly, customerId: "returns", startAt: "2023-10-10", endAt: "2023-11-10", amount: 10 },
      { ...monthly, customerId: "returns", startAt: "2024-12-10", amount: 20 },
    ];
    const { periods, span } = revenueRates(subscriptions, { asOf: "2025-01-01", by: "month", span: 12 });
    const [last] = periods.slice(-1);
    expect(span).toBe(12);
    expect([last.previous.label, last.current.label]).toEqual(["2023-12", "2024-12"]);
    expect(last.revenue).toEqual({
      start: 300,
      new: 70,
      reactivation: 20,
      expansion: 30,
      contraction: 60,
      churn: 40,
      adjustment: 0,
      end: 320,
      base: 300,
      netRetained: 230,
      grossRetained: 200,
    });
    expect(last.netRetention.value).toBe(230 / 300);
    expect(last.grossRetention.value).toBe(200 / 300);
    expect(last.logoChurn).toEqual({ value: 0.25, numerator: 1, denominator: 4, reason: null });
    expect(last.quickRatio.value).toBe(1.2);
    // The first point compares with October 2023, the first period with revenue.
    expect(periods.map(({ previous }) => previous.label)).toEqual(["2023-10", "2023-11", "2023-12"]);
  });

  it("shows what a window asks for, also where there is nothing to compare with", () => {
    const subscriptions = [{ ...monthly, customerId: "a", startAt: "2024-01-10", amount: 100 }];
    const { periods } = revenueRates(subscriptions, {
      asOf: "2024-06-01",
      by: "month",
      span: 2,
      window: { start: "2024-01-01", end: "2024-04-01" },
    });
    expect(
      periods.map(({ previous, current, netRetention }) => [
        previous.label,
        current.label,
        netRetention.value,
      ]),
    ).toEqual([
      ["2023-11", "2024-01", null],
      ["2023-12", "2024-02", null],
      ["2024-01", "2024-03", 1],
    ]);
  });

  it("of groups: each its own, and the total over all", () => {
    const result = revenueRates(referenceLog, {
      asOf: "2025-01-01",
      by: "year",
      groupBy: (id) => (id < "E" ? "early" : "late"),
    });
    expect(
      result.groups?.map(({ group, periods }) => [group, periods.map(({ current }) => current.label)]),
    ).toEqual([
      ["early", ["2023", "2024"]],
      ["late", ["2023", "2024"]],
    ]);
    // 2022 to 2023: A 300 -> 240, B 400 -> 200, C 100 -> 0; E 400 -> 0, F 60 -> 0, G 300 -> 100.
    expect(result.groups?.map(({ periods }) => periods[0].netRetention)).toEqual([
      { value: 440 / 800, numerator: 44_000, denominator: 80_000, reason: null },
      { value: 100 / 760, numerator: 10_000, denominator: 76_000, reason: null },
    ]);
    expect(revenueRates([], { asOf: "2025-01-01", by: "year" }).groups).toBeNull();
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("logo churn is the classic churn of churnSeries on the same subscriptions, whatever their statuses", () => {
    const at = (day: number) => Date.UTC(2024, 0, 1) + day * 86_400_000;
    const row = fc
      .record({
        customerId: fc.constantFrom("a", "b", "c", "d"),
        start: fc.nat(300),
        length: fc.option(fc.nat(200)),
        trial: fc.option(fc.nat(60)),
        since: fc.nat(200),
        status: fc.constantFrom(...subscriptionStatuses, null),
        amount: fc.constantFrom(0, 100, 250),
      })
      .map(({ customerId, start, length, trial, since, status, amount }) => ({
        ...monthly,
        customerId,
        startAt: at(start),
        endAt: length === null ? null : at(start + length),
        trialEndAt: trial === null ? null : at(start + trial),
        statusSince: at(start + since),
        status,
        amount,
      }));
    const presets = fc.constantFrom(...Object.values(activeStatusPresets));
    const asOf = fc.integer({ min: 40, max: 420 }).map(at);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), presets, asOf, (rows, statuses, asOf) => {
        const options = { asOf, by: "month", statuses, timeZone: "Asia/Jakarta" } as const;
        const series = churnSeries(rows, options);
        const byLabel = new Map(series.map((point) => [point.window.label, point]));
        const { periods } = revenueRates(rows, options);
        expect(periods.length).toBe(Math.max(0, series.length - 1));
        for (const { current, logoChurn, logoChurnInterval, customers } of periods) {
          const point = byLabel.get(current.label);
          expect(logoChurn.numerator).toBe(point?.churn.numerator);
          expect(logoChurn.denominator).toBe(point?.churn.denominator);
          expect(logoChurnInterval).toEqual(point?.interval);
          expect(customers.end).toBe(point?.activeAtEnd);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("with a span of 1 they are the rates of the bridges of revenueMovements", () => {
    const options = { asOf: "2025-01-01", by: "quarter" } as const;
    const { periods } = revenueMovements(referenceLog, options);
    const rates = revenueRates(referenceLog, { ...options, includeReactivation: true });
    expect(rates.periods).toHaveLength(periods.length - 1);
    rates.periods.forEach((point, i) => {
      expect(point.revenue).toEqual(periods[i + 1].revenue);
      expect(point).toMatchObject(revenueRatesOf(point.revenue, { includeReactivation: true }));
    });
  });

  it("is what a full matrix of customers and months gives, for any span", () => {
    fc.assert(
      fc.property(plainSubscriptions, fc.integer({ min: 1, max: 6 }), (subscriptions, span) => {
        const window = { start: monthStart(0), end: monthStart(12) };
        const { periods } = revenueRates(subscriptions, { asOf: monthStart(12), by: "month", span, window });
        const ids = [...new Set(subscriptions.map(({ customerId }) => customerId))];
        periods.forEach((shown, month) => {
          const start = monthStart(month + 1 - span);
          const expected = plainBridge(
            ids,
            (id) => plainMrr(subscriptions, id, start),
            (id) => plainMrr(subscriptions, id, monthStart(month + 1)),
            (id) =>
              subscriptions.some(
                ({ customerId, amount, startAt, endAt }) =>
                  customerId === id &&
                  amount > 0 &&
                  startAt < start &&
                  startAt < (endAt ?? Number.POSITIVE_INFINITY),
              ),
          );
          expect(shownBridge(shown)).toEqual(expected);
          expect(shown.netRetention.numerator).toBe(
            expected.start + expected.expansion - expected.contraction - expected.churn,
          );
          expect(shown.grossRetention.numerator).toBe(expected.grossRetained);
          expect(shown.netRetention.numerator).toBeGreaterThanOrEqual(expected.grossRetained);
          expect([shown.logoChurn.numerator, shown.logoChurn.denominator]).toEqual([
            expected.logos.churn,
            expected.logos.start,
          ]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("refuses a span that is none, and is empty where no span is over", () => {
    const log = transactionLog([{ customerId: "a", at: "2024-01-10", amount: 5 }], { currency: "IDR" });
    const rates = (span: number, asOf = "2024-04-01") =>
      revenueRates(log, { asOf, by: "month", span }).periods;
    for (const span of [0, -1, 1.5, Number.NaN]) {
      const error = thrown(() => rates(span));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.span"]);
      expect(error.message).toContain(String(span));
    }
    expect([rates(1), rates(2), rates(3), rates(400)].map((periods) => periods.length)).toEqual([2, 1, 0, 0]);
    expect(rates(1, "2024-01-05")).toEqual([]);
    const level = thrown(() => revenueRates(log, { asOf: "2024-04-01", by: "month", confidenceLevel: 95 }));
    expect(level.path).toBe("options.confidenceLevel");
    const school = { asOf: "2024-04-01", by: "month", includeReactivation: 1 } as const;
    expect(thrown(() => revenueRates(log, school as never)).path).toBe("options.includeReactivation");
  });
});
