import { assertArgument, shown } from "../../core/assert.js";
import { isLater } from "../../core/id-order.js";
import type { RowProblem } from "../../core/row-problems.js";
import { type CellValue, column, type Table } from "../../core/table.js";
import { type EncodedKeys, encodeKeys } from "../../history/encode-keys.js";
import { isId, NO_ID, textIds } from "../text-ids.js";
import { dealRows } from "./product-baskets.js";

// Rows or a table of this folder, each of which names a product, as columns whose cells are still to be checked.

/** A field of all rows, or a column of a table that is as long as that of the products. @internal */
export function columnOf<Cell extends CellValue>(
  input: unknown,
  name: string,
  path: string,
  { mayBeTyped = false } = {},
): readonly Cell[] {
  if (Array.isArray(input))
    return textOf(
      name,
      input.map((row: Record<string, Cell> | null) => row?.[name] as Cell),
    );
  const { columns } = Object(input) as Partial<Table>;
  assertArgument(
    typeof columns === "object" && columns !== null,
    path,
    () => `${path} is ${shown(input)}: pass an array of rows or a table`,
  );
  const given: Table<Record<string, readonly CellValue[]>> = { length: 0, columns };
  const values: unknown = column(given, name);
  const products: unknown = column(given, "productId");
  const isColumn = Array.isArray(values) || (mayBeTyped && isNumberArray(values));
  assertArgument(
    isColumn && Array.isArray(products) && values.length === products.length,
    `${path}.columns.${name}`,
    () => `${path}.columns.${name} has not one value for each productId: pass columns of one length`,
  );
  return textOf(name, values as readonly Cell[]);
}

/** Whole numbers in a column of ids as text. */
function textOf<Cell>(name: string, values: readonly Cell[]): readonly Cell[] {
  return name.endsWith("Id") || name === "replaces" ? textIds(values) : values;
}

/** The same of a column that may be left out, or be so in some rows; `null` where there is none. @internal */
export function optionalColumnOf<Cell extends CellValue>(
  input: unknown,
  name: string,
  path: string,
): readonly (Cell | undefined)[] | null {
  if (!hasColumn(input, name)) return null;
  return columnOf<Cell>(input, name, path);
}

/** Whether a table has the column, or any row the field. @internal */
export function hasColumn(input: unknown, name: string): boolean {
  const isGiven = (row: unknown) => (Object(row) as Record<string, unknown>)[name] !== undefined;
  return Array.isArray(input) ? input.some(isGiven) : isGiven((Object(input) as Partial<Table>).columns);
}

/** A typed array of numbers; a view of bytes has no length. */
function isNumberArray(values: unknown): values is ArrayLike<number> {
  return ArrayBuffer.isView(values) && "length" in values;
}

/** Notes the rows whose value is no id. @internal */
export function noteIds(problems: RowProblem[], field: string, values: readonly unknown[]): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (!isId(value)) problems.push({ row, field, reason: NO_ID, value });
  }
}

/** Notes the rows that name a pair of keys a second time; keys are given by their codes. @internal */
export function noteRepeatedPairs(
  problems: RowProblem[],
  left: Uint32Array,
  right: Uint32Array,
  problemOf: (row: number) => RowProblem,
): void {
  // By key to the right, the key to the left (from 1) with which it came last.
  const cameWith = new Uint32Array(codesUpTo(right));
  const rows = rowsByCode(left);
  for (let i = 0; i < left.length; i++) {
    const row = rows === null ? i : rows[i];
    if (cameWith[right[row]] === left[row] + 1) problems.push(problemOf(row));
    cameWith[right[row]] = left[row] + 1;
  }
}

/** The rows of the first code, those of the second, and so on, each as they come; `null` where they stand so already. */
function rowsByCode(codes: Uint32Array): Uint32Array | null {
  let row = 1;
  while (row < codes.length && codes[row] >= codes[row - 1]) row++;
  if (row >= codes.length) return null;
  const rows = new Uint32Array(codes.length);
  for (row = 0; row < rows.length; row++) rows[row] = row;
  return dealRows(codes, rows, codesUpTo(codes)).codes;
}

/** One more than the greatest code. @internal */
export function codesUpTo(codes: Uint32Array): number {
  let most = -1;
  for (let row = 0; row < codes.length; row++) if (codes[row] > most) most = codes[row];
  return most + 1;
}

/** Numbers products, of which there are few, by their first appearance. @internal */
export function encodeProducts(productIds: readonly string[]): EncodedKeys<string> {
  const codeOf = new Map<string, number>();
  const values: string[] = [];
  const codes = new Uint32Array(productIds.length);
  for (let row = 0; row < codes.length; row++) {
    let code = codeOf.get(productIds[row]);
    if (code === undefined) {
      code = values.push(productIds[row]) - 1;
      codeOf.set(productIds[row], code);
    }
    codes[row] = code;
  }
  return { codes, values };
}

/**
 * Numbers customers or baskets, of which there are many, by their first appearance; rows of one often follow each other. Whoever
 * has not checked the ids finds those that are none among the values.
 *
 * @internal
 */
export function encodeOwners(ids: readonly string[]): EncodedKeys<string> {
  const codes = new Uint32Array(ids.length);
  const heads: string[] = [];
  let inOrder = true;
  for (let row = 0; row < codes.length; row++) {
    if (row === 0 || ids[row] !== ids[row - 1]) {
      heads.push(ids[row]);
      inOrder = inOrder && isText(ids[row]) && (row === 0 || isLater(ids[row], ids[row - 1]));
    }
    codes[row] = heads.length - 1;
  }
  if (inOrder || !heads.every(isText)) return { codes, values: heads };
  const { codes: codeOfHead, values } = encodeKeys(heads);
  for (let row = 0; row < codes.length; row++) codes[row] = codeOfHead[codes[row]];
  return { codes, values };
}

function isText(id: unknown): boolean {
  return typeof id === "string";
}
