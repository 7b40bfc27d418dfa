import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDay, dayNumber } from "../../src/core/civil-day.js";
import { periodReader } from "../../src/core/period.js";
import {
  assertTimeZone,
  begunDayReader,
  instantOfLocal,
  localDay,
  localDayReader,
  startOfDay,
  zoneOffset,
  zoneOffsetReader,
} from "../../src/core/time-zone.js";
import { zoneTable } from "../../src/core/zone-table.js";
import { localClock, ODD_ZONES } from "./local-clock.js";
import { thrown } from "./thrown.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(1900, 0, 1);
const END = Date.UTC(2101, 0, 1);
const iso = (ms: number) => new Date(ms).toISOString();

const anyZone = fc.constantFrom(...ODD_ZONES);
const anyInstant = fc.integer({ min: START, max: END - 1 });

/** Every change of offset that probing the fields of Intl once a day finds: written without the library's tables. */
function changesByFields(timeZone: string): { at: number; before: number; after: number }[] {
  const clock = localClock(timeZone);
  const offset = (ms: number) => clock(ms) - ms;
  const changes: { at: number; before: number; after: number }[] = [];
  let before = offset(START);
  for (let day = START; day < END; day += DAY) {
    const after = offset(day + DAY);
    if (after === before) continue;
    let low = day;
    let high = day + DAY;
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
    before = after;
  }
  return changes;
}

describe("zoneOffset", () => {
  it("equals Intl on random instants 1900 to 2100", () => {
    for (const timeZone of ODD_ZONES) {
      const clock = localClock(timeZone);
      const offset = zoneOffsetReader(timeZone);
      fc.assert(
        fc.property(anyInstant, (ms) => {
          expect(zoneOffset(ms, timeZone)).toBe(clock(ms) - ms);
          expect(offset(ms)).toBe(clock(ms) - ms);
        }),
        { numRuns: 500 },
      );
    }
  });

  // Once a day for 201 years is a quarter of a second a zone: a few zones, and those with the shortest stretches.
  it.each(["Asia/Jakarta", "America/New_York", "Australia/Lord_Howe", "Asia/Gaza", "America/St_Johns"])(
    "knows every change of %s, to the millisecond on both sides, gaps and overlaps",
    (timeZone) => {
      const changes = changesByFields(timeZone);
      const table = zoneTable(timeZone);
      const inRange = Array.from(table.starts).filter((start) => start >= START && start < END);
      expect(inRange).toEqual(changes.map(({ at }) => at));
      for (const { at, before, after } of changes) {
        expect([zoneOffset(at - 1, timeZone), zoneOffset(at, timeZone)]).toEqual([before, after]);
      }
      expect(changes.length).toBeGreaterThan(5);
    },
  );

  it("keeps the seconds of local mean time", () => {
    expect(zoneOffset(Date.UTC(1901, 0, 1), "Asia/Jakarta")).toBe((7 * 3600 + 7 * 60 + 12) * 1000);
    expect(zoneOffset(Date.UTC(1970, 0, 1), "Africa/Monrovia")).toBe(-(44 * 60 + 30) * 1000);
  });

  it("asks Intl outside the tables, in both directions", () => {
    for (const timeZone of ["Asia/Jakarta", "America/New_York"]) {
      const clock = localClock(timeZone);
      for (const ms of [
        Date.UTC(1883, 10, 18, 16, 59),
        Date.UTC(1850, 5, 1),
        Date.UTC(2101, 6, 1),
        Date.UTC(2555, 6, 1),
      ]) {
        expect(zoneOffset(ms, timeZone)).toBe(clock(ms) - ms);
        expect(zoneOffsetReader(timeZone)(ms)).toBe(clock(ms) - ms);
        expect(localDayReader(timeZone)(ms)).toBe(Math.floor(clock(ms) / DAY));
      }
    }
  });

  it("takes names in any case, as Intl does, and links", () => {
    const at = Date.UTC(2024, 6, 1);
    expect(zoneOffset(at, "america/new_york")).toBe(-4 * HOUR);
    expect(zoneOffset(at, "US/Eastern")).toBe(-4 * HOUR);
    expect(zoneOffset(at, "utc")).toBe(0);
  });

  it("refuses what is no instant", () => {
    const isRefused = (read: (ms: number) => number, bad: unknown) => {
      const error = thrown(() => read(bad as number));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "epochMs"]);
      expect(error.message).toContain(String(bad));
    };
    for (const timeZone of ["UTC", "Asia/Jakarta"]) {
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1]) {
        isRefused((ms) => zoneOffset(ms, timeZone), bad);
        isRefused(zoneOffsetReader(timeZone), bad);
        isRefused(localDayReader(timeZone), bad);
        isRefused(begunDayReader(timeZone), bad);
      }
      // Text that compares like a number would be joined to the offset: no sum, another millennium.
      for (const bad of ["0", "1700000000000", null, undefined]) {
        isRefused((ms) => zoneOffset(ms, timeZone), bad);
        isRefused(zoneOffsetReader(timeZone), bad);
        isRefused(localDayReader(timeZone), bad);
        isRefused(begunDayReader(timeZone), bad);
        isRefused(periodReader("month", { timeZone }), bad);
      }
    }
  });
});

