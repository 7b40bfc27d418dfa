import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PeriodSpec, periodOf } from "../../src/core/period.js";
import { rows } from "../../src/core/table.js";
import { customerSummary } from "../../src/history/customer-summary.js";
import { purchaseBehavior } from "../../src/history/purchase-behavior.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { thrown } from "../core/thrown.js";
import { occasionsOf, plainFacts, plainLog, plainOptions, sumOf } from "./plain-log.js";
import { wallClock } from "./zone-clock.js";

describe("purchaseBehavior", () => {
  test("by month equals a plain count over objects", () => {
    fc.assert(
      fc.property(plainLog(), plainOptions, (plain, options) => {
        const hasQuantity = plain.rows.some((row) => row.quantity !== undefined);
        const expected = [...new Set(plain.rows.map((row) => row.customerId))].flatMap((customerId) => {
          const facts = plainFacts(plain.rows, customerId, options).filter((fact) => !fact.isMovedRefund);
          const monthOf = (at: number) => wallClock(at, options.timeZone).month;
          return [...new Set(facts.map(({ row }) => monthOf(row.at)))].map((period) => {
            const own = facts.filter(({ row }) => monthOf(row.at) === period);
            return {
              customerId,
              period,
              purchases: own.filter(({ counts }) => counts).length,
              occasions: occasionsOf(own, options.timeZone).length,
              quantity: hasQuantity ? sumOf(own, (fact) => fact.quantity) : null,
              net: sumOf(own, ({ net }) => net),
            };
          });
        });
        const table = purchaseBehavior(transactionLog(plain.rows, plain.options), {
          ...options,
          by: "month",
        });
        expect(rows(table).map(({ periodStart: _, ...row }) => row)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("every unit adds up to the whole, and its start is the period's", () => {
    const units = fc.constantFrom<PeriodSpec>("day", "week", "quarter", "halfYear", "year", {
      days: 30,
      anchor: "2023-01-15",
    });
    fc.assert(
      fc.property(plainLog(), plainOptions, units, (plain, options, by) => {
        const log = transactionLog(plain.rows, plain.options);
        const behavior = rows(purchaseBehavior(log, { ...options, by, weekStartsOn: 6, firstMonth: 4 }));
        const summary = rows(customerSummary(log, options));
        for (const { customerId, net, purchases } of summary) {
          const own = behavior.filter((row) => row.customerId === customerId);
          expect(sumOf(own, (row) => row.net)).toBe(net);
          expect(sumOf(own, (row) => row.purchases)).toBe(purchases);
        }
        const calendar = { timeZone: options.timeZone, weekStartsOn: 6, firstMonth: 4 };
        for (const { period, periodStart } of behavior) {
          const { label, start } = periodOf(periodStart, by, calendar);
          expect([label, start]).toEqual([period, periodStart]);
        }
      }),
    );
  });

  test("a financial year from April", () => {
    const log = transactionLog(
      [
        { customerId: "ani", at: "2024-03-31", amount: 100, quantity: 1 },
        { customerId: "ani", at: "2024-04-01", amount: 10, quantity: 2 },
        { customerId: "ani", at: "2025-03-31", amount: 1, quantity: 3 },
      ],
      { currency: "IDR" },
    );
    const years = rows(purchaseBehavior(log, { asOf: "2026-01-01", by: "year", firstMonth: 4 }));
    expect(years.map(({ period, net, quantity }) => [period, net, quantity])).toEqual([
      ["FY2024", 100, 1],
      ["FY2025", 11, 5],
    ]);
  });

  test("a refund makes a row of its own only at its own instant", () => {
    const log = transactionLog(
      [
        { id: "T1", customerId: "ani", at: "2024-01-31", amount: 500 },
        { customerId: "ani", at: "2024-03-05", amount: -200, refundOf: "T1" },
      ],
      { currency: "IDR" },
    );
    const nets = (refundAttribution: "purchase" | "transaction") =>
      rows(purchaseBehavior(log, { asOf: "2024-04-01", by: "month", refundAttribution })).map(
        ({ period, purchases, net }) => [period, purchases, net],
      );
    expect(nets("purchase")).toEqual([["2024-01", 1, 300]]);
    expect(nets("transaction")).toEqual([
      ["2024-01", 1, 500],
      ["2024-03", 0, -200],
    ]);
  });

  test("bad options", () => {
    const log = transactionLog([], { currency: "IDR" });
    // @ts-expect-error no such unit
    expect(thrown(() => purchaseBehavior(log, { asOf: 0, by: "decade" })).message).toContain('"decade"');
  });
});
