import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lifetimeSummary } from "../../../src/history/lifetime-summary.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import type { ParetoNbdModel, TransactionModel } from "../../../src/lifetime/models/lifetime-model.js";
import type { PurchaseHistory } from "../../../src/lifetime/models/purchase-histories.js";
import { discountedTransactions } from "../../../src/lifetime/predictions/discounted-transactions.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import { kernelOf } from "../../../src/lifetime/predictions/model-kernel.js";
import { newCustomerTransactions } from "../../../src/lifetime/predictions/new-customer-transactions.js";
import { probabilityAlive } from "../../../src/lifetime/predictions/probability-alive.js";
import {
  conditionalTransactionProbabilities,
  transactionProbabilities,
} from "../../../src/lifetime/predictions/transaction-probabilities.js";
import { relativeError } from "../../statistics/relative-error.js";
import { thrown } from "../thrown.js";
import { BG_BB, BG_NBD, MBG_NBD, MODELS, PARETO_NBD } from "./example-models.js";

const history = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
  .map(([x, more, rest]): PurchaseHistory => {
    const tx = x === 0 ? 0 : x + more;
    return { x, tx, T: tx + rest };
  });
const histories = fc.array(history, { minLength: 1, maxLength: 25 });

describe.each(MODELS)("$model", (model) => {
  test("many customers get what each would get alone from the kernel, in their order", () => {
    const kernel = kernelOf(model);
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 100 }), (customers, time) => {
        const twice = [...customers, ...customers];
        const got = [
          probabilityAlive(model, twice),
          probabilityAlive(model, twice, { after: time }),
          expectedTransactions(model, twice, { horizon: time }),
          discountedTransactions(model, twice, { discountRate: 0.1, horizon: time }),
        ];
        const rate = Math.log(1.1) * (model.unit === "week" ? 7 / 365.25 : 1);
        for (const [i, { x, tx, T }] of twice.entries()) {
          const want = [
            kernel.alive(x, tx, T, 0),
            kernel.alive(x, tx, T, time),
            kernel.conditionalExpected(x, tx, T, time),
            kernel.discounted(x, tx, T, rate, time),
          ];
          for (const [k, value] of want.entries()) {
            expect(relativeError((got[k] as Float64Array)[i], value)).toBeLessThan(1e-12);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("rows, columns, typed columns and tables are one thing", () => {
    fc.assert(
      fc.property(histories, (customers) => {
        const columns = {
          x: customers.map(({ x }) => x),
          tx: customers.map(({ tx }) => tx),
          T: customers.map(({ T }) => T),
        };
        const typed = {
          x: Int32Array.from(columns.x),
          tx: Float64Array.from(columns.tx),
          T: Float32Array.from(columns.T),
        };
        const rows = probabilityAlive(model, customers);
        expect(probabilityAlive(model, columns)).toEqual(rows);
        expect(probabilityAlive(model, typed)).toEqual(rows);
        expect(probabilityAlive(model, { length: customers.length, columns })).toEqual(rows);
      }),
      { numRuns: 20 },
    );
  });

  test("chances lie in [0, 1], fall with time, and sum with the expectation of counts", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 20 }), (customer, time) => {
        const [now, later] = [
          probabilityAlive(model, customer),
          probabilityAlive(model, customer, { after: time }),
        ];
        expect(now).toBeLessThanOrEqual(1);
        expect(later).toBeGreaterThanOrEqual(0);
        expect(later).toBeLessThanOrEqual(now * (1 + 1e-14));
        const chances = conditionalTransactionProbabilities(model, customer, { to: time, upTo: 600 });
        const sum = chances.reduce((total, chance) => total + chance, 0);
        expect(sum).toBeCloseTo(1, 9);
        const mean = chances.reduce((total, chance, count) => total + count * chance, 0);
        // Counts above 600 are left out.
        expect(mean).toBeCloseTo(expectedTransactions(model, customer, { horizon: time }), 7);
      }),
      { numRuns: 40 },
    );
  });

  test("a counted interval is what lies between two horizons", () => {
    const early = newCustomerTransactions(model, { horizon: 10 });
    const late = newCustomerTransactions(model, { horizon: 30 });
    const chances = transactionProbabilities(model, { from: 10, to: 30, upTo: 600 });
    const mean = chances.reduce((total, chance, count) => total + count * chance, 0);
    expect(mean).toBeCloseTo(late - early, 9);
    expect(newCustomerTransactions(model, { horizon: Int32Array.of(10, 30) })).toEqual(
      Float64Array.of(early, late),
    );
  });

  test("discounted: nothing at a horizon of 0, the expectation at no rate, less at a higher rate", () => {
    const customer = { x: 3, tx: 5, T: 7 };
    const at = (discountRate: number, horizon: number | null) =>
      discountedTransactions(model, customer, { discountRate, horizon });
    expect(at(0.1, 0)).toBe(0);
    const expected = expectedTransactions(model, customer, { horizon: 20 });
    expect(relativeError(at(0, 20), expected)).toBeLessThan(1e-11);
    expect(at(0.2, 20)).toBeLessThan(at(0.1, 20));
    expect(at(0.1, 20)).toBeLessThan(at(0.1, null));
    // 1.1^-383, what is left after 20,000 weeks, is below 1e-15.
    expect(relativeError(at(0.1, 20_000), at(0.1, null))).toBeLessThan(1e-9);
  });
});

