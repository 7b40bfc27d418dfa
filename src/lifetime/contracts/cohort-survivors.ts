import { assertArgument, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import type { Numbers } from "../../statistics/numbers.js";

/** How many of a cohort are left after so many renewals. */
export interface CohortSurvivorsRow {
  /** Which cohort, by any name; may be left out where there is one. */
  readonly cohort?: string | number | null | undefined;
  /** Renewals so far: 0 when the cohort began. */
  readonly tenure: number;
  /** Customers of the cohort who are left; a share or a percentage counts as so many customers. */
  readonly customers: number;
}

/** The same, column by column. */
export interface CohortSurvivorsColumns {
  /** Which cohort; may be left out where there is one. */
  readonly cohort?: readonly (string | number | null)[] | undefined;
  /** Renewals so far. */
  readonly tenure: ArrayLike<number>;
  /** Customers of the cohort who are left. */
  readonly customers: ArrayLike<number>;
}

/**
 * Who is left after 0, 1, 2, ... renewals: of one cohort, or of several, which may be of different lengths, as lists, plain or
 * typed; as rows
 * in any order; or as a table. A cohort may come under observation late, at a tenure above 0; from there on it has no gaps.
 */
export type CohortSurvivors =
  | Numbers
  | readonly Numbers[]
  | readonly CohortSurvivorsRow[]
  | { readonly columns: CohortSurvivorsColumns };

/** What a fit needs to know: cohorts pooled by renewal. @internal */
export interface RenewalCounts {
  /** Customers who came to renewal t, at place t - 1. */
  readonly renewed: readonly number[];
  /** Customers who left at renewal t, at place t - 1. */
  readonly left: readonly number[];
  /** Customers who came under observation. */
  readonly customers: number;
  /** Renewals to which somebody came. */
  readonly renewals: number;
}

interface Cell {
  readonly row: number;
  /** Path of the value inside its row. */
  readonly field: string;
  readonly cohort: unknown;
  readonly tenure: unknown;
  readonly customers: unknown;
}

/** More than a human life in hours. */
const LONGEST = 1_000_000;

/** Reads survivors and counts who came to each renewal and who left. @internal */
export function renewalCounts(input: CohortSurvivors, path = "cohorts"): RenewalCounts {
  const cells = cellsOf(input, path);
  assertArgument(
    cells.length > 0,
    path,
    () => `${path} is empty: pass who is left after 0, 1, 2, ... renewals`,
  );
  const problems: RowProblem[] = [];
  const note = ({ row, field }: Cell, name: string, value: unknown, reason: string) =>
    problems.push({
      row,
      field: field === "" ? name : field,
      reason: value == null ? "is missing" : reason,
      value,
    });
  const cohorts = new Map<unknown, Map<number, Cell>>();
  for (const cell of cells) {
    const { tenure, customers, cohort } = cell;
    const isTenure = Number.isInteger(tenure) && (tenure as number) >= 0 && (tenure as number) <= LONGEST;
    if (!isTenure) note(cell, "tenure", tenure, "is no whole number of renewals");
    if (!(Number.isFinite(customers) && (customers as number) >= 0))
      note(cell, "customers", customers, "is no number of 0 or more");
    if (!isTenure) continue;
    const cohortCells = cohorts.get(cohort ?? null) ?? new Map<number, Cell>();
    cohorts.set(cohort ?? null, cohortCells);
    if (cohortCells.has(tenure as number)) note(cell, "tenure", tenure, "stands twice in its cohort");
    cohortCells.set(tenure as number, cell);
  }
  const renewed: number[] = [];
  const left: number[] = [];
  let total = 0;
  for (const cohortCells of cohorts.values()) {
    const tenures = [...cohortCells.keys()].sort((a, b) => a - b);
    for (const [i, tenure] of tenures.entries()) {
      const cell = cohortCells.get(tenure) as Cell;
      const now = cell.customers as number;
      if (i === 0) {
        total += now;
        continue;
      }
      const before = cohortCells.get(tenure - 1)?.customers as number | undefined;
      if (before === undefined) {
        note(cell, "tenure", tenure, `has no row of tenure ${tenure - 1} before it in its cohort`);
        continue;
      }
      if (now > before) note(cell, "customers", now, `is more than the ${before} of the renewal before`);
      renewed[tenure - 1] = (renewed[tenure - 1] ?? 0) + now;
      left[tenure - 1] = (left[tenure - 1] ?? 0) + (before - now);
    }
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  const counts = {
    renewed: Array.from(renewed, (count) => count ?? 0),
    left: Array.from(left, (count) => count ?? 0),
  };
  return {
    ...counts,
    customers: total,
    renewals: counts.left.filter((count, i) => count + counts.renewed[i] > 0).length,
  };
}

function cellsOf(input: CohortSurvivors, path: string): Cell[] {
  const given: unknown = input;
  if (typeof given === "object" && given !== null && "columns" in given) {
    return cellsOfColumns((given as { columns: CohortSurvivorsColumns }).columns, `${path}.columns`);
  }
  if (isTyped(given)) return cellsOf(Array.from(given), path);
  assertArgument(
    Array.isArray(given),
    path,
    () =>
      `${path} is ${shown(given)}: pass survivors [1000, 869, ...], several such lists, rows { cohort, tenure, customers } or a table of them`,
  );
  const rows: readonly unknown[] = given;
  if (typeof rows[0] === "number")
    return rows.map((customers, row) => ({ row, field: "customers", cohort: null, tenure: row, customers }));
  return rows.flatMap((one, row): Cell[] => {
    if (Array.isArray(one) || isTyped(one)) {
      return Array.from(one as ArrayLike<unknown>, (customers, tenure) => ({
        row,
        field: `[${tenure}]`,
        cohort: row,
        tenure,
        customers,
      }));
    }
    const { cohort, tenure, customers } = (one ?? {}) as Partial<CohortSurvivorsRow>;
    return [{ row, field: "", cohort, tenure, customers }];
  });
}

function isTyped(value: unknown): value is ArrayLike<number> {
  return ArrayBuffer.isView(value) && "length" in value;
}

function cellsOfColumns(columns: CohortSurvivorsColumns, path: string): Cell[] {
  const { cohort, tenure, customers } = columns ?? {};
  const length = tenure?.length;
  for (const [name, column] of Object.entries({ tenure, customers, ...(cohort && { cohort }) })) {
    assertArgument(
      typeof length === "number" && column?.length === length,
      `${path}.${name}`,
      () => `${path}.${name} is ${shown(column)}: pass arrays of one length as tenure and customers`,
    );
  }
  return Array.from({ length }, (_, row) => ({
    row,
    field: "",
    cohort: cohort?.[row],
    tenure: tenure[row],
    customers: customers[row],
  }));
}
