import { civilDay, DAY_MS, firstDayOfMonth, monthOfDay, yearOfMonth } from "../../core/civil-day.js";
import { addDuration, subtractDuration } from "../../core/duration.js";
import { begunDayReader } from "../../core/time-zone.js";
import type { FieldRule } from "./rule.js";
import type { RuleClock } from "./rule-clock.js";

/**
 * Whether the day and month of an instant come round within a duration of the day of `asOf`: from it on (today counts, the
 * last day does not: 7 days are today and the 6 after), or up to it (today counts). 29 February comes round on 28 February
 * where there is none. Years play no part.
 *
 * @internal
 */
export function anniversaryTest(
  { within, direction = "next" }: Extract<FieldRule, { op: "anniversary" }>,
  { asOf, timeZone }: RuleClock,
): (ms: number) => boolean {
  const dayOf = begunDayReader(timeZone);
  const today = dayOf(asOf);
  const anchor = civilDay(today);
  // Civil days of a zone-free calendar: what clocks do plays no part in a birthday.
  const [first, afterLast] =
    direction === "next"
      ? [today, dayOfMs(addDuration(anchor, within))]
      : [dayOfMs(subtractDuration(anchor, within)) + 1, today + 1];
  return (ms) => {
    if (Number.isNaN(ms)) return false;
    const origin = dayOf(ms);
    // The first time that it comes round on or after `first` is in this year or the next.
    const year = yearOf(first);
    const day = dayInYear(origin, year);
    return (day >= first ? day : dayInYear(origin, year + 1)) < afterLast;
  };
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
