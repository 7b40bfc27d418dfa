import { assertArgument, assertInteger, shown } from "./assert.js";
import {
  assertCivilDay,
  type CivilDay,
  civilDay,
  civilMonth,
  civilYear,
  FIRST_DAY,
  firstDayOfMonth,
  LAST_DAY,
  monthOfDay,
  parseCivilDay,
  yearOfMonth,
} from "./civil-day.js";

/** A calendar period by name. */
export type PeriodUnit = "day" | "week" | "month" | "quarter" | "halfYear" | "year";

/** A calendar period, or a fixed number of days counted from the anchor in both directions. */
export type PeriodSpec = PeriodUnit | { readonly days: number; readonly anchor: CivilDay };

/** On which days periods begin and what they are called, apart from any zone. @internal */
export interface PeriodCalendar {
  readonly indexOf: (dayNumber: number) => number;
  readonly firstDay: (index: number) => number;
  readonly label: (index: number) => string;
  /** Whether a period is a fixed number of days or of months. */
  readonly basis: "days" | "months";
}

/**
 * The calendar of a period specification.
 *
 * @internal
 */
export function periodCalendar(spec: PeriodSpec, weekStartsOn: number, firstMonth: number): PeriodCalendar {
  assertInteger(weekStartsOn, "options.weekStartsOn", 0, 6);
  assertInteger(firstMonth, "options.firstMonth", 1, 12);
  switch (spec) {
    case "day":
      return { indexOf: (day) => day, firstDay: (index) => index, label: civilDay, basis: "days" };
    case "week":
      return weeks(weekStartsOn);
    case "month":
      return { indexOf: monthOfDay, firstDay: firstDayOfMonth, label: civilMonth, basis: "months" };
    case "quarter":
      return monthGroups(3, firstMonth, "Q");
    case "halfYear":
      return monthGroups(6, firstMonth, "H");
    case "year":
      return monthGroups(12, firstMonth, "");
    default:
      return daysFromAnchor(spec);
  }
}

/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;
const MONDAY = 1;

function weeks(weekStartsOn: number): PeriodCalendar {
  const first = -((EPOCH_WEEKDAY - weekStartsOn + 7) % 7);
  const calendar = daysFrom(first, 7);
  return weekStartsOn === MONDAY
    ? { ...calendar, label: (index) => isoWeek(calendar.firstDay(index)) }
    : calendar;
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function isoWeek(monday: number): string {
  const thursday = monday + 3;
  const year = yearOfMonth(monthOfDay(thursday));
  const week = Math.floor((thursday - firstDayOfMonth((year - 1970) * 12)) / 7) + 1;
  return `${civilYear(year)}-W${week < 10 ? "0" : ""}${week}`;
}

function monthGroups(size: 3 | 6 | 12, firstMonth: number, letter: "Q" | "H" | ""): PeriodCalendar {
  const monthsBefore = firstMonth - 1;
  // Index 0 is the group that holds January 1970, as it is for days, weeks and months.
  const indexAtEpoch = Math.floor(-monthsBefore / size);
  const firstMonthOf = (index: number) => (index + indexAtEpoch) * size + monthsBefore;
  return {
    indexOf: (day) => Math.floor((monthOfDay(day) - monthsBefore) / size) - indexAtEpoch,
    firstDay: (index) => firstDayOfMonth(firstMonthOf(index)),
    label: (index) => {
      const fromYearStart = firstMonthOf(index) - monthsBefore;
      const yearStart = Math.floor(fromYearStart / 12) * 12;
      // A financial year bears the number of the calendar year in which it ends.
      const year = yearOfMonth(yearStart + monthsBefore + 11);
      const part = letter === "" ? "" : `-${letter}${(fromYearStart - yearStart) / size + 1}`;
      return `${firstMonth === 1 ? "" : "FY"}${civilYear(year)}${part}`;
    },
    basis: "months",
  };
}

function daysFromAnchor(spec: { readonly days: number; readonly anchor: CivilDay }): PeriodCalendar {
  assertArgument(
    typeof spec === "object" && spec !== null,
    "spec",
    () =>
      `spec is ${shown(spec)}: pass "day", "week", "month", "quarter", "halfYear", "year" or { days, anchor: "YYYY-MM-DD" }`,
  );
  assertInteger(spec.days, "spec.days", 1, LAST_DAY - FIRST_DAY + 1);
  assertCivilDay(spec.anchor, "spec.anchor");
  return daysFrom(parseCivilDay(spec.anchor), spec.days);
}

function daysFrom(first: number, days: number): PeriodCalendar {
  const firstDay = (index: number) => first + index * days;
  return {
    indexOf: (day) => Math.floor((day - first) / days),
    firstDay,
    label: (index) => civilDay(firstDay(index)),
    basis: "days",
  };
}
