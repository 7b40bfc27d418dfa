import type { Duration } from "../../core/duration.js";
import { instantOrNaN } from "../../core/instant.js";
import type { PeriodUnit } from "../../core/period.js";
import { begunDayReader } from "../../core/time-zone.js";
import type { CompiledSet } from "./compiled-set.js";
import { durationBounds } from "./duration-bounds.js";
import { type FieldRecord, fieldReader } from "./field-reader.js";
import type { EventRule, RuleWindow, SegmentRule } from "./rule.js";
import { ruleCalendar } from "./rule-calendar.js";
import { type RuleClock, windowInstants } from "./rule-clock.js";
import { isEventRule, isFieldRule } from "./rule-shapes.js";
import { sequenceSteps } from "./sequence-steps.js";

/** Until when the passing of time alone changes nothing: the first `asOf` by which it could. @internal */
export interface QuietTimes {
  /** By the fields of a record, and by what was measured of the events. */
  readonly ofRecord: (record: object, measured: ArrayLike<number>) => number;
  /** By an event of a kind, and its instant. */
  readonly ofEvent: (of: string, at: number, event: FieldRecord) => number;
}

/** An instant that moves with `asOf`, and by how much it lies before it at least and at most, in milliseconds. */
interface Moving {
  readonly now: number;
  readonly least: number;
  readonly most: number;
}

/** What of a rule moves with `asOf`. */
interface Movement {
  readonly moving: Moving[];
  /** The end of the current day, week, month ..., where it is told by the calendar. */
  until: number;
}

/** What moves for the events of a kind: their own instants, and the fields of which rules on them ask. */
interface EventMovement {
  readonly at: Movement;
  readonly fields: Map<string, Movement>;
}

interface MovingField {
  readonly read: (record: FieldRecord) => unknown;
  readonly movement: Movement;
}

/**
 * Reads off a set's rules what time can change.
 *
 * An answer can change only when an instant comes to lie on the other side of the bound of a window. Bounds go along with
 * `asOf`, but not evenly: a month before 29, 30 and 31 March is 28 February each time, and clocks are set back. So each has
 * a least and a most distance, and between the two a change is held to be possible at any moment.
 *
 * @internal
 */
export function quietTimes({ rules, leaves, clock }: CompiledSet): QuietTimes {
  const { asOf, timeZone } = clock;
  const fields = new Map<string, Movement>();
  for (const rule of rules.values()) addFields(fields, rule, clock);
  const readers = movingFields(fields);
  const measured = leaves.flatMap(({ rule }, slot) => {
    const movement = still();
    if ((rule.op === "first" || rule.op === "last") && rule.is.op === "within")
      addWindow(movement, rule.is.window, clock);
    return moves(movement) ? [{ slot, movement }] : [];
  });
  const kinds = new Map<string, EventMovement>();
  for (const { rule } of leaves) addEventRule(kinds, rule, clock);
  const ofKinds = new Map(
    Array.from(kinds, ([of, movement]) => [of, { at: movement.at, fields: movingFields(movement.fields) }]),
  );
  const ofFields = (readersOf: readonly MovingField[], record: FieldRecord, first: number): number => {
    let until = first;
    for (const { read, movement } of readersOf)
      until = Math.min(until, bound(movement, instantOrNaN(read(record), timeZone), asOf));
    return until;
  };

  return {
    ofRecord: (record, numbers) => {
      let until = ofFields(readers, record as FieldRecord, Number.POSITIVE_INFINITY);
      for (const { slot, movement } of measured)
        until = Math.min(until, bound(movement, numbers[slot], asOf));
      return until;
    },
    ofEvent: (of, at, event) => {
      const movement = ofKinds.get(of);
      if (movement === undefined) return Number.POSITIVE_INFINITY;
      return ofFields(movement.fields, event, bound(movement.at, at, asOf));
    },
  };
}

function movingFields(fields: ReadonlyMap<string, Movement>): MovingField[] {
  return [...fields]
    .filter(([, movement]) => moves(movement))
    .map(([path, movement]) => ({ read: fieldReader(path, false), movement }));
}

