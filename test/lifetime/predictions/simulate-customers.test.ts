import { describe, expect, test } from "vitest";
import type { TransactionModel } from "../../../src/lifetime/models/lifetime-model.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import { newCustomerTransactions } from "../../../src/lifetime/predictions/new-customer-transactions.js";
import { populationQuantities } from "../../../src/lifetime/predictions/population-quantities.js";
import { probabilityAlive } from "../../../src/lifetime/predictions/probability-alive.js";
import {
  type SimulateCustomersOptions,
  simulateCustomers,
} from "../../../src/lifetime/predictions/simulate-customers.js";
import { transactionProbabilities } from "../../../src/lifetime/predictions/transaction-probabilities.js";
import { thrown } from "../thrown.js";
import { BG_BB, BG_NBD, MODELS, PARETO_NBD } from "./example-models.js";

const mean = (values: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
};

/** Mean of the differences in standard errors: four happen by chance once in 16,000 (the seeds are fixed). */
function standardErrors(differences: Float64Array): number {
  const middle = mean(differences);
  const variance = mean(differences.map((value) => (value - middle) ** 2));
  return middle / Math.sqrt(variance / differences.length);
}

describe.each(MODELS)("$model", (model) => {
  const [T, holdout, customers] = [12, 10, 20_000];
  const { columns } = simulateCustomers(model, { customers, T, holdout, seed: 7 });
  const histories = { x: columns.x, tx: columns.tx, T: columns.T };

  test("who is alive, and what is bought later, is what is predicted from the histories", () => {
    const alive = probabilityAlive(model, histories).map((chance, i) => columns.alive[i] - chance);
    expect(Math.abs(standardErrors(alive))).toBeLessThan(4);
    const later = columns.holdoutX as Float64Array;
    const bought = expectedTransactions(model, histories, { horizon: holdout }).map(
      (expected, i) => later[i] - expected,
    );
    expect(Math.abs(standardErrors(bought))).toBeLessThan(4);
  });

  test("counts and properties are the population's", () => {
    const population = populationQuantities(model, { horizon: T });
    const repeats = columns.x.map((x) => x - newCustomerTransactions(model, { horizon: T }));
    expect(Math.abs(standardErrors(repeats))).toBeLessThan(4);
    const again = columns.x.map((x) => (x > 0 ? 1 : 0) - population.buyAgain);
    expect(Math.abs(standardErrors(again))).toBeLessThan(4);
    const [, once] = transactionProbabilities(model, { to: T, upTo: 1 });
    expect(Math.abs(standardErrors(columns.x.map((x) => (x === 1 ? 1 : 0) - once)))).toBeLessThan(4);
    expect(
      Math.abs(standardErrors(columns.purchase.map((rate) => rate - population.purchase.mean))),
    ).toBeLessThan(4);
    const below = columns.dropout.map((rate) => (rate < population.dropout.median ? 0.5 : -0.5));
    expect(Math.abs(standardErrors(below))).toBeLessThan(4);
    const spread = Math.sqrt(mean(columns.purchase.map((rate) => (rate - population.purchase.mean) ** 2)));
    expect(spread / population.purchase.standardDeviation).toBeCloseTo(1, 1);
  });

  test("half are alive at the median lifetime", () => {
    const { median } = populationQuantities(model, { horizon: 1 }).lifetime;
    const at = median as number;
    if (model.model === "bgBb") {
      const alive = (T: number) =>
        mean(simulateCustomers(model, { customers: 5000, T, seed: 3 }).columns.alive);
      expect(alive(at)).toBeLessThan(0.5 + 0.03);
      expect(alive(at - 1)).toBeGreaterThan(0.5 - 0.03);
      return;
    }
    const { columns } = simulateCustomers(model, { customers: 5000, T: at, seed: 3 });
    const distance = Float64Array.from(columns.alive, (alive) => alive - 0.5);
    // BG/NBD lets a customer leave at purchases alone, yet the median is that of its own model.
    expect(Math.abs(standardErrors(distance))).toBeLessThan(4);
  });

  test("a customer is the same among many and among few, and keeps their purchases", () => {
    const few = simulateCustomers(model, { customers: 50, T, holdout, seed: 7, purchases: true });
    expect(few.columns.x).toEqual(columns.x.slice(0, 50));
    expect(few.columns.purchase).toEqual(columns.purchase.slice(0, 50));
    const { offsets, time, spend } = few.purchases ?? expect.fail("no purchases");
    expect(spend).toBeNull();
    for (let i = 0; i < 50; i++) {
      const own = Array.from(time.slice(offsets[i], offsets[i + 1]));
      expect(own).toEqual([...own].sort((a, b) => a - b));
      const before = own.filter((at) => at <= T);
      expect([before.length, before.at(-1) ?? 0, own.length - before.length]).toEqual([
        few.columns.x[i],
        few.columns.tx[i],
        few.columns.holdoutX?.[i],
      ]);
    }
    expect(simulateCustomers(model, { customers: 50, T, seed: 8 }).columns.purchase).not.toEqual(
      few.columns.purchase,
    );
  });
});