describe("covariates", () => {
  const { parameters } = PARETO_NBD as ParetoNbdModel;
  const model: TransactionModel = {
    model: "paretoNbd",
    parameters,
    unit: "week",
    covariates: { transaction: { app: 0.5, age: -0.02 }, dropout: { app: -0.3 } },
  };
  const customer = { x: 2, tx: 30.43, T: 38.86 };

  test("alpha exp(-effect) and beta exp(-effect) for each customer", () => {
    const scaled = (transaction: number, dropout: number): TransactionModel => ({
      model: "paretoNbd",
      parameters: {
        ...parameters,
        alpha: parameters.alpha * Math.exp(-transaction),
        beta: parameters.beta * Math.exp(-dropout),
      },
      unit: "week",
    });
    const rows = [
      { ...customer, covariates: { app: 1, age: 30 } },
      { ...customer, covariates: { app: 0, age: 30 } },
      { ...customer, covariates: { app: 1, age: 30 } },
    ];
    const got = expectedTransactions(model, rows, { horizon: 39 });
    expect(got[0]).toBeCloseTo(expectedTransactions(scaled(0.5 - 0.6, -0.3), customer, { horizon: 39 }), 12);
    expect(got[1]).toBeCloseTo(expectedTransactions(scaled(-0.6, 0), customer, { horizon: 39 }), 12);
    expect(got[2]).toBe(got[0]);
    expect(newCustomerTransactions(model, { horizon: 39, covariates: { app: 1, age: 30 } })).toBeCloseTo(
      newCustomerTransactions(scaled(-0.1, -0.3), { horizon: 39 }),
      12,
    );
  });

  test("BG/NBD: alpha exp(-effect), a and b exp(effect)", () => {
    const bg: TransactionModel = {
      model: "bgNbd",
      parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
      unit: "week",
      covariates: { transaction: { app: 0.4 }, dropout: { app: 0.7 } },
    };
    const own: TransactionModel = {
      model: "bgNbd",
      parameters: {
        r: 0.243,
        alpha: 4.414 * Math.exp(-0.4),
        a: 0.793 * Math.exp(0.7),
        b: 2.426 * Math.exp(0.7),
      },
      unit: "week",
    };
    const got = probabilityAlive(bg, { ...customer, covariates: { app: 1 } });
    expect(relativeError(got, probabilityAlive(own, customer))).toBeLessThan(1e-13);
  });

  test("one that is missing is named with its row", () => {
    const rows = [{ ...customer, covariates: { app: 1, age: 30 } }, customer];
    const error = thrown(() => probabilityAlive(model, rows));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "customers[1].covariates.app" });
    const none = thrown(() => probabilityAlive(model, customer));
    expect(none.message).toContain("covariates.app: is missing, and the model was fitted with it");
    expect(thrown(() => newCustomerTransactions(model, { horizon: 1 })).path).toBe("options.covariates.app");
    const extra = () => newCustomerTransactions(BG_NBD, { horizon: 1, covariates: { app: 1 } });
    expect(thrown(extra).message).toContain("fitted without");
  });

  test("a model without them does not look at them", () => {
    const row = { ...customer, covariates: { app: Number.NaN } };
    expect(probabilityAlive(BG_NBD, row)).toBe(probabilityAlive(BG_NBD, customer));
    const columns = { x: [2], tx: [30.43], T: [38.86], covariates: { app: [Number.NaN] } };
    expect(probabilityAlive(BG_NBD, columns)[0]).toBe(probabilityAlive(BG_NBD, customer));
  });
});

describe("long runs", () => {
  const customers = Array.from({ length: 500 }, (_, i) => ({ x: 1 + (i % 9), tx: 10 + i / 20, T: 40 }));

  test("progress rises to the number of different histories and ages", () => {
    const calls: [number, number][] = [];
    expectedTransactions(BG_NBD, customers, {
      horizon: 10,
      onProgress: (done, total) => calls.push([done, total]),
    });
    const total = 500 + 9;
    expect(calls.at(-1)).toEqual([total, total]);
    expect(calls.length).toBeLessThanOrEqual(101);
    expect(calls.every(([done], i) => i === 0 || done > (calls[i - 1] as [number, number])[0])).toBe(true);
  });

  test("an abort ends it", () => {
    const signal = { aborted: false };
    const error = thrown(() =>
      probabilityAlive(BG_NBD, customers, {
        signal,
        onProgress: (done) => {
          if (done >= 100) signal.aborted = true;
        },
      }),
    );
    expect(error).toMatchObject({ code: "ABORTED", path: "options.signal" });
  });
});

