import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import type { FieldKind } from "./rule-fields.js";

/** Numbers or instants (epoch milliseconds), one for each row; `NaN` where there is none. */
export type NumberColumn =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** Values that repeat: `values[codes[row]]` is that of a row; a `null` among the values, or a code beyond them, is none. */
export interface DictionaryColumn {
  /** By row, the place of its value. */
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  /** The distinct values: texts, or whatever the field holds. */
  readonly values: readonly unknown[];
}

/** The values of one field by row: a plain array of what records would hold, or a column made for speed. */
export type RuleColumn = readonly unknown[] | NumberColumn | DictionaryColumn;

/** Records kept by column: each column under the path of its field (`"address.city"`), all of one length. */
export type RuleColumns = Readonly<Record<string, RuleColumn>>;

/** A table, or columns by the path of their field. */
export type RuleColumnInput =
  | RuleColumns
  | { readonly length: number; readonly columns: Readonly<Record<string, readonly unknown[]>> };

/** Columns of one length. @internal */
export interface OpenColumns {
  readonly length: number;
  readonly columns: RuleColumns;
}

/** Checks columns, or those of a table. @internal */
export function openColumns(input: RuleColumnInput): OpenColumns {
  assertArgument(
    typeof input === "object" && input !== null && !Array.isArray(input),
    "columns",
    () => `columns is ${shown(input)}: pass a table, or an object of columns by field`,
  );
  // No column is a number: what has one for its length is a table.
  const isTable = typeof input.length === "number";
  const columns = (isTable ? input.columns : input) as RuleColumns;
  if (isTable) assertTable(input.length, columns);
  let first: string | null = null;
  let length = isTable ? Number(input.length) : 0;
  for (const [name, column] of Object.entries(columns)) {
    const path = `columns.${name}`;
    assertArgument(
      isColumn(column),
      path,
      () => `${path} is ${described(column)}: pass an array, a typed array of numbers or { codes, values }`,
    );
    const rows = columnLength(column);
    if (first === null && !isTable) length = rows;
    first ??= name;
    assertArgument(
      rows === length,
      path,
      () =>
        `${path} has ${rows} rows, ${isTable ? "the table" : `columns.${first}`} ${length}: pass columns of one length`,
    );
  }
  return { length, columns };
}

function assertTable(length: unknown, columns: unknown): void {
  assertInteger(length, "columns.length", 0);
  assertArgument(
    typeof columns === "object" && columns !== null && !Array.isArray(columns),
    "columns.columns",
    () => `columns.columns is ${shown(columns)}: pass a table, or an object of columns by field`,
  );
}

/** The column of a field; it must hold what the field may. @internal */
export function columnOf({ columns }: OpenColumns, field: string, kind: FieldKind): RuleColumn {
  const path = `columns.${field}`;
  if (!Object.hasOwn(columns, field)) {
    const known = Object.keys(columns).slice(0, LISTED).map(shown).join(", ");
    throw new ClienteleError(
      "UNKNOWN_COLUMN",
      path,
      `${path} is missing, and the rule asks about ${shown(field)}: pass it beside ${known || "no others"}`,
    );
  }
  const column = columns[field];
  assertArgument(
    !isNumberColumn(column) || (!kind.isList && (kind.type === "number" || kind.type === "instant")),
    path,
    () =>
      `${path} is ${described(column)}, and the field holds no numbers: pass an array or { codes, values }`,
  );
  return column;
}

/** How many names of columns an error message spells out. */
const LISTED = 20;

/** Reads the value of a row as a record would hold it. @internal */
export function cellReader(column: RuleColumn): (row: number) => unknown {
  if (!isDictionary(column)) return (row) => column[row];
  const { codes, values } = column;
  return (row) => values[codes[row]];
}

/** @internal */
export function isDictionary(column: RuleColumn): column is DictionaryColumn {
  return "codes" in column;
}

/** @internal */
export function isNumberColumn(column: RuleColumn): column is NumberColumn {
  return ArrayBuffer.isView(column);
}

function columnLength(column: RuleColumn): number {
  return isDictionary(column) ? column.codes.length : column.length;
}

function isColumn(value: unknown): value is RuleColumn {
  if (Array.isArray(value) || isNumbers(value)) return true;
  if (typeof value !== "object" || value === null || !("codes" in value) || !("values" in value))
    return false;
  return CODES.includes(typeName(value.codes)) && Array.isArray(value.values);
}

const CODES: readonly string[] = ["Uint8Array", "Uint16Array", "Uint32Array"];
const NUMBERS: readonly string[] = [
  ...CODES,
  "Float64Array",
  "Float32Array",
  "Int32Array",
  "Int16Array",
  "Int8Array",
];

function isNumbers(value: unknown): boolean {
  return ArrayBuffer.isView(value) && NUMBERS.includes(typeName(value));
}

/** By name, so that typed arrays of another realm are known too. */
function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function described(value: unknown): string {
  return ArrayBuffer.isView(value) ? `a ${typeName(value)}` : shown(value);
}
