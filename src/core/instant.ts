import { assertArgument, shown } from "./assert.js";
import { DAY_MS, FIRST_DAY, LAST_DAY, parseCivilDay, twoDigits } from "./civil-day.js";
import { isDate } from "./is-date.js";
import { startOfDay } from "./time-zone.js";

/**
 * A point in time as callers have it: a `Date`, epoch milliseconds, ISO 8601 text with an offset
 * (`"2024-02-29T13:45:00+07:00"`, `"...Z"`), or a civil day `"YYYY-MM-DD"`, which is the start of that day in the zone of
 * the call.
 */
export type Instant = Date | number | string;

/**
 * How many milliseconds after 1970-01-01T00:00Z is this instant?
 *
 * Text is read strictly: a time needs `Z` or an offset, a day must exist, seconds may have a fraction (cut to
 * milliseconds). Years 0001 to 9999.
 *
 * @param value - The instant.
 * @param path - What the argument is called in the error message.
 * @param timeZone - IANA name: the zone in which a civil day begins; default `"UTC"`.
 * @returns Epoch milliseconds, a whole number.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is no instant; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { epochMs } from "clientele";
 *
 * epochMs("2024-02-29T13:45:00+07:00", "at"); // => 1709189100000
 * epochMs("2024-02-29", "at", "Asia/Jakarta"); // => 1709139600000
 * epochMs("2024-02-29T13:45:00", "at"); // throws INVALID_ARGUMENT
 * epochMs("2023-02-29", "at"); // throws INVALID_ARGUMENT
 * ```
 */
export function epochMs(value: Instant, path: string, timeZone = "UTC"): number {
  const ms = typeof value === "number" ? value : isDate(value) ? value.getTime() : textMs(value, timeZone);
  assertArgument(isInstantMs(ms), path, () => `${path} is ${shown(value)}${problem(value, ms)}`);
  return ms + 0;
}

/** Epoch milliseconds of what may be an instant; NaN for all else, without an error. @internal */
export function instantOrNaN(value: unknown, timeZone: string): number {
  const ms = typeof value === "number" ? value : isDate(value) ? value.getTime() : textMs(value, timeZone);
  return isInstantMs(ms) ? ms : Number.NaN;
}

/** Whether an instant is given as a day, without a time of day. @internal */
export function isCivilDay(value: Instant): value is string {
  return typeof value === "string" && value.length === 10;
}

/** Whether a number is an instant of the years 0001 to 9999. @internal */
export function isInstantMs(ms: number): boolean {
  return Number.isInteger(ms) && ms >= FIRST_MS && ms <= LAST_MS;
}

const FIRST_MS = FIRST_DAY * DAY_MS;
const LAST_MS = (LAST_DAY + 1) * DAY_MS - 1;

/** NaN for what is not an instant. */
function textMs(value: unknown, timeZone: string): number {
  if (typeof value !== "string") return Number.NaN;
  const day = parseCivilDay(value);
  if (Number.isNaN(day)) return Number.NaN;
  return value.length === 10 ? startOfDay(day, timeZone) : day * DAY_MS + timeOfDay(value);
}

/** Milliseconds of `Thh:mm[:ss[.fraction]](Z|+hh:mm|-hh:mm)` from position 10; NaN for anything else. */
function timeOfDay(text: string): number {
  if (text[10] !== "T" || text[13] !== ":") return Number.NaN;
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const hasSeconds = text[16] === ":";
  const seconds = hasSeconds ? twoDigits(text, 17) : 0;
  const fractionAt = hasSeconds && text[19] === "." ? 20 : 0;
  const zoneAt = fractionAt ? endOfDigits(text, fractionAt) : hasSeconds ? 19 : 16;
  if (zoneAt === fractionAt) return Number.NaN;
  const milliseconds = fractionAt
    ? Number(text.slice(fractionAt, Math.min(zoneAt, fractionAt + 3)).padEnd(3, "0"))
    : 0;
  // Written so that NaN fails too.
  if (!(hours <= 23 && minutes <= 59 && seconds <= 59)) return Number.NaN;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds - offsetMs(text, zoneAt);
}

function offsetMs(text: string, at: number): number {
  const sign = text[at];
  if (sign === "Z" && text.length === at + 1) return 0;
  if ((sign !== "+" && sign !== "-") || text[at + 3] !== ":" || text.length !== at + 6) return Number.NaN;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === "+" ? 60_000 : -60_000) * (hours * 60 + minutes);
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (text[end] >= "0" && text[end] <= "9") end++;
  return end;
}

const FORMS = `pass a Date, whole epoch milliseconds, ISO 8601 with an offset ("2024-02-29T13:45:00+07:00") or a civil day ("2024-02-29")`;

/** What is wrong and what to pass, in the end of a sentence that began with the value. */
function problem(value: unknown, ms: number): string {
  if (typeof value === "number" && Number.isFinite(value)) {
    return Number.isInteger(value)
      ? ": pass epoch milliseconds of the years 0001 to 9999"
      : ": pass whole epoch milliseconds";
  }
  if (Number.isInteger(ms)) return ", outside the years 0001 to 9999 of UTC: pass an instant inside them";
  if (typeof value !== "string") return `: ${FORMS}`;
  if (/^\d{4}-\d\d-\d\d/.test(value) && Number.isNaN(parseCivilDay(value))) {
    return `, and there is no such day: ${FORMS}`;
  }
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?$/.test(value)) {
    return `, a time without an offset, which names no instant: append "Z" or the offset, for example "${value.replace(" ", "T")}+07:00"`;
  }
  return `: ${FORMS}`;
}
