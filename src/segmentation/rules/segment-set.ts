import { assertArgument, shown } from "../../core/assert.js";
import type { Instant } from "../../core/instant.js";
import type { CompileRuleOptions, CustomerEvents } from "./compiled-rule.js";
import { type CompiledSet, compileSet } from "./compiled-set.js";
import { advanced, startCustomer, withEvent, withRecord } from "./customer-segments.js";
import type { CustomerSegments, SegmentUpdate } from "./customer-state.js";
import type { EvaluateSegmentsOptions } from "./evaluation-progress.js";
import type { RuleDocument, SegmentRule } from "./rule.js";
import { explanationsOf, type SegmentExplanations } from "./segment-explanations.js";
import { membershipOf, type SegmentMembership } from "./segment-membership.js";
import type { SegmentSetInput } from "./segment-set-input.js";
import { setAnswers } from "./set-answers.js";
import { fingerprintOf, type TrackingSet, trackingSet } from "./tracking-set.js";

/** With what a set of segments is compiled. */
export interface SegmentSetOptions extends Omit<CompileRuleOptions, "segments"> {
  /**
   * The names of all segments from the most to the least important, where the order in which they are written is not meant;
   * a customer for whom several rules hold is assigned to the first. Needed where one of several names is a whole number.
   */
  readonly priority?: readonly string[];
}

/** Many rules made ready to be asked together. It holds functions: it is no data. */
export interface SegmentSet extends SegmentExplanations {
  /** The segments in order of priority. */
  readonly names: readonly string[];
  /** The segments in order of reference: each after those to which its rule refers. */
  readonly references: readonly string[];
  /** The rules, checked, by name. */
  readonly rules: Readonly<Record<string, SegmentRule>>;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of days, weeks and months. */
  readonly timeZone: string;
  /**
   * Who is in which segment?
   *
   * @param input - The customers, what they bought (a log) and what else they did.
   * @param options - How a long run is followed, and stopped.
   * @returns Sizes, members, the one segment of each customer by priority, and how far segments overlap.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` for bad input; `UNKNOWN_COLUMN` when rules ask for what the log lacks;
   * `ABORTED` when the signal fires.
   */
  evaluate<Customer extends object>(
    input: SegmentSetInput<Customer>,
    options?: EvaluateSegmentsOptions,
  ): SegmentMembership;
  /**
   * In which segments is this customer, and what is to be kept to go on from here?
   *
   * Events count as they are given, refunds too: here and in {@link SegmentSet.addEvent} no refund is taken off its
   * purchase. The events of a customer as {@link SegmentSet.evaluate} reads them off a log gives {@link customerEventsReader}.
   *
   * @param record - The customer's fields.
   * @param events - What the customer did, by kind; what lies at `asOf` or later is kept and does not count yet.
   * @returns The state of the customer.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` for bad input.
   */
  start(record: object, events?: CustomerEvents): CustomerSegments;
  /**
   * What does one more event change? Asks only the segments whose numbers it touches; events may come late and in any order.
   *
   * @param state - The customer, as of this set's `asOf`; it is not changed.
   * @param of - The kind of event.
   * @param event - The event: an object with its instant `at`.
   * @returns The customer from now on, and the segments entered and left: the same as a new start with all events gives.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a state of other rules or another `asOf`, and for no event.
   */
  addEvent(state: CustomerSegments, of: string, event: object): SegmentUpdate;
  /**
   * What do other fields change?
   *
   * @param state - The customer, as of this set's `asOf`.
   * @param record - The customer's fields from now on.
   * @returns The customer from now on, and the segments entered and left.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` as {@link SegmentSet.addEvent}.
   */
  replaceRecord(state: CustomerSegments, record: object): SegmentUpdate;
  /**
   * The same rules as of another instant. Relative dates are resolved anew.
   *
   * @param asOf - The instant.
   * @returns A new set; customers' states go to it by {@link SegmentSet.advance}.
   */
  at(asOf: Instant): SegmentSet;
  /**
   * What has the passing of time changed? Measures the customer anew as of this set; a customer whose `quietUntil` lies
   * after it would come out the same.
   *
   * @param state - The customer, as of another instant.
   * @returns The customer as of this set's `asOf`, and the segments entered and left.
   * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a state of other rules.
   */
  advance(state: CustomerSegments): SegmentUpdate;
}

