import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";
import { asOf, events, fields, record, segmentRules, timeZone, transaction, visit } from "./random-events.js";

const someEvent = fc.oneof(
  fc.record({ of: fc.constant("transactions"), event: transaction }),
  fc.record({
    of: fc.constant("visits"),
    event: fc.tuple(visit, transaction).map(([event, { at }]) => ({ ...event, at })),
  }),
);

describe("one event more", () => {
  it("gives what a new start with all events gives, however late the events come", () => {
    fc.assert(
      fc.property(
        segmentRules(),
        record,
        events,
        fc.array(fc.tuple(someEvent, fc.boolean()), { maxLength: 8 }),
        record,
        fc.constantFrom(timeZone, "UTC", "Europe/Berlin", "Australia/Sydney"),
        (segments, own, before, stream, other, zone) => {
          const set = segmentSet(segments, { fields, asOf, timeZone: zone });
          let state = set.start(own, before);
          const all: Record<string, object[]> = {
            transactions: [...(before.transactions ?? [])],
            visits: [...(before.visits ?? [])],
          };
          for (const [{ of, event }, isStored] of stream) {
            const kept = structuredClone(state);
            const update = set.addEvent(state, of, event);
            expect(state).toEqual(kept);
            all[of].push(event);
            const fresh = set.start(own, all);
            expect(update.state.segments).toEqual(fresh.segments);
            expect(update.state.segment).toBe(fresh.segment);
            expect(update.state.measured).toEqual(fresh.measured);
            expect(update.state.quietUntil).toBe(fresh.quietUntil);
            expect(update.entered).toEqual(fresh.segments.filter((name) => !state.segments.includes(name)));
            expect(update.left).toEqual(state.segments.filter((name) => !fresh.segments.includes(name)));
            state = isStored ? JSON.parse(JSON.stringify(update.state)) : structuredClone(update.state);
          }
          const replaced = set.replaceRecord(state, other);
          const fresh = set.start(other, all);
          expect(replaced.state.segments).toEqual(fresh.segments);
          expect(replaced.state.quietUntil).toBe(fresh.quietUntil);
          expect(replaced.entered).toEqual(fresh.segments.filter((name) => !state.segments.includes(name)));
          expect(replaced.left).toEqual(state.segments.filter((name) => !fresh.segments.includes(name)));
          expect(set.advance(replaced.state).state.segments).toEqual(fresh.segments);
        },
      ),
      { numRuns: 700 },
    );
  });
});

describe("time going by", () => {
  const HOUR = 3_600_000;
  for (const zone of ["UTC", "Asia/Jakarta", "Europe/Berlin", "America/St_Johns"]) {
    it(`changes nothing before quietUntil, in ${zone}`, () => {
      fc.assert(
        fc.property(
          segmentRules(),
          record,
          events,
          fc.integer({ min: 0, max: 45 * 24 * 4 }),
          fc.integer({ min: 0, max: 1 }),
          (segments, own, given, quarters, less) => {
            const set = segmentSet(segments, { fields, asOf, timeZone: zone });
            const state = set.start(own, given);
            const until = state.quietUntil ?? Number.POSITIVE_INFINITY;
            expect(until).toBeGreaterThan(asOf);
            const wanted = asOf + (quarters * HOUR) / 4 - less;
            // The last quiet moment as well: bounds are where mistakes lie.
            for (const at of [wanted, until - 1]) {
              if (at < asOf || at >= until || !Number.isFinite(at)) continue;
              const later = set.at(at);
              const { state: moved, entered, left } = later.advance(state);
              expect([entered, left]).toEqual([[], []]);
              expect(moved).toEqual(later.start(own, given));
            }
          },
        ),
        { numRuns: 700 },
      );
    });
  }

  const own = ruleFields({ renewsAt: "instant" }, { visits: {} });
  const lately: SegmentRule = { op: "did", of: "visits", window: { last: { days: 30 } } };

  it("is told to the millisecond where days are even", () => {
    const set = segmentSet({ lately }, { fields: own, asOf: "2024-06-10" });
    const state = set.start({}, { visits: [{ at: "2024-06-01" }] });
    expect(state.quietUntil).toBe(Date.parse("2024-07-01T00:00:00.001Z"));
    expect(set.at("2024-07-01").advance(state).left).toEqual([]);
    expect(set.at("2024-07-01T00:00:00.001Z").advance(state).left).toEqual(["lately"]);
  });

  it("brings events that are known already", () => {
    const set = segmentSet({ lately }, { fields: own, asOf: "2024-06-10" });
    const state = set.addEvent(set.start({}), "visits", { at: "2024-06-20" }).state;
    expect([state.segments, state.quietUntil]).toEqual([[], Date.parse("2024-06-20T00:00:00.001Z")]);
    expect(set.at("2024-06-21").advance(state).entered).toEqual(["lately"]);
  });

  it("does nothing to who did nothing, and to rules without a moving window", () => {
    const always: SegmentRule = { op: "did", of: "visits" };
    expect(segmentSet({ lately }, { fields: own, asOf: "2024-06-10" }).start({}).quietUntil).toBeNull();
    const set = segmentSet({ always }, { fields: own, asOf: "2024-06-10" });
    expect(set.start({}, { visits: [{ at: "2024-06-01" }] }).quietUntil).toBeNull();
  });

  it("comes to the dates of a record", () => {
    const rule: SegmentRule = { op: "within", field: "renewsAt", window: { next: { days: 30 } } };
    const set = segmentSet({ rule }, { fields: own, asOf: "2024-06-10" });
    const state = set.start({ renewsAt: "2024-08-01" });
    // Within 30 days from 2 July, 0:00:00.001, on: 1 August comes before the end of them then.
    expect(state.quietUntil).toBe(Date.parse("2024-07-02T00:00:00.001Z"));
    expect(set.at("2024-07-02T00:00:00.001Z").advance(state).entered).toEqual(["rule"]);
  });
});

