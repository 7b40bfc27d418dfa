import { describe, expect, test } from "vitest";
import { rows } from "../../../src/core/table.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { fitBgNbd } from "../../../src/lifetime/bg-nbd/fit-bg-nbd.js";
import { compareLifetimeModels } from "../../../src/lifetime/evaluation/compare-lifetime-models.js";
import { evaluateLifetimeModel } from "../../../src/lifetime/evaluation/evaluate-lifetime-model.js";
import { simulateCustomers } from "../../../src/lifetime/predictions/simulate-customers.js";
import { PARETO_NBD } from "../predictions/example-models.js";
import { thrown } from "../thrown.js";

const customers = simulateCustomers(PARETO_NBD, { customers: 20_000, T: 39, holdout: 26, seed: 7 });
const comparison = compareLifetimeModels(customers, { horizon: 26 });

describe("compareLifetimeModels", () => {
  test("each row is what fitting and evaluating alone give", () => {
    const alone = fitBgNbd(customers);
    if (!alone.converged) throw new Error(alone.reason);
    const { transactions, ranking, logLikelihood } = evaluateLifetimeModel(alone, customers, { horizon: 26 });
    expect(comparison.fits.bgNbd).toEqual(alone);
    expect(rows(comparison.table)[0]).toEqual({
      model: "bgNbd",
      converged: true,
      reason: null,
      estimated: 4,
      logLikelihood: alone.logLikelihood,
      aic: alone.aic,
      bic: alone.bic,
      totalRatio: transactions.ratio.value,
      meanAbsoluteError: transactions.meanAbsoluteError,
      rootMeanSquaredError: transactions.rootMeanSquaredError,
      correlation: transactions.correlation,
      normalizedGini: ranking.normalizedGini,
      holdoutLogLikelihood: logLikelihood,
    });
    expect(rows(comparison.parameters).slice(0, 2)).toEqual([
      { model: "bgNbd", parameter: "r", estimate: alone.parameters.r, standardError: alone.standardErrors.r },
      {
        ...{ model: "bgNbd", parameter: "alpha", estimate: alone.parameters.alpha },
        standardError: alone.standardErrors.alpha,
      },
    ]);
    expect(comparison.naive).toEqual(comparison.evaluations.mbgNbd?.naive);
  });

  test("the best is that of the column, and the true model has the best likelihood of 20,000 of its customers", () => {
    const { columns } = comparison.table;
    const of = (criterion: "aic" | "rootMeanSquaredError") =>
      columns.model[columns[criterion].indexOf(Math.min(...columns[criterion].map(Number)))];
    expect(comparison.best.aic).toBe(of("aic"));
    expect(comparison.best.rootMeanSquaredError).toBe(of("rootMeanSquaredError"));
    expect(comparison.best.aic).toBe("paretoNbd");
  });

  test("without a holdout fits alone are compared", () => {
    const { x, tx, T } = customers.columns;
    const plain = compareLifetimeModels({ x, tx, T }, { unit: "week", models: ["paretoNbd", "bgNbd"] });
    expect(plain.table.columns.model).toEqual(["paretoNbd", "bgNbd"]);
    expect(plain.table.columns.aic).toEqual([2, 0].map((i) => comparison.table.columns.aic[i]));
    expect(plain.table.columns.correlation).toEqual([null, null]);
    expect(plain.best.correlation).toBeNull();
    expect([plain.naive, plain.evaluations]).toEqual([null, {}]);
  });

  test("a fit that fails is a row with its reason", () => {
    const log = transactionLog(
      ["ani", "budi"].map((customerId) => ({ customerId, at: "2024-01-01", amount: 1 })),
      { currency: "IDR" },
    );
    const { table, best, parameters } = compareLifetimeModels(log, {
      through: "2024-03-01",
      holdoutThrough: "2024-06-01",
    });
    expect(table.columns.converged).toEqual([false, false, false]);
    for (const reason of table.columns.reason) expect(reason).toMatch(/nobody|repeat/i);
    expect(table.columns.aic).toEqual([null, null, null]);
    expect(best.aic).toBeNull();
    expect(parameters.length).toBe(0);
  });

  test("covariates and priors go to their model", () => {
    const shop = Float64Array.from(customers.columns.x, (_, i) => i % 2);
    const { fits, parameters } = compareLifetimeModels(
      { ...customers.columns, covariates: { shop } },
      {
        models: ["bgNbd"],
        unit: "week",
        horizon: 26,
        fit: { bgNbd: { covariates: { transaction: ["shop"] } } },
      },
    );
    expect(fits.bgNbd?.converged).toBe(true);
    expect(rows(parameters).map(({ parameter }) => parameter)).toContain("transaction.shop");
    for (const error of parameters.columns.standardError) expect(error).toBeGreaterThan(0);
  });

  test.each([
    [{ models: ["bgBb"] }, "options.models[0]"],
    [{ horizon: 26, fit: { bgbb: {} } }, "options.fit.bgbb"],
    [{ horizon: 26, models: ["bgNbd"], fit: { paretoNbd: {} } }, "options.fit.paretoNbd"],
    [{ models: ["bgNbd", "bgNbd"] }, "options.models[1]"],
    [{ horizon: 26, through: "2024-01-01" }, "options.through"],
  ])("refuses %j", (options, path) => {
    const error = thrown(() => compareLifetimeModels(customers, options as never));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
  });

  test("every customer has a holdout or none has: the rows without are named", () => {
    const rows = [3, null, 1, undefined].map((holdoutX, i) => ({ x: i, tx: i, T: 20, holdoutX }));
    for (const list of [rows, [...rows].reverse()]) {
      const options = { unit: "week", horizon: 26 } as const;
      // A prior lets so few be fitted; what matters comes after the fit.
      const prior = Object.fromEntries(
        ["r", "alpha", "a", "b"].map((name) => [name, { median: 1, logSd: 1 }]),
      );
      const error = thrown(() =>
        compareLifetimeModels(list as never, {
          ...options,
          models: ["bgNbd"],
          fit: { bgNbd: { prior } },
        }),
      );
      expect(error.code).toBe("INVALID_ROWS");
      for (const row of list.flatMap(({ holdoutX }, i) => (holdoutX == null ? [i + 1] : []))) {
        expect(error.message).toContain(`row ${row}, holdoutX`);
      }
    }
    const one = { x: 1, tx: 2, T: 3, holdoutX: 1 };
    expect(thrown(() => compareLifetimeModels(one as never, { unit: "week", horizon: 2 })).message).toContain(
      "rows or columns",
    );
  });

  test("tells how far it is, over all fits and evaluations", () => {
    const seen: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number) => seen.push([done, total]);
    const few = simulateCustomers(PARETO_NBD, { customers: 500, T: 39, holdout: 26, seed: 7 });
    compareLifetimeModels(few, { horizon: 26, models: ["bgNbd", "mbgNbd"], onProgress });
    expect(seen).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });

  test("customers who paid nothing are left out where told so", () => {
    const few = simulateCustomers(PARETO_NBD, { customers: 500, T: 39, holdout: 26, seed: 7 });
    const { x, tx, T, holdoutX } = few.columns;
    const holdoutSpend = Float64Array.from(holdoutX ?? [], (count) => 20 * count);
    const meanSpend = Float64Array.from(x, (count) => (count === 1 ? 0 : 20));
    const spend = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
    const options = { unit: "week", horizon: 26, models: ["bgNbd"], spend } as const;
    const input = { x, tx, T, holdoutX, holdoutSpend, meanSpend };
    expect(thrown(() => compareLifetimeModels(input, options)).code).toBe("INVALID_ROWS");
    const { evaluations } = compareLifetimeModels(input, { ...options, zeroSpend: "leaveOut" });
    expect(evaluations.bgNbd?.spend?.actual).toBe(holdoutSpend.reduce((a, b) => a + b, 0));
  });

  test("refuses what is meant for a holdout where there is none", () => {
    const { x, tx, T } = customers.columns;
    const error = thrown(() => compareLifetimeModels({ x, tx, T }, { unit: "week", horizon: 26 }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "options.horizon"]);
  });
});
