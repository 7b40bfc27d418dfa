import { describe, expect, it } from "vitest";
import { fromQueryBuilder } from "../../../src/segmentation/rules/query-builder-import.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { thrown } from "../../core/thrown.js";
import { shopFields } from "./some-rules.js";

const options = { fields: shopFields };

function read(query: unknown): unknown {
  const outcome = fromQueryBuilder(query, options);
  return outcome.ok ? outcome.value : outcome.error.problems.map(({ path, reason }) => `${path}: ${reason}`);
}

const one = (field: string, operator: string, value?: unknown, more = {}) =>
  read({ combinator: "and", rules: [{ id: "r", field, operator, value, ...more }] });
const leaf = (rule: SegmentRule) => ({ op: "all", of: [rule] });
const rule = (field: string, value: unknown = 1) => ({ field, operator: "=", value });
const EMPTY_GROUP = "is empty, which react-querybuilder's exports take for everybody or leave out";
const DAY =
  "is a whole day in rules, and its first instant in react-querybuilder's exports: compare days with >= and < alone";
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
      read({
        combinator: "OR",
        not: true,
        rules: [rule("age"), { combinator: "and", rules: [rule("name", "1")] }],
      }),
    ).toEqual({
      op: "not",
      of: { op: "any", of: [age, { op: "all", of: [name] }] },
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
    // The form before anything is put into it.
    expect(read({ id: "r", combinator: "and", not: false, rules: [] })).toEqual({ op: "all", of: [] });
    expect(read({ rules: [] })).toEqual({ op: "all", of: [] });
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
      `query.rules: ${EMPTY_GROUP}`,
    ]);
    expect(read({ combinator: "xor", rules: [rule("age")] })).toEqual([
      'query.combinator: is neither "and" nor "or"',
    ]);
    expect(read({ rules: [rule("age"), "xor", rule("age")] })).toEqual([
      'query.rules[1]: is neither "and" nor "or"',
    ]);
    expect(read({ rules: [rule("age"), "and"] })).toEqual(["query.rules[1]: has no rule after it"]);
    // Everybody in react-querybuilder's own exports, nobody here.
    for (const [operator, value] of [
      ["in", []],
      ["notIn", " , "],
    ] as const)
      expect(one("age", operator, value)).toEqual([
        "query.rules[0].value: is empty, which react-querybuilder's exports take for everybody",
      ]);
    const empty = { combinator: "and", rules: [] };
    expect(read({ ...empty, combinator: "or" })).toEqual([`query.rules: ${EMPTY_GROUP}`]);
    expect(read({ ...empty, not: true })).toEqual([`query.rules: ${EMPTY_GROUP}`]);
    expect(read({ ...empty, muted: true })).toEqual([
      "query.muted: leaves it out of every export: remove it first",
    ]);
    expect(read({ ...empty, limit: 5 })).toEqual(["query.limit: says something that rules cannot"]);
    expect(read({ combinator: "and", rules: [empty, rule("age"), { ...empty, not: true }] })).toEqual([
      `query.rules[0].rules: ${EMPTY_GROUP}`,
      `query.rules[2].rules: ${EMPTY_GROUP}`,
    ]);
    expect(read({ rules: [rule("age"), "or", { rules: [] }] })).toEqual([
      `query.rules[2].rules: ${EMPTY_GROUP}`,
    ]);
    expect(one("age", "=", "eighteen")).toEqual([
      "query.rules[0].value: is no value for a field of type number",
    ]);
    expect(one("age", "=", "")).toEqual(["query.rules[0].value: is no value for a field of type number"]);
    expect(one("age", "between", "1")).toEqual(["query.rules[0].value: is not a pair of values"]);
    expect(read([])).toEqual(["query: is no group: it has no list of rules"]);
    expect(read({ combinator: "and", rules: [rule("aeg"), rule("age", null)] })).toHaveLength(2);
  });

  it("refuses what react-querybuilder would trim, and blanks in a range, which its exports disagree on", () => {
    expect(one("name", "in", ["a", " c "])).toEqual([
      "query.rules[0].value[1]: begins or ends with blanks, which react-querybuilder leaves out of lists",
    ]);
    expect(one("name", "in", "a, c ")).toEqual(leaf({ op: "in", field: "name", values: ["a", "c"] }));
    expect(one("name", "=", " c ")).toEqual(leaf({ op: "eq", field: "name", value: " c " }));
    expect(one("age", "between", "1,,2")).toEqual([
      "query.rules[0].value: is no value for a field of type number",
    ]);
  });

  it("refuses to take the first instant of a day, which is compared there, for the day", () => {
    for (const operator of ["=", "!=", "<=", ">"])
      expect(one("joinedAt", operator, "2024-02-01")).toEqual([`query.rules[0].value: ${DAY}`]);
    for (const operator of ["between", "notBetween"])
      expect(one("joinedAt", operator, "2024-02-01,2024-02-03T00:00:00Z")).toEqual([
        `query.rules[0].value: ${DAY}`,
      ]);
    expect(one("joinedAt", "<", "2024-02-01")).toEqual(
      leaf({ op: "lt", field: "joinedAt", value: "2024-02-01" }),
    );
    expect(one("joinedAt", "<=", "2024-02-01T00:00:00Z")).toEqual(
      leaf({ op: "lte", field: "joinedAt", value: "2024-02-01T00:00:00Z" }),
    );
  });

  it.each<[string, string, unknown, string]>([
    ["plan", "=", "gold", 'value: is none of "free", "pro", "team"'],
    ["plan", "in", ["free", "gold"], 'value[1]: is none of "free", "pro", "team"'],
    ["plan", "notIn", "free,gold", 'value: is none of "free", "pro", "team"'],
    ["age", "between", "30,18", "value: is before 30"],
    ["age", "notBetween", [30, 18], "value[1]: is before 30"],
    ["joinedAt", "<", "2024-02-01T10:00", "value: is no civil day and no ISO 8601 instant with an offset"],
    ["joinedAt", "<=", "2024-02-30", "value: is no civil day and no ISO 8601 instant with an offset"],
    [
      "name",
      "<",
      "a",
      "operator: does not apply to text, which takes =, !=, contains, beginsWith, endsWith, doesNotContain, doesNotBeginWith, doesNotEndWith, null, notNull, in, notIn",
    ],
    ["scores", "=", "x", "operator: does not apply to a list of numbers, which takes null, notNull"],
  ])("refuses %s %s %j, which does not fit the fields, at its place in the query", (...given) => {
    const [field, operator, value, problem] = given;
    const other = { rules: [{ field, operator, value }, "or", rule("age")] };
    const outcome = fromQueryBuilder({ combinator: "and", rules: [rule("age"), other] }, options);
    expect(!outcome.ok && outcome.error.code).toBe("INVALID_RULE");
    expect(!outcome.ok && outcome.error.problems.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      `query.rules[1].rules[0].${problem}`,
    ]);
  });

  it("names every fault, and calls the query invalid as soon as one is", () => {
    const query = {
      combinator: "xor",
      rules: [
        { field: "aeg", operator: "~", value: 1 },
        { ...rule("age"), muted: true },
        { combinator: "and", not: true, rules: [rule("plan", "gold"), rule("age", "x")] },
      ],
    };
    expect(read(query)).toEqual([
      'query.combinator: is neither "and" nor "or"',
      "query.rules[0].field: is no field of these rules",
      "query.rules[0].operator: is no operator that rules have",
      "query.rules[1].muted: leaves it out of every export: remove it first",
      "query.rules[2].rules[1].value: is no value for a field of type number",
      'query.rules[2].rules[0].value: is none of "free", "pro", "team"',
    ]);
    const outcome = fromQueryBuilder(query, options);
    expect(!outcome.ok && outcome.error.code).toBe("INVALID_RULE");
    const other = fromQueryBuilder({ combinator: "and", rules: [query.rules[1]] }, options);
    expect(!other.ok && other.error.code).toBe("NOT_EXPRESSIBLE");
    expect(thrown(() => fromQueryBuilder({}, {} as never)).path).toBe("options.fields");
  });

  it("names 100 faults at most", () => {
    const rules = Array.from({ length: 500 }, () => rule("aeg"));
    const outcome = fromQueryBuilder({ combinator: "and", rules }, options);
    expect(!outcome.ok && outcome.error.problems).toHaveLength(100);
  });
});
