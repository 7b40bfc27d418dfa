import { assertArgument, assertArray, shown } from "../../core/assert.js";
import { assertNoFaults, noFaults, noteFault, type RowFaults } from "../../core/row-faults.js";

/** One observation of a logistic regression. */
export interface LogisticRow {
  /** Whether it happened: `true` or 1, `false` or 0; `null`: not known, the row is dropped. */
  readonly outcome: boolean | 0 | 1 | null;
  /** Measures by name, the same names in every row, in any unit; `null` or `NaN`: not known, the row is dropped. */
  readonly covariates: Readonly<Record<string, number | null>>;
}

/** The same by column. */
export interface LogisticColumns {
  /** Whether it happened, by row: booleans, 0 and 1; `null` or `NaN` where it is not known. */
  readonly outcome: ArrayLike<boolean | number | null>;
  /** Columns by name, each as long as `outcome`, in any unit; `null` or `NaN` where it is not known. */
  readonly covariates: Readonly<Record<string, ArrayLike<number | null>>>;
}

/** Observations as rows or as columns. */
export type LogisticInput = readonly LogisticRow[] | LogisticColumns;

/** How many rows lack a covariate. */
export interface MissingCovariate {
  /** The covariate. */
  readonly name: string;
  /** Rows without a value for it. */
  readonly rows: number;
}

/** How many rows there were, were used and were not. */
export interface LogisticCounts {
  /** Rows used: all of outcome and covariates known. */
  readonly n: number;
  /** Rows not used. */
  readonly dropped: number;
  /** Rows without an outcome; they may lack covariates too. */
  readonly missingOutcome: number;
  /** Rows without a value, by covariate; a row can lack several. */
  readonly missing: readonly MissingCovariate[];
  /** Rows used in which it happened. */
  readonly events: number;
}

/** What is known of the complete rows. @internal */
export interface LogisticData {
  readonly names: readonly string[];
  readonly outcome: Uint8Array;
  readonly columns: readonly Float64Array[];
  readonly counts: LogisticCounts;
}

/** Checked observations without the rows that lack something. @internal */
export function readLogisticData(data: LogisticInput): LogisticData {
  const { outcome, covariates } = columnsOf(data);
  const names = Object.keys(covariates);
  assertArgument(
    names.length > 0,
    "data.covariates",
    () => "data.covariates has no covariate: pass at least one",
  );
  const faults = noFaults();
  const isKept = new Uint8Array(outcome.length);
  for (let row = 0; row < outcome.length; row++)
    if (isKnownOutcome(outcome[row], row, faults)) isKept[row] = 1;
  const missingOutcome = isKept.reduce((count, kept) => count - kept, outcome.length);
  const missing = names.map((name) => {
    let rows = 0;
    for (let row = 0; row < outcome.length; row++) {
      if (isKnownValue(covariates[name][row], row, name, faults)) continue;
      rows++;
      isKept[row] = 0;
    }
    return { name, rows };
  });
  assertNoFaults(faults, "data");
  const n = isKept.reduce((count, kept) => count + kept, 0);
  const kept = new Uint8Array(n);
  for (let row = 0, to = 0; row < isKept.length; row++)
    if (isKept[row] === 1) kept[to++] = Number(outcome[row]);
  return {
    names,
    outcome: kept,
    columns: names.map((name) => {
      const [column, values] = [covariates[name], new Float64Array(n)];
      for (let row = 0, to = 0; row < isKept.length; row++)
        if (isKept[row] === 1) values[to++] = Number(column[row]);
      return values;
    }),
    counts: {
      n,
      dropped: outcome.length - n,
      missingOutcome,
      missing,
      events: kept.reduce((sum, happened) => sum + happened, 0),
    },
  };
}

function isKnownOutcome(value: unknown, row: number, faults: RowFaults): boolean {
  if (value === null || Number.isNaN(value)) return false;
  if (value === true || value === false || value === 0 || value === 1) return true;
  noteFault(faults, { row, field: "outcome", reason: "is not true, false, 1, 0 or null", value });
  return false;
}

function isKnownValue(value: unknown, row: number, name: string, faults: RowFaults): boolean {
  if (value === null || Number.isNaN(value)) return false;
  if (typeof value === "number" && Number.isFinite(value)) return true;
  const field = `covariates.${name}`;
  noteFault(faults, { row, field, reason: "is not a finite number or null", value });
  return false;
}

interface UncheckedColumns {
  readonly outcome: ArrayLike<unknown>;
  readonly covariates: Readonly<Record<string, ArrayLike<unknown>>>;
}

function columnsOf(data: LogisticInput): UncheckedColumns {
  if (Array.isArray(data)) return columnsOfRows(data);
  const { outcome, covariates } = Object(data) as LogisticColumns;
  assertColumn(outcome, "data.outcome");
  assertArgument(
    typeof covariates === "object" && covariates !== null,
    "data.covariates",
    () => `data.covariates is ${shown(covariates)}: pass an object of columns`,
  );
  for (const [name, column] of Object.entries(covariates)) {
    const path = `data.covariates.${name}`;
    assertColumn(column, path);
    assertArgument(
      column.length === outcome.length,
      path,
      () => `${path} holds ${column.length} values and data.outcome ${outcome.length}: pass one for each row`,
    );
  }
  return { outcome, covariates };
}

function assertColumn(column: unknown, path: string): asserts column is ArrayLike<unknown> {
  if (ArrayBuffer.isView(column) && "length" in column) return;
  assertArray(column, path);
}

function columnsOfRows(rows: readonly LogisticRow[]): UncheckedColumns {
  const faults = noFaults();
  const [first] = rows;
  const names = Object.keys(Object(Object(first).covariates));
  for (let row = 0; row < rows.length; row++) {
    const covariates = Object(Object(rows[row]).covariates) as Record<string, unknown>;
    const extra = Object.keys(covariates).find((name) => !names.includes(name));
    if (extra === undefined) continue;
    const field = `covariates.${extra}`;
    const reason = "is a covariate that the first row does not have; pass null there where it is not known";
    noteFault(faults, { row, field, reason, value: covariates[extra] }, "covariates");
  }
  assertNoFaults(faults, "data");
  return {
    outcome: rows.map((row) => Object(row).outcome),
    covariates: Object.fromEntries(
      names.map((name) => [name, rows.map((row) => Object(Object(row).covariates)[name])]),
    ),
  };
}
