import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { FieldRule, SegmentRule } from "../../../src/segmentation/rules/rule.js";
import type { RuleColumns } from "../../../src/segmentation/rules/rule-columns.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";

/**
 * The truth table of missing values: every comparison with one is false, and `not` turns it around.
 *
 * For contrast, what others say when x is null (T true, F false, N null, E an error): json-logic-js 2.0.5,
 * json-logic-engine 5.0.7, sift 17.1.4, @ucast/mongo2js 2.0.0, mingo 7.2.7, json-rules-engine 7.3.1,
 * @marcbachmann/cel-js 8.0.0, and SQL (DuckDB, SQLite, PostgreSQL).
 *
 *                          jl-js jl-engine sift ucast mingo jre cel SQL   here
 *     x = 5                  F      F       F     F     F    F   F   N     F
 *     x <> 5                 T      T       T     T     T    T   T   N     F
 *     not (x = 5)            T      T       T     T     T    T   T   N     T
 *     x < 5                  T      T       F     T     F    F   E   N     F
 *     x >= 0                 T      T       F     F     F    F   E   N     F
 *     not (x < 5)            F      F       T     F     T    T   E   N     T
 *     x between -1 and 1     T      T       F     T     F    -   E   N     F
 *     x not in (1, 2)        T      T       T     T     T    T   T   N     F
 *     NaN < 5                F      E       F     T     F    F   F   F     F
 *     NaN >= 0               F      E       F     F     T    F   F   T     F
 */
const TABLE: readonly (readonly [type: keyof typeof MISSING, rule: FieldRule])[] = [
  ["number", { op: "eq", field: "x", value: 5 }],
  ["number", { op: "ne", field: "x", value: 5 }],
  ["number", { op: "lt", field: "x", value: 5 }],
  ["number", { op: "lte", field: "x", value: 5 }],
  ["number", { op: "gt", field: "x", value: -5 }],
  ["number", { op: "gte", field: "x", value: 0 }],
  ["number", { op: "between", field: "x", from: -1, to: 1 }],
  ["number", { op: "in", field: "x", values: [0, 1] }],
  ["number", { op: "notIn", field: "x", values: [1, 2] }],
  ["number", { op: "in", field: "x", values: [] }],
  ["number", { op: "notIn", field: "x", values: [] }],
  ["text", { op: "eq", field: "x", value: "null" }],
  ["text", { op: "ne", field: "x", value: "a" }],
  ["text", { op: "in", field: "x", values: ["", "null", "undefined", "a", "NaN", "b"] }],
  ["text", { op: "in", field: "x", values: ["", "null"] }],
  ["text", { op: "notIn", field: "x", values: ["a"] }],
  ["text", { op: "notIn", field: "x", values: [] }],
  ["text", { op: "contains", field: "x", value: "" }],
  ["text", { op: "contains", field: "x", value: "u", ignoreCase: true }],
  ["text", { op: "startsWith", field: "x", value: "" }],
  ["text", { op: "startsWith", field: "x", value: "n" }],
  ["text", { op: "endsWith", field: "x", value: "" }],
  ["boolean", { op: "eq", field: "x", value: false }],
  ["boolean", { op: "eq", field: "x", value: true }],
  ["boolean", { op: "ne", field: "x", value: false }],
  ["boolean", { op: "ne", field: "x", value: true }],
  ["instant", { op: "eq", field: "x", value: "1970-01-01" }],
  ["instant", { op: "ne", field: "x", value: "2024-01-01" }],
  ["instant", { op: "lt", field: "x", value: "2024-01-01" }],
  ["instant", { op: "lte", field: "x", value: "9999-12-31" }],
  ["instant", { op: "gt", field: "x", value: "0001-01-01" }],
  ["instant", { op: "gte", field: "x", value: "1969-12-31" }],
  ["instant", { op: "between", field: "x", from: "0001-01-01", to: "9999-12-31" }],
  ["instant", { op: "within", field: "x", window: {} }],
  ["instant", { op: "within", field: "x", window: { last: { years: 100 } } }],
  ["instant", { op: "anniversary", field: "x", within: { years: 2 } }],
  ["instant", { op: "anniversary", field: "x", within: { years: 2 }, direction: "last" }],
  ["text[]", { op: "hasAny", field: "x", values: ["a", "null"] }],
  ["text[]", { op: "hasAll", field: "x", values: [] }],
  ["text[]", { op: "hasNone", field: "x", values: ["a"] }],
  ["text[]", { op: "hasNone", field: "x", values: [] }],
  ["text[]", { op: "size", field: "x", is: { op: "eq", value: 0 } }],
  ["text[]", { op: "size", field: "x", is: { op: "lt", value: 5 } }],
  ["number[]", { op: "hasAny", field: "x", values: [0] }],
  ["number[]", { op: "hasNone", field: "x", values: [7] }],
];

/** What a field of the type does not have, in addition to what is missing everywhere. */
const MISSING = {
  number: ["5", "", false, true, [], [5], new Date(0), 5n, {}],
  text: [0, 5, true, ["a"], new String("a"), {}],
  boolean: [0, 1, "true", "", "false", {}],
  instant: [
    1.5,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e18,
    new Date(Number.NaN),
    "2024-02-30",
  ],
  "text[]": ["a", 0, { length: 0 }, new Set(["a"])],
  "number[]": [0, "0", Float64Array.of(0)],
} as const;

