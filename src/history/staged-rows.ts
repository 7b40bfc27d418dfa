import { DAY_MS, FIRST_DAY, LAST_DAY } from "../core/civil-day.js";
import type { RowProblem } from "../core/row-problems.js";
import type { TextColumn, TransactionLog } from "./log-columns.js";
import type { CustomerKey } from "./transaction-row.js";
import { twoColumns } from "./two-columns.js";

// The stage: where checked rows wait, in the order of the input, until all are in and become a log.

/** What a row is, in `StagedRows.kind`: something bought. @internal */
export const PURCHASE = 0;
/** A refund that names its purchase. @internal */
export const LINKED_REFUND = 1;
/** A refund of no particular purchase. @internal */
export const UNLINKED_REFUND = 2;

/** Instants of the years 0001 to 9999, as in {@link epochMs}: beyond them lie microseconds mistaken for milliseconds. @internal */
export const FIRST_INSTANT = FIRST_DAY * DAY_MS;
/** The last of them. @internal */
export const LAST_INSTANT = (LAST_DAY + 1) * DAY_MS - 1;

/** Texts that repeat, being numbered as rows come in. Code 0 stands for "none". @internal */
export interface GrowingTexts {
  codes: Uint32Array;
  readonly numbers: Map<string, number>;
}

/**
 * Checked rows on their way into a log, in the order of the input. A column that no row has yet is `null` and comes to
 * life with the first row that has it. NaN stands for "not given" in `cost` and `quantity`.
 *
 * @internal
 */
export interface StagedRows {
  length: number;
  /** How many of the rows, the first ones, come from a log to which the others are appended. */
  readonly held: number;
  /** Rules that the row at hand breaks. */
  readonly faults: Omit<RowProblem, "row">[];
  /** Whether the columns may be written to; not so when they are the caller's, read in place. */
  owned: boolean;
  /** `integer` or `text` once a row has said which. */
  keys: "integer" | "text" | null;
  customer: CustomerKey[] | Int32Array | Uint32Array;
  at: Float64Array;
  amount: Float64Array;
  kind: Uint8Array | null;
  cost: Float64Array | null;
  quantity: Float64Array | null;
  id: (string | null)[] | null;
  refundOf: (string | null)[] | null;
  product: GrowingTexts | null;
  channel: GrowingTexts | null;
  /** Amount and cost before conversion; they come to life with the first row in another currency. */
  originalAmount: Float64Array | null;
  originalCost: Float64Array | null;
  originalCurrency: GrowingTexts | null;
  /** For each staged row its place in the input, once a row was left out; until then the rows after `held` stand for it. */
  inputRow: number[] | null;
}

/** No rows yet, with room for `capacity`. @internal */
export function emptyStage(capacity: number): StagedRows {
  const [at, amount] = twoColumns(capacity);
  return {
    length: 0,
    held: 0,
    faults: [],
    owned: true,
    keys: null,
    customer: [],
    at,
    amount,
    kind: null,
    cost: null,
    quantity: null,
    id: null,
    refundOf: null,
    product: null,
    channel: null,
    originalAmount: null,
    originalCost: null,
    originalCurrency: null,
    inputRow: null,
  };
}

/** At least doubles the room, so that `capacity` rows fit. @internal */
export function growStage(stage: StagedRows, capacity: number): void {
  if (stage.at.length >= capacity) return;
  const size = Math.max(capacity, 1024, stage.at.length * 2);
  const [at, amount] = twoColumns(size);
  at.set(stage.at);
  amount.set(stage.amount);
  stage.at = at;
  stage.amount = amount;
  // Beyond this length the engine keeps an array as a dictionary, and it grows better by itself.
  if (Array.isArray(stage.customer) && size <= 2 ** 25) stage.customer.length = size;
  if (stage.kind) {
    const kind = new Uint8Array(size);
    kind.set(stage.kind);
    stage.kind = kind;
  }
  if (stage.cost) stage.cost = grown(stage.cost, size);
  if (stage.quantity) stage.quantity = grown(stage.quantity, size);
  if (stage.originalAmount) stage.originalAmount = grown(stage.originalAmount, size);
  if (stage.originalCost) stage.originalCost = grown(stage.originalCost, size);
  for (const texts of [stage.product, stage.channel, stage.originalCurrency]) {
    if (!texts) continue;
    const codes = new Uint32Array(size);
    codes.set(texts.codes);
    texts.codes = codes;
  }
}

