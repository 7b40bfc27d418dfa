import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { opportunitySummary } from "../../../src/lifetime/bg-bb/opportunity-summary.js";
import { trackTransactions } from "../../../src/lifetime/evaluation/track-transactions.js";
import type { BgBbModel } from "../../../src/lifetime/models/lifetime-model.js";
import { newCustomerTransactions } from "../../../src/lifetime/predictions/new-customer-transactions.js";

const MODEL: BgBbModel = {
  model: "bgBb",
  parameters: { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 },
  unit: "quarter",
};
const CAMPAIGNS = [
  { from: "2023-03-01", through: "2023-03-14" },
  { from: "2023-06-01", through: "2023-06-14" },
  { from: "2023-10-01", through: "2023-10-14" },
  { from: "2024-01-10", through: "2024-01-20" },
  { from: "2024-04-01", through: "2024-04-30" },
];
const log = transactionLog(
  [
    // Won at the first; buys twice at the second, between campaigns (which counts for nothing), and at the fourth.
    ...["2023-03-02", "2023-06-01", "2023-06-14", "2023-08-05", "2024-01-15"].map((at) => ({
      customerId: "ani",
      at,
    })),
    // Won between the first and the second; buys at the second, and at the fifth, which is not over.
    ...["2023-05-05", "2023-06-03", "2024-04-02"].map((at) => ({ customerId: "budi", at })),
    // Won after the model had learnt.
    ...["2024-01-11"].map((at) => ({ customerId: "citra", at })),
  ].map((purchase) => ({ ...purchase, amount: 100 })),
  { currency: "USD" },
);
const DAYS = { through: "2023-10-31", until: "2024-04-15" };

describe("campaigns followed", () => {
  const tracking = trackTransactions(MODEL, log, { ...DAYS, campaigns: CAMPAIGNS });
  const columns = tracking.periods.columns;

  test("a row for each that is over, with who bought again, by hand", () => {
    expect(columns.period).toEqual(["2023-03-01", "2023-06-01", "2023-10-01", "2024-01-10"]);
    expect(columns.lastDay).toEqual(["2023-03-14", "2023-06-14", "2023-10-14", "2024-01-20"]);
    expect(columns.phase).toEqual(["calibration", "calibration", "calibration", "holdout"]);
    expect(columns.actual).toEqual([0, 2, 0, 1]);
    expect(tracking.customers).toBe(2);
    expect([tracking.calibration.actual, tracking.holdout.actual]).toEqual([2, 1]);
  });

  test("expected is what new customers do at so many opportunities", () => {
    const of = (opportunities: number) => newCustomerTransactions(MODEL, { horizon: opportunities });
    // Ani's first campaign to come is the second, and so is Budi's.
    for (const [i, opportunities] of [0, 1, 2, 3].entries()) {
      expect(columns.cumulativeExpected[i]).toBeCloseTo(2 * of(opportunities), 12);
    }
    expect(tracking.holdout.expected).toBeCloseTo(2 * (of(3) - of(2)), 12);
  });

  test("counts what the summary of the same campaigns counts", () => {
    const summary = rows(
      opportunitySummary(log, { through: DAYS.through, holdoutThrough: DAYS.until, campaigns: CAMPAIGNS }),
    );
    const sum = (values: readonly (number | null)[]) =>
      values.reduce<number>((all, one) => all + (one ?? 0), 0);
    expect(sum(summary.map(({ x }) => x))).toBe(tracking.calibration.actual);
    expect(sum(summary.map(({ holdoutX }) => holdoutX))).toBe(tracking.holdout.actual);
  });
});
