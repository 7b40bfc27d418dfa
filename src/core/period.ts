import { assertArgument, assertInteger, shown } from "./assert.js";
import { FIRST_DAY, LAST_DAY } from "./civil-day.js";
import type { TimeWindow } from "./duration.js";
import { epochMs, type Instant } from "./instant.js";
import { type PeriodCalendar, type PeriodSpec, periodCalendar } from "./period-calendar.js";
import { assertTimeZone, begunDayReader, startOfDay } from "./time-zone.js";
import { bucketIndex, isTabulated, lastStart, TABLE_END, TABLE_START } from "./zone-table.js";

export type { PeriodSpec, PeriodUnit } from "./period-calendar.js";

/** How the calendar is cut into periods. */
export interface PeriodOptions {
  /** IANA name of the zone in which days begin; default `"UTC"`. */
  readonly timeZone?: string;
  /** First day of the week, 0 Sunday to 6 Saturday; default 1, Monday, which makes ISO 8601 weeks. */
  readonly weekStartsOn?: number;
  /** First month of the year, 1 to 12, for quarters, half-years and years; default 1, January. */
  readonly firstMonth?: number;
}

/** One period of the calendar: a half-open window with a name and a number. */
export interface Period extends TimeWindow {
  /**
   * The name: `"2024-02-29"`, `"2024-W09"`, `"2024-02"`, `"2024-Q1"`, `"2024-H1"`, `"2024"`. With another `firstMonth`
   * `"FY2024-Q1"`, `"FY2024-H1"`, `"FY2024"`, after the calendar year in which the financial year ends. Weeks that do
   * not begin on Monday and periods of n days bear the name of their first day.
   */
  readonly label: string;
  /**
   * Consecutive whole numbers: the difference of two is the number of periods from one to the other. 0 is the period that
   * holds 1970-01-01, or begins with the anchor.
   */
  readonly index: number;
}

/**
 * In which period does an instant lie?
 *
 * Periods begin at the start of a local day (see {@link startOfDay}) and follow each other without gap or overlap. Where
 * clocks are set back over a midnight that has passed (St. John's, 2009-11-01 at 00:01), the repeated end of the day before
 * stays in the period that has begun.
 *
 * @param at - The instant.
 * @param spec - The unit, or `{ days, anchor }`.
 * @param options - Zone, first day of the week, first month of the year.
 * @returns The period that holds it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` or `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { periodOf } from "clientele";
 *
 * periodOf("2024-02-29", "month"); // => { start: 1706745600000, end: 1709251200000, label: "2024-02", index: 649 }
 * periodOf("2024-12-30", "week").label; // => "2025-W01"
 * periodOf("2024-04-01", "quarter", { firstMonth: 4 }).label; // => "FY2025-Q1"
 * ```
 */
export function periodOf(at: Instant, spec: PeriodSpec, options: PeriodOptions = {}): Period {
  const { calendar, timeZone } = calendarOf(spec, options);
  const day = begunDayReader(timeZone)(epochMs(at, "at", timeZone));
  return described(calendar.indexOf(day), calendar, timeZone, "at", at);
}

/**
 * Which period has this index?
 *
 * @param index - Its number: see {@link Period}.
 * @param spec - The unit, or `{ days, anchor }`.
 * @param options - Zone, first day of the week, first month of the year.
 * @returns The period. A day that a zone skipped (Pacific/Apia 2011-12-30) is empty: it starts and ends at one instant.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is not a whole number or lies outside the years 0001 to 9999;
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { periodAt, periodOf } from "clientele";
 *
 * const march = periodOf("2024-03-15", "month");
 * periodAt(march.index - 12, "month").label; // => "2023-03"
 * ```
 */
export function periodAt(index: number, spec: PeriodSpec, options: PeriodOptions = {}): Period {
  const { calendar, timeZone } = calendarOf(spec, options);
  assertInteger(index, "index");
  return described(index, calendar, timeZone, "index", index);
}