/**
 * Who is in which of many segments, how do these overlap, and what does one more event change?
 *
 * All conditions on events of all rules are measured together, over a log in one pass over its columns. A customer may be
 * in several segments; the one that they are assigned to is the first by priority.
 *
 * @param segments - The rules by name, in order of priority; they may refer to each other. Names that are whole numbers
 * come first in any JavaScript object, however it was written: where there are such, `priority` must say the order.
 * @param options - As for {@link compileRule}; `priority`.
 * @returns What answers for all customers, or follows one customer from event to event.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a rule does not fit the fields, rules refer to each other in a
 * circle, or one of several names is a whole number and there is no `priority`; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { ruleBuilder, ruleFields, segmentSet, transactionEventFields, transactionLog } from "clientele";
 *
 * const fields = ruleFields({ plan: "text" }, { transactions: transactionEventFields });
 * const { all, field, events } = ruleBuilder(fields);
 * const lately = events("transactions").within({ last: { days: 90 } });
 * const set = segmentSet(
 *   { best: lately.sum("amount").gte(1000), quiet: lately.didNot(), paying: field("plan").ne("free") },
 *   { fields, asOf: "2024-07-01" },
 * );
 * const log = transactionLog([{ customerId: "ani", at: "2024-06-20", amount: 1500 }], { currency: "IDR" });
 * const records = [{ customerId: "ani", plan: "pro" }, { customerId: "budi", plan: "free" }];
 * const membership = set.evaluate({ records, log });
 * membership.assignment.columns.segment; // => ["best", "quiet"]
 * membership.members.columns.segment; // => ["best", "quiet", "paying"]
 *
 * const budi = set.start({ plan: "free" });
 * set.addEvent(budi, "transactions", { at: "2024-06-30", amount: 200 }).left; // => ["quiet"]
 * ```
 */
export function segmentSet(
  segments: Readonly<Record<string, SegmentRule | RuleDocument>>,
  options: SegmentSetOptions,
): SegmentSet {
  assertArgument(
    typeof segments === "object" && segments !== null && !Array.isArray(segments),
    "segments",
    () => `segments is ${shown(segments)}: pass an object of rules by name`,
  );
  const { priority, ...others } = options ?? {};
  const names = priorityOf(Object.keys(segments), priority);
  const compiled = compileSet(segments, {
    ...others,
    segments: segments as Readonly<Record<string, SegmentRule>>,
  });
  return setOf(compiled, names, options);
}

function setOf(set: CompiledSet, names: readonly string[], options: SegmentSetOptions): SegmentSet {
  const rules = Object.fromEntries(set.rules);
  const fingerprint = fingerprintOf(set, names);
  let tracked: TrackingSet | null = null;
  const tracking = (): TrackingSet => {
    tracked ??= trackingSet(set, names, fingerprint);
    return tracked;
  };
  return {
    names,
    references: set.order,
    rules,
    asOf: set.clock.asOf,
    timeZone: set.clock.timeZone,
    ...explanationsOf(set),
    evaluate: (input, how) => membershipOf(setAnswers(set, input, how), names, set.clock, fingerprint),
    start: (record, events = {}) => startCustomer(tracking(), record, events),
    addEvent: (state, of, event) => withEvent(tracking(), state, of, event),
    replaceRecord: (state, record) => withRecord(tracking(), state, record),
    at: (asOf) => segmentSet(rules, { ...options, asOf, priority: names }),
    advance: (state) => advanced(tracking(), state),
  };
}

function priorityOf(written: readonly string[], priority: readonly string[] | undefined): readonly string[] {
  if (priority === undefined) {
    const moved = written.length > 1 ? written.find(isListIndex) : undefined;
    assertArgument(
      moved === undefined,
      "options.priority",
      () =>
        `options.priority is undefined, and the segment ${shown(moved)} has a whole number for a name, which JavaScript puts first whatever the order written: pass the ${written.length} names, the most important first`,
    );
    return written;
  }
  assertArgument(
    Array.isArray(priority),
    "options.priority",
    () => `options.priority is ${shown(priority)}: pass the names of all segments`,
  );
  const given = new Set(priority);
  const wrong =
    priority.find((name, i) => !written.includes(name) || priority.indexOf(name) !== i) ??
    written.find((name) => !given.has(name));
  assertArgument(
    wrong === undefined,
    "options.priority",
    () =>
      `options.priority must name each segment once, and ${shown(wrong)} is missing, twice or none: pass ${written.length} names`,
  );
  return [...priority];
}

/** Whether objects order a key by its number, and not by when it was written: "60", and neither "060" nor "6.5". */
function isListIndex(name: string): boolean {
  const number = Number(name) >>> 0;
  return String(number) === name && number < 2 ** 32 - 1;
}
