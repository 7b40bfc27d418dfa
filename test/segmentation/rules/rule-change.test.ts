import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { type RuleChange, ruleChange } from "../../../src/segmentation/rules/rule-change.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { thrown } from "../../core/thrown.js";
import { expanded, heldWith, leavesOf } from "./flip-by-force.js";
import { asOf, fields as eventFields, events, record, segmentRules, timeZone } from "./random-events.js";

const flags = ["a", "b", "c"] as const;
const fields = ruleFields({ a: "boolean", b: "boolean", c: "boolean" });
const is = (field: string): SegmentRule => ({ op: "eq", field, value: true });
const situation = (held: string, at = "2024-07-01") => ({
  asOf: at,
  record: Object.fromEntries(flags.map((flag) => [flag, held.includes(flag)])),
});

/** The smallest sets of changed leaves that must be taken back to get the result of before, as paths, by trying all. */
function decisiveByForce({ after, changes }: RuleChange): string[] {
  const whole = expanded(after.tree, (name) => after.segments[name].tree);
  const changed = new Set(changes.map(({ path }) => path));
  const leaves = leavesOf(whole).filter(({ path }) => changed.has(path));
  let [best, sets] = [Number.POSITIVE_INFINITY, new Set<string>()];
  for (let set = 1; set < 2 ** leaves.length; set++) {
    const taken = leaves.filter((_, i) => (set >> i) & 1);
    if (taken.length > best || heldWith(whole, new Set(taken)) === after.held) continue;
    if (taken.length < best) [best, sets] = [taken.length, new Set()];
    sets.add([...new Set(taken.map(({ path }) => path))].sort().join());
  }
  return [...sets];
}

describe("why one moved", () => {
  const rule: SegmentRule = { op: "all", of: [is("a"), { op: "any", of: [is("b"), is("c")] }] };
  const why = (was: string, now: string) => ruleChange(rule, situation(was), situation(now), { fields });

  it("names the fewest changed leaves that decided", () => {
    expect(why("b", "ab").decisive).toEqual(["rule.of[0]"]);
    expect(why("a", "ab").decisive).toEqual(["rule.of[1].of[0]"]);
    // Either of the two would have done, so both would have to be taken back.
    expect(why("a", "abc").decisive).toEqual(["rule.of[1].of[0]", "rule.of[1].of[1]"]);
    // Taking back the first alone suffices.
    expect(why("", "ab").decisive).toEqual(["rule.of[0]"]);
    expect(why("", "ab").changes.map(({ path }) => path)).toEqual(["rule.of[0]", "rule.of[1].of[0]"]);
    expect(why("ab", "ac")).toMatchObject({ decisive: [], changes: [{}, {}] });
  });

  it("names the leaves of the segments to which the rule refers, where they are first referred to", () => {
    const segments = {
      s: { op: "all", of: [is("a"), is("b")] },
      t: { op: "any", of: [{ op: "segment", segment: "s" }, is("c")] },
    } as const;
    const refers: SegmentRule = { op: "all", of: [{ op: "segment", segment: "t" }, is("b")] };
    const through = (was: string, now: string) =>
      ruleChange(refers, situation(was), situation(now), { fields, segments });
    expect(through("b", "ab").decisive).toEqual(["segments.s.of[0]"]);
    expect(through("b", "ab").changes).toMatchObject([
      { path: "segments.s.of[0]", before: { actual: false }, after: { actual: true } },
    ]);
    expect(through("", "abc").changes.map(({ path }) => path)).toEqual([
      "segments.s.of[0]",
      "segments.s.of[1]",
      "segments.t.of[1]",
      "rule.of[1]",
    ]);
    expect(through("", "abc").decisive).toEqual(["rule.of[1]"]);
  });

  it("agrees with the rule as of both instants, and no smaller set of changed leaves has decided", () => {
    fc.assert(
      fc.property(
        segmentRules(),
        fc.tuple(record, record),
        fc.tuple(events, events),
        fc.integer({ min: 0, max: 60 }),
        (segments, records, given, days) => {
          const options = { fields: eventFields, timeZone, segments };
          const times = [asOf - days * 86_400_000, asOf];
          const [before, after] = times.map((at, i) => ({ asOf: at, record: records[i], events: given[i] }));
          const change = ruleChange(segments.d, before, after, options);
          const held = times.map((at, i) =>
            compileRule(segments.d, { ...options, asOf: at }).matches(records[i], given[i]),
          );
          expect([change.before.held, change.after.held]).toEqual(held);
          if (held[0] === held[1]) {
            expect(change.decisive).toEqual([]);
            return;
          }
          fc.pre(
            leavesOf(expanded(change.after.tree, (name) => change.after.segments[name].tree)).length <= 14,
          );
          expect(decisiveByForce(change)).toContain([...change.decisive].sort().join());
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("refuses a situation that is none", () => {
    const none = thrown(() => ruleChange(rule, null as never, situation(""), { fields }));
    expect(none).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.asOf" });
    const noRecord = thrown(() => ruleChange(rule, situation(""), { asOf: 0 } as never, { fields }));
    expect(noRecord).toMatchObject({ code: "INVALID_ARGUMENT", path: "customer.record" });
  });
});
