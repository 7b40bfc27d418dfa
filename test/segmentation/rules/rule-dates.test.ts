import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { FieldRule, RuleWindow } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";

const fields = ruleFields({ at: "instant" });
type Clock = {
  readonly asOf?: string;
  readonly timeZone?: string;
  readonly weekStartsOn?: number;
  readonly firstMonth?: number;
};

/** For each instant, whether the condition on it holds. */
function held(
  condition: object,
  instants: readonly unknown[],
  { asOf = "2024-07-01", ...clock }: Clock = {},
): boolean[] {
  const rule = { ...condition, field: "at" } as FieldRule;
  const compiled = compileRule(rule, { fields, asOf, ...clock });
  return instants.map((at) => compiled.matches({ at }));
}

/** Checks that a window begins and ends where it should, to the millisecond. */
function expectWindow(window: RuleWindow, start: string, end: string, clock: Clock): void {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const around = [from - 1, from, to - 1, to];
  expect(held({ op: "within", window }, around, clock), JSON.stringify(window)).toEqual([
    false,
    true,
    true,
    false,
  ]);
}

describe("a civil day in a rule is the whole day", () => {
  // 29 February in Jakarta, seven hours ahead: its first and last milliseconds, and those beside them.
  const edges = [
    "2024-02-28T16:59:59.999Z",
    "2024-02-28T17:00:00Z",
    "2024-02-29T16:59:59.999Z",
    "2024-02-29T17:00:00Z",
  ];
  const clock = { timeZone: "Asia/Jakarta" };
  const [f, t] = [false, true];

  it.each([
    ["eq", [f, t, t, f]],
    ["ne", [t, f, f, t]],
    ["lt", [t, f, f, f]],
    ["lte", [t, t, t, f]],
    ["gt", [f, f, f, t]],
    ["gte", [f, t, t, t]],
  ])("%s", (op, expected) => {
    expect(held({ op, value: "2024-02-29" }, edges, clock)).toEqual(expected);
  });

  it("between two days takes both", () => {
    const between = { op: "between", from: "2024-02-29", to: "2024-03-01" };
    const at = [
      "2024-02-28T16:59:59.999Z",
      "2024-02-28T17:00:00Z",
      "2024-03-01T16:59:59.999Z",
      "2024-03-01T17:00:00Z",
    ];
    expect(held(between, at, clock)).toEqual([f, t, t, f]);
  });

  it("has 23 and 25 hours where clocks change", () => {
    const berlin = { timeZone: "Europe/Berlin" };
    const hours = (from: string, to: string, day: string) =>
      held(
        { op: "eq", value: day },
        [Date.parse(from) - 1, Date.parse(from), Date.parse(to) - 1, Date.parse(to)],
        berlin,
      );
    expect(hours("2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z", "2024-03-31")).toEqual([f, t, t, f]);
    expect(hours("2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z", "2024-10-27")).toEqual([f, t, t, f]);
  });

  it("may be the first and the last of the calendar, in every zone", () => {
    for (const timeZone of ["UTC", "Asia/Jakarta", "America/New_York", "Pacific/Kiritimati"]) {
      expect(
        held({ op: "between", from: "0001-01-01", to: "9999-12-31" }, ["2024-01-01", 0], { timeZone }),
      ).toEqual([t, t]);
      expect(held({ op: "gt", value: "9999-12-31" }, ["2024-01-01"], { timeZone })).toEqual([f]);
      expect(
        held({ op: "within", window: { from: "0001-01-01", until: "9999-12-31" } }, [0], { timeZone }),
      ).toEqual([t]);
    }
  });
});

describe("an instant in a rule is that instant, whatever its offset", () => {
  it("is compared as time, not as text", () => {
    const value = "2026-01-01T10:00:00+02:00";
    expect(
      held({ op: "gte", value }, [
        "2026-01-01T09:00:00Z",
        "2026-01-01T08:00:00Z",
        "2026-01-01T07:59:59.999Z",
      ]),
    ).toEqual([true, true, false]);
    expect(held({ op: "eq", value }, ["2026-01-01T08:00:00Z", "2026-01-01T08:00:00.001Z"])).toEqual([
      true,
      false,
    ]);
  });

  it("is read from Date, milliseconds, text and civil days alike", () => {
    const ms = Date.UTC(2024, 0, 1);
    const forms = [new Date(ms), ms, "2024-01-01T00:00:00Z", "2024-01-01T07:00:00+07:00", "2024-01-01"];
    expect(held({ op: "eq", value: "2024-01-01T00:00:00Z" }, forms)).toEqual(forms.map(() => true));
    // A civil day in a field is its start in the zone of the rule.
    expect(
      held({ op: "eq", value: "2024-01-01T00:00:00+07:00" }, ["2024-01-01"], { timeZone: "Asia/Jakarta" }),
    ).toEqual([true]);
  });
});

