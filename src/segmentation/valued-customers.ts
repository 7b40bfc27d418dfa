import { assertArgument, shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { type RowProblem, throwRowProblems } from "../core/row-problems.js";
import type { CellValue, WithColumns } from "../core/table.js";

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
  /** The number, by row: a plain or a typed array. */
  readonly value: ArrayLike<number>;
}

/** Reads and checks a value for each customer; -0 becomes 0, so that the two are a tie. @internal */
export function valuedCustomers(
  input: WithColumns<ValuedCustomerColumns> | readonly ValuedCustomer[],
  path: string,
): { customerIds: readonly string[]; values: Float64Array } {
  const isRows = Array.isArray(input);
  const customerIds = isRows
    ? (input as readonly ValuedCustomer[]).map((row) => row?.customerId)
    : idColumn(input, path);
  const given: ArrayLike<number> = isRows
    ? (input as readonly ValuedCustomer[]).map((row) => row?.value)
    : inputColumn<number>(input, "value", path);
  const problems = customerIdProblems(customerIds);
  const values = new Float64Array(customerIds.length);
  for (let row = 0; row < values.length; row++) {
    const value = given[row];
    if (Number.isFinite(value)) values[row] = value + 0;
    else problems.push({ row, field: "value", reason: "is not a finite number", value });
  }
  throwRowProblems(problems, path);
  return { customerIds, values };
}

/** The ids of a table that a caller may have made by hand, unchecked. @internal */
export function idColumn(input: unknown, path: string): readonly string[] {
  return inputColumn<string>(input, "customerId", path) as readonly string[];
}

/**
 * One column of a table that a caller may have made by hand: as long as its column of ids, its cells unchecked. Numbers
 * may stand in a typed array.
 *
 * @internal
 */
export function inputColumn<Cell extends CellValue>(
  input: unknown,
  name: string,
  path: string,
  hint = "pass a table with this column",
): ArrayLike<Cell> {
  const { columns } = Object(input) as { readonly columns?: Readonly<Record<string, unknown>> };
  assertArgument(
    typeof columns === "object" && columns !== null,
    path,
    () => `${path} is ${shown(input)}: pass an array of rows or a table`,
  );
  for (const needed of new Set(["customerId", name])) {
    if (!Object.hasOwn(columns, needed)) throw unknownColumn(columns, needed, path, hint);
  }
  const values = columns[name] as ArrayLike<Cell>;
  const ids = columns.customerId;
  assertArgument(
    Array.isArray(ids),
    `${path}.columns.customerId`,
    () => `${path}.columns.customerId is ${shown(ids)}: pass an array of ids`,
  );
  assertArgument(
    Array.isArray(values) || isNumberArray(values),
    `${path}.columns.${name}`,
    () => `${path}.columns.${name} is ${shown(values)}: pass a plain array, or a typed array of numbers`,
  );
  assertArgument(
    values.length === ids.length,
    `${path}.columns.${name}`,
    () =>
      `${path}.columns.${name} has ${values.length} values for ${ids.length} customers: pass one for each`,
  );
  return values;
}

/** A typed array; a view of bytes has no length. */
function isNumberArray(values: unknown): boolean {
  return ArrayBuffer.isView(values) && "length" in values;
}

function unknownColumn(columns: object, name: string, path: string, hint: string): ClienteleError {
  const known = Object.keys(columns);
  const listed = known.length === 0 ? "no columns" : known.slice(0, LISTED).map(shown).join(", ");
  return new ClienteleError(
    "UNKNOWN_COLUMN",
    `${path}.columns.${name}`,
    `${path} has no column ${shown(name)}, it has ${listed}: ${hint}`,
  );
}

/** How many names of columns an error message spells out. */
const LISTED = 20;

/** Ids that are no text, are empty or come a second time; `noId` says what an id is. @internal */
export function customerIdProblems(
  customerIds: readonly unknown[],
  field = "customerId",
  noId = "is not an id: text that is not empty",
): RowProblem[] {
  if (isAscending(customerIds)) return [];
  const problems: RowProblem[] = [];
  const seen = new Set<unknown>();
  for (let row = 0; row < customerIds.length; row++) {
    const value = customerIds[row];
    if (typeof value !== "string" || value === "") {
      problems.push({ row, field, reason: noId, value });
    } else if (seen.size === seen.add(value).size) {
      problems.push({ row, field, reason: "comes a second time", value });
    }
  }
  return problems;
}

/**
 * Whether each id is longer than the one before, or as long and greater: then none comes twice, which a set takes five times
 * as long to find. So ids stand that come from a counter, or sorted from a database.
 */
function isAscending(ids: readonly unknown[]): boolean {
  let before = "";
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row];
    if (typeof id !== "string" || id.length < before.length) return false;
    if (id.length === before.length && id <= before) return false;
    before = id;
  }
  return true;
}
