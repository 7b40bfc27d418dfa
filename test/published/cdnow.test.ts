import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { toMinorUnits } from "../../src/core/minor-units.js";
import { rows } from "../../src/core/table.js";
import { customerSummary } from "../../src/history/customer-summary.js";
import { lifetimeSummary } from "../../src/history/lifetime-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";

// CDNOW: purchases of compact discs by the 23,570 customers who first bought in the first quarter of 1997, to June 1998,
// and the 1/10 systematic sample of Fader & Hardie (2001), "Forecasting Repeat Sales at CDNOW: A Case Study", Interfaces
// 31(3); data published by Bruce Hardie, brucehardie.com/datasets. Calibration ends on 1997-09-30, holdout on 1998-06-30.
// The sample's figures are those of Fader, Hardie & Lee (2005), Marketing Science 24(2) (N 2,357; 1,411 without a repeat
// purchase; 946 repeat buyers with a mean repeat spend of 35.08), to more digits by an independent program.

const PERIODS = { through: "1997-09-30", holdoutThrough: "1998-06-30" } as const;

type Purchase = readonly [customerId: number, day: string, cents: number];
type Expected = readonly [
  customerId: number,
  x: number,
  tx: number,
  T: number,
  meanRepeatSpend: number | null,
  holdoutX: number,
  holdoutSpend: number,
];

// Ten customers of the sample: with several purchases on one day, a purchase of zero, many repeats, none.
// biome-ignore format: a line for each customer
const PURCHASES: readonly Purchase[] = [
  [1, "1997-01-01", 2933], [1, "1997-01-18", 2973], [1, "1997-08-02", 1496], [1, "1997-12-12", 2648],
  [2, "1997-01-01", 6334], [2, "1997-01-13", 1177],
  [3, "1997-01-01", 679],
  [11, "1997-01-01", 1899], [11, "1997-01-27", 1437], [11, "1997-02-01", 977], [11, "1997-03-02", 1599], [11, "1997-05-04", 4733], [11, "1997-06-21", 5974], [11, "1997-11-11", 3298],
  [26, "1997-01-02", 399], [26, "1997-01-13", 16689], [26, "1997-01-13", 6025],
  [46, "1997-01-03", 4070], [46, "1997-01-14", 1496], [46, "1997-01-21", 4313], [46, "1997-01-27", 1496], [46, "1997-02-04", 3933], [46, "1997-04-11", 2992], [46, "1997-06-27", 3793], [46, "1997-07-10", 2673], [46, "1997-07-14", 2958], [46, "1997-07-29", 1496], [46, "1997-07-31", 2197], [46, "1997-08-28", 2973], [46, "1997-08-28", 2774], [46, "1997-09-01", 2354], [46, "1997-10-13", 3248], [46, "1997-10-28", 2448], [46, "1997-12-14", 3597], [46, "1998-01-10", 2648], [46, "1998-02-13", 2898], [46, "1998-03-01", 3098], [46, "1998-03-05", 3247], [46, "1998-03-25", 2598], [46, "1998-04-15", 1188], [46, "1998-05-31", 1299],
  [51, "1997-01-03", 5510], [51, "1998-04-11", 9381], [51, "1998-04-11", 2098],
  [87, "1997-01-05", 0],
  [92, "1997-01-05", 4728], [92, "1997-01-11", 6084], [92, "1997-01-14", 1994], [92, "1997-01-22", 2474], [92, "1997-02-10", 2354], [92, "1997-05-18", 9919], [92, "1997-09-24", 7697], [92, "1998-04-18", 6279],
  [147, "1997-01-07", 1397], [147, "1997-02-07", 1439], [147, "1997-05-15", 4195], [147, "1997-07-05", 4357], [147, "1997-07-31", 977], [147, "1997-07-31", 977], [147, "1997-12-11", 1499],
];

// Time in days, money in dollars.
// biome-ignore format: a line for each customer
const EXPECTED: readonly Expected[] = [
  [1, 2, 213, 272, 22.345, 1, 26.48],
  [2, 1, 12, 272, 11.77, 0, 0],
  [3, 0, 0, 272, null, 0, 0],
  [11, 5, 171, 272, 29.440000000000005, 1, 32.98],
  [26, 1, 11, 271, 227.14, 0, 0],
  [46, 12, 241, 270, 29.540000000000006, 10, 262.69],
  [51, 0, 0, 270, null, 1, 114.79],
  [87, 0, 0, 268, null, 0, 0],
  [92, 6, 262, 268, 50.870000000000005, 1, 62.79],
  [147, 4, 205, 266, 29.862499999999997, 1, 14.99],
];

