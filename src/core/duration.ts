import { UTCDateMini } from "@date-fns/utc/date/mini";
import { addMonths } from "date-fns/addMonths";
import { assertArgument, assertInteger, shown } from "./assert.js";
import { DAY_MS, FIRST_DAY, LAST_DAY } from "./civil-day.js";
import { epochMs, type Instant, isCivilDay, isInstantMs } from "./instant.js";
import { assertTimeZone, instantOfLocal, startOfDay, zoneOffset } from "./time-zone.js";

/** A length of calendar time: its parts are whole numbers from 0, and at least one is given. */
export interface Duration {
  /** Calendar years: 12 months each. */
  readonly years?: number;
  /** Calendar months. */
  readonly months?: number;
  /** 7 days each. */
  readonly weeks?: number;
  /** Calendar days: 23 to 25 hours where clocks change. */
  readonly days?: number;
}

/** Where and how often a duration is added. */
export interface DurationOptions {
  /** IANA name of the zone whose calendar and clocks count; default `"UTC"`. */
  readonly timeZone?: string;
  /** How many times over, a whole number: 3 months 2 times is 6 months, added once; default 1. */
  readonly times?: number;
}

/** A half-open stretch of time: an instant t lies in it when `start <= t < end`. */
export interface TimeWindow {
  /** First instant, epoch milliseconds. */
  readonly start: number;
  /** First instant after it, epoch milliseconds. */
  readonly end: number;
}

/**
 * Which instant is a duration later?
 *
 * Years and months first, once from the anchor and clamped to the last day of the month; then weeks and days. The local
 * time of day is kept. Where clocks skip it, the result is later by the length of the gap; where it comes twice, the
 * earlier one (see {@link instantOfLocal}). A civil day gives the start of a civil day.
 *
 * Use `times` for a series: adding one month again and again drifts (31 January, 29 February, 29 March).
 *
 * @param at - The anchor.
 * @param duration - What to add.
 * @param options - Zone and how many times.
 * @returns Epoch milliseconds.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an argument is unusable or the result leaves the years 0001 to
 * 9999; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { addDuration } from "clientele";
 *
 * new Date(addDuration("2024-01-31", { months: 1 })).toISOString(); // => "2024-02-29T00:00:00.000Z"
 * new Date(addDuration("2024-01-31", { months: 1 }, { times: 2 })).toISOString(); // => "2024-03-31T00:00:00.000Z"
 * ```
 */
export function addDuration(at: Instant, duration: Duration, options: DurationOptions = {}): number {
  return shifted(at, "at", duration, options, 1);
}

/**
 * Which instant is a duration earlier?
 *
 * The rules are those of {@link addDuration}: months once from the anchor, clamped, local time of day kept.
 *
 * @param at - The anchor.
 * @param duration - What to take away.
 * @param options - Zone and how many times.
 * @returns Epoch milliseconds.
 * @throws {@link ClienteleError} as {@link addDuration}.
 * @example
 * ```ts
 * import { subtractDuration } from "clientele";
 *
 * new Date(subtractDuration("2024-02-29", { years: 1 })).toISOString(); // => "2023-02-28T00:00:00.000Z"
 * ```
 */
export function subtractDuration(at: Instant, duration: Duration, options: DurationOptions = {}): number {
  return shifted(at, "at", duration, options, -1);
}

/**
 * Which window of a given length ends at an instant?
 *
 * The usual question of an analysis: what happened in the 12 months before `asOf`.
 *
 * @param asOf - End of the window, not included.
 * @param duration - Length of the window, longer than zero.
 * @param options - `timeZone`: IANA name, default `"UTC"`.
 * @returns `[asOf - duration, asOf)` in epoch milliseconds.
 * @throws {@link ClienteleError} as {@link addDuration}.
 * @example
 * ```ts
 * import { windowBefore } from "clientele";
 *
 * const { start, end } = windowBefore("2024-02-29", { months: 12 });
 * [start, end].map((ms) => new Date(ms).toISOString().slice(0, 10)); // => ["2023-02-28", "2024-02-29"]
 * ```
 */
export function windowBefore(
  asOf: Instant,
  duration: Duration,
  options: { readonly timeZone?: string } = {},
): TimeWindow {
  const { timeZone } = options;
  const start = shifted(asOf, "asOf", duration, { timeZone }, -1);
  const end = epochMs(asOf, "asOf", timeZone);
  assertArgument(
    start < end,
    "duration",
    // Zero, or a day that the zone skipped.
    () =>
      `duration gives an empty window before ${shown(asOf)}: pass a longer one, for example { months: 12 }`,
  );
  return { start, end };
}

function shifted(
  at: Instant,
  path: string,
  duration: Duration,
  options: DurationOptions,
  sign: 1 | -1,
): number {
  const { timeZone = "UTC", times = 1 } = options;
  assertTimeZone(timeZone, "options.timeZone");
  assertInteger(times, "options.times");
  assertDuration(duration);
  const { years = 0, months = 0, weeks = 0, days = 0 } = duration;
  const instant = epochMs(at, path, timeZone);
  const monthsToAdd = sign * times * (12 * years + months);
  const daysToAdd = sign * times * (7 * weeks + days);
  // Not by way of the local time, which an instant in a repeated hour shares with another.
  if (monthsToAdd === 0 && daysToAdd === 0) return instant;

  const local = instant + zoneOffset(instant, timeZone);
  const day = Math.floor(local / DAY_MS);
  const target = monthsLater(day, monthsToAdd) + daysToAdd;
  // A day more on both sides: in some zones the last day of UTC's calendar ends a day later. NaN fails too.
  const isNear = target >= FIRST_DAY - 1 && target <= LAST_DAY + 1;
  const result = !isNear
    ? Number.NaN
    : isCivilDay(at)
      ? startOfDay(target, timeZone)
      : instantOfLocal(target * DAY_MS + (local - day * DAY_MS), timeZone);
  assertArgument(
    isInstantMs(result),
    "duration",
    () => `duration leads from ${shown(at)} out of the years 0001 to 9999 of UTC: pass a shorter one`,
  );
  return result;
}

/** NaN where it leaves the range of Date. UTCDateMini, because on a plain Date date-fns counts in the host's zone. */
function monthsLater(dayNumber: number, months: number): number {
  return addMonths(new UTCDateMini(dayNumber * DAY_MS), months).getTime() / DAY_MS;
}

const PARTS = ["years", "months", "weeks", "days"] as const;

function assertDuration(duration: Duration): void {
  const given = typeof duration === "object" && duration !== null ? Object.keys(duration) : [];
  const unknown = given.find((part) => !(PARTS as readonly string[]).includes(part));
  assertArgument(
    unknown === undefined && given.some((part) => duration[part as keyof Duration] !== undefined),
    "duration",
    () =>
      `duration ${unknown === undefined ? `is ${shown(duration)} without a length` : `has "${unknown}"`}: pass years, months, weeks or days, for example { months: 12 }`,
  );
  for (const part of PARTS) {
    if (duration[part] !== undefined) assertInteger(duration[part], `duration.${part}`, 0);
  }
}
