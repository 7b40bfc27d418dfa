import { shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { epochMs } from "../core/instant.js";
import { convertMoney } from "../core/multiply-money.js";
import type { RowProblem } from "../core/row-problems.js";
import {
  FIRST_INSTANT,
  growStage,
  LAST_INSTANT,
  LINKED_REFUND,
  noTexts,
  numberOfText,
  PURCHASE,
  type StagedRows,
  UNLINKED_REFUND,
  unknownNumbers,
} from "./staged-rows.js";
import type { TransactionLogOptions, TransactionRow } from "./transaction-row.js";

/** Options with the defaults filled in. @internal */
export interface IntakeRules {
  readonly currency: string;
  readonly timeZone: string;
  readonly rate: TransactionLogOptions["rate"];
  readonly acceptUnlinkedRefunds: boolean;
}

/** Rules that the row at hand breaks; one array for all rows, since a closure or an array a row costs more than the checks. */
type Faults = Omit<RowProblem, "row">[];

/**
 * Checks one record and puts it on the stage; a record that breaks a rule is left out and all its problems returned.
 * Rules that need other rows (unique ids, the purchase of a refund) are checked when all rows are in.
 *
 * @internal
 */
export function stageRow(
  stage: StagedRows,
  record: TransactionRow,
  rules: IntakeRules,
  inputRow: number,
): RowProblem[] | null {
  const { faults } = stage;
  // A rate function that threw may have left some behind.
  faults.length = 0;
  if (typeof record !== "object" || record === null) {
    report(faults, "", "is not a record: pass an object with customerId, at and amount", record);
    return takeProblems(faults, inputRow);
  }
  const { customerId, amount } = record;
  checkCustomer(stage, customerId, faults);
  const at = readInstant(record.at, rules.timeZone, faults);
  const kind = readKind(record, rules.acceptUnlinkedRefunds, faults);
  checkMoney("amount", amount, kind, faults);
  const cost = record.cost ?? Number.NaN;
  const quantity = record.quantity ?? Number.NaN;
  if (record.cost != null) checkMoney("cost", record.cost, kind, faults);
  if (record.quantity != null) checkQuantity(record.quantity, kind, faults);
  checkText("id", record.id, faults);
  checkText("productId", record.productId, faults);
  checkText("channel", record.channel, faults);
  const currency = record.currency ?? rules.currency;
  let ownAmount = amount;
  let ownCost = cost;
  if (currency !== rules.currency) {
    const rate = usableRate(currency, at, rules, faults);
    if (faults.length === 0) {
      ownAmount = converted("amount", amount, currency, rate, rules.currency, faults);
      ownCost = Number.isNaN(cost) ? cost : converted("cost", cost, currency, rate, rules.currency, faults);
    }
  }
  if (faults.length > 0) return takeProblems(faults, inputRow);

  const row = stage.length;
  growStage(stage, row + 1);
  if (stage.inputRow) stage.inputRow.push(inputRow);
  stage.keys ??= typeof customerId === "number" ? "integer" : "text";
  (stage.customer as (string | number)[])[row] = customerId;
  stage.at[row] = at;
  // Plus zero, since -0 would be told from 0 by a deep comparison.
  stage.amount[row] = ownAmount + 0;
  stageOptionalFields(stage, row, record, kind, ownCost + 0, quantity + 0);
  if (currency !== rules.currency || stage.originalAmount) {
    stageOriginal(stage, row, amount + 0, cost + 0, currency, rules.currency);
  }
  stage.length = row + 1;
  return null;
}

function report(faults: Faults, field: string, reason: string, value: unknown): void {
  faults.push({ field, reason, value });
}

function takeProblems(faults: Faults, row: number): RowProblem[] {
  return faults.splice(0).map((fault) => ({ row, ...fault }));
}

function stageOptionalFields(
  stage: StagedRows,
  row: number,
  record: TransactionRow,
  kind: number,
  cost: number,
  quantity: number,
): void {
  if (kind !== PURCHASE || stage.kind) {
    stage.kind ??= new Uint8Array(stage.at.length);
    stage.kind[row] = kind;
  }
  if (stage.cost || !Number.isNaN(cost)) {
    stage.cost ??= unknownNumbers(stage);
    stage.cost[row] = cost;
  }
  if (stage.quantity || !Number.isNaN(quantity)) {
    stage.quantity ??= unknownNumbers(stage);
    stage.quantity[row] = quantity;
  }
  if (record.productId != null) {
    stage.product ??= noTexts(stage);
    stage.product.codes[row] = numberOfText(stage.product, record.productId);
  }
  if (record.channel != null) {
    stage.channel ??= noTexts(stage);
    stage.channel.codes[row] = numberOfText(stage.channel, record.channel);
  }
  if (record.id != null || stage.id) {
    stage.id ??= new Array(row).fill(null);
    stage.id.push(record.id ?? null);
  }
  if (kind === LINKED_REFUND || stage.refundOf) {
    stage.refundOf ??= new Array(row).fill(null);
    stage.refundOf.push(record.refundOf ?? null);
  }
}

function stageOriginal(
  stage: StagedRows,
  row: number,
  amount: number,
  cost: number,
  currency: string,
  own: string,
): void {
  if (!stage.originalAmount || !stage.originalCurrency) {
    stage.originalAmount = stage.amount.slice();
    stage.originalCurrency = noTexts(stage);
    if (row > 0) stage.originalCurrency.codes.fill(numberOfText(stage.originalCurrency, own), 0, row);
  }
  stage.originalAmount[row] = amount;
  stage.originalCurrency.codes[row] = numberOfText(stage.originalCurrency, currency);
  if (!stage.cost) return;
  stage.originalCost ??= stage.cost.slice();
  stage.originalCost[row] = cost;
}

function checkCustomer(stage: StagedRows, customerId: unknown, faults: Faults): void {
  if (typeof customerId === "string") {
    if (customerId === "") report(faults, "customerId", "is empty", customerId);
    else if (stage.keys === "integer")
      report(faults, "customerId", "is text while earlier rows have whole numbers", customerId);
  } else if (typeof customerId === "number") {
    if (!Number.isSafeInteger(customerId)) report(faults, "customerId", "is not a whole number", customerId);
    else if (stage.keys === "text")
      report(faults, "customerId", "is a number while earlier rows have text", customerId);
  } else if (customerId == null) report(faults, "customerId", "is missing", undefined);
  else report(faults, "customerId", "is neither text nor a whole number", customerId);
}

function readInstant(value: unknown, timeZone: string, faults: Faults): number {
  if (value === undefined || value === null) {
    report(faults, "at", "is missing", undefined);
    return Number.NaN;
  }
  const instant = value instanceof Date ? value.getTime() : value;
  if (typeof instant === "number") {
    if (Number.isInteger(instant) && instant >= FIRST_INSTANT && instant <= LAST_INSTANT) return instant;
    report(
      faults,
      "at",
      "is no instant of the years 0001 to 9999: pass a valid Date or whole epoch milliseconds",
      value,
    );
    return Number.NaN;
  }
  try {
    return epochMs(instant as string, "at", timeZone);
  } catch {
    report(
      faults,
      "at",
      'is no instant: pass a Date, epoch milliseconds, ISO 8601 with an offset ("2024-02-29T13:45:00+07:00") or a civil day ("2024-02-29")',
      value,
    );
    return Number.NaN;
  }
}

function readKind(record: TransactionRow, acceptUnlinked: boolean, faults: Faults): number {
  const { type, refundOf } = record;
  if (type == null && refundOf == null) {
    return acceptUnlinked && record.amount < 0 ? UNLINKED_REFUND : PURCHASE;
  }
  if (type != null && type !== "purchase" && type !== "refund") {
    report(faults, "type", 'is neither "purchase" nor "refund"', type);
    return PURCHASE;
  }
  checkText("refundOf", refundOf, faults);
  if (type === "purchase") {
    if (refundOf != null) report(faults, "refundOf", "is given on a purchase", refundOf);
    return PURCHASE;
  }
  if (refundOf != null) return LINKED_REFUND;
  if (!acceptUnlinked) {
    report(
      faults,
      "refundOf",
      'is missing: a refund names its purchase (or set unlinkedRefunds: "accept")',
      undefined,
    );
  }
  return UNLINKED_REFUND;
}

function checkMoney(field: string, value: unknown, kind: number, faults: Faults): void {
  if (value === undefined || value === null) report(faults, field, "is missing", undefined);
  else if (!Number.isSafeInteger(value)) report(faults, field, "is not a whole number of minor units", value);
  else if (kind === PURCHASE && (value as number) < 0) {
    report(faults, field, 'is negative on a purchase: a refund has refundOf or type "refund"', value);
  } else if (kind !== PURCHASE && (value as number) > 0) {
    report(faults, field, "is positive on a refund: money given back is negative", value);
  }
}

function checkQuantity(value: unknown, kind: number, faults: Faults): void {
  if (typeof value !== "number" || !Number.isFinite(value))
    report(faults, "quantity", "is not a number", value);
  else if (kind === PURCHASE && value < 0) report(faults, "quantity", "is negative on a purchase", value);
  else if (kind !== PURCHASE && value > 0) report(faults, "quantity", "is positive on a refund", value);
}

function checkText(field: string, value: unknown, faults: Faults): void {
  if (value != null && (typeof value !== "string" || value === "")) {
    report(faults, field, "is not a text of at least one character", value);
  }
}

/** The log's currency for one major unit of the row's; NaN, and a fault, where there is none. */
function usableRate(currency: unknown, at: number, rules: IntakeRules, faults: Faults): number {
  if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency)) {
    report(faults, "currency", "is not an ISO 4217 code, three capital letters", currency);
  } else if (!rules.rate) {
    report(
      faults,
      "currency",
      `differs from the log's ${rules.currency}: pass a rate(currency, at)`,
      currency,
    );
  } else if (!Number.isNaN(at)) {
    const rate = rules.rate(currency, at);
    if (typeof rate === "number" && rate > 0 && rate < Number.POSITIVE_INFINITY) return rate;
    report(faults, "currency", `has no usable rate: rate(currency, at) gave ${shown(rate)}`, currency);
  }
  return Number.NaN;
}

function converted(
  field: string,
  amount: number,
  currency: string,
  rate: number,
  own: string,
  faults: Faults,
): number {
  try {
    return convertMoney({ amount, currency }, rate, own).amount;
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error;
    const reason = `is too large to be exact in minor units of ${own}, at ${rate} ${own} for 1 ${currency}`;
    report(faults, field, reason, amount);
    return Number.NaN;
  }
}