/**
 * Which periods lie in or touch a window?
 *
 * @param start - First instant of the window.
 * @param end - First instant after the window, not before `start`.
 * @param spec - The unit, or `{ days, anchor }`.
 * @param options - Zone, first day of the week, first month of the year.
 * @returns All periods that share an instant with `[start, end)`, and the empty ones among them, in order; the first and
 * the last may reach beyond the window. None when the window is empty.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` or `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { periodsBetween } from "clientele";
 *
 * periodsBetween("2023-12-15", "2024-03-01", "month").map(({ label }) => label); // => ["2023-12", "2024-01", "2024-02"]
 * ```
 */
export function periodsBetween(
  start: Instant,
  end: Instant,
  spec: PeriodSpec,
  options: PeriodOptions = {},
): Period[] {
  const { calendar, timeZone } = calendarOf(spec, options);
  const from = epochMs(start, "start", timeZone);
  const to = epochMs(end, "end", timeZone);
  assertArgument(
    from <= to,
    "end",
    () => `end is ${shown(end)}, before start ${shown(start)}: pass the later one as end`,
  );
  if (from === to) return [];
  const dayOf = begunDayReader(timeZone);
  const first = calendar.indexOf(dayOf(from));
  const last = calendar.indexOf(dayOf(to - 1));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    described(first + i, calendar, timeZone, "start", start),
  );
}

/**
 * Gives a fast reader of period indices for loops over many instants.
 *
 * @param spec - The unit, or `{ days, anchor }`.
 * @param options - Zone, first day of the week, first month of the year.
 * @returns A function from epoch milliseconds to the index of the period: equal to `periodOf(...).index`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` or `UNKNOWN_TIME_ZONE`; the function itself `INVALID_ARGUMENT` on what
 * is no instant.
 * @example
 * ```ts
 * import { periodReader } from "clientele";
 *
 * const month = periodReader("month", { timeZone: "Asia/Jakarta" });
 * month(Date.UTC(2024, 3, 30, 17)) - month(Date.UTC(2024, 0, 31)); // => 4
 * ```
 */
export function periodReader(spec: PeriodSpec, options: PeriodOptions = {}): (epochMs: number) => number {
  const { calendar, timeZone } = calendarOf(spec, options);
  const dayOf = begunDayReader(timeZone);
  if (spec === "day") return dayOf;
  const { indexOf } = calendar;
  if (calendar.basis === "days") return (epochMs) => indexOf(dayOf(epochMs));

  // Months and what is made of them: looking up the start is faster than computing the month of the day.
  const first = indexOf(dayOf(TABLE_START));
  const last = indexOf(dayOf(TABLE_END));
  const starts = Float64Array.from({ length: last - first + 2 }, (_, i) =>
    startOfDay(calendar.firstDay(first + i), timeZone),
  );
  const buckets = bucketIndex(starts);
  return (epochMs) =>
    isTabulated(epochMs) ? first + lastStart(starts, buckets, epochMs) : indexOf(dayOf(epochMs));
}

function calendarOf(
  spec: PeriodSpec,
  options: PeriodOptions,
): { readonly calendar: PeriodCalendar; readonly timeZone: string } {
  const { timeZone = "UTC", weekStartsOn = 1, firstMonth = 1 } = options;
  assertTimeZone(timeZone, "options.timeZone");
  return { calendar: periodCalendar(spec, weekStartsOn, firstMonth), timeZone };
}

function described(
  index: number,
  calendar: PeriodCalendar,
  timeZone: string,
  path: string,
  value: Instant,
): Period {
  const first = calendar.firstDay(index);
  assertArgument(
    first >= FIRST_DAY && first <= LAST_DAY,
    path,
    () => `${path} is ${shown(value)}: pass one whose period begins in the years 0001 to 9999`,
  );
  return {
    start: startOfDay(first, timeZone),
    end: startOfDay(calendar.firstDay(index + 1), timeZone),
    label: calendar.label(index),
    index,
  };
}
