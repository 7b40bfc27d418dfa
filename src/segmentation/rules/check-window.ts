import { shown } from "../../core/assert.js";
import { DAY_MS } from "../../core/civil-day.js";
import type { Duration } from "../../core/duration.js";
import { instantOrNaN, isCivilDay } from "../../core/instant.js";
import type { PeriodUnit } from "../../core/period.js";
import { checkValue, TIME_KIND, type ValueCheck } from "./check-value.js";
import type { RuleWindow } from "./rule.js";
import { MOST_LENGTH, PERIODS_OF_UNIT } from "./rule-shapes.js";

// Windows that leave the calendar, and those in which nothing can ever lie: a rule with one is a slip, not a segment.

/** Mean days of a month and of a year of the Gregorian calendar. */
const DAYS_PER_MONTH = 30.436875;
const DAYS_PER_YEAR = 365.2425;

/** By how many days months may differ from their mean, however many they are and wherever they are clamped. */
const MONTHS_DRIFT = 5;

/**
 * Checks a window whose shape is right.
 *
 * @param isPast - Whether what should lie in it are events, which are known up to `asOf` alone.
 * @internal
 */
export function checkWindow(
  window: RuleWindow | undefined,
  check: ValueCheck,
  path: string,
  isPast: boolean,
): void {
  if (window === undefined) return;
  if ("last" in window) checkDuration(window.last, check, `${path}.last`);
  else if ("next" in window) {
    checkDuration(window.next, check, `${path}.next`);
    if (isPast) refuse(check, `${path}.next`, window.next, UNKNOWN_YET);
  } else if ("ago" in window) checkAgo(window.ago, check, `${path}.ago`);
  else if ("calendar" in window) checkCalendar(window, check, path, isPast);
  else checkFixed(window, check, path);
}

const UNKNOWN_YET = "lies ahead of asOf, and events are known up to asOf alone";

/** Checks that a duration is some time, and no more than the calendar has room for around any `asOf`. @internal */
export function checkDuration(duration: Duration, check: ValueCheck, path: string): void {
  const { months, days } = partsOf(duration);
  if (months === 0 && days === 0) refuse(check, path, duration, "is no time at all: nothing lies in it");
  checkLength(duration, check, path);
}

function checkLength(duration: Duration, check: ValueCheck, path: string): void {
  const { months, days } = partsOf(duration);
  if (months * DAYS_PER_MONTH + days > MOST_LENGTH.years * DAYS_PER_YEAR)
    refuse(check, path, duration, `adds up to more than ${MOST_LENGTH.years} years`);
}

function partsOf({ years = 0, months = 0, weeks = 0, days = 0 }: Duration): {
  months: number;
  days: number;
} {
  return { months: 12 * years + months, days: 7 * weeks + days };
}

function checkAgo([from, to]: readonly [Duration, Duration], check: ValueCheck, path: string): void {
  checkLength(from, check, `${path}[0]`);
  checkLength(to, check, `${path}[1]`);
  if (isNoLonger(from, to))
    refuse(
      check,
      `${path}[0]`,
      from,
      "is no longer ago than the end of the window: pass the longer one first",
    );
}

/** Whether one duration is no longer than another, whatever months and years it meets. */
function isNoLonger(one: Duration, other: Duration): boolean {
  const a = partsOf(one);
  const b = partsOf(other);
  if (a.months <= b.months && a.days <= b.days) return true;
  const drift = a.months === b.months ? 0 : MONTHS_DRIFT;
  return (a.months - b.months) * DAYS_PER_MONTH + a.days - b.days + drift <= 0;
}

function checkCalendar(
  { calendar, offset = 0, count = 1 }: Extract<RuleWindow, { calendar: PeriodUnit }>,
  check: ValueCheck,
  path: string,
  isPast: boolean,
): void {
  const most = PERIODS_OF_UNIT[calendar];
  const first = offset - count + 1;
  const far = `leads more than ${MOST_LENGTH.years} years away from asOf`;
  if (Math.abs(offset) > most) refuse(check, `${path}.offset`, offset, far);
  else if (first < -most) refuse(check, `${path}.count`, count, far);
  if (isPast && first > 0) refuse(check, `${path}.offset`, offset, UNKNOWN_YET);
}

function checkFixed(
  { from, until }: Extract<RuleWindow, { from?: string }>,
  check: ValueCheck,
  path: string,
): void {
  const before = check.problems.length;
  if (from !== undefined) checkValue(from, TIME_KIND, check, `${path}.from`);
  if (until !== undefined) checkValue(until, TIME_KIND, check, `${path}.until`);
  if (from === undefined || until === undefined || check.problems.length > before) return;
  // In which zone a day begins is not known here: at most a day off UTC.
  const slack = isCivilDay(from) === isCivilDay(until) ? 0 : DAY_MS;
  if (instantOrNaN(from, "UTC") - instantOrNaN(until, "UTC") >= slack)
    refuse(check, `${path}.until`, until, `is not after ${shown(from)}, with which the window begins`);
}

function refuse({ problems }: ValueCheck, path: string, value: unknown, reason: string): void {
  problems.push({ path, value, reason });
}
