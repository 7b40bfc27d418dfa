import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNumber } from "../../src/core/civil-day.js";
import { epochMs } from "../../src/core/instant.js";
import { civilDaySchema } from "../../src/model/civil-day-schema.js";
import { instantSchema } from "../../src/model/instant-schema.js";
import { currencySchema, moneySchema } from "../../src/model/money-schema.js";

const notAnInstant =
  "is not an instant: pass a Date, epoch milliseconds or ISO 8601 with an offset (2024-03-01T09:00:00+07:00)";

describe("instantSchema", () => {
  test.each<[string, Date | number | string, number]>([
    ["text with an offset", "2024-03-01T09:00:00+07:00", Date.UTC(2024, 2, 1, 2)],
    ["text in UTC", "2024-03-01T02:00:00Z", Date.UTC(2024, 2, 1, 2)],
    ["text to the minute", "2024-03-01T09:00+07:00", Date.UTC(2024, 2, 1, 2)],
    ["text to the microsecond, cut", "2024-03-01T02:00:00.123987Z", Date.UTC(2024, 2, 1, 2, 0, 0, 123)],
    ["a half-hour offset", "2024-03-01T00:00:00-03:30", Date.UTC(2024, 2, 1, 3, 30)],
    ["29 February of a leap year", "2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["a Date", new Date(5), 5],
    ["epoch milliseconds", -1, -1],
    ["the first of them", "0001-01-01T00:00:00Z", -62_135_596_800_000],
    ["the last of them", "9999-12-31T23:59:59.999Z", 253_402_300_799_999],
  ])("takes %s", (_, value, ms) => {
    expect(instantSchema.parse(value)).toBe(ms);
    // The same reading as everywhere in the library.
    expect(epochMs(value, "value")).toBe(ms);
  });

  test.each<[string, unknown]>([
    ["a civil day, which begins somewhere else in every zone", "2024-03-01"],
    ["a time without an offset", "2024-03-01T09:00:00"],
    ["a blank instead of T", "2024-03-01 09:00:00Z"],
    ["29 February of a common year", "2023-02-29T00:00:00Z"],
    ["30 February to the minute", "2024-02-30T00:00Z"],
    ["hour 24", "2024-03-01T24:00:00Z"],
    ["an offset without a colon", "2024-03-01T09:00:00+0700"],
    ["an offset that leads before the year 1", "0001-01-01T00:00:00+07:00"],
    ["the year 0", "0000-12-31T00:00:00Z"],
    ["a date that is none", new Date(Number.NaN)],
    ["half a millisecond", 0.5],
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["a number beyond the year 9999", 253_402_300_800_000],
    ["microseconds", 1_709_258_400_000_000],
    ["text of digits", "1709258400000"],
    ["nothing", ""],
    ["null", null],
    ["true", true],
  ])("refuses %s", (_, value) => {
    const { error } = instantSchema.safeParse(value);
    expect(error?.issues.map(({ message, path }) => ({ message, path }))).toEqual([
      { message: notAnInstant, path: [] },
    ]);
  });

  test("agrees with the functions of the library on all its text", () => {
    const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, "0"));
    const text = fc
      .tuple(
        fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, "0")),
        twoDigits(13),
        twoDigits(32),
        twoDigits(25),
        twoDigits(60),
        fc.constantFrom("", ":00", ":59", ":60", ":30.5", ":30.1239", ":1"),
        fc.constantFrom("Z", "+07:00", "-03:30", "+24:00", "+0700", "", "z"),
      )
      .map(
        ([year, month, day, hour, minute, seconds, zone]) =>
          `${year}-${month}-${day}T${hour}:${minute}${seconds}${zone}`,
      );
    fc.assert(
      fc.property(text, (value) => {
        let expected: number | undefined;
        try {
          expected = epochMs(value, "value");
        } catch {
          expected = undefined;
        }
        expect(instantSchema.safeParse(value).data).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("civilDaySchema", () => {
  test("agrees with the functions of the library on all its text", () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, "0"));
    const year = fc
      .oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0, 1, 1900, 2000, 2024, 9999))
      .map((n) => String(n).padStart(4, "0"));
    const last = fc.constantFrom("28", "29", "30", "31", "32");
    const days = fc.tuple(year, two(13), fc.oneof(two(33), last)).map((parts) => parts.join("-"));
    fc.assert(
      fc.property(days, (day) => {
        let exists = true;
        try {
          dayNumber(day);
        } catch {
          exists = false;
        }
        expect(civilDaySchema.safeParse(day).success).toBe(exists);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(["2024-02-29", "1945-08-17", "2000-02-29", "0001-01-01"])("keeps %s", (day) => {
    expect(civilDaySchema.parse(day)).toBe(day);
  });

  test.each([
    "2023-02-29",
    "1900-02-29",
    "0000-01-01",
    "0000-13-01",
    "2024-13-01",
    "2024-3-1",
    "17-08-1945",
    "2024-03-01T00:00:00Z",
    "",
    20240301,
  ])("refuses %j", (day) => {
    expect(civilDaySchema.safeParse(day).error?.issues.map(({ message }) => message)).toEqual([
      "is not a day of the calendar YYYY-MM-DD",
    ]);
  });
});

describe("moneySchema", () => {
  test.each([
    { amount: 2_500_000, currency: "IDR" },
    { amount: -1050, currency: "USD" },
    { amount: 0, currency: "JPY" },
    { amount: Number.MAX_SAFE_INTEGER, currency: "BHD" },
  ])("takes %j", (amount) => {
    expect(moneySchema.parse(amount)).toEqual(amount);
  });

  const whole = "is not a whole number of minor units";
  test.each<[unknown, string, PropertyKey[]]>([
    [{ amount: 10.5, currency: "USD" }, whole, ["amount"]],
    [{ amount: "25000", currency: "IDR" }, whole, ["amount"]],
    [{ amount: Number.NaN, currency: "IDR" }, whole, ["amount"]],
    [{ amount: 25_000n, currency: "IDR" }, whole, ["amount"]],
    [
      { amount: 2 ** 53, currency: "IDR" },
      "is beyond 2^53 - 1, where whole numbers stop being exact",
      ["amount"],
    ],
    [
      { amount: 1, currency: "Rp" },
      "is not a currency code of three capital letters (ISO 4217)",
      ["currency"],
    ],
  ])("refuses %o: %s", (amount, message, path) => {
    expect(moneySchema.safeParse(amount).error?.issues).toMatchObject([{ message, path }]);
  });

  test("-0 becomes 0, as JSON has it", () => {
    expect(moneySchema.parse({ amount: -0, currency: "USD" }).amount).toBe(0);
    expect(instantSchema.parse(-0)).toBe(0);
  });

  test("a code is three capitals and no more", () => {
    expect(["IDR", "XTS"].every((code) => currencySchema.safeParse(code).success)).toBe(true);
    expect(
      ["idr", "IDRX", "ID", " IDR", "IDR\n"].some((code) => currencySchema.safeParse(code).success),
    ).toBe(false);
  });
});
