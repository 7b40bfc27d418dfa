import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { rows, table } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { acquiredCustomers } from "../../../src/profitability/acquisition/acquired-customers.js";
import type { AcquisitionRow } from "../../../src/profitability/acquisition/acquisition-rows.js";
import type { AcquisitionSpend } from "../../../src/profitability/acquisition/acquisition-spend.js";
import { cacBySource } from "../../../src/profitability/acquisition/cac-by-source.js";
import { thrown } from "../../core/thrown.js";
import { day, monthOf, monthStart } from "./any-sales.js";

const asOf = "2024-04-01";
// Ads: 40 customers for 60000 in January, 20 for 40000 in March; search: 10 who came of themselves; a fair nobody came from.
const acquired: readonly AcquisitionRow[] = [
  { at: "2024-01-10", source: "ads", customers: 40 },
  { at: "2024-03-15", source: "ads", customers: 20 },
  { at: "2024-01-20", source: "search", customers: 8 },
  { at: "2024-02-20", source: "search", customers: 2 },
  { at: "2024-02-02", customers: 5 },
];
const spend: readonly AcquisitionSpend[] = [
  { source: "ads", at: "2024-01-05", amount: 60000 },
  { source: "ads", at: "2024-03-05", amount: 40000 },
  { source: "fair", at: "2024-02-10", amount: 15000 },
  { at: "2024-02-10", amount: 5000 },
];

