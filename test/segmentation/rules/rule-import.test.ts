import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Result } from "../../../src/core/result.js";
import { fromJsonLogic } from "../../../src/segmentation/rules/json-logic-import.js";
import { parseRule } from "../../../src/segmentation/rules/parse-rule.js";
import { fromQueryBuilder } from "../../../src/segmentation/rules/query-builder-import.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import type { RuleLimits } from "../../../src/segmentation/rules/rule-limits.js";
import type { RuleRefusal } from "../../../src/segmentation/rules/rule-refusal.js";
import { shopFields } from "./some-rules.js";

const fields = shopFields;

function told(outcome: Result<SegmentRule, RuleRefusal>): unknown {
  if (outcome.ok) return outcome.value;
  const { code, problems } = outcome.error;
  return [code, ...problems.map(({ path, reason }) => `${path}: ${reason}`)];
}

const query = (rules: unknown[]) => ({ combinator: "and", rules });
const isIn = (value: unknown) => ({ field: "name", operator: "in", value });
const isBelow = { "<": [{ var: "age" }, 18] };

describe("limits on what is imported", () => {
  it("hold for the rule that is made, told with the path in the query", () => {
    // Each becomes three objects: less than 18, or missing.
    const many = { or: Array.from({ length: 4_000 }, () => isBelow) };
    expect(told(fromJsonLogic(many, { fields }))).toEqual([
      "INVALID_RULE",
      "logic.or[3333].<: is one object more than the 10000 allowed",
    ]);
    // Two levels become three: all of above -1 and below 1, or missing.
    const inside = { "<": [-1, { var: "age" }, 1] };
    expect(told(fromJsonLogic({ "!": [inside] }, { fields, limits: { depth: 4 } }))).toMatchObject({
      op: "not",
    });
    expect(told(fromJsonLogic({ "!": [{ "!": [inside] }] }, { fields, limits: { depth: 4 } }))).toEqual([
      "INVALID_RULE",
      "logic.![0].![0].<: lies deeper than the 4 levels allowed",
    ]);
    const negated = { field: "name", operator: "doesNotContain", value: "a" };
    expect(told(fromQueryBuilder(query([query([negated])]), { fields, limits: { depth: 4 } }))).toEqual([
      "INVALID_RULE",
      "query.rules[0].rules[0]: lies deeper than the 4 levels allowed",
    ]);
  });

  it("hold for lists as text before they are split", () => {
    const commas = (count: number) => "a,".repeat(count);
    expect(told(fromQueryBuilder(query([isIn(commas(9_999 / 3))]), { fields }))).toMatchObject({ op: "all" });
    const limits: RuleLimits = { textLength: 30_000 };
    expect(told(fromQueryBuilder(query([isIn(commas(9_999))]), { fields, limits }))).toMatchObject({
      op: "all",
    });
    expect(told(fromQueryBuilder(query([isIn(commas(10_000))]), { fields, limits }))).toEqual([
      "INVALID_RULE",
      "query.rules[0].value: has 10001 items, more than the 10000 allowed",
    ]);
    expect(
      told(fromQueryBuilder(query([isIn("a\\,b\\,c,d")]), { fields, limits: { listLength: 3 } })),
    ).toEqual({
      op: "all",
      of: [{ op: "in", field: "name", values: ["a,b,c", "d"] }],
    });
    expect(told(fromQueryBuilder(query([isIn("a,b,c,d")]), { fields, limits: { listLength: 3 } }))).toEqual([
      "INVALID_RULE",
      "query.rules[0].value: has 4 items, more than the 3 allowed",
    ]);
    // A hundred texts of nothing but commas are within the limits on texts.
    const texts = Array.from({ length: 95 }, () => isIn(",".repeat(9_999)));
    const [code, ...problems] = told(fromQueryBuilder(query(texts), { fields })) as string[];
    expect(code).toBe("INVALID_RULE");
    expect(problems.at(-1)).toBe(
      "query.rules[94].value: brings the items of lists to more than the 100000 allowed in all",
    );
    expect(told(fromQueryBuilder(query(Array.from({ length: 200 }, () => texts[0])), { fields }))).toEqual([
      "INVALID_RULE",
      "query.rules[99].value: brings the texts to more than the 1000000 characters allowed in all",
    ]);
  });

  const small = fc.record(
    {
      depth: fc.integer({ min: 2, max: 6 }),
      nodes: fc.integer({ min: 2, max: 20 }),
      listLength: fc.integer({ min: 1, max: 4 }),
      entries: fc.integer({ min: 5, max: 50 }),
      textLength: fc.integer({ min: 5, max: 20 }),
      textTotal: fc.integer({ min: 20, max: 200 }),
    },
    { requiredKeys: [] },
  );

  it("let in nothing that parseRule would not take within them", () => {
    const value = fc.constantFrom<unknown>(
      1,
      -1,
      "1",
      "free",
      "gold",
      "1,2",
      "1,,2",
      ",",
      [1, 2],
      ["a"],
      null,
    );
    const logic = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc
          .tuple(
            fc.constantFrom("==", "!=", "<", "<=", "in"),
            fc.constantFrom("age", "age", "plan", "name", "tags"),
            value,
            fc.boolean(),
          )
          .map(([op, field, other, isTurned]) => ({
            [op]: isTurned ? [other, { var: field }] : [{ var: field }, other],
          })),
        fc.tuple(fc.constantFrom("and", "or"), fc.array(tie("node"), { maxLength: 4 })).map(([op, of]) => ({
          [op]: of,
        })),
        tie("node").map((of) => ({ "!": [of] })),
      ),
    })).node;
    const builder = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.record({
          field: fc.constantFrom("age", "age", "plan", "name"),
          operator: fc.constantFrom(
            "=",
            "<",
            "in",
            "notIn",
            "between",
            "notBetween",
            "doesNotContain",
            "null",
          ),
          value,
        }),
        fc.record({
          combinator: fc.constantFrom("and", "or"),
          not: fc.boolean(),
          rules: fc.array(tie("node"), { maxLength: 4 }),
        }),
        fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((nodes) => ({
          rules: nodes.flatMap((node, i) => (i === 0 ? [node] : [i % 2 ? "or" : "and", node])),
        })),
      ),
    })).node;
    let made = 0;
    const check = (outcome: Result<SegmentRule, RuleRefusal>, limits: RuleLimits, root: string) => {
      if (outcome.ok) {
        expect(parseRule(outcome.value, { fields, limits })).toEqual(outcome.value);
        made++;
      } else for (const { path } of outcome.error.problems) expect(path).toMatch(new RegExp(`^${root}\\b`));
    };
    fc.assert(
      fc.property(logic, builder, small, (one, other, limits) => {
        check(fromJsonLogic(one, { fields, limits }), limits, "logic");
        check(fromQueryBuilder(other, { fields, limits }), limits, "query");
      }),
      { numRuns: 2000 },
    );
    expect(made).toBeGreaterThan(100);
  });
});
