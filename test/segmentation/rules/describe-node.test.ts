import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeNode } from "../../../src/segmentation/rules/describe-node.js";
import { describeRule } from "../../../src/segmentation/rules/describe-rule.js";
import { explainRule } from "../../../src/segmentation/rules/explain-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import type { ExplainedNode } from "../../../src/segmentation/rules/rule-explanation.js";
import { thrown } from "../../core/thrown.js";
import { shopFields, someEvents, someRecord, someRule } from "./some-rules.js";

const segments: Record<string, SegmentRule> = {
  loyal: { op: "gte", field: "age", value: 18 },
  new: { op: "all", of: [{ op: "not", of: { op: "segment", segment: "loyal" } }] },
  "a.of[0]": { op: "any", of: [{ op: "exists", field: "name" }] },
  a: { op: "any", of: [{ op: "missing", field: "name" }] },
};
const options = { fields: shopFields, segments };

/** All nodes of a tree, steps of sequences among them. */
function pathsOf(node: ExplainedNode): string[] {
  return [
    node.path,
    ...(node.steps ?? []).map(({ path }) => path),
    ...(node.of ?? []).flatMap((part) => pathsOf(part)),
  ];
}

describe("describeNode", () => {
  it("has words for every node of every explanation", () => {
    fc.assert(
      fc.property(someRule, someRecord, someEvents, (rule, record, events) => {
        const why = explainRule(rule, { record, events }, { ...options, asOf: "2024-03-01" });
        expect(describeNode(rule, "rule", options)).toBe(describeRule(rule, options));
        for (const { tree } of [why, ...Object.values(why.segments)]) {
          for (const path of pathsOf(tree)) {
            const words = describeNode(rule, path, { ...options, language: "id" });
            expect(words).not.toMatch(/undefined|null|^$/);
          }
        }
        for (const path of why.flip ?? []) describeNode(rule, path, options);
      }),
    );
  });

  it("finds parts, steps, conditions of events and segments", () => {
    const rule: SegmentRule = {
      op: "all",
      of: [
        { op: "not", of: { op: "eq", field: "plan", value: "pro" } },
        {
          op: "sequence",
          steps: [
            { of: "visits", where: { op: "any", of: [{ op: "eq", field: "page", value: "price" }] } },
            { of: "transactions", within: { days: 7 } },
          ],
          notFollowedBy: { of: "visits" },
        },
        { op: "did", of: "visits", where: { op: "lt", field: "at", value: "2024-01-01" } },
        { op: "segment", segment: "new" },
      ],
    };
    const say = (path: string) => describeNode({ version: 1, rule }, path, options);
    expect(say("rule.of[0]")).toBe('it is not true that (plan is "pro")');
    expect(say("rule.of[0].of")).toBe('plan is "pro"');
    expect(say("rule.of[1].steps[0]")).toBe('visits (only where page is "price")');
    expect(say("rule.of[1].steps[0].where.of[0]")).toBe('page is "price"');
    expect(say("rule.of[1].steps[1]")).toBe("transaction within 7 days");
    expect(say("rule.of[1].notFollowedBy")).toBe("visits");
    expect(say("rule.of[2].where")).toBe("its time is before 1 January 2024");
    expect(say("segments.new.of[0].of")).toBe('the customer is in segment "loyal"');
    expect(say("segments.loyal")).toBe("age is at least 18");
    // A name may look like a path: the longest one that there is counts.
    expect(say("segments.a.of[0]")).toBe("name is given");
    expect(say("segments.a.of[0].of[0]")).toBe("name is given");
    expect(say("segments.a")).toBe("name is missing");
  });

  it.each([
    ...["", "rules", "rule.", "rule.of", "rule.of[2]", "rule.of[0].of[0]", "rule.of[0].field", "rule.of[-1]"],
    ...[
      "rule.constructor",
      "rule.__proto__",
      "rule.of[0]junk",
      "rule of[0]",
      "segments.gone",
      "segments.",
      "x",
    ],
    ...["rule.of[1].of", "rule.of[1].steps[0]", "segments.toString"],
  ])("refuses %j, where no node is", (path) => {
    const rule: SegmentRule = {
      op: "all",
      of: [
        { op: "exists", field: "name" },
        { op: "did", of: "visits" },
      ],
    };
    expect(thrown(() => describeNode(rule, path, options))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "path",
    });
    expect(thrown(() => describeNode(rule, path, options)).message).toContain(JSON.stringify(path));
  });

  it("refuses a path that is no text, and one into segments of which only the names are known", () => {
    const rule: SegmentRule = { op: "segment", segment: "loyal" };
    expect(thrown(() => describeNode(rule, 5 as never, options)).path).toBe("path");
    const named = { fields: shopFields, segments: ["loyal"] };
    expect(thrown(() => describeNode(rule, "segments.loyal", named)).path).toBe("options.segments");
    expect(thrown(() => describeNode(rule, "segments.loyal", { fields: shopFields })).path).toBe(
      "options.segments",
    );
  });
});
