import { describe, expect, test } from "vitest";
import { lifetimeSummary } from "../../../src/history/lifetime-summary.js";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { assertUnit, readHistories } from "../../../src/lifetime/models/purchase-histories.js";
import { thrown } from "../thrown.js";

const rows = [
  { x: 0, tx: 0, T: 3 },
  { x: 2, tx: 1.5, T: 4 },
];
const columns = { x: [0, 2], tx: [0, 1.5], T: [3, 4] };
const asLists = ({ x, tx, T }: ReturnType<typeof readHistories>) => [[...x], [...tx], [...T]];
const lists = [columns.x, columns.tx, columns.T];

describe("readHistories", () => {
  test("rows, columns, typed columns and tables are the same", () => {
    const typed = { x: Int32Array.of(0, 2), tx: Float64Array.of(0, 1.5), T: Float32Array.of(3, 4) };
    for (const input of [rows, columns, typed, { length: 2, columns }]) {
      const read = readHistories(input, { unit: "week" });
      expect(asLists(read)).toEqual(lists);
      expect([read.length, read.weight, read.unit]).toEqual([2, null, "week"]);
    }
  });

  test("weights and covariates", () => {
    const read = readHistories(
      [
        { ...rows[0], weight: 2.5, covariates: { age: 30 } },
        { ...rows[1], covariates: { age: 40 } },
      ],
      {},
    );
    expect([...(read.weight ?? [])]).toEqual([2.5, 1]);
    expect([...read.covariates.age]).toEqual([30, 40]);
    expect(read.unit).toBe(null);
  });

  test("a log in the unit asked for; a summary knows its own", () => {
    const log = transactionLog(
      ["2024-01-01", "2024-01-15"].map((at) => ({ customerId: "ani", at, amount: 1 })),
      { currency: "USD" },
    );
    const options = { through: "2024-01-29", unit: "week" } as const;
    expect(asLists(readHistories(log, options))).toEqual([[1], [2], [4]]);
    expect(readHistories(lifetimeSummary(log, options), {}).unit).toBe("week");
    expect(readHistories(log, { through: "2024-01-29" }).unit).toBe("day");
    const error = thrown(() => readHistories(lifetimeSummary(log, options), { unit: "day" }));
    expect([error.path, error.message.includes('the summary is in "week"')]).toEqual(["options.unit", true]);
    expect(thrown(() => readHistories(log, {})).path).toBe("options.through");
    expect(thrown(() => readHistories(rows, { through: "2024-01-29" })).path).toBe("options.through");
  });

  test("does not change what came in, nor share a plain array", () => {
    const frozen = { x: Object.freeze([0, 2]), tx: Object.freeze([0, 1.5]), T: Object.freeze([3, 4]) };
    expect(asLists(readHistories(frozen, {}))).toEqual(lists);
  });

  test.each([
    [{ x: 0.5, tx: 1, T: 2 }, "row 1, x: 0.5 is not a whole number"],
    [{ x: -1, tx: 1, T: 2 }, "row 1, x: -1 is not a whole number"],
    [{ x: 1, tx: 3, T: 2 }, "row 1, tx: 3 is after T, 2"],
    [{ x: 0, tx: 1, T: 2 }, "row 1, tx: 1 is above 0 though x is 0"],
    [{ x: 1, tx: 0, T: 2 }, "row 1, tx: 0 is 0 though x is 1"],
    [{ x: 1, tx: Number.NaN, T: 2 }, "row 1, tx: NaN is not a time"],
    [{ x: 0, tx: 0, T: Number.POSITIVE_INFINITY }, "row 1, T: Infinity is not a time"],
    [{ x: 0, tx: 0 }, "row 1, T: is missing"],
    [{ x: 0, tx: 0, T: 1, weight: 0 }, "row 1, weight: 0 is not above 0"],
    [{ x: 0, tx: 0, T: 1, covariates: { age: "30" } }, 'row 1, covariates.age: "30" is not a finite number'],
    [7, "row 1: 7 is no object"],
  ])("%j", (row, message) => {
    const error = thrown(() => readHistories([row] as never, {}));
    expect([error.code, error.message.includes(message)]).toEqual(["INVALID_ROWS", true]);
    expect(error.message).toContain("customers");
  });

  test("a covariate that a row lacks", () => {
    const input = [{ ...rows[0], covariates: { age: 3 } }, rows[1]];
    expect(thrown(() => readHistories(input, {})).message).toContain("row 2, covariates.age: is missing");
  });

  test("lists the first 20 of many", () => {
    const many = { x: new Float64Array(50).fill(-1), tx: new Float64Array(50), T: new Float64Array(50) };
    const error = thrown(() => readHistories(many, {}));
    expect([
      error.problems?.length,
      error.message.startsWith("50 problems in customers, the first 20"),
    ]).toEqual([20, true]);
  });

  test("columns of one length", () => {
    expect(thrown(() => readHistories({ ...columns, tx: [0] }, {})).path).toBe("customers.tx");
    expect(thrown(() => readHistories({ length: 2, columns: { x: [0], tx: [0] } } as never, {})).path).toBe(
      "customers.columns.T",
    );
    expect(thrown(() => readHistories({ ...columns, weight: [1] }, {})).path).toBe("customers.weight");
    expect(thrown(() => readHistories({ ...columns, covariates: { age: [1] } }, {})).path).toBe(
      "customers.covariates.age",
    );
    expect(thrown(() => readHistories({} as never, {})).path).toBe("customers.x");
    expect(thrown(() => readHistories(undefined as never, {})).path).toBe("customers");
    expect(thrown(() => readHistories(rows, { unit: "fortnight" as never })).path).toBe("options.unit");
  });
});

