import { shown } from "./assert.js";
import { ClienteleError, type RowProblem } from "./errors.js";

export type { RowProblem };

/** How many problems an error message spells out: enough to see the pattern, few enough to read. */
const LISTED = 20;

/** A record that was not taken, whole, with every rule that it breaks. */
export interface RejectedRow {
  /** 0-based place in the input; messages show `row + 1`. */
  readonly row: number;
  /** The record as it came in; as far as it was read, where only a look across rows found the fault. */
  readonly record: unknown;
  /** The rules that it breaks, at least one. */
  readonly problems: readonly RowProblem[];
}

/**
 * How does one bad record read in a sentence?
 *
 * @param problem - The rule that a record breaks; its `row` is 0-based.
 * @returns `row N, field: value reason`, N counting from 1; a missing value is not shown.
 * @example
 * ```ts
 * import { rowProblemMessage } from "clientele";
 *
 * const problem = { row: 2, field: "amount", reason: "is not a whole number of minor units", value: 10.5 };
 * rowProblemMessage(problem); // => "row 3, amount: 10.5 is not a whole number of minor units"
 * ```
 */
export function rowProblemMessage(problem: RowProblem): string {
  const place = problem.field === "" ? `row ${problem.row + 1}` : `row ${problem.row + 1}, ${problem.field}`;
  const value = problem.value === undefined ? "" : `${shown(problem.value)} `;
  return `${place}: ${value}${problem.reason}`;
}

/**
 * How do many bad records read in one message?
 *
 * The first 20 are spelled out, one to a line; the first line says how many there are.
 *
 * @param problems - The problems at hand, in the order of the rows: at least the first 20.
 * @param total - How many there are in all, where `problems` holds only the first; default `problems.length`.
 * @param what - What a row is, in the plural; default `"rows"`.
 * @returns Text of several lines.
 * @example
 * ```ts
 * import { rowProblemsMessage } from "clientele";
 *
 * const problem = { row: 0, field: "customerId", reason: "is missing", value: undefined };
 * const message = rowProblemsMessage([problem], 1, "transactions");
 * message; // => "1 problem in transactions:\n  row 1, customerId: is missing"
 * ```
 */
export function rowProblemsMessage(
  problems: readonly RowProblem[],
  total: number = problems.length,
  what = "rows",
): string {
  const listed = problems.slice(0, LISTED);
  const count = `${total} ${total === 1 ? "problem" : "problems"} in ${what}`;
  const heading = listed.length < total ? `${count}, the first ${listed.length}:` : `${count}:`;
  return [heading, ...listed.map((problem) => `  ${rowProblemMessage(problem)}`)].join("\n");
}

/**
 * Which error says that rows of a table break rules?
 *
 * The error is returned, not thrown, so that the caller's `throw` ends the control flow.
 *
 * @param problems - The problems at hand, in the order of the rows: at least the first 20.
 * @param total - How many there are in all; default `problems.length`.
 * @param what - What a row is, in the plural: `"transactions"`; it is also the start of the error's path.
 * @returns A `ClienteleError` with code `INVALID_ROWS`, the first 20 problems in its message and in `problems`,
 * and the first one's place as its path: `transactions[2].amount`.
 * @example
 * ```ts
 * import { invalidRows } from "clientele";
 *
 * const problem = { row: 2, field: "amount", reason: "is not a whole number of minor units", value: 10.5 };
 * const error = invalidRows([problem], 1, "transactions");
 * error.path; // => "transactions[2].amount"
 * error.problems?.length; // => 1
 * ```
 */
export function invalidRows(
  problems: readonly RowProblem[],
  total: number = problems.length,
  what = "rows",
): ClienteleError {
  const first = problems[0];
  const path = first ? rowPath(first, what) : what;
  const message = rowProblemsMessage(problems, total, what);
  return new ClienteleError("INVALID_ROWS", path, message, problems.slice(0, LISTED));
}

/**
 * Throws what was found, in the order of the rows; nothing where nothing was found.
 *
 * @param problems - The problems at hand, sorted in place: of each column at least the first 20.
 * @param path - What a row is, in the plural, as in {@link invalidRows}.
 * @param total - How many there are in all; default `problems.length`.
 * @internal
 */
export function throwRowProblems(
  problems: RowProblem[],
  path: string,
  total: number = problems.length,
): void {
  if (problems.length === 0) return;
  throw invalidRows(
    problems.sort((a, b) => a.row - b.row),
    total,
    path,
  );
}

function rowPath({ row, field }: RowProblem, what: string): string {
  if (field === "") return `${what}[${row}]`;
  return field.startsWith("[") ? `${what}[${row}]${field}` : `${what}[${row}].${field}`;
}
