import { assertArgument, shown } from "../core/assert.js";
import { invalidRows, type RowProblem } from "../core/row-problems.js";
import { type CellValue, column, type Table } from "../core/table.js";

/** A customer and one number about them. */
export interface ValuedCustomer {
  /** Who. */
  readonly customerId: string;
  /** The number, finite, in any unit: revenue, profit, points. */
  readonly value: number;
}

/** The same as many {@link ValuedCustomer}s, column by column. */
export interface ValuedCustomerColumns {
  /** Who, by row. */
  readonly customerId: readonly string[];
  /** The number, by row. */
  readonly value: readonly number[];
}

/** Reads and checks a value for each customer; -0 becomes 0, so that the two are a tie. @internal */
export function valuedCustomers(
  input: Table<ValuedCustomerColumns> | readonly ValuedCustomer[],
  path: string,
): { customerIds: readonly string[]; values: Float64Array } {
  const customerIds = Array.isArray(input)
    ? input.map((row) => row?.customerId)
    : inputColumn<string>(input, "customerId", path);
  const given = Array.isArray(input)
    ? input.map((row) => row?.value)
    : inputColumn<number>(input, "value", path);
  const problems = customerIdProblems(customerIds);
  const values = new Float64Array(customerIds.length);
  for (let row = 0; row < values.length; row++) {
    const value = given[row];
    if (!Number.isFinite(value)) {
      problems.push({ row, field: "value", reason: "is not a finite number", value });
    }
    values[row] = value + 0;
  }
  throwProblems(problems, path);
  return { customerIds, values };
}

/** One column of a table that a caller may have made by hand: as long as its column of ids, its cells unchecked. @internal */
export function inputColumn<Cell extends CellValue>(
  input: unknown,
  name: string,
  path: string,
): readonly Cell[] {
  const { columns } = Object(input) as Partial<Table>;
  assertArgument(
    typeof columns === "object" && columns !== null,
    path,
    () => `${path} is ${shown(input)}: pass an array of rows or a table`,
  );
  const given = { length: 0, columns };
  const values = column(given, name);
  const customers = column(given, "customerId");
  assertArgument(
    Array.isArray(values) && values.length === customers.length,
    `${path}.columns.${name}`,
    () =>
      `${path}.columns.${name} has ${values.length} values for ${customers.length} customers: pass one for each`,
  );
  return values as readonly Cell[];
}

/** Ids that are no text, are empty or come a second time. @internal */
export function customerIdProblems(customerIds: readonly unknown[], field = "customerId"): RowProblem[] {
  const problems: RowProblem[] = [];
  const seen = new Set<unknown>();
  for (let row = 0; row < customerIds.length; row++) {
    const value = customerIds[row];
    if (typeof value !== "string" || value === "") {
      problems.push({ row, field, reason: "is not an id: text that is not empty", value });
    } else if (seen.size === seen.add(value).size) {
      problems.push({ row, field, reason: "comes a second time", value });
    }
  }
  return problems;
}

/** @internal */
export function throwProblems(problems: RowProblem[], path: string): void {
  if (problems.length === 0) return;
  const total = problems.length;
  throw invalidRows(
    problems.sort((a, b) => a.row - b.row),
    total,
    path,
  );
}
