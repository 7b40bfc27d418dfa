import { describe, expect, it } from "vitest";
import { periodAt, periodOf } from "../../../src/core/period.js";
import { startOfDay } from "../../../src/core/time-zone.js";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleCalendar } from "../../../src/segmentation/rules/rule-calendar.js";
import { completePeriods, ruleClock } from "../../../src/segmentation/rules/rule-clock.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";
import { thrown } from "../../core/thrown.js";

const UNITS = ["day", "week", "month", "quarter", "halfYear", "year"] as const;

describe("the calendar of a clock", () => {
  it.each([
    { timeZone: "UTC" },
    { timeZone: "Europe/Berlin", weekStartsOn: 0, firstMonth: 4 },
    { timeZone: "America/Santiago", firstMonth: 7 },
    { timeZone: "Pacific/Apia", weekStartsOn: 6 },
  ])("has the periods and days of core, asked in any order: %o", (zone) => {
    const clock = ruleClock({ asOf: "2024-03-31T22:30:00Z", ...zone });
    const { presentPeriod, periodStart, periodEnd, dayStart } = ruleCalendar(clock);
    for (const unit of UNITS) {
      const { index } = periodOf(clock.asOf, unit, clock);
      expect(presentPeriod(unit)).toBe(index);
      for (const back of [0, 5, 1, 700, 5, -3, 699]) {
        const { start, end } = periodAt(index - back, unit, clock);
        expect([periodStart(unit, index - back), periodEnd(unit, index - back)]).toEqual([start, end]);
      }
      // Longer and shorter lists, each as if it were the first.
      for (const count of [3, 1, 40, 41, 100, 2, 60]) {
        const bounds = Array.from(
          { length: count + 1 },
          (_, i) => periodAt(index - count + i, unit, clock).start,
        );
        expect([...Array.from(completePeriods(unit, count, clock))]).toEqual(bounds);
      }
    }
    for (const day of [0, 19_812, 19_811, 15_338, 0])
      expect(dayStart(day)).toBe(startOfDay(day, zone.timeZone));
  });

  it("reaches back to its first period and no further", () => {
    const clock = ruleClock({ asOf: "0003-07-01" });
    expect(completePeriods("year", 2, clock)).toHaveLength(3);
    expect(thrown(() => completePeriods("year", 3, clock)).path).toBe("index");
    expect(completePeriods("month", 30, clock)).toHaveLength(31);
    expect(thrown(() => completePeriods("month", 31, clock)).path).toBe("index");
  });
});

describe("dates that leave the calendar", () => {
  const fields = ruleFields({ at: "instant" }, { visits: { until: "instant" } });
  const long = { last: { years: 1000 } } as const;
  const within = { op: "within", field: "at", window: long } as const;
  const others: SegmentRule[] = [{ op: "exists", field: "at" }];
  const options = { fields, asOf: "0900-01-01" };
  const eventsOf = () => ({});

  it.each<[string, SegmentRule]>([
    [".window", within],
    [".window", { op: "within", field: "at", window: { ago: [{ years: 1000 }, { days: 1 }] } }],
    [".window", { op: "within", field: "at", window: { calendar: "year", offset: -1000 } }],
    [".within", { op: "anniversary", field: "at", within: { years: 1000 }, direction: "last" }],
    [".window", { op: "did", of: "visits", window: long }],
    [".is.window", { op: "first", of: "visits", is: { op: "within", window: long } }],
    ["", { op: "first", of: "visits", window: { last: { days: 1 } }, is: { op: "within", window: long } }],
    [".outOf", { op: "frequency", of: "visits", unit: "year", atLeast: 1, outOf: 1000 }],
    [".where.window", { op: "did", of: "visits", where: { ...within, field: "until" } }],
    [
      ".steps[1].where.of.window",
      {
        op: "sequence",
        steps: [
          { of: "visits", where: { op: "exists", field: "until" } },
          { of: "visits", where: { op: "not", of: { ...within, field: "until" } } },
        ],
      },
    ],
    [
      ".notFollowedBy.where.window",
      {
        op: "sequence",
        steps: [{ of: "visits" }],
        notFollowedBy: { of: "visits", where: { ...within, field: "until" } },
      },
    ],
    [".window", { op: "sequence", steps: [{ of: "visits" }], window: long }],
  ])("are told with their place in the rule: %s", (part, leaf) => {
    const rule: SegmentRule = { op: "all", of: [...others, { op: "not", of: leaf }] };
    const expected = { code: "INVALID_ARGUMENT", path: `rule.of[1].of${part}` };
    const error = thrown(() => compileRule(rule, options));
    expect(error).toMatchObject(expected);
    expect(error.message).toContain("0001 to 9999");
    expect(thrown(() => selectRows(rule, { at: [0] }, { ...options, eventsOf }))).toMatchObject(expected);
    const inSegment = { path: `segments.old.of[1].of${part}` };
    const asSegment: SegmentRule = { op: "segment", segment: "old" };
    const segments = { old: rule };
    expect(thrown(() => compileRule(asSegment, { ...options, segments }))).toMatchObject(inSegment);
    expect(
      thrown(() => selectRows(asSegment, { at: [0] }, { ...options, segments, eventsOf })),
    ).toMatchObject(inSegment);
    expect(thrown(() => segmentSet({ good: others[0], old: rule }, options))).toMatchObject(inSegment);
  });
});
