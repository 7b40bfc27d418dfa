import { assertArgument, shown } from "../../core/assert.js";
import { assertNoFaults, noFaults, noteFault, type RowFaults } from "../../core/row-faults.js";
import {
  countedData,
  isRow,
  type SurvivalColumns,
  type SurvivalData,
  type SurvivalRow,
} from "./survival-data.js";

/** One subject under observation, and the group it belongs to. */
export interface GroupedSurvivalRow extends SurvivalRow {
  /** Name of the group; `null`: those of no group, who are compared as a group of their own. */
  readonly group: string | null;
  /** Name of the stratum: subjects are compared with those of their stratum only. Left out: one stratum. */
  readonly stratum?: string | null | undefined;
}

/** The same as many {@link GroupedSurvivalRow}s, column by column. */
export interface GroupedSurvivalColumns extends SurvivalColumns {
  /** Name of the group, by row. */
  readonly group: readonly (string | null)[];
  /** Name of the stratum, by row. */
  readonly stratum?: readonly (string | null)[] | undefined;
}

/** Rows, columns, or a table with such columns; other columns are ignored. */
export type GroupedSurvivalInput =
  | readonly GroupedSurvivalRow[]
  | GroupedSurvivalColumns
  | { readonly length: number; readonly columns: GroupedSurvivalColumns };

/** Names of rows, numbered. @internal */
export interface RowGroups {
  /** Place in `names`, by row. */
  readonly codes: Uint32Array;
  /** In ascending order of their UTF-16 units; `null`, where it occurs, last. */
  readonly names: readonly (string | null)[];
}

/** Checked survival data with groups and strata. @internal */
export interface GroupedSurvivalData extends SurvivalData {
  readonly groups: RowGroups;
  readonly strata: RowGroups;
}

/** Reads grouped survival data whose weights are whole numbers. @internal */
export function readGroupedSurvivalData(data: GroupedSurvivalInput, path = "data"): GroupedSurvivalData {
  const faults = noFaults();
  const survival = countedData(data, path, faults);
  const groups = namesOf(data, "group", survival.length, path);
  const strata = namesOf(data, "stratum", survival.length, path).map((name) => name ?? null);
  noteNames(faults, data, groups, "group");
  noteNames(faults, data, strata, "stratum");
  assertNoFaults(faults, path);
  return {
    ...survival,
    groups: numberedNames(groups as (string | null)[]),
    strata: numberedNames(strata as (string | null)[]),
  };
}

function namesOf(
  data: GroupedSurvivalInput,
  field: "group" | "stratum",
  length: number,
  path: string,
): readonly unknown[] {
  if (Array.isArray(data)) return data.map((row: GroupedSurvivalRow) => Object(row)[field]);
  const isTable = "columns" in data;
  const names: unknown = (isTable ? data.columns : (data as GroupedSurvivalColumns))[field];
  if (field === "stratum" && (names === undefined || names === null))
    return new Array<null>(length).fill(null);
  const prefix = isTable ? `${path}.columns` : path;
  assertArgument(
    Array.isArray(names),
    `${prefix}.${field}`,
    () => `${prefix}.${field} is ${shown(names)}: pass an array with one name for each row`,
  );
  assertArgument(
    names.length === length,
    `${prefix}.${field}`,
    () =>
      `${prefix}.${field} has ${names.length} values, ${prefix}.duration has ${length}: pass one for each row`,
  );
  return names;
}

function noteNames(
  faults: RowFaults,
  data: GroupedSurvivalInput,
  names: readonly unknown[],
  field: string,
): void {
  names.forEach((value, row) => {
    if (value === null || typeof value === "string") return;
    // What is no row was noted before.
    if (Array.isArray(data) && !isRow(data[row])) return;
    noteFault(faults, { row, field, reason: "is neither text nor null", value });
  });
}

/** Numbers the names. @internal */
export function numberedNames(names: readonly (string | null)[]): RowGroups {
  const distinct = [...new Set(names)].sort((a, b) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : 1,
  );
  const place = new Map(distinct.map((name, code) => [name, code]));
  return { codes: Uint32Array.from(names, (name) => place.get(name) ?? 0), names: distinct };
}