describe("assertTimeZone", () => {
  it("accepts IANA names", () => {
    for (const timeZone of ODD_ZONES) expect(() => assertTimeZone(timeZone, "timeZone")).not.toThrow();
  });

  it("refuses unknown names, and offsets, which only some runtimes take", () => {
    for (const bad of ["Asia/Nowhere", "Jakarta", "", "+07:00", "-0300", "WIB", " UTC"]) {
      const error = thrown(() => assertTimeZone(bad, "options.timeZone"));
      expect([error.code, error.path]).toEqual(["UNKNOWN_TIME_ZONE", "options.timeZone"]);
      expect(error.message).toContain(JSON.stringify(bad));
      expect(error.message).toContain("Asia/Jakarta");
    }
    for (const bad of [7, null, undefined]) {
      const error = thrown(() => assertTimeZone(bad as never, "timeZone"));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "timeZone"]);
      expect(error.message).toContain(String(bad));
    }
    expect(thrown(() => localDayReader("Asia/Nowhere")).code).toBe("UNKNOWN_TIME_ZONE");
    expect(thrown(() => zoneOffset(0, "Asia/Nowhere")).code).toBe("UNKNOWN_TIME_ZONE");
  });
});

describe("localDay", () => {
  it("equals Intl on random instants 1900 to 2100", () => {
    for (const timeZone of [...ODD_ZONES, "UTC"]) {
      const clock = localClock(timeZone);
      const day = localDayReader(timeZone);
      fc.assert(
        fc.property(anyInstant, (ms) => {
          expect(day(ms)).toBe(Math.floor(clock(ms) / DAY));
          expect(localDay(ms, timeZone)).toBe(day(ms));
        }),
        { numRuns: 300 },
      );
    }
  });

  it("trap 4: time zone: the day and the month are those of the zone, east and west of UTC", () => {
    const at = Date.UTC(2024, 0, 31, 18);
    expect(civilDay(localDay(at, "UTC"))).toBe("2024-01-31");
    expect(civilDay(localDay(at, "Asia/Jakarta"))).toBe("2024-02-01");
    expect(civilDay(localDay(Date.UTC(2024, 1, 1, 2), "America/New_York"))).toBe("2024-01-31");
    // The last millisecond of a day in Jakarta, and the first of the next.
    expect(civilDay(localDay(Date.UTC(2024, 0, 31, 17) - 1, "Asia/Jakarta"))).toBe("2024-01-31");
    expect(civilDay(localDay(Date.UTC(2024, 0, 31, 17), "Asia/Jakarta"))).toBe("2024-02-01");
  });
});

