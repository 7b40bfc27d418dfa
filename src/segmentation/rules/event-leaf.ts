import { instantOrNaN } from "../../core/instant.js";
import type { CustomerEvents } from "./compiled-rule.js";
import { type CompileEventTest, type EventPick, eventPick } from "./event-pick.js";
import { type EventTotals, eventTotals, frequencyTotals } from "./event-totals.js";
import { type FieldRecord, fieldReader } from "./field-reader.js";
import { type ReadEvents, readEvents } from "./read-events.js";
import type { EventRule, RuleComparison } from "./rule.js";
import { completePeriods, type RuleClock, windowInstants } from "./rule-clock.js";
import { fieldKind, type RuleFields } from "./rule-fields.js";
import { pickedInstants, type SequencePlan, sequencePlan } from "./sequence-plan.js";
import { SHARED_VALUES, type SharedCounts, sharedPeriods } from "./shared-counts.js";
import { type TotalsAfter, totalsAfter } from "./totals-after.js";
import { existsTest, instantNumberTest, numberTest } from "./value-test.js";

/** A condition on events in two halves: a number is measured, and held against a value. @internal */
export interface EventLeaf {
  readonly rule: EventRule;
  /** The kinds of events that it asks about, each once. */
  readonly kinds: readonly string[];
  /** What was measured of these events, NaN for "none". Events may come in any order. */
  readonly measure: (events: CustomerEvents) => number;
  /** The same of events that were read before: for many conditions on the same ones. */
  readonly measureRead: (events: ReadEvents) => number;
  /** Whether the condition holds, given what was measured. */
  readonly holds: (measured: number) => boolean;
  /** The same one event at a time; `null` for a sequence, which looks at them all together. */
  readonly tally: EventTally | null;
  /** How a sequence is found; `null` for all else. */
  readonly sequence: SequencePlan | null;
}

/** Measuring events one after the other. @internal */
interface EventTally {
  /** Totals of no events. */
  readonly totals: () => EventTotals;
  /** Which events of the kind count. */
  readonly pick: EventPick;
  /** Reads what the totals take of an event; `null` where its instant is enough. */
  readonly read: ((event: FieldRecord) => unknown) | null;
  /** How saved totals take one event more; of such as are kept once for many conditions, what these share. */
  readonly more: TotalsAfter | SharedTally;
}

/** Conditions with the same key, and with windows that end together, share what is counted for them. @internal */
export interface SharedTally {
  readonly key: string;
  readonly counts: SharedCounts;
}

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
  const measureRead = (read: ReadEvents): number => {
    const { events, at } = read.of(of);
    const totals = tally.totals();
    for (let i = 0; i < events.length; i++)
      if (tally.pick.counts(events[i], at[i])) totals.add(at[i], tally.read?.(events[i]));
    return totals.value();
  };
  return {
    rule,
    kinds: [of],
    measure: (events) => measureRead(readEvents(events, fields, clock.timeZone)),
    measureRead,
    holds: leafTest(rule, clock),
    tally,
    sequence: null,
  };
}

/** Whether a measured number meets the condition. @internal */
export function leafTest(rule: EventRule, clock: RuleClock): (measured: number) => boolean {
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
  const read = "field" in rule ? valueReader(rule.field, rule.of, fields, clock) : null;
  const more = op === "distinct" ? { key: op, counts: SHARED_VALUES } : totalsAfter(op);
  return { totals: () => eventTotals(op), pick, read, more };
}

function frequencyTally(
  rule: Extract<EventRule, { op: "frequency" }>,
  fields: RuleFields,
  clock: RuleClock,
  compile: CompileEventTest,
): EventTally {
  const bounds = completePeriods(rule.unit, rule.outOf, clock);
  const window = { start: bounds[0], end: bounds[bounds.length - 1] };
  const pick = eventPick(rule, window, fields, clock, compile);
  const minimum = rule.minimum ?? 1;
  return {
    totals: () => frequencyTotals(bounds, minimum),
    pick,
    read: null,
    more: { key: `${rule.unit} ${minimum}`, counts: sharedPeriods(bounds, minimum) },
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

function sequenceLeaf(
  rule: Extract<EventRule, { op: "sequence" }>,
  fields: RuleFields,
  clock: RuleClock,
  compile: CompileEventTest,
): EventLeaf {
  const plan = sequencePlan(rule, clock, (step, window) => eventPick(step, window, fields, clock, compile));
  const measureRead = (read: ReadEvents): number => {
    const picked = plan.picks.map(({ of, counts }) => pickedInstants(read.of(of), counts));
    return Number.isNaN(plan.ending(picked)) ? 0 : 1;
  };
  return {
    rule,
    kinds: [...new Set(plan.picks.map(({ of }) => of))],
    measure: (events) => measureRead(readEvents(events, fields, clock.timeZone)),
    measureRead,
    holds: leafTest(rule, clock),
    tally: null,
    sequence: plan,
  };
}