describe("a state", () => {
  const own = ruleFields({ plan: "text" }, { visits: {}, calls: {} });
  const did: SegmentRule = { op: "did", of: "visits" };
  const set = segmentSet({ did }, { fields: own, asOf: "2024-06-10" });
  const state = set.start({});

  it("keeps only what rules ask about", () => {
    const { events: kept } = set.start({}, { visits: [], calls: [{ at: "2024-06-01" }] });
    expect(Object.keys(kept)).toEqual(["visits"]);
    expect(set.addEvent(state, "calls", { at: "2024-06-01" })).toEqual({ state, entered: [], left: [] });
  });

  it("is asked again only by the segments whose numbers an event changes, and those that refer to them", () => {
    const asked: string[] = [];
    const spy = (name: string): SegmentRule => ({ op: "custom", name: "spy", value: name });
    const all = (...of: SegmentRule[]): SegmentRule => ({ op: "all", of });
    const calls: SegmentRule = { op: "count", of: "calls", is: { op: "gte", value: 2 } };
    const spied = segmentSet(
      {
        top: all(spy("top"), { op: "segment", segment: "seen" }),
        seen: all(spy("seen"), did),
        called: all(spy("called"), calls),
        plain: spy("plain"),
      },
      {
        fields: own,
        asOf: "2024-06-10",
        operators: { spy: { field: false, holds: (_, name) => asked.push(String(name)) > 0 } },
      },
    );
    const start = spied.start({});
    asked.length = 0;
    const visited = spied.addEvent(start, "visits", { at: "2024-06-01" });
    expect([visited.entered, asked]).toEqual([
      ["top", "seen"],
      ["seen", "top"],
    ]);
    asked.length = 0;
    spied.addEvent(start, "visits", { at: "2024-06-10" });
    expect(asked).toEqual([]);
    expect(spied.addEvent(start, "calls", { at: "2024-06-01" }).entered).toEqual([]);
    expect(asked).toEqual(["called"]);
  });

  it("is of its rules and its instant", () => {
    const other = segmentSet({ did: { op: "didNot", of: "visits" } }, { fields: own, asOf: "2024-06-10" });
    expect(thrown(() => other.addEvent(state, "visits", { at: "2024-06-01" }))).toMatchObject({
      path: "state",
    });
    expect(thrown(() => set.advance({ ...state, version: 2 } as never))).toMatchObject({ path: "state" });
    const error = thrown(() => set.at("2024-06-11").addEvent(state, "visits", { at: "2024-06-01" }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "state.asOf" });
  });

  it("takes events of a kind, with an instant", () => {
    expect(thrown(() => set.addEvent(state, "visit", { at: 0 }))).toMatchObject({ path: "of" });
    const error = thrown(() => set.addEvent(state, "visits", { at: "soon" }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "event.at" });
    expect((error as Error).message).toContain('"soon"');
    expect(thrown(() => set.addEvent(state, "visits", null as never))).toMatchObject({ path: "event" });
  });
});
