import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lifetimeSummary } from "../../../src/history/lifetime-summary.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { opportunitySummary } from "../../../src/lifetime/bg-bb/opportunity-summary.js";
import { trackTransactions } from "../../../src/lifetime/evaluation/track-transactions.js";
import { newCustomerTransactions } from "../../../src/lifetime/predictions/new-customer-transactions.js";
import { BG_BB, BG_NBD, MODELS } from "../predictions/example-models.js";
import { thrown } from "../thrown.js";

const E = (weeks: number) => newCustomerTransactions(BG_NBD, { horizon: weeks });
const log = transactionLog(
  [
    { customerId: "ani", at: "2024-01-01", amount: 500 },
    { customerId: "ani", at: "2024-01-01", amount: 100 },
    { customerId: "ani", at: "2024-01-09", amount: 700 },
    { id: "B1", customerId: "budi", at: "2024-01-08", amount: 300 },
    { id: "B2", customerId: "budi", at: "2024-01-17", amount: 300 },
    { customerId: "budi", at: "2024-01-18", amount: -300, refundOf: "B2" },
    { customerId: "late", at: "2024-01-16", amount: 300 },
    { customerId: "late", at: "2024-01-17", amount: 300 },
  ],
  { currency: "IDR" },
);
const OPTIONS = { through: "2024-01-10", until: "2024-01-17", by: "week" } as const;

