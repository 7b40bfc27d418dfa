import vm from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochMs, instantOrNaN } from "../../src/core/instant.js";
import { thrown } from "./thrown.js";

describe("epochMs", () => {
  it("takes Date, epoch milliseconds, ISO 8601 with an offset and civil days", () => {
    const at = Date.UTC(2024, 1, 29, 6, 45);
    expect(epochMs(new Date(at), "at")).toBe(at);
    expect(epochMs(at, "at")).toBe(at);
    expect(epochMs("2024-02-29T06:45Z", "at")).toBe(at);
    expect(epochMs("2024-02-29T13:45:00+07:00", "at")).toBe(at);
    expect(epochMs("2024-02-28T20:15:00.000-10:30", "at")).toBe(at);
    expect(epochMs("2024-02-29", "at")).toBe(Date.UTC(2024, 1, 29));
    expect(epochMs("2024-02-29", "at", "Asia/Jakarta")).toBe(Date.UTC(2024, 1, 28, 17));
    expect(epochMs("2018-11-04", "at", "America/Sao_Paulo")).toBe(Date.UTC(2018, 10, 4, 3));
  });

  it("takes a Date of another realm", () => {
    expect(epochMs(vm.runInNewContext("new Date(86400000)") as Date, "at")).toBe(86_400_000);
  });

  it("cuts fractions of a second to milliseconds, also before 1970", () => {
    expect(epochMs("1970-01-01T00:00:00.5Z", "at")).toBe(500);
    expect(epochMs("1970-01-01T00:00:00.05Z", "at")).toBe(50);
    expect(epochMs("1970-01-01T00:00:00.123999999Z", "at")).toBe(123);
    expect(epochMs("1969-12-31T23:59:59.9999Z", "at")).toBe(-1);
  });

  it("reads back what Date writes", () => {
    const min = new Date("0001-01-01T00:00:00Z").getTime();
    const max = new Date("9999-12-31T23:59:59.999Z").getTime();
    fc.assert(
      fc.property(fc.integer({ min, max }), (ms) => {
        expect(epochMs(new Date(ms).toISOString(), "at")).toBe(ms);
        expect(epochMs(ms, "at")).toBe(ms);
      }),
      { numRuns: 1000 },
    );
  });

  it("agrees with Date.parse on offsets", () => {
    const pad = (n: number) => String(n).padStart(2, "0");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.constantFrom("+", "-"),
        fc.nat(23),
        fc.nat(59),
        (ms, sign, hours, minutes) => {
          const text = `${new Date(ms).toISOString().slice(0, -1)}${sign}${pad(hours)}:${pad(minutes)}`;
          expect(epochMs(text, "at")).toBe(Date.parse(text));
        },
      ),
    );
  });

  it.each([
    ["2024-02-29T13:45:00", "without an offset"],
    ["2024-02-29T13:45", "without an offset"],
    ["2024-02-29 13:45:00", "2024-02-29T13:45:00+07:00"],
    ["2024-02-29T13:45:00.250", "without an offset"],
    ["2023-02-30", "there is no such day"],
    ["2023-02-30T00:00:00Z", "there is no such day"],
    ["2024-1-5", "ISO 8601 with an offset"],
    ["2024-02", "ISO 8601 with an offset"],
    ["20240229", "ISO 8601 with an offset"],
    ["29/02/2024", "ISO 8601 with an offset"],
    ["1709189100000", "ISO 8601 with an offset"],
    ["2024-02-29T24:00:00Z", "ISO 8601 with an offset"],
    ["2024-02-29T13:60:00Z", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:60Z", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00.Z", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00,5Z", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00z", "ISO 8601 with an offset"],
    ["2024-02-29t13:45:00Z", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00 Z", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00Z ", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00+0700", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00+07", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00+24:00", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00+07:60", "ISO 8601 with an offset"],
    ["2024-02-29T13:45:00+07:00[Asia/Jakarta]", "ISO 8601 with an offset"],
    ["2024-02-29T13Z", "ISO 8601 with an offset"],
    ["+002024-02-29T13:45:00Z", "ISO 8601 with an offset"],
    ["today", "ISO 8601 with an offset"],
    ["", "ISO 8601 with an offset"],
  ])("refuses %j and says what to pass", (value, hint) => {
    const error = thrown(() => epochMs(value, "rows[3].at"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "rows[3].at"]);
    expect(error.message).toContain(`rows[3].at is ${JSON.stringify(value)}`);
    expect(error.message).toContain(hint);
  });

  it.each([
    [1.5, "1.5", "whole epoch milliseconds"],
    [Number.NaN, "NaN", "a Date"],
    [Number.POSITIVE_INFINITY, "Infinity", "a Date"],
    [8.64e15, "8640000000000000", "0001 to 9999"],
    [new Date(Number.NaN), "an invalid Date", "a Date"],
    [new Date(8.64e15), "+275760-09-13", "outside the years 0001 to 9999"],
    [null, "null", "a Date"],
    [undefined, "undefined", "a Date"],
    [{}, "an object", "a Date"],
    [10n, "10n", "a Date"],
  ])("refuses %s", (value, named, hint) => {
    const error = thrown(() => epochMs(value as never, "at"));
    expect([error.code, error.path]).toEqual(["INVALID_ARGUMENT", "at"]);
    expect(error.message).toContain(`at is ${named}`);
    expect(error.message).toContain(hint);
  });

  it("refuses what leads out of the calendar, and says so", () => {
    // The year 1 begins in Jakarta while it is still the year 0 in UTC.
    for (const [value, timeZone] of [
      ["0001-01-01", "Asia/Jakarta"],
      ["0001-01-01T00:00:00+14:00", "UTC"],
      ["9999-12-31T23:59:59.999-14:00", "UTC"],
    ] as const) {
      const error = thrown(() => epochMs(value, "at", timeZone));
      expect(error.message).toBe(
        `at is "${value}", outside the years 0001 to 9999 of UTC: pass an instant inside them`,
      );
    }
  });

  it("has no negative zero", () => {
    expect(epochMs(-0, "at")).toBe(0);
  });

  it("refuses an unknown zone for a civil day", () => {
    const error = thrown(() => epochMs("2024-02-29", "at", "Asia/Nowhere"));
    expect([error.code, error.path]).toEqual(["UNKNOWN_TIME_ZONE", "timeZone"]);
  });
});

