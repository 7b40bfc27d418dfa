import { assertArgument, shown } from "../../core/assert.js";
import { assertNoFaults, noFaults, noteFault, type RowFaults } from "../../core/row-faults.js";
import {
  isRow,
  type SurvivalColumns,
  type SurvivalData,
  type SurvivalRow,
  survivalData,
} from "../survival/survival-data.js";
import { numberedNames, type RowGroups } from "../survival/survival-groups.js";

/** One subject under observation, with what is known about it from the start. */
export interface CoxRow extends SurvivalRow {
  /** Measures by name, the same names in every row, finite numbers; a category as one 0/1 measure for each level but one. */
  readonly covariates: Readonly<Record<string, number>>;
  /**
   * The group with a baseline hazard of its own (a country, a contract type); those of no stratum are one together. Left
   * out in every row: one stratum.
   */
  readonly stratum?: string | null | undefined;
}

/** The same as many {@link CoxRow}s, column by column: the fastest way in. All columns have one length. */
export interface CoxColumns extends SurvivalColumns {
  /** One column for each measure. */
  readonly covariates: Readonly<Record<string, readonly number[] | Float64Array>>;
  /** The group with a baseline hazard of its own, by row. */
  readonly stratum?: readonly (string | null)[] | undefined;
}

/** Rows, columns, or a table with such columns; other columns are ignored. */
export type CoxInput =
  | readonly CoxRow[]
  | CoxColumns
  | { readonly length: number; readonly columns: CoxColumns };

/** Checked data of a Cox regression, in the order of the input. @internal */
export interface CoxData extends SurvivalData {
  /** Names of the covariates: those asked for, or all, in the order of the first row. */
  readonly names: readonly string[];
  /** One column for each name. */
  readonly covariates: readonly Float64Array[];
  /** The strata and the place of each row's among them; `null` without strata. */
  readonly strata: RowGroups | null;
}

/**
 * Reads rows, columns or a table, and throws with every row that breaks a rule. Of the covariates those in `wanted`, all
 * by default.
 *
 * @internal
 */
export function readCoxData(data: CoxInput, path = "data", wanted?: readonly string[]): CoxData {
  const faults = noFaults();
  const survival = survivalData(data, path, faults);
  const { names, columns, strata } = Array.isArray(data)
    ? fromRows(data, path, faults, wanted)
    : fromColumns(data as CoxColumns, survival.length, path, wanted);
  const covariates = names.map((name, at) => finiteColumn(columns[at], name, faults));
  const groups = strata && strataOf(strata, faults);
  assertNoFaults(faults, path);
  return { ...survival, names, covariates, strata: groups };
}

interface RawColumns {
  readonly names: readonly string[];
  readonly columns: readonly ArrayLike<unknown>[];
  readonly strata: ArrayLike<unknown> | null;
}

function fromRows(
  data: readonly CoxRow[],
  path: string,
  faults: RowFaults,
  wanted: readonly string[] | undefined,
): RawColumns {
  // What is no row was noted before, and stands here without names.
  const rows = data.map((row): Partial<CoxRow> => Object(row));
  const first = data.findIndex(isRow);
  const names =
    first < 0 ? [] : covariateNames(rows[first].covariates, `${path}[${first}].covariates`, path, wanted);
  const known = new Set(names);
  const isKept = rows.map(({ covariates }, row) => {
    if (!isRow(data[row])) return false;
    if (typeof covariates !== "object" || covariates === null) {
      const reason = "is not an object of numbers";
      noteFault(faults, { row, field: "covariates", reason, value: covariates });
      return false;
    }
    for (const name of wanted === undefined ? Object.keys(covariates) : []) {
      if (known.has(name)) continue;
      const reason = "is not in the first row: give every row the same covariates";
      noteFault(faults, { row, field: `covariates.${name}`, reason, value: covariates[name] }, "new name");
    }
    return true;
  });
  const cell = (row: number, name: string): unknown => {
    // Noted above, once and not for each covariate.
    if (!isKept[row]) return 0;
    const covariates = Object(rows[row].covariates);
    return Object.hasOwn(covariates, name) ? covariates[name] : undefined;
  };
  return {
    names,
    columns: names.map((name) => rows.map((_, row) => cell(row, name))),
    strata: rows.map((row) => row.stratum),
  };
}

function fromColumns(
  data: CoxColumns | { readonly columns: CoxColumns },
  length: number,
  path: string,
  wanted: readonly string[] | undefined,
): RawColumns {
  const isTable = "columns" in data;
  const { covariates, stratum }: Partial<CoxColumns> = isTable ? data.columns : data;
  const prefix = isTable ? `${path}.columns` : path;
  const names = covariateNames(covariates, `${prefix}.covariates`, path, wanted);
  const columns = names.map((name) =>
    columnOf(Object(covariates)[name], `${prefix}.covariates.${name}`, length),
  );
  return {
    names,
    columns,
    strata: stratum === undefined || stratum === null ? null : columnOf(stratum, `${prefix}.stratum`, length),
  };
}

function covariateNames(
  covariates: unknown,
  place: string,
  path: string,
  wanted: readonly string[] | undefined,
): readonly string[] {
  const names = typeof covariates === "object" && covariates !== null ? Object.keys(covariates) : [];
  assertArgument(
    names.length > 0,
    place,
    () => `${place} is ${shown(covariates)}: pass covariates, an object with at least one measure`,
  );
  if (wanted === undefined) return names;
  const missing = wanted.filter((name) => !names.includes(name));
  assertArgument(
    missing.length === 0,
    path,
    () =>
      `${path} has the covariates ${names.join(", ")}, not ${missing.join(", ")}: pass the data of the fit`,
  );
  return wanted;
}

function columnOf(values: unknown, path: string, length: number): ArrayLike<unknown> {
  assertArgument(
    Array.isArray(values) || (ArrayBuffer.isView(values) && "length" in values),
    path,
    () => `${path} is ${shown(values)}: pass an array`,
  );
  const column = values as ArrayLike<unknown>;
  assertArgument(
    column.length === length,
    path,
    () => `${path} has ${column.length} values and duration ${length}: pass columns of one length`,
  );
  return column;
}

/** Beyond these sizes squares of deviations from the mean, or of their inverse, may leave the range of numbers. */
const LARGEST = 1e100;
const SMALLEST = 1e-100;

function finiteColumn(values: ArrayLike<unknown>, name: string, faults: RowFaults): Float64Array {
  const column = new Float64Array(values.length);
  for (let row = 0; row < column.length; row++) {
    const value = values[row];
    const reason = problemOf(value);
    if (reason === null) column[row] = Number(value);
    else noteFault(faults, { row, field: `covariates.${name}`, reason, value });
  }
  return column;
}

function problemOf(value: unknown): string | null {
  if (value === undefined) return "is missing";
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return "is not a finite number; code a category as 0/1 covariates";
  }
  const size = Math.abs(value);
  return size === 0 || (size >= SMALLEST && size <= LARGEST)
    ? null
    : "is neither 0 nor of a size from 1e-100 to 1e100";
}

/** `null` where nobody has a stratum. */
function strataOf(values: ArrayLike<unknown>, faults: RowFaults): RowGroups | null {
  const names = Array.from(values, (value, row): string | null => {
    if (value === undefined || value === null || typeof value === "string") return value ?? null;
    noteFault(faults, { row, field: "stratum", reason: "is neither text nor null", value });
    return null;
  });
  return names.some((name) => name !== null) ? numberedNames(names) : null;
}
