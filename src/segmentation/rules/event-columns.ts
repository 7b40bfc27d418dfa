import { assertArgument } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { EventRule, SegmentRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";
import type { NumberColumn, OpenColumns, RuleColumn } from "./rule-columns.js";
import { fieldKind, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { isEventRule, isFieldRule } from "./rule-shapes.js";
import { sequenceSteps } from "./sequence-steps.js";

/**
 * What may rules ask of a transaction that is read from a log?
 *
 * The fields of the kind of event `"transactions"`: `at`, `amount` and `cost` in minor units of the log's currency (a
 * refund's amount is negative), `quantity`, `productId`, `channel`, and `type`, `"purchase"` or `"refund"`.
 *
 * @example
 * ```ts
 * import { ruleBuilder, ruleFields, transactionEventFields } from "clientele";
 *
 * const fields = ruleFields({ plan: "text" }, { transactions: transactionEventFields });
 * const { events } = ruleBuilder(fields);
 * const rule = events("transactions").where((row) => row.field("type").eq("purchase")).count().gte(3);
 * rule.op; // => "count"
 * ```
 */
export const transactionEventFields = {
  at: "instant",
  amount: "number",
  cost: "number",
  quantity: "number",
  productId: "text",
  channel: "text",
  type: ["purchase", "refund"],
} as const satisfies RuleFieldMap;

/** The kind of event that a log holds. @internal */
export const LOG_EVENTS = "transactions";

/** The rows of a log as events with fields. @internal */
export interface LogEvents {
  readonly log: TransactionLog;
  readonly columns: OpenColumns;
  /** 1 where a row is an event; `null` when all are. */
  readonly isEvent: Uint8Array | null;
}

/**
 * The columns that the conditions on a log's events ask for.
 *
 * By `"transaction"` rows are events as they are. By `"purchase"` they are what every metric counts: a refund of a purchase
 * is no event of its own, it makes the purchase less, and one that is reversed as a whole is none.
 *
 * @internal
 */
export function logEvents(
  log: TransactionLog,
  rules: readonly EventRule[],
  fields: RuleFields,
  clock: RuleClock,
  refundAttribution: "purchase" | "transaction",
): LogEvents {
  const { asOf, timeZone } = clock;
  const facts = knownFacts(log, { asOf, timeZone, refundAttribution });
  assertAsked(rules, fields.events[LOG_EVENTS] ?? {}, log);
  const isNetted = refundAttribution === "purchase" && log.purchaseRow !== null;
  const columns: Record<string, RuleColumn> = {
    at: log.at,
    amount: facts.net,
    type: typeColumn(log),
    ...(facts.cost && { cost: facts.cost }),
    ...(facts.quantity && { quantity: facts.quantity }),
    ...(log.product && { productId: log.product }),
    ...(log.channel && { channel: log.channel }),
  };
  return { log, columns: { length: log.length, columns }, isEvent: isNetted ? countedRows(facts) : null };
}

/** A row as the event that it is. @internal */
export function logEvent({ columns: { columns } }: LogEvents, row: number): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(columns))
    event[name] = "codes" in column ? column.values[column.codes[row]] : column[row];
  return event;
}

/** A column of numbers of a log. @internal */
export function numbersOf({ columns: { columns } }: LogEvents, name: string): NumberColumn {
  return columns[name] as NumberColumn;
}

function typeColumn({ purchaseRow, length }: TransactionLog): RuleColumn {
  const codes = new Uint8Array(length);
  if (purchaseRow) for (let row = 0; row < length; row++) codes[row] = purchaseRow[row] === -1 ? 0 : 1;
  return { codes, values: transactionEventFields.type };
}

/** Purchases that qualify, and refunds of no particular purchase. */
function countedRows({ log: { purchaseRow, length }, qualifies }: KnownFacts): Uint8Array {
  const counted = new Uint8Array(length);
  for (let row = 0; row < length; row++) {
    const purchase = purchaseRow ? purchaseRow[row] : -1;
    counted[row] = purchase === -1 ? (qualifies?.[row] ?? 1) : purchase < 0 ? 1 : 0;
  }
  return counted;
}

/** Refuses rules that ask for what a log does not hold, or holds as something else. */
function assertAsked(rules: readonly EventRule[], declared: RuleFieldMap, log: TransactionLog): void {
  const asked = new Set<string>();
  for (const rule of rules) {
    if (rule.op !== "sequence" && rule.of === LOG_EVENTS && "field" in rule) asked.add(rule.field);
    const steps = rule.op === "sequence" ? sequenceSteps(rule) : [rule];
    for (const { of, where } of steps) if (of === LOG_EVENTS && where) addFields(where, asked);
  }
  for (const field of asked) {
    const kept = fieldKind(transactionEventFields, field);
    if (kept === null || !hasColumn(log, field)) {
      const known = Object.keys(transactionEventFields).filter((name) => hasColumn(log, name));
      throw new ClienteleError(
        "UNKNOWN_COLUMN",
        "log",
        `log has no ${field}, and a rule asks for it of transactions: this log has ${known.join(", ")}`,
      );
    }
    const kind = fieldKind({ at: "instant", ...declared }, field);
    assertArgument(
      kind?.type === kept.type && kind.isList === kept.isList,
      `fields.events.${LOG_EVENTS}.${field}`,
      () =>
        `fields.events.${LOG_EVENTS}.${field} is declared as ${kind?.type}, in a log it is ${kept.type}: declare it so, or spread transactionEventFields`,
    );
  }
}

function hasColumn({ cost, quantity, product, channel }: TransactionLog, field: string): boolean {
  const optional: Readonly<Record<string, unknown>> = { cost, quantity, productId: product, channel };
  return Object.hasOwn(transactionEventFields, field) && optional[field] !== null;
}

/** Adds the fields that a rule reads itself, not by way of segments or events. @internal */
export function addFields(rule: SegmentRule, fields: Set<string>): void {
  const pending: SegmentRule[] = [rule];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isEventRule(next) || next.op === "segment") continue;
    if (next.op === "not") pending.push(next.of);
    else if (isFieldRule(next)) fields.add(next.field);
    else if (next.op !== "custom") pending.push(...next.of);
    else if (next.field !== undefined) fields.add(next.field);
  }
}
