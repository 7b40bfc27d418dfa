import fc from "fast-check";
import jsonLogic, { type RulesLogic } from "json-logic-js";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { toJsonLogic } from "../../../src/segmentation/rules/json-logic-export.js";
import { fromJsonLogic } from "../../../src/segmentation/rules/json-logic-import.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { thrown } from "../../core/thrown.js";
import { combined, shopFields, someListLeaf, somePlainLeaf, someRecord } from "./some-rules.js";

const options = { fields: shopFields };
const compiled = { ...options, asOf: "2024-02-15" };

/** What json-logic-js itself says. */
const says = (logic: unknown, record: object): boolean =>
  Boolean(jsonLogic.apply(logic as RulesLogic, record));

const number = fc.integer({ min: -2, max: 2 });
const order = fc.constantFrom("<", "<=", ">", ">=");
const equality = fc.constantFrom("==", "===", "!=", "!==");
const variable = (field: string) => fc.constantFrom<unknown>({ var: field }, { var: [field] });
const word = fc.constantFrom("", "a", "ab");

/** JsonLogic that has a rule of the same meaning. */
const someLogic = fc.letrec<{ logic: unknown }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.tuple(order, variable("age"), number).map(([op, field, value]) => ({ [op]: [field, value] })),
    fc.tuple(order, variable("age"), number).map(([op, field, value]) => ({ [op]: [value, field] })),
    fc
      .tuple(fc.constantFrom("<", "<="), number, variable("age"), number)
      .map(([op, ...three]) => ({ [op]: three })),
    fc.tuple(equality, variable("age"), fc.option(number)).map(([op, ...two]) => ({ [op]: two })),
    fc.tuple(equality, variable("name"), fc.option(word)).map(([op, ...two]) => ({ [op]: two.reverse() })),
    fc.tuple(equality, variable("isMember"), fc.option(fc.boolean())).map(([op, ...two]) => ({ [op]: two })),
    fc.tuple(equality, variable("tags"), fc.constant(null)).map(([op, ...two]) => ({ [op]: two })),
    fc.tuple(variable("age"), fc.array(number, { maxLength: 3 })).map((two) => ({ in: two })),
    fc
      .tuple(word, fc.oneof(variable("name"), variable("tags"), variable("address.city")))
      .map((two) => ({ in: two })),
    fc.tuple(number, variable("scores")).map((two) => ({ in: two })),
    variable("isMember"),
    fc.boolean(),
    // What reads like the "has a value, and ..." of an export, and is that or is not.
    fc.tuple(fc.constantFrom("age", "name"), fc.nat(1), tie("logic")).map(([field, order, logic]) => {
      const either = [logic, { "==": [{ var: field }, null] }];
      return { and: [{ "!=": [{ var: field }, null] }, { or: order === 0 ? either : either.reverse() }] };
    }),
    fc.tuple(fc.constantFrom("age", "name"), tie("logic")).map(([field, logic]) => ({
      and: [{ "!=": [{ var: field }, null] }, { "!": [logic] }],
    })),
    fc
      .tuple(fc.constantFrom("and", "or"), fc.array(tie("logic"), { minLength: 1, maxLength: 3 }))
      .map(([op, of]) => ({ [op]: of })),
    fc
      .tuple(fc.constantFrom("!", "!!"), tie("logic"), fc.boolean())
      .map(([op, of, inList]) => ({ [op]: inList || Array.isArray(of) ? [of] : of })),
  ),
})).logic;

function read(logic: unknown): unknown {
  const outcome = fromJsonLogic(logic, options);
  return outcome.ok ? outcome.value : outcome.error.problems.map(({ path, reason }) => `${path}: ${reason}`);
}