describe("startOfDay", () => {
  it("trap 4: time zone: begins where the zone begins it", () => {
    expect(iso(startOfDay(dayNumber("2024-02-29"), "UTC"))).toBe("2024-02-29T00:00:00.000Z");
    expect(iso(startOfDay(dayNumber("2024-02-29"), "Asia/Jakarta"))).toBe("2024-02-28T17:00:00.000Z");
    expect(iso(startOfDay(dayNumber("2024-03-11"), "America/New_York"))).toBe("2024-03-11T04:00:00.000Z");
  });

  it("begins after the gap where the clocks skip midnight", () => {
    // 00:00 -> 01:00 in Sao Paulo and Beirut; 23:30 -> 00:30 in Toronto, the case that Temporal's documents name.
    expect(iso(startOfDay(dayNumber("2018-11-04"), "America/Sao_Paulo"))).toBe("2018-11-04T03:00:00.000Z");
    expect(iso(startOfDay(dayNumber("2022-03-27"), "Asia/Beirut"))).toBe("2022-03-26T22:00:00.000Z");
    expect(iso(startOfDay(dayNumber("1919-03-31"), "America/Toronto"))).toBe("1919-03-31T04:30:00.000Z");
  });

  it("begins at the first of two midnights", () => {
    // Havana sets its clocks back from 01:00 to 00:00.
    expect(iso(startOfDay(dayNumber("2023-11-05"), "America/Havana"))).toBe("2023-11-05T04:00:00.000Z");
    expect(startOfDay(dayNumber("2023-11-06"), "America/Havana") - Date.UTC(2023, 10, 5, 4)).toBe(25 * HOUR);
  });

  it("gives a day that the zone skipped no length, and a repeated day 47 hours", () => {
    const skipped = dayNumber("2011-12-30");
    expect(iso(startOfDay(skipped, "Pacific/Apia"))).toBe("2011-12-30T10:00:00.000Z");
    expect(startOfDay(skipped + 1, "Pacific/Apia")).toBe(startOfDay(skipped, "Pacific/Apia"));
    expect(startOfDay(skipped, "Pacific/Apia") - startOfDay(skipped - 1, "Pacific/Apia")).toBe(DAY);
    const long = dayNumber("1969-09-30");
    expect(startOfDay(long + 1, "Pacific/Kwajalein") - startOfDay(long, "Pacific/Kwajalein")).toBe(47 * HOUR);
  });

  it("is the first instant whose local day is that day or later, in every zone and century", () => {
    const anyDay = fc.integer({ min: dayNumber("1850-01-01"), max: dayNumber("2150-12-31") });
    fc.assert(
      fc.property(anyZone, anyDay, (timeZone, day) => {
        const start = startOfDay(day, timeZone);
        const clock = localClock(timeZone);
        expect(clock(start)).toBeGreaterThanOrEqual(day * DAY);
        expect(clock(start - 1)).toBeLessThan(day * DAY);
        expect(startOfDay(day + 1, timeZone)).toBeGreaterThanOrEqual(start);
      }),
      { numRuns: 1500 },
    );
  });

  it("refuses what is no day number", () => {
    for (const bad of [0.5, Number.NaN, 1e8]) {
      for (const timeZone of ["UTC", "Asia/Jakarta"]) {
        const error = thrown(() => startOfDay(bad, timeZone));
        expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "dayNumber"]);
        expect(error.message).toContain(String(bad));
      }
    }
  });
});

