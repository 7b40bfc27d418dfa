import { describe, expect, test } from "vitest";
import { rows } from "../../src/core/table.js";
import { lifetimeSummary } from "../../src/history/lifetime-summary.js";
import { transactionLog } from "../../src/history/transaction-log.js";
import { opportunitySummary } from "../../src/lifetime/bg-bb/opportunity-summary.js";
import type { TransactionModel } from "../../src/lifetime/models/lifetime-model.js";
import { discountedTransactions } from "../../src/lifetime/predictions/discounted-transactions.js";
import { expectedTransactions } from "../../src/lifetime/predictions/expected-transactions.js";
import { predictLifetimeValue } from "../../src/lifetime/predictions/predict-lifetime-value.js";
import { probabilityAlive } from "../../src/lifetime/predictions/probability-alive.js";
import { relativeError } from "../statistics/relative-error.js";

// What the tests of Python's lifetimes (Davidson-Pilon, tests/test_utils.py) expect of its summaries and values: their inputs
// and figures as facts. And two customers of the CDNOW sample of extremes, values of an independent program with 40 digits.

describe("summaries by day", () => {
  const few: readonly (readonly [string, string, number])[] = [
    ["1", "2015-02-01", 1],
    ["1", "2015-02-06", 1],
    ["2", "2015-01-01", 1],
    ["3", "2015-01-01", 1],
    ["3", "2015-01-02", 1],
    ["3", "2015-01-05", 1],
  ];
  const many: readonly (readonly [string, string, number])[] = [
    ["1", "2015-01-01", 1],
    ["1", "2015-02-06", 2],
    ["2", "2015-01-01", 2],
    ["3", "2015-01-01", 3],
    ["3", "2015-01-02", 1],
    ["3", "2015-01-05", 5],
    ["4", "2015-01-16", 6],
    ["4", "2015-02-02", 3],
    ["4", "2015-02-05", 3],
    ["5", "2015-01-16", 3],
    ["5", "2015-01-17", 1],
    ["5", "2015-01-18", 8],
    ["6", "2015-02-02", 5],
  ];
  const logOf = (purchases: typeof few) =>
    transactionLog(
      purchases.map(([customerId, at, amount]) => ({ customerId, at, amount })),
      { currency: "USD" },
    );
  const summaryOf = (purchases: typeof few, through: string, holdoutThrough?: string) =>
    rows(lifetimeSummary(logOf(purchases), { through, holdoutThrough, unit: "day" }));

  test("frequency, recency and T", () => {
    const summary = summaryOf(few, "2015-02-07");
    expect(summary.map(({ customerId, x, tx, T }) => [customerId, x, tx, T])).toEqual([
      ["1", 1, 5, 6],
      ["2", 0, 0, 37],
      ["3", 2, 4, 37],
    ]);
  });

  test("with the mean of the repeat purchases, which is not there (there: 0) for who made none", () => {
    const summary = summaryOf(many, "2015-02-07");
    expect(summary.map(({ x, tx, T, meanRepeatSpend }) => [x, tx, T, meanRepeatSpend])).toEqual([
      [1, 36, 37, 2],
      [0, 0, 37, null],
      [2, 4, 37, 3],
      [2, 20, 22, 3],
      [2, 2, 22, 4.5],
      [0, 0, 5, null],
    ]);
  });

  test("calibration and holdout: purchases after it began, and not of who came later", () => {
    const held = (holdoutThrough: string) =>
      new Map(
        summaryOf(many, "2015-02-01", holdoutThrough).map(({ customerId, holdoutX }) => [
          customerId,
          holdoutX,
        ]),
      );
    const whole = held("2015-02-07");
    expect([whole.get("1"), whole.get("2"), whole.has("6")]).toEqual([1, 0, false]);
    const short = held("2015-02-04");
    expect([short.get("1"), short.get("4")]).toEqual([0, 1]);
    const spend = summaryOf(many, "2015-02-01").map(({ meanRepeatSpend }) => meanRepeatSpend ?? 0);
    expect(spend).toEqual([0, 0, 3, 0, 4.5]);
  });

  test("by calendar week: several purchases in one are one", () => {
    // Its last week counts there though it is not over; here through its Sunday.
    const summary = rows(opportunitySummary(logOf(many), { through: "2015-02-08", by: "week" }));
    expect(summary.map(({ x, tx, T }) => [x, tx, T])).toEqual([
      [1, 5, 5],
      [0, 0, 5],
      [1, 1, 5],
      [1, 3, 3],
      [0, 0, 3],
      [0, 0, 0],
    ]);
    const calibration = opportunitySummary(logOf(many), {
      ...{ through: "2015-02-01", holdoutThrough: "2015-02-08", by: "week" },
    });
    expect(rows(calibration).map(({ x, tx, T, holdoutX }) => [x, tx, T, holdoutX])).toEqual([
      [0, 0, 4, 1],
      [0, 0, 4, 0],
      [1, 1, 4, 0],
      [0, 0, 2, 1],
      [0, 0, 2, 0],
    ]);
  });
});

