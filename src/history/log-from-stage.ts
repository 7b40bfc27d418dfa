import { ClienteleError } from "../core/errors.js";
import { encodeKeys } from "./encode-keys.js";
import { groupByCustomer } from "./group-by-customer.js";
import type { TextColumn, TransactionLog } from "./log-columns.js";
import type { IntakeRules } from "./stage-row.js";
import { type GrowingTexts, LINKED_REFUND, PURCHASE, type StagedRows } from "./staged-rows.js";

/** Whole-number ids this much sparser than dense are numbered through a dictionary instead of a plain range. */
const SPARSE = 4;
const MAX_ROWS = 2 ** 31 - 1;

/** Numbers the customers, groups the rows and lays every column out in the order of the log. @internal */
export function logFromStage(
  stage: StagedRows,
  purchaseOf: Int32Array | null,
  rules: IntakeRules,
): TransactionLog {
  if (stage.length > MAX_ROWS) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "records",
      `records has ${stage.length} rows: a log holds up to ${MAX_ROWS}`,
    );
  }
  const customers = numberCustomers(stage);
  const at = stage.at.subarray(0, stage.length);
  const amount = stage.amount.subarray(0, stage.length);
  const grouped = groupByCustomer({ ...customers, at, amount }, hasMoreColumns(stage));
  const { source } = grouped;
  return {
    kind: "TransactionLog",
    version: 1,
    currency: rules.currency,
    timeZone: rules.timeZone,
    length: stage.length,
    customerIds: idsOf(grouped.present, customers.idOfCode),
    customerKeys: stage.keys ?? "text",
    firstAt: stage.length > 0 ? grouped.firstAt : null,
    lastAt: stage.length > 0 ? grouped.lastAt : null,
    offsets: grouped.offsets,
    at: grouped.at,
    amount: grouped.amount,
    purchaseRow: source ? purchaseRows(stage, purchaseOf, source) : null,
    cost: source && stage.cost ? gather(stage.cost, source) : null,
    quantity: source && stage.quantity ? gather(stage.quantity, source) : null,
    product: source ? textColumn(stage.product, source) : null,
    channel: source ? textColumn(stage.channel, source) : null,
    ids: source && stage.id ? Array.from(source, (row) => stage.id?.[row] ?? null) : null,
    original: source ? originals(stage, source) : null,
  };
}

function hasMoreColumns(stage: StagedRows): boolean {
  const { kind, cost, quantity, product, channel, id, originalAmount } = stage;
  return [kind, cost, quantity, product, channel, id, originalAmount].some((column) => column !== null);
}

/** Whole numbers in a dense range are codes as they stand; other keys get a dictionary. */
function numberCustomers(stage: StagedRows) {
  const { length } = stage;
  if (stage.keys !== "integer") {
    const { codes, values } = encodeKeys(stage.customer as string[]);
    return {
      codes,
      lowestCode: 0,
      codeSpace: Math.max(values.length, 1),
      idOfCode: (code: number) => values[code],
    };
  }
  const keys = stage.customer as ArrayLike<number>;
  let lowest = keys[0];
  let highest = keys[0];
  for (let row = 1; row < length; row++) {
    const key = keys[row];
    if (key < lowest) lowest = key;
    else if (key > highest) highest = key;
  }
  const range = highest - lowest + 1;
  if (range <= Math.max(SPARSE * length, 65_536) && range < 2 ** 31) {
    return {
      codes: keys,
      lowestCode: lowest,
      codeSpace: range,
      idOfCode: (code: number) => String(lowest + code),
    };
  }
  return numberSparseIntegers(keys);
}

/** Integer ids stand in ascending order in the log, also when they are sparse. */
function numberSparseIntegers(keys: ArrayLike<number>) {
  const { codes, values } = encodeKeys(keys);
  const ascending = Float64Array.from(values).sort();
  const rankOf = new Map<number, number>();
  for (let rank = 0; rank < ascending.length; rank++) rankOf.set(ascending[rank], rank);
  const rankOfCode = Uint32Array.from(values, (value) => rankOf.get(value) ?? 0);
  for (let row = 0; row < codes.length; row++) codes[row] = rankOfCode[codes[row]];
  return {
    codes,
    lowestCode: 0,
    codeSpace: ascending.length,
    idOfCode: (code: number) => String(ascending[code]),
  };
}

/** A refund that leaves a cost or a quantity out takes none back. */
function gather(column: Float64Array, source: Uint32Array): Float64Array {
  const gathered = new Float64Array(source.length);
  for (let row = 0; row < source.length; row++) {
    const value = column[source[row]];
    gathered[row] = Number.isNaN(value) ? 0 : value;
  }
  return gathered;
}

/** Staged texts in log order, with codes as narrow as they can be; values stay in order of first appearance in the input. */
function textColumn(texts: GrowingTexts | null, source: Uint32Array): TextColumn | null {
  if (!texts) return null;
  let missing = false;
  for (let row = 0; row < source.length && !missing; row++) missing = texts.codes[row] === 0;
  const shift = missing ? 0 : 1;
  const values: (string | null)[] = [...texts.numbers.keys()];
  if (missing) values.unshift(null);
  const width = values.length <= 256 ? Uint8Array : values.length <= 65_536 ? Uint16Array : Uint32Array;
  const codes = new width(source.length);
  for (let row = 0; row < source.length; row++) codes[row] = texts.codes[source[row]] - shift;
  return { codes, values };
}

function purchaseRows(
  stage: StagedRows,
  purchaseOf: Int32Array | null,
  source: Uint32Array,
): Int32Array | null {
  const { kind } = stage;
  if (!kind) return null;
  const logRow = new Int32Array(source.length);
  for (let row = 0; row < source.length; row++) logRow[source[row]] = row;
  return Int32Array.from(source, (row) => {
    if (kind[row] === PURCHASE) return -1;
    return kind[row] === LINKED_REFUND && purchaseOf ? logRow[purchaseOf[row]] : -2;
  });
}

function originals(stage: StagedRows, source: Uint32Array): TransactionLog["original"] {
  const currency = textColumn(stage.originalCurrency, source);
  if (!stage.originalAmount || !currency) return null;
  return { amount: gather(stage.originalAmount, source), currency };
}

function idsOf(present: Uint32Array, idOfCode: (code: number) => string): string[] {
  const ids: string[] = new Array(present.length);
  for (let i = 0; i < present.length; i++) ids[i] = idOfCode(present[i]);
  return ids;
}
