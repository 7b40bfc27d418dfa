import { describe, expect, test } from "vitest";
import { ClienteleError, type RowProblem } from "../../src/core/errors.js";
import { invalidRows, rowProblemMessage, rowProblemsMessage } from "../../src/core/row-problems.js";

const reason = "is not a whole number of minor units";
const half: RowProblem = { row: 2, field: "amount", reason, value: 10.5 };
const many = Array.from({ length: 25 }, (_, row): RowProblem => ({ ...half, row }));

describe("rowProblemMessage", () => {
  test.each<[string, RowProblem, string]>([
    ["rows count from 1 for people", half, `row 3, amount: 10.5 ${reason}`],
    ["text stands in quotes", { ...half, value: "10.5" }, `row 3, amount: "10.5" ${reason}`],
    ["null is a value", { ...half, value: null }, `row 3, amount: null ${reason}`],
    [
      "a missing value is not shown",
      { ...half, reason: "is missing", value: undefined },
      "row 3, amount: is missing",
    ],
    [
      "a rule of the whole record",
      { ...half, field: "", reason: "is not an object", value: 7 },
      "row 3: 7 is not an object",
    ],
  ])("%s", (_, problem, message) => {
    expect(rowProblemMessage(problem)).toBe(message);
  });
});

describe("rowProblemsMessage", () => {
  test("one problem to a line below the count", () => {
    expect(rowProblemsMessage([half, { ...half, row: 4 }], 2, "transactions")).toBe(
      `2 problems in transactions:\n  row 3, amount: 10.5 ${reason}\n  row 5, amount: 10.5 ${reason}`,
    );
  });

  test("exactly 20 are listed without more ado", () => {
    const lines = rowProblemsMessage(many.slice(0, 20)).split("\n");
    expect(lines[0]).toBe("20 problems in rows:");
    expect(lines).toHaveLength(21);
  });

  test.each<[string, readonly RowProblem[]]>([
    ["all 25 are handed over", many],
    ["only the first 20 were kept", many.slice(0, 20)],
  ])("20 of 25 are listed and the count is whole when %s", (_, problems) => {
    const lines = rowProblemsMessage(problems, 25, "rows").split("\n");
    expect(lines[0]).toBe("25 problems in rows, the first 20:");
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe(`  row 20, amount: 10.5 ${reason}`);
  });
});

describe("invalidRows", () => {
  test("is an error of the library with the first 20 problems as data", () => {
    const error = invalidRows(many, 25, "transactions");
    expect(error).toBeInstanceOf(ClienteleError);
    expect(error.code).toBe("INVALID_ROWS");
    expect(error.message).toBe(rowProblemsMessage(many, 25, "transactions"));
    expect(error.problems).toEqual(many.slice(0, 20));
  });

  test.each([
    ["amount", "transactions[2].amount"],
    ["lines[0].amount", "transactions[2].lines[0].amount"],
    ['["Net amount"]', 'transactions[2]["Net amount"]'],
    ["", "transactions[2]"],
  ])("the path leads to the first problem: %j", (field, path) => {
    expect(invalidRows([{ ...half, field }], 1, "transactions").path).toBe(path);
  });

  test("other errors have no property `problems` at all", () => {
    expect("problems" in new ClienteleError("ABORTED", "signal", "stopped")).toBe(false);
  });
});
