import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { revenueRetentionByCohort } from "../../../src/retention/revenue/revenue-by-cohort.js";
import { revenueMovements } from "../../../src/retention/revenue/revenue-movements.js";
import { revenueRates } from "../../../src/retention/revenue/revenue-rates.js";
import { plainFacts, plainLog, sumOf } from "../../history/plain-log.js";
import { referenceLog } from "../../history/reference-log.js";

describe("trap 15: refunds gross, negative or in the wrong month", () => {
  const rates = (refundAttribution?: "purchase" | "transaction") =>
    revenueRates(referenceLog, {
      asOf: "2025-01-01",
      by: "year",
      ...(refundAttribution && { refundAttribution }),
    }).periods[0];

  it("net retention of the reference log is 540 / 1560 by purchase, 520 / 1580 by transaction", () => {
    for (const { netRetention } of [rates(), rates("purchase")])
      expect([netRetention.numerator, netRetention.denominator]).toEqual([54_000, 156_000]);
    const { netRetention } = rates("transaction");
    expect([netRetention.numerator, netRetention.denominator]).toEqual([52_000, 158_000]);
  });

  it("a customer below zero is no negative part of gross retention", () => {
    // F: 80 in 2022 (20 of it given back in 2023), in 2023 80 and all of it back: 60 and 0, or 80 and -20.
    const { grossRetention, customers } = rates("transaction");
    expect([grossRetention.numerator, grossRetention.denominator]).toEqual([54_000, 158_000]);
    expect(customers).toEqual(rates("purchase").customers);
  });

  it("a refund in a later month lowers its own month's sales only by transaction", () => {
    const log = transactionLog(
      [
        { id: "T1", customerId: "ani", at: "2024-01-10", amount: 100 },
        { customerId: "ani", at: "2024-02-10", amount: -40, refundOf: "T1" },
      ],
      { currency: "IDR" },
    );
    const ends = (refundAttribution: "purchase" | "transaction") =>
      revenueMovements(log, { asOf: "2024-04-01", by: "month", refundAttribution }).periods.map(
        ({ revenue, customers }) => [revenue.end, customers.end],
      );
    expect(ends("purchase")).toEqual([
      [60, 1],
      [0, 0],
      [0, 0],
    ]);
    // The month of the refund alone has nobody active.
    expect(ends("transaction")).toEqual([
      [100, 1],
      [-40, 0],
      [0, 0],
    ]);
  });

  it("sales that were given back in full later keep no customer, and stand in their own period by transaction", () => {
    const log = transactionLog(
      [
        { customerId: "ani", at: "2022-06-01", amount: 100 },
        { id: "T2", customerId: "ani", at: "2023-06-01", amount: 180 },
        { customerId: "ani", at: "2024-06-01", amount: -180, refundOf: "T2" },
      ],
      { currency: "IDR" },
    );
    const options = { asOf: "2025-01-01", by: "year", refundAttribution: "transaction" } as const;
    const [{ revenue, netRetention, grossRetention, grossChurn, logoChurn }] = revenueRates(
      log,
      options,
    ).periods;
    expect(revenue).toMatchObject({ start: 100, churn: 100, adjustment: 180, end: 180 });
    // The sale is in net retention, as its refund will be in that of its own year; gross retention keeps no one who churned.
    expect([logoChurn.value, grossChurn.value, netRetention.value, grossRetention.value]).toEqual([
      1, 1, 1.8, 0,
    ]);
    const cells = rows(revenueRetentionByCohort(log, options).cells);
    expect(cells.map(({ customers, revenue }) => [customers, revenue])).toEqual([
      [1, 100],
      [0, 180],
      [0, -180],
    ]);
  });

  it("net retention is the sales of the base in the one period over those in the other, whatever refunds do", () => {
    const attribution = fc.constantFrom("purchase" as const, "transaction" as const);
    fc.assert(
      fc.property(plainLog(), attribution, ({ rows: purchases, options }, refundAttribution) => {
        const asOf = Date.UTC(2026, 0, 1);
        const { periods } = revenueRates(transactionLog(purchases, options), {
          asOf,
          by: "quarter",
          refundAttribution,
        });
        for (const { previous, current, netRetention, grossRetention } of periods) {
          const sales = ["ani", "budi", "citra", "dewi"].map((id) =>
            [previous, current].map((window) => {
              const facts = plainFacts(purchases, id, { asOf, timeZone: "UTC", refundAttribution, window });
              return { net: sumOf(facts, ({ net }) => net), buys: facts.some(({ counts }) => counts) };
            }),
          );
          const base = sales.filter(([before]) => before.buys && before.net > 0);
          expect(netRetention.denominator).toBe(sumOf(base, ([before]) => before.net));
          expect(netRetention.numerator).toBe(sumOf(base, ([, now]) => now.net));
          expect(grossRetention.numerator).toBe(
            sumOf(base, ([before, now]) => (now.buys ? Math.max(0, Math.min(before.net, now.net)) : 0)),
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});