describe("values of a spend of 1, BG/NBD of the package's example", () => {
  const customers = { x: [0, 0, 6, 0, 2], tx: [0, 0, 142, 0, 9], T: [298, 224, 292, 147, 183] };
  // Purchases expected in 30 days.
  const EXPECTED = [0.016053, 0.021171, 0.030461, 0.031686, 0.001607];
  const model = (r: number, alpha: number, a: number, b: number): TransactionModel => ({
    model: "bgNbd",
    parameters: { r, alpha, a, b },
    unit: "day",
  });
  const rounded = model(0.16, 1.86, 1.85, 3.18);

  test("the five predictions lie within what parameters of two decimals leave open", () => {
    const corners = [-1, 1].flatMap((r) =>
      [-1, 1].flatMap((alpha) =>
        [-1, 1].flatMap((a) =>
          [-1, 1].map((b) =>
            expectedTransactions(
              model(0.16 + r * 0.005, 1.86 + alpha * 0.005, 1.85 + a * 0.005, 3.18 + b * 0.005),
              customers,
              { horizon: 30 },
            ),
          ),
        ),
      ),
    );
    for (const [i, value] of EXPECTED.entries()) {
      const all = corners.map((corner) => corner[i] as number);
      const [least, most] = [Math.min(...all), Math.max(...all)];
      expect(least).toBeLessThan(value);
      expect(most).toBeGreaterThan(value);
      // And that is not much: r of .155 to .165.
      expect(most / least).toBeLessThan(1.12);
    }
  });

  test("undiscounted the value is the expectation; two months bring a little less than twice one", () => {
    const { value } = predictLifetimeValue(rounded, 1, customers, {
      ...{ marginShare: 1, discountRate: 0, horizon: 30 },
    }).columns;
    const expected = expectedTransactions(rounded, customers, { horizon: 30 });
    const twice = expectedTransactions(rounded, customers, { horizon: 60 });
    for (const [i, one] of Array.from(expected).entries()) {
      expect(relativeError(value[i] as number, one)).toBeLessThan(1e-14);
      expect(twice[i]).toBeLessThan(2 * one);
      // The package asks for 10 %.
      expect(relativeError(twice[i] as number, 2 * (EXPECTED[i] as number))).toBeLessThan(0.1);
    }
  });

  test("at 100 % a month a month's value lies between the half, all of it at the end, and the whole", () => {
    // The package discounts a month's purchases as if all came on its last day: 1 / 2 and 1 / 2 + 1 / 4.
    const monthly = 2 ** (365.25 / 30) - 1;
    const [one, two] = [30, 60].map((horizon) =>
      discountedTransactions(rounded, customers, { discountRate: monthly, horizon }),
    ) as [Float64Array, Float64Array];
    const [plain, plainTwo] = [30, 60].map((horizon) =>
      expectedTransactions(rounded, customers, { horizon }),
    ) as [Float64Array, Float64Array];
    for (let i = 0; i < EXPECTED.length; i++) {
      const [first, second] = [plain[i] as number, (plainTwo[i] as number) - (plain[i] as number)];
      const endOfMonth = [first / 2, first / 2 + second / 4];
      // Mid-month is sqrt(2) of that; purchases thin out slowly, so that the mean factor lies near 1 / ln 2 = 1.4427 of it.
      for (const [k, got] of [one[i], two[i]].entries()) {
        const ratio = (got as number) / (endOfMonth[k] as number);
        expect(ratio).toBeGreaterThan(Math.SQRT2);
        expect(ratio).toBeLessThan(1.46);
      }
    }
  });
});

// P(alive), purchases expected in 39 weeks by each, DERT at .0027 a week by Pareto/NBD and BG/NBD, expected spend; 10 figures.
// biome-ignore format: a line for each customer
const EXTREMES = [
  { id: 500, x: 3, tx: 5.57, T: 36, meanSpend: 36.19, bgNbd: [0.05652377553, 0.1437005745], mbgNbd: [0.05416042995, 0.140474252], paretoNbd: [0.08350043134, 0.2046708729], dert: 0.8991789494, spend: 36.06619358 },
  { id: 1516, x: 26, tx: 30.86, T: 31, meanSpend: 39.97, bgNbd: [0.9689156497, 20.74972614], mbgNbd: [0.9655661441, 19.45072265], paretoNbd: [0.9979187311, 20.11702608], dert: 86.0564936, spend: 39.89121883 },
] as const;
const MODELS = {
  bgNbd: { model: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, unit: "week" },
  mbgNbd: { model: "mbgNbd", parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, unit: "week" },
  paretoNbd: {
    model: "paretoNbd",
    parameters: { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
    unit: "week",
  },
} as const satisfies Readonly<Record<string, TransactionModel>>;

test.each(EXTREMES)("customer $id: in all predictions", ({ x, tx, T, meanSpend, dert, spend, ...by }) => {
  const customer = { x, tx, T, meanSpend };
  // Half a unit of the tenth figure.
  const near = (got: number, want: number) => expect(relativeError(got, want)).toBeLessThan(5e-10);
  for (const name of ["bgNbd", "mbgNbd", "paretoNbd"] as const) {
    const [alive, expected] = by[name];
    near(probabilityAlive(MODELS[name], customer), alive);
    near(expectedTransactions(MODELS[name], customer, { horizon: 39 }), expected);
  }
  const discountRate = Math.expm1((0.0027 * 365.25) / 7);
  near(discountedTransactions(MODELS.paretoNbd, customer, { discountRate }), dert);
  const gammaGamma = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
  const terms = { marginShare: 0.3, discountRate, horizon: null } as const;
  const worth = predictLifetimeValue(MODELS.paretoNbd, gammaGamma, customer, terms);
  near(worth.spend, spend);
  expect(relativeError(worth.value, 0.3 * spend * dert)).toBeLessThan(1e-9);
});