function moves({ moving, until }: Movement): boolean {
  return moving.length > 0 || Number.isFinite(until);
}

function still(): Movement {
  return { moving: [], until: Number.POSITIVE_INFINITY };
}

/** The first `asOf` at which an instant can have changed sides. */
function bound({ moving, until }: Movement, instant: number, asOf: number): number {
  if (Number.isNaN(instant)) return Number.POSITIVE_INFINITY;
  let first = until;
  for (const { now, least, most } of moving) {
    if (now <= instant) first = Math.min(first, Math.max(asOf, instant + least) + 1);
    else if (asOf < instant + most) first = Math.min(first, asOf + 1);
  }
  return first;
}

function addEventRule(kinds: Map<string, EventMovement>, rule: EventRule, clock: RuleClock): void {
  const steps = rule.op === "sequence" ? sequenceSteps(rule) : [rule];
  for (const { of, where } of steps) {
    const { at, fields } = kinds.get(of) ?? { at: still(), fields: new Map() };
    kinds.set(of, { at, fields });
    // What happens at `asOf` or later becomes known.
    addMoving(at, { now: clock.asOf, least: 0, most: 0 });
    if (rule.op === "frequency") addCalendar(at, rule.unit, clock);
    else addWindow(at, rule.window, clock);
    if (where) addFields(fields, where, clock);
  }
}

/** The fields of a rule by which time can change it. */
function addFields(fields: Map<string, Movement>, rule: SegmentRule, clock: RuleClock): void {
  eachLeaf(rule, (leaf) => {
    if (!isFieldRule(leaf)) return;
    const movement = fields.get(leaf.field) ?? still();
    fields.set(leaf.field, movement);
    if (leaf.op === "within") addWindow(movement, leaf.window, clock);
    if (leaf.op === "anniversary") {
      const { dayStart } = ruleCalendar(clock);
      const tomorrow = begunDayReader(clock.timeZone)(clock.asOf) + 1;
      movement.until = Math.min(movement.until, dayStart(tomorrow));
    }
  });
}

function addWindow(movement: Movement, window: RuleWindow | undefined, clock: RuleClock): void {
  if (window === undefined || "from" in window || "until" in window) return;
  if ("calendar" in window) {
    addCalendar(movement, window.calendar, clock);
    return;
  }
  const { start, end } = windowInstants(window, clock);
  if ("last" in window) {
    addMoving(movement, movingBy(start, window.last, -1, clock));
    addMoving(movement, movingBy(end, NO_TIME, -1, clock));
  } else if ("next" in window) {
    addMoving(movement, movingBy(start, NO_TIME, 1, clock));
    addMoving(movement, movingBy(end, window.next, 1, clock));
  } else if ("ago" in window) {
    addMoving(movement, movingBy(start, window.ago[0], -1, clock));
    addMoving(movement, movingBy(end, window.ago[1], -1, clock));
  }
}

const NO_TIME: Duration = { days: 0 };

function addCalendar(movement: Movement, unit: PeriodUnit, clock: RuleClock): void {
  const { periodEnd, presentPeriod } = ruleCalendar(clock);
  movement.until = Math.min(movement.until, periodEnd(unit, presentPeriod(unit)));
}

function addMoving({ moving }: Movement, added: Moving): void {
  const isKnown = moving.some(
    ({ now, least, most }) => now === added.now && least === added.least && most === added.most,
  );
  if (!isKnown) moving.push(added);
}

function movingBy(now: number, length: Duration, sign: 1 | -1, { timeZone }: RuleClock): Moving {
  const { least, most } = durationBounds(length, timeZone);
  return sign < 0 ? { now, least, most } : { now, least: -most, most: -least };
}

function eachLeaf(rule: SegmentRule, take: (leaf: SegmentRule) => void): void {
  const pending: SegmentRule[] = [rule];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.op === "not") pending.push(next.of);
    else if (next.op === "all" || next.op === "any" || next.op === "atLeast") pending.push(...next.of);
    else if (!isEventRule(next)) take(next);
  }
}
