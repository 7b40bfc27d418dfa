import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentOrder, segmentsIn } from "../../../src/segmentation/rules/segment-order.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({ score: "number" });
const segment = (name: string): SegmentRule => ({ op: "segment", segment: name });
const atLeastOne: SegmentRule = { op: "gte", field: "score", value: 1 };
const all = (...of: SegmentRule[]): SegmentRule => ({ op: "all", of });
const any = (...of: SegmentRule[]): SegmentRule => ({ op: "any", of });
const not = (of: SegmentRule): SegmentRule => ({ op: "not", of });

/** The answers for scores 0 and 1, over objects and over columns. */
function answers(rule: SegmentRule, segments: Readonly<Record<string, SegmentRule>>): boolean[] {
  const options = { fields, segments, asOf: 0 };
  const compiled = compileRule(rule, options);
  const over = [0, 1].map((score) => compiled.matches({ score }));
  const { rowIndexes } = selectRows(rule, { score: Float64Array.of(0, 1) }, options);
  expect(rowIndexes).toEqual([0, 1].filter((place) => over[place]));
  return over;
}

describe("segments in segments", () => {
  it("mean the rule of that name", () => {
    const segments = {
      good: atLeastOne,
      better: all(segment("good"), not(segment("bad"))),
      bad: not(segment("good")),
    };
    expect(answers(segment("good"), segments)).toEqual([false, true]);
    expect(answers(segment("better"), segments)).toEqual([false, true]);
    expect(answers(segment("bad"), segments)).toEqual([true, false]);
  });

  it("may make chains of 10,000", () => {
    const segments: Record<string, SegmentRule> = { s0: atLeastOne };
    for (let i = 1; i < 10_000; i++)
      segments[`s${i}`] = i % 2 === 0 ? not(segment(`s${i - 1}`)) : any(segment(`s${i - 1}`), segment("s0"));
    // By hand: s1 = s0; s2 = not s0; s3 = s2 or s0 = true; s4 = false; s5 = s0; ... so from there on the same again.
    expect(answers(segment("s2"), segments)).toEqual([true, false]);
    expect(answers(segment("s3"), segments)).toEqual([true, true]);
    const last = answers(segment("s9999"), segments);
    // A plain loop over the definition.
    const loop = [false, true].map((first) => {
      let held = first;
      for (let i = 1; i < 10_000; i++) held = i % 2 === 0 ? !held : held || first;
      return held;
    });
    expect(last).toEqual(loop);
  });

  it("are asked once where many mention them: thirty doublings end at once", () => {
    let asked = 0;
    const operators = {
      counted: {
        field: false,
        holds: () => {
          asked++;
          return true;
        },
      },
    };
    const segments: Record<string, SegmentRule> = { s0: { op: "custom", name: "counted" } };
    for (let i = 1; i <= 60; i++) {
      const before = segment(`s${i - 1}`);
      segments[`s${i}`] = any(not(before), all(before, before));
    }
    const compiled = compileRule(segment("s60"), { fields, segments, operators, asOf: 0 });
    expect(compiled.matches({})).toBe(true);
    expect(asked).toBe(1);
    expect(compiled.select([{}, {}, {}]).rowIndexes).toEqual([0, 1, 2]);
    expect(asked).toBe(4);
    selectRows(segment("s60"), { score: Float64Array.of(0, 1) }, { fields, segments, operators, asOf: 0 });
    expect(asked).toBe(6);
  });

  it("are forgotten between customers", () => {
    const segments = { good: atLeastOne };
    const twice = any(all(segment("good"), segment("good")), segment("good"));
    const compiled = compileRule(twice, { fields, segments, asOf: 0 });
    expect([0, 1, 1, 0, 1].map((score) => compiled.matches({ score }))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
    const score = Float64Array.from({ length: 5000 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const { rowIndexes } = selectRows(twice, { score }, { fields, segments, asOf: 0 });
    expect(rowIndexes).toEqual(Array.from({ length: 1667 }, (_, i) => 3 * i));
  });
});

describe("segmentOrder", () => {
  it("puts each after those to which it refers, and leaves out what nobody reaches", () => {
    const segments = { a: any(segment("b"), segment("c")), b: segment("c"), c: atLeastOne, d: segment("a") };
    expect(segmentOrder(segments, ["a"])).toEqual(["c", "b", "a"]);
    expect(segmentOrder(segments, ["c", "d"])).toEqual(["c", "b", "a", "d"]);
    expect(segmentOrder(segments, [])).toEqual([]);
  });

  it("names each reference once, in order of appearance", () => {
    expect(segmentsIn(all(segment("b"), not(segment("a")), any(segment("b"))))).toEqual(["b", "a"]);
  });

  it("refuses a circle, and names it", () => {
    const segments = { a: not(segment("b")), b: all(segment("c")), c: segment("a"), d: segment("d") };
    const error = thrown(() => segmentOrder(segments, ["b"]));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "segments.a" });
    expect(error.message).toContain("b > c > a > b");
    expect(thrown(() => segmentOrder(segments, ["d"])).message).toContain("d > d");
    expect(thrown(() => compileRule(segment("a"), { fields, segments, asOf: 0 })).message).toContain(
      "a > b > c > a",
    );
  });

  it("refuses a circle of 10,000 with a message that can be read", () => {
    const segments: Record<string, SegmentRule> = {};
    for (let i = 0; i < 10_000; i++) segments[`s${i}`] = segment(`s${(i + 1) % 10_000}`);
    const { message } = thrown(() => compileRule(segment("s0"), { fields, segments, asOf: 0 }));
    expect(message).toContain("s18 > s19 > (9980 more) > s0");
    expect(message.length).toBeLessThan(300);
  });

  it("refuses what is no segment, also names that objects inherit", () => {
    for (const name of ["x", "toString", "__proto__", "constructor"]) {
      expect(thrown(() => segmentOrder({}, [name])).message).toContain("is no segment of this set");
      expect(thrown(() => compileRule(segment(name), { fields, segments: {}, asOf: 0 })).code).toBe(
        "INVALID_ARGUMENT",
      );
    }
  });

  it("says in which segment a rule is broken", () => {
    const segments = { a: { op: "gte", field: "scroe", value: 1 } } as const;
    expect(thrown(() => compileRule(segment("a"), { fields, segments, asOf: 0 })).path).toBe(
      "segments.a.field",
    );
  });
});