const PRESENT = { number: 0, text: "", boolean: false, instant: 0, "text[]": [], "number[]": [] } as const;

const asOf = "2024-07-01";
const cases = TABLE.map(([type, rule]) => [`${type}: ${JSON.stringify(rule)}`, type, rule] as const);

/** The answers over records with the value, over objects that are not plain, and over columns: all must be one. */
function answer(type: keyof typeof MISSING, rule: SegmentRule, value: unknown): boolean {
  const options = { fields: ruleFields({ x: type }), asOf };
  const compiled = compileRule(rule, options);
  const record = value === ABSENT ? {} : { x: value };
  const columns: RuleColumns = { x: [value === ABSENT ? undefined : value] };
  const dictionary = { x: { codes: Uint8Array.of(1), values: [null, value === ABSENT ? null : value] } };
  const answers = [
    compiled.matches(record),
    compiled.matches(Object.assign(Object.create({ x: 3 }), record)),
    selectRows(rule, columns, options).rowIndexes.length === 1,
    selectRows(rule, dictionary, options).rowIndexes.length === 1,
  ];
  if ((type === "number" || type === "instant") && (typeof value === "number" || value === null))
    answers.push(
      selectRows(rule, { x: Float64Array.of(value ?? Number.NaN) }, options).rowIndexes.length === 1,
    );
  expect(new Set(answers).size, `${JSON.stringify(rule)} for ${String(value)}: ${answers}`).toBe(1);
  return answers[0];
}

const ABSENT = Symbol("absent");

describe("truth table of missing values", () => {
  it.each(cases)("%s", (_, type, rule) => {
    for (const value of [ABSENT, undefined, null, Number.NaN, ...MISSING[type]]) {
      expect(answer(type, rule, value), String(value)).toBe(false);
      expect(answer(type, { op: "not", of: rule }, value), String(value)).toBe(true);
    }
  });

  it.each(Object.keys(MISSING) as (keyof typeof MISSING)[])("%s: exists and missing", (type) => {
    for (const value of [ABSENT, undefined, null, Number.NaN, ...MISSING[type]]) {
      expect(answer(type, { op: "exists", field: "x" }, value), String(value)).toBe(false);
      expect(answer(type, { op: "missing", field: "x" }, value), String(value)).toBe(true);
    }
    expect(answer(type, { op: "exists", field: "x" }, PRESENT[type])).toBe(true);
    expect(answer(type, { op: "missing", field: "x" }, PRESENT[type])).toBe(false);
  });

  it("of nothing: all holds, any does not, no values match nobody, every list has all of none", () => {
    for (const value of [ABSENT, 5]) {
      expect(answer("number", { op: "all", of: [] }, value)).toBe(true);
      expect(answer("number", { op: "any", of: [] }, value)).toBe(false);
      expect(answer("number", { op: "atLeast", count: 0, of: [] }, value)).toBe(true);
      expect(answer("number", { op: "in", field: "x", values: [] }, value)).toBe(false);
    }
    expect(answer("number", { op: "notIn", field: "x", values: [] }, 5)).toBe(true);
    expect(answer("text[]", { op: "hasAny", field: "x", values: [] }, ["a"])).toBe(false);
    expect(answer("text[]", { op: "hasAll", field: "x", values: [] }, ["a"])).toBe(true);
    expect(answer("text[]", { op: "hasNone", field: "x", values: [] }, ["a"])).toBe(true);
    expect(answer("text[]", { op: "hasNone", field: "x", values: [] }, [])).toBe(true);
    expect(answer("text[]", { op: "size", field: "x", is: { op: "eq", value: 0 } }, [])).toBe(true);
  });

  it("zero has no sign", () => {
    for (const [value, field] of [
      [0, -0],
      [-0, 0],
    ]) {
      expect(answer("number", { op: "eq", field: "x", value }, field)).toBe(true);
      expect(answer("number", { op: "in", field: "x", values: [value] }, field)).toBe(true);
      expect(answer("number", { op: "lt", field: "x", value }, field)).toBe(false);
      expect(answer("number", { op: "gt", field: "x", value }, field)).toBe(false);
      expect(answer("number", { op: "gte", field: "x", value }, field)).toBe(true);
      expect(answer("number[]", { op: "hasAny", field: "x", values: [value] }, [field])).toBe(true);
    }
  });

  it("infinite numbers are numbers, and no instants", () => {
    expect(answer("number", { op: "gt", field: "x", value: 5 }, Number.POSITIVE_INFINITY)).toBe(true);
    expect(answer("number", { op: "lt", field: "x", value: 5 }, Number.NEGATIVE_INFINITY)).toBe(true);
    expect(answer("number", { op: "lt", field: "x", value: 5 }, Number.POSITIVE_INFINITY)).toBe(false);
    expect(answer("number", { op: "gt", field: "x", value: Number.MAX_VALUE }, Number.MAX_VALUE)).toBe(false);
    expect(
      answer("number", { op: "gt", field: "x", value: Number.MAX_VALUE }, Number.POSITIVE_INFINITY),
    ).toBe(true);
  });
});
