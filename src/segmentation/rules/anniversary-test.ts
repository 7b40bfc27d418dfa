import { civilDay, DAY_MS, firstDayOfMonth, monthOfDay, yearOfMonth } from "../../core/civil-day.js";
import { addDuration, subtractDuration } from "../../core/duration.js";
import { begunDayReader } from "../../core/time-zone.js";
import type { FieldRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";

/**
 * Whether an anniversary of an instant lies within a duration of the day of `asOf`: from it on (today counts, the last day
 * does not: 7 days are today and the 6 after), or up to it (today counts).
 *
 * Anniversaries are the day and month of the instant in the years after its own: neither the day itself is one nor what
 * comes before it. That of 29 February is 28 February where there is no other.
 *
 * @internal
 */
export function anniversaryTest(rule: AnniversaryRule, clock: RuleClock): (ms: number) => boolean {
  const dayOf = begunDayReader(clock.timeZone);
  const [first, afterLast] = anniversaryDays(rule, clock);
  const firstYear = yearOf(first);
  return (ms) => {
    if (Number.isNaN(ms)) return false;
    const origin = dayOf(ms);
    // The first anniversary on or after `first` is in its year or the next, or in the year after the instant's own.
    const year = Math.max(firstYear, yearOf(origin) + 1);
    const day = dayInYear(origin, year);
    return (day >= first ? day : dayInYear(origin, year + 1)) < afterLast;
  };
}

type AnniversaryRule = Extract<FieldRule, { op: "anniversary" }>;

/** The days on which an anniversary counts: their numbers, the second one past the last. @internal */
export function anniversaryDays(
  { within, direction = "next" }: AnniversaryRule,
  { asOf, timeZone }: RuleClock,
): readonly [first: number, afterLast: number] {
  const today = begunDayReader(timeZone)(asOf);
  const anchor = civilDay(today);
  // Civil days of a zone-free calendar: what clocks do plays no part in a birthday.
  return direction === "next"
    ? [today, dayOfMs(addDuration(anchor, within))]
    : [dayOfMs(subtractDuration(anchor, within)) + 1, today + 1];
}

function dayOfMs(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

function yearOf(day: number): number {
  return yearOfMonth(monthOfDay(day));
}

/** The day of a year with the month and day of another day; the last of February for the 29th where there is none. */
function dayInYear(day: number, year: number): number {
  const month = monthOfDay(day);
  const target = month + 12 * (year - yearOfMonth(month));
  return Math.min(firstDayOfMonth(target) + day - firstDayOfMonth(month), firstDayOfMonth(target + 1) - 1);
}
