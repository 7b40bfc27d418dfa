import { UTCDate, utc } from "@date-fns/utc";
import { getISOWeek } from "date-fns/getISOWeek";
import { getISOWeekYear } from "date-fns/getISOWeekYear";
import { startOfMonth } from "date-fns/startOfMonth";
import { startOfQuarter } from "date-fns/startOfQuarter";
import { startOfWeek } from "date-fns/startOfWeek";
import { startOfYear } from "date-fns/startOfYear";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration } from "../../src/core/duration.js";
import {
  type Period,
  type PeriodOptions,
  type PeriodSpec,
  periodAt,
  periodOf,
  periodReader,
  periodsBetween,
} from "../../src/core/period.js";
import { localClock, ODD_ZONES } from "./local-clock.js";
import { thrown } from "./thrown.js";

const DAY = 86_400_000;
const UNITS = ["day", "week", "month", "quarter", "halfYear", "year"] as const;
const iso = (ms: number) => new Date(ms).toISOString();
const label = (day: string, spec: PeriodSpec, options?: PeriodOptions) => periodOf(day, spec, options).label;
const span = ({ start, end }: Period) => [iso(start).slice(0, 10), iso(end).slice(0, 10)];

const anySpec: fc.Arbitrary<PeriodSpec> = fc.oneof(
  fc.constantFrom(...UNITS),
  fc.record({ days: fc.integer({ min: 1, max: 400 }), anchor: fc.constantFrom("2024-01-01", "1969-07-20") }),
);
const anyOptions: fc.Arbitrary<PeriodOptions> = fc.record({
  timeZone: fc.constantFrom(...ODD_ZONES, "UTC"),
  weekStartsOn: fc.nat(6),
  firstMonth: fc.integer({ min: 1, max: 12 }),
});
const anyInstant = fc.integer({ min: Date.UTC(1850, 0, 1), max: Date.UTC(2150, 0, 1) });

