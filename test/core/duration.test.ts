import { UTCDate } from "@date-fns/utc";
import { add } from "date-fns/add";
import { sub } from "date-fns/sub";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDay, dayNumber } from "../../src/core/civil-day.js";
import { addDuration, type Duration, subtractDuration, windowBefore } from "../../src/core/duration.js";
import { startOfDay } from "../../src/core/time-zone.js";
import { localClock, ODD_ZONES } from "./local-clock.js";
import { thrown } from "./thrown.js";

const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const day = (ms: number) => iso(ms).slice(0, 10);

const anyInstant = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) });
const anyDuration: fc.Arbitrary<Duration> = fc.record({
  years: fc.nat(30),
  months: fc.nat(40),
  weeks: fc.nat(10),
  days: fc.nat(60),
});

/** Adds months by the definition: same day of the month, or its last. Not date-fns. */
function monthsLater(ms: number, months: number): number {
  const date = new Date(ms);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  const dayOfMonth = Math.min(date.getUTCDate(), lastDay);
  return (
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, dayOfMonth) + (((ms % DAY) + DAY) % DAY)
  );
}

describe("addDuration and subtractDuration", () => {
  it("trap 3: month arithmetic: months are clamped to the last day", () => {
    expect(day(addDuration("2024-01-31", { months: 1 }))).toBe("2024-02-29");
    expect(day(addDuration("2023-01-31", { months: 1 }))).toBe("2023-02-28");
    expect(day(addDuration("2022-01-31", { months: 3 }))).toBe("2022-04-30");
    expect(day(addDuration("2024-02-29", { years: 1 }))).toBe("2025-02-28");
    expect(day(addDuration("2024-02-29", { years: 4 }))).toBe("2028-02-29");
    expect(day(subtractDuration("2024-03-31", { months: 1 }))).toBe("2024-02-29");
    expect(day(subtractDuration("2024-02-29", { years: 1 }))).toBe("2023-02-28");
  });

  it("trap 3: month arithmetic: times counts once from the anchor, where a chain drifts", () => {
    const anchored = [1, 2, 3, 4].map((times) => day(addDuration("2023-01-31", { months: 1 }, { times })));
    expect(anchored).toEqual(["2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31"]);
    const chained = addDuration(addDuration("2023-01-31", { months: 1 }), { months: 1 });
    expect(day(chained)).toBe("2023-03-28");
  });

  it("equals month arithmetic by its definition, in UTC", () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(600), (at, months) => {
        expect(addDuration(at, { months })).toBe(monthsLater(at, months));
        expect(subtractDuration(at, { months })).toBe(monthsLater(at, -months));
        expect(addDuration(at, { months: 1 }, { times: -months })).toBe(monthsLater(at, -months));
      }),
      { numRuns: 500 },
    );
  });

  it("equals date-fns in UTC", () => {
    fc.assert(
      fc.property(anyInstant, anyDuration, (at, duration) => {
        expect(addDuration(at, duration)).toBe(add(new UTCDate(at), duration).getTime());
        expect(subtractDuration(at, duration)).toBe(sub(new UTCDate(at), duration).getTime());
      }),
      { numRuns: 500 },
    );
  });

  it("adds twelve months as a year, seven days as a week, and times as that many", () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(50), fc.constantFrom(...ODD_ZONES), (at, n, timeZone) => {
        const options = { timeZone };
        expect(addDuration(at, { years: n }, options)).toBe(addDuration(at, { months: 12 * n }, options));
        expect(addDuration(at, { weeks: n }, options)).toBe(addDuration(at, { days: 7 * n }, options));
        expect(addDuration(at, { months: 3 }, { timeZone, times: n })).toBe(
          addDuration(at, { months: 3 * n }, options),
        );
      }),
    );
  });

  it("keeps the local time of day over a change of clocks", () => {
    // 9 March 2024, 12:00 in New York is 17:00 UTC; a day later the clocks have been set forward.
    const noon = Date.UTC(2024, 2, 9, 17);
    expect(iso(addDuration(noon, { days: 1 }, { timeZone: "America/New_York" }))).toBe(
      "2024-03-10T16:00:00.000Z",
    );
    expect(iso(addDuration(noon, { days: 1 }))).toBe("2024-03-10T17:00:00.000Z");
    expect(iso(addDuration(noon, { months: 1 }, { timeZone: "America/New_York" }))).toBe(
      "2024-04-09T16:00:00.000Z",
    );
  });

  it("moves a time that the clocks skip forward by the gap", () => {
    // 02:30 on 9 March; on the 10th it does not exist: 03:30 summer time.
    const at = Date.UTC(2024, 2, 9, 7, 30);
    expect(iso(addDuration(at, { days: 1 }, { timeZone: "America/New_York" }))).toBe(
      "2024-03-10T07:30:00.000Z",
    );
    // Half an hour in Lord Howe: 02:15 on 6 October 2024 becomes 02:45 (+11:00).
    const before = Date.UTC(2024, 9, 4, 15, 45);
    expect(iso(addDuration(before, { days: 1 }, { timeZone: "Australia/Lord_Howe" }))).toBe(
      "2024-10-05T15:45:00.000Z",
    );
  });

  it("takes the earlier of a time that comes twice, and leaves an instant alone when nothing is added", () => {
    const at = Date.UTC(2024, 10, 2, 5, 30);
    expect(iso(addDuration(at, { days: 1 }, { timeZone: "America/New_York" }))).toBe(
      "2024-11-03T05:30:00.000Z",
    );
    const second = Date.UTC(2024, 10, 3, 6, 30);
    expect(addDuration(second, { days: 0 }, { timeZone: "America/New_York" })).toBe(second);
    expect(addDuration(second, { days: 1 }, { timeZone: "America/New_York", times: 0 })).toBe(second);
  });

  it("gives the start of a civil day for a civil day, also where midnight is skipped", () => {
    const options = { timeZone: "America/Sao_Paulo" };
    // 2018-11-04 begins at 01:00; the day after begins at 00:00.
    expect(iso(addDuration("2018-11-04", { days: 1 }, options))).toBe("2018-11-05T02:00:00.000Z");
    expect(iso(addDuration("2018-11-03", { days: 1 }, options))).toBe("2018-11-04T03:00:00.000Z");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 47_000 }),
        fc.constantFrom(...ODD_ZONES),
        fc.nat(99),
        (from, timeZone, days) => {
          expect(addDuration(civilDay(from), { days }, { timeZone })).toBe(startOfDay(from + days, timeZone));
        },
      ),
    );
  });

  it("leads over a skipped day: a day after 29 December 2011 in Apia is the 31st", () => {
    const noon = Date.UTC(2011, 11, 29, 22);
    expect(iso(addDuration(noon, { days: 1 }, { timeZone: "Pacific/Apia" }))).toBe(
      "2011-12-30T22:00:00.000Z",
    );
    expect(iso(addDuration(noon, { days: 2 }, { timeZone: "Pacific/Apia" }))).toBe(
      "2011-12-30T22:00:00.000Z",
    );
    expect(iso(addDuration(noon, { days: 3 }, { timeZone: "Pacific/Apia" }))).toBe(
      "2011-12-31T22:00:00.000Z",
    );
  });

  it("shows the same reading on the target day in any zone, but for a gap", () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...ODD_ZONES), anyDuration, (at, timeZone, duration) => {
        const clock = localClock(timeZone);
        const expected = add(new UTCDate(clock(at)), duration).getTime();
        const result = addDuration(at, duration, { timeZone });
        const late = clock(result) - expected;
        if (late !== 0 && expected !== clock(at)) {
          // Late by exactly the gap: the clock's jump somewhere in the day before, never more than a skipped day.
          expect(late).toBe(clock(result) - result - (clock(result - DAY) - (result - DAY)));
          expect(late).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("refuses what is no duration", () => {
    for (const [bad, path, hint] of [
      [{}, "duration", "months: 12"],
      [null, "duration", "null"],
      [12, "duration", "12"],
      ["P1M", "duration", "P1M"],
      [{ months: undefined }, "duration", "months: 12"],
      [{ months: 1, hours: 3 }, "duration", '"hours"'],
      [{ month: 1 }, "duration", '"month"'],
      [{ months: -1 }, "duration.months", "-1"],
      [{ months: 1.5 }, "duration.months", "1.5"],
      [{ days: "1" }, "duration.days", '"1"'],
      [{ years: Number.NaN }, "duration.years", "NaN"],
      [{ years: 8000 }, "duration", "0001 to 9999"],
      [{ years: 1e12 }, "duration", "0001 to 9999"],
    ] as const) {
      const error = thrown(() => addDuration("2024-01-31", bad as never));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
      expect(error.message).toContain(hint);
    }
    expect(thrown(() => subtractDuration("2024-01-31", { years: 2024 })).path).toBe("duration");
  });

  it("gives nothing that the library would not take as an instant, in zones east and west", () => {
    for (const [call, from] of [
      [() => addDuration("9999-12-31", { days: 1 }), '"9999-12-31"'],
      [
        () => addDuration("9999-12-31T23:00:00Z", { days: 1 }, { timeZone: "Asia/Jakarta" }),
        '"9999-12-31T23',
      ],
      [
        () => addDuration("9999-12-31T23:00:00Z", { months: 1 }, { timeZone: "Asia/Jakarta" }),
        '"9999-12-31T23',
      ],
      [
        () => addDuration(253_402_228_800_000, { days: 1 }, { timeZone: "America/New_York" }),
        "253402228800000",
      ],
      [
        () => subtractDuration("0001-01-01T02:00:00Z", { days: 1 }, { timeZone: "America/New_York" }),
        '"0001',
      ],
      [() => subtractDuration("0001-01-02", { days: 1 }, { timeZone: "Asia/Jakarta" }), '"0001-01-02"'],
      [() => addDuration(0, { months: Number.MAX_SAFE_INTEGER }), "0"],
    ] as const) {
      const error = thrown(call);
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "duration"]);
      expect(error.message).toContain(`duration leads from ${from}`);
    }
    expect(iso(addDuration("9999-12-30T00:00:00Z", { days: 1 }, { timeZone: "Asia/Jakarta" }))).toBe(
      "9999-12-31T00:00:00.000Z",
    );
    // The clocks of Jakarta showed 1 January of the year 10000.
    expect(iso(subtractDuration("9999-12-31T20:00:00Z", { days: 1 }, { timeZone: "Asia/Jakarta" }))).toBe(
      "9999-12-30T20:00:00.000Z",
    );
  });

  it("refuses a bad anchor, zone or number of times", () => {
    expect(thrown(() => addDuration("2023-02-30", { days: 1 })).path).toBe("at");
    expect(thrown(() => addDuration(0, { days: 1 }, { times: 0.5 })).path).toBe("options.times");
    const zone = thrown(() => addDuration(0, { days: 0 }, { timeZone: "Mars" }));
    expect([zone.code, zone.path]).toEqual(["UNKNOWN_TIME_ZONE", "options.timeZone"]);
    expect(zone.message).toContain('"Mars"');
  });
});

