import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDay, dayNumber, firstDayOfMonth, monthOfDay } from "../../src/core/civil-day.js";
import { thrown } from "./thrown.js";

const DAY_MS = 86_400_000;
/** 0001-01-01 and 9999-12-31 by the runtime's own Date. */
const FIRST = new Date("0001-01-01T00:00:00Z").getTime() / DAY_MS;
const LAST = new Date("9999-12-31T00:00:00Z").getTime() / DAY_MS;

const anyDayNumber = fc.integer({ min: FIRST, max: LAST });

describe("dayNumber and civilDay", () => {
  it("count from 1970-01-01", () => {
    expect(dayNumber("1970-01-01")).toBe(0);
    expect(civilDay(0)).toBe("1970-01-01");
    expect(dayNumber("1969-12-31")).toBe(-1);
    expect(dayNumber("0001-01-01")).toBe(FIRST);
    expect(dayNumber("9999-12-31")).toBe(LAST);
  });

  it("are the inverse of each other from 0001 to 9999 and agree with Date", () => {
    fc.assert(
      fc.property(anyDayNumber, (day) => {
        expect(civilDay(day)).toBe(new Date(day * DAY_MS).toISOString().slice(0, 10));
        expect(dayNumber(civilDay(day))).toBe(day);
      }),
      { numRuns: 2000 },
    );
  });

  it("keep the order of the text", () => {
    fc.assert(
      fc.property(anyDayNumber, anyDayNumber, (a, b) => {
        expect(Math.sign(a - b)).toBe(civilDay(a) === civilDay(b) ? 0 : civilDay(a) < civilDay(b) ? -1 : 1);
      }),
    );
  });

  it.each([
    ["2023-02-29", "not a leap year"],
    ["1900-02-29", "a century that is none"],
    ["2023-02-30", ""],
    ["2023-04-31", ""],
    ["2023-13-01", ""],
    ["2023-00-10", ""],
    ["2023-01-00", ""],
    ["0000-01-01", "year 0"],
    ["2024-1-5", "one digit"],
    ["24-01-05", "two-digit year"],
    ["2024/01/05", ""],
    ["20240105", ""],
    ["2024-01-05 ", "a blank"],
    ["2024-01-05T00:00Z", "a time"],
    ["+02024-01-0", ""],
    ["2024-0a-05", ""],
    ["", ""],
  ])("refuses %j (%s)", (day) => {
    const error = thrown(() => dayNumber(day));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "day"]);
    expect(error.message).toContain(JSON.stringify(day));
    expect(error.message).toContain("YYYY-MM-DD");
  });

  it("takes 29 February of leap years alone", () => {
    expect(civilDay(dayNumber("2000-02-29"))).toBe("2000-02-29");
    expect(civilDay(dayNumber("2024-02-29"))).toBe("2024-02-29");
    expect(dayNumber("2024-03-01") - dayNumber("2024-02-28")).toBe(2);
    expect(dayNumber("2100-03-01") - dayNumber("2100-02-28")).toBe(1);
  });

  it("refuse what is no day or no day number", () => {
    expect(thrown(() => dayNumber(20240105 as never)).message).toContain("20240105");
    for (const bad of [1.5, Number.NaN, Number.POSITIVE_INFINITY, FIRST - 1, LAST + 1, "0", null]) {
      const error = thrown(() => civilDay(bad as never));
      expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "dayNumber"]);
      expect(error.message).toContain(String(bad));
    }
  });
});

describe("months of days", () => {
  const monthByDate = (day: number) => {
    const date = new Date(day * DAY_MS);
    return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  };

  it("agree with Date on every day of 1890 to 2110", () => {
    const wrong: number[] = [];
    for (let day = dayNumber("1890-01-01"); day <= dayNumber("2110-12-31"); day++) {
      if (monthOfDay(day) !== monthByDate(day)) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });

  it("agree with Date on all days that it can hold, and the first day of a month begins it", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e8, max: 1e8 }), (day) => {
        const month = monthOfDay(day);
        expect(month).toBe(monthByDate(day));
        expect(firstDayOfMonth(month)).toBeLessThanOrEqual(day);
        expect(firstDayOfMonth(month + 1)).toBeGreaterThan(day);
      }),
      { numRuns: 2000 },
    );
  });
});