describe("populations by hand", () => {
  test("Pareto/NBD with s of 2: the lifetime is Lomax, mean beta / (s - 1), median beta (sqrt 2 - 1)", () => {
    const model: TransactionModel = {
      model: "paretoNbd",
      parameters: { r: 4, alpha: 8, s: 2, beta: 10 },
      unit: "week",
    };
    const { purchase, dropout, lifetime } = populationQuantities(model, { horizon: 5 });
    expect(purchase).toMatchObject({ of: "rate", mean: 0.5, standardDeviation: 0.25 });
    expect(dropout).toMatchObject({ of: "rate", mean: 0.2 });
    expect(lifetime.mean).toBe(10);
    expect(lifetime.median).toBeCloseTo(10 * (Math.SQRT2 - 1), 12);
  });

  test("a rate of 1 / (rate chance) has a mean where both inverses have one", () => {
    const parameters = { r: 3, alpha: 4, a: 3, b: 5 };
    // E[1 / rate] = 4 / 2, E[1 / chance] = (3 + 5 - 1) / (3 - 1).
    const bg = populationQuantities({ model: "bgNbd", parameters, unit: "day" }, { horizon: 1 });
    expect(bg.lifetime.mean).toBeCloseTo(2 * 3.5, 12);
    expect(bg.dropout).toMatchObject({ of: "chance", mean: 0.375 });
    expect(bg.dropout.standardDeviation).toBeCloseTo(Math.sqrt((3 * 5) / (64 * 9)), 14);
    const mbg = populationQuantities({ model: "mbgNbd", parameters, unit: "day" }, { horizon: 1 });
    expect(mbg.lifetime.mean).toBeCloseTo(2 * 2.5, 12);
    const none = populationQuantities(BG_NBD, { horizon: 1 });
    expect(none.lifetime.mean).toBeNull();
    expect(none.lifetime.reason).toContain("a of 1 or less");
    const most = { r: 1, alpha: 1, a: 9, b: 1 };
    const gone = populationQuantities({ model: "mbgNbd", parameters: most, unit: "day" }, { horizon: 1 });
    expect(gone.lifetime.median).toBe(0);
    expect(populationQuantities(BG_BB, { horizon: 1 }).purchase.mean).toBeCloseTo(1.204 / 1.954, 14);
  });
});

describe("spend and covariates", () => {
  const spend = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;

  test("means of spends vary about p v / (q - 1)", () => {
    const { columns, purchases } = simulateCustomers(PARETO_NBD, {
      ...{ customers: 20_000, T: 39, holdout: 39, spend, seed: 5, purchases: true },
    });
    const means = (columns.meanSpend as Float64Array).filter((_, i) => columns.x[i] > 0);
    const expected = (6.25 * 15.44) / 2.74;
    expect(Math.abs(standardErrors(means.map((one) => one - expected)))).toBeLessThan(4);
    expect(
      (columns.meanSpend as Float64Array).filter((_, i) => columns.x[i] === 0).every((one) => one === 0),
    ).toBe(true);
    const spends = purchases?.spend ?? expect.fail("no spends");
    const all = spends.reduce((sum, one) => sum + one, 0);
    const parts =
      (columns.meanSpend as Float64Array).reduce((sum, one, i) => sum + one * columns.x[i], 0) +
      (columns.holdoutSpend as Float64Array).reduce((sum, one) => sum + one, 0);
    expect(all / parts).toBeCloseTo(1, 12);
  });

  test("an effect on the purchase rate multiplies it", () => {
    const model = {
      ...PARETO_NBD,
      covariates: { transaction: { app: Math.log(3) }, dropout: {} },
    } as TransactionModel;
    const app = Float64Array.from({ length: 100 }, (_, i) => i % 2);
    const { columns } = simulateCustomers(model, { customers: 100, T: 39, covariates: { app }, seed: 1 });
    const plain = simulateCustomers(PARETO_NBD, { customers: 100, T: 39, seed: 1 }).columns;
    for (let i = 0; i < 100; i++) {
      const factor = (columns.purchase[i] as number) / (plain.purchase[i] as number);
      expect(factor).toBeCloseTo(i % 2 === 0 ? 1 : 3, 10);
    }
    expect(columns.covariates).toEqual({ app });
  });
});

test.each([
  [{ customers: -1 }, "options.customers"],
  [{ T: -1 }, "options.T"],
  [{ T: [1, 2] }, "options.T"],
  [{ T: undefined }, "options.T"],
  [{ seed: 0.5 }, "options.seed"],
  [{ holdout: Number.NaN }, "options.holdout"],
  [{ spend: { model: "gammaGamma", parameters: { p: 1, q: 1, v: 0 } } }, "options.spend.parameters.v"],
  [{ covariates: { app: [1] } }, "options.covariates"],
])("%o names %s", (change, path) => {
  const options = { customers: 1, T: 1, seed: 1, ...change } as SimulateCustomersOptions;
  expect(thrown(() => simulateCustomers(BG_NBD, options))).toMatchObject({ code: "INVALID_ARGUMENT", path });
});
