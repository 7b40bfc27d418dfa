import { describe, expect, it } from "vitest";
import { counted, dayIn, numberText, windowIn } from "../../src/charts/number-text.js";

describe("numberText", () => {
  const text = numberText();

  it("writes shares as finely as they need", () => {
    const written = [0, 0.063, 0.5, 0.834, 0.985, 0.998, 1, 1.004, 1.11, -0.2].map(text.percent);
    expect(written).toEqual(["0%", "6.3%", "50%", "83%", "99%", "99.8%", "100%", "100.4%", "111%", "-20%"]);
    expect(text.percent(null)).toBe("n/a");
  });

  it("almost nothing is not nothing, and almost all is not all", () => {
    expect(text.percent(0.0001)).toBe("<0.1%");
    expect(text.percent(0.9999)).toBe(">99.9%");
  });

  it("writes counts in ways that are shorter each", () => {
    expect([999, 1000, 12_345, 999_950].map(text.shorterCounts)).toEqual([
      ["999"],
      ["1,000", "1K"],
      ["12,345", "12.3K", "12K"],
      ["999,950", "1M"],
    ]);
    expect(numberText("id-ID").shorterCounts(12_345)[0]).toBe("12.345");
  });

  it("follows the locale", () => {
    expect(numberText("id-ID").percent(0.063)).toBe("6,3%");
    expect(numberText("de-DE").count(1234567)).toBe("1.234.567");
  });
});

it("counts in the singular and the plural", () => {
  const text = numberText();
  expect([1, 2, 1000].map((n) => counted(text, n, "customer"))).toEqual([
    "1 customer",
    "2 customers",
    "1,000 customers",
  ]);
});

it("names the civil day of the zone", () => {
  const midnight = Date.UTC(2024, 11, 31, 17);
  expect([dayIn("UTC", midnight), dayIn("Asia/Jakarta", midnight)]).toEqual(["2024-12-31", "2025-01-01"]);
});

it("names the ends of a window by their day, and by their time where they are inside it", () => {
  const window = { start: Date.UTC(2024, 0, 1), end: Date.UTC(2024, 1, 1, 7, 30) };
  expect(windowIn("UTC", window)).toBe("from 2024-01-01 until before 2024-02-01 07:30");
  expect(windowIn("Asia/Jakarta", window)).toBe("from 2024-01-01 07:00 until before 2024-02-01 14:30");
  // Clocks in Beirut skipped the midnight of 31 March 2024: the day began at 01:00.
  const skipped = { start: Date.UTC(2024, 2, 30, 22), end: Date.UTC(2024, 2, 30, 22, 0, 5) };
  expect(windowIn("Asia/Beirut", skipped)).toBe("from 2024-03-31 until before 2024-03-31 01:00:05");
});
