import { civilDay, DAY_MS } from "../../core/civil-day.js";
import type { Duration } from "../../core/duration.js";
import { epochMs, instantOrNaN } from "../../core/instant.js";
import { type PeriodUnit, periodOf } from "../../core/period.js";
import { begunDayReader } from "../../core/time-zone.js";
import type { CompiledSet } from "./compiled-set.js";
import { type FieldRecord, fieldReader } from "./field-reader.js";
import type { EventRule, RuleWindow, SegmentRule } from "./rule.js";
import { type RuleClock, windowInstants } from "./rule-clock.js";
import { isEventRule, isFieldRule } from "./rule-shapes.js";

/** Until when the passing of time alone changes nothing: the first `asOf` by which it could. @internal */
export interface QuietTimes {
  /** By the fields of a record, and by what was measured of the events. */
  readonly ofRecord: (record: object, measured: ArrayLike<number>) => number;
  /** By an event of a kind. */
  readonly ofEvent: (of: string, at: number) => number;
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
  for (const rule of rules.values()) {
    eachLeaf(rule, (leaf) => {
      if (!isFieldRule(leaf)) return;
      const movement = fields.get(leaf.field) ?? still();
      addField(movement, leaf, clock);
      fields.set(leaf.field, movement);
    });
  }
  const readers = [...fields]
    .filter(([, movement]) => moves(movement))
    .map(([path, movement]) => ({ read: fieldReader(path, false), movement }));
  const measured = leaves.flatMap(({ rule }, slot) => {
    const movement = still();
    if ((rule.op === "first" || rule.op === "last") && rule.is.op === "within")
      addWindow(movement, rule.is.window, clock);
    return moves(movement) ? [{ slot, movement }] : [];
  });
  const kinds = new Map<string, Movement>();
  for (const { rule } of leaves) addEventRule(kinds, rule, clock);

  return {
    ofRecord: (record, numbers) => {
      let until = Number.POSITIVE_INFINITY;
      for (const { read, movement } of readers)
        until = Math.min(until, bound(movement, instantOrNaN(read(record as FieldRecord), timeZone), asOf));
      for (const { slot, movement } of measured)
        until = Math.min(until, bound(movement, numbers[slot], asOf));
      return until;
    },
    ofEvent: (of, at) => {
      const movement = kinds.get(of);
      return movement ? bound(movement, at, asOf) : Number.POSITIVE_INFINITY;
    },
  };
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

function addEventRule(kinds: Map<string, Movement>, rule: EventRule, clock: RuleClock): void {
  const steps =
    rule.op === "sequence" ? [...rule.steps, ...(rule.notFollowedBy ? [rule.notFollowedBy] : [])] : [rule];
  for (const { of, where } of steps) {
    const movement = kinds.get(of) ?? still();
    kinds.set(of, movement);
    // What happens at `asOf` or later becomes known.
    addMoving(movement, { now: clock.asOf, least: 0, most: 0 });
    if (rule.op === "frequency") addCalendar(movement, rule.unit, clock);
    else addWindow(movement, rule.window, clock);
    if (where) {
      const inner = still();
      eachLeaf(where, (leaf) => {
        if (isFieldRule(leaf)) addField(inner, leaf, clock);
      });
      // Any field of an event: which of them decides is not looked into.
      movement.until = Math.min(movement.until, inner.moving.length > 0 ? clock.asOf + 1 : inner.until);
    }
  }
}

function addField(movement: Movement, rule: SegmentRule, clock: RuleClock): void {
  if (rule.op === "within") addWindow(movement, rule.window, clock);
  if (rule.op === "anniversary") {
    const tomorrow = civilDay(begunDayReader(clock.timeZone)(clock.asOf) + 1);
    movement.until = Math.min(movement.until, epochMs(tomorrow, "asOf", clock.timeZone));
  }
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
  movement.until = Math.min(movement.until, periodOf(clock.asOf, unit, clock).end);
}

function addMoving({ moving }: Movement, added: Moving): void {
  const isKnown = moving.some(
    ({ now, least, most }) => now === added.now && least === added.least && most === added.most,
  );
  if (!isKnown) moving.push(added);
}

/** Offsets from UTC lie within 26 hours of each other, and a day may be skipped. */
const ZONE_SLACK = 27 * 3_600_000;

function movingBy(
  now: number,
  { years = 0, months = 0, weeks = 0, days = 0 }: Duration,
  sign: 1 | -1,
  { timeZone }: RuleClock,
): Moving {
  const allMonths = 12 * years + months;
  const wholeYears = Math.floor(allMonths / 12);
  const rest = allMonths - 12 * wholeYears;
  const length = (7 * weeks + days) * DAY_MS;
  const isNothing = allMonths === 0 && length === 0;
  const slack = timeZone === "UTC" || isNothing ? 0 : ZONE_SLACK;
  const least = length + (365 * wholeYears + 28 * rest) * DAY_MS - slack;
  const leap = wholeYears === 0 ? 0 : Math.ceil(wholeYears / 4) + 1;
  const most = length + (365 * wholeYears + leap + 31 * rest) * DAY_MS + slack;
  // Kept on the safe side of what clamping to the end of a month does where years and months meet.
  const clamp = allMonths === 0 ? 0 : 3 * DAY_MS;
  return sign < 0
    ? { now, least: least - clamp, most: most + clamp }
    : { now, least: -(most + clamp), most: -(least - clamp) };
}

function eachLeaf(rule: SegmentRule, take: (leaf: SegmentRule) => void): void {
  const pending: SegmentRule[] = [rule];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.op === "not") pending.push(next.of);
    else if (next.op === "all" || next.op === "any" || next.op === "atLeast") pending.push(...next.of);
    else if (!isEventRule(next)) take(next);
  }
}
