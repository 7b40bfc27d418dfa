import { describe, expect, it } from "vitest";
import type { CustomerSegments } from "../../../src/segmentation/rules/customer-state.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { type SegmentSetOptions, segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields(
  { plan: "text", renewsAt: "instant" },
  { visits: { page: "text", seconds: "number" } },
);
const asOf = "2024-07-01";
const of = "visits";
const rules: Record<string, SegmentRule> = {
  pro: { op: "eq", field: "plan", value: "pro" },
  often: { op: "count", of, is: { op: "gte", value: 2 } },
  long: { op: "sum", of, field: "seconds", is: { op: "gte", value: 10 } },
  pages: { op: "distinct", of, field: "page", is: { op: "gte", value: 2 } },
  monthly: { op: "frequency", of, unit: "month", atLeast: 1, outOf: 3 },
  longest: { op: "max", of, field: "seconds", is: { op: "gte", value: 7 } },
  back: { op: "sequence", steps: [{ of }, { of, within: { days: 7 } }] },
};
const set = segmentSet(rules, { fields, asOf });
const state = set.start({ plan: "pro" }, { visits: [{ at: "2024-06-01", page: "home", seconds: 5 }] });
const event = { at: "2024-06-20", page: "price", seconds: 7 };

describe("a state", () => {
  it("is a copy: what the caller does to a record or an event afterwards changes nothing", () => {
    const record = { plan: "pro", address: { city: "Bogor" }, renewsAt: new Date("2024-08-01") };
    const first = { at: "2024-06-01", seconds: 5 };
    const visits = [first];
    const started = set.start(record, { visits });
    const later = { at: "2024-06-05", seconds: 9 };
    const added = set.addEvent(started, "visits", later).state;
    const other = { plan: "free" };
    const replaced = set.replaceRecord(added, other).state;
    const kept = JSON.stringify([started, added, replaced]);
    record.plan = "free";
    record.address.city = "Depok";
    record.renewsAt.setTime(0);
    first.seconds = 500;
    visits.push(later);
    later.seconds = -9;
    other.plan = "pro";
    expect(JSON.stringify([started, added, replaced])).toBe(kept);
    expect(set.advance(replaced)).toMatchObject({ entered: [], left: [] });
  });

  it("keeps own fields of whatever name, and what comes in a circle", () => {
    const record = JSON.parse('{"plan":"pro","__proto__":{"plan":"free"}}');
    record.self = record;
    const { record: copy } = set.start(record);
    expect(Object.keys(copy)).toEqual(["plan", "__proto__", "self"]);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect((copy as { self: unknown }).self).toBe(copy);
  });

  it("goes on from JSON", () => {
    const stored: CustomerSegments = JSON.parse(JSON.stringify(state));
    expect(set.addEvent(stored, "visits", event)).toEqual(set.addEvent(state, "visits", event));
    expect(set.addEvent(stored, "visits", event).entered).toEqual(["often", "long", "pages", "longest"]);
  });

  const broken: [path: string, change: (whole: CustomerSegments) => object][] = [
    ["state.measured", ({ measured }) => ({ measured: measured.slice(1) })],
    ["state.measured", () => ({ measured: [] })],
    ["state.measured", ({ measured }) => ({ measured: ["many", ...measured.slice(1)] })],
    ["state.totals", () => ({ totals: undefined })],
    ["state.totals", ({ totals }) => ({ totals: [...totals, 0] })],
    ["state.totals[0]", ({ totals }) => ({ totals: ["1", ...totals.slice(1)] })],
    ["state.totals[1]", ({ totals }) => ({ totals: [1, { count: 1 }, ...totals.slice(2)] })],
    ["state.totals[2]", ({ totals }) => ({ totals: totals.with(2, { size: 1, values: ["home"] }) })],
    ["state.totals[3]", ({ totals }) => ({ totals: totals.with(3, { periods: 1, counts: [1, 1] }) })],
    ["state.totals[4]", ({ totals }) => ({ totals: totals.with(4, "most") })],
    ["state.totals[5]", ({ totals }) => ({ totals: totals.with(5, null) })],
    ["state.picked", () => ({ picked: [] })],
    ["state.picked", () => ({ picked: ["2024"] })],
    ["state.events", () => ({ events: undefined })],
    ["state.events.visits", () => ({ events: {} })],
    ["state.events.visits", () => ({ events: { visits: [{ at: "2024-06-01" }] } })],
    ["state.record", () => ({ record: undefined })],
    ["state.segments", () => ({ segments: "pro" })],
    ["state.segments", () => ({ segments: ["pro", "vip"] })],
    ["state.quietUntil", () => ({ quietUntil: "2024-07-08" })],
    ["state.quietEvents", () => ({ quietEvents: undefined })],
    ["state.asOf", () => ({ asOf: undefined })],
  ];
  for (const [path, change] of broken) {
    it(`that came back without a sound ${path} is refused: ${JSON.stringify(change(state))}`, () => {
      const given = { ...state, ...change(state) };
      const error = thrown(() => set.addEvent(given, "visits", event));
      expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
      expect((error as Error).message).toContain("pass a state as it came from this set, whole");
    });
  }

  it("whose events are none is refused where they are read again", () => {
    const given = { ...state, events: { visits: [[{ at: "soon" }]] } };
    expect(thrown(() => set.at("2024-08-01").advance(given))).toMatchObject({
      path: "state.events.visits[0].at",
    });
  });
});

describe("the rules that a state is of", () => {
  const same = (other: Partial<SegmentSetOptions>, given = rules): boolean =>
    segmentSet(given, { fields, asOf, ...other }).start({}).rules === state.rules;

  it("are the same as of another instant", () => {
    expect(same({ asOf: "2025-01-01" })).toBe(true);
  });

  it("differ by rule, order, field, zone, week, year and operator", () => {
    const kinds = { visits: { page: "text", seconds: "number" } } as const;
    expect(same({}, { ...rules, pro: { op: "eq", field: "plan", value: "free" } })).toBe(false);
    expect(same({ priority: Object.keys(rules).reverse() })).toBe(false);
    expect(same({ fields: ruleFields({ plan: "text", renewsAt: "text" }, kinds) })).toBe(false);
    expect(same({ timeZone: "Asia/Jakarta" })).toBe(false);
    expect(same({ weekStartsOn: 0 })).toBe(false);
    expect(same({ firstMonth: 4 })).toBe(false);
    expect(same({ operators: { near: { holds: () => true } } })).toBe(false);
  });
});
