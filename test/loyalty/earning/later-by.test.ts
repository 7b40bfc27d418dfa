import fc from "fast-check";
import { expect, test } from "vitest";
import { addDuration, type Duration } from "../../../src/core/duration.js";
import { laterBy } from "../../../src/loyalty/earning/later-by.js";
import { defineProgram } from "../../../src/loyalty/parse-loyalty.js";

// One programme for each zone: what it keeps of one instant must not change the answer to the next.
// Clocks that change, and a day (2011-12-30) that Apia never had.
const programs = ["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"].map(
  (timeZone) =>
    defineProgram({
      version: 1,
      id: "club",
      currency: "EUR",
      timeZone,
      pointTypes: [{ id: "points", kind: "spendable" }],
    }),
);
const durations: readonly Duration[] = [
  { years: 1 },
  { months: 1 },
  { months: 3, days: 30 },
  { weeks: 2 },
  { days: 0 },
  { years: 4000 },
];
const hour = 3_600_000;
const days = [
  "2024-02-29",
  "2024-03-31",
  "2023-10-29",
  "2024-11-03",
  "2023-10-01",
  "2011-11-30",
  "2010-12-30",
  "5999-12-30",
];

test("is what addDuration gives, hour by hour of a day and from day to day", () => {
  const instants = fc.record({
    start: fc.constantFrom(...days).map((day) => Date.parse(`${day}T00:00:00Z`)),
    halves: fc.array(fc.integer({ min: -48, max: 96 }), { minLength: 1, maxLength: 40 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...programs),
      fc.constantFrom(...durations),
      instants,
      (program, duration, { start, halves }) => {
        for (const half of halves) {
          const at = start + (half * hour) / 2;
          expect(given(() => laterBy(program, duration, at))).toEqual(
            given(() => addDuration(at, duration, { timeZone: program.timeZone })),
          );
        }
      },
    ),
    { numRuns: 400 },
  );
});

test("the ends of the calendar are refused as addDuration does", () => {
  for (const program of programs) {
    for (const at of [
      Date.UTC(9998, 11, 31, 12),
      Date.UTC(9999, 11, 30),
      Date.UTC(9999, 11, 31),
      Number.NaN,
    ]) {
      for (const shift of [0, hour, 20 * hour]) {
        expect(given(() => laterBy(program, { years: 1 }, at + shift))).toEqual(
          given(() => addDuration(at + shift, { years: 1 }, { timeZone: program.timeZone })),
        );
      }
    }
  }
});

/** The answer, or the message of the refusal. */
function given(call: () => number): number | string {
  try {
    return call();
  } catch (error) {
    return (error as Error).message;
  }
}