describe("periods of the calendar", () => {
  it("have labels that sort and cannot be mistaken", () => {
    expect(UNITS.map((unit) => label("2024-02-29", unit))).toEqual([
      "2024-02-29",
      "2024-W09",
      "2024-02",
      "2024-Q1",
      "2024-H1",
      "2024",
    ]);
    expect(UNITS.map((unit) => label("0099-12-31", unit))).toEqual([
      "0099-12-31",
      "0099-W53",
      "0099-12",
      "0099-Q4",
      "0099-H2",
      "0099",
    ]);
  });

  it("are half-open windows of the zone", () => {
    expect(span(periodOf("2024-02-29", "month"))).toEqual(["2024-02-01", "2024-03-01"]);
    expect(span(periodOf("2024-02-29", "quarter"))).toEqual(["2024-01-01", "2024-04-01"]);
    expect(span(periodOf("2024-07-01", "halfYear"))).toEqual(["2024-07-01", "2025-01-01"]);
    const june = periodOf("2024-06-30", "month", { timeZone: "Asia/Jakarta" });
    expect([iso(june.start), iso(june.end)]).toEqual([
      "2024-05-31T17:00:00.000Z",
      "2024-06-30T17:00:00.000Z",
    ]);
  });

  it("number the period that holds 1970-01-01 with 0, whatever the first day or month", () => {
    fc.assert(
      fc.property(fc.constantFrom(...UNITS), anyOptions, (unit, options) => {
        expect(periodOf("1970-01-01", unit, options).index).toBe(0);
      }),
    );
    expect(periodOf("2024-01-01", { days: 30, anchor: "2024-01-01" }).index).toBe(0);
  });

  it("name a financial year after the calendar year in which it ends", () => {
    const april = { firstMonth: 4 };
    expect(label("2024-03-31", "year", april)).toBe("FY2024");
    expect(label("2024-04-01", "year", april)).toBe("FY2025");
    expect(span(periodOf("2024-04-01", "year", april))).toEqual(["2024-04-01", "2025-04-01"]);
    expect(label("2024-03-31", "quarter", april)).toBe("FY2024-Q4");
    expect(label("2024-04-01", "quarter", april)).toBe("FY2025-Q1");
    expect(label("2024-09-30", "halfYear", april)).toBe("FY2025-H1");
    expect(label("2024-10-01", "halfYear", april)).toBe("FY2025-H2");
    // The federal government of the United States: fiscal year 2025 began on 1 October 2024.
    expect(label("2024-10-01", "year", { firstMonth: 10 })).toBe("FY2025");
    expect(span(periodOf("2024-10-01", "quarter", { firstMonth: 2 }))).toEqual(["2024-08-01", "2024-11-01"]);
    expect(label("2024-01-31", "quarter", { firstMonth: 2 })).toBe("FY2024-Q4");
    // Months and weeks do not know the financial year.
    expect(label("2024-04-01", "month", april)).toBe("2024-04");
  });

  it("trap 6: week start: Monday by default, any day by choice", () => {
    expect(span(periodOf("2024-02-29", "week"))).toEqual(["2024-02-26", "2024-03-04"]);
    const starts = [0, 1, 2, 3, 4, 5, 6].map((weekStartsOn) =>
      periodOf("2024-02-29", "week", { weekStartsOn }),
    );
    // 2024-02-29 is a Thursday; the label of a week that is no ISO week is its first day.
    expect(starts.map(({ label }) => label)).toEqual([
      "2024-02-25",
      "2024-W09",
      "2024-02-27",
      "2024-02-28",
      "2024-02-29",
      "2024-02-23",
      "2024-02-24",
    ]);
    expect(new Set(starts.map(({ start, end }) => end - start))).toEqual(new Set([7 * DAY]));
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(0, 1, 2, 3, 4, 5, 6), (at, weekStartsOn) => {
        const expected = startOfWeek(new UTCDate(at), { weekStartsOn }).getTime();
        expect(periodOf(at, "week", { weekStartsOn }).start).toBe(expected);
      }),
    );
  });

  it("trap 6: week start: ISO weeks around New Year (Wikipedia, ISO week date)", () => {
    for (const [day, week] of [
      ["1977-01-01", "1976-W53"],
      ["1978-01-01", "1977-W52"],
      ["1978-01-02", "1978-W01"],
      ["1979-12-31", "1980-W01"],
      ["1980-12-28", "1980-W52"],
      ["1980-12-29", "1981-W01"],
      ["1982-01-03", "1981-W53"],
      ["2008-12-28", "2008-W52"],
      ["2008-12-29", "2009-W01"],
      ["2010-01-03", "2009-W53"],
    ] as const) {
      expect(label(day, "week")).toBe(week);
    }
    fc.assert(
      fc.property(anyInstant, (at) => {
        const week = String(getISOWeek(at, { in: utc })).padStart(2, "0");
        expect(periodOf(at, "week").label).toBe(`${getISOWeekYear(at, { in: utc })}-W${week}`);
      }),
    );
  });

  it("agree with date-fns in UTC", () => {
    fc.assert(
      fc.property(anyInstant, (at) => {
        const date = new UTCDate(at);
        expect(periodOf(at, "month").start).toBe(startOfMonth(date).getTime());
        expect(periodOf(at, "quarter").start).toBe(startOfQuarter(date).getTime());
        expect(periodOf(at, "year").start).toBe(startOfYear(date).getTime());
      }),
    );
  });

  it("trap 3: month arithmetic: months apart is the difference of civil months, the same both ways", () => {
    const months = (from: string, to: string) => periodOf(to, "month").index - periodOf(from, "month").index;
    expect(months("2022-01-31", "2022-04-30")).toBe(3);
    expect(months("2024-01-31", "2024-02-28")).toBe(1);
    expect(months("2024-01-31", "2024-02-29")).toBe(1);
    expect(months("2024-02-29", "2024-01-31")).toBe(-1);
    expect(periodOf("2025-02-28", "year").index - periodOf("2024-02-29", "year").index).toBe(1);
  });

  it("trap 4: time zone: the month is that of the zone", () => {
    const at = Date.UTC(2024, 0, 31, 18);
    expect(periodOf(at, "month").label).toBe("2024-01");
    expect(periodOf(at, "month", { timeZone: "Asia/Jakarta" }).label).toBe("2024-02");
    expect(periodOf(Date.UTC(2024, 1, 1, 2), "month", { timeZone: "America/New_York" }).label).toBe(
      "2024-01",
    );
  });

  it("trap 5: calendar or rolling: 59 days are 2 calendar months or 1 period of 30 days; 30.0 days are the next", () => {
    // From 31 January to 31 March 2022 are 59 days.
    const [first, later] = ["2022-01-31", "2022-03-31"];
    expect(periodOf(later, "month").index - periodOf(first, "month").index).toBe(2);
    const rolling = { days: 30, anchor: first };
    expect(periodOf(later, rolling).index).toBe(1);
    const thirtyDays = Date.UTC(2022, 0, 31) + 30 * DAY;
    expect(periodOf(thirtyDays - 1, rolling).index).toBe(0);
    expect(periodOf(thirtyDays, rolling).index).toBe(1);
    expect(periodOf(first, rolling).label).toBe("2022-01-31");
    expect(periodOf("2022-01-30", rolling)).toMatchObject({ index: -1, label: "2022-01-01" });
    // 23:59 and 00:01 lie on two calendar days.
    const dayOf = periodReader("day");
    expect(dayOf(Date.UTC(2024, 0, 2, 0, 1)) - dayOf(Date.UTC(2024, 0, 1, 23, 59))).toBe(1);
  });

  it("make days of 23, 25 and 0 hours where the clocks say so", () => {
    const hours = (day: string, timeZone: string) => {
      const { index } = periodOf(day, "day");
      const { start, end } = periodAt(index, "day", { timeZone });
      return (end - start) / 3_600_000;
    };
    expect(hours("2024-03-10", "America/New_York")).toBe(23);
    expect(hours("2024-11-03", "America/New_York")).toBe(25);
    expect(hours("2018-11-04", "America/Sao_Paulo")).toBe(23);
    expect(hours("2024-10-06", "Australia/Lord_Howe")).toBe(23.5);
    expect(hours("2011-12-30", "Pacific/Apia")).toBe(0);
    expect(hours("2011-12-31", "Pacific/Apia")).toBe(24);
  });

  it("keep the repeated hour of the day before in the month that has begun", () => {
    // St. John's, 1 November 2009 at 00:01: back to 23:01 of 31 October.
    const at = Date.UTC(2009, 10, 1, 2, 45);
    expect(iso(localClock("America/St_Johns")(at))).toBe("2009-10-31T23:15:00.000Z");
    expect(periodOf(at, "month", { timeZone: "America/St_Johns" }).label).toBe("2009-11");
  });
});