describe("fromJsonLogic", () => {
  it("means the same customers, also those whose values are missing", () => {
    fc.assert(
      fc.property(someLogic, fc.array(someRecord, { minLength: 5, maxLength: 5 }), (logic, records) => {
        const made = fromJsonLogic(logic, options);
        if (!made.ok) throw new Error(made.error.message);
        const rule = compileRule(made.value, compiled);
        for (const record of [{}, ...records]) expect(rule.matches(record)).toBe(says(logic, record));
      }),
      { numRuns: 1000 },
    );
  });

  it("does not take a field that must be given and may be missing for one that is missing", () => {
    const isNull = { "==": [{ var: "age" }, null] };
    const logic = { and: [{ "!=": [{ var: "age" }, null] }, { or: [isNull, isNull] }] };
    const made = fromJsonLogic(logic, options);
    if (!made.ok) throw new Error(made.error.message);
    for (const record of [{}, { age: null }, { age: 1 }]) {
      expect(says(logic, record)).toBe(false);
      expect(compileRule(made.value, compiled).matches(record)).toBe(false);
    }
  });

  it("reads no more than two conditions as one", () => {
    const given = { "!=": [{ var: "age" }, null] };
    expect(read({ and: [given, { "!=": [{ var: "age" }, 1] }] })).toEqual({
      op: "ne",
      field: "age",
      value: 1,
    });
    expect(read({ and: [given, { "!=": [{ var: "age" }, 1] }, { var: "isMember" }] })).toMatchObject({
      op: "all",
      of: [{ op: "exists" }, { op: "not" }, { op: "eq" }],
    });
  });

  it("shows what null does there", () => {
    const missing = { op: "missing", field: "age" };
    expect(read({ "<": [{ var: "age" }, 18] })).toEqual({
      op: "any",
      of: [{ op: "lt", field: "age", value: 18 }, missing],
    });
    expect(read({ "<": [18, { var: "age" }] })).toEqual({ op: "gt", field: "age", value: 18 });
    expect(read({ "!=": [{ var: "age" }, 18] })).toEqual({
      op: "not",
      of: { op: "eq", field: "age", value: 18 },
    });
    expect(read({ "==": [{ var: "age" }, null] })).toEqual(missing);
    expect(read({ in: ["", { var: "name" }] })).toEqual({ op: "ne", field: "name", value: "" });
  });

  it.each<[unknown, string]>([
    [{ ">": [{ "+": [{ var: "age" }, 1] }, 18] }, 'logic.>[0]: is not { "var": field }'],
    [{ ">": [{ var: "age" }, { var: "age" }] }, "logic.>[1]: is not a number"],
    [{ ">": [1, { var: "age" }, 3] }, "logic.>: has not two operands"],
    [{ "==": [{ var: ["age", 5] }, 1] }, "logic.==[0]: has a default, which rules have not"],
    [{ "==": [{ var: "" }, 1] }, "logic.==[0]: is no field of these rules"],
    [{ ">": [{ var: "joinedAt" }, 1] }, "logic.>: is an instant, which JsonLogic compares as text"],
    [
      { "==": [{ var: "joinedAt" }, "2024-01-01"] },
      "logic.==: is an instant, which JsonLogic compares as text",
    ],
    [{ "<": [{ var: "name" }, 1] }, "logic.<: is no number"],
    [{ and: [] }, "logic.and: of nothing has no truth value in JsonLogic"],
    [{ or: [{ var: "name" }] }, "logic.or[0]: is a condition by itself, and not true or false"],
    [{ if: [true, true, false] }, "logic.if: is no operator that rules have"],
    [{ method: ["a", "constructor"] }, "logic.method: is no operator that rules have"],
    [{ map: [{ var: "tags" }, { var: "" }] }, "logic.map: is no operator that rules have"],
    [{ in: [{ var: "age" }, [null]] }, "logic.in[1]: has items that are no literals"],
    [{ and: [true], or: [true] }, "logic: is no condition"],
    [5, "logic: is no condition"],
    [null, "logic: is no condition"],
    [{ "==": [{ var: "constructor.constructor" }, 1] }, "logic.==[0]: is no field of these rules"],
  ])("refuses %j", (logic, problem) => {
    expect(read(logic)).toEqual([problem]);
  });

  it.each<[unknown, string]>([
    [{ "==": [{ var: "age" }, "18"] }, "logic.==[1]: is not a number"],
    [{ "!==": ["18", { var: "age" }] }, "logic.!==[0]: is not a number"],
    [{ "!": [{ "===": [{ var: "plan" }, "gold"] }] }, 'logic.![0].===[1]: is none of "free", "pro", "team"'],
    [
      { and: [true, { "!=": [{ var: "plan" }, null] }, { in: [{ var: "plan" }, ["free", "gold"]] }] },
      'logic.and[2].in[1][1]: is none of "free", "pro", "team"',
    ],
    [
      { and: [{ "!=": [{ var: "plan" }, null] }, { "!": { in: [{ var: "plan" }, ["gold"]] } }] },
      'logic.and[1].![0].in[1][0]: is none of "free", "pro", "team"',
    ],
    [{ in: [1, { var: "tags" }] }, "logic.in[0]: is not text"],
    [
      { "==": [{ var: "tags" }, "a"] },
      'logic.==: does not apply to "tags", which is a list of texts: it takes hasAny, hasAll, hasNone, size, exists, missing',
    ],
  ])("refuses %j, which does not fit the fields, at its place in the JsonLogic", (logic, problem) => {
    const outcome = fromJsonLogic(logic, options);
    expect(!outcome.ok && outcome.error.code).toBe("INVALID_RULE");
    expect(read(logic)).toEqual([problem]);
  });

  it("names every fault, and calls it invalid as soon as one is", () => {
    const logic = { or: [{ if: [true] }, { "!": [{ "==": [{ var: "age" }, "18"] }] }, { var: "aeg" }] };
    expect(read(logic)).toEqual([
      "logic.or[0].if: is no operator that rules have",
      "logic.or[2]: is no field of these rules",
      "logic.or[1].![0].==[1]: is not a number",
    ]);
    const outcome = fromJsonLogic(logic, options);
    expect(!outcome.ok && outcome.error.code).toBe("INVALID_RULE");
    const other = fromJsonLogic({ if: [true] }, options);
    expect(!other.ok && other.error.code).toBe("NOT_EXPRESSIBLE");
  });

  it("refuses options that are none", () => {
    expect(thrown(() => fromJsonLogic(true, {} as never)).path).toBe("options.fields");
  });
});

