import { describe, expect, test } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import {
  type HistoricalValueOptions,
  historicalValue,
} from "../../../src/lifetime/formulas/historical-value.js";
import { simpleLifetimeValue } from "../../../src/lifetime/formulas/simple-lifetime-value.js";
import { thrown } from "../thrown.js";

const rows = [
  { id: "1", customerId: "ani", at: "2020-01-01", amount: 1000, cost: 600 },
  { id: "2", customerId: "ani", at: "2024-01-01", amount: 500, cost: 300 },
  { id: "3", customerId: "budi", at: "2024-01-01", amount: 200, cost: 150 },
  { id: "4", customerId: "budi", at: "2024-06-01", amount: -50, cost: 0, refundOf: "3" },
];
const log = transactionLog(rows, { currency: "IDR" });
const asOf = "2025-01-01";

describe("historicalValue", () => {
  test("sums of revenue and of profit, refunds taken off once they are known", () => {
    expect(historicalValue(log, { asOf, measure: "revenue" })).toMatchObject({
      length: 2,
      columns: { customerId: ["ani", "budi"], value: [1500, 150] },
      total: 1650,
      currency: "IDR",
      asOf: Date.UTC(2025, 0, 1),
    });
    expect(historicalValue(log, { asOf, measure: "profit" }).columns.value).toEqual([600, 0]);
    expect(historicalValue(log, { asOf: "2024-05-01", measure: "profit" }).columns.value).toEqual([600, 50]);
  });

  test("carried forward: an amount of five years of 365.25 days and less than a day ago", () => {
    const { columns, total } = historicalValue(log, { asOf, measure: "revenue", discountRate: 0.1 });
    const years = (days: number) => 1.1 ** (days / 365.25);
    const expected = [1000 * years(1827) + 500 * years(366), 150 * years(366)];
    expect(columns.value[0]).toBeCloseTo(expected[0] as number, 9);
    expect(columns.value[1]).toBeCloseTo(expected[1] as number, 9);
    expect(total).toBeCloseTo((expected[0] as number) + (expected[1] as number), 9);
  });

  test("a rate of zero is the plain sum; a window counts what lies in it", () => {
    const zero = historicalValue(log, { asOf, measure: "profit", discountRate: 0 });
    expect(zero.columns).toEqual(historicalValue(log, { asOf, measure: "profit" }).columns);
    const window = { start: "2023-01-01", end: "2025-01-01" };
    expect(historicalValue(log, { asOf, window, measure: "revenue" }).columns.value).toEqual([500, 150]);
    expect(historicalValue(log, { asOf, window, measure: "revenue", discountRate: 0 }).total).toBe(650);
  });

  test.each([
    [{ asOf }, "options.measure"],
    [{ asOf, measure: "sales" }, "options.measure"],
    [{ measure: "revenue" }, "options.asOf"],
    [{ asOf, measure: "revenue", discountRate: -1 }, "options.discountRate"],
  ])("%o names %s", (options, path) => {
    const error = thrown(() => historicalValue(log, options as HistoricalValueOptions));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });

  test("profit of a log without costs is asked in vain", () => {
    const sales = transactionLog([{ customerId: "ani", at: "2020-01-01", amount: 5 }], { currency: "IDR" });
    expect(thrown(() => historicalValue(sales, { asOf, measure: "profit" })).message).toContain("no costs");
  });
});

describe("simpleLifetimeValue", () => {
  test("50 x 4 x 0.3 x 5", () => {
    expect(simpleLifetimeValue({ purchaseValue: 50, purchasesPerYear: 4, marginShare: 0.3, years: 5 })).toBe(
      300,
    );
  });

  test("30 for 30 % is a mistake", () => {
    const error = thrown(() =>
      simpleLifetimeValue({ purchaseValue: 50, purchasesPerYear: 4, marginShare: 30, years: 5 }),
    );
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.marginShare" });
    expect(error.message).toContain("30");
  });
});