describe("cacBySource", () => {
  it("60,000 for 50 customers: 1,200 each", () => {
    const { blendedCac } = cacBySource(
      [{ at: "2024-01-31", customers: 50 }],
      [{ at: "2024-01-01", amount: 60000 }],
      {
        asOf,
      },
    );
    expect(blendedCac).toEqual({ value: 1200, numerator: 60000, denominator: 50, reason: null });
  });

  it("blended, paid and by source, by hand", () => {
    const cac = cacBySource(acquired, spend, { asOf });
    expect(cac.blendedCac).toMatchObject({ value: 1600, numerator: 120000, denominator: 75 });
    // The fair's spend counts as paid, though nobody came.
    expect(cac.paidCac).toMatchObject({ numerator: 115000, denominator: 60 });
    expect(cac.organicShare).toMatchObject({ numerator: 10, denominator: 75 });
    expect(cac.sources.map((one) => [one.source, one.kind, one.customers, one.spend, one.cac.value])).toEqual(
      [
        ["ads", "paid", 60, 100000, 100000 / 60],
        ["fair", "paid", 0, 15000, null],
        ["search", "organic", 10, 0, null],
        [null, "unattributed", 5, 5000, 1000],
      ],
    );
    expect(cac.sources.map((one) => one.cac.reason)).toEqual([
      null,
      "customers acquired: 0",
      "spend: 0",
      null,
    ]);
    expect(cac.periods.map(({ period, blendedCac }) => [period.label, blendedCac.value])).toEqual([
      ["2024-01", 1250],
      ["2024-02", 20000 / 7],
      ["2024-03", 2000],
    ]);
  });

  it("a lag sets spend against later customers; what is not due yet is told", () => {
    const lagged = cacBySource(acquired, spend, { asOf, lag: 1 });
    expect(lagged.periods.map((one) => [one.period.label, one.customers, one.spend])).toEqual([
      ["2024-01", 48, 0],
      ["2024-02", 7, 60000],
      ["2024-03", 20, 20000],
    ]);
    expect(lagged.leftOut).toEqual({ customersAfterAsOf: 0, spendAfterAsOf: 0, spendNotYetDue: 40000 });
    const bySource = cacBySource(acquired, spend, { asOf, lag: new Map([["fair", 1]]) });
    expect(bySource.periods.map((one) => one.spend)).toEqual([60000, 5000, 55000]);
  });

  it("a period that is not over is in no total; what comes later is left out", () => {
    const cac = cacBySource(acquired, spend, { asOf: "2024-03-10" });
    expect(cac.periods.map(({ isOver, spend: own }) => [isOver, own])).toEqual([
      [true, 60000],
      [true, 20000],
      [false, 40000],
    ]);
    expect([cac.customers, cac.spend]).toEqual([55, 80000]);
    expect(cac.leftOut.customersAfterAsOf).toBe(20);
  });

  it("a fee for a quarter is dealt out by days, to the minor unit; its part after asOf is left out", () => {
    const fee = [{ source: "ads", period: { start: "2024-01-01", end: "2024-04-01" }, amount: 1000 }];
    // 91 days: 31, 29, 31. Shares 340.66, 318.68, 340.66: of the two units left over one goes to the largest fraction, one
    // to the first of the next.
    const whole = cacBySource(acquired, fee, { asOf });
    expect(whole.periods.map((one) => one.spend)).toEqual([341, 319, 340]);
    const part = cacBySource(acquired, fee, { asOf: "2024-02-15" });
    // 31, 14 and 46 days.
    expect(part.periods.map((one) => one.spend)).toEqual([341, 154]);
    expect(part.leftOut.spendAfterAsOf).toBe(505);
  });

  it("nothing falls to a day that the zone skipped", () => {
    const fee = [{ period: { start: "2011-12-29", end: "2012-01-01" }, amount: 100 }];
    const samoa = cacBySource([], fee, { asOf, by: "day", timeZone: "Pacific/Apia" });
    const spent = samoa.periods.filter((one) => one.spend > 0);
    expect(spent.map(({ period, spend: own }) => [period.label, own])).toEqual([
      ["2011-12-29", 50],
      ["2011-12-31", 50],
    ]);
  });

  it("hours are priced", () => {
    const visits = [{ source: "ads", at: "2024-01-05", amount: 1000, hours: 12.5 }];
    expect(cacBySource(acquired, visits, { asOf, hourlyRate: 200 }).spend).toBe(3500);
  });

  it("the table of acquiredCustomers", () => {
    const log = transactionLog(
      [
        { customerId: "ani", at: "2024-01-10", amount: 500, channel: "ads" },
        { customerId: "ani", at: "2024-02-10", amount: 500, channel: "store" },
        { customerId: "budi", at: "2024-02-20", amount: 300, channel: "ads" },
      ],
      { currency: "IDR" },
    );
    const table = acquiredCustomers(log, { asOf, source: "channel" });
    expect(cacBySource(table, spend, { asOf }).sources[0]).toMatchObject({
      source: "ads",
      customers: 2,
      spend: 100000,
    });
  });

  it("in the zone of the table of acquiredCustomers, unless told otherwise", () => {
    // 29 February, 18:00 UTC, is 1 March in Jakarta, and so is the civil day of the spend.
    const timeZone = "Asia/Jakarta";
    const log = transactionLog(
      [
        { customerId: "ani", at: "2024-02-29T18:00:00Z", amount: 500 },
        { customerId: "budi", at: "2024-03-05T09:00:00Z", amount: 300 },
      ],
      { currency: "IDR", timeZone },
    );
    const ads = [{ at: "2024-03-01", amount: 600 }];
    const won = acquiredCustomers(log, { asOf: "2024-04-05" });
    expect(won).toMatchObject({ timeZone, currency: "IDR", asOf: Date.UTC(2024, 3, 4, 17) });
    const months = (given: Parameters<typeof cacBySource>[0], options = {}) => {
      const cac = cacBySource(given, ads, { asOf: "2024-04-05", ...options });
      const over = cac.periods.filter(({ isOver }) => isOver);
      return [cac.timeZone, ...over.map(({ period, blendedCac }) => [period.label, blendedCac.value])];
    };
    expect(months(won)).toEqual([timeZone, ["2024-03", 300]]);
    const inUtc = ["UTC", ["2024-02", null], ["2024-03", 600]];
    expect(months(won, { timeZone: "UTC" })).toEqual(inUtc);
    // Rows say nothing of a zone, nor does a table made by hand.
    expect(months(rows(won))).toEqual(inUtc);
    expect(months(table(won.columns))).toEqual(inUtc);
    expect(thrown(() => months({ ...won, timeZone: "Java" })).path).toBe("acquired.timeZone");
  });

  it("a customer is won once, in a table and in rows that say who", () => {
    const columns = {
      customerId: ["ani", "budi", "ani"],
      at: ["2024-01-10", "2024-01-11", "2024-01-10"],
      source: [null, null, null],
    };
    const call = (given: unknown) => thrown(() => cacBySource(given as never, [], { asOf }));
    const twice = call(table(columns));
    expect([twice.code, twice.path]).toEqual(["INVALID_ROWS", "acquired[2].customerId"]);
    expect(twice.message).toContain('"ani" comes a second time');
    expect(call(rows(table(columns))).message).toBe(twice.message);
    expect(call(table({ ...columns, customerId: ["ani", "", "citra"] })).path).toBe("acquired[1].customerId");
    // 7 is "7".
    expect(call([7, "7"].map((customerId) => ({ at: "2024-01-10", customerId }))).path).toBe(
      "acquired[1].customerId",
    );
    const numbers = table({ ...columns, customerId: [7, 8, 9] as never });
    expect(cacBySource(numbers, [], { asOf }).customers).toBe(3);
  });

  test("any rows: counted anew; order, and counts for single rows, do not matter; periods add up", () => {
    const sources = fc.constantFrom("a", "b", null);
    const won = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 200 }).map(day), source: sources, customers: fc.nat(3) }),
      { maxLength: 20 },
    );
    const spent = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 200 }).map(day), source: sources, amount: fc.nat(1000) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(won, spent, fc.nat(3), fc.integer({ min: 1, max: 230 }), (some, paid, lag, until) => {
        const cac = cacBySource(some, paid, { asOf: day(until), lag });
        const isOver = (month: number) => monthStart(month + 1) <= day(until);
        for (const source of ["a", "b", null]) {
          const mine = cac.sources.find((one) => one.source === source);
          const customers = some
            .filter((one) => one.source === source && one.at < day(until) && isOver(monthOf(one.at)))
            .reduce((sum, one) => sum + one.customers, 0);
          const amount = paid
            .filter((one) => one.source === source && one.at < day(until) && isOver(monthOf(one.at) + lag))
            .reduce((sum, one) => sum + one.amount, 0);
          expect([mine?.customers ?? 0, mine?.spend ?? 0]).toEqual([customers, amount]);
        }
        const single = [...some]
          .reverse()
          .flatMap((one) => Array.from({ length: one.customers }, () => ({ ...one, customers: 1 })));
        const again = cacBySource(single, [...paid].reverse(), { asOf: day(until), lag });
        expect([again.customers, again.spend]).toEqual([cac.customers, cac.spend]);
        const over = cac.periods.filter((one) => one.isOver);
        expect(over.reduce((sum, one) => sum + one.spend, 0)).toBe(cac.spend);
        const all = paid.reduce((sum, one) => sum + one.amount, 0);
        const shown = cac.periods.reduce((sum, one) => sum + one.spend, 0);
        expect(shown + cac.leftOut.spendAfterAsOf + cac.leftOut.spendNotYetDue).toBe(all);
      }),
    );
  });

  test("any fee over any stretch of time: dealt out and left out, it sums to itself", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.nat(300),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(400),
        (amount, from, days, until) => {
          const fee = { period: { start: day(from), end: day(from + days) }, amount };
          const cac = cacBySource([], [fee], { asOf: day(until), by: "week" });
          expect(cac.periods.reduce((sum, one) => sum + one.spend, 0) + cac.leftOut.spendAfterAsOf).toBe(
            amount,
          );
        },
      ),
    );
  });

  it("refuses bad rows by row, field and value", () => {
    const bad = (rows: unknown, costs: unknown, options: object = {}) =>
      thrown(() => cacBySource(rows as AcquisitionRow[], costs as AcquisitionSpend[], { asOf, ...options }));
    expect(bad([{ at: "soon" }], [])).toMatchObject({ code: "INVALID_ROWS", path: "acquired[0].at" });
    expect(bad([{ at: day(1), customers: -1 }], []).message).toContain(
      "-1 is not a whole number of customers",
    );
    expect(bad([{ at: day(1), source: "" }], []).path).toBe("acquired[0].source");
    expect(bad([], [{ amount: 1 }]).message).toContain("neither at nor period");
    expect(bad([], [{ at: day(1), period: { start: day(1), end: day(2) }, amount: 1 }]).message).toContain(
      "both",
    );
    expect(bad([], [{ at: day(1) }]).message).toContain("neither amount nor hours");
    expect(bad([], [{ at: day(1), amount: 1.5 }]).path).toBe("spend[0].amount");
    expect(bad([], [{ at: day(1), hours: 2 }]).message).toContain("options.hourlyRate");
    expect(bad([], [{ period: { start: day(2), end: day(2) }, amount: 1 }]).path).toBe("spend[0].period.end");
    expect(bad([], [], { lag: -1 }).path).toBe("options.lag");
    expect(bad([], [], { lag: new Map([["ads", 0.5]]) })).toMatchObject({ path: 'options.lag.get("ads")' });
    expect(bad("rows", []).path).toBe("acquired");
    expect(bad([], "spend").path).toBe("spend");
    expect(bad([], [], { lag: null }).path).toBe("options.lag");
    const ancient = ["a", "b", "c"].map((source) => ({ source, at: "1000-01-01", amount: 1 }));
    expect(bad([], ancient, { by: "day" })).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.by" });
    const huge = { at: "2024-01-05", amount: Number.MAX_SAFE_INTEGER };
    expect(bad([], [huge, huge])).toMatchObject({ code: "UNSAFE_INTEGER" });
  });
});
