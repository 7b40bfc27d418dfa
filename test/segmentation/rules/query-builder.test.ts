import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { toQueryBuilder } from "../../../src/segmentation/rules/query-builder-export.js";
import { fromQueryBuilder } from "../../../src/segmentation/rules/query-builder-import.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { thrown } from "../../core/thrown.js";
import { combined, shopFields, somePlainLeaf, someRecord } from "./some-rules.js";

const options = { fields: shopFields };
const compiled = { ...options, asOf: "2024-02-15" };

function read(query: unknown): unknown {
  const outcome = fromQueryBuilder(query, options);
  return outcome.ok ? outcome.value : outcome.error.problems.map(({ path, reason }) => `${path}: ${reason}`);
}

const one = (field: string, operator: string, value?: unknown, more = {}) =>
  read({ combinator: "and", rules: [{ id: "r", field, operator, value, ...more }] });
const leaf = (rule: SegmentRule) => ({ op: "all", of: [rule] });
const rule = (field: string, value: unknown = 1) => ({ field, operator: "=", value });
const age = { op: "eq", field: "age", value: 1 };
const name = { op: "eq", field: "name", value: "1" };

describe("fromQueryBuilder", () => {
  it.each<[string, string, unknown, SegmentRule]>([
    ["age", "=", "18", { op: "eq", field: "age", value: 18 }],
    ["age", "!=", 18, { op: "ne", field: "age", value: 18 }],
    ["age", "<", " -1.5e1 ", { op: "lt", field: "age", value: -15 }],
    ["age", "<=", 18, { op: "lte", field: "age", value: 18 }],
    ["age", ">", 18, { op: "gt", field: "age", value: 18 }],
    ["joinedAt", ">=", "2024-02-29", { op: "gte", field: "joinedAt", value: "2024-02-29" }],
    ["isMember", "=", "true", { op: "eq", field: "isMember", value: true }],
    ["age", "in", "1, 2", { op: "in", field: "age", values: [1, 2] }],
    ["name", "in", "a\\,b, c", { op: "in", field: "name", values: ["a,b", "c"] }],
    ["plan", "notIn", ["pro"], { op: "notIn", field: "plan", values: ["pro"] }],
    ["age", "between", "1,2", { op: "between", field: "age", from: 1, to: 2 }],
    ["age", "between", [1, 2], { op: "between", field: "age", from: 1, to: 2 }],
    ["name", "contains", "a", { op: "contains", field: "name", value: "a" }],
    ["name", "beginsWith", "a", { op: "startsWith", field: "name", value: "a" }],
    ["name", "endsWith", "a", { op: "endsWith", field: "name", value: "a" }],
    ["name", "null", "", { op: "missing", field: "name" }],
    ["name", "notNull", null, { op: "exists", field: "name" }],
  ])("%s %s %j", (field, operator, value, expected) => {
    expect(one(field, operator, value)).toEqual(leaf(expected));
  });

  it.each<[string, unknown, object]>([
    ["doesNotContain", "a", { op: "contains", field: "name", value: "a" }],
    ["doesNotBeginWith", "a", { op: "startsWith", field: "name", value: "a" }],
    ["doesNotEndWith", "a", { op: "endsWith", field: "name", value: "a" }],
  ])("%s asks for a value, as SQL does", (operator, value, expected) => {
    expect(one("name", operator, value)).toEqual(
      leaf({
        op: "all",
        of: [
          { op: "exists", field: "name" },
          { op: "not", of: expected as SegmentRule },
        ],
      }),
    );
  });

  it("reads groups, negated ones, and independent combinators with and before or", () => {
    expect(
      read({ combinator: "OR", not: true, rules: [rule("age"), { combinator: "and", rules: [] }] }),
    ).toEqual({
      op: "not",
      of: { op: "any", of: [age, { op: "all", of: [] }] },
    });
    expect(
      read({ rules: [rule("age"), "or", rule("name", "1"), "and", rule("age"), "or", rule("age")] }),
    ).toEqual({
      op: "any",
      of: [age, { op: "all", of: [name, age] }, age],
    });
    expect(
      read({ rules: [rule("age"), "and", { not: true, rules: [rule("age"), "or", rule("name", "1")] }] }),
    ).toEqual({
      op: "all",
      of: [age, { op: "not", of: { op: "any", of: [age, name] } }],
    });
    expect(read({ rules: [rule("age")] })).toEqual(leaf(age as SegmentRule));
  });

  it("refuses what rules cannot say, each place with its path", () => {
    expect(one("age", ">", "other", { valueSource: "field" })).toEqual([
      "query.rules[0].valueSource: compares with something else than a value",
    ]);
    expect(one("age", ">", 1, { match: { mode: "all" } })).toEqual([
      "query.rules[0].match: says something that rules cannot",
    ]);
    expect(one("age", ">", 1, { muted: true })).toEqual([
      "query.rules[0].muted: leaves it out of every export: remove it first",
    ]);
    expect(one("aeg", ">", 1)).toEqual(["query.rules[0].field: is no field of these rules"]);
    expect(one('a" = 1 OR 1=1 --', "=", 1)).toEqual(["query.rules[0].field: is no field of these rules"]);
    expect(one("age", "= 1 or 1=1 --", 1)).toEqual([
      "query.rules[0].operator: is no operator that rules have",
    ]);
    expect(one("age", "constructor", 1)).toEqual(["query.rules[0].operator: is no operator that rules have"]);
    expect(read({ combinator: "or 1=1 or", rules: [] })).toEqual([
      'query.combinator: is neither "and" nor "or"',
    ]);
    expect(read({ combinator: "xor", rules: [rule("age")] })).toEqual([
      'query.combinator: is neither "and" nor "or"',
    ]);
    expect(read({ rules: [rule("age"), "xor", rule("age")] })).toEqual([
      'query.rules[1]: is neither "and" nor "or"',
    ]);
    expect(read({ rules: [rule("age"), "and"] })).toEqual(["query.rules[1]: has no rule after it"]);
    // Everybody in react-querybuilder's own exports, nobody here.
    expect(one("age", "in", [])).toEqual([
      "query.rules[0].value: is empty: there everybody is meant, here nobody would be",
    ]);
    expect(one("age", "notIn", " , ")).toEqual([
      "query.rules[0].value: is empty: there everybody is meant, here nobody would be",
    ]);
    expect(read({ combinator: "or", rules: [] })).toEqual([
      "query.rules: is empty: there everybody is meant, here nobody would be",
    ]);
    expect(one("age", "=", "eighteen")).toEqual([
      "query.rules[0].value: is no value for a field of type number",
    ]);
    expect(one("age", "=", "")).toEqual(["query.rules[0].value: is no value for a field of type number"]);
    expect(one("age", "between", "1")).toEqual(["query.rules[0].value: is not a pair of values"]);
    expect(read([])).toEqual(["query: is no group: it has no list of rules"]);
    expect(read({ combinator: "and", rules: [rule("aeg"), rule("age", null)] })).toHaveLength(2);
  });

  it("refuses what does not fit the fields, as parseRule would", () => {
    const outcome = fromQueryBuilder({ combinator: "and", rules: [rule("plan", "gold")] }, options);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: "INVALID_RULE", problems: [{ path: "rule.of[0].value" }] },
    });
    const order = fromQueryBuilder(
      { combinator: "and", rules: [{ ...rule("name", "a"), operator: "<" }] },
      options,
    );
    expect(!order.ok && order.error.message).toMatch(/^rule\.of\[0\]\.op: "lt" does not apply/);
    expect(thrown(() => fromQueryBuilder({}, {} as never)).path).toBe("options.fields");
  });
});

