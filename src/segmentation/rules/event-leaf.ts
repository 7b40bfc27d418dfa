import { assertArgument, shown } from "../../core/assert.js";
import { instantOrNaN } from "../../core/instant.js";
import type { CustomerEvents } from "./compiled-rule.js";
import { followsSequence } from "./event-sequence.js";
import { type EventTotals, eventTotals, frequencyTotals, type SavedTotals } from "./event-totals.js";
import { type FieldRecord, fieldReader } from "./field-reader.js";
import type { EventRule, RuleComparison, SegmentRule } from "./rule.js";
import { completePeriods, type RuleClock, windowInstants } from "./rule-clock.js";
import { fieldKind, type RuleFieldMap, type RuleFields } from "./rule-fields.js";
import { existsTest, instantNumberTest, numberTest } from "./value-test.js";

/** A condition on events in two halves: a number is measured, and held against a value. @internal */
export interface EventLeaf {
  readonly rule: EventRule;
  /** The kinds of events that it asks about, each once. */
  readonly kinds: readonly string[];
  /** What was measured of these events, NaN for "none". Events may come in any order. */
  readonly measure: (events: CustomerEvents) => number;
  /** Whether the condition holds, given what was measured. */
  readonly holds: (measured: number) => boolean;
  /** Whether one more event of a kind is such that the number can change. */
  readonly asks: (of: string, event: FieldRecord) => boolean;
  /** The same one event at a time; `null` for a sequence, which looks at them all together. */
  readonly tally: EventTally | null;
}

/** Measuring events one after the other. @internal */
interface EventTally {
  /** Totals of no events, or of those that were saved. */
  readonly totals: (saved?: SavedTotals) => EventTotals;
  /** The instant of an event of the kind that counts; NaN for one that does not. */
  readonly pick: EventPick;
  /** Takes an event that counts. */
  readonly add: (totals: EventTotals, at: number, event: FieldRecord) => void;
}

/** The test of a rule on one event. @internal */
type EventTest = (event: FieldRecord) => boolean;

/** How a rule on one event is compiled; given from outside, since rules and events contain each other. @internal */
export type CompileEventTest = (where: SegmentRule, fields: RuleFieldMap) => EventTest;

type EventPick = (event: FieldRecord) => number;

/** Makes a condition on events ready. @internal */
export function eventLeaf(
  rule: EventRule,
  fields: RuleFields,
  clock: RuleClock,
  compile: CompileEventTest,
): EventLeaf {
  if (rule.op === "sequence") return sequenceLeaf(rule, fields, clock, compile);
  const tally =
    rule.op === "frequency"
      ? frequencyTally(rule, fields, clock, compile)
      : aggregateTally(rule, fields, clock, compile);
  const { of } = rule;
  return {
    rule,
    kinds: [of],
    measure: (events) => {
      const totals = tally.totals();
      for (const event of eventsOfKind(events, of)) {
        const at = tally.pick(event);
        if (!Number.isNaN(at)) tally.add(totals, at, event);
      }
      return totals.value();
    },
    holds: leafTest(rule, clock),
    asks: (kind, event) => kind === of && !Number.isNaN(tally.pick(event)),
    tally,
  };
}

/** The events of a kind; none where the customer has no such list. @internal */
export function eventsOfKind(events: CustomerEvents, of: string): readonly FieldRecord[] {
  const list: unknown = Object.hasOwn(events, of) ? events[of] : undefined;
  if (Array.isArray(list)) return list;
  const path = `events.${of}`;
  assertArgument(
    list === undefined || list === null,
    path,
    () => `${path} is ${shown(list)}: pass an array of events`,
  );
  return NO_EVENTS;
}

const NO_EVENTS: readonly FieldRecord[] = [];

/** Whether a measured number meets the condition. @internal */
function leafTest(rule: EventRule, clock: RuleClock): (measured: number) => boolean {
  switch (rule.op) {
    case "did":
      return (count) => count > 0;
    case "didNot":
      return (count) => count === 0;
    case "first":
    case "last":
      return instantNumberTest(rule.is, clock);
    case "sequence":
      return (follows) => follows === 1;
    case "frequency":
      return (periods) => periods >= rule.atLeast;
    default:
      return numberTest(rule.is as Exclude<RuleComparison, { op: "within" }>);
  }
}

