import { describe, expect, test } from "vitest";
import type { CoxInput } from "../../../src/statistics/cox/cox-data.js";
import { coxRegression } from "../../../src/statistics/cox/cox-regression.js";
import { thrown } from "../../core/thrown.js";

const good = { duration: 3, event: true, covariates: { visits: 2, age: 40 } };

function errorOf(data: unknown) {
  return thrown(() => coxRegression(data as CoxInput));
}

describe("rows that break rules are named, all of them", () => {
  test("durations and events, as of every survival function", () => {
    const error = errorOf([good, { ...good, duration: -1 }]);
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[1].duration" });
    expect(error.message).toContain("-1");
  });

  test("covariates that are missing, no numbers, or new", () => {
    const error = errorOf([
      good,
      { ...good, covariates: { visits: "2", age: 40 } },
      { ...good, covariates: { visits: 2 } },
      { ...good, covariates: null },
      { ...good, covariates: { visits: Number.NaN, age: 40, vip: 1 } },
      { ...good, covariates: { visits: 1e101, age: 40 } },
      { ...good, covariates: { visits: 3n, age: -1e-101 } },
    ]);
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[1].covariates.visits" });
    expect(error.message.split("\n")).toEqual([
      "8 problems in data:",
      '  row 2, covariates.visits: "2" is not a finite number; code a category as 0/1 covariates',
      "  row 3, covariates.age: is missing",
      "  row 4, covariates: null is not an object of numbers",
      "  row 5, covariates.vip: 1 is not in the first row: give every row the same covariates",
      "  row 5, covariates.visits: NaN is not a finite number; code a category as 0/1 covariates",
      "  row 6, covariates.visits: 1e+101 is neither 0 nor of a size from 1e-100 to 1e100",
      "  row 7, covariates.visits: 3n is not a finite number; code a category as 0/1 covariates",
      "  row 7, covariates.age: -1e-101 is neither 0 nor of a size from 1e-100 to 1e100",
    ]);
  });

  test("a stratum that is no name", () => {
    const error = errorOf([good, { ...good, stratum: "north" }, { ...good, stratum: 7 }]);
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[2].stratum" });
    expect(error.message).toContain("row 3, stratum: 7 is neither text nor null");
  });

  test("problems of all kinds in one error, by row", () => {
    const error = errorOf([
      good,
      { ...good, covariates: { visits: 2, age: Number.NaN } },
      "row",
      { ...good, duration: -1, stratum: 7, covariates: { visits: 2, age: 3, vip: 1 } },
    ]);
    expect(error.message.split("\n")).toEqual([
      "5 problems in data:",
      "  row 2, covariates.age: NaN is not a finite number; code a category as 0/1 covariates",
      '  row 3: "row" is not { duration, event }',
      "  row 4, duration: -1 is no finite number of 0 or more",
      "  row 4, covariates.vip: 1 is not in the first row: give every row the same covariates",
      "  row 4, stratum: 7 is neither text nor null",
    ]);
  });

  test("a name that every object has is a name like any other", () => {
    const error = errorOf([
      { ...good, covariates: { constructor: 1 } },
      { ...good, covariates: {} },
    ]);
    expect(error.path).toBe("data[1].covariates.constructor");
    expect(error.message).toContain("row 2, covariates.constructor: is missing");
  });
});

test("very many problems: the first of them by row, and how many there are", () => {
  const bad = { ...good, covariates: { visits: Number.NaN, age: Number.NaN } };
  const error = errorOf([good, ...new Array(5000).fill(bad)]);
  expect(error.message).toContain("10000 problems in data, the first 20:");
  expect(error.problems?.map(({ row }) => row)).toEqual([
    1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10,
  ]);
});

test("no rows are no events, however they are written", () => {
  const none = coxRegression([]);
  expect(none).toMatchObject({
    converged: false,
    subjects: 0,
    reason: expect.stringMatching(/^no event happened/),
  });
  expect(coxRegression({ duration: [], event: [], covariates: { visits: [] } })).toEqual(none);
});

test("strata: those of none are a stratum of their own, and none at all is no strata", () => {
  const rows = Array.from({ length: 12 }, (_, at) => ({
    duration: 1 + ((at * 7) % 11),
    event: at % 3 > 0,
    covariates: { visits: (at * 5) % 7 },
  }));
  const plain = coxRegression(rows);
  expect(plain.converged).toBe(true);
  expect(coxRegression(rows.map((row) => ({ ...row, stratum: null })))).toEqual(plain);
  const some = rows.map((row, at) => ({ ...row, stratum: [null, "x", undefined][at % 3] }));
  const named = rows.map((row, at) => ({ ...row, stratum: at % 3 === 1 ? "x" : "none" }));
  const [a, b] = [coxRegression(some), coxRegression(named)];
  if (!a.converged || !b.converged) throw new Error("no fit");
  expect(a.strata).toEqual(["x", null]);
  expect(b.strata).toEqual(["none", "x"]);
  expect(a.coefficients[0].coefficient).toBeCloseTo(b.coefficients[0].coefficient, 10);
  expect(a.concordance).toEqual(b.concordance);
});

describe("data of another shape", () => {
  const columns = { duration: [1, 2], event: [true, false], covariates: { visits: [1, 2] } };

  test.each([
    ["nothing", undefined, "data"],
    ["no covariates", [{ duration: 1, event: true }], "data[0].covariates"],
    ["no covariate", [{ ...good, covariates: {} }], "data[0].covariates"],
    ["columns without covariates", { ...columns, covariates: undefined }, "data.covariates"],
    ["a column that is none", { ...columns, covariates: { visits: 3 } }, "data.covariates.visits"],
    ["a short column", { ...columns, covariates: { visits: [3] } }, "data.covariates.visits"],
    ["a short column of strata", { ...columns, stratum: ["a"] }, "data.stratum"],
    [
      "a table",
      { length: 2, columns: { ...columns, covariates: { visits: [3] } } },
      "data.columns.covariates.visits",
    ],
    ["a table's strata", { length: 2, columns: { ...columns, stratum: 3 } }, "data.columns.stratum"],
    [
      "a table without covariates",
      { length: 2, columns: { ...columns, covariates: {} } },
      "data.columns.covariates",
    ],
  ])("%s", (_, data, path) => {
    expect(errorOf(data)).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });

  test("the message says what is missing", () => {
    expect(errorOf([{ duration: 1, event: true }]).message).toBe(
      "data[0].covariates is undefined: pass covariates, an object with at least one measure",
    );
    expect(errorOf({ ...columns, covariates: { visits: [3] } }).message).toBe(
      "data.covariates.visits has 1 values and duration 2: pass columns of one length",
    );
  });
});
