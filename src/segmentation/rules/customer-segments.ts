import { assertArgument, shown } from "../../core/assert.js";
import { instantOrNaN } from "../../core/instant.js";
import type { CustomerEvents } from "./compiled-rule.js";
import type { CompiledSet } from "./compiled-set.js";
import { eventsOfKind } from "./event-leaf.js";
import { type SavedTotals, savedNumber } from "./event-totals.js";
import type { FieldRecord } from "./field-reader.js";
import type { QuietTimes } from "./quiet-until.js";

/**
 * One customer and a set of segments: in which they are, and what must be known to go on when something happens. Plain
 * data: it survives `structuredClone`, and JSON where all numbers in records and events are finite.
 */
export interface CustomerSegments {
  /** Layout of this object. */
  readonly version: 1;
  /** Which rules it is about: a state is taken by sets of the same rules alone. */
  readonly rules: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** The segments whose rules hold, in order of priority. */
  readonly segments: readonly string[];
  /** The first of them; `null`: none. */
  readonly segment: string | null;
  /**
   * The first `asOf` at which the passing of time alone could change a segment, epoch milliseconds; `null`: it cannot.
   * Up to then no look is needed. It may be too early, never too late.
   */
  readonly quietUntil: number | null;
  /** The customer's fields. */
  readonly record: object;
  /** What the customer did, of the kinds that rules ask about. */
  readonly events: CustomerEvents;
  /** What was measured for each condition on events; text where it is not finite. */
  readonly measured: readonly (number | string)[];
  /** Of what it was measured, so that one more event can be added. */
  readonly totals: readonly unknown[];
}

/** What an event, a change of the record or the passing of time did to a customer's segments. */
export interface SegmentUpdate {
  /** The customer from now on. */
  readonly state: CustomerSegments;
  /** Segments whose rules hold now and did not before, in order of priority. */
  readonly entered: readonly string[];
  /** Segments whose rules held before and do not now, in order of priority. */
  readonly left: readonly string[];
}

/** What the functions of this file need of a set. @internal */
export interface TrackingSet {
  readonly set: CompiledSet;
  /** In order of priority. */
  readonly names: readonly string[];
  /** By name, the place in the order of reference, in which answers stand. */
  readonly placeOf: ReadonlyMap<string, number>;
  readonly fingerprint: string;
  readonly quiet: QuietTimes;
}

/** A customer from the beginning. @internal */
export function startCustomer(
  tracking: TrackingSet,
  record: object,
  given: CustomerEvents,
): CustomerSegments {
  const { set } = tracking;
  assertObject(record, "record", "pass the customer's fields as an object");
  assertObject(given, "events", "pass events by kind, {} for none");
  const events: Record<string, readonly object[]> = {};
  for (const kind of kindsOf(set)) events[kind] = [...eventsOfKind(given, kind)];
  const totals: (SavedTotals | null)[] = [];
  const measures = Float64Array.from(set.leaves, (leaf, i) => {
    const { tally } = leaf;
    totals[i] = null;
    if (tally === null) return leaf.measure(events);
    const sums = tally.totals();
    for (const event of events[leaf.kinds[0]]) {
      const at = tally.pick(event as FieldRecord);
      if (!Number.isNaN(at)) tally.add(sums, at, event as FieldRecord);
    }
    totals[i] = sums.save();
    return sums.value();
  });
  const answers = new Uint8Array(set.order.length);
  set.answer(record, measures, 0, answers, [...answers.keys()]);
  const { segments } = compared(tracking, NO_ANSWERS, answers);
  return {
    segments,
    segment: segments[0] ?? null,
    version: 1,
    rules: tracking.fingerprint,
    asOf: set.clock.asOf,
    quietUntil: quietOf(tracking, record, events, measures),
    record,
    events,
    measured: Array.from(measures, savedNumber),
    totals,
  };
}

const NO_ANSWERS = new Uint8Array(0);

/** One more event. @internal */
export function withEvent(
  tracking: TrackingSet,
  state: CustomerSegments,
  of: string,
  event: object,
): SegmentUpdate {
  const { set, quiet } = tracking;
  assertState(tracking, state);
  const { clock, options, leaves } = set;
  assertArgument(
    Object.hasOwn(options.fields.events, of),
    "of",
    () =>
      `of is ${shown(of)}, no kind of event of these rules: pass one of ${Object.keys(options.fields.events).map(shown).join(", ")}`,
  );
  assertObject(event, "event", "pass an object with an instant at");
  const instant = Object.hasOwn(event, "at") ? (event as FieldRecord).at : undefined;
  const at = instantOrNaN(instant, clock.timeZone);
  assertArgument(
    !Number.isNaN(at),
    "event.at",
    () => `event.at is ${shown(instant)}: pass a Date, epoch milliseconds or ISO 8601 with an offset`,
  );
  // Nobody asks about such events.
  if (!Object.hasOwn(state.events, of)) return { state, entered: [], left: [] };

  const events = { ...state.events, [of]: [...state.events[of], event] };
  const measures = measuresOf(state);
  const measured = [...state.measured];
  const totals = [...state.totals];
  const isTouched = new Uint8Array(set.order.length);
  let isChanged = false;
  for (let i = 0; i < leaves.length; i++) {
    const { asks, tally, measure } = leaves[i];
    if (!asks(of, event as FieldRecord)) continue;
    const before = measures[i];
    if (tally === null) measures[i] = measure(events);
    else {
      const sums = tally.totals(totals[i] as SavedTotals);
      tally.add(sums, at, event as FieldRecord);
      measures[i] = sums.value();
      totals[i] = sums.save();
    }
    if (Object.is(before, measures[i])) continue;
    isChanged = true;
    measured[i] = savedNumber(measures[i]);
    for (const place of set.dependents[i]) isTouched[place] = 1;
  }
  const until = Math.min(
    state.quietUntil ?? Number.POSITIVE_INFINITY,
    quiet.ofEvent(of, at),
    isChanged ? quiet.ofRecord(state.record, measures) : Number.POSITIVE_INFINITY,
  );
  const next = { ...state, events, totals, measured, quietUntil: instantOrNull(until) };
  if (!isChanged) return { state: next, entered: [], left: [] };
  const places: number[] = [];
  for (let place = 0; place < isTouched.length; place++) if (isTouched[place] === 1) places.push(place);
  return asked(tracking, state, next, measures, places);
}

