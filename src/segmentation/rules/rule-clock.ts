import { assertInteger } from "../../core/assert.js";
import { parseCivilDay } from "../../core/civil-day.js";
import { addDuration, type Duration, subtractDuration, type TimeWindow } from "../../core/duration.js";
import { epochMs, type Instant, isCivilDay } from "../../core/instant.js";
import type { PeriodOptions, PeriodUnit } from "../../core/period.js";
import { assertTimeZone } from "../../core/time-zone.js";
import type { RuleWindow } from "./rule.js";
import { type RuleClock, ruleCalendar } from "./rule-calendar.js";

export type { RuleClock } from "./rule-calendar.js";

/** The calendar by which the dates of a rule are read. */
export interface RuleClockOptions extends PeriodOptions {
  /** The instant from which relative windows are told; what happened at it or later is not known yet. */
  readonly asOf: Instant;
}

/** @internal */
export function ruleClock({
  asOf,
  timeZone = "UTC",
  weekStartsOn = 1,
  firstMonth = 1,
}: RuleClockOptions): RuleClock {
  assertTimeZone(timeZone, "options.timeZone");
  assertInteger(weekStartsOn, "options.weekStartsOn", 0, 6);
  assertInteger(firstMonth, "options.firstMonth", 1, 12);
  return { asOf: epochMs(asOf, "options.asOf", timeZone), timeZone, weekStartsOn, firstMonth };
}

/**
 * The instants that a window stands for, half-open; unbounded ends are infinite.
 *
 * `last` and `ago` count back from `asOf` itself, not from the start of its day: the local time of day is kept, so that
 * 90 days are 90 days, also over a change of clocks. A day of `from` or `until` is the start of that day.
 *
 * @internal
 */
export function windowInstants(window: RuleWindow | undefined, clock: RuleClock): TimeWindow {
  const { asOf, timeZone } = clock;
  if (window === undefined) return { start: Number.NEGATIVE_INFINITY, end: asOf };
  const before = (length: Duration): number => subtractDuration(asOf, length, { timeZone });
  if ("last" in window) return { start: before(window.last), end: asOf };
  if ("next" in window) return { start: asOf, end: addDuration(asOf, window.next, { timeZone }) };
  if ("ago" in window) {
    const [from, to] = window.ago.map((length) => before(length));
    return { start: from, end: to };
  }
  if ("calendar" in window) return calendarWindow(window, clock);
  return {
    start: window.from === undefined ? Number.NEGATIVE_INFINITY : momentInstants(window.from, clock).start,
    end: window.until === undefined ? Number.POSITIVE_INFINITY : momentInstants(window.until, clock).start,
  };
}

/**
 * The last complete calendar periods before `asOf`, oldest first, as the bounds between them: one more than periods.
 *
 * @internal
 */
export function completePeriods(unit: PeriodUnit, count: number, clock: RuleClock): ArrayLike<number> {
  return ruleCalendar(clock).complete(unit, count);
}

/** The instants that a text of a rule stands for: one instant, or a whole civil day `[start, end)`. @internal */
export interface RuleMoment {
  /** First instant. */
  readonly start: number;
  /** First instant after it: `start + 1` where it is one instant. */
  readonly end: number;
}

/** @internal */
export function momentInstants(text: string, clock: RuleClock): RuleMoment {
  if (isCivilDay(text)) {
    // Not by way of instants: the first and the last day of the calendar reach out of its years in some zones.
    const day = parseCivilDay(text);
    const { dayStart } = ruleCalendar(clock);
    return { start: dayStart(day), end: dayStart(day + 1) };
  }
  const start = epochMs(text, "value", clock.timeZone);
  return { start, end: start + 1 };
}

function calendarWindow(
  { calendar, offset = 0, count = 1 }: Extract<RuleWindow, { calendar: PeriodUnit }>,
  clock: RuleClock,
): TimeWindow {
  const { presentPeriod, periodStart, periodEnd } = ruleCalendar(clock);
  const last = presentPeriod(calendar) + offset;
  return { start: periodStart(calendar, last - count + 1), end: periodEnd(calendar, last) };
}
