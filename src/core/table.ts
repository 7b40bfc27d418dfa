import { assertArgument, assertInteger, shown } from "./assert.js";
import { ClienteleError } from "./errors.js";

/** What a cell may hold: whatever survives JSON. */
export type CellValue = string | number | boolean | null;

/** Columns by name, of whatever cells: the constraint on a table's type parameter. */
export type ColumnsOf<Names> = { readonly [Name in keyof Names]: readonly CellValue[] };

/**
 * Records kept by column: a plain object that survives JSON and `structuredClone`.
 *
 * Read it with {@link rows}, {@link row} and {@link column}, or take `columns` as they are.
 *
 * @typeParam Columns - Name and array type of each column: `{ id: string[]; amount: number[] }`.
 */
export interface Table<Columns extends ColumnsOf<Columns> = Record<string, readonly CellValue[]>> {
  /** Number of rows. */
  readonly length: number;
  /** The values of each column, by name; every array is `length` long. */
  readonly columns: { readonly [Name in keyof Columns]: readonly Columns[Name][number][] };
}

/**
 * A {@link Table}, or a result that is a table and more; the functions that read tables take the names of the columns from
 * it, which they could not from `Table` itself.
 */
export interface WithColumns<Columns> {
  /** Number of rows. */
  readonly length: number;
  /** The values of each column, by name. */
  readonly columns: Columns;
}

/** One row of a table with these columns: `{ id: string; amount: number }` for `{ id: string[]; amount: number[] }`. */
export type TableRow<Columns extends ColumnsOf<Columns>> = {
  -readonly [Name in keyof Columns]: Columns[Name][number];
};

/**
 * Makes a table of columns of one length.
 *
 * @param columns - Name to values; the arrays are kept, not copied.
 * @returns The table, without rows when there are no columns.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a column is no array or the lengths differ.
 * @example
 * ```ts
 * import { table } from "clientele";
 *
 * const tiers = table({ tier: ["gold", "silver"], customers: [10, 40] });
 * tiers.length; // => 2
 * tiers.columns.customers; // => [10, 40]
 * table({ tier: ["gold"], customers: [10, 40] }); // throws INVALID_ARGUMENT
 * ```
 */
export function table<Columns extends ColumnsOf<Columns>>(columns: Columns): Table<Columns> {
  assertArgument(
    typeof columns === "object" && columns !== null && !Array.isArray(columns),
    "columns",
    () => `columns is ${shown(columns)}: pass an object of arrays`,
  );
  let first: string | undefined;
  let length = 0;
  for (const [name, values] of Object.entries<readonly CellValue[]>(columns)) {
    const path = `columns.${name}`;
    // Assigning to it would set a row's prototype instead of a cell.
    assertArgument(name !== "__proto__", path, () => `${path} is no name for a column: pass another`);
    assertArgument(Array.isArray(values), path, () => `${path} is ${shown(values)}: pass a plain array`);
    if (first === undefined) {
      first = name;
      length = values.length;
    }
    assertArgument(
      values.length === length,
      path,
      () => `${path} has ${values.length} values, columns.${first} has ${length}: pass columns of one length`,
    );
  }
  return { length, columns };
}

/**
 * All rows of a table, as objects.
 *
 * For millions of rows read the columns instead, or one {@link row} at a time.
 *
 * @param table - A table of columns.
 * @returns A new array of new objects, in the table's order, with the columns as keys.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is no table.
 * @example
 * ```ts
 * import { rows, table } from "clientele";
 *
 * const tiers = table({ tier: ["gold", "silver"], customers: [10, 40] });
 * rows(tiers); // => [{ tier: "gold", customers: 10 }, { tier: "silver", customers: 40 }]
 * ```
 */
export function rows<Columns extends ColumnsOf<Columns>>(table: WithColumns<Columns>): TableRow<Columns>[] {
  assertTable(table);
  return Array.from({ length: table.length }, (_, index) => rowAt(table, index));
}

/**
 * One row of a table, as an object.
 *
 * @param table - A table of columns.
 * @param index - Which row, from 0.
 * @returns A new object with the columns as keys.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when there is no such row.
 * @example
 * ```ts
 * import { row, table } from "clientele";
 *
 * const tiers = table({ tier: ["gold", "silver"], customers: [10, 40] });
 * row(tiers, 1); // => { tier: "silver", customers: 40 }
 * row(tiers, 2); // throws INVALID_ARGUMENT
 * ```
 */
export function row<Columns extends ColumnsOf<Columns>>(
  table: WithColumns<Columns>,
  index: number,
): TableRow<Columns> {
  assertTable(table);
  assertArgument(table.length > 0, "index", () => `index is ${shown(index)}: the table has no rows`);
  assertInteger(index, "index", 0, table.length - 1);
  return rowAt(table, index);
}

/**
 * The values of one column.
 *
 * @param table - A table of columns.
 * @param name - The column's name; checked by the compiler where the columns are known.
 * @returns The table's own array, in row order.
 * @throws {@link ClienteleError} `UNKNOWN_COLUMN` when there is no such column; the message names those that there are.
 * @example
 * ```ts
 * import { column, table } from "clientele";
 *
 * const tiers = table({ tier: ["gold", "silver"], customers: [10, 40] });
 * column(tiers, "customers"); // => [10, 40]
 * ```
 */
export function column<Columns extends ColumnsOf<Columns>, Name extends keyof Columns & string>(
  table: WithColumns<Columns>,
  name: Name,
): readonly Columns[Name][number][] {
  assertTable(table);
  if (!Object.hasOwn(table.columns, name)) {
    const known = Object.keys(table.columns);
    const listed = known.slice(0, LISTED).map(shown).join(", ");
    const more = known.length > LISTED ? ` and ${known.length - LISTED} more` : "";
    throw new ClienteleError(
      "UNKNOWN_COLUMN",
      "name",
      `name is ${shown(name)}: ${known.length === 0 ? "the table has no columns" : `pass one of ${listed}${more}`}`,
    );
  }
  return table.columns[name];
}

/** How many names of columns an error message spells out. */
const LISTED = 20;

function assertTable(value: { readonly length: number; readonly columns: object }): void {
  assertArgument(
    Number.isSafeInteger(value?.length) && typeof value.columns === "object" && value.columns !== null,
    "table",
    () => `table is ${shown(value)}: pass { length, columns }, as table(...) makes it`,
  );
}

function rowAt<Columns extends ColumnsOf<Columns>>(
  table: WithColumns<Columns>,
  index: number,
): TableRow<Columns> {
  const cells: Record<string, CellValue | undefined> = {};
  for (const [name, values] of Object.entries<readonly CellValue[]>(table.columns))
    cells[name] = values[index];
  return cells as TableRow<Columns>;
}
