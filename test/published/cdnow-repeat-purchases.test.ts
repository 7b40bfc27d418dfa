import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { toMinorUnits } from "../../src/core/minor-units.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { purchaseIntervals } from "../../src/retention/purchases/purchase-intervals.js";
import { repeatPurchaseRate } from "../../src/retention/purchases/repeat-purchase-rate.js";

// The 1/10 sample of the CDNOW customers (see cdnow.test.ts): of 2,357 buyers 1,411 made no repeat purchase up to
// 1997-09-30, 946 did, 2,457 times in all (Fader, Hardie & Lee 2005, Marketing Science 24(2)).

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const sampleFile = `${shared}data/CDNOW_sample.txt`;
const summaryFile = `${shared}reference/cdnow_sample_summary_exact_days.csv`;
const isHere = existsSync(sampleFile) && existsSync(summaryFile);

// The data are not part of the project: these run where they lie beside it, and show as skipped elsewhere.
describe.skipIf(!isHere)("the whole sample (../shared/data/CDNOW_sample.txt)", () => {
  const asOf = "1997-10-01";
  const log = () =>
    transactionLog(
      readFileSync(sampleFile, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => /^\d{8}$/.test(fields[2] ?? ""))
        .map((fields) => ({
          customerId: Number(fields[1]),
          at: fields[2].replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"),
          amount: toMinorUnits(fields[4], "USD"),
        })),
      { currency: "USD" },
    );
  // Per customer x and tx in days, by an independent program.
  const summary = () =>
    readFileSync(summaryFile, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number))
      .map(([, x = 0, tx = 0, T = 0]) => ({ x, tx, T }));

  test("946 of 2,357 bought again", () => {
    const { rate, distribution, purchases } = repeatPurchaseRate(log(), { asOf });
    expect([rate.numerator, rate.denominator]).toEqual([946, 2357]);
    expect(purchases).toBe(2357 + 2457);
    expect([distribution.columns.purchases[0], distribution.columns.customers[0]]).toEqual([1, 1411]);
  });

  test("the distribution is that of x + 1", () => {
    const { columns } = repeatPurchaseRate(log(), { asOf }).distribution;
    const counts = summary().map(({ x }) => x + 1);
    columns.purchases.forEach((purchases, i) => {
      expect(columns.customers[i]).toBe(counts.filter((count) => count === purchases).length);
    });
  });

  test("2,457 gaps, tx days in all; open waits of T - tx and a day", () => {
    const { gaps, open } = purchaseIntervals(log(), { asOf });
    const total = summary().reduce((sum, { tx }) => sum + tx, 0);
    expect([gaps.count, gaps.mean]).toEqual([2457, total / 2457]);
    // The calibration ends with 30 September, asOf is the day after.
    const waiting = summary().reduce((sum, { tx, T }) => sum + T - tx + 1, 0);
    expect([open.count, open.mean]).toEqual([2357, waiting / 2357]);
  });
});
