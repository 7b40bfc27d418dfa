import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { acquiredCustomers } from "../../../src/profitability/acquisition/acquired-customers.js";
import { acquisitionByPeriod } from "../../../src/profitability/acquisition/acquisition-by-period.js";
import { thrown } from "../../core/thrown.js";
import { referenceLog } from "../../history/reference-log.js";
import { anySales, day, monthOf, monthStart, type Sale } from "./any-sales.js";

const asOf = "2025-01-01";
const label = (at: number) => new Date(at).toISOString().slice(0, 7);

describe("acquiredCustomers", () => {
  it("the reference log: cohorts and first orders, refunds taken off, two orders at one instant together", () => {
    const acquired = rows(acquiredCustomers(referenceLog, { asOf }));
    expect(
      Object.fromEntries(
        acquired.map(({ customerId, at, firstOrder }) => [customerId, [label(at), firstOrder]]),
      ),
    ).toEqual({
      A: ["2022-01", 10000],
      B: ["2022-01", 20000],
      C: ["2022-02", 5000],
      D: ["2024-03", 20000], // that of 2022 went back
      E: ["2022-08", 40000],
      F: ["2022-12", 6000], // 8000, of which 2000 went back
      G: ["2022-05", 30000],
      H: ["2023-01", 6000],
      I: ["2023-03", 50000],
      J: ["2023-12", 9000],
      K: ["2024-02", 4000],
    });
    const profits = Object.fromEntries(
      acquired.map(({ customerId, firstOrderProfit }) => [customerId, firstOrderProfit]),
    );
    expect(profits).toMatchObject({ A: 4000, E: -10000, F: 2000, G: 12000, K: -1000 });
  });

  it("as of a day: later facts do not exist; a purchase that will go back is one until it does", () => {
    const known = rows(acquiredCustomers(referenceLog, { asOf: "2022-04-01" }));
    expect(known.map(({ customerId }) => customerId)).toEqual(["A", "B", "C", "D"]);
    expect(known[3]?.firstOrder).toBe(30000);
  });

  it("refunds at their own instant leave the first order as it was paid", () => {
    const own = rows(acquiredCustomers(referenceLog, { asOf, refundAttribution: "transaction" }));
    expect(own.find(({ customerId }) => customerId === "F")?.firstOrder).toBe(8000);
  });

  it("a window is of the first purchase, which may have been before", () => {
    const window = { start: "2022-12-01", end: "2023-02-01" };
    const ids = acquiredCustomers(referenceLog, { asOf, window }).columns.customerId;
    expect(ids).toEqual(["F", "H"]); // not A and G, who bought again
  });

  const log = transactionLog(
    [
      { customerId: "ani", at: day(9), amount: 10, channel: "store" },
      { customerId: "ani", at: day(2), amount: 20, channel: "web" },
      { customerId: "budi", at: day(3), amount: 30 },
    ],
    { currency: "USD" },
  );

  it("the source: channel of the first purchase, a map, a function; none where it is not known", () => {
    const sources = (source: Parameters<typeof acquiredCustomers>[1]["source"]) =>
      acquiredCustomers(log, { asOf, source }).columns.source;
    expect(sources("channel")).toEqual(["web", null]);
    expect(sources(new Map([["budi", "fair"]]))).toEqual([null, "fair"]);
    expect(sources((id) => `of ${id}`)).toEqual(["of ani", "of budi"]);
    expect(sources(undefined)).toEqual([null, null]);
    expect(acquiredCustomers(log, { asOf }).columns.firstOrderProfit).toEqual([null, null]);
  });

  it("a source that is none is named", () => {
    const bad = (source: unknown) => () =>
      acquiredCustomers(referenceLog, { asOf, source: source as "channel" });
    expect(thrown(bad("channel"))).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.source" });
    expect(thrown(bad("region")).message).toContain('"region"');
    expect(thrown(bad(() => "")).message).toContain('options.source gives ""');
    expect(thrown(bad(() => 7)).message).toMatch(/options\.source gives 7 for customer "A"/);
  });
});

