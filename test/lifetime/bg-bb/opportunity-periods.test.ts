import { describe, expect, test } from "vitest";
import { row, rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { fitBgBb } from "../../../src/lifetime/bg-bb/fit-bg-bb.js";
import { opportunitySummary } from "../../../src/lifetime/bg-bb/opportunity-summary.js";
import { evaluateLifetimeModel } from "../../../src/lifetime/evaluation/evaluate-lifetime-model.js";
import { trackTransactions } from "../../../src/lifetime/evaluation/track-transactions.js";
import type { BgBbModel } from "../../../src/lifetime/models/lifetime-model.js";
import { parseLifetimeModel } from "../../../src/lifetime/parse-lifetime-model.js";
import { discountedTransactions } from "../../../src/lifetime/predictions/discounted-transactions.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import { simulateCustomers } from "../../../src/lifetime/predictions/simulate-customers.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";

const PARAMETERS = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 };
const QUARTERLY: BgBbModel = { model: "bgBb", parameters: PARAMETERS, unit: "quarter" };

function logOf(days: readonly string[]) {
  return transactionLog(
    days.map((at) => ({ customerId: "ani", at, amount: 100 })),
    { currency: "USD" },
  );
}

/** Customers who first buy in the first quarter of 2020, each purchase in the middle of a quarter. */
function drawnLog() {
  const { purchases, length } = simulateCustomers(QUARTERLY, {
    ...{ customers: 1500, T: 15, purchases: true, seed: 4 },
  });
  const { offsets, time } = purchases ?? expect.fail("no purchases");
  const records = Array.from({ length }, (_, i) =>
    [0, ...time.slice(offsets[i], offsets[i + 1])].map((quarter) => ({
      customerId: `c${i}`,
      at: `${2020 + Math.floor(quarter / 4)}-${String(3 * (quarter % 4) + 2).padStart(2, "0")}-15`,
      amount: 100,
    })),
  ).flat();
  return transactionLog(records, { currency: "USD" });
}

describe("opportunities of any period", () => {
  const log = logOf(["2023-02-10", "2023-05-01", "2023-06-30", "2024-01-02"]);

  test("quarters, half-years, and quarters of a year that begins in February", () => {
    const of = (options: object) =>
      row(opportunitySummary(log, { through: "2024-06-30", ...options } as never), 0);
    // Quarters: 1 of 2023, then 2 (twice), and 1 of 2024, the fourth after; the fifth is over.
    expect(of({ by: "quarter" })).toMatchObject({ x: 2, tx: 4, T: 5, meanRepeatSpend: 150 });
    // Half-years: the first purchase and the two next in one, then the first of 2024.
    expect(of({ by: "halfYear" })).toMatchObject({ x: 1, tx: 2, T: 2 });
    // February to April, May to July, ..., November to January (with 2 January), February to April 2024; that of May goes on.
    expect(of({ by: "quarter", firstMonth: 2 })).toMatchObject({ x: 2, tx: 3, T: 4 });
  });

  test("periods of 14 days from an anchor, which have no unit of their own", () => {
    const by = { days: 14, anchor: "2023-01-02" } as const;
    const summary = opportunitySummary(log, { through: "2023-07-30", by });
    expect(summary.unit).toBeNull();
    // Days from the anchor: 39, 119, 179 lie in periods 2, 8 and 12; day 210 begins period 15.
    expect(rows(summary)).toMatchObject([{ x: 2, tx: 10, T: 12 }]);
    expect(opportunitySummary(log, { through: "2023-07-30", by: "quarter" }).unit).toBe("quarter");
  });

  test("what is no period is refused", () => {
    const error = thrown(() => opportunitySummary(log, { through: "2024-06-30", by: "decade" as never }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.by" });
    expect(error.message).toContain("decade");
  });
});

describe("a model by quarter", () => {
  const log = drawnLog();
  const fit = fitBgBb(log, { through: "2022-12-31", unit: "quarter" });
  if (!fit.converged) throw new Error(fit.reason);

  test("from a log as from its summary, with what made the customers within 4 standard errors", () => {
    const summary = opportunitySummary(log, { through: "2022-12-31", by: "quarter" });
    expect(fitBgBb(summary, {})).toEqual(fit);
    const parameters = Object.values(fit.parameters);
    for (const [i, truth] of Object.values(PARAMETERS).entries()) {
      const distance =
        Math.log((parameters[i] as number) / truth) / Math.sqrt(fit.covariance[i]?.[i] as number);
      expect(Math.abs(distance)).toBeLessThan(4);
    }
    expect(parseLifetimeModel(JSON.parse(JSON.stringify(fit)))).toEqual(fit);
  });

  test("is discounted by quarters of a year", () => {
    const customer = { x: 3, tx: 7, T: 8 };
    const upTo = (horizon: number) => expectedTransactions(QUARTERLY, customer, { horizon });
    let sum = 0;
    for (let quarter = 1; quarter <= 12; quarter++) {
      sum += (upTo(quarter) - upTo(quarter - 1)) / 1.1 ** (quarter / 4);
    }
    const got = discountedTransactions(QUARTERLY, customer, { discountRate: 0.1, horizon: 12 });
    // Differences of sums of up to 3.
    expect(relativeError(got, sum)).toBeLessThan(1e-13);
  });

  test("is held against a holdout, and followed quarter by quarter", () => {
    const held = opportunitySummary(log, {
      ...{ through: "2022-12-31", holdoutThrough: "2023-12-31", by: "quarter" },
    });
    const { transactions, horizon } = evaluateLifetimeModel(fit, held);
    expect(horizon).toBe(4);
    const tracking = trackTransactions(fit, log, {
      ...{ through: "2022-12-31", until: "2023-12-31", by: "quarter" },
    });
    expect(tracking.periods.columns.period.at(-1)).toBe("2023-Q4");
    // The same purchases; expectations given histories and without them differ by what the base shows of itself.
    expect(tracking.holdout.actual).toBe(transactions.actual);
    for (const ratio of [transactions.ratio.value, tracking.holdout.ratio.value]) {
      expect(Math.abs((ratio ?? 0) - 1)).toBeLessThan(0.1);
    }
    const error = thrown(() =>
      trackTransactions(fit, log, { through: "2022-12-31", until: "2023-12-31", by: "month" }),
    );
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.by" });
    expect(error.message).toContain("quarter");
  });
});
