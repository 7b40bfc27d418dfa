import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { assertLog, type TransactionLog } from "../../history/log-columns.js";
import { asksForRefunds } from "./asks-for-refunds.js";
import type { CustomerEvents } from "./compiled-rule.js";
import type { CompiledSet } from "./compiled-set.js";
import { recordIds, recordList } from "./customer-records.js";
import { type EvaluateSegmentsOptions, withProgress } from "./evaluation-progress.js";
import { addFields, LOG_EVENTS, type LogEvents, logEvent, logEvents } from "./event-columns.js";
import { measureLog } from "./event-plan.js";
import { assertKnownKeys } from "./known-keys.js";
import { addMember, type MemberBits, noMembers } from "./member-bits.js";
import { readEvents } from "./read-events.js";
import type { SetAnswers } from "./segment-membership.js";
import type { SegmentSetInput } from "./segment-set-input.js";

/** Asks all rules about all customers. @internal */
export function setAnswers<Customer extends object>(
  set: CompiledSet,
  input: SegmentSetInput<Customer>,
  options: EvaluateSegmentsOptions = {},
): SetAnswers {
  assertInput(input);
  const { log } = input;
  const records = recordsOf(set, input);
  if (log) assertLogFits(set, input, log);
  const customerIds =
    log && records === null ? knownCustomers(log, set.clock.asOf) : recordIds(records ?? [], input.idOf);
  const asking = withProgress(askCustomers(set, input, records, customerIds), customerIds.length, options);
  let withoutRecord = 0;
  if (log) withoutRecord = askAboutLog(set, input, log, customerIds, asking);
  else {
    const measures = new Float64Array(set.leaves.length);
    for (let place = 0; place < customerIds.length; place++) asking.ask(place, measures, 0, noRows);
  }
  const members = new Map(set.order.map((name, i) => [name, asking.members[i]]));
  return { customerIds, members, withoutRecord };
}

/** Asks about customers one by one. */
interface Asking {
  /** By segment in order of reference, who is in it. */
  readonly members: readonly MemberBits[];
  /** For each condition, whether its number comes from the columns of the log. */
  readonly isOfLog: readonly boolean[];
  /** Asks about a customer whose numbers from columns stand in `measures`; `rows` gives the log's as events. */
  readonly ask: (place: number, measures: Float64Array, base: number, rows: () => readonly object[]) => void;
}

function askCustomers<Customer extends object>(
  set: CompiledSet,
  { log, eventsOf }: SegmentSetInput<Customer>,
  records: readonly object[] | null,
  customerIds: readonly string[],
): Asking {
  const { leaves, order, options, clock } = set;
  const isOfLog = leaves.map(({ kinds }) => log !== undefined && kinds.every((kind) => kind === LOG_EVENTS));
  const others = leaves.flatMap((leaf, slot) => (isOfLog[slot] ? [] : [{ leaf, slot }]));
  // A sequence of purchases and other events is measured customer by customer, the rows put beside the others.
  const mixes = log !== undefined && others.some(({ leaf }) => leaf.kinds.includes(LOG_EVENTS));
  assertArgument(
    others.length === 0 || typeof eventsOf === "function",
    "input.eventsOf",
    () =>
      `input.eventsOf is ${shown(eventsOf)}, and rules ask about events${log ? " besides those of the log" : ""}: pass (record) => events by kind, or a log of transactions`,
  );
  assertEventsOfUsed(set, log, eventsOf);
  const members = order.map(() => noMembers(customerIds.length));
  const all = order.map((_, place) => place);
  const answers = new Uint8Array(order.length);
  const ask: Asking["ask"] = (place, measures, base, rows) => {
    const record = records ? records[place] : { customerId: customerIds[place] };
    if (eventsOf) {
      const given = eventsOf(record as Customer, place);
      assertEvents(given, place);
      if (log) assertOnce(given, place);
      const events = mixes ? { ...given, [LOG_EVENTS]: rows() } : given;
      const path = () => `input.eventsOf(records[${place}])`;
      const read = readEvents(events, options.fields, clock.timeZone, path);
      for (const { leaf, slot } of others) measures[base + slot] = leaf.measureRead(read);
    }
    set.answer(record, measures, base, answers, all);
    for (let i = 0; i < answers.length; i++) if (answers[i] === 1) addMember(members[i], place);
  };
  return { members, isOfLog, ask };
}

/** Asks about all customers, measured from the log; the number of those in it who have no record. */
function askAboutLog<Customer extends object>(
  { leaves, options, clock }: CompiledSet,
  { refundAttribution = "purchase" }: SegmentSetInput<Customer>,
  log: TransactionLog,
  customerIds: readonly string[],
  { isOfLog, ask }: Asking,
): number {
  const rules = leaves.map((leaf) => leaf.rule);
  const events = logEvents(log, rules, options.fields, clock, refundAttribution);
  const places =
    customerIds === log.customerIds ? null : new Map(customerIds.map((id, place) => [id, place]));
  const hasRows = new Uint8Array(customerIds.length);
  let withoutRecord = 0;
  const context = { fields: options.fields, clock, operators: options.operators ?? {} };
  measureLog(leaves, isOfLog, events, context, (first, end, measures) => {
    for (let customer = first; customer < end; customer++) {
      const place = places === null ? customer : places.get(log.customerIds[customer]);
      if (place === undefined) {
        // Who only comes later is no customer yet.
        if (log.at[log.offsets[customer]] < clock.asOf) withoutRecord++;
        continue;
      }
      hasRows[place] = 1;
      ask(place, measures, (customer - first) * leaves.length, () => rowsOf(events, customer));
    }
  });
  const nothing = Float64Array.from(leaves, (leaf, slot) => (isOfLog[slot] ? leaf.measure({}) : Number.NaN));
  for (let place = 0; place < customerIds.length; place++)
    if (hasRows[place] === 0) ask(place, nothing, 0, noRows);
  return withoutRecord;
}

