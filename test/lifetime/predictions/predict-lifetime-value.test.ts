import { describe, expect, test } from "vitest";
import { lifetimeSummary } from "../../../src/history/lifetime-summary.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { customerEquity } from "../../../src/lifetime/formulas/customer-equity.js";
import { expectedSpend } from "../../../src/lifetime/gamma-gamma/expected-spend.js";
import { discountedTransactions } from "../../../src/lifetime/predictions/discounted-transactions.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import {
  type PredictLifetimeValueOptions,
  predictLifetimeValue,
} from "../../../src/lifetime/predictions/predict-lifetime-value.js";
import { probabilityAlive } from "../../../src/lifetime/predictions/probability-alive.js";
import { thrown } from "../thrown.js";
import { MODELS, PARETO_NBD } from "./example-models.js";

const spend = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
const customers = [
  { customerId: "ani", x: 2, tx: 5, T: 6, meanSpend: 22.35 },
  { customerId: "budi", x: 0, tx: 0, T: 6, meanSpend: null },
  { customerId: "citra", x: 1, tx: 1, T: 5, meanSpend: 11.77 },
];
const options: PredictLifetimeValueOptions = { marginShare: 0.3, discountRate: 0.1, horizon: 10 };

describe.each(MODELS)("$model", (model) => {
  test("the value is margin x spend x discounted purchases, all of which stand beside it", () => {
    const { columns, total, length } = predictLifetimeValue(model, spend, customers, options);
    expect(length).toBe(3);
    expect(columns.customerId).toEqual(["ani", "budi", "citra"]);
    expect(columns.probabilityAlive).toEqual(probabilityAlive(model, customers));
    expect(columns.expectedTransactions).toEqual(expectedTransactions(model, customers, { horizon: 10 }));
    expect(columns.discountedTransactions).toEqual(discountedTransactions(model, customers, options));
    expect(columns.spend).toEqual(expectedSpend(spend, customers));
    const value = columns.discountedTransactions.map((dert, i) => 0.3 * (columns.spend[i] as number) * dert);
    for (const [i, one] of value.entries()) expect(columns.value[i]).toBeCloseTo(one, 12);
    expect(total).toBe(customerEquity({ columns }).value);
  });

  test("one customer gets the row that many get", () => {
    const { columns } = predictLifetimeValue(model, spend, customers, options);
    expect(predictLifetimeValue(model, spend, customers[2] as (typeof customers)[2], options)).toEqual({
      probabilityAlive: columns.probabilityAlive[2],
      expectedTransactions: columns.expectedTransactions?.[2],
      discountedTransactions: columns.discountedTransactions[2],
      spend: columns.spend[2],
      value: columns.value[2],
    });
  });

  test("all time to come: no expectation, and more value than within a horizon", () => {
    const whole = predictLifetimeValue(model, 35, customers, { ...options, horizon: null });
    const part = predictLifetimeValue(model, 35, customers, options);
    expect(whole.columns.expectedTransactions).toBeNull();
    expect(whole.columns.spend).toEqual(Float64Array.of(35, 35, 35));
    expect(whole.total).toBeGreaterThan(part.total);
    expect(predictLifetimeValue(model, 35, customers, { ...options, horizon: 0 }).total).toBe(0);
  });
});

test("money in another unit, spends of one's own, weights", () => {
  const cents = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 1544 } } as const;
  const inCents = customers.map((one) => ({
    ...one,
    meanSpend: one.meanSpend === null ? null : one.meanSpend * 100,
  }));
  const base = predictLifetimeValue(PARETO_NBD, spend, customers, options);
  expect(predictLifetimeValue(PARETO_NBD, cents, inCents, options).total).toBeCloseTo(100 * base.total, 9);
  const own = predictLifetimeValue(PARETO_NBD, base.columns.spend, customers, options);
  expect(own.columns).toEqual(base.columns);
  const weighted = customers.map((one, i) => ({ ...one, weight: 1 + i }));
  const { total, columns } = predictLifetimeValue(PARETO_NBD, spend, weighted, options);
  expect(columns.value).toEqual(base.columns.value);
  const [first, second, third] = base.columns.value as unknown as [number, number, number];
  expect(total).toBeCloseTo(first + 2 * second + 3 * third, 10);
});