describe("mistakes", () => {
  const customer = { x: 2, tx: 30, T: 38 };
  const log = transactionLog([{ customerId: "ani", at: "2024-01-01", amount: 5 }], { currency: "IDR" });

  test.each([
    [{ converged: false, reason: "nobody bought again" }, "nobody bought again"],
    [{ model: "crystalBall" }, "crystalBall"],
    [null, "null"],
  ])("%o is no model", (model, word) => {
    const error = thrown(() => probabilityAlive(model as never, customer));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "model" });
    expect(error.message).toContain(word);
  });

  test.each([
    [() => probabilityAlive({ ...BG_NBD, unit: "fortnight" } as never, customer), "model.unit", "fortnight"],
    [
      () => probabilityAlive({ ...BG_NBD, parameters: { r: 1, alpha: 1, a: -1, b: 1 } } as never, customer),
      "model.parameters.a",
      "-1",
    ],
    [() => probabilityAlive(BG_NBD, customer, { after: -1 }), "options.after", "-1"],
    [() => expectedTransactions(BG_NBD, customer, {} as never), "options.horizon", "number of weeks"],
    [() => expectedTransactions(BG_BB, customer, { horizon: 1.5 }), "options.horizon", "whole number"],
    [() => discountedTransactions(BG_NBD, customer, { discountRate: -0.1 }), "options.discountRate", "-0.1"],
    [
      () => discountedTransactions(BG_NBD, customer, { discountRate: 0 }),
      "options.horizon",
      "pass a horizon or a rate above 0",
    ],
    [
      () => discountedTransactions(BG_NBD, customer, { discountRate: 2e6 }),
      "options.discountRate",
      "at most 1e6",
    ],
    [() => probabilityAlive(BG_NBD, null as never), "customers", "lifetimeSummary"],
    [
      () =>
        probabilityAlive(
          { ...BG_NBD, covariates: { transaction: { z: Number.NaN }, dropout: {} } } as never,
          customer,
        ),
      "model.covariates.transaction.z",
      "NaN",
    ],
    [
      () => probabilityAlive({ ...BG_NBD, covariates: { transaction: { z: 1 } } } as never, customer),
      "model.covariates.dropout",
      "{} for none",
    ],
    [
      () => probabilityAlive({ ...MBG_NBD, covariates: { transaction: {}, dropout: {} } } as never, customer),
      "model.covariates",
      "leave it out",
    ],
    [
      () =>
        newCustomerTransactions(
          { ...BG_NBD, covariates: { transaction: { z: 1, w: 1 }, dropout: {} } } as never,
          { horizon: 1, covariates: { z: 1, w: -900 } },
        ),
      "options.covariates.w",
      "effect of -899",
    ],
    [() => transactionProbabilities(BG_NBD, { from: 5, to: 4, upTo: 1 }), "options.from", "swap"],
    [() => transactionProbabilities(BG_NBD, { to: 4, upTo: -1 }), "options.upTo", "-1"],
    [() => newCustomerTransactions(BG_NBD, { horizon: [1, -2] }), "options.horizon[1]", "-2"],
    [
      () => conditionalTransactionProbabilities(BG_NBD, [customer] as never, { to: 1, upTo: 1 }),
      "customer",
      "one customer",
    ],
    [() => probabilityAlive(BG_NBD, log as never), "customers", "lifetimeSummary(log"],
    [
      () => probabilityAlive(BG_NBD, lifetimeSummary(log, { through: "2024-02-01" })),
      "customers.unit",
      'unit "week"',
    ],
  ])("%s names %s", (call, path, word) => {
    const error = thrown(call);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(word);
  });

  test("histories that cannot be are listed", () => {
    expect(thrown(() => probabilityAlive(BG_NBD, { x: 2, tx: 40, T: 38 }))).toMatchObject({
      code: "INVALID_ROWS",
      path: "customers[0].tx",
    });
    expect(thrown(() => probabilityAlive(BG_NBD, { x: "2", tx: 40, T: 38 } as never)).path).toBe(
      "customers[0].x",
    );
    const model = { ...PARETO_NBD, covariates: { transaction: { z: 2 }, dropout: { w: 1 } } } as never;
    const rows = [60, 1, 800].map((z) => ({ ...customer, covariates: { z, w: -1 } }));
    const far = thrown(() => probabilityAlive(model, rows));
    expect(far).toMatchObject({ code: "INVALID_ROWS", path: "customers[0].covariates.z" });
    expect(far.problems?.map(({ row, value }) => [row, value])).toEqual([
      [0, 60],
      [2, 800],
    ]);
    expect(thrown(() => probabilityAlive(BG_BB, { x: 1, tx: 1, T: 1e6 })).path).toBe("customers[0].T");
    const many = [customer, { x: 5, tx: 3, T: 6 }, { x: 1, tx: 1.5, T: 6 }];
    const error = thrown(() => probabilityAlive(BG_BB, many));
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "customers[1].x" });
    expect(error.problems?.map(({ row, field }) => [row, field])).toEqual([
      [1, "x"],
      [2, "tx"],
    ]);
  });
});
