import { assertArgument, assertInteger, shown } from "./assert.js";

/** A day of the calendar without a time of day: `"YYYY-MM-DD"`, years 0001 to 9999 (ISO 8601, Gregorian throughout). */
export type CivilDay = string;

/** Milliseconds in a day of 24 hours. @internal */
export const DAY_MS = 86_400_000;
/** 0001-01-01 and 9999-12-31 as day numbers: the days that `YYYY-MM-DD` can write. @internal */
export const FIRST_DAY = -719_162;
/** @internal */
export const LAST_DAY = 2_932_896;

/**
 * How many days lie between 1970-01-01 and this day?
 *
 * Day numbers turn questions about days into subtraction: one day later is one more. {@link civilDay} goes back.
 *
 * @param day - A civil day `"YYYY-MM-DD"`.
 * @returns Whole days since 1970-01-01, negative before it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is not written `YYYY-MM-DD` or there is no such day.
 * @example
 * ```ts
 * import { dayNumber } from "clientele";
 *
 * dayNumber("1970-01-02"); // => 1
 * dayNumber("2024-03-01") - dayNumber("2024-02-28"); // => 2
 * dayNumber("2023-02-30"); // throws INVALID_ARGUMENT
 * ```
 */
export function dayNumber(day: CivilDay): number {
  assertCivilDay(day, "day");
  return parseCivilDay(day);
}

/**
 * Which day of the calendar has this number?
 *
 * @param dayNumber - Whole days since 1970-01-01, as `dayNumber` gives them.
 * @returns The civil day `"YYYY-MM-DD"`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is not a whole number of the years 0001 to 9999.
 * @example
 * ```ts
 * import { civilDay, dayNumber } from "clientele";
 *
 * civilDay(0); // => "1970-01-01"
 * civilDay(dayNumber("2024-02-28") + 1); // => "2024-02-29"
 * ```
 */
export function civilDay(dayNumber: number): CivilDay {
  assertInteger(dayNumber, "dayNumber", FIRST_DAY, LAST_DAY);
  const month = monthOfDay(dayNumber);
  const dayOfMonth = dayNumber - firstDayOfMonth(month) + 1;
  return `${civilMonth(month)}-${dayOfMonth < 10 ? "0" : ""}${dayOfMonth}`;
}

/**
 * Throws unless the value is a civil day that exists.
 *
 * @internal
 */
export function assertCivilDay(value: unknown, path: string): asserts value is CivilDay {
  assertArgument(
    typeof value === "string" && value.length === 10 && !Number.isNaN(parseCivilDay(value)),
    path,
    () =>
      `${path} is ${shown(value)}: pass a day that exists, written "YYYY-MM-DD", for example "2024-02-29"`,
  );
}

/**
 * Day number of the first ten characters, NaN where they are not a day; char codes, because files have millions.
 *
 * @internal
 */
export function parseCivilDay(text: string): number {
  if (text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return Number.NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  // Written so that NaN fails too.
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const monthIndex = (year - 1970) * 12 + month - 1;
  const first = firstDayOfMonth(monthIndex);
  const isInMonth = day <= 28 || first + day <= firstDayOfMonth(monthIndex + 1);
  return isInMonth ? first + day - 1 : Number.NaN;
}

const HYPHEN = 45;

/** The number written by two digits at a position, NaN where there are none. @internal */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** `"YYYY-MM"` of a month index. @internal */
export function civilMonth(month: number): string {
  const year = yearOfMonth(month);
  const monthOfYear = month - (year - 1970) * 12 + 1;
  return `${civilYear(year)}-${monthOfYear < 10 ? "0" : ""}${monthOfYear}`;
}

/** `"YYYY"`. @internal */
export function civilYear(year: number): string {
  return String(year).padStart(4, "0");
}

/** Calendar year of a month index. @internal */
export function yearOfMonth(month: number): number {
  return 1970 + Math.floor(month / 12);
}

// Both conversions count months from March, so that the leap day ends the year, in cycles of 400 years of 146,097 days
// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil and civil_from_days).

const DAYS_IN_400_YEARS = 146_097;
/** 1970-01-01 counted from 0000-03-01. */
const EPOCH_FROM_MARCH_0000 = 719_468;
/**
 * Months since January 1970 of a day number.
 *
 * @internal
 */
export function monthOfDay(dayNumber: number): number {
  const sinceMarch = dayNumber + EPOCH_FROM_MARCH_0000;
  const cycle = Math.floor(sinceMarch / DAYS_IN_400_YEARS);
  const day = sinceMarch - cycle * DAYS_IN_400_YEARS;
  const leapDays = Math.floor(day / 1460) - Math.floor(day / 36_524) + Math.floor(day / 146_096);
  const year = Math.floor((day - leapDays) / 365);
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return (400 * cycle + year) * 12 + monthFromMarch + 2 - 1970 * 12;
}

/**
 * Day number of the first day of a month, counted in months since January 1970.
 *
 * @internal
 */
export function firstDayOfMonth(month: number): number {
  const fromMarch = month + 1970 * 12 - 2;
  const year = Math.floor(fromMarch / 12);
  const monthFromMarch = fromMarch - year * 12;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return 365 * year + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) - EPOCH_FROM_MARCH_0000;
}
