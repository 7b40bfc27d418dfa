import { assertArgument, assertOneOf, shown } from "../../core/assert.js";
import { assertLog, type TransactionLog } from "../../history/log-columns.js";
import type { CustomerEvents } from "./compiled-rule.js";
import type { CompiledSet } from "./compiled-set.js";
import { addFields, LOG_EVENTS, type LogEvents, logEvent, logEvents } from "./event-columns.js";
import { measureLog } from "./event-plan.js";
import { addMember, type MemberBits, noMembers } from "./member-bits.js";
import type { SetAnswers } from "./segment-membership.js";

/** The customers that a set of segments is asked about, and what they did. */
export interface SegmentSetInput<Customer extends object = object> {
  /**
   * The customers: their fields, and a `customerId` (text or a whole number) each once. Left out, they are the customers
   * of the log, of whom nothing is known but their id.
   */
  readonly records?: Iterable<Customer>;
  /** Gives a customer's id where it is not the record's `customerId`. */
  readonly idOf?: (record: Customer, place: number) => string | number;
  /**
   * What they bought: the events of the kind `"transactions"`, with the fields of {@link transactionEventFields}. A
   * customer without rows did nothing; rows of customers who are not among the records are left out, and counted.
   */
  readonly log?: TransactionLog;
  /**
   * What refunds in the log are. `"transaction"` (default): events as they are, of type `"refund"`. `"purchase"`: as every
   * metric counts them; a refund of a purchase is no event, its amount, cost and quantity are taken off that purchase, and
   * a purchase that is reversed as a whole is none either.
   */
  readonly refundAttribution?: "purchase" | "transaction";
  /** Gives what a customer did, by kind; needed where rules ask about events that are not in the log. */
  readonly eventsOf?: (record: Customer, place: number) => CustomerEvents;
}

/** Asks all rules about all customers. @internal */
export function setAnswers<Customer extends object>(
  set: CompiledSet,
  input: SegmentSetInput<Customer>,
): SetAnswers {
  assertInput(input);
  const { log } = input;
  const records = recordsOf(set, input);
  const customerIds = log && records === null ? log.customerIds : idsOf(records ?? [], input.idOf);
  const asking = askCustomers(set, input, records, customerIds);
  let withoutRecord = 0;
  if (log) withoutRecord = askAboutLog(set, input, log, records !== null, customerIds, asking);
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
  const { leaves, order } = set;
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
  const members = order.map(() => noMembers(customerIds.length));
  const all = order.map((_, place) => place);
  const answers = new Uint8Array(order.length);
  const ask: Asking["ask"] = (place, measures, base, rows) => {
    const record = records ? records[place] : { customerId: customerIds[place] };
    if (eventsOf && others.length > 0) {
      const given = eventsOf(record as Customer, place);
      assertEvents(given, place);
      if (log) assertOnce(given, place);
      const events = mixes ? { ...given, [LOG_EVENTS]: rows() } : given;
      for (const { leaf, slot } of others) measures[base + slot] = leaf.measure(events);
    }
    set.answer(record, measures, base, answers, all);
    for (let i = 0; i < answers.length; i++) if (answers[i] === 1) addMember(members[i], place);
  };
  return { members, isOfLog, ask };
}

/** Asks about all customers, measured from the log; the number of those in it who have no record. */
function askAboutLog<Customer extends object>(
  { leaves, options, clock }: CompiledSet,
  { refundAttribution = "transaction" }: SegmentSetInput<Customer>,
  log: TransactionLog,
  hasRecords: boolean,
  customerIds: readonly string[],
  { isOfLog, ask }: Asking,
): number {
  const rules = leaves.map((leaf) => leaf.rule);
  const events = logEvents(log, rules, options.fields, clock, refundAttribution);
  const places = hasRecords ? new Map(customerIds.map((id, place) => [id, place])) : null;
  const hasRows = new Uint8Array(customerIds.length);
  let withoutRecord = 0;
  const context = { fields: options.fields, clock, operators: options.operators ?? {} };
  measureLog(leaves, isOfLog, events, context, (first, end, measures) => {
    for (let customer = first; customer < end; customer++) {
      const place = places === null ? customer : places.get(log.customerIds[customer]);
      if (place === undefined) {
        withoutRecord++;
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
  assertArgument(
    typeof (records as Partial<Iterable<Customer>> | null)?.[Symbol.iterator] === "function",
    "input.records",
    () => `input.records is ${shown(records)}: pass an array or another iterable of objects`,
  );
  const list = Array.from(records);
  list.forEach((record, place) => {
    if (typeof record !== "object" || record === null)
      assertArgument(
        false,
        `input.records[${place}]`,
        () => `input.records[${place}] is ${shown(record)}: pass an object with the customer's fields`,
      );
  });
  return list;
}

function idsOf<Customer extends object>(
  records: readonly object[],
  idOf: ((record: Customer, place: number) => string | number) | undefined,
): string[] {
  const seen = new Set<string>();
  return records.map((record, place) => {
    const given: unknown = idOf
      ? idOf(record as Customer, place)
      : (record as { readonly customerId?: unknown }).customerId;
    const path = `input.records[${place}]`;
    const isId = (typeof given === "string" && given !== "") || Number.isSafeInteger(given);
    if (!isId)
      assertArgument(
        false,
        path,
        () => `${path} has the id ${shown(given)}: pass a customerId, text or a whole number, or idOf`,
      );
    const id = String(given);
    if (seen.has(id))
      assertArgument(
        false,
        path,
        () => `${path} has the id ${shown(id)} of a record before it: pass each customer once`,
      );
    seen.add(id);
    return id;
  });
}