describe("windowBefore", () => {
  it("trap 17: window edges: a purchase of 2023-02-28 is in the year before 2024-02-29, not before 2024-03-01", () => {
    const isIn = (window: { start: number; end: number }, at: number) =>
      window.start <= at && at < window.end;
    const purchase = startOfDay(dayNumber("2023-02-28"), "UTC");
    expect(isIn(windowBefore("2024-02-29", { months: 12 }), purchase)).toBe(true);
    expect(isIn(windowBefore("2024-03-01", { months: 12 }), purchase)).toBe(false);
  });

  it("ends at asOf, in the zone", () => {
    expect(windowBefore("2024-03-01", { days: 1 }, { timeZone: "Asia/Jakarta" })).toEqual({
      start: Date.UTC(2024, 1, 28, 17),
      end: Date.UTC(2024, 1, 29, 17),
    });
    const window = windowBefore("2024-03-11", { days: 1 }, { timeZone: "America/New_York" });
    expect(window.end - window.start).toBe(23 * 3_600_000);
  });

  it("refuses an empty window and a bad asOf", () => {
    const empty = thrown(() => windowBefore("2024-03-01", { days: 0 }));
    expect([empty.code, empty.path]).toEqual(["INVALID_ARGUMENT", "duration"]);
    expect(empty.message).toContain('empty window before "2024-03-01"');
    // The day before was skipped in Apia.
    const skipped = thrown(() => windowBefore("2011-12-31", { days: 1 }, { timeZone: "Pacific/Apia" }));
    expect(skipped.message).toContain('empty window before "2011-12-31"');
    expect(thrown(() => windowBefore("2024-3-1", { days: 1 })).path).toBe("asOf");
  });
});
