import { assertArgument, shown } from "../../core/assert.js";
import { givenColumns } from "../../core/given-columns.js";
import { assertNoFaults, noFaults, noteFault, type RowFaults } from "../../core/row-faults.js";

/** One subject under observation: how long, and how it ended. Durations are in any one unit, 0 or from 1e-100 to 1e100. */
export interface SurvivalRow {
  /** Time from the origin to the event, or to the last instant at which the subject was seen without it. */
  readonly duration: number;
  /** Whether the event happened at `duration`; `false`: censored, still without it when last seen. */
  readonly event: boolean | 0 | 1;
  /**
   * Time from the origin at which observation began (left truncation), less than `duration`; 0 or nothing: at the origin.
   */
  readonly entry?: number | null | undefined;
  /** How many subjects the row stands for, from 1e-100 to 1e100, fractions allowed; default 1. */
  readonly weight?: number | null | undefined;
}

/** The same as many {@link SurvivalRow}s, column by column: the fastest way in. All columns have one length. */
export interface SurvivalColumns {
  /** Time to the event or to censoring, by row. */
  readonly duration: readonly number[] | Float64Array;
  /** Whether the event happened, by row: booleans, or 1 and 0. */
  readonly event: readonly (boolean | 0 | 1)[] | Uint8Array;
  /** Time at which observation began, by row; 0 or `null`: at the origin. */
  readonly entry?: readonly (number | null)[] | Float64Array | undefined;
  /** How many subjects each row stands for; `null`: one. */
  readonly weight?: readonly (number | null)[] | Float64Array | undefined;
}

/** Rows, columns, or a table with such columns; other columns are ignored. */
export type SurvivalInput =
  | readonly SurvivalRow[]
  | SurvivalColumns
  | { readonly length: number; readonly columns: SurvivalColumns };

/** Checked survival data as typed columns, in the order of the input. @internal */
export interface SurvivalData {
  readonly length: number;
  /** 0, or from 1e-100 to 1e100. */
  readonly duration: Float64Array;
  /** 1 where the event happened, else 0. */
  readonly event: Uint8Array;
  /**
   * `null` when every subject was seen from the origin. A subject is at risk at t when entry < t <= duration; one whose
   * entry is 0 was never truncated, so it is at risk at t = 0 too (this matters for events at 0 only).
   */
  readonly entry: Float64Array | null;
  /** `null` when every row stands for one subject. */
  readonly weight: Float64Array | null;
}

/**
 * Reads rows, columns or a table, and throws with every row that breaks a rule. Typed columns are kept, not copied.
 *
 * @internal
 */
export function readSurvivalData(data: SurvivalInput, path = "data"): SurvivalData {
  const faults = noFaults();
  const survival = survivalData(data, path, faults);
  assertNoFaults(faults, path);
  return survival;
}

/** The same for measures that count subjects: weights must be whole numbers. @internal */
export function readCountedData(data: SurvivalInput, path = "data"): SurvivalData {
  const faults = noFaults();
  const survival = countedData(data, path, faults);
  assertNoFaults(faults, path);
  return survival;
}

/** Reads survival data with whole weights and notes every row that breaks a rule. @internal */
export function countedData(data: SurvivalInput, path: string, faults: RowFaults): SurvivalData {
  const survival = survivalData(data, path, faults);
  survival.weight?.forEach((value, row) => {
    // What is no weight at all was noted before.
    if (isWeight(value) && !Number.isSafeInteger(value))
      noteFault(faults, { row, field: "weight", reason: "is no whole number of subjects", value });
  });
  return survival;
}

/** Reads survival data and notes every row that breaks a rule: then the data are not to be used. @internal */
export function survivalData(data: SurvivalInput, path: string, faults: RowFaults): SurvivalData {
  const source = sourceOf(data, path);
  const duration = numbers(source.duration, Number.NaN);
  const event = flags(source.event);
  const entry = source.entry && numbers(source.entry, 0);
  const weight = source.weight && numbers(source.weight, 1);
  for (let row = 0; row < duration.length; row++) {
    const time = duration[row];
    const from = entry === null ? 0 : entry[row];
    const sound =
      (time === 0 || isSize(time)) && event[row] <= 1 && (from === 0 || (isSize(from) && from < time));
    if (sound && (weight === null || isWeight(weight[row]))) continue;
    noteProblems(faults, row, source, time);
  }
  return {
    length: duration.length,
    duration,
    event,
    entry: entry?.some((time) => time !== 0) ? entry : null,
    weight: weight?.some((count) => count !== 1) ? weight : null,
  };
}

