import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PeriodSpec } from "../../../src/core/period.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { retentionRate } from "../../../src/retention/rates/retention-rate.js";
import { retentionSeries } from "../../../src/retention/rates/retention-series.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";

const labels = (asOf: string, by: PeriodSpec, more = {}) =>
  retentionSeries(referenceLog, { asOf, by, ...more }).map(({ current }) => current.label);

describe("retentionSeries", () => {
  it("gives the years of the reference log, in its zone and in another", () => {
    const utc = retentionSeries(referenceLog, { asOf: "2025-01-01", by: "year" });
    expect(utc.map(({ current, raw }) => [current.label, raw.value])).toEqual([
      ["2023", 0.5],
      ["2024", 5 / 6],
    ]);
    const jakarta = retentionSeries(referenceLog, {
      asOf: "2025-01-01",
      by: "year",
      timeZone: "Asia/Jakarta",
    });
    expect(jakarta.map(({ raw }) => raw.value)).toEqual([0.6, 4 / 6]);
  });

  it("ends with the last period that is over at asOf", () => {
    expect(labels("2024-12-31", "year")).toEqual(["2023"]);
    expect(labels("2025-01-01", "year")).toEqual(["2023", "2024"]);
    expect(labels("2025-12-31", "year")).toEqual(["2023", "2024"]);
    expect(labels("2026-01-01", "year")).toEqual(["2023", "2024", "2025"]);
    // Local midnight in Jakarta is seven hours earlier.
    expect(labels("2024-12-31T17:00:00Z", "year", { timeZone: "Asia/Jakarta" })).toEqual(["2023", "2024"]);
  });

  it("is empty with less than two complete periods, or no purchase", () => {
    expect(labels("2023-12-31", "year")).toEqual([]);
    expect(labels("2020-01-01", "month")).toEqual([]);
    expect(
      retentionSeries(transactionLog([], { currency: "IDR" }), { asOf: "2025-01-01", by: "year" }),
    ).toEqual([]);
  });

  it("begins with the first purchase that counts, not with one that was given back", () => {
    const log = transactionLog(
      [
        { id: "T1", customerId: "a", at: "2020-01-01", amount: 10 },
        { customerId: "a", at: "2020-01-02", amount: -10, refundOf: "T1" },
        { customerId: "a", at: "2022-01-01", amount: 10 },
      ],
      { currency: "IDR" },
    );
    const series = retentionSeries(log, { asOf: "2024-01-01", by: "year" });
    expect(series.map(({ previous, current }) => [previous.label, current.label])).toEqual([
      ["2022", "2023"],
    ]);
  });

  it("financial years begin with firstMonth, weeks with weekStartsOn", () => {
    const financial = retentionSeries(referenceLog, { asOf: "2025-01-01", by: "year", firstMonth: 4 });
    expect(financial.map(({ current }) => current.label)).toEqual(["FY2023", "FY2024"]);
    // April 2022 to March 2023: A B C E F G H I buy; of them A C G H I in the year after (B comes back in August 2024).
    expect([financial[1].base, financial[1].retained]).toEqual([8, 5]);
    const weeks = retentionSeries(referenceLog, { asOf: "2022-03-01", by: "week", weekStartsOn: 0 });
    expect(new Date(weeks[0].current.start).getUTCDay()).toBe(0);
  });

  it("a period without buyers: nobody was retained in it, and nobody could be after it", () => {
    const log = transactionLog(
      [
        { customerId: "a", at: "2024-01-10", amount: 10 },
        { customerId: "a", at: "2024-03-10", amount: 10 },
      ],
      { currency: "IDR" },
    );
    const series = retentionSeries(log, { asOf: "2024-05-01", by: "month" });
    expect(series.map(({ raw }) => raw.value)).toEqual([0, null, 0]);
    expect(series.map(({ base }) => base)).toEqual([1, 0, 1]);
  });

  it("a day that the zone skipped gives no rate", () => {
    // Samoa had no 2011-12-30.
    const log = transactionLog(
      [
        { customerId: "a", at: "2011-12-29", amount: 10 },
        { customerId: "a", at: "2011-12-31", amount: 10 },
      ],
      { currency: "WST", timeZone: "Pacific/Apia" },
    );
    const [skipped] = retentionSeries(log, { asOf: "2012-01-01", by: "day" });
    expect(skipped.current.label).toBe("2011-12-30");
    expect(skipped.raw.value).toBeNull();
    expect(skipped.raw.reason).toContain("empty");
  });

  it("each point is retentionRate of its two periods", () => {
    const row = fc.record({
      customerId: fc.constantFrom("a", "b", "c", "d"),
      at: fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2024, 11, 31) }),
      amount: fc.integer({ min: 0, max: 500 }),
      cost: fc.integer({ min: 0, max: 500 }),
    });
    const spec = fc.constantFrom<PeriodSpec>("month", "quarter", "week", { days: 30, anchor: "2023-02-01" });
    const zone = fc.constantFrom("UTC", "Asia/Jakarta", "America/New_York");
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), spec, zone, (rows, by, timeZone) => {
        const log = transactionLog(rows, { currency: "IDR", timeZone });
        const series = retentionSeries(log, { asOf: "2024-12-15", by });
        for (const { previous, current, ...shares } of series) {
          const {
            previous: _,
            current: __,
            ...single
          } = retentionRate(log, { asOf: "2024-12-15", previous, current });
          expect(shares).toEqual(single);
          expect([shares.timeZone, shares.currency]).toEqual([timeZone, "IDR"]);
          expect(previous.end).toBe(current.start);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("refuses an unknown period", () => {
    const error = thrown(() => retentionSeries(referenceLog, { asOf: "2025-01-01", by: "decade" as "year" }));
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.message).toContain("decade");
  });
});