function assertInput(input: unknown): void {
  assertArgument(
    typeof input === "object" && input !== null,
    "input",
    () => `input is ${shown(input)}: pass { records } or { log }`,
  );
  assertKnownKeys(input, "input", ["records", "idOf", "log", "refundAttribution", "eventsOf"]);
  const { log, refundAttribution } = input as SegmentSetInput;
  if (log !== undefined) assertLog(log, "input.log");
  if (refundAttribution === undefined) return;
  assertOneOf(refundAttribution, "input.refundAttribution", ["purchase", "transaction"]);
  assertArgument(
    log !== undefined,
    "input.refundAttribution",
    () => "input.refundAttribution is for a log: pass input.log",
  );
}

/** Refuses a log whose days are others than the set's by oversight, or whose refunds a rule means in another way. */
function assertLogFits<Customer extends object>(
  { rules, options, clock }: CompiledSet,
  { records, refundAttribution }: SegmentSetInput<Customer>,
  log: TransactionLog,
): void {
  assertArgument(
    options.timeZone !== undefined || log.timeZone === clock.timeZone,
    "options.timeZone",
    () =>
      `options.timeZone of the set is undefined, which is ${shown(clock.timeZone)}, and input.log keeps its days in ${shown(log.timeZone)}: pass one of them as timeZone to segmentSet()`,
  );
  assertArgument(
    records === undefined || Object.hasOwn(options.fields.events, LOG_EVENTS),
    "input.log",
    () => `input.log has the events ${LOG_EVENTS}, which the fields do not declare: leave it out`,
  );
  if (refundAttribution !== undefined) return;
  const asking = [...rules].find(([, rule]) => asksForRefunds(rule));
  assertArgument(
    asking === undefined,
    "input.refundAttribution",
    () =>
      `input.refundAttribution is undefined, which is "purchase", and segments.${asking?.[0]} asks for refunds, which make their purchases less by it: pass "transaction" for refunds as events, or "purchase" to mean those of no particular purchase alone`,
  );
}

/** Refuses events of which no rule of these fields can ever ask. */
function assertEventsOfUsed(
  { options }: CompiledSet,
  log: TransactionLog | undefined,
  eventsOf: unknown,
): void {
  if (eventsOf === undefined) return;
  assertArgument(
    typeof eventsOf === "function",
    "input.eventsOf",
    () => `input.eventsOf is ${shown(eventsOf)}: pass (record) => events by kind, or leave it out`,
  );
  const kinds = Object.keys(options.fields.events).filter((kind) => !log || kind !== LOG_EVENTS);
  assertArgument(
    kinds.length > 0,
    "input.eventsOf",
    () =>
      `input.eventsOf is given, and the fields declare no events${log ? ` besides ${LOG_EVENTS}, which are in the log` : ""}: leave it out`,
  );
}

/** The customers of a log who have come before an instant. */
function knownCustomers(
  { customerIds, offsets, at, lastAt }: TransactionLog,
  asOf: number,
): readonly string[] {
  if (lastAt === null || lastAt < asOf) return customerIds;
  return customerIds.filter((_, customer) => at[offsets[customer]] < asOf);
}

function noRows(): readonly object[] {
  return [];
}

function rowsOf(events: LogEvents, customer: number): readonly object[] {
  const { offsets } = events.log;
  const rows: object[] = [];
  for (let row = offsets[customer]; row < offsets[customer + 1]; row++)
    if (events.isEvent === null || events.isEvent[row] === 1) rows.push(logEvent(events, row));
  return rows;
}

function assertOnce(given: CustomerEvents, place: number): void {
  assertArgument(
    !Object.hasOwn(given, LOG_EVENTS),
    "input.eventsOf",
    () => `input.eventsOf gives ${LOG_EVENTS} for record ${place}, and so does the log: pass them once`,
  );
}

function assertEvents(events: unknown, place: number): asserts events is CustomerEvents {
  assertArgument(
    typeof events === "object" && events !== null,
    "input.eventsOf",
    () => `input.eventsOf gives for record ${place} ${shown(events)}: pass events by kind, {} for none`,
  );
}

/** The records, checked; `null` where the log's customers are meant. */
function recordsOf<Customer extends object>(
  { rules }: CompiledSet,
  { records, log, idOf }: SegmentSetInput<Customer>,
): readonly object[] | null {
  if (records === undefined) {
    assertArgument(log !== undefined, "input", () => "input has no records and no log: pass one or both");
    assertArgument(idOf === undefined, "input.idOf", () => "input.idOf is for records: pass input.records");
    const asked = new Set<string>();
    for (const rule of rules.values()) addFields(rule, asked);
    asked.delete("customerId");
    assertArgument(
      asked.size === 0,
      "input.records",
      () =>
        `input.records is undefined, and rules ask for ${[...asked].slice(0, 20).join(", ")}: pass the records`,
    );
    return null;
  }
  return recordList(records);
}
