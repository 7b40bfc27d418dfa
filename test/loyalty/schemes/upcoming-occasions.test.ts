import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type OccasionCustomer, upcomingOccasions } from "../../../src/loyalty/schemes/upcoming-occasions.js";
import type { Consent } from "../../../src/model/consent.js";

const siti: OccasionCustomer = { id: "siti", birthday: "1992-02-29" };

// S17 of the loyalty scenarios: 29 February in 2024 to 2027, and the same kept on 1 March.
test.each([
  ["feb28", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"]],
  ["mar1", ["2024-02-29", "2025-03-01", "2026-03-01", "2027-03-01"]],
] as const)("a birthday of 29 February, %s, comes once a year", (leapDay, days) => {
  const found = [2024, 2025, 2026, 2027].flatMap((year) =>
    upcomingOccasions([siti], { asOf: `${year}-01-01`, days: 365, leapDay }),
  );
  expect(found.map(({ day }) => day)).toEqual(days);
  expect(found.map(({ years }) => years)).toEqual([32, 33, 34, 35]);
});

test("today counts, the last day is the one before the window ends, and December reaches into January", () => {
  const customers = ["12-30", "12-31", "01-02", "01-03"].map((day) => ({ id: day, birthday: `1990-${day}` }));
  const found = upcomingOccasions(customers, { asOf: "2024-12-30", days: 4 });
  expect(found.map(({ customerId, daysAhead, years }) => [customerId, daysAhead, years])).toEqual([
    ["12-30", 0, 34],
    ["12-31", 1, 34],
    ["01-02", 3, 35],
  ]);
});

test("today is today in the zone", () => {
  const budi = { id: "budi", birthday: "1990-06-02" };
  const ahead = (timeZone: string) =>
    upcomingOccasions([budi], { asOf: "2024-06-01T18:00:00Z", days: 3, timeZone }).map(
      (one) => one.daysAhead,
    );
  expect([ahead("UTC"), ahead("Asia/Jakarta")]).toEqual([[1], [0]]);
});

test("other yearly days come too, but not the day itself on which they began", () => {
  const member = { id: "ani", occasions: [{ kind: "memberSince", day: "2024-06-02" }] };
  const years = (asOf: string) =>
    upcomingOccasions([member], { asOf, days: 7 }).map((one) => [one.kind, one.years]);
  expect([years("2024-06-01"), years("2025-06-01")]).toEqual([[], [["memberSince", 1]]]);
});

test("only who agreed, to this purpose, through this channel or all, and still does", () => {
  const at = Date.UTC(2024, 0, 1);
  const given = (id: string, consent: Consent[]) => ({ id, birthday: "1990-06-02", consent });
  const customers = [
    given("all", [{ purpose: "marketing", at }]),
    given("sms", [{ purpose: "marketing", channel: "sms", at }]),
    given("mail", [{ purpose: "marketing", channel: "mail", at }]),
    given("service", [{ purpose: "service", at }]),
    given("gone", [{ purpose: "marketing", at, withdrawnAt: at + 1 }]),
    given("later", [{ purpose: "marketing", at: Date.UTC(2024, 5, 1) }]),
  ];
  const asked = (consent?: { purpose: string; channel?: "sms" }) =>
    upcomingOccasions(customers, { asOf: "2024-06-01", days: 7, ...(consent ? { consent } : {}) }).map(
      (one) => one.customerId,
    );
  expect(asked({ purpose: "marketing", channel: "sms" })).toEqual(["all", "sms"]);
  expect(asked({ purpose: "marketing" })).toEqual(["all"]);
  expect(asked()).toHaveLength(6);
});

test("windows that follow each other find each birthday once a year, as one long window does", () => {
  const birthday = fc
    .integer({ min: 0, max: 20_000 })
    .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
  const start = Date.UTC(2026, 6, 1);
  fc.assert(
    fc.property(birthday, fc.integer({ min: 1, max: 60 }), (day, days) => {
      const customers = [{ id: "x", birthday: day }];
      const found = [];
      for (let n = 0; n < 366; n += days) {
        const asOf = start + n * 86_400_000;
        found.push(
          ...upcomingOccasions(customers, { asOf, days: Math.min(days, 366 - n) }).map((one) => one.day),
        );
      }
      expect(found).toEqual(upcomingOccasions(customers, { asOf: start, days: 366 }).map((one) => one.day));
    }),
  );
});

test("a day that does not exist, and too long a window, are refused", () => {
  expect(() =>
    upcomingOccasions([{ id: "a", birthday: "2023-02-29" }], { asOf: "2024-01-01", days: 7 }),
  ).toThrow(expect.objectContaining({ code: "INVALID_ROWS", path: "customers[0].birthday" }));
  expect(() => upcomingOccasions([], { asOf: "2024-01-01", days: 367 })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", path: "options.days" }),
  );
});

test.each<[string, object, string]>([
  ["an occasion without a kind", { occasions: [{ day: "2020-01-03" }] }, "customers[0].occasions[0].kind"],
  ["no occasion", { occasions: [null] }, "customers[0].occasions[0].kind"],
  [
    "an agreement that was not parsed",
    { consent: [{ purpose: "marketing", at: "2023-01-01T00:00:00Z" }] },
    "customers[0].consent[0].at",
  ],
])("%s is refused", (_, wrong, path) => {
  const consent = { purpose: "marketing" };
  const options = { asOf: "2024-01-01", days: 7, consent };
  expect(() => upcomingOccasions([{ id: "a", ...wrong } as OccasionCustomer], options)).toThrow(
    expect.objectContaining({ code: "INVALID_ROWS", path }),
  );
});
