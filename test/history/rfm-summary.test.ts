import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rows } from "../../src/core/table.js";
import { rfmSummary } from "../../src/history/rfm-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { plainFacts, plainLog, plainOptions, sumOf } from "./plain-log.js";
import { daysBetween, wallClock } from "./zone-clock.js";

describe("rfmSummary", () => {
  test("equals a plain count over objects", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, (plain, options) => {
        const day = (at: number) => wallClock(at, options.timeZone).day;
        const expected = [...new Set(plain.rows.map((row) => row.customerId))].map((customerId) => {
          const facts = plainFacts(plain.rows, customerId, options);
          const counting = facts.filter(({ counts }) => counts);
          const last = counting.at(-1);
          return {
            customerId,
            recency: last ? daysBetween(day(last.row.at), day(options.asOf)) : null,
            frequency: counting.length,
            monetary: sumOf(facts, ({ net }) => net),
          };
        });
        expect(rows(rfmSummary(transactionLog(plain.rows, plain.options), options))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test("recency counts civil days, not 24 hours", () => {
    const log = transactionLog([{ customerId: "ani", at: "2024-02-29T23:59:59Z", amount: 1 }], {
      currency: "IDR",
    });
    const recency = (asOf: string, timeZone?: string) => rfmSummary(log, { asOf, timeZone }).columns.recency;
    expect(recency("2024-03-01T00:00:00Z")).toEqual([1]);
    expect(recency("2024-03-01T23:59:59Z")).toEqual([1]);
    expect(recency("2024-03-02T00:00:00Z")).toEqual([2]);
    // In Jakarta the purchase was on 1 March at 06:59.
    expect(recency("2024-03-01T16:59:59Z", "Asia/Jakarta")).toEqual([0]);
    expect(recency("2024-03-01T17:00:00Z", "Asia/Jakarta")).toEqual([1]);
  });
});