/** Ends the stage's room for more rows, where the number of customers is read from. @internal */
export function closeStage(stage: StagedRows): void {
  if (stage.owned && Array.isArray(stage.customer)) stage.customer.length = stage.length;
}

/** A stage whose columns are its own, so that rows can be added: those read in place from the caller are copied. @internal */
export function ownStage(stage: StagedRows): StagedRows {
  if (stage.owned) return stage;
  return {
    ...stage,
    customer: Array.from(stage.customer),
    at: stage.at.slice(),
    amount: stage.amount.slice(),
    cost: stage.cost ? stage.cost.slice() : null,
    quantity: stage.quantity ? stage.quantity.slice() : null,
    owned: true,
  };
}

/** A column that begins now, "not given" in all rows so far. @internal */
export function unknownNumbers(stage: StagedRows): Float64Array {
  return new Float64Array(stage.at.length).fill(Number.NaN);
}

/** A column of texts that begins now. @internal */
export function noTexts(stage: StagedRows): GrowingTexts {
  return { codes: new Uint32Array(stage.at.length), numbers: new Map() };
}

/** Numbers a text by its first appearance, from 1. @internal */
export function numberOfText(texts: GrowingTexts, text: string): number {
  let number = texts.numbers.get(text);
  if (number === undefined) {
    number = texts.numbers.size + 1;
    texts.numbers.set(text, number);
  }
  return number;
}

/** The place in the input of a staged row, counted without the rows held before. @internal */
export function inputRowOf(stage: StagedRows, row: number): number {
  return stage.inputRow ? stage.inputRow[row] : row - stage.held;
}

/** From now on a row may be left out: each notes its place in the input. @internal */
export function noteInputRows(stage: StagedRows): void {
  stage.inputRow ??= Array.from({ length: stage.length }, (_, row) => row - stage.held);
}

/** The rows of a log as they stood before they were grouped: log order is an input order that gives the same log. @internal */
export function stageOfLog(log: TransactionLog): StagedRows {
  const stage = { ...emptyStage(log.length), held: log.length };
  stage.length = log.length;
  stage.keys = log.length > 0 ? log.customerKeys : null;
  stage.at.set(log.at);
  stage.amount.set(log.amount);
  stage.cost = log.cost ? log.cost.slice() : null;
  stage.quantity = log.quantity ? log.quantity.slice() : null;
  stage.id = log.ids ? log.ids.slice() : null;
  stage.product = growingTexts(log.product);
  stage.channel = growingTexts(log.channel);
  stage.originalAmount = log.original ? log.original.amount.slice() : null;
  stage.originalCost = log.original && log.cost ? log.cost.slice() : null;
  stage.originalCurrency = growingTexts(log.original?.currency ?? null);
  const integer = log.customerKeys === "integer";
  const customer: CustomerKey[] = [];
  for (let c = 0; c < log.customerIds.length; c++) {
    const key = integer ? Number(log.customerIds[c]) : log.customerIds[c];
    for (let row = log.offsets[c]; row < log.offsets[c + 1]; row++) customer.push(key);
  }
  stage.customer = customer;
  if (log.purchaseRow) stageRefunds(stage, log.purchaseRow, log.ids);
  return stage;
}

function stageRefunds(
  stage: StagedRows,
  purchaseRow: Int32Array,
  ids: readonly (string | null)[] | null,
): void {
  stage.kind = Uint8Array.from(purchaseRow, (row) =>
    row === -1 ? PURCHASE : row === -2 ? UNLINKED_REFUND : LINKED_REFUND,
  );
  stage.refundOf = Array.from(purchaseRow, (row) => (row >= 0 && ids ? ids[row] : null));
}

function growingTexts(column: TextColumn | null): GrowingTexts | null {
  if (!column) return null;
  const numbers = new Map<string, number>();
  const numberOfCode = column.values.map((text) => {
    if (text === null) return 0;
    numbers.set(text, numbers.size + 1);
    return numbers.size;
  });
  return { codes: Uint32Array.from(column.codes, (code) => numberOfCode[code]), numbers };
}

function grown(column: Float64Array, size: number): Float64Array {
  const larger = new Float64Array(size);
  larger.set(column);
  return larger;
}
