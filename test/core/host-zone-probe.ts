import { civilDay, dayNumber } from "../../src/core/civil-day.js";
import { addDuration, subtractDuration, windowBefore } from "../../src/core/duration.js";
import { epochMs } from "../../src/core/instant.js";
import { periodOf, periodsBetween } from "../../src/core/period.js";
import { localDay, startOfDay, zoneOffset } from "../../src/core/time-zone.js";

/** Prints results that must not depend on the zone of the host, with that zone's name first. */
const zones = ["UTC", "Asia/Jakarta", "America/New_York", "Pacific/Apia"];
const instants = [0, Date.UTC(1923, 5, 30, 23, 59), Date.UTC(2011, 11, 30, 10), Date.UTC(2024, 2, 10, 7, 30)];
const days = ["1970-01-01", "2011-12-30", "2018-11-04", "2024-01-31", "2024-02-29"];
const units = ["day", "week", "month", "quarter", "halfYear", "year"] as const;

const results = zones.map((timeZone) => ({
  offsets: instants.map((at) => zoneOffset(at, timeZone)),
  days: instants.map((at) => civilDay(localDay(at, timeZone))),
  starts: days.map((day) => [epochMs(day, "at", timeZone), startOfDay(dayNumber(day), timeZone)]),
  later: days.map((day) =>
    [1, 2, 13].map((times) => addDuration(day, { months: 1, days: 1 }, { timeZone, times })),
  ),
  earlier: instants.map((at) => subtractDuration(at, { years: 1, weeks: 1 }, { timeZone })),
  windows: days.map((day) => windowBefore(day, { months: 12 }, { timeZone })),
  periods: units.map((unit) => instants.map((at) => periodOf(at, unit, { timeZone, firstMonth: 4 }))),
  months: periodsBetween("2011-11-30", "2012-02-29", "month", { timeZone }),
}));

process.stdout.write(`${new Date(0).getTimezoneOffset()}\n${JSON.stringify(results)}`);
