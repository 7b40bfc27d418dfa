import { assertArgument, shown } from "../../core/assert.js";
import { instantOrNaN } from "../../core/instant.js";
import type { CustomerEvents } from "./compiled-rule.js";
import { countAnew } from "./counted-anew.js";
import { countEvent } from "./counted-event.js";
import { assertState, type CustomerSegments, type SegmentUpdate } from "./customer-state.js";
import { type EventHistory, eventsOfHistory, historyOf, withLastEvent } from "./event-history.js";
import type { FieldRecord } from "./field-reader.js";
import { plainDataCopy } from "./plain-data.js";
import { type ReadEvents, readEvents } from "./read-events.js";
import { type SavedTotals, savedNumber } from "./saved-totals.js";
import { startSequences, withSequenceEvent } from "./tracked-sequences.js";
import type { TrackingSet } from "./tracking-set.js";

/** A customer from the beginning. @internal */
export function startCustomer(
  tracking: TrackingSet,
  record: object,
  given: CustomerEvents,
): CustomerSegments {
  assertObject(record, "record", "pass the customer's fields as an object");
  assertObject(given, "events", "pass events by kind, {} for none");
  const { set, kinds } = tracking;
  const { options, clock } = set;
  const read = readEvents(given, options.fields, clock.timeZone);
  const own: Record<string, readonly object[]> = {};
  const histories: Record<string, EventHistory> = {};
  for (const kind of kinds) {
    own[kind] = read.of(kind).events.map(plainDataCopy);
    histories[kind] = historyOf(own[kind]);
  }
  return measuredAnew(
    tracking,
    plainDataCopy(record),
    readEvents(own, options.fields, clock.timeZone),
    histories,
  );
}

function measuredAnew(
  tracking: TrackingSet,
  record: object,
  read: ReadEvents,
  events: Readonly<Record<string, EventHistory>>,
): CustomerSegments {
  const { set, quiet, kinds, fingerprint } = tracking;
  const measures = new Float64Array(set.leaves.length);
  const totals: (SavedTotals | null)[] = set.leaves.map(() => null);
  for (const kind of kinds) countAnew(tracking, kind, read.of(kind), totals, measures);
  const picked = startSequences(tracking, read, measures, totals);
  let untilOfEvents = Number.POSITIVE_INFINITY;
  for (const kind of kinds) {
    const { events: list, at } = read.of(kind);
    for (let i = 0; i < list.length; i++)
      untilOfEvents = Math.min(untilOfEvents, quiet.ofEvent(kind, at[i], list[i]));
  }
  const answers = new Uint8Array(set.order.length);
  set.answer(record, measures, 0, answers, [...answers.keys()]);
  const { segments } = compared(tracking, NO_ANSWERS, answers);
  return {
    segments,
    segment: segments[0] ?? null,
    version: 1,
    rules: fingerprint,
    asOf: set.clock.asOf,
    quietUntil: instantOrNull(Math.min(untilOfEvents, quiet.ofRecord(record, measures))),
    quietEvents: instantOrNull(untilOfEvents),
    record,
    events,
    measured: Array.from(measures, savedNumber),
    totals,
    picked,
  };
}

const NO_ANSWERS = new Uint8Array(0);

/** One more event. @internal */
export function withEvent(
  tracking: TrackingSet,
  state: CustomerSegments,
  of: string,
  given: object,
): SegmentUpdate {
  const { set, quiet } = tracking;
  assertStateNow(tracking, state);
  const { at, event } = newEvent(tracking, of, given);
  // Nobody asks about such events.
  if (!Object.hasOwn(state.events, of)) return { state, entered: [], left: [] };

  const { dependents } = set;
  const measures = measuresOf(state);
  const measured = state.measured.slice();
  const totals = state.totals.slice() as (SavedTotals | null)[];
  const isTouched = new Uint8Array(set.order.length);
  let isChanged = false;
  const take = (slot: number, value: number): void => {
    if (Object.is(measures[slot], value)) return;
    isChanged = true;
    measures[slot] = value;
    measured[slot] = savedNumber(value);
    const places = dependents[slot];
    for (let i = 0; i < places.length; i++) isTouched[places[i]] = 1;
  };
  countEvent(tracking, { of, at, event }, { totals, measures, take });
  const picked = withSequenceEvent(tracking, state.picked, { of, at, event }, totals, take);
  const quietEvents = Math.min(state.quietEvents ?? Number.POSITIVE_INFINITY, quiet.ofEvent(of, at, event));
  // What a record decides, and what was measured, is told anew only where it is another.
  const until = isChanged
    ? Math.min(quietEvents, quiet.ofRecord(state.record, measures))
    : Math.min(state.quietUntil ?? Number.POSITIVE_INFINITY, quietEvents);
  const next: CustomerSegments = {
    ...state,
    events: { ...state.events, [of]: withLastEvent(state.events[of], event) },
    totals,
    measured,
    picked,
    quietEvents: instantOrNull(quietEvents),
    quietUntil: instantOrNull(until),
  };
  if (!isChanged) return { state: next, entered: [], left: [] };
  const places: number[] = [];
  for (let place = 0; place < isTouched.length; place++) if (isTouched[place] === 1) places.push(place);
  return asked(tracking, state, next, measures, places);
}

