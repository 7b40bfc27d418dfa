import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration, subtractDuration } from "../../../src/core/duration.js";
import { durationBounds } from "../../../src/segmentation/rules/duration-bounds.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";

const fields = ruleFields({ renewsAt: "instant" }, { visits: { until: "instant" } });
const asOf = "2024-06-10";
const of = "visits";

function quietUntil(rule: SegmentRule, visits: object[], timeZone = "UTC"): string | null {
  const set = segmentSet({ rule }, { fields, asOf, timeZone });
  const { quietUntil: until } = set.start({}, { visits });
  return until === null ? null : new Date(until).toISOString();
}

describe("how long nothing changes", () => {
  const within: SegmentRule = { op: "within", field: "at", window: { last: { days: 30 } } };

  it("is told to the millisecond by what the rule on an event asks", () => {
    const visits = [{ at: "2024-06-01", until: "2024-06-30" }];
    expect(quietUntil({ op: "did", of, where: within }, visits)).toBe("2024-07-01T00:00:00.001Z");
    expect(quietUntil({ op: "did", of, where: { op: "not", of: within } }, visits)).toBe(
      "2024-07-01T00:00:00.001Z",
    );
    const next: SegmentRule = { op: "within", field: "until", window: { next: { days: 5 } } };
    expect(quietUntil({ op: "did", of, where: next }, visits)).toBe("2024-06-25T00:00:00.001Z");
    expect(quietUntil({ op: "did", of, where: next }, [{ at: "2024-06-01" }])).toBeNull();
    const steps = [{ of, where: next }, { of }];
    expect(quietUntil({ op: "sequence", steps }, visits)).toBe("2024-06-25T00:00:00.001Z");
    const anniversary: SegmentRule = { op: "anniversary", field: "until", within: { days: 3 } };
    expect(quietUntil({ op: "did", of, where: anniversary }, visits)).toBe("2024-06-11T00:00:00.000Z");
  });

  it("is the rest of the calendar period where that decides", () => {
    const visits = [{ at: "2024-06-01" }];
    const month: SegmentRule = { op: "did", of, window: { calendar: "month" } };
    expect(quietUntil(month, visits)).toBe("2024-07-01T00:00:00.000Z");
    expect(quietUntil(month, visits, "Asia/Jakarta")).toBe("2024-06-30T17:00:00.000Z");
    const frequency: SegmentRule = { op: "frequency", of, unit: "week", atLeast: 1, outOf: 3 };
    expect(quietUntil(frequency, visits)).toBe("2024-06-17T00:00:00.000Z");
  });

  it("ends with the calendar at most", () => {
    const own: SegmentRule = {
      op: "anniversary",
      field: "renewsAt",
      within: { days: 3 },
      direction: "last",
    };
    const month: SegmentRule = { op: "did", of, window: { calendar: "year" } };
    const last = segmentSet({ own, month }, { fields, asOf: "9999-12-31T12:00:00Z" });
    const { quietUntil: until } = last.start({ renewsAt: "2024-01-01" }, { visits: [{ at: "9999-01-01" }] });
    expect(until).toBe(Date.UTC(10_000, 0, 1));
  });

  it("is as after a start, whether an event changed a number or not", () => {
    const rules: Record<string, SegmentRule> = {
      lately: { op: "last", of, is: { op: "within", window: { last: { days: 30 } } } },
      soon: { op: "within", field: "renewsAt", window: { next: { days: 30 } } },
    };
    const set = segmentSet(rules, { fields, asOf });
    const visits = [{ at: "2024-05-20" }, { at: "2024-06-01" }];
    const record = { renewsAt: "2024-07-12" };
    const ends = (...events: object[]) => {
      let state = set.start(record);
      for (const event of events) state = set.addEvent(state, "visits", event).state;
      return state;
    };
    // Two days from now the renewal comes near; of the visits only the last decides.
    expect(ends(...visits).quietUntil).toBe(Date.parse("2024-06-12T00:00:00.001Z"));
    expect(ends(...visits.toReversed()).quietUntil).toBe(Date.parse("2024-06-12T00:00:00.001Z"));
    // The later visit takes the place of the one before, which would have left the window first.
    const first = set.addEvent(set.start({}), "visits", visits[0]).state;
    expect(first.quietUntil).toBe(Date.parse("2024-06-19T00:00:00.001Z"));
    const second = set.addEvent(first, "visits", visits[1]).state;
    expect(second.quietUntil).toBe(Date.parse("2024-07-01T00:00:00.001Z"));
    const replaced = set.replaceRecord(ends(...visits), {});
    expect(replaced.state.quietUntil).toBe(Date.parse("2024-07-01T00:00:00.001Z"));
    expect(set.replaceRecord(replaced.state, { renewsAt: "2024-06-12" })).toMatchObject({
      entered: ["soon"],
      left: [],
      state: { quietUntil: Date.parse("2024-06-12T00:00:00.001Z") },
    });
    expect(set.replaceRecord(set.start({ renewsAt: "2024-06-12" }), {}).left).toEqual(["soon"]);
  });
});

describe("how long a duration is", () => {
  for (const zone of ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"]) {
    it(`lies between its bounds, forwards and backwards, in ${zone}`, () => {
      fc.assert(
        fc.property(
          // Round the ends of months, leap days and, for Apia, the day that it left out in 2011.
          fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2031, 0, 1) }),
          fc.integer({ min: -3, max: 3 }),
          fc.record(
            {
              years: fc.integer({ min: 0, max: 9 }),
              months: fc.integer({ min: 0, max: 26 }),
              weeks: fc.integer({ min: 0, max: 3 }),
              days: fc.integer({ min: 0, max: 40 }),
            },
            { requiredKeys: ["months"] },
          ),
          (some, days, duration) => {
            const date = new Date(some);
            const at = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), days, date.getUTCHours());
            const { least, most } = durationBounds(duration, zone);
            const later = addDuration(at, duration, { timeZone: zone }) - at;
            const earlier = at - subtractDuration(at, duration, { timeZone: zone });
            expect(Math.min(later, earlier)).toBeGreaterThanOrEqual(least);
            expect(Math.max(later, earlier)).toBeLessThanOrEqual(most);
          },
        ),
        { numRuns: 4000 },
      );
    });
  }
});