describe("the day begun last", () => {
  it("is the local day, but for a day before that comes again after midnight", () => {
    // St. John's, 1 November 2009: at 00:01 (02:31 UTC) the clocks went back to 23:01 of 31 October.
    const day = localDayReader("America/St_Johns");
    const begun = begunDayReader("America/St_Johns");
    const days = (ms: number) => [civilDay(day(ms)), civilDay(begun(ms))];
    expect(days(Date.UTC(2009, 10, 1, 2, 29))).toEqual(["2009-10-31", "2009-10-31"]);
    expect(days(Date.UTC(2009, 10, 1, 2, 30))).toEqual(["2009-11-01", "2009-11-01"]);
    expect(days(Date.UTC(2009, 10, 1, 2, 31))).toEqual(["2009-10-31", "2009-11-01"]);
    expect(days(Date.UTC(2009, 10, 1, 3, 29))).toEqual(["2009-10-31", "2009-11-01"]);
    expect(days(Date.UTC(2009, 10, 1, 3, 30))).toEqual(["2009-11-01", "2009-11-01"]);
  });

  it("is the day whose window holds the instant, random and around every change", () => {
    for (const timeZone of ODD_ZONES) {
      const begun = begunDayReader(timeZone);
      const check = (ms: number) => {
        const day = begun(ms);
        if (!(startOfDay(day, timeZone) <= ms && ms < startOfDay(day + 1, timeZone))) {
          throw new Error(`${timeZone} ${iso(ms)}: not in ${civilDay(day)}`);
        }
      };
      const changes = Array.from(zoneTable(timeZone).starts).slice(1, -1);
      for (const change of changes)
        for (const step of [-HOUR, -1, 0, 1, 59_999, HOUR, DAY]) check(change + step);
      fc.assert(fc.property(fc.integer({ min: Date.UTC(1850, 0), max: Date.UTC(2150, 0) }), check));
    }
  });
});

describe("instantOfLocal", () => {
  it("moves a time that does not exist forward by the gap", () => {
    const at = (hour: number, minute: number) =>
      instantOfLocal(Date.UTC(2024, 2, 10, hour, minute), "America/New_York");
    expect(iso(at(1, 59))).toBe("2024-03-10T06:59:00.000Z");
    expect(iso(at(2, 0))).toBe("2024-03-10T07:00:00.000Z");
    expect(iso(at(2, 30))).toBe("2024-03-10T07:30:00.000Z");
    expect(iso(at(3, 0))).toBe("2024-03-10T07:00:00.000Z");
  });

  it("takes the earlier of two", () => {
    const at = (hour: number, minute: number) =>
      instantOfLocal(Date.UTC(2024, 10, 3, hour, minute), "America/New_York");
    expect(iso(at(0, 59))).toBe("2024-11-03T04:59:00.000Z");
    expect(iso(at(1, 0))).toBe("2024-11-03T05:00:00.000Z");
    expect(iso(at(1, 59))).toBe("2024-11-03T05:59:00.000Z");
    expect(iso(at(2, 0))).toBe("2024-11-03T07:00:00.000Z");
  });

  it("moves a time of a skipped day to the day after", () => {
    const at = instantOfLocal(Date.UTC(2011, 11, 30, 12), "Pacific/Apia");
    expect(iso(at)).toBe("2011-12-30T22:00:00.000Z");
    expect(iso(localClock("Pacific/Apia")(at))).toBe("2011-12-31T12:00:00.000Z");
  });

  it("gives back an instant from its local reading, or the earlier one that shows the same", () => {
    fc.assert(
      fc.property(anyZone, fc.integer({ min: Date.UTC(1850, 0), max: Date.UTC(2150, 0) }), (timeZone, ms) => {
        const clock = localClock(timeZone);
        const back = instantOfLocal(clock(ms), timeZone);
        expect(clock(back)).toBe(clock(ms));
        expect(back).toBeLessThanOrEqual(ms);
      }),
      { numRuns: 1500 },
    );
  });

  it("finds both readings around every change of a zone", () => {
    for (const timeZone of ODD_ZONES) {
      const { starts, offsets } = zoneTable(timeZone);
      for (let i = 1; i < offsets.length; i++) {
        const [change, before, after] = [starts[i] ?? 0, offsets[i - 1] ?? 0, offsets[i] ?? 0];
        const middle = change + (before + after) / 2;
        // In a gap the reading is taken by the offset before it: later by the gap. In an overlap that is the earlier one.
        expect(instantOfLocal(middle, timeZone)).toBe(middle - before);
        expect(instantOfLocal(change + Math.max(before, after), timeZone)).toBe(
          change + Math.max(0, before - after),
        );
      }
    }
  });
});