function aggregateTally(
  rule: Exclude<EventRule, { op: "sequence" | "frequency" }>,
  fields: RuleFields,
  clock: RuleClock,
  compile: CompileEventTest,
): EventTally {
  const { op } = rule;
  const pick = eventPick(rule, windowInstants(rule.window, clock), fields, clock, compile);
  const totals = (saved?: SavedTotals): EventTotals => eventTotals(op, saved);
  if (!("field" in rule)) return { totals, pick, add: (sums, at) => sums.add(at, undefined) };
  const readValue = valueReader(rule.field, rule.of, fields, clock);
  return { totals, pick, add: (sums, at, event) => sums.add(at, readValue(event)) };
}

function frequencyTally(
  rule: Extract<EventRule, { op: "frequency" }>,
  fields: RuleFields,
  clock: RuleClock,
  compile: CompileEventTest,
): EventTally {
  const bounds = completePeriods(rule.unit, rule.outOf, clock);
  const window = { start: bounds[0], end: bounds[bounds.length - 1] };
  return {
    totals: (saved) => frequencyTotals(bounds, rule.minimum ?? 1, saved),
    pick: eventPick(rule, window, fields, clock, compile),
    add: (totals, at) => totals.add(at, undefined),
  };
}

/** Reads the value that an aggregate measures; `undefined` where the field has none, instants as epoch milliseconds. */
function valueReader(
  path: string,
  of: string,
  { events }: RuleFields,
  clock: RuleClock,
): (event: FieldRecord) => unknown {
  const kind = fieldKind({ at: "instant", ...events[of] }, path);
  const read = fieldReader(path, false);
  if (kind === null) return () => undefined;
  if (kind.type === "instant") return (event) => instantOrNaN(read(event), clock.timeZone);
  const exists = existsTest(kind, clock);
  return (event) => {
    const value = read(event);
    return exists(value) ? value : undefined;
  };
}

/** Picks the events of a kind that are known, lie in a window and meet a rule. */
function eventPick(
  { of, where }: { readonly of: string; readonly where?: SegmentRule },
  { start, end }: { readonly start: number; readonly end: number },
  fields: RuleFields,
  { asOf, timeZone }: RuleClock,
  compile: CompileEventTest,
): EventPick {
  const test = where && compile(where, { at: "instant", ...fields.events[of] });
  const before = Math.min(end, asOf);
  return (event) => {
    if (typeof event !== "object" || event === null || !Object.hasOwn(event, "at")) return Number.NaN;
    const at = instantOrNaN(event.at, timeZone);
    return at >= start && at < before && (!test || test(event)) ? at : Number.NaN;
  };
}

function sequenceLeaf(
  rule: Extract<EventRule, { op: "sequence" }>,
  fields: RuleFields,
  clock: RuleClock,
  compile: CompileEventTest,
): EventLeaf {
  const steps = rule.notFollowedBy ? [...rule.steps, rule.notFollowedBy] : rule.steps;
  const window = windowInstants(rule.window, clock);
  // What must not follow may do so after the window as well.
  const known = { start: Number.NEGATIVE_INFINITY, end: clock.asOf };
  const picks = steps.map((step, i) =>
    eventPick(step, i < rule.steps.length ? window : known, fields, clock, compile),
  );
  return {
    rule,
    kinds: [...new Set(steps.map((step) => step.of))],
    measure: (events) => {
      // One line of time for all kinds: each event that some step asks for, with the steps for which it will do.
      const found = new Map<FieldRecord, { at: number; fits: Set<number> }>();
      steps.forEach(({ of }, step) => {
        for (const event of eventsOfKind(events, of)) {
          const at = picks[step](event);
          if (Number.isNaN(at)) continue;
          const entry = found.get(event);
          if (entry) entry.fits.add(step);
          else found.set(event, { at, fits: new Set([step]) });
        }
      });
      const line = [...found.values()].sort((a, b) => a.at - b.at);
      const ready = steps.map(({ within = null }, step) => ({
        matches: (event: number) => line[event].fits.has(step),
        within,
      }));
      const follows = followsSequence(
        line.map(({ at }) => at),
        ready.slice(0, rule.steps.length),
        rule.notFollowedBy ? ready[rule.steps.length] : null,
        clock.timeZone,
      );
      return follows ? 1 : 0;
    },
    holds: leafTest(rule, clock),
    asks: (kind, event) => steps.some(({ of }, i) => of === kind && !Number.isNaN(picks[i](event))),
    tally: null,
  };
}