describe("instantOrNaN", () => {
  it("gives what epochMs gives, and NaN for all else without an error", () => {
    const given = fc.oneof(
      fc.anything(),
      fc.integer(),
      fc.date({ noInvalidDate: false }),
      fc.string({ unit: fc.constantFrom(..."0123456789-T:Z+. "), maxLength: 30 }),
      fc
        .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
        .map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(given, fc.constantFrom("UTC", "Asia/Jakarta", "America/Sao_Paulo"), (value, timeZone) => {
        let expected = Number.NaN;
        try {
          expected = epochMs(value as string, "at", timeZone);
        } catch {
          // No instant.
        }
        expect(instantOrNaN(value, timeZone) + 0).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("is NaN for what only looks like an instant", () => {
    const bad = [
      1.5,
      1e18,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      "",
      "2024-02-30",
      "2024-01-01T10:00:00",
      "1709189100000",
    ];
    const others = [null, undefined, true, 5n, [0], {}, new Date(Number.NaN), new Date(8.64e15), () => 0];
    for (const value of [...bad, ...others]) expect(instantOrNaN(value, "UTC")).toBeNaN();
  });

  it("takes a Date of another realm, and a civil day as its start in the zone", () => {
    expect(instantOrNaN(vm.runInNewContext("new Date(86400000)"), "UTC")).toBe(86_400_000);
    expect(instantOrNaN("2024-02-29", "Asia/Jakarta")).toBe(Date.UTC(2024, 1, 28, 17));
  });
});