test("a summary of a log goes in as it is", () => {
  const rows = [
    { customerId: "ani", at: "2024-01-01", amount: 900 },
    { customerId: "ani", at: "2024-02-01", amount: 2200 },
    { customerId: "budi", at: "2024-01-15", amount: 700 },
  ];
  const log = transactionLog(rows, { currency: "IDR" });
  const summary = lifetimeSummary(log, { through: "2024-06-30", unit: "week" });
  const { columns } = predictLifetimeValue(PARETO_NBD, spend, summary, options);
  expect(columns.customerId).toEqual(["ani", "budi"]);
  expect(columns.spend[0]).toBe(expectedSpend(spend, { x: 1, meanSpend: 2200 }));
});

test.each([
  [{ marginShare: 30 }, "options.marginShare", "30"],
  [{ marginShare: undefined }, "options.marginShare", "undefined"],
  [{ discountRate: undefined }, "options.discountRate", "undefined"],
  [{ horizon: undefined }, "options.horizon", "null for all the time to come"],
  [{ horizon: -1 }, "options.horizon", "-1"],
  [{ horizon: null, discountRate: 0 }, "options.horizon", "pass a horizon"],
])("%o names %s", (change, path, word) => {
  const call = () =>
    predictLifetimeValue(PARETO_NBD, spend, customers, {
      ...options,
      ...change,
    } as PredictLifetimeValueOptions);
  const error = thrown(call);
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  expect(error.message).toContain(word);
});

test("spends that do not fit are named", () => {
  const call = (given: unknown) =>
    thrown(() => predictLifetimeValue(PARETO_NBD, given as number, customers, options));
  expect(call(Number.NaN)).toMatchObject({ path: "spend" });
  expect(call([1, 2]).message).toContain("2 values for 3 customers");
  expect(call([1, 2, Number.NaN])).toMatchObject({ path: "spend[2]" });
  const heavy = call({ model: "gammaGamma", parameters: { p: 6, q: 0.9, v: 15 } });
  expect(heavy).toMatchObject({ path: "spend.parameters.q" });
  expect(heavy.message).toContain("customer 2");
  expect(call({ model: "gammaGamma", parameters: { p: 6, q: -1, v: 15 } }).code).toBe("INVALID_ARGUMENT");
});

test("weights go from the rows through the table to the base", () => {
  const weighted = customers.map((one, i) => ({ ...one, weight: 1 + i }));
  const values = predictLifetimeValue(PARETO_NBD, spend, weighted, options);
  expect(values.columns.weight).toEqual(Float64Array.of(1, 2, 3));
  const equity = customerEquity(values);
  expect(equity.value).toBeCloseTo(values.total, 10);
  expect([equity.customers, equity.gaining.customers]).toEqual([6, 6]);
  expect(predictLifetimeValue(PARETO_NBD, spend, customers, options).columns.weight).toBeNull();
});

test("rows of a summary say meanRepeatSpend", () => {
  const own = customers.map(({ meanSpend, ...one }) => ({ ...one, meanRepeatSpend: meanSpend }));
  const { columns } = predictLifetimeValue(PARETO_NBD, spend, customers, options);
  expect(predictLifetimeValue(PARETO_NBD, spend, own, options).columns).toEqual(columns);
});

test("who paid nothing stops it unless told otherwise, and is then taken for all customers", () => {
  const free = [...customers, { x: 3, tx: 10, T: 20, meanSpend: 0 }];
  const error = thrown(() => predictLifetimeValue(PARETO_NBD, spend, free, options));
  expect(error).toMatchObject({ code: "INVALID_ROWS", path: "customers[3].meanSpend" });
  expect(error.message).toContain('zeroSpend "leaveOut"');
  expect(error.message).toContain("qualifies");
  const { columns } = predictLifetimeValue(PARETO_NBD, spend, free, { ...options, zeroSpend: "leaveOut" });
  // p v / (q - 1)
  expect(columns.spend[3]).toBeCloseTo((6.25 * 15.44) / 2.74, 12);
});