describe("trackTransactions", () => {
  test("by hand: two customers, a day bought twice, a customer who came too late", () => {
    const tracking = trackTransactions(BG_NBD, log, OPTIONS);
    const { columns } = tracking.periods;
    expect(columns.period).toEqual(["2024-W01", "2024-W02", "2024-W03"]);
    expect(columns.lastDay).toEqual(["2024-01-07", "2024-01-14", "2024-01-17"]);
    expect(columns.isOver).toEqual([true, true, false]);
    expect(columns.phase).toEqual(["calibration", "both", "holdout"]);
    expect(columns.customers).toEqual([1, 2, 2]);
    expect(columns.actual).toEqual([0, 1, 1]);
    expect(columns.cumulativeActual).toEqual([0, 1, 2]);
    // To 7, 14 and 17 January from the 1st and the 8th.
    const sums = [E(6 / 7), E(13 / 7) + E(6 / 7), E(16 / 7) + E(9 / 7)];
    columns.cumulativeExpected.forEach((sum, i) => {
      expect(sum).toBeCloseTo(sums[i], 14);
    });
    const seen = E(9 / 7) + E(2 / 7);
    expect(tracking.calibration).toMatchObject({ actual: 1, expected: expect.closeTo(seen, 14) });
    expect(tracking.holdout).toMatchObject({ actual: 1, expected: expect.closeTo(sums[2] - seen, 14) });
    expect(tracking.customers).toBe(2);
  });

  test("a purchase that is given back by the end is none; rows count one by one where asked", () => {
    const later = trackTransactions(BG_NBD, log, { ...OPTIONS, until: "2024-01-18" });
    expect(later.periods.columns.cumulativeActual.at(-1)).toBe(1);
    const rows = trackTransactions(BG_NBD, log, { ...OPTIONS, occasion: "transaction" });
    expect(rows.periods.columns.actual).toEqual([1, 1, 1]);
  });

  test("a log of nobody, and of nobody by then", () => {
    for (const through of ["2023-01-01", "2022-01-01"]) {
      const { periods, calibration } = trackTransactions(BG_NBD, log, { ...OPTIONS, through });
      expect(periods.length).toBe(0);
      expect(calibration).toMatchObject({ actual: 0, expected: 0, ratio: { value: null } });
    }
  });

  const day = (offset: number) => new Date(Date.UTC(2024, 0, 1 + offset)).toISOString().slice(0, 10);
  const logs = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 400 })), { minLength: 1 })
    .map((rows) =>
      transactionLog(
        rows.map(([customer, offset]) => ({ customerId: `c${customer}`, at: day(offset), amount: 100 })),
        { currency: "IDR" },
      ),
    );

  test("calibration is what lifetimeSummary counts, for every customer from their own T", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS.slice(0, 3)),
        logs,
        fc.integer({ min: 0, max: 200 }),
        (model, some, end) => {
          const summary = lifetimeSummary(some, {
            through: day(end),
            holdoutThrough: day(end + 90),
            unit: "week",
          });
          const { calibration, holdout, customers } = trackTransactions(model, some, {
            through: day(end),
            until: day(end + 90),
            by: "month",
          });
          const sum = (values: readonly (number | null)[]) =>
            values.reduce<number>((a, b) => a + (b ?? 0), 0);
          expect(customers).toBe(summary.length);
          expect(calibration.actual).toBe(sum(summary.columns.x));
          expect(holdout.actual).toBe(sum(summary.columns.holdoutX));
          const each = summary.columns.T.map((horizon) => newCustomerTransactions(model, { horizon }));
          expect(calibration.expected).toBeCloseTo(sum(each), 11);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("increments add up, and weeks say the same as days", () => {
    fc.assert(
      fc.property(logs, (some) => {
        const options = { through: day(100), until: day(370) };
        const weeks = trackTransactions(BG_NBD, some, { ...options, by: "week" }).periods.columns;
        const days = trackTransactions(BG_NBD, some, { ...options, by: "day" }).periods.columns;
        let [actual, expected] = [0, 0];
        weeks.lastDay.forEach((last, i) => {
          actual += weeks.actual[i];
          expected += weeks.expected[i];
          const place = days.lastDay.indexOf(last);
          expect(weeks.cumulativeActual[i]).toBe(actual);
          expect(days.cumulativeActual[place]).toBe(actual);
          expect(weeks.cumulativeExpected[i]).toBeCloseTo(expected, 10);
          expect(days.cumulativeExpected[place]).toBeCloseTo(expected, 10);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("BG/BB follows opportunities: those of opportunitySummary", () => {
    const gifts = transactionLog(
      [
        ["ani", "2015-05-01"],
        ["ani", "2016-03-10"],
        ["ani", "2016-12-24"],
        ["ani", "2018-01-05"],
        ["budi", "2016-07-01"],
        ["budi", "2017-07-01"],
        ["budi", "2019-02-01"],
      ].map(([customerId, at]) => ({ customerId, at, amount: 1000 })),
      { currency: "USD" },
    );
    const options = { through: "2017-12-31", until: "2019-06-30", by: "year" } as const;
    const { periods, calibration, holdout } = trackTransactions(BG_BB, gifts, options);
    const seen = opportunitySummary(gifts, { through: "2017-12-31", by: "year" });
    // 2019 is not over by then.
    expect(periods.columns.period).toEqual(["2015", "2016", "2017", "2018"]);
    expect(periods.columns.actual).toEqual([0, 1, 1, 1]);
    expect(calibration.actual).toBe(seen.columns.x[0] + seen.columns.x[1]);
    const two = newCustomerTransactions(BG_BB, { horizon: 2 });
    const one = newCustomerTransactions(BG_BB, { horizon: 1 });
    const three = newCustomerTransactions(BG_BB, { horizon: 3 });
    expect(calibration.expected).toBeCloseTo(two + one, 12);
    expect(holdout.expected).toBeCloseTo(three - one, 12);
    // Within 2018 the model has not seen its opportunity, which is not over.
    const within = trackTransactions(BG_BB, gifts, { ...options, through: "2018-06-30" });
    expect(within.periods.columns.phase).toEqual(["calibration", "calibration", "calibration", "holdout"]);
    expect([within.calibration.actual, within.holdout.actual]).toEqual([calibration.actual, holdout.actual]);
    expect(thrown(() => trackTransactions(BG_BB, gifts, { ...options, by: "month" })).path).toBe(
      "options.by",
    );
    expect(thrown(() => trackTransactions(BG_BB, gifts, { ...options, occasion: "transaction" })).path).toBe(
      "options.occasion",
    );
  });

  test("covariates of each customer", () => {
    const model = {
      ...BG_NBD,
      covariates: { transaction: { shop: 0.4 }, dropout: { shop: 0.1 } },
    } as typeof BG_NBD;
    const covariates = (id: string) => ({ shop: id === "ani" ? 1 : 0 });
    const { periods } = trackTransactions(model, log, { ...OPTIONS, covariates });
    const of = (shop: number, weeks: number) =>
      newCustomerTransactions(model, { horizon: weeks, covariates: { shop } });
    expect(periods.columns.cumulativeExpected[1]).toBeCloseTo(of(1, 13 / 7) + of(0, 6 / 7), 14);
    expect(thrown(() => trackTransactions(model, log, OPTIONS)).path).toBe("options.covariates.shop");
    const some = (id: string) => (id === "ani" ? { shop: 1 } : {}) as { shop: number };
    const error = thrown(() => trackTransactions(model, log, { ...OPTIONS, covariates: some }));
    expect(error.path).toBe("options.covariates.shop");
    expect(error.message).toContain('customer "budi"');
  });

  test("what is no period is refused also where there is nobody, and the work stops when told to", () => {
    const nobody = transactionLog([], { currency: "IDR" });
    const wrong = { ...OPTIONS, by: "fortnight" as "week" };
    expect(thrown(() => trackTransactions(BG_NBD, nobody, wrong)).path).toBe("options.by");
    const aborted = thrown(() => trackTransactions(BG_NBD, log, { ...OPTIONS, signal: { aborted: true } }));
    expect([aborted.code, aborted.path]).toEqual(["ABORTED", "options.signal"]);
  });

  test("days are those of the zone", () => {
    const late = transactionLog(
      [
        { customerId: "ani", at: "2024-01-07T16:00:00Z", amount: 1 },
        { customerId: "ani", at: "2024-01-07T18:00:00Z", amount: 1 },
      ],
      { currency: "IDR" },
    );
    const options = { through: "2024-01-08", until: "2024-01-09", by: "day" } as const;
    expect(trackTransactions(BG_NBD, late, options).calibration.actual).toBe(0);
    const jakarta = trackTransactions(BG_NBD, late, { ...options, timeZone: "Asia/Jakarta" });
    expect(jakarta.periods.columns.period).toEqual(["2024-01-07", "2024-01-08", "2024-01-09"]);
    expect(jakarta.periods.columns.actual).toEqual([0, 1, 0]);
  });

  test.each([
    [{ through: "2024-13-01" }, "options.through", "2024-13-01"],
    [{ until: "2024-01-09" }, "options.until", "2024-01-10"],
    [{ by: "fortnight" }, "options.by", 'options.by is "fortnight"'],
    [{ by: { days: 0, anchor: "2024-01-01" } }, "options.by.days", "options.by.days is 0"],
    [{ covariates: { shop: 1 } }, "options.covariates", "pass a function"],
    [{ campaigns: [] }, "options.by", "one of them"],
    [{ by: undefined }, "options.by", "one of them"],
    [{ by: undefined, campaigns: [] }, "options.campaigns", "BG/BB"],
    [{ occasion: "visit" }, "options.occasion", "visit"],
  ])("refuses %j", (options, path, words) => {
    const error = thrown(() => trackTransactions(BG_NBD, log, { ...OPTIONS, ...options } as never));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(words);
  });
});
