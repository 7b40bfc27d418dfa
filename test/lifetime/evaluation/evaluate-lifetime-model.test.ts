import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lifetimeSummary } from "../../../src/history/lifetime-summary.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { opportunitySummary } from "../../../src/lifetime/bg-bb/opportunity-summary.js";
import { evaluateLifetimeModel } from "../../../src/lifetime/evaluation/evaluate-lifetime-model.js";
import type { TransactionModel } from "../../../src/lifetime/models/lifetime-model.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import { predictLifetimeValue } from "../../../src/lifetime/predictions/predict-lifetime-value.js";
import { conditionalTransactionProbabilities } from "../../../src/lifetime/predictions/transaction-probabilities.js";
import { BG_BB, BG_NBD, MODELS } from "../predictions/example-models.js";
import { thrown } from "../thrown.js";

const ROWS = [
  { x: 2, tx: 30, T: 38, holdoutX: 1, holdoutSpend: 20, meanSpend: 22 },
  { x: 0, tx: 0, T: 36, holdoutX: 0, holdoutSpend: 0, meanSpend: null },
  { x: 7, tx: 29, T: 39, holdoutX: 4, holdoutSpend: 300, meanSpend: 74 },
  { x: 1, tx: 2, T: 38, holdoutX: 0, holdoutSpend: 0, meanSpend: 12 },
  { x: 12, tx: 38, T: 39, holdoutX: 9, holdoutSpend: 400, meanSpend: 40 },
];
const GAMMA_GAMMA = { model: "gammaGamma", parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
/** A few roundings of sums of a few numbers. */
const CLOSE = 12;

const log = transactionLog(
  [
    { customerId: "ani", at: "1997-01-01", amount: 2933 },
    { customerId: "ani", at: "1997-01-18", amount: 2973 },
    { customerId: "ani", at: "1997-08-02", amount: 1496 },
    { customerId: "ani", at: "1997-12-12", amount: 2648 },
    { customerId: "budi", at: "1997-01-01", amount: 6334 },
    { customerId: "budi", at: "1997-01-13", amount: 1177 },
    { customerId: "citra", at: "1998-01-13", amount: 1177 },
  ],
  { currency: "USD" },
);
const PERIODS = { through: "1997-09-30", holdoutThrough: "1998-06-30" } as const;

describe("evaluateLifetimeModel", () => {
  test.each(MODELS.map((model) => [model.model, model] as const))(
    "%s: errors and likelihood, two ways",
    (_, model) => {
      const horizon = 39;
      const expected = ROWS.map((row) => expectedTransactions(model, row, { horizon }));
      const { transactions, logLikelihood } = evaluateLifetimeModel(model, ROWS, { horizon });
      const misses = ROWS.map((row, i) => row.holdoutX - expected[i]);
      const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
      expect(transactions.actual).toBe(14);
      expect(transactions.expected).toBeCloseTo(sum(expected), CLOSE);
      expect(transactions.ratio.value).toBeCloseTo(sum(expected) / 14, CLOSE);
      expect(transactions.meanAbsoluteError).toBeCloseTo(sum(misses.map(Math.abs)) / 5, CLOSE);
      expect(transactions.rootMeanSquaredError).toBeCloseTo(
        Math.sqrt(sum(misses.map((miss) => miss ** 2)) / 5),
        CLOSE,
      );
      const chances = ROWS.map(
        (row) =>
          conditionalTransactionProbabilities(model, row, { to: horizon, upTo: row.holdoutX })[row.holdoutX],
      );
      expect(logLikelihood).toBeCloseTo(sum(chances.map(Math.log)), 11);
    },
  );

  test("calibration by frequency, by hand: bins 0, 1, 2+", () => {
    const { byFrequency } = evaluateLifetimeModel(BG_NBD, ROWS, { horizon: 39, upTo: 2 });
    const { frequency, customers, actual, expected } = byFrequency.columns;
    expect(frequency).toEqual(["0", "1", "2+"]);
    expect(customers).toEqual([1, 1, 3]);
    expect(actual).toEqual([0, 0, 14 / 3]);
    expect(expected[0]).toBeCloseTo(expectedTransactions(BG_NBD, ROWS[1], { horizon: 39 }), CLOSE);
    expect(
      evaluateLifetimeModel(BG_NBD, ROWS.slice(1, 2), { horizon: 39 }).byFrequency.columns.actual[1],
    ).toBeNull();
  });

  test("the forecast without a model: own rate times time, nothing for who was not watched", () => {
    const rows = [...ROWS, { x: 0, tx: 0, T: 0, holdoutX: 1 }];
    const { naive } = evaluateLifetimeModel(BG_NBD, rows, { horizon: 20 });
    expect(naive.expected).toBeCloseTo(20 * (2 / 38 + 7 / 39 + 1 / 38 + 12 / 39), CLOSE);
    expect(naive.actual).toBe(15);
  });

  test("a log, its summary and rows of it say the same, with the length of the holdout from its days", () => {
    const options = { spend: 2500 };
    const fromLog = evaluateLifetimeModel(BG_NBD, log, { ...PERIODS, ...options });
    const summary = lifetimeSummary(log, { ...PERIODS, unit: "week" });
    expect(fromLog.horizon).toBe(39);
    expect(fromLog.customers).toBe(2);
    expect(fromLog.spend?.actual).toBe(2648);
    expect(evaluateLifetimeModel(BG_NBD, summary, options)).toEqual(fromLog);
    const { holdoutX, holdoutSpend, x, tx, T } = summary.columns;
    const rows = x.map((count, i) => ({
      ...{ x: count, tx: tx[i], T: T[i], holdoutX: holdoutX[i], holdoutSpend: holdoutSpend[i] },
    }));
    expect(evaluateLifetimeModel(BG_NBD, rows, { ...options, horizon: 39 })).toEqual(fromLog);
    expect(JSON.parse(JSON.stringify(fromLog))).toEqual(fromLog);
  });

  test("with spends: expected ones are those of predictLifetimeValue, and they rank", () => {
    const evaluation = evaluateLifetimeModel(BG_NBD, ROWS, { horizon: 39, spend: GAMMA_GAMMA });
    const { total } = predictLifetimeValue(BG_NBD, GAMMA_GAMMA, ROWS, {
      ...{ marginShare: 1, discountRate: 0, horizon: 39 },
    });
    expect(evaluation.spend?.expected).toBeCloseTo(total, 10);
    expect(evaluation.spend?.actual).toBe(720);
    // A holdout undiscounted: purchases times spend.
    expect(evaluation.ranking.byGroup.columns.actual.reduce((a, b) => a + b, 0)).toBeCloseTo(720, 9);
    expect(evaluateLifetimeModel(BG_NBD, ROWS, { horizon: 39 }).spend).toBeNull();
  });

  test("who bought again for nothing: refused, or left to the mean of all where told so", () => {
    const rows = [{ ...ROWS[0], meanSpend: 0 }, ...ROWS.slice(1)];
    const options = { horizon: 39, spend: GAMMA_GAMMA } as const;
    expect(thrown(() => evaluateLifetimeModel(BG_NBD, rows, options)).code).toBe("INVALID_ROWS");
    const { total } = predictLifetimeValue(BG_NBD, GAMMA_GAMMA, rows, {
      ...{ marginShare: 1, discountRate: 0, horizon: 39, zeroSpend: "leaveOut" },
    });
    const left = evaluateLifetimeModel(BG_NBD, rows, { ...options, zeroSpend: "leaveOut" });
    expect(left.spend?.expected).toBeCloseTo(total, 10);
    const ignored = thrown(() => evaluateLifetimeModel(BG_NBD, ROWS, { horizon: 39, zeroSpend: "leaveOut" }));
    expect(ignored.path).toBe("options.zeroSpend");
  });

  // By BG/NBD nobody leaves before a repeat purchase: P(0) = ((alpha + T) / (alpha + T + h))^r, here with alpha + T = 5.
  test.each([
    [2, 50],
    [6, 2000],
    [6, 5000],
    [8, 500],
    [30, 5000],
  ])("a small chance of no purchase keeps its digits: r %d, horizon %d", (r, horizon) => {
    const model: TransactionModel = {
      ...{ model: "bgNbd", parameters: { r, alpha: 4, a: 0.01, b: 8 }, unit: "week" },
    };
    const { logLikelihood } = evaluateLifetimeModel(model, [{ x: 0, tx: 0, T: 1, holdoutX: 0 }], { horizon });
    const exact = r * Math.log(5 / (5 + horizon));
    expect(Math.abs((logLikelihood ?? Number.NaN) / exact - 1)).toBeLessThan(1e-12);
  });

  test("a small chance of no purchase of who may have left: by the kernel's own P(0)", () => {
    const model: TransactionModel = {
      ...{ model: "paretoNbd", parameters: { r: 2, alpha: 1, s: 0.001, beta: 1000 }, unit: "week" },
    };
    for (const tx of [52, 51.9999, 51]) {
      const row = { x: 60, tx, T: 52, holdoutX: 0 };
      const [none] = conditionalTransactionProbabilities(model, row, { to: 40, upTo: 0 });
      expect(evaluateLifetimeModel(model, [row], { horizon: 40 }).logLikelihood).toBeCloseTo(
        Math.log(none),
        9,
      );
    }
  });

  test("where nobody is left, no purchase is sure and one impossible", () => {
    const model: TransactionModel = {
      ...{ model: "paretoNbd", parameters: { r: 5, alpha: 1, s: 50, beta: 1e-3 }, unit: "week" },
    };
    const row = { x: 0, tx: 0, T: 1e5 };
    const of = (holdoutX: number) => evaluateLifetimeModel(model, [{ ...row, holdoutX }], { horizon: 10 });
    expect(of(0)).toMatchObject({ logLikelihood: 0, logLikelihoodReason: null });
    expect(of(1).logLikelihood).toBeNull();
  });

  test("BG/BB takes an opportunitySummary with its holdout, counted in opportunities", () => {
    const gifts = transactionLog(
      [
        ["ani", "2015-05-01"],
        ["ani", "2016-03-10"],
        ["ani", "2018-01-05"],
        ["budi", "2015-07-01"],
        ["budi", "2019-02-01"],
      ].map(([customerId, at]) => ({ customerId, at, amount: 1000 })),
      { currency: "USD" },
    );
    const days = { through: "2017-12-31", holdoutThrough: "2019-12-31" } as const;
    const summary = opportunitySummary(gifts, { ...days, by: "year" });
    const evaluation = evaluateLifetimeModel(BG_BB, summary);
    expect([evaluation.horizon, evaluation.transactions.actual]).toEqual([2, 2]);
    const { columns } = summary;
    const plain = columns.x.map((x, i) => ({
      ...{ x, tx: columns.tx[i], T: columns.T[i], holdoutX: columns.holdoutX[i] },
    }));
    expect(evaluateLifetimeModel(BG_BB, plain, { horizon: 2 })).toEqual(evaluation);
    expect(thrown(() => evaluateLifetimeModel(BG_BB, summary, { horizon: 2 })).path).toBe("options.horizon");
    const inTime = lifetimeSummary(gifts, { ...days, unit: "year" });
    expect(thrown(() => evaluateLifetimeModel(BG_BB, inTime)).message).toContain("opportunitySummary");
    const counted = thrown(() => evaluateLifetimeModel({ ...BG_NBD, unit: "year" }, summary));
    expect(counted.message).toContain("lifetimeSummary");
  });

  test("more purchases than opportunities are no holdout", () => {
    const rows = [{ x: 1, tx: 2, T: 3, holdoutX: 9 }];
    const error = thrown(() => evaluateLifetimeModel(BG_BB, rows, { horizon: 2 }));
    expect(error.code).toBe("INVALID_ROWS");
    expect(error.message).toContain("row 1, holdoutX: 9 is more than the 2 opportunities");
  });

  test("errors of very large and very small numbers are numbers, or refused", () => {
    const rows = ROWS.map((row, i) => ({ ...row, holdoutSpend: i % 2 === 0 ? 1e160 : -1e160 }));
    const { spend } = evaluateLifetimeModel(BG_NBD, rows, { horizon: 39, spend: 1e-160 });
    const small = rows.map((row) => ({ ...row, holdoutSpend: row.holdoutSpend / 1e160 }));
    const scaled = evaluateLifetimeModel(BG_NBD, small, { horizon: 39, spend: 1 }).spend;
    expect(spend?.correlation).toBeCloseTo(scaled?.correlation ?? Number.NaN, 12);
    expect((spend?.rootMeanSquaredError ?? 0) / 1e160).toBeCloseTo(1, 12);
    const beyond = rows.map((row) => ({ ...row, holdoutSpend: 1e308 }));
    expect(thrown(() => evaluateLifetimeModel(BG_NBD, beyond, { horizon: 39, spend: 1 })).code).toBe(
      "INVALID_ARGUMENT",
    );
  });

  test("covariates go into expectations and likelihood", () => {
    const model: TransactionModel = {
      ...{ model: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, unit: "week" },
      covariates: { transaction: { shop: 0.4 }, dropout: { shop: -0.3 } },
    };
    const rows = ROWS.map((row, i) => ({ ...row, covariates: { shop: i % 2 } }));
    const { transactions, logLikelihood } = evaluateLifetimeModel(model, rows, { horizon: 39 });
    const each = rows.map((row) => ({
      expected: expectedTransactions(model, row, { horizon: 39 }),
      chance: conditionalTransactionProbabilities(model, row, { to: 39, upTo: 9 })[row.holdoutX],
    }));
    expect(transactions.expected).toBeCloseTo(
      each.reduce((sum, { expected }) => sum + expected, 0),
      CLOSE,
    );
    expect(logLikelihood).toBeCloseTo(
      each.reduce((sum, { chance }) => sum + Math.log(chance), 0),
      11,
    );
  });

  const history = fc
    .record({
      x: fc.integer({ min: 0, max: 9 }),
      T: fc.integer({ min: 10, max: 40 }),
      silence: fc.integer({ min: 0, max: 9 }),
      holdoutX: fc.integer({ min: 0, max: 8 }),
      weight: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ silence, ...row }) => ({ ...row, tx: row.x === 0 ? 0 : row.T - silence }));

  test("weights are customers written out, and their order does not matter", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        fc.array(history, { minLength: 2, maxLength: 12 }),
        (model, list) => {
          const rows = list
            .map((row) => ({ ...row, x: Math.min(row.x, row.tx) }))
            .map((row) => ({ ...row, tx: row.x === 0 ? 0 : row.tx }));
          const out = rows
            .flatMap(({ weight, ...row }) => Array.from({ length: weight }, () => row))
            .reverse();
          const [a, b] = [rows, out].map((input) => evaluateLifetimeModel(model, input, { horizon: 13 }));
          for (const of of ["transactions", "naive"] as const) {
            for (const name of [
              "expected",
              "meanAbsoluteError",
              "rootMeanSquaredError",
              "correlation",
            ] as const) {
              expect(b[of][name] ?? 0).toBeCloseTo(a[of][name] ?? 0, 8);
            }
          }
          expect(b.logLikelihood).toBeCloseTo(a.logLikelihood ?? Number.NaN, 8);
          expect(b.ranking.gini ?? 0).toBeCloseTo(a.ranking.gini ?? 0, 8);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("nobody, and what is as good as impossible, is null with a reason and never NaN", () => {
    const nobody = evaluateLifetimeModel(BG_NBD, [], { horizon: 39 });
    expect(nobody.transactions).toMatchObject({ meanAbsoluteError: null, reason: "there are no customers" });
    expect(nobody.ranking.gini).toBeNull();
    const wild = evaluateLifetimeModel(BG_NBD, [{ x: 1, tx: 1, T: 39, holdoutX: 9999 }], { horizon: 1 });
    expect(wild.logLikelihood).toBeNull();
    expect(wild.logLikelihoodReason).toContain("9999 purchases of customer 1");
    expect(wild.transactions.reason).toBe("purchases in the holdout never vary");
    expect(
      evaluateLifetimeModel(BG_NBD, [{ x: 1, tx: 1, T: 39, holdoutX: 1e6 }], { horizon: 1 })
        .logLikelihoodReason,
    ).toContain("1000000");
    expect(JSON.stringify([nobody, wild])).not.toContain("NaN");
  });

  test.each([
    [() => evaluateLifetimeModel(BG_NBD, log, {}), "options.through", "missing"],
    [
      () => evaluateLifetimeModel(BG_NBD, log, { through: "1997-09-30" }),
      "customers.holdoutX",
      "holdoutThrough",
    ],
    [() => evaluateLifetimeModel(BG_NBD, log, { ...PERIODS, horizon: 3 }), "options.horizon", "leave it out"],
    [() => evaluateLifetimeModel(BG_BB, log, { ...PERIODS }), "customers", "opportunitySummary"],
    [() => evaluateLifetimeModel(BG_NBD, ROWS, {}), "options.horizon", "weeks"],
    [() => evaluateLifetimeModel(BG_NBD, ROWS, { horizon: 0 }), "options.horizon", "is 0"],
    [() => evaluateLifetimeModel(BG_BB, ROWS, { horizon: 1.5 }), "options.horizon", "1.5"],
    [
      () => evaluateLifetimeModel(BG_NBD, ROWS, { horizon: 1, through: "1997-09-30" }),
      "options.through",
      "for logs",
    ],
    [() => evaluateLifetimeModel(BG_NBD, ROWS, { horizon: 1, upTo: 0 }), "options.upTo", "is 0"],
    [
      () =>
        evaluateLifetimeModel(BG_NBD, { x: [1], tx: [1], T: [2], holdoutX: [1] }, { horizon: 1, spend: 9 }),
      "customers.holdoutSpend",
      "missing",
    ],
    [
      () => evaluateLifetimeModel(BG_NBD, { x: [1], tx: [1], T: [2], holdoutX: [1, 2] }, { horizon: 1 }),
      "customers.holdoutX",
      "2 values",
    ],
    [() => evaluateLifetimeModel(BG_NBD, ROWS[0] as never, { horizon: 1 }), "customers", "rows or columns"],
    [() => evaluateLifetimeModel(BG_NBD, null as never, { horizon: 1 }), "customers", "null"],
  ])("refuses %s", (call, path, words) => {
    const error = thrown(call);
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
    expect(error.message).toContain(words);
  });

  test("stops when told to, also while it works", () => {
    let looks = 0;
    const signal = {
      get aborted() {
        return ++looks > 12;
      },
    };
    const rows = Array.from({ length: 50 }, (_, i) => ({ x: 1, tx: 1, T: 20 + i, holdoutX: 1 }));
    for (const given of [{ aborted: true }, signal]) {
      const error = thrown(() => evaluateLifetimeModel(BG_NBD, rows, { horizon: 5, signal: given }));
      expect([error.code, error.path]).toEqual(["ABORTED", "options.signal"]);
    }
  });

  test("names the rows whose holdout cannot be", () => {
    const bad = [ROWS[0], { ...ROWS[1], holdoutX: 1.5 }, { ...ROWS[2], holdoutX: null }];
    const error = thrown(() => evaluateLifetimeModel(BG_NBD, bad, { horizon: 1 }));
    expect(error.code).toBe("INVALID_ROWS");
    expect(error.message).toContain("row 2, holdoutX: 1.5 is not a whole number");
    expect(error.message).toContain("row 3, holdoutX: null is missing");
    const unpaid = [ROWS[0], { ...ROWS[1], holdoutSpend: null }];
    const missing = thrown(() => evaluateLifetimeModel(BG_NBD, unpaid, { horizon: 1, spend: 9 }));
    expect(missing.message).toContain("row 2, holdoutSpend: null is missing");
  });
});
