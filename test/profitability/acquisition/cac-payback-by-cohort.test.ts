import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type CacPaybackByCohortOptions,
  cacPaybackByCohort,
} from "../../../src/profitability/acquisition/cac-payback-by-cohort.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";
import { anySales, day, monthOf, monthStart } from "./any-sales.js";

const asOf = "2025-01-01";

describe("cacPaybackByCohort", () => {
  it("the reference log by year, by hand: margins of each cohort and year", () => {
    const { cohorts, pooled, paidBack } = cacPaybackByCohort(referenceLog, {
      asOf,
      by: "year",
      spend: [
        { at: "2022-06-01", amount: 60000 },
        { at: "2023-06-01", amount: 60000 },
        { at: "2024-06-01", amount: 3000 },
      ],
    });
    // Margins of those won in 2022: A 12000, B 16000, C 4000, E -10000, F 2000, G 12000 in 2022; A 10000, B 5000, F 0,
    // G 4000 in 2023; A 14000, B 12000, C 3000 in 2024.
    expect(cohorts.map(({ period, customers, spend }) => [period.label, customers, spend])).toEqual([
      ["2022", 6, 60000],
      ["2023", 3, 60000],
      ["2024", 2, 3000],
    ]);
    expect(cohorts[0]?.cumulativeMargin).toEqual([36000 / 6, 55000 / 6, 84000 / 6]);
    // H 6000, I 45000, J 4500 in 2023; H 1000, I 8000 + 18000, J 9000 in 2024.
    expect(cohorts[1]?.cumulativeMargin).toEqual([55500 / 3, 91500 / 3]);
    // D 5000, K -2000: reached exactly.
    expect(cohorts[2]?.cumulativeMargin).toEqual([1500]);
    expect(cohorts.map(({ paybackPeriods, paidBackIn }) => [paybackPeriods, paidBackIn])).toEqual([
      [3, "2024"],
      [2, "2024"],
      [1, "2024"],
    ]);
    expect(cohorts[0]?.cac.value).toBe(10000);
    expect(cohorts[0]?.recovered.value).toBe(1.4);
    expect(
      pooled.map((one) => [one.periods, one.cohorts, one.recovered.numerator, one.recovered.denominator]),
    ).toEqual([
      [1, 3, 94500, 123000],
      [2, 2, 146500, 120000],
      [3, 1, 84000, 60000],
    ]);
    expect(paidBack.value).toBe(1);
  });

  it("not paid back yet, not over, no spend, nobody came: null, each with its reason", () => {
    const { cohorts, paidBack } = cacPaybackByCohort(referenceLog, {
      asOf: "2023-12-31T20:00:00Z",
      by: "year",
      spend: [
        { at: "2021-06-01", amount: 500 },
        { at: "2023-06-01", amount: 60000 },
      ],
    });
    expect(
      cohorts.map(({ period, paybackPeriods, reason }) => [period.label, paybackPeriods, reason]),
    ).toEqual([
      ["2021", null, "customers acquired: 0"],
      ["2022", null, "spend: 0"],
      ["2023", null, "the period of acquisition is not over at asOf"],
    ]);
    expect(cohorts[2]?.recovered.value).toBeNull();
    expect(paidBack).toMatchObject({ value: null, denominator: 0 });
    const open = cacPaybackByCohort(referenceLog, { asOf: "2023-01-01", by: "year", cac: 10000 });
    // 36000 by hand above, and 2000 of F's that go back later.
    expect(open.cohorts[0]?.reason).toBe("after 1 period 22000 of 60000 is still to be earned back");
    expect(open.paidBack).toMatchObject({ value: 0, denominator: 1 });
  });

  const log = transactionLog(
    [
      { customerId: "ani", at: "2024-01-10", amount: 1000, channel: "ads" },
      { customerId: "ani", at: "2024-03-10", amount: 1000, channel: "store" },
      { customerId: "budi", at: "2024-01-20", amount: 500, channel: "store" },
    ],
    { currency: "USD" },
  );

  it("by source: each cohort against its own spend; a share of sales is margin where there are no costs", () => {
    const spend = [
      { source: "ads", at: "2024-01-01", amount: 600 },
      { source: "fair", at: "2024-02-01", amount: 100 },
    ];
    const options = { asOf: "2024-05-01", spend, grossMargin: 0.4 };
    const { cohorts } = cacPaybackByCohort(log, { ...options, source: "channel" });
    expect(
      cohorts.map((one) => [one.period.label, one.source, one.paybackPeriods, one.cumulativeMargin]),
    ).toEqual([
      ["2024-01", "ads", 3, [400, 400, 800, 800]],
      ["2024-01", "store", null, [200, 200, 200, 200]],
      ["2024-02", "fair", null, []],
    ]);
    const together = cacPaybackByCohort(log, options).cohorts;
    expect(together.map((one) => [one.period.label, one.spend, one.paybackPeriods])).toEqual([
      ["2024-01", 600, 1],
      ["2024-02", 100, null],
    ]);
    const lagged = cacPaybackByCohort(log, {
      ...options,
      spend: [{ at: "2023-12-01", amount: 700 }],
      lag: 1,
    });
    expect(lagged.cohorts.map((one) => [one.period.label, one.spend, one.paybackPeriods])).toEqual([
      ["2024-01", 700, 3],
    ]);
  });

  it("a margin that lacks nothing but rounding has paid", () => {
    const hundred = transactionLog([{ customerId: "ani", at: "2024-01-10", amount: 100 }], {
      currency: "USD",
    });
    expect(0.57 * 100).toBeLessThan(57);
    const { cohorts } = cacPaybackByCohort(hundred, { asOf: "2024-02-01", cac: 57, grossMargin: 0.57 });
    expect(cohorts[0]?.paybackPeriods).toBe(1);
  });

  it("a window keeps cohorts, and their receipts run on", () => {
    const window = { start: "2022-01-01", end: "2023-01-01" };
    const { cohorts } = cacPaybackByCohort(referenceLog, { asOf, by: "year", cac: 10000, window });
    expect(cohorts.map(({ period, paybackPeriods }) => [period.label, paybackPeriods])).toEqual([
      ["2022", 3],
    ]);
  });

  test("any sales: the first month whose sum reaches the cost, counted anew", () => {
    fc.assert(
      fc.property(
        anySales,
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 230 }),
        (sales, cac, until) => {
          const sold = transactionLog(sales, { currency: "USD" });
          const known = sales.filter(({ at }) => at < day(until));
          const firstOf = (id: string) =>
            Math.min(...known.filter(({ customerId }) => customerId === id).map(({ at }) => at));
          for (const cohort of cacPaybackByCohort(sold, { asOf: day(until), cac }).cohorts) {
            const month = monthOf(cohort.period.start);
            const mine = known.filter(({ customerId }) => monthOf(firstOf(customerId)) === month);
            const size = new Set(mine.map(({ customerId }) => customerId)).size;
            let expected: number | null = null;
            for (let age = 1; monthStart(month + age) <= day(until) && expected === null; age++) {
              const margin = mine
                .filter(({ at }) => at < monthStart(month + age))
                .reduce((sum, { amount, cost }) => sum + amount - cost, 0);
              if (margin >= cac * size) expected = age;
            }
            expect([cohort.customers, cohort.paybackPeriods]).toEqual([size, expected]);
          }
        },
      ),
    );
  });

  it("refuses what it would ignore or lacks", () => {
    const refused = (sold: typeof log, options: object) =>
      thrown(() => cacPaybackByCohort(sold, { asOf, ...options } as CacPaybackByCohortOptions));
    expect(refused(referenceLog, {}).message).toContain("neither spend nor cac");
    expect(refused(referenceLog, { cac: 1, spend: [] }).message).toContain("both spend and cac");
    expect(refused(referenceLog, { cac: 1, grossMargin: 0.4 }).path).toBe("options.grossMargin");
    expect(refused(log, { cac: 1 }).message).toContain("log has no costs");
    for (const cac of [0, -1, "5", 2 ** 54]) {
      const error = refused(log, { cac, grossMargin: 0.4 });
      expect(error.path).toBe("options.cac");
      expect(error.message).toContain("pass minor units above 0, up to 2^53 - 1");
    }
    expect(refused(referenceLog, { cac: 1, lag: 1 }).path).toBe("options.lag");
    expect(refused(referenceLog, { cac: 1, hourlyRate: 1 }).path).toBe("options.hourlyRate");
    expect(refused(referenceLog, { spend: [{ at: "2024-01-01" }] }).path).toBe("options.spend[0]");
  });
});