describe("periodOf, periodAt, periodReader", () => {
  it("tile time without gap or overlap", () => {
    fc.assert(
      fc.property(anyInstant, anySpec, anyOptions, (at, spec, options) => {
        const period = periodOf(at, spec, options);
        expect(period.start).toBeLessThanOrEqual(at);
        expect(period.end).toBeGreaterThan(at);
        expect(periodAt(period.index, spec, options)).toEqual(period);
        expect(periodAt(period.index + 1, spec, options).start).toBe(period.end);
        expect(periodAt(period.index - 1, spec, options).end).toBe(period.start);
        expect(periodReader(spec, options)(at)).toBe(period.index);
        expect(periodOf(period.start, spec, options)).toEqual(period);
        expect(periodOf(period.end - 1, spec, options)).toEqual(period);
      }),
      { numRuns: 1500 },
    );
  });

  it("hold as many months as the unit says", () => {
    const lengths = { month: 1, quarter: 3, halfYear: 6, year: 12 } as const;
    fc.assert(
      fc.property(
        anyInstant,
        anyOptions,
        fc.constantFrom("month", "quarter", "halfYear", "year"),
        (at, options, unit) => {
          const { start, end } = periodOf(at, unit, { ...options, timeZone: "UTC" });
          expect(addDuration(start, { months: lengths[unit] })).toBe(end);
        },
      ),
    );
  });

  it("give labels in one order with time, one to a period", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1400, max: 2000 }), anySpec, anyOptions, (index, spec, options) => {
        const [a, b] = [periodAt(index, spec, options), periodAt(index + 1, spec, options)];
        expect(a.label < b.label).toBe(true);
      }),
    );
  });

  it("survive JSON", () => {
    const period = periodOf("2024-02-29", "week", { timeZone: "Asia/Jakarta" });
    expect(JSON.parse(JSON.stringify(period))).toEqual(period);
  });
});