/** A sum of a few cents over a count: a relative error of a few units of the last place of a double. */
const CLOSE = 1e-12;

function expectSummary(purchases: readonly Purchase[], expected: readonly Expected[]): void {
  const log = transactionLog(
    purchases.map(([customerId, at, amount]) => ({ customerId, at, amount })),
    { currency: "USD" },
  );
  const summary = rows(lifetimeSummary(log, PERIODS));
  expect(summary.map(({ customerId, x, tx, T, holdoutX }) => [customerId, x, tx, T, holdoutX])).toEqual(
    expected.map(([customerId, x, tx, T, , holdoutX]) => [String(customerId), x, tx, T, holdoutX]),
  );
  for (const [place, [, , , , spend, , holdout]] of expected.entries()) {
    const { meanRepeatSpend, holdoutSpend } = summary[place];
    if (spend === null) expect(meanRepeatSpend).toBe(null);
    else expect(Math.abs((meanRepeatSpend ?? Number.NaN) / 100 / spend - 1)).toBeLessThan(CLOSE);
    expect(holdoutSpend).toBe(toMinorUnits(holdout, "USD"));
  }
}

test("ten customers of the sample", () => expectSummary(PURCHASES, EXPECTED));

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const sampleFile = `${shared}data/CDNOW_sample.txt`;
const summaryFile = `${shared}reference/cdnow_sample_summary_exact_days.csv`;
const masterFile = `${shared}data/CDNOW_master.txt`;

/** Lines of blanks-separated fields whose last two or three are day, (number of discs,) dollars. */
const purchasesOf = (file: string, customerField: number, dayField: number): Purchase[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => /^\d{8}$/.test(fields[dayField] ?? ""))
    .map((fields) => [
      Number(fields[customerField]),
      fields[dayField].replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"),
      toMinorUnits(fields[dayField + 2], "USD"),
    ]);

// The data are not part of the project: these run where they lie beside it, and show as skipped elsewhere.
describe.skipIf(!existsSync(sampleFile))("the whole sample (../shared/data/CDNOW_sample.txt)", () => {
  test("the published totals", () => {
    const log = transactionLog(
      purchasesOf(sampleFile, 1, 2).map(([customerId, at, amount]) => ({ customerId, at, amount })),
      { currency: "USD" },
    );
    const summary = rows(lifetimeSummary(log, PERIODS));
    const repeaters = summary.filter(({ x }) => x > 0);
    const spend = repeaters.reduce((sum, { meanRepeatSpend }) => sum + (meanRepeatSpend ?? 0), 0);
    expect(summary.length).toBe(2357);
    expect(summary.reduce((sum, { x }) => sum + x, 0)).toBe(2457);
    expect(summary.length - repeaters.length).toBe(1411);
    expect(new Set(summary.map(({ x, tx, T }) => `${x} ${tx} ${T}`)).size).toBe(1016);
    expect(repeaters.length).toBe(946);
    expect((spend / repeaters.length / 100).toFixed(4)).toBe("35.0778");
    expect(summary.reduce((sum, { holdoutX }) => sum + (holdoutX ?? 0), 0)).toBe(1882);
  });

  test.skipIf(!existsSync(summaryFile))("every customer against an independent program", () => {
    const [, ...lines] = readFileSync(summaryFile, "utf8").trim().split("\n");
    const expected = lines.map((line): Expected => {
      const [id, x, tx, T, spend, holdoutX, holdoutSpend] = line.split(",").map(Number);
      return [id, x, tx, T, x > 0 ? spend : null, holdoutX, holdoutSpend];
    });
    expect(expected.length).toBe(2357);
    expectSummary(purchasesOf(sampleFile, 1, 2), expected);
  });
});

describe.skipIf(!existsSync(masterFile))("all customers (../shared/data/CDNOW_master.txt)", () => {
  test("rows, zeros, customers, dollars, and who bought in the 12 months before 1998-07-01", () => {
    const log = transactionLog(
      purchasesOf(masterFile, 0, 1).map(([customerId, at, amount]) => ({ customerId, at, amount })),
      { currency: "USD" },
    );
    expect(log.length).toBe(69_659);
    expect(log.amount.filter((amount) => amount === 0).length).toBe(80);
    expect(log.customerIds.length).toBe(23_570);
    const asOf = "1998-07-01";
    const all = customerSummary(log, { asOf });
    expect(all.columns.net.reduce((sum, net) => sum + net, 0)).toBe(2_500_315_63);
    const { purchases } = customerSummary(log, { asOf, window: { start: "1997-07-01", end: asOf } }).columns;
    const active = purchases.filter((count) => count > 0).length;
    expect([active, purchases.length - active]).toEqual([8_332, 15_238]);
  });
});
