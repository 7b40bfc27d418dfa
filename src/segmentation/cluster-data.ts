import { assertArgument, shown } from "../core/assert.js";
import { ClienteleError, type RowProblem } from "../core/errors.js";
import { throwRowProblems } from "../core/row-problems.js";
import type { CellValue } from "../core/table.js";

/** Columns by name, of one length: plain or typed arrays. Columns that are clustered hold finite numbers. */
export type ClusterColumns = Readonly<Record<string, ArrayLike<CellValue>>>;

/** Customers by row: a table as other functions return it, columns by name, or one object a customer. */
export type ClusterData =
  | ClusterColumns
  | { readonly length: number; readonly columns: ClusterColumns }
  | readonly Readonly<Record<string, CellValue>>[];

/** Columns of numbers by name, checked. @internal */
export interface NumberColumns {
  readonly names: readonly string[];
  readonly columns: readonly ArrayLike<number>[];
  readonly length: number;
}

/** Squares of greater numbers, summed over many rows, could leave the range of doubles. */
const GREATEST = 1e140;
const GREATEST_WEIGHT = 1e12;
const LISTED = 20;

/**
 * The chosen columns (all but `customerId` without a choice), every cell of them a finite number.
 *
 * @internal
 */
export function numberColumns(
  data: ClusterData,
  chosen: readonly string[] | undefined,
  path = "data",
  chosenPath = "options.columns",
): NumberColumns {
  const all = columnsOf(data, path);
  const names = columnNames(all, chosen, path, chosenPath);
  const columns = names.map((name) => all[name] as ArrayLike<number>);
  const length = lengthOf(columns[0], `${path}.${names[0]}`);
  for (const [i, column] of columns.entries()) {
    assertArgument(
      lengthOf(column, `${path}.${names[i]}`) === length,
      `${path}.${names[i]}`,
      () =>
        `${path}.${names[i]} has ${column.length} values, ${path}.${names[0]} has ${length}: pass columns of one length`,
    );
  }
  assertArgument(length > 0, path, () => `${path} has no rows: pass at least one`);
  refuseBadCells({ names, columns, length }, path, (value) =>
    Number.isFinite(value)
      ? Math.abs(value) <= GREATEST
        ? null
        : "is beyond 1e140: use a larger unit"
      : "is not a finite number",
  );
  return { names, columns, length };
}

/** Throws with the rows and columns of the cells that have a fault; a missing cell is shown without a value. @internal */
export function refuseBadCells(
  { names, columns, length }: NumberColumns,
  path: string,
  faultOf: (value: number) => string | null,
): void {
  const problems: RowProblem[] = [];
  let total = 0;
  for (const [i, column] of columns.entries()) {
    for (let row = 0; row < length; row++) {
      const value = column[row];
      const reason = faultOf(value);
      if (reason === null) continue;
      total++;
      // The first of every column: of these are the first of all.
      if (problems.length < LISTED * (i + 1)) {
        problems.push({ row, field: names[i], reason: value == null ? "is missing" : reason, value });
      }
    }
  }
  throwRowProblems(problems, path, total);
}

/** One number a row, each at least 0, not all 0; `null` where none were passed. @internal */
export function rowWeights(
  weights: ArrayLike<number> | undefined,
  length: number,
  path = "options.weights",
): Float64Array | null {
  if (weights === undefined) return null;
  assertArgument(
    lengthOf(weights, path) === length,
    path,
    () => `${path} has ${weights.length} values for ${length} rows: pass one for each`,
  );
  let sum = 0;
  for (let row = 0; row < length; row++) {
    const weight = weights[row];
    assertArgument(
      typeof weight === "number" && weight >= 0 && weight <= GREATEST_WEIGHT,
      `${path}[${row}]`,
      () => `${path}[${row}] is ${shown(weight)}: pass a number from 0 to 1e12`,
    );
    sum += weight;
  }
  assertArgument(sum > 0, path, () => `${path} are all 0: pass at least one above 0`);
  return Float64Array.from(weights);
}

/** Who stands in which row; `null` where the data has no column `customerId`. @internal */
export function customerIdsIn(data: ClusterData, length: number, path = "data"): readonly string[] | null {
  const all = columnsOf(data, path);
  if (!Object.hasOwn(all, "customerId")) return null;
  const ids = Array.from(all.customerId);
  assertArgument(
    ids.length === length,
    `${path}.customerId`,
    () => `${path}.customerId has ${ids.length} values for ${length} rows: pass one for each`,
  );
  const problems: RowProblem[] = [];
  ids.forEach((value, row) => {
    if (typeof value === "string" && value !== "") return;
    const reason = value == null ? "is missing" : "is no text, or empty text";
    problems.push({ row, field: "customerId", reason, value });
  });
  throwRowProblems(problems, path);
  return ids as string[];
}

function columnsOf(data: ClusterData, path: string): ClusterColumns {
  const given: unknown = data;
  assertArgument(
    typeof given === "object" && given !== null,
    path,
    () => `${path} is ${shown(given)}: pass a table, columns by name, or rows`,
  );
  if (Array.isArray(data)) return columnsOfRows(data, path);
  const isTable = "columns" in data && typeof data.length === "number" && typeof data.columns === "object";
  return (isTable ? data.columns : data) as ClusterColumns;
}

/** The columns are those of the first row; what a later row lacks is missing there. */
function columnsOfRows(rows: readonly Readonly<Record<string, CellValue>>[], path: string): ClusterColumns {
  const problems: RowProblem[] = [];
  rows.forEach((row: unknown, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      problems.push({ row: i, field: "", reason: "is no object of columns", value: row });
  });
  throwRowProblems(problems, path);
  assertArgument(rows.length > 0, path, () => `${path} has no rows: pass at least one`);
  return Object.fromEntries(
    Object.keys(rows[0]).map((name) => [
      name,
      rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined) as CellValue),
    ]),
  );
}

function columnNames(
  all: ClusterColumns,
  chosen: readonly string[] | undefined,
  path: string,
  chosenPath: string,
): readonly string[] {
  const known = Object.keys(all);
  if (chosen === undefined) {
    const names = known.filter((name) => name !== "customerId");
    assertArgument(names.length > 0, path, () => `${path} has no column of numbers: pass at least one`);
    return names;
  }
  assertArgument(
    Array.isArray(chosen) && chosen.length > 0 && new Set(chosen).size === chosen.length,
    chosenPath,
    () => `${chosenPath} is ${shown(chosen)}: pass at least one name, each once`,
  );
  for (const [i, name] of chosen.entries()) {
    if (typeof name === "string" && Object.hasOwn(all, name)) continue;
    const listed = known.slice(0, LISTED).map(shown).join(", ");
    throw new ClienteleError(
      "UNKNOWN_COLUMN",
      `${chosenPath}[${i}]`,
      `${chosenPath}[${i}] is ${shown(name)}: ${known.length === 0 ? "the data has no columns" : `pass one of ${listed}`}`,
    );
  }
  return [...chosen];
}

function lengthOf(column: unknown, path: string): number {
  assertArgument(
    Array.isArray(column) || (ArrayBuffer.isView(column) && "length" in column),
    path,
    () => `${path} is ${shown(column)}: pass an array or a typed array of numbers`,
  );
  return (column as ArrayLike<unknown>).length;
}