function newEvent({ set }: TrackingSet, of: string, given: object): { at: number; event: FieldRecord } {
  const { clock, options } = set;
  assertArgument(
    Object.hasOwn(options.fields.events, of),
    "of",
    () =>
      `of is ${shown(of)}, no kind of event of these rules: pass one of ${Object.keys(options.fields.events).map(shown).join(", ")}`,
  );
  assertObject(given, "event", "pass an object with an instant at");
  const event = plainDataCopy(given) as FieldRecord;
  const instant = Object.hasOwn(event, "at") ? event.at : undefined;
  const at = instantOrNaN(instant, clock.timeZone) + 0;
  assertArgument(
    !Number.isNaN(at),
    "event.at",
    () => `event.at is ${shown(instant)}: pass a Date, epoch milliseconds or ISO 8601 with an offset`,
  );
  return { at, event };
}

/** Other fields of the customer. @internal */
export function withRecord(tracking: TrackingSet, state: CustomerSegments, given: object): SegmentUpdate {
  assertStateNow(tracking, state);
  assertObject(given, "record", "pass the customer's fields as an object");
  const record = plainDataCopy(given);
  const measures = measuresOf(state);
  const until = Math.min(
    state.quietEvents ?? Number.POSITIVE_INFINITY,
    tracking.quiet.ofRecord(record, measures),
  );
  const all = [...tracking.set.order.keys()];
  return asked(tracking, state, { ...state, record, quietUntil: instantOrNull(until) }, measures, all);
}

/** The same customer as of the instant of the set. @internal */
export function advanced(tracking: TrackingSet, state: CustomerSegments): SegmentUpdate {
  assertState(tracking, state);
  const { options, clock } = tracking.set;
  const events: Record<string, readonly object[]> = {};
  for (const kind of tracking.kinds) events[kind] = eventsOfHistory(state.events[kind]);
  const read = readEvents(events, options.fields, clock.timeZone, () => "state.events");
  const next = measuredAnew(tracking, state.record, read, state.events);
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
function compared({ names, places }: TrackingSet, was: Uint8Array, is: Uint8Array) {
  const [segments, entered, left]: [string[], string[], string[]] = [[], [], []];
  for (let i = 0; i < names.length; i++) {
    const place = places[i];
    if (is[place] === 1) segments.push(names[i]);
    if (is[place] !== was[place]) (is[place] === 1 ? entered : left).push(names[i]);
  }
  return { segments, entered, left };
}

function measuresOf({ measured }: CustomerSegments): Float64Array {
  const measures = new Float64Array(measured.length);
  for (let i = 0; i < measures.length; i++) measures[i] = Number(measured[i]);
  return measures;
}

function instantOrNull(until: number): number | null {
  return Number.isFinite(until) ? until : null;
}

function assertStateNow(tracking: TrackingSet, state: CustomerSegments): void {
  assertState(tracking, state);
  const { asOf } = tracking.set.clock;
  assertArgument(
    state.asOf === asOf,
    "state.asOf",
    () => `state.asOf is ${state.asOf}, the set is as of ${asOf}: advance the state to it first`,
  );
}

function assertObject(value: unknown, path: string, fix: string): asserts value is object {
  assertArgument(
    typeof value === "object" && value !== null,
    path,
    () => `${path} is ${shown(value)}: ${fix}`,
  );
}
