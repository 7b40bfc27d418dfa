import { assertArgument, assertArray, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import type { CivilDay } from "../../core/civil-day.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type LifetimeSummaryOptions, lifetimeSummary } from "../../history/lifetime-summary.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import { MODEL_UNITS } from "./days-in-unit.js";
import type { ModelTimeUnit } from "./lifetime-model.js";

/** One customer's history, in the notation of the models. */
export interface PurchaseHistory {
  /** Repeat purchases: purchases after the first. */
  readonly x: number;
  /** Time from the first to the last purchase; 0 when `x` is 0. */
  readonly tx: number;
  /** Time from the first purchase until it was last looked. */
  readonly T: number;
  /** How many customers have this history; default 1. */
  readonly weight?: number | undefined;
  /** Measures of covariates by name, for models that have some. */
  readonly covariates?: Readonly<Record<string, number>> | undefined;
}

/** The same for many customers, column by column: plain or typed arrays of one length. The fastest way in. */
export interface PurchaseHistoryColumns {
  /** Repeat purchases of each customer. */
  readonly x: ArrayLike<number>;
  /** Time from the first to the last purchase. */
  readonly tx: ArrayLike<number>;
  /** Time from the first purchase until it was last looked. */
  readonly T: ArrayLike<number>;
  /** How many customers have this history; default 1. */
  readonly weight?: ArrayLike<number> | undefined;
  /** Measures of covariates by name. */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>> | undefined;
}

/** Rows, columns, or a table with such columns, as {@link lifetimeSummary} gives it. */
export type PurchaseHistories =
  | readonly PurchaseHistory[]
  | PurchaseHistoryColumns
  | { readonly length: number; readonly columns: PurchaseHistoryColumns };

/** How a log is read, or in what unit the times of other histories are. */
export interface PurchaseHistoryOptions
  extends Partial<Omit<LifetimeSummaryOptions, "holdoutThrough" | "unit">> {
  /** Last civil day that the model may learn from, included; with a log only, and required there. */
  readonly through?: CivilDay;
  /** Unit of the times. A log is read in it (default `"day"`); a summary of a log knows its own; other histories need it. */
  readonly unit?: ModelTimeUnit;
}

/** Histories that keep all rules, by column. @internal */
export interface CheckedHistories {
  readonly length: number;
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  /** `null` where each row is one customer. */
  readonly weight: Float64Array | null;
  readonly covariates: Readonly<Record<string, Float64Array>>;
  /** `null` where the input does not tell and was not asked to. */
  readonly unit: ModelTimeUnit | null;
}

/** Options that say how a log is read. */
const OF_LOGS = ["through", "timeZone", "qualifies", "occasion"] as const;

/**
 * Reads a log, a table, columns or rows, and throws with every row that breaks a rule.
 *
 * @internal
 */
export function readHistories(
  input: PurchaseHistories | TransactionLog,
  options: PurchaseHistoryOptions,
  path = "customers",
): CheckedHistories {
  assertOptions(options, "{ unit }");
  if (options.unit !== undefined) assertOneOf(options.unit, "options.unit", MODEL_UNITS);
  if (isLog(input)) return historiesOfLog(input, options, path);
  for (const name of OF_LOGS) {
    assertArgument(
      options[name] === undefined,
      `options.${name}`,
      () => `options.${name} is for logs, and ${path} is none: leave it out, or pass a log`,
    );
  }
  const given: unknown = input;
  assertArgument(
    typeof given === "object" && given !== null,
    path,
    () => `${path} is ${shown(given)}: pass a log, a table, columns { x, tx, T } or rows of them`,
  );
  if (Array.isArray(input))
    return checked(columnsOfRows(input, path), input.length, options.unit ?? null, path);
  const unit = unitOf(input, options.unit, path);
  if (!("columns" in input)) {
    const columns = input as PurchaseHistoryColumns;
    return checked(columns, assertLengths(columns, path), unit, path);
  }
  const columns = input.columns as PurchaseHistoryColumns;
  assertOptions(columns, "columns { x, tx, T }", `${path}.columns`);
  const length = assertLengths(columns, `${path}.columns`);
  const said: unknown = input.length;
  assertArgument(
    said === undefined || said === length,
    `${path}.length`,
    () =>
      `${path}.length is ${shown(said)} and its columns have ${length} rows: pass the table as it was made`,
  );
  return checked(columns, length, unit, path);
}

/** The unit of the times, or an error that asks for it. @internal */
export function assertUnit(unit: ModelTimeUnit | null): ModelTimeUnit {
  assertArgument(
    unit !== null,
    "options.unit",
    () => 'options.unit is missing: say in what tx and T are measured, "week" for example',
  );
  return unit;
}

function historiesOfLog(
  log: TransactionLog,
  options: PurchaseHistoryOptions,
  path: string,
): CheckedHistories {
  const { through } = options;
  assertArgument(
    through !== undefined,
    "options.through",
    () => "options.through is missing: pass the last civil day that the model may learn from",
  );
  const { columns, length, unit } = lifetimeSummary(log, { ...options, through } as LifetimeSummaryOptions);
  return checked({ x: columns.x, tx: columns.tx, T: columns.T }, length, unit, path);
}

function unitOf(input: object, asked: ModelTimeUnit | undefined, path: string): ModelTimeUnit | null {
  const own: unknown = "unit" in input ? input.unit : undefined;
  // Opportunities that are campaigns have none.
  if (own === undefined || own === null) return asked ?? null;
  assertOneOf(own, `${path}.unit`, MODEL_UNITS);
  assertArgument(
    asked === undefined || asked === own,
    "options.unit",
    () =>
      `options.unit is "${asked}" and the summary is in "${own}": leave it out, or make the summary in "${asked}"`,
  );
  return own;
}

function columnsOfRows(rows: readonly PurchaseHistory[], path: string): PurchaseHistoryColumns {
  assertArray(rows, path);
  const problems: RowProblem[] = [];
  const cells = rows.map((row, i): Partial<PurchaseHistory> => {
    if (typeof row === "object" && row !== null) {
      assertNames(row, `${path}[${i}]`);
      return row;
    }
    problems.push({ row: i, field: "", reason: "is no object { x, tx, T }", value: row });
    return {};
  });
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  const of = (name: "x" | "tx" | "T") => cells.map((row) => row[name] as number);
  const first = cells.find((row) => row.covariates !== undefined)?.covariates ?? {};
  return {
    x: of("x"),
    tx: of("tx"),
    T: of("T"),
    ...(cells.some((row) => row.weight !== undefined) && { weight: cells.map((row) => row.weight ?? 1) }),
    covariates: Object.fromEntries(
      Object.keys(first).map((name) => [name, cells.map((row) => row.covariates?.[name] as number)]),
    ),
  };
}

/** Names that were meant for others: what they hold would be left out of the fit without a word. */
const MEANT: Readonly<Record<string, string>> = { weights: "weight", covariate: "covariates" };

function assertNames(names: object, path: string): void {
  for (const [given, meant] of Object.entries(MEANT)) {
    assertArgument(
      !Object.hasOwn(names, given),
      `${path}.${given}`,
      () => `${path}.${given} is not known: the name is ${meant}`,
    );
  }
}

function assertLengths(columns: PurchaseHistoryColumns, path: string): number {
  assertNames(columns, path);
  const length = columns.x?.length;
  assertArgument(
    columns.x !== undefined,
    `${path}.x`,
    () =>
      `${path} has no column x: pass x (repeat purchases), tx (time from the first to the last) and T (time since the first); there ${Object.keys(columns).length === 0 ? "is none" : `are ${Object.keys(columns).join(", ")}`}`,
  );
  const all: Record<string, ArrayLike<number> | undefined> = { x: columns.x, tx: columns.tx, T: columns.T };
  if (columns.weight !== undefined) all.weight = columns.weight;
  for (const [name, column] of Object.entries(columns.covariates ?? {})) all[`covariates.${name}`] = column;
  for (const [name, column] of Object.entries(all)) {
    const given: unknown = column;
    assertArgument(
      typeof given === "object" && given !== null && column?.length === length && typeof length === "number",
      `${path}.${name}`,
      () => `${path}.${name} is ${shown(given)}: pass an array as long as ${path}.x`,
    );
  }
  return length;
}

const LISTED = 20;

function checked(
  columns: PurchaseHistoryColumns,
  length: number,
  unit: ModelTimeUnit | null,
  path: string,
): CheckedHistories {
  const { x, tx, T, weight } = columns;
  const problems: RowProblem[] = [];
  let total = 0;
  const note = (row: number, field: string, reason: string, value: unknown) => {
    total++;
    if (problems.length < LISTED)
      problems.push({ row, field, reason: value == null ? "is missing" : reason, value });
  };
  const covariates = Object.entries(columns.covariates ?? {});
  for (let row = 0; row < length; row++) {
    const [count, last, age] = [x[row], tx[row], T[row]];
    if (!Number.isSafeInteger(count) || count < 0)
      note(row, "x", "is not a whole number of repeat purchases", count);
    if (!Number.isFinite(age) || age < 0) note(row, "T", "is not a time of 0 or more", age);
    if (!Number.isFinite(last) || last < 0) note(row, "tx", "is not a time of 0 or more", last);
    else if (last > age) note(row, "tx", `is after T, ${age}`, last);
    else if (count === 0 && last > 0) note(row, "tx", "is above 0 though x is 0", last);
    else if (count > 0 && last === 0) note(row, "tx", `is 0 though x is ${count}`, last);
    if (weight !== undefined && !(weight[row] > 0 && weight[row] <= 1e12)) {
      note(row, "weight", "is not above 0, or beyond 1e12", weight[row]);
    }
    for (const [name, column] of covariates) {
      if (!Number.isFinite(column[row]))
        note(row, `covariates.${name}`, "is not a finite number", column[row]);
    }
  }
  if (total > 0) throw invalidRows(problems, total, path);
  return {
    length,
    x: doubles(x),
    tx: doubles(tx),
    T: doubles(T),
    weight: weight === undefined ? null : doubles(weight),
    covariates: Object.fromEntries(covariates.map(([name, column]) => [name, doubles(column)])),
    unit,
  };
}

/** The caller's own column where it is one of doubles: nobody here writes to it, and it is not kept. */
function doubles(column: ArrayLike<number>): Float64Array {
  return column instanceof Float64Array ? column : new Float64Array(column);
}
