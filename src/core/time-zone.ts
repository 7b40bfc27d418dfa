import { assertInRange, assertInteger } from "./assert.js";
import { DAY_MS } from "./civil-day.js";
import { intlOffsetSource } from "./intl-offset-source.js";
import {
  begunDayTable,
  isTabulated,
  stretchesAround,
  tableOffset,
  type ZoneTable,
  zoneTable,
} from "./zone-table.js";

/** Largest instant that a Date can hold, less two days: room to look around it. */
const MAX_EPOCH_MS = 8.64e15 - 2 * DAY_MS;
const MAX_DAY = MAX_EPOCH_MS / DAY_MS;

/**
 * How far are the clocks of a zone ahead of UTC at an instant?
 *
 * Equal to what `Intl` shows, to the second (local mean times before standard time have seconds). The changes of 1900
 * to 2100 are tabulated on the first call for a zone; outside these years every call asks `Intl`.
 *
 * @param epochMs - The instant, epoch milliseconds.
 * @param timeZone - IANA name.
 * @returns Milliseconds east of UTC, negative west of it.
 * @throws {@link ClienteleError} `UNKNOWN_TIME_ZONE`; `INVALID_ARGUMENT` when the instant is not a number in Date's range.
 * @example
 * ```ts
 * import { zoneOffset } from "clientele";
 *
 * zoneOffset(Date.UTC(2024, 0, 1), "Asia/Jakarta") / 3_600_000; // => 7
 * zoneOffset(Date.UTC(2024, 6, 1), "America/New_York") / 3_600_000; // => -4
 * ```
 */
export function zoneOffset(epochMs: number, timeZone: string): number {
  assertInRange(epochMs, "epochMs", -MAX_EPOCH_MS, MAX_EPOCH_MS);
  if (timeZone === "UTC") return 0;
  return isTabulated(epochMs)
    ? tableOffset(zoneTable(timeZone), epochMs)
    : intlOffsetSource(timeZone, "timeZone")(epochMs);
}

/**
 * Gives a fast {@link zoneOffset} of one zone for loops over many instants.
 *
 * @param timeZone - IANA name.
 * @returns A function from epoch milliseconds to milliseconds east of UTC.
 * @throws {@link ClienteleError} `UNKNOWN_TIME_ZONE`; the function itself `INVALID_ARGUMENT` on what is no instant.
 * @example
 * ```ts
 * import { zoneOffsetReader } from "clientele";
 *
 * const offset = zoneOffsetReader("Australia/Lord_Howe");
 * [0, 6].map((month) => offset(Date.UTC(2024, month, 1)) / 3_600_000); // => [11, 10.5]
 * ```
 */
export function zoneOffsetReader(timeZone: string): (epochMs: number) => number {
  if (timeZone === "UTC") return (epochMs) => zoneOffset(epochMs, timeZone);
  const table = zoneTable(timeZone);
  return (epochMs) => (isTabulated(epochMs) ? tableOffset(table, epochMs) : zoneOffset(epochMs, timeZone));
}

/**
 * Which civil day is it in a zone at an instant?
 *
 * @param epochMs - The instant, epoch milliseconds.
 * @param timeZone - IANA name.
 * @returns Day number of the local day: see {@link civilDay}.
 * @throws {@link ClienteleError} as {@link zoneOffset}.
 * @example
 * ```ts
 * import { civilDay, localDay } from "clientele";
 *
 * const newYearsEve = Date.UTC(2024, 11, 31, 18);
 * civilDay(localDay(newYearsEve, "UTC")); // => "2024-12-31"
 * civilDay(localDay(newYearsEve, "Asia/Jakarta")); // => "2025-01-01"
 * ```
 */
export function localDay(epochMs: number, timeZone: string): number {
  return Math.floor((epochMs + zoneOffset(epochMs, timeZone)) / DAY_MS);
}

/**
 * Gives a fast {@link localDay} of one zone for loops over many instants.
 *
 * @param timeZone - IANA name.
 * @returns A function from epoch milliseconds to the number of the local day.
 * @throws {@link ClienteleError} `UNKNOWN_TIME_ZONE`; the function itself `INVALID_ARGUMENT` on what is no instant.
 * @example
 * ```ts
 * import { localDayReader } from "clientele";
 *
 * const day = localDayReader("Asia/Jakarta");
 * [Date.UTC(1970, 0, 1, 16), Date.UTC(1970, 0, 1, 17)].map(day); // => [0, 1]
 * ```
 */
export function localDayReader(timeZone: string): (epochMs: number) => number {
  if (timeZone === "UTC") return utcDay;
  return dayReader(zoneTable(timeZone), (epochMs) => localDay(epochMs, timeZone));
}

