import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { reactivationRate } from "../../../src/retention/purchases/reactivation-rate.js";
import { reactivationSeries } from "../../../src/retention/purchases/reactivation-series.js";
import { thrown } from "../../core/thrown.js";
import { plainLog, plainOptions } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

describe("reactivationSeries on the reference log", () => {
  it("by year: the first year in which a customer can be inactive is the third", () => {
    const series = reactivationSeries(referenceLog, { asOf: "2025-01-01", by: "year" });
    expect(series.map(({ current, rate }) => [current.label, rate.numerator, rate.denominator])).toEqual([
      ["2024", 1, 3],
    ]);
  });

  it("leaves out the period that still runs", () => {
    const series = reactivationSeries(referenceLog, { asOf: "2024-12-31", by: "year" });
    expect(series).toEqual([]);
  });

  it("by half-year, inactive for two", () => {
    const series = reactivationSeries(referenceLog, {
      asOf: "2025-01-01",
      by: "halfYear",
      inactivePeriods: 2,
    });
    // Half-years with a purchase, H1 2022 = 0: A 0 1 2 3 4, B 0 2 5, C 0 1 4, D 4, E 1, F 1, G 0 2, H 2 3 4, I 2 3 4 5,
    // J 3 4 5, K 4. Inactive through two: at 3 nobody (C bought in 1, B and G in 2); at 4 C, E, F, and C returns;
    // at 5 B (last in 2), who returns, E, F and G.
    expect(series.map(({ current, rate }) => [current.label, rate.numerator, rate.denominator])).toEqual([
      ["2023-H2", 0, 0],
      ["2024-H1", 1, 3],
      ["2024-H2", 1, 4],
    ]);
    expect(series[0].rate.reason).toBe("inactive customers: 0");
  });
});

it("is empty for an empty log, and for one that is too short", () => {
  const one = transactionLog([{ customerId: "a", at: "2024-01-10", amount: 1 }], { currency: "IDR" });
  expect(reactivationSeries(transactionLog([], { currency: "IDR" }), { asOf: 0, by: "month" })).toEqual([]);
  expect(reactivationSeries(one, { asOf: "2024-03-01", by: "month" })).toEqual([]);
  expect(reactivationSeries(one, { asOf: "2024-04-01", by: "month" })).toHaveLength(1);
  expect(reactivationSeries(one, { asOf: "2023-04-01", by: "month" })).toEqual([]);
});

it("refuses a number of periods below 1", () => {
  const error = thrown(() =>
    reactivationSeries(referenceLog, { asOf: "2025-01-01", by: "month", inactivePeriods: 0 }),
  );
  expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.inactivePeriods"]);
});

it("every point is reactivationRate of its windows", () => {
  fc.assert(
    fc.property(plainLog(), plainOptions, fc.integer({ min: 1, max: 4 }), ({ rows, options }, o, periods) => {
      const log = transactionLog(rows, options);
      const { asOf, timeZone, refundAttribution } = o;
      const shared = { asOf, timeZone, refundAttribution };
      for (const point of reactivationSeries(log, { ...shared, by: "month", inactivePeriods: periods })) {
        const { previous, current } = point;
        expect(point).toEqual({ ...reactivationRate(log, { ...shared, previous, current }), current });
      }
      const groupBy = (id: string) => (id < "c" ? "early" : id < "d" ? "late" : null);
      const grouped = { ...shared, groupBy };
      for (const point of reactivationSeries(log, { ...grouped, by: "month", inactivePeriods: periods })) {
        const { previous, current } = point;
        expect(point).toEqual({ ...reactivationRate(log, { ...grouped, previous, current }), current });
        const sum = (field: "inactive" | "reactivated") =>
          point.groups?.reduce((total, group) => total + group[field], 0);
        expect([sum("inactive"), sum("reactivated")]).toEqual([point.inactive, point.reactivated]);
      }
    }),
  );
});
