import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { drawUniform } from "../../../src/core/random-draws.js";
import type { TransactionModel } from "../../../src/lifetime/models/lifetime-model.js";
import type { PurchaseHistoryColumns } from "../../../src/lifetime/models/purchase-histories.js";
import { discountedTransactions } from "../../../src/lifetime/predictions/discounted-transactions.js";
import { expectedTransactions } from "../../../src/lifetime/predictions/expected-transactions.js";
import { predictLifetimeValue } from "../../../src/lifetime/predictions/predict-lifetime-value.js";
import { probabilityAlive } from "../../../src/lifetime/predictions/probability-alive.js";
import { simulateCustomers } from "../../../src/lifetime/predictions/simulate-customers.js";
import { thrown } from "../thrown.js";
import { BG_NBD, MBG_NBD, PARETO_NBD } from "./example-models.js";

const CUSTOMERS = 6000;
/** Lists this short are computed history by history. */
const SHORT = 3000;

function base(model: TransactionModel, longest: number, grid?: number): PurchaseHistoryColumns {
  const random = seededRandom(11);
  const on = (time: number) => (grid === undefined ? time : Math.ceil(time * grid) / grid);
  const T = Float64Array.from({ length: CUSTOMERS }, () => on(drawUniform(random, 0, longest)));
  const { x, tx } = simulateCustomers(model, { customers: CUSTOMERS, T, seed: 5 }).columns;
  return { x, tx: tx.map((time, i) => Math.min(on(time), T[i] as number)), T };
}

function part({ x, tx, T }: PurchaseHistoryColumns, from: number): PurchaseHistoryColumns {
  const cut = (column: ArrayLike<number>) => Array.from(column).slice(from, from + SHORT);
  return { x: cut(x), tx: cut(tx), T: cut(T) };
}

// Those of CDNOW, and some whose functions are steep or have a limit at a parameter of 1.
const MODELS: Readonly<Record<string, TransactionModel>> = {
  BG_NBD,
  MBG_NBD,
  PARETO_NBD,
  "Pareto/NBD, s = 1, beta below alpha": {
    model: "paretoNbd",
    parameters: { r: 0.553, alpha: 30.578, s: 1, beta: 1.669 },
    unit: "week",
  },
  "Pareto/NBD, busy": {
    model: "paretoNbd",
    parameters: { r: 2.5, alpha: 1, s: 1.5, beta: 50 },
    unit: "week",
  },
  "BG/NBD, a = 1": { model: "bgNbd", parameters: { r: 0.5, alpha: 4, a: 1, b: 2 }, unit: "week" },
  "BG/NBD, leaving is much alike": {
    model: "bgNbd",
    parameters: { r: 3, alpha: 0.5, a: 30, b: 100 },
    unit: "week",
  },
};

describe.each(Object.entries(MODELS))("%s: a long list is answered as short ones", (_, model) => {
  const asked: Readonly<Record<string, (customers: PurchaseHistoryColumns) => Float64Array>> = {
    "alive now": (customers) => probabilityAlive(model, customers),
    "alive later": (customers) => probabilityAlive(model, customers, { after: 9 }),
    expected: (customers) => expectedTransactions(model, customers, { horizon: 52 }),
    "for ever": (customers) => discountedTransactions(model, customers, { discountRate: 0.15 }),
    "for a time": (customers) =>
      discountedTransactions(model, customers, { discountRate: 0.15, horizon: 20 }),
  };

  // Each of the two is good to some 3e-14 of its value: where (r + x) multiplies a logarithm its rounding grows with x.
  test.each(Object.entries(asked))("%s", (_, ask) => {
    for (const customers of [base(model, 157), base(model, 157, 7)]) {
      const long = ask(customers);
      const short = [0, SHORT].flatMap((from) => Array.from(ask(part(customers, from))));
      const errors = short.map((value, i) => Math.abs((long[i] as number) - value) / (value || 1));
      expect(Math.max(...errors)).toBeLessThan(2e-13);
    }
  });
});

test("customers' places in a long list change nothing", () => {
  const { x, tx, T } = base(PARETO_NBD, 80);
  const turned = (column: ArrayLike<number>) => Float64Array.from(column).reverse();
  const ask = (customers: PurchaseHistoryColumns) =>
    expectedTransactions(PARETO_NBD, customers, { horizon: 10 });
  expect(ask({ x: turned(x), tx: turned(tx), T: turned(T) }).reverse()).toEqual(ask({ x, tx, T }));
});

test("one who bought more often than any list counts does not stop the others", () => {
  const { x, tx, T } = base(BG_NBD, 80);
  const [many, last, end] = [Float64Array.from(x), Float64Array.from(tx), Float64Array.from(T)];
  [many[0], last[0], end[0]] = [50_000, 79, 80];
  const found = expectedTransactions(BG_NBD, { x: many, tx: last, T: end }, { horizon: 10 });
  const [alone, other] = [0, 1].map((i) =>
    expectedTransactions(
      BG_NBD,
      { x: many[i] as number, tx: last[i] as number, T: end[i] as number },
      { horizon: 10 },
    ),
  );
  expect([found[0], found[1]]).toEqual([alone, other]);
});

test("a sum without limit is refused, and columns can be handed over", () => {
  const customers = base(BG_NBD, 80);
  expect(thrown(() => discountedTransactions(BG_NBD, customers, { discountRate: 0 }))).toMatchObject({
    code: "INVALID_ARGUMENT",
    path: "options.horizon",
  });
  const { columns } = predictLifetimeValue(BG_NBD, 35, customers, {
    marginShare: 0.3,
    discountRate: 0.1,
    horizon: 52,
  });
  const { value, probabilityAlive: alive } = structuredClone(columns, {
    transfer: [columns.value.buffer as ArrayBuffer, columns.probabilityAlive.buffer as ArrayBuffer],
  });
  expect([value.length, alive.length, columns.value.length]).toEqual([CUSTOMERS, CUSTOMERS, 0]);
});

test("progress rises to the number of customers, and an abort ends it", () => {
  const customers = base(PARETO_NBD, 80);
  const calls: [number, number][] = [];
  probabilityAlive(PARETO_NBD, customers, { onProgress: (...call) => calls.push(call) });
  expect(calls.at(-1)).toEqual([CUSTOMERS, CUSTOMERS]);
  expect(calls).toHaveLength(100);
  expect(calls.every(([done], i) => i === 0 || done > (calls[i - 1]?.[0] as number))).toBe(true);
  const signal = { aborted: false };
  const error = thrown(() =>
    probabilityAlive(PARETO_NBD, customers, {
      signal,
      onProgress: (done) => {
        signal.aborted = done >= 600;
      },
    }),
  );
  expect(error).toMatchObject({ code: "ABORTED", path: "options.signal" });
  expect(error.message).toContain("600 of 6000");
});
