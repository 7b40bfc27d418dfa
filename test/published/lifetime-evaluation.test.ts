import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { toMinorUnits } from "../../src/core/minor-units.js";
import { lifetimeSummary } from "../../src/history/lifetime-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { compareLifetimeModels } from "../../src/lifetime/evaluation/compare-lifetime-models.js";
import { evaluateLifetimeModel } from "../../src/lifetime/evaluation/evaluate-lifetime-model.js";
import { frequencyFit } from "../../src/lifetime/evaluation/frequency-fit.js";
import { trackTransactions } from "../../src/lifetime/evaluation/track-transactions.js";
import { probabilityAlive } from "../../src/lifetime/predictions/probability-alive.js";

// CDNOW, the sample of Fader, Hardie & Lee (2005), Marketing Science 24(2): 2,357 customers of 1997-01-01 to 03-25, calibration
// to 1997-09-30, holdout to 1998-06-30. Holdout table and sums at the published BG/NBD parameters: an independent program.
// Tracking: the vignette "Buy 'Til You Die - A Walkthrough" of R's BTYD (Pareto/NBD, weeks 20 to 25), as it prints it.

const BG = {
  model: "bgNbd",
  parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  unit: "week",
} as const;
/** The maximum of the likelihood on the sample: BTYD's own search ends within 1e-3 of it. */
const PARETO = {
  model: "paretoNbd",
  parameters: {
    r: 0.5532770468531796,
    alpha: 10.57768346330231,
    s: 0.6062399891278263,
    beta: 11.66873528885501,
  },
  unit: "week",
} as const;
const PERIODS = { through: "1997-09-30", holdoutThrough: "1998-06-30" } as const;

const sampleFile = fileURLToPath(new URL("../../../shared/data/CDNOW_sample.txt", import.meta.url));

function sample() {
  const lines = readFileSync(sampleFile, "utf8").trim().split(/\r?\n/);
  return transactionLog(
    lines.map((line) => {
      const [, customer, day, , dollars] = line.trim().split(/\s+/);
      return {
        customerId: Number(customer),
        at: day.replace(/(\d{4})(\d{2})(\d{2})/, "$1-$2-$3"),
        amount: toMinorUnits(dollars, "USD"),
      };
    }),
    { currency: "USD" },
  );
}

// Skipped where the data are not beside the project: they are not ours to publish.
describe.skipIf(!existsSync(sampleFile))("the whole sample (../shared/data/CDNOW_sample.txt)", () => {
  // Read only when it is there.
  const log = existsSync(sampleFile) ? sample() : transactionLog([], { currency: "USD" });
  const summary = lifetimeSummary(log, { ...PERIODS, unit: "week" });

  test("the holdout table at the published parameters of BG/NBD", () => {
    const { transactions, byFrequency, customers, horizon } = evaluateLifetimeModel(BG, summary);
    expect([customers, horizon, transactions.actual]).toEqual([2357, 39, 1882]);
    // As many digits as the reference has.
    expect(transactions.expected).toBeCloseTo(1653.94125931, 7);
    expect(transactions.meanAbsoluteError).toBeCloseTo(0.785609, 6);
    expect(transactions.rootMeanSquaredError).toBeCloseTo(1.607978, 6);
    expect(transactions.correlation).toBeCloseTo(0.625641, 6);
    const { actual, expected } = byFrequency.columns;
    [0.2367, 0.697, 1.3925, 1.56, 2.5323, 2.9474, 3.8621, 6.3594].forEach((mean, bin) => {
      expect(actual[bin]).toBeCloseTo(mean, 4);
    });
    [0.2255, 0.5232, 1.0442, 1.5203, 2.1639, 2.6538, 3.504, 6.1571].forEach((mean, bin) => {
      expect(expected[bin]).toBeCloseTo(mean, 4);
    });
    const alive = probabilityAlive(BG, summary).reduce((sum, chance) => sum + chance, 0);
    expect(alive).toBeCloseTo(1917.21714588, 7);
  });

  test("the weekly purchases of BTYD's walkthrough", () => {
    const by = { days: 7, anchor: "1997-01-01" } as const;
    const { columns } = trackTransactions(PARETO, log, {
      through: "1997-09-30",
      until: "1998-06-30",
      by,
    }).periods;
    expect(columns.period).toHaveLength(78);
    expect(columns.cumulativeActual.slice(19, 25)).toEqual([1359, 1414, 1484, 1517, 1573, 1672]);
    expect(columns.actual.slice(19, 25)).toEqual([73, 55, 70, 33, 56, 99]);
  });

  test("the expectations of BTYD's walkthrough, which counts a day more than T to the end of a week", () => {
    const by = { days: 7, anchor: "1997-01-02" } as const;
    const { columns } = trackTransactions(PARETO, log, {
      through: "1997-09-30",
      until: "1998-07-01",
      by,
    }).periods;
    // The first day stands alone before the first week.
    expect(columns.cumulativeExpected.slice(20, 26).map(Math.round)).toEqual([
      1309, 1385, 1460, 1533, 1604, 1674,
    ]);
    // The published figures are cut off after the second digit.
    [78.31, 76.42, 74.65, 72.98, 71.41, 69.93].forEach((expected, week) => {
      expect(Math.floor(100 * columns.expected[20 + week]) / 100).toBe(expected);
    });
  });

  test("three models side by side, at the likelihoods of the literature", () => {
    const { table, best, naive, parameters } = compareLifetimeModels(log, { ...PERIODS, unit: "week" });
    expect(table.columns.converged).toEqual([true, true, true]);
    // To 1e-8, with the summary of exact days.
    [-9582.42920667393, -9582.13571555375, -9594.97617893954].forEach((logLikelihood, i) => {
      expect(table.columns.logLikelihood[i]).toBeCloseTo(logLikelihood, 7);
    });
    expect(best.aic).toBe("mbgNbd");
    expect(parameters.length).toBe(12);
    // All three beat "everyone goes on at their own rate".
    for (const error of table.columns.rootMeanSquaredError)
      expect(error).toBeLessThan(naive?.rootMeanSquaredError ?? 0);
  });

  test("customers by number of repeat purchases: all of them, and 1,411 without one", () => {
    const { byFrequency, customers } = frequencyFit(BG, summary);
    expect(customers).toBe(2357);
    expect(byFrequency.columns.actual[0]).toBe(1411);
    expect(byFrequency.columns.expected.reduce((sum, count) => sum + count, 0)).toBeCloseTo(2357, 8);
  });
});
