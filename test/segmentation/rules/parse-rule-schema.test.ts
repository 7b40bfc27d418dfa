import { describe, expect, it, vi } from "vitest";
import { ruleProblems } from "../../../src/segmentation/rules/parse-rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";

// The look at the shape comes first and the zod schema has the last word. With the first made silent, the second must speak.
vi.mock("../../../src/segmentation/rules/check-shape.js", () => ({ shapeProblems: () => [] }));

const fields = ruleFields({ age: "number" }, { visits: {} });
const paths = (rule: unknown) => ruleProblems(rule, { fields }).map(({ path }) => path);

describe("the zod schema of rules", () => {
  it("names the bad place of what the look at the shape lets through", () => {
    expect(paths({ op: "any", of: [{ op: "exists", field: "age" }, { op: "is" }] })).toEqual([
      "rule.of[1].op",
    ]);
    expect(paths({ op: "not", of: { op: "gte", field: "age" } })).toEqual(["rule.of.value"]);
    expect(paths({ op: "count", of: "visits", is: { op: "gt", value: null } })).toEqual(["rule.is.value"]);
    expect(paths({ op: "sequence", steps: [] })).toEqual(["rule.steps"]);
    const did = (window: unknown) => paths({ op: "did", of: "visits", window });
    expect(did({ last: { years: 5000 } })).toEqual(["rule.window.last.years"]);
    expect(did({ calendar: "month", from: "2024-01-01" })).toEqual(["rule.window.from"]);
    expect(did({ ago: [{ days: 1 }] })).toEqual(["rule.window.ago"]);
    expect(did(5)).toEqual(["rule.window"]);
    expect(paths([])).toEqual(["rule"]);
    expect(paths({ op: "exists", field: "age" })).toEqual([]);
  });
});