/** Other fields of the customer. @internal */
export function withRecord(tracking: TrackingSet, state: CustomerSegments, record: object): SegmentUpdate {
  assertState(tracking, state);
  assertObject(record, "record", "pass the customer's fields as an object");
  const measures = measuresOf(state);
  const quietUntil = quietOf(tracking, record, state.events, measures);
  const all = [...tracking.set.order.keys()];
  return asked(tracking, state, { ...state, record, quietUntil }, measures, all);
}

/** The same customer as of the instant of the set. @internal */
export function advanced(tracking: TrackingSet, state: CustomerSegments): SegmentUpdate {
  assertRules(tracking, state);
  const next = startCustomer(tracking, state.record, state.events);
  const { entered, left } = compared(tracking, answersOf(tracking, state), answersOf(tracking, next));
  return { state: next, entered, left };
}

/** Asks the segments at these places, ascending, again. */
function asked(
  tracking: TrackingSet,
  before: CustomerSegments,
  next: CustomerSegments,
  measures: Float64Array,
  places: readonly number[],
): SegmentUpdate {
  const was = answersOf(tracking, before);
  const is = was.slice();
  tracking.set.answer(next.record, measures, 0, is, places);
  const { segments, entered, left } = compared(tracking, was, is);
  return { state: { ...next, segments, segment: segments[0] ?? null }, entered, left };
}

function answersOf({ set, placeOf }: TrackingSet, { segments }: CustomerSegments): Uint8Array {
  const answers = new Uint8Array(set.order.length);
  for (const name of segments) answers[placeOf.get(name) ?? -1] = 1;
  return answers;
}

/** What the answers come to, in order of priority. */
function compared({ names, placeOf }: TrackingSet, was: Uint8Array, is: Uint8Array) {
  const [segments, entered, left]: [string[], string[], string[]] = [[], [], []];
  for (const name of names) {
    const place = placeOf.get(name) ?? -1;
    if (is[place] === 1) segments.push(name);
    if (is[place] === was[place]) continue;
    (is[place] === 1 ? entered : left).push(name);
  }
  return { segments, entered, left };
}

function measuresOf({ measured }: CustomerSegments): Float64Array {
  const measures = new Float64Array(measured.length);
  for (let i = 0; i < measures.length; i++) measures[i] = Number(measured[i]);
  return measures;
}

function quietOf(
  { quiet, set }: TrackingSet,
  record: object,
  events: CustomerEvents,
  measures: Float64Array,
): number | null {
  let until = quiet.ofRecord(record, measures);
  for (const kind of Object.keys(events)) {
    for (const event of events[kind]) {
      if (typeof event !== "object" || event === null || !Object.hasOwn(event, "at")) continue;
      const at = instantOrNaN((event as FieldRecord).at, set.clock.timeZone);
      if (!Number.isNaN(at)) until = Math.min(until, quiet.ofEvent(kind, at));
    }
  }
  return instantOrNull(until);
}

function instantOrNull(until: number): number | null {
  return Number.isFinite(until) ? until : null;
}

function kindsOf({ leaves }: CompiledSet): Set<string> {
  return new Set(leaves.flatMap(({ kinds }) => kinds));
}

function assertState(tracking: TrackingSet, state: CustomerSegments): void {
  assertRules(tracking, state);
  const { asOf } = tracking.set.clock;
  assertArgument(
    state.asOf === asOf,
    "state.asOf",
    () => `state.asOf is ${state.asOf}, the set is as of ${asOf}: advance the state to it first`,
  );
}

function assertRules({ fingerprint }: TrackingSet, state: CustomerSegments): void {
  assertArgument(
    typeof state === "object" && state?.version === 1 && state.rules === fingerprint,
    "state",
    () =>
      `state is ${shown(state)}, not of these rules: make it by start() of this set, or of the same rules as of another instant`,
  );
}

function assertObject(value: unknown, path: string, fix: string): asserts value is object {
  assertArgument(
    typeof value === "object" && value !== null,
    path,
    () => `${path} is ${shown(value)}: ${fix}`,
  );
}
