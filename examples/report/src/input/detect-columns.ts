import { detectAmountStyle, looksLikeAmount } from "./amount-style.js";
import { findColumn, NO_COLUMN } from "./column-map.js";
import { columnsNamed, isUnitPrice, type NamedColumn } from "./column-names.js";
import { detectDatePattern } from "./detect-date-format.js";
import { inputError } from "./input-error.js";
import { type Field, fields, requiredFields } from "./options.js";
import { transactionType } from "./transaction-type.js";

/** The first rows of a table. */
export interface TableSample {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A column that stands for a field, and why. */
export interface ChosenColumn {
  readonly index: number;
  readonly name: string;
  readonly why: string;
}

/** Columns by field, and what was found but left out. */
export interface ChosenColumns {
  readonly columns: Partial<Record<Field, ChosenColumn>>;
  readonly leftOut: readonly string[];
}

type Choice = Partial<Record<Field, ChosenColumn>>;

/**
 * Which column holds what? First what the user said, then what the names say, then what the cells look like.
 *
 * A required field for which two columns are equally good is an error that shows both, never a guess.
 */
export function detectColumns(sample: TableSample, map: Partial<Record<Field, string>> = {}): ChosenColumns {
  const chosen: Choice = {};
  const leftOut: string[] = [];
  const free = (index: number) => !Object.values(chosen).some((column) => column.index === index);
  for (const field of fields) {
    const column = map[field];
    if (column === undefined || column === NO_COLUMN) continue;
    const index = findColumn(field, column, sample.header);
    if (!free(index)) throw inputError(`--map uses column "${column}" for two fields`);
    chosen[field] = { index, name: sample.header[index] ?? "", why: "as --map says" };
  }
  const refundOf =
    map.refundOf === NO_COLUMN ? undefined : (chosen.refundOf ?? columnsNamed("refundOf", sample.header)[0]);
  for (const field of fields) {
    if (chosen[field]) continue;
    const links = { id: chosen.id, refundOf };
    const named = columnsNamed(field, sample.header).filter(({ index }) => free(index));
    const [best] = named;
    if (!best) continue;
    const isDeclined = map[field] === NO_COLUMN;
    const twin = named.find(({ index, rank }) => index !== best.index && rank === best.rank);
    if (twin && !isDeclined) throw twins(field, best, twin);
    const objection = isDeclined ? "as --map says" : objectionTo(field, best.index, sample, links);
    if (objection !== null) leftOut.push(`"${best.name}" is not used as ${field}: ${objection}`);
    else chosen[field] = { index: best.index, name: best.name, why: "by its name" };
  }
  for (const field of ["at", "amount", "customer"] as const) {
    if (!chosen[field]) chosen[field] = byContent(field, sample, chosen);
  }
  return { columns: chosen, leftOut };
}

/** The columns by which a refund finds its purchase; `refundOf` may be a candidate yet. */
interface Links {
  readonly id: Pick<ChosenColumn, "index"> | undefined;
  readonly refundOf: Pick<ChosenColumn, "index"> | undefined;
}

/** Why a column that has the right name cannot be it; a required one is taken, and its bad rows are rejected. */
function objectionTo(
  field: Field,
  index: number,
  sample: TableSample,
  { id, refundOf }: Links,
): string | null {
  const cells = cellsOf(sample, index);
  const filled = cells.filter((cell) => cell !== "");
  // Its values may come further down.
  const isBlank = filled.length === 0;
  switch (field) {
    case "at":
      return detectDatePattern(cells, true).kind === "none" ? "it holds no dates" : null;
    case "amount":
      return filled.some(looksLikeAmount) ? null : "it holds no amounts";
    case "id":
      // Refunds point to ids: then one that repeats is a bad row, not a number of another kind.
      if (refundOf && pointsInto(cellsOf(sample, refundOf.index), cells)) return null;
      return new Set(filled).size < filled.length ? "it repeats, so it does not name one transaction" : null;
    case "cost":
    case "quantity":
      return filled.length === cells.length && cells.every(looksLikeAmount)
        ? null
        : "not every row has a number";
    // Some words of the right kind make the others bad rows: to pass over the column would make refunds purchases.
    case "type":
      return isBlank || filled.some((cell) => transactionType(cell))
        ? null
        : "it tells no purchases from refunds";
    case "currency":
      return isBlank || filled.some((cell) => /^[A-Z]{3}$/i.test(cell)) ? null : "it holds no ISO 4217 codes";
    case "refundOf":
      return isBlank || (id && pointsInto(filled, cellsOf(sample, id.index)))
        ? null
        : "it names no transaction of the file";
    default:
      return null;
  }
}

/** Whether cells name a transaction at all. */
function pointsInto(cells: readonly string[], ids: readonly string[]): boolean {
  const known = new Set(ids.filter((id) => id !== ""));
  return cells.some((cell) => known.has(cell));
}

/** The one free column whose cells could be this field's. */
function byContent(field: "customer" | "at" | "amount", sample: TableSample, chosen: Choice): ChosenColumn {
  const taken = new Set(Object.values(chosen).map(({ index }) => index));
  const free = sample.header
    .map((name, index) => ({ index, name, cells: cellsOf(sample, index) }))
    .filter(({ index }) => !taken.has(index));
  const fitting = free.filter(({ name, cells }) => {
    if (field === "at") return detectDatePattern(cells, false).kind !== "none";
    if (field === "amount") return mostly(cells, looksLikeAmount) && !isUnitPrice(name);
    return cells.every((cell) => cell !== "");
  });
  // Amounts of money have decimals more often than counts and ids do.
  const decimal = fitting.filter(({ cells }) => !["whole", "mixed"].includes(detectAmountStyle(cells)));
  const candidates = field === "amount" && decimal.length > 0 ? decimal : fitting;
  const [only] = candidates;
  if (!only || candidates.length > 1) throw unclear(field, candidates, sample, chosen);
  const reasons = {
    at: "the only column of dates",
    amount: decimal.length > 0 ? "the only column of decimal numbers" : "the only column of numbers left",
    customer: "the only column left",
  };
  return { index: only.index, name: only.name, why: `by its content: ${reasons[field]}` };
}

function twins(field: Field, one: NamedColumn, other: NamedColumn): Error {
  const [first, second] = [one, other].map(({ index, name }) => `${index + 1} "${name}"`);
  return inputError(
    `columns ${first} and ${second} may both be ${field}: say which by its number, for example --map ${field}=${one.index + 1}`,
  );
}

function unclear(
  field: Field,
  candidates: readonly { readonly index: number; readonly name: string }[],
  sample: TableSample,
  chosen: Choice,
): Error {
  const found =
    candidates.length === 0
      ? `no column looks like ${field}; the columns are:`
      : `which column is ${field}? It could be any of:`;
  const listed = candidates.length === 0 ? sample.header.map((name, index) => ({ index, name })) : candidates;
  const lines = listed.map(({ index, name }) => {
    const cells = cellsOf(sample, index).slice(0, 3).join(", ");
    return `  ${index + 1} "${name}" (${cells}, ...)`;
  });
  const guess = requiredFields.map((each) => {
    const known = chosen[each]?.index ?? (each === field ? candidates[0]?.index : undefined);
    return `${each}=${known === undefined ? "NUMBER" : known + 1}`;
  });
  return inputError(
    `${found}\n${lines.join("\n")}\nSay it by column number or name, for example: --map ${guess.join(",")}`,
  );
}

function cellsOf({ rows }: TableSample, index: number): string[] {
  return rows.map((row) => row[index] ?? "");
}

function mostly(cells: readonly string[], test: (cell: string) => boolean): boolean {
  return cells.filter(test).length >= 0.8 * cells.length;
}