describe("what would be left out without a word", () => {
  const mistake = (input: unknown, options: unknown = { unit: "week" }) => {
    const error = thrown(() => readHistories(input as never, options as never));
    expect(error.code).toBe("INVALID_ARGUMENT");
    return [error.path, error.message];
  };

  test.each([
    [{ ...columns, weights: [1, 2] }, "customers.weights", "the name is weight"],
    [
      { length: 2, columns: { ...columns, weights: [1, 2] } },
      "customers.columns.weights",
      "the name is weight",
    ],
    [[rows[0], { ...rows[1], weights: 3 }], "customers[1].weights", "the name is weight"],
    [{ ...columns, covariate: {} }, "customers.covariate", "the name is covariates"],
    [{ ...columns, unit: "hour" }, "customers.unit", '"hour"'],
    [{ length: 3, columns }, "customers.length", "3 and its columns have 2 rows"],
    [{ columns: null }, "customers.columns", "null"],
    [{ frequency: [0], recency: [0], T: [3] }, "customers.x", "pass x (repeat purchases), tx"],
    [{ frequency: [0], recency: [0], T: [3] }, "customers.x", "there are frequency, recency, T"],
  ])("%j", (input, path, message) => {
    const [at, why] = mistake(input);
    expect([at, why.includes(message)]).toEqual([path, true]);
  });

  test.each(["through", "timeZone", "qualifies", "occasion"])("options.%s without a log", (name) => {
    expect(mistake(rows, { unit: "week", [name]: "1997-01-01" })[0]).toBe(`options.${name}`);
  });

  test("options that are null", () => {
    expect(mistake(rows, null)[0]).toBe("options");
  });

  test("a summary of campaigns has no unit of its own", () => {
    const campaigns = { length: 2, columns, unit: null };
    expect(readHistories(campaigns as never, { unit: "year" }).unit).toBe("year");
  });
});

test("assertUnit", () => {
  expect(assertUnit("day")).toBe("day");
  expect(thrown(() => assertUnit(null)).path).toBe("options.unit");
});