describe("windows", () => {
  it("last 90 days are 90 days: not 91, not the start of a day", () => {
    const clock = { asOf: "2024-07-01T15:30:00Z" };
    expectWindow({ last: { days: 90 } }, "2024-04-02T15:30:00Z", "2024-07-01T15:30:00Z", clock);
    expect(Date.parse("2024-07-01T15:30:00Z") - Date.parse("2024-04-02T15:30:00Z")).toBe(90 * 86_400_000);
    expectWindow({ last: { weeks: 1 } }, "2024-06-24T15:30:00Z", "2024-07-01T15:30:00Z", clock);
    expectWindow({ next: { days: 30 } }, "2024-07-01T15:30:00Z", "2024-07-31T15:30:00Z", clock);
    expectWindow(
      { ago: [{ days: 60 }, { days: 30 }] },
      "2024-05-02T15:30:00Z",
      "2024-06-01T15:30:00Z",
      clock,
    );
  });

  it("days over a change of clocks keep the time of day", () => {
    // Berlin went ahead by an hour on 31 March 2024: the day before has 23 hours.
    const clock = { asOf: "2024-04-01T12:00:00+02:00", timeZone: "Europe/Berlin" };
    expectWindow({ last: { days: 2 } }, "2024-03-30T12:00:00+01:00", "2024-04-01T12:00:00+02:00", clock);
    const autumn = { asOf: "2024-10-28T12:00:00+01:00", timeZone: "Europe/Berlin" };
    expectWindow({ last: { days: 1 } }, "2024-10-27T12:00:00+01:00", "2024-10-28T12:00:00+01:00", autumn);
    expectWindow({ last: { days: 2 } }, "2024-10-26T12:00:00+02:00", "2024-10-28T12:00:00+01:00", autumn);
  });

  it("months go to the last day of the month at most", () => {
    expectWindow({ last: { months: 1 } }, "2024-02-29T00:00:00Z", "2024-03-31T00:00:00Z", {
      asOf: "2024-03-31",
    });
    expectWindow({ last: { years: 1 } }, "2023-02-28T00:00:00Z", "2024-02-29T00:00:00Z", {
      asOf: "2024-02-29",
    });
    expectWindow({ last: { months: 2 } }, "2023-12-29T00:00:00Z", "2024-02-29T00:00:00Z", {
      asOf: "2024-02-29",
    });
  });

  it("calendar periods are those of the zone, the present one being that of asOf", () => {
    // A Monday morning in Jakarta, still Sunday in UTC.
    const clock = { asOf: "2024-06-30T20:00:00Z", timeZone: "Asia/Jakarta" };
    expectWindow({ calendar: "day" }, "2024-07-01T00:00:00+07:00", "2024-07-02T00:00:00+07:00", clock);
    expectWindow({ calendar: "week" }, "2024-07-01T00:00:00+07:00", "2024-07-08T00:00:00+07:00", clock);
    expectWindow({ calendar: "month" }, "2024-07-01T00:00:00+07:00", "2024-08-01T00:00:00+07:00", clock);
    expectWindow(
      { calendar: "month", offset: -1 },
      "2024-06-01T00:00:00+07:00",
      "2024-07-01T00:00:00+07:00",
      clock,
    );
    expectWindow(
      { calendar: "month", offset: -1, count: 3 },
      "2024-04-01T00:00:00+07:00",
      "2024-07-01T00:00:00+07:00",
      clock,
    );
    expectWindow({ calendar: "quarter" }, "2024-07-01T00:00:00+07:00", "2024-10-01T00:00:00+07:00", clock);
    expectWindow(
      { calendar: "halfYear", offset: -1 },
      "2024-01-01T00:00:00+07:00",
      "2024-07-01T00:00:00+07:00",
      clock,
    );
    expectWindow(
      { calendar: "year", offset: 1 },
      "2025-01-01T00:00:00+07:00",
      "2026-01-01T00:00:00+07:00",
      clock,
    );
    expectWindow({ calendar: "week" }, "2024-06-24T00:00:00Z", "2024-07-01T00:00:00Z", { asOf: clock.asOf });
  });

  it("the week begins where it is told to, the financial year too", () => {
    const sunday = { asOf: "2024-07-03", weekStartsOn: 0 };
    expectWindow({ calendar: "week" }, "2024-06-30T00:00:00Z", "2024-07-07T00:00:00Z", sunday);
    const april = { asOf: "2024-03-31", firstMonth: 4 };
    expectWindow({ calendar: "year" }, "2023-04-01T00:00:00Z", "2024-04-01T00:00:00Z", april);
    expectWindow({ calendar: "quarter" }, "2024-01-01T00:00:00Z", "2024-04-01T00:00:00Z", april);
    expectWindow({ calendar: "halfYear" }, "2023-10-01T00:00:00Z", "2024-04-01T00:00:00Z", april);
  });

  it("fixed ones take their first day and not their last", () => {
    const clock = { timeZone: "Asia/Jakarta" };
    expectWindow(
      { from: "2024-01-01", until: "2024-07-01" },
      "2024-01-01T00:00:00+07:00",
      "2024-07-01T00:00:00+07:00",
      clock,
    );
    expect(
      held({ op: "within", window: { from: "2024-01-01" } }, ["2023-12-31", "2024-01-01", "2999-01-01"]),
    ).toEqual([false, true, true]);
    expect(
      held({ op: "within", window: { until: "2024-01-01" } }, ["0001-01-01", "2023-12-31", "2024-01-01"]),
    ).toEqual([true, true, false]);
  });
});

