import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clubNumbers } from "../../../src/loyalty/schemes/club-numbers.js";

const members = [
  { memberId: "ani", joinedAt: "2024-01-01" },
  { memberId: "budi", joinedAt: "2024-01-15", leftAt: "2024-02-01" },
  { memberId: "citra", joinedAt: "2024-02-10", leftAt: "2024-03-05" },
  { memberId: "citra", joinedAt: "2024-03-20" },
  { memberId: "dewi", joinedAt: "2023-11-01", leftAt: "2024-01-20" },
];
const options = { start: "2024-01-01", asOf: "2024-04-01" };

describe("a club by month, by hand", () => {
  const activity = [
    { memberId: "ani", at: "2024-01-05" },
    { memberId: "ani", at: "2024-01-06" },
    { memberId: "dewi", at: "2024-01-05" },
    { memberId: "citra", at: "2024-03-01" },
    { memberId: "ani", at: "2024-04-01" },
  ];
  const { periods, members: now } = clubNumbers(members, { ...options, activity });

  test("opening, joined, left, closing; who joins at the very start joins in it, who left at it left in the next", () => {
    expect(
      periods.map(({ period, opening, joined, left, closing }) => [
        period.label,
        opening,
        joined,
        left,
        closing,
      ]),
    ).toEqual([
      ["2024-01", 1, 2, 1, 2],
      ["2024-02", 2, 1, 1, 2],
      ["2024-03", 2, 1, 1, 2],
    ]);
    expect(now).toBe(2);
    expect(periods[0]?.netGrowth).toMatchObject({ value: 1, numerator: 1, denominator: 1 });
  });
  test("retained are the members of the start who did not leave: dewi of one, budi of two, citra of two though she came back", () => {
    expect(periods.map(({ retained }) => [retained.numerator, retained.denominator])).toEqual([
      [0, 1],
      [1, 2],
      [1, 2],
    ]);
  });
  test("active are members of the end who did something in it: dewi had left, ani's second visit is no second member", () => {
    expect(periods.map(({ active }) => [active.numerator, active.denominator])).toEqual([
      [1, 2],
      [0, 2],
      [1, 2],
    ]);
    // Wilson (1927) of 1 in 2 at 95 %: the roots of 2(p - 0.5)^2 = z^2 p(1 - p), 0.5 -+ 0.5 z / sqrt(z^2 + 2), z = 1.959964.
    const half = (0.5 * 1.959963985) / Math.sqrt(1.959963985 ** 2 + 2);
    expect(periods[0]?.activeInterval?.lower).toBeCloseTo(0.5 - half, 8);
    expect(periods[0]?.activeInterval?.upper).toBeCloseTo(0.5 + half, 8);
  });
});

test("as of the middle of a month it is not complete, and what comes later does not exist", () => {
  const { periods } = clubNumbers(members, { ...options, asOf: "2024-03-10" });
  expect(periods.at(-1)).toMatchObject({ isComplete: false, joined: 0, left: 1, closing: 1 });
  expect(periods.at(-1)?.active).toMatchObject({ value: null, reason: "options.activity is not given" });
});

test("begun later, the months are the same: who left at that very instant leaves in the first of them", () => {
  const all = clubNumbers(members, options);
  const later = clubNumbers(members, { ...options, start: "2024-02-01" });
  expect(later.periods).toEqual(all.periods.slice(1));
  // Just before 1 February budi is still there, though he has left at it.
  expect(clubNumbers(members, { ...options, asOf: "2024-02-01" }).members).toBe(2);
});

test("the month is that of the zone", () => {
  const late = [{ memberId: "ani", joinedAt: "2024-01-31T20:00:00Z" }];
  const joined = (timeZone: string) =>
    clubNumbers(late, { ...options, timeZone }).periods.map((row) => row.joined);
  expect([joined("UTC"), joined("Asia/Jakarta")]).toEqual([
    [1, 0, 0],
    [0, 1, 0],
  ]);
});

test("for any memberships: each period closes where the next opens, and on the members who are there", () => {
  const day = fc.integer({ min: 0, max: 200 });
  const start = Date.UTC(2024, 0, 1);
  const at = (n: number) => start + n * 86_400_000;
  fc.assert(
    fc.property(fc.array(fc.tuple(day, fc.option(day))), day, (given, asOfDay) => {
      const rows = given.map(([joined, stays], i) => ({
        memberId: `${i}`,
        joinedAt: at(joined),
        ...(stays === null ? {} : { leftAt: at(joined + stays) }),
      }));
      const { periods, members: now } = clubNumbers(rows, { start: at(30), asOf: at(asOfDay + 31) });
      for (const [i, row] of periods.entries()) {
        expect(row.closing).toBe(row.opening + row.joined - row.left);
        // The opening members, one by one: who of them is still there at the end. Nobody here comes back.
        const { start } = row.period;
        const stopped = Math.min(row.period.end, at(asOfDay + 31));
        const there = (instant: number) =>
          rows.filter((one) => one.joinedAt < instant && (one.leftAt === undefined || one.leftAt >= instant));
        const stayed = there(start).filter((one) => there(stopped).includes(one)).length;
        expect([row.retained.numerator, row.retained.denominator]).toEqual([stayed, row.opening]);
        if (i > 0) expect(row.opening).toBe(periods[i - 1]?.closing);
        const end = Math.min(row.period.end, at(asOfDay + 31));
        expect(row.closing).toBe(
          rows.filter(({ joinedAt, leftAt }) => joinedAt < end && (leftAt === undefined || leftAt >= end))
            .length,
        );
      }
      expect(now).toBe(periods.at(-1)?.closing);
    }),
  );
});

test.each<[string, object[], string]>([
  [
    "left before joined",
    [{ memberId: "a", joinedAt: "2024-02-01", leftAt: "2024-01-01" }],
    "memberships[0].leftAt",
  ],
  ["no id", [{ memberId: "", joinedAt: "2024-02-01" }], "memberships[0].memberId"],
  ["no day", [{ memberId: "a", joinedAt: "2024-02-30" }], "memberships[0].joinedAt"],
  [
    "two at one time",
    [
      { memberId: "a", joinedAt: "2024-02-01" },
      { memberId: "a", joinedAt: "2024-03-01" },
    ],
    "memberships[1].joinedAt",
  ],
])("%s is refused", (_, rows, path) => {
  expect(() => clubNumbers(rows as typeof members, options)).toThrow(
    expect.objectContaining({ code: "INVALID_ROWS", path }),
  );
});

test("a period that does not exist is refused under its own name", () => {
  expect(() => clubNumbers(members, { ...options, by: "fortnight" as "week" })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.by" }),
  );
});

test("a start that is not before asOf, and an activity of nobody, are refused", () => {
  expect(() => clubNumbers(members, { ...options, start: "2024-04-01" })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.start" }),
  );
  for (const memberId of ["", "M-ani"]) {
    const activity = [{ memberId, at: "2024-01-05" }];
    expect(() => clubNumbers(members, { ...options, activity })).toThrow(
      expect.objectContaining({ code: "INVALID_ROWS", path: "options.activity[0].memberId" }),
    );
  }
});