describe("periodsBetween", () => {
  it("lists the periods that share an instant with the window", () => {
    const labels = (start: string, end: string) =>
      periodsBetween(start, end, "month").map(({ label }) => label);
    expect(labels("2023-12-15", "2024-03-01")).toEqual(["2023-12", "2024-01", "2024-02"]);
    expect(labels("2023-12-15", "2024-03-02")).toEqual(["2023-12", "2024-01", "2024-02", "2024-03"]);
    expect(labels("2024-01-01", "2024-01-02")).toEqual(["2024-01"]);
    expect(labels("2024-01-01", "2024-01-01")).toEqual([]);
  });

  it("keeps an empty day in its place", () => {
    const days = periodsBetween("2011-12-29", "2012-01-01", "day", { timeZone: "Pacific/Apia" });
    expect(days.map(({ label, start, end }) => [label, (end - start) / DAY])).toEqual([
      ["2011-12-29", 1],
      ["2011-12-30", 0],
      ["2011-12-31", 1],
    ]);
  });

  it("covers the window and nothing that does not touch it", () => {
    fc.assert(
      fc.property(
        anyInstant,
        fc.integer({ min: 1, max: 40 * DAY }),
        anySpec,
        anyOptions,
        (start, length, spec, options) => {
          const end = start + length;
          const periods = periodsBetween(start, end, spec, options);
          const [first, last] = [periods.at(0), periods.at(-1)];
          expect(first).toEqual(periodOf(start, spec, options));
          expect(last).toEqual(periodOf(end - 1, spec, options));
          expect(periods.map(({ index }) => index)).toEqual(periods.map((_, i) => (first?.index ?? 0) + i));
          for (const [i, period] of periods.slice(1).entries()) expect(period.start).toBe(periods[i]?.end);
        },
      ),
    );
  });

  it("refuses an end before the start", () => {
    const error = thrown(() => periodsBetween("2024-03-01", "2024-02-01", "month"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "end"]);
    expect(error.message).toContain('"2024-02-01"');
    expect(error.message).toContain('"2024-03-01"');
  });
});

describe("what is no period", () => {
  it("is refused with its name, value and fix", () => {
    const cases: [PeriodSpec, PeriodOptions, string, string][] = [
      ["fortnight" as never, {}, "spec", '"fortnight"'],
      [undefined as never, {}, "spec", "undefined"],
      [null as never, {}, "spec", "null"],
      [{ days: 0, anchor: "2024-01-01" }, {}, "spec.days", "0"],
      [{ days: 2.5, anchor: "2024-01-01" }, {}, "spec.days", "2.5"],
      // Longer than the calendar.
      [{ days: 3_652_060, anchor: "2024-01-01" }, {}, "spec.days", "3652060"],
      [{ days: 7, anchor: "2024-1-1" }, {}, "spec.anchor", '"2024-1-1"'],
      [{ days: 7 } as never, {}, "spec.anchor", "undefined"],
      ["week", { weekStartsOn: 7 }, "options.weekStartsOn", "7"],
      ["day", { weekStartsOn: -1 }, "options.weekStartsOn", "-1"],
      ["year", { firstMonth: 0 }, "options.firstMonth", "0"],
      ["year", { firstMonth: 13 }, "options.firstMonth", "13"],
    ];
    for (const [spec, options, path, value] of cases) {
      for (const call of [
        () => periodOf(0, spec, options),
        () => periodAt(0, spec, options),
        () => periodReader(spec, options),
        () => periodsBetween(0, 1, spec, options),
      ]) {
        const error = thrown(call);
        expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", path]);
        expect(error.message).toContain(value);
      }
    }
    const zone = thrown(() => periodReader("day", { timeZone: "Mars" }));
    expect([zone.code, zone.path]).toEqual(["UNKNOWN_TIME_ZONE", "options.timeZone"]);
  });

  it("is an index out of the calendar, or an instant that is none", () => {
    for (const index of [0.5, Number.NaN, 1e9, -1e9]) {
      const error = thrown(() => periodAt(index, "month"));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "index"]);
      expect(error.message).toContain(String(index));
    }
    expect(thrown(() => periodOf("2023-02-30", "month")).path).toBe("at");
    expect(thrown(() => periodsBetween("2023-02-30", 0, "month")).path).toBe("start");
    expect(thrown(() => periodsBetween(0, "2023-02-30", "month")).path).toBe("end");
    expect(thrown(() => periodReader("month")(Number.NaN)).path).toBe("epochMs");
  });

  it("is a week that begins before 0001-01-01", () => {
    const error = thrown(() => periodOf("0001-01-01", "week", { weekStartsOn: 0 }));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "at"]);
    expect(error.message).toContain('"0001-01-01"');
    expect(periodOf("0001-01-01", "week").label).toBe("0001-W01");
  });

  it("is not the first or the last year of the calendar", () => {
    expect(periodOf("0001-01-01", "year").label).toBe("0001");
    const last = periodOf("9999-12-31", "year");
    expect([last.label, last.end]).toEqual(["9999", Date.UTC(9999, 11, 31) + DAY]);
  });
});