describe("acquisitionByPeriod", () => {
  it("the reference log by year: customers and their value within two years", () => {
    const { periods, total } = acquisitionByPeriod(referenceLog, { asOf, by: "year", withinPeriods: 2 });
    expect(periods.map(({ period, customers }) => [period.label, customers])).toEqual([
      ["2022", 6],
      ["2023", 3],
      ["2024", 2],
    ]);
    // 2022: sales to A, B, C, E, F, G of 2022 and 2023 by hand: 156000 in 2022 (the base of the published 2022 to 2023
    // retention: 9/26 kept in sales is 54000 of 156000), 54000 in 2023.
    expect(periods[0]?.revenueWithin).toMatchObject({ value: 35000, numerator: 210000, denominator: 6 });
    expect(periods[2]?.revenueWithin).toMatchObject({
      value: null,
      reason: "2 periods are not over at asOf",
    });
    expect(total.customers).toBe(11);
    expect(total.revenueWithin.denominator).toBe(9);
    // First orders: 111000 in 2022, 65000 in 2023, 24000 in 2024.
    expect(total.firstOrder).toMatchObject({ numerator: 200000, denominator: 11 });
  });

  it("a period that is not over is shown and in no total; the zone decides the period", () => {
    const running = acquisitionByPeriod(referenceLog, { asOf: "2023-12-31T20:00:00Z", by: "year" });
    expect(running.periods.map(({ isOver, customers }) => [isOver, customers])).toEqual([
      [true, 6],
      [false, 3],
    ]);
    expect(running.total.customers).toBe(6);
    const jakarta = acquisitionByPeriod(referenceLog, { asOf, by: "year", timeZone: "Asia/Jakarta" });
    // F and J bought on the last evening of the year in UTC.
    expect(jakarta.periods.map(({ customers }) => customers)).toEqual([5, 3, 3]);
  });

  it("a window keeps the periods that lie in it as a whole", () => {
    const labels = (start: string, end: string) =>
      acquisitionByPeriod(referenceLog, { asOf, by: "quarter", window: { start, end } }).periods.map(
        ({ period }) => period.label,
      );
    expect(labels("2022-04-01", "2023-01-01")).toEqual(["2022-Q2", "2022-Q3", "2022-Q4"]);
    expect(labels("2022-04-02", "2022-12-31")).toEqual(["2022-Q3"]);
    expect(labels("2022-04-02", "2022-04-03")).toEqual([]);
    // Those before the first purchase too: nobody came is an answer.
    expect(labels("2021-10-01", "2022-04-01")).toEqual(["2021-Q4", "2022-Q1"]);
  });

  it("lifetime values: the mean of those that are known", () => {
    const lifetimeValue = new Map([
      ["A", 1000],
      ["B", 500],
      ["H", 60],
    ]);
    const { periods, total } = acquisitionByPeriod(referenceLog, { asOf, by: "year", lifetimeValue });
    expect(periods.map((one) => one.lifetimeValue.value)).toEqual([750, 60, null]);
    expect(total.lifetimeValue).toMatchObject({ value: 520, numerator: 1560, denominator: 3 });
    const bad = new Map([["C", Number.NaN]]);
    const error = thrown(() => acquisitionByPeriod(referenceLog, { asOf, lifetimeValue: bad }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", 'options.lifetimeValue.get("C")']);
    expect(error.message).toContain("NaN");
  });

  it("nobody bought: no periods, and null with a reason", () => {
    const { periods, total } = acquisitionByPeriod(referenceLog, { asOf: "2021-01-01", withinPeriods: 1 });
    expect(periods).toEqual([]);
    expect(total.firstOrder).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
      reason: "customers acquired: 0",
    });
  });

  test("any sales: counted anew by objects, and sources add up to all", () => {
    fc.assert(
      fc.property(
        anySales,
        fc.integer({ min: 1, max: 230 }),
        fc.integer({ min: 1, max: 4 }),
        (sales, until, withinPeriods) => {
          const log = transactionLog(sales, { currency: "USD" });
          const result = acquisitionByPeriod(log, { asOf: day(until), source: "channel", withinPeriods });
          const known = sales.filter(({ at }) => at < day(until));
          for (const { period, isOver, sources, ...of } of result.periods) {
            const month = monthOf(period.start);
            expect(isOver).toBe(monthStart(month + 1) <= day(until));
            const mine = customersOf(known).filter(({ first }) => monthOf(first) === month);
            expect(of.customers).toBe(mine.length);
            expect(of.firstOrder.numerator).toBe(
              sum(
                mine.flatMap((one) => one.sales.filter(({ at }) => at === one.first)),
                "amount",
              ),
            );
            const end = monthStart(month + withinPeriods);
            const early = mine.flatMap((one) => one.sales.filter(({ at }) => at < end));
            if (end > day(until)) expect(of.revenueWithin.value).toBeNull();
            else {
              expect(of.revenueWithin.numerator).toBe(sum(early, "amount"));
              expect(of.profitWithin.numerator).toBe(sum(early, "amount") - sum(early, "cost"));
            }
            expect(sources.reduce((all, { customers }) => all + customers, 0)).toBe(of.customers);
          }
          const over = result.periods.filter(({ isOver }) => isOver);
          expect(result.total.customers).toBe(over.reduce((all, { customers }) => all + customers, 0));
        },
      ),
    );
  });

  it("refuses what it cannot use, by name", () => {
    const refused = (options: object) =>
      thrown(() => acquisitionByPeriod(referenceLog, { asOf, ...options })).path;
    expect(refused({ withinPeriods: 0 })).toBe("options.withinPeriods");
    expect(refused({ by: "fortnight" })).toBe("options.by");
    expect(refused({ window: { start: "2024-01-01", end: "2023-01-01" } })).toBe("options.window");
    expect(refused({ timeZone: "Mars/Base" })).toBe("options.timeZone");
    expect(refused({ lifetimeValue: 7 })).toBe("options.lifetimeValue");
  });
});

function customersOf(sales: readonly Sale[]): { first: number; sales: Sale[] }[] {
  return [...new Set(sales.map(({ customerId }) => customerId))].map((id) => {
    const own = sales.filter(({ customerId }) => customerId === id);
    return { first: Math.min(...own.map(({ at }) => at)), sales: own };
  });
}

function sum(sales: readonly Sale[], field: "amount" | "cost"): number {
  return sales.reduce((all, sale) => all + sale[field], 0);
}