describe("toQueryBuilder", () => {
  /** Its own empty lists and groups mean everybody: those are refused, and asked about below. */
  const isFull = (node: SegmentRule): boolean =>
    !("of" in node && Array.isArray(node.of)) || (node.of.length > 0 && node.of.every(isFull));

  it("comes back with the same members, and exports to the same query again", () => {
    const someRule = combined(somePlainLeaf).filter((made) => !JSON.stringify(made).includes('"atLeast"'));
    fc.assert(
      fc.property(someRule, fc.array(someRecord, { minLength: 5, maxLength: 5 }), (made, records) => {
        const query = toQueryBuilder(made, options);
        if (!query.ok) {
          expect(JSON.stringify(made)).toContain('{"op":"any","of":[]}');
          return;
        }
        const back = fromQueryBuilder(JSON.parse(JSON.stringify(query.value)), options);
        if (!back.ok) throw new Error(back.error.message);
        expect(toQueryBuilder(back.value, options)).toEqual(query);
        const before = compileRule(made, compiled);
        const after = compileRule(back.value, compiled);
        for (const record of records) expect(after.matches(record)).toBe(before.matches(record));
        if (isFull(made) && made.op === "any") expect(query.value.combinator).toBe("or");
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the negated operators", () => {
    for (const operator of ["doesNotContain", "doesNotBeginWith", "doesNotEndWith"]) {
      const query = { combinator: "or", rules: [{ field: "name", operator, value: "a" }, rule("age")] };
      const made = fromQueryBuilder(query, options);
      expect(made.ok && toQueryBuilder(made.value, options)).toEqual({ ok: true, value: query });
    }
    const query = { combinator: "or", rules: [{ field: "age", operator: "notBetween", value: [1, 2] }] };
    const made = fromQueryBuilder(query, options);
    expect(made.ok && toQueryBuilder(made.value, options)).toEqual({ ok: true, value: query });
  });

  it.each<[SegmentRule, string]>([
    [{ op: "did", of: "visits" }, "rule"],
    [{ op: "segment", segment: "loyal" }, "rule"],
    [{ op: "any", of: [] }, "rule"],
    [{ op: "all", of: [{ op: "atLeast", count: 1, of: [] }] }, "rule.of[0]"],
    [{ op: "in", field: "age", values: [] }, "rule.values"],
    [{ op: "contains", field: "name", value: "a", ignoreCase: true }, "rule.ignoreCase"],
    [{ op: "hasAny", field: "tags", values: ["a"] }, "rule"],
    [{ op: "not", of: { op: "within", field: "joinedAt", window: { last: { days: 1 } } } }, "rule.of"],
  ])("refuses %j", (made, path) => {
    const outcome = toQueryBuilder(made, options);
    expect(outcome).toMatchObject({ ok: false, error: { code: "NOT_EXPRESSIBLE", problems: [{ path }] } });
  });
});