/**
 * When does a civil day begin in a zone?
 *
 * Where the clocks skip midnight, it begins at the first instant after the gap; where midnight comes twice, at the
 * first. A day that a zone skipped altogether (Pacific/Apia 2011-12-30) is empty: it begins when the next one does.
 *
 * @param dayNumber - Day number: see `dayNumber`.
 * @param timeZone - IANA name.
 * @returns Epoch milliseconds of the first instant of the day.
 * @throws {@link ClienteleError} `UNKNOWN_TIME_ZONE`; `INVALID_ARGUMENT` when it is not a whole number in Date's range.
 * @example
 * ```ts
 * import { dayNumber, startOfDay } from "clientele";
 *
 * new Date(startOfDay(dayNumber("2024-02-29"), "Asia/Jakarta")).toISOString(); // => "2024-02-28T17:00:00.000Z"
 * new Date(startOfDay(dayNumber("2018-11-04"), "America/Sao_Paulo")).toISOString(); // => "2018-11-04T03:00:00.000Z"
 * ```
 */
export function startOfDay(dayNumber: number, timeZone: string): number {
  assertInteger(dayNumber, "dayNumber", -MAX_DAY, MAX_DAY);
  const midnight = dayNumber * DAY_MS;
  if (timeZone === "UTC") return midnight;
  const { stretches, first } = stretchesAround(midnight, timeZone);
  const { starts, offsets } = stretches;
  for (let i = first; ; i++) {
    const at = Math.max(starts[i], midnight - offsets[i]);
    if (at < starts[i + 1]) return at;
  }
}

/**
 * At which instant do the clocks of a zone show this reading?
 *
 * A reading that exists twice (clocks set back) is the earlier instant. One that does not exist (clocks set forward) is
 * moved forward by the length of the gap: 02:30 becomes 03:30. This is the rule "compatible" of Temporal and RFC 5545.
 *
 * @param localMs - The reading as if it were UTC: `Date.UTC(2024, 2, 10, 2, 30)` for 2:30 on 10 March 2024.
 * @param timeZone - IANA name.
 * @returns Epoch milliseconds.
 * @throws {@link ClienteleError} as {@link zoneOffset}.
 * @example
 * ```ts
 * import { instantOfLocal } from "clientele";
 *
 * const at = instantOfLocal(Date.UTC(2024, 2, 10, 2, 30), "America/New_York");
 * new Date(at).toISOString(); // => "2024-03-10T07:30:00.000Z"
 * ```
 */
export function instantOfLocal(localMs: number, timeZone: string): number {
  assertInRange(localMs, "localMs", -MAX_EPOCH_MS, MAX_EPOCH_MS);
  if (timeZone === "UTC") return localMs;
  const { stretches, first } = stretchesAround(localMs, timeZone);
  const { starts, offsets } = stretches;
  for (let i = first; ; i++) {
    const at = localMs - offsets[i];
    // Shown before this stretch ends; or skipped by the change that ends it, and then the offset before it counts.
    if (at < starts[i + 1] || localMs - offsets[i + 1] < starts[i + 1]) return at;
  }
}

/**
 * Throws unless the runtime knows the time zone.
 *
 * @param timeZone - IANA name.
 * @param path - What the argument is called in the caller's error message.
 * @throws {@link ClienteleError} `UNKNOWN_TIME_ZONE`, or `INVALID_ARGUMENT` when it is not text.
 * @example
 * ```ts
 * import { assertTimeZone } from "clientele";
 *
 * assertTimeZone("Asia/Jakarta", "timeZone"); // => undefined
 * assertTimeZone("Jakarta", "timeZone"); // throws UNKNOWN_TIME_ZONE
 * ```
 */
export function assertTimeZone(timeZone: string, path: string): void {
  intlOffsetSource(timeZone, path);
}

/**
 * Gives a reader of the day that has begun last: {@link localDay}, except that a day once begun never gives way to the
 * day before. It is the day whose window `[startOfDay(d), startOfDay(d + 1))` holds the instant.
 *
 * @internal
 */
export function begunDayReader(timeZone: string): (epochMs: number) => number {
  if (timeZone === "UTC") return utcDay;
  return dayReader(begunDayTable(timeZone), (epochMs) => {
    let day = localDay(epochMs, timeZone);
    while (startOfDay(day + 1, timeZone) <= epochMs) day++;
    return day;
  });
}

function dayReader(table: ZoneTable, outside: (epochMs: number) => number): (epochMs: number) => number {
  return (epochMs) =>
    isTabulated(epochMs) ? Math.floor((epochMs + tableOffset(table, epochMs)) / DAY_MS) : outside(epochMs);
}

function utcDay(epochMs: number): number {
  return isTabulated(epochMs) ? Math.floor(epochMs / DAY_MS) : localDay(epochMs, "UTC");
}
