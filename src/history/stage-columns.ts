import { assertArgument, shown } from "../core/assert.js";
import type { RowProblem } from "../core/row-problems.js";
import { givenFields } from "./reject-rows.js";
import { type IntakeRules, stageRow } from "./stage-row.js";
import { emptyStage, FIRST_INSTANT, growStage, LAST_INSTANT, type StagedRows } from "./staged-rows.js";
import type { TransactionColumns, TransactionRow } from "./transaction-row.js";

/** Columns that have one value a row. */
const FIELDS = [
  "customerId",
  "at",
  "amount",
  "cost",
  "quantity",
  "type",
  "id",
  "refundOf",
  "productId",
  "channel",
  "currency",
] as const;

/**
 * Columns that hold numbers and nothing wrong become the stage as they are, uncopied; `null` when a value needs the
 * closer look (and the message) of {@link stageRow}.
 *
 * @internal
 */
export function stageCleanColumns(columns: TransactionColumns): StagedRows | null {
  const { customerId, at, amount, cost, quantity } = columns;
  if (!(at instanceof Float64Array) || !isNumeric(amount)) return null;
  if (cost !== undefined && !isNumeric(cost)) return null;
  if (quantity !== undefined && !isNumeric(quantity)) return null;
  if (FIELDS.slice(5).some((field) => columns[field] !== undefined)) return null;
  const keys = keyKind(customerId);
  if (!keys || !areInstantsAndAmounts(at, amount)) return null;
  if (cost && !areInstantsAndAmounts(at, cost)) return null;
  if (quantity && !areQuantities(quantity)) return null;
  return {
    ...emptyStage(0),
    length: at.length,
    owned: false,
    keys: at.length > 0 ? keys : null,
    customer: customerId as StagedRows["customer"],
    at,
    amount: asDoubles(amount),
    cost: cost ? asDoubles(cost) : null,
    quantity: quantity ? asDoubles(quantity) : null,
  };
}

/** Every column as long as the customer column, or an error that names the one that is not. @internal */
export function assertColumns(columns: TransactionColumns): void {
  for (const field of FIELDS) {
    const column: unknown = columns[field];
    const required = field === "customerId" || field === "at" || field === "amount";
    if (column === undefined && !required) continue;
    const path = `records.${field}`;
    assertArgument(
      Array.isArray(column) || ArrayBuffer.isView(column),
      path,
      () =>
        `${path} is ${shown(column)}: pass an iterable of records, or columns (arrays) with customerId, at and amount`,
    );
    const { length } = column as ArrayLike<unknown>;
    assertArgument(
      length === columns.customerId.length,
      path,
      () =>
        `${path} has ${length} values but records.customerId has ${columns.customerId.length}: columns have one value a row`,
    );
  }
}

/** Goes through columns row by row, with the same checks as for records. @internal */
export function stageColumnRows(
  stage: StagedRows,
  columns: TransactionColumns,
  rules: IntakeRules,
  firstInputRow: number,
  onRow: (record: unknown, problems: RowProblem[] | null) => void,
): void {
  const { customerId, at, amount, type, id, refundOf, cost, quantity, productId, channel, currency } =
    columns;
  const length = customerId.length;
  growStage(stage, stage.length + length);
  // One record for all rows: objects by the million are garbage by the million.
  const record: { -readonly [Field in keyof TransactionRow]: TransactionRow[Field] } = {
    customerId: "",
    at: 0,
    amount: 0,
    type: undefined,
    id: undefined,
    refundOf: undefined,
    cost: undefined,
    quantity: undefined,
    productId: undefined,
    channel: undefined,
    currency: undefined,
  };
  for (let row = 0; row < length; row++) {
    record.customerId = customerId[row];
    record.at = at[row];
    record.amount = amount[row];
    if (type) record.type = type[row];
    if (id) record.id = id[row];
    if (refundOf) record.refundOf = refundOf[row];
    if (cost) record.cost = cost[row];
    if (quantity) record.quantity = quantity[row];
    if (productId) record.productId = productId[row];
    if (channel) record.channel = channel[row];
    if (currency) record.currency = currency[row];
    const problems = stageRow(stage, record, rules, firstInputRow + row);
    onRow(problems ? givenFields(record) : record, problems);
  }
}

function isNumeric(column: unknown): column is Float64Array | Int32Array {
  return column instanceof Float64Array || column instanceof Int32Array;
}

function asDoubles(column: Float64Array | Int32Array): Float64Array {
  return column instanceof Float64Array ? column : Float64Array.from(column);
}

function keyKind(keys: TransactionColumns["customerId"]): "integer" | "text" | null {
  if (keys instanceof Int32Array || keys instanceof Uint32Array) return "integer";
  const kind = typeof keys[0];
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row];
    if (typeof key !== kind || key === "" || (kind === "number" && !Number.isSafeInteger(key))) return null;
  }
  return kind === "number" ? "integer" : kind === "string" ? "text" : null;
}

/**
 * What is left of a value above its floor adds up to zero for whole numbers alone (NaN and infinities make NaN), which needs
 * no branch a row. Two columns in one pass take little longer than one: the processor works on both at a time.
 */
function areInstantsAndAmounts(at: Float64Array, amount: Float64Array | Int32Array): boolean {
  let fractions = 0;
  let earliest = FIRST_INSTANT;
  let latest = LAST_INSTANT;
  let least = 0;
  let most = Number.MAX_SAFE_INTEGER;
  for (let row = 0; row < at.length; row++) {
    const instant = at[row];
    const money = amount[row];
    fractions += instant - Math.floor(instant) + (money - Math.floor(money));
    if (instant < earliest) earliest = instant;
    if (instant > latest) latest = instant;
    if (money < least) least = money;
    if (money > most) most = money;
  }
  const inRange = earliest === FIRST_INSTANT && latest === LAST_INSTANT;
  return fractions === 0 && inRange && least === 0 && most === Number.MAX_SAFE_INTEGER;
}

function areQuantities(column: Float64Array | Int32Array): boolean {
  for (let row = 0; row < column.length; row++) {
    if (!(column[row] >= 0 && column[row] < Number.POSITIVE_INFINITY)) return false;
  }
  return true;
}