describe("toJsonLogic", () => {
  const someLeaf = fc.oneof(somePlainLeaf, someListLeaf);
  /** A leaf of a field, said once more for those who have a value of it, or of another. */
  const somePresent = fc
    .tuple(someLeaf, fc.constantFrom("age", "name", "tags"), fc.boolean(), fc.boolean())
    .map(([leaf, other, isOwn, isNegated]): SegmentRule => {
      const field = isOwn && "field" in leaf && leaf.field !== undefined ? leaf.field : other;
      const rest: SegmentRule = isNegated
        ? { op: "not", of: leaf }
        : { op: "any", of: [leaf, { op: "missing", field }] };
      return { op: "all", of: [{ op: "exists", field }, rest] };
    });
  const someRule = combined(fc.oneof({ weight: 3, arbitrary: someLeaf }, somePresent)).filter(
    (rule) => !JSON.stringify(rule).includes('"atLeast"'),
  );

  it("refuses a document of another version, as parseRule does", () => {
    const rule: SegmentRule = { op: "exists", field: "age" };
    expect(toJsonLogic({ version: 1, rule }, options).ok).toBe(true);
    for (const version of [0, 2])
      expect(thrown(() => toJsonLogic({ version, rule } as never, options)).path).toBe("version");
  });

  it("means the same customers, there and back again", () => {
    fc.assert(
      fc.property(someRule, fc.array(someRecord, { minLength: 5, maxLength: 5 }), (rule, records) => {
        const logic = toJsonLogic(rule, options);
        if (!logic.ok) throw new Error(logic.error.message);
        const back = fromJsonLogic(JSON.parse(JSON.stringify(logic.value)), options);
        if (!back.ok) throw new Error(back.error.message);
        const before = compileRule(rule, compiled);
        const after = compileRule(back.value, compiled);
        for (const record of [{}, ...records]) {
          expect(says(logic.value, record)).toBe(before.matches(record));
          expect(after.matches(record)).toBe(before.matches(record));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("brings each condition back as the same tree", () => {
    fc.assert(
      fc.property(
        somePlainLeaf.filter((leaf) => !("value" in leaf && leaf.value === "")),
        (leaf) => {
          const logic = toJsonLogic(leaf, options);
          expect(logic.ok && fromJsonLogic(logic.value, options)).toEqual({ ok: true, value: leaf });
        },
      ),
    );
  });

  it.each<[SegmentRule, string]>([
    [{ op: "lt", field: "joinedAt", value: "2024-01-01" }, "rule"],
    [{ op: "between", field: "joinedAt", from: "2024-01-01", to: "2024-01-02" }, "rule"],
    [{ op: "startsWith", field: "name", value: "a" }, "rule"],
    [{ op: "contains", field: "name", value: "a", ignoreCase: true }, "rule.ignoreCase"],
    [{ op: "size", field: "tags", is: { op: "gt", value: 1 } }, "rule"],
    [{ op: "not", of: { op: "did", of: "visits" } }, "rule.of"],
    [
      {
        op: "all",
        of: [
          { op: "segment", segment: "a" },
          { op: "atLeast", count: 0, of: [] },
        ],
      },
      "rule.of[0]",
    ],
  ])("refuses %j", (rule, path) => {
    const outcome = toJsonLogic(rule, options);
    expect(outcome.ok).toBe(false);
    if (outcome.ok) return;
    expect(outcome.error.code).toBe("NOT_EXPRESSIBLE");
    expect(outcome.error.problems[0]?.path).toBe(path);
  });

  it("refuses a name that JsonLogic would find in every object", () => {
    const fields = { fields: { fields: { toString: "text" }, events: {} } } as const;
    expect(toJsonLogic({ op: "exists", field: "toString" }, fields)).toMatchObject({ ok: false });
    expect(fromJsonLogic({ "!=": [{ var: "toString" }, null] }, fields)).toMatchObject({ ok: false });
  });
});
