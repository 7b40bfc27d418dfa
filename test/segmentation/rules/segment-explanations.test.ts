import { describe, expect, it } from "vitest";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({ plan: "text", age: "number" });
const rules: Record<string, SegmentRule> = {
  pro: { op: "eq", field: "plan", value: "pro" },
  best: {
    op: "all",
    of: [
      { op: "segment", segment: "pro" },
      { op: "gte", field: "age", value: 18 },
    ],
  },
};
const why = segmentSet(rules, { fields, asOf: "2024-07-01" });
const free = { plan: "free", age: 17 };
const pro = { plan: "pro", age: 18 };

describe("the explanations of a set", () => {
  it("are those of its rules, told from the segment", () => {
    const explained = why.explain("best", { record: pro });
    expect(explained).toMatchObject({ held: true, asOf: Date.UTC(2024, 6, 1), flip: ["segments.pro"] });
    expect(explained.tree.of?.map(({ path, held }) => [path, held])).toEqual([
      ["segments.best.of[0]", true],
      ["segments.best.of[1]", true],
    ]);
    expect(Object.keys(explained.segments)).toEqual(["pro"]);
    const change = why.change(
      "best",
      { asOf: "2020-01-01", record: free },
      { asOf: "2024-07-01", record: pro },
    );
    expect(change.changes.map(({ path }) => path)).toEqual(["segments.pro", "segments.best.of[1]"]);
    expect([change.before.asOf, change.after.asOf]).toEqual([Date.UTC(2020, 0, 1), Date.UTC(2024, 6, 1)]);
  });

  it("refuse a segment that the set does not have", () => {
    expect(thrown(() => why.explain("gold", { record: {} }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "segment",
      message: 'segment is "gold", which the set does not have: pass one of "pro", "best"',
    });
    const unknown = thrown(() => segmentSet({ a: { op: "exists", field: "x" } }, { fields, asOf: 0 }));
    expect(unknown).toMatchObject({ code: "INVALID_ARGUMENT", path: "segments.a.field" });
    expect(thrown(() => segmentSet([] as never, { fields, asOf: 0 })).path).toBe("segments");
  });

  it("come out the same at whatever instants were asked about before", () => {
    const dated = segmentSet(
      { young: { op: "within", field: "since", window: { last: { days: 30 } } } },
      { fields: ruleFields({ since: "instant" }), asOf: "2024-07-01" },
    );
    const heldAt = (asOf: string) => {
      const situation = { asOf, record: { since: "2024-06-01" } };
      return dated.change("young", situation, situation).after.held;
    };
    const days = ["2024-06-15", "2024-06-20", "2024-07-20", "2024-05-01", "2024-06-15", "2024-08-01"];
    expect(days.map(heldAt)).toEqual([true, true, false, false, true, false]);
  });
});