/** Beyond these sizes squares and products of times or weights may leave the range of numbers. */
const SMALLEST = 1e-100;
const LARGEST = 1e100;

/** Whether it is a row of which anything can be read. @internal */
export function isRow(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

interface Source {
  readonly duration: ArrayLike<unknown>;
  readonly event: ArrayLike<unknown>;
  readonly entry: ArrayLike<unknown> | null;
  readonly weight: ArrayLike<unknown> | null;
  /** The rows as they came in, where the data are rows. */
  readonly rows: readonly unknown[] | null;
}

function sourceOf(data: unknown, path: string): Source {
  if (Array.isArray(data)) return sourceOfRows(data);
  assertArgument(
    typeof data === "object" && data !== null,
    path,
    () => `${path} is ${shown(data)}: pass an array of rows, or columns: { duration, event }`,
  );
  const { needed, optional } = givenColumns(data, path, "duration");
  return {
    duration: needed("duration"),
    event: needed("event"),
    entry: optional("entry"),
    weight: optional("weight"),
    rows: null,
  };
}

function sourceOfRows(data: readonly unknown[]): Source {
  // What is no row has no fields.
  const rows = data.map((row): Partial<SurvivalRow> => Object(row));
  return {
    duration: rows.map((row) => row.duration),
    event: rows.map((row) => row.event),
    entry: rows.map((row) => row.entry),
    weight: rows.map((row) => row.weight),
    rows: data,
  };
}

/** What is no number becomes NaN, what is missing the default. */
function numbers(values: ArrayLike<unknown>, missing: number): Float64Array {
  if (values instanceof Float64Array) return values;
  const result = new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const value = values[i] ?? missing;
    result[i] = typeof value === "number" ? value : Number.NaN;
  }
  return result;
}

/** What is no flag becomes 2. */
function flags(values: ArrayLike<unknown>): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const result = new Uint8Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const value = values[i];
    result[i] = value === true || value === 1 ? 1 : value === false || value === 0 ? 0 : 2;
  }
  return result;
}

function isSize(value: number): boolean {
  return value >= SMALLEST && value <= LARGEST;
}

const isWeight = isSize;

/** The rules that a row breaks, with the values as they came in. */
function noteProblems(faults: RowFaults, row: number, source: Source, duration: number): void {
  if (source.rows !== null && !isRow(source.rows[row])) {
    noteFault(faults, { row, field: "", reason: "is not { duration, event }", value: source.rows[row] });
    return;
  }
  const note = (field: "duration" | "event" | "entry" | "weight", reason: string | null): void => {
    if (reason !== null) noteFault(faults, { row, field, reason, value: source[field]?.[row] });
  };
  const event = source.event[row];
  const entry = source.entry?.[row] ?? 0;
  const weight = source.weight?.[row] ?? 1;
  note("duration", timeProblem(source.duration[row]));
  note("event", [true, false, 0, 1].includes(event as boolean) ? null : "is none of true, false, 1, 0");
  note("entry", timeProblem(entry) ?? entryProblem(Number(entry), duration));
  note("weight", weightProblem(weight));
}

function timeProblem(value: unknown): string | null {
  if (typeof value !== "number" || !(value >= 0 && value < Number.POSITIVE_INFINITY))
    return "is no finite number of 0 or more";
  return value === 0 || isSize(value) ? null : "is neither 0 nor of a size from 1e-100 to 1e100";
}

function entryProblem(entry: number, duration: number): string | null {
  return entry > 0 && entry >= duration ? `is not before the duration, ${duration}` : null;
}

function weightProblem(value: unknown): string | null {
  if (typeof value !== "number" || !(value > 0 && value < Number.POSITIVE_INFINITY))
    return "is no finite number above 0";
  return isWeight(value) ? null : "is not of a size from 1e-100 to 1e100";
}