describe("anniversaries", () => {
  const next = (days: number) => ({ op: "anniversary", within: { days } });
  const last = (days: number) => ({ op: "anniversary", within: { days }, direction: "last" });

  it("7 days are today and the 6 after, or the 6 before and today", () => {
    const born = ["1990-06-24", "1990-06-25", "1990-06-30", "1990-07-01", "1990-07-07", "1990-07-08"];
    expect(held(next(7), born)).toEqual([false, false, false, true, true, false]);
    expect(held(last(7), born)).toEqual([false, true, true, true, false, false]);
  });

  it("come round over the end of the year", () => {
    const clock = { asOf: "2024-12-28" };
    expect(held(next(7), ["1990-12-27", "1990-12-28", "1990-01-03", "1990-01-04"], clock)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(held(last(7), ["1990-12-31", "1990-01-03"], { asOf: "2024-01-03" })).toEqual([true, true]);
    expect(held(last(3), ["1990-12-31", "1990-01-01"], { asOf: "2024-01-03" })).toEqual([false, true]);
  });

  it("of 29 February are on 28 February where there is none", () => {
    const born = ["2000-02-28", "2000-02-29", "2000-03-01"];
    expect(held(next(1), born, { asOf: "2023-02-28" })).toEqual([true, true, false]);
    expect(held(next(1), born, { asOf: "2024-02-28" })).toEqual([true, false, false]);
    expect(held(next(1), born, { asOf: "2024-02-29" })).toEqual([false, true, false]);
    expect(held(next(1), born, { asOf: "2023-03-01" })).toEqual([false, false, true]);
    expect(held(next(1), born, { asOf: "2100-02-28" })).toEqual([true, true, false]);
    expect(held(last(1), born, { asOf: "2023-02-28" })).toEqual([true, true, false]);
  });

  it("are days of the zone, of the field and of asOf alike", () => {
    // 30 June 18:00 UTC is 1 July in Jakarta.
    const at = [
      "1990-06-30T18:00:00Z",
      "1990-06-30T16:59:59Z",
      "1990-07-01T16:59:59Z",
      "1990-07-01T17:00:00Z",
    ];
    const clock = { asOf: "2024-06-30T18:00:00Z", timeZone: "Asia/Jakarta" };
    expect(held(next(1), at, clock)).toEqual([true, false, true, false]);
  });

  it("lie after the day itself: what began today, or will, has none yet", () => {
    const began = ["2023-07-01", "2024-07-01", "2024-07-03", "2023-07-03", "2030-07-03", "2025-06-30"];
    expect(held(next(7), began)).toEqual([true, false, false, true, false, false]);
    expect(held(last(7), ["2023-07-01", "2024-07-01", "2023-06-25", "2024-06-25", "2030-06-25"])).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    // The first one is a year away: within two years, not within one.
    const years = (count: number, at: string, clock?: Clock) =>
      held({ op: "anniversary", within: { years: count } }, [at], clock)[0];
    expect([1, 2].map((count) => years(count, "2024-07-01"))).toEqual([false, true]);
    expect([1, 2].map((count) => years(count, "2024-06-30"))).toEqual([true, true]);
    expect([6, 7, 8].map((count) => years(count, "2030-07-01"))).toEqual([false, false, true]);
    expect([6, 7].map((count) => years(count, "2030-06-30"))).toEqual([false, true]);
  });

  it("of 29 February begin with 28 February of the year after", () => {
    const leap = ["2024-02-29"];
    expect(held(next(1), leap, { asOf: "2024-02-29" })).toEqual([false]);
    expect(held(next(1), leap, { asOf: "2025-02-28" })).toEqual([true]);
    expect(held(next(1), leap, { asOf: "2025-03-01" })).toEqual([false]);
    expect(held(next(366), leap, { asOf: "2024-02-29" })).toEqual([true]);
    expect(held(next(365), leap, { asOf: "2024-02-29" })).toEqual([false]);
    expect(held(last(1), leap, { asOf: "2024-02-29" })).toEqual([false]);
    expect(held(last(365), leap, { asOf: "2025-03-01" })).toEqual([true]);
  });

  it("begin with the local day: a birth in the last hours of a year in UTC may be of the next", () => {
    const clock = { asOf: "2024-12-31T18:00:00Z", timeZone: "Asia/Jakarta" };
    // Both are 1 January in Jakarta: of 2024, a year ago, and of 2025, today.
    expect(held(next(1), ["2023-12-31T18:00:00Z", "2024-12-31T17:30:00Z"], clock)).toEqual([true, false]);
  });

  it("within a year or more, always", () => {
    for (const direction of ["next", "last"]) {
      const rule = { op: "anniversary", within: { years: 1 }, direction };
      expect(held(rule, ["1990-01-01", "2000-02-29", "1990-07-01", "1990-06-30"])).toEqual([
        true,
        true,
        true,
        true,
      ]);
    }
  });
});
