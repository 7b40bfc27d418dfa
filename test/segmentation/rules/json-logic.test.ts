import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { toJsonLogic } from "../../../src/segmentation/rules/json-logic-export.js";
import { fromJsonLogic } from "../../../src/segmentation/rules/json-logic-import.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { thrown } from "../../core/thrown.js";
import { combined, shopFields, someListLeaf, somePlainLeaf, someRecord } from "./some-rules.js";

const options = { fields: shopFields };
const compiled = { ...options, asOf: "2024-02-15" };

/** JsonLogic as json-logic-js 2.0.5 evaluates it: JavaScript's loose comparisons, `null` for what is absent. */
function evaluate(logic: unknown, data: unknown): unknown {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return logic;
  const [[operator, given]] = Object.entries(logic) as [[string, unknown]];
  const operands = Array.isArray(given) ? given : [given];
  const truthy = (value: unknown): boolean =>
    Array.isArray(value) && value.length === 0 ? false : Boolean(value);
  if (operator === "and" || operator === "or") {
    let current: unknown;
    for (const operand of operands) {
      current = evaluate(operand, data);
      if (truthy(current) === (operator === "or")) return current;
    }
    return current;
  }
  const [a, b, c] = operands.map((operand) => evaluate(operand, data)) as [never, never, never];
  switch (operator) {
    case "var": {
      let value: unknown = data;
      for (const step of String(a).split(".")) {
        if (value === null || value === undefined) return null;
        value = (value as Record<string, unknown>)[step];
        if (value === undefined) return null;
      }
      return value;
    }
    case "!":
      return !truthy(a);
    case "!!":
      return truthy(a);
    case "==":
      // biome-ignore lint/suspicious/noDoubleEquals: that is what the library does.
      return a == b;
    case "!=":
      // biome-ignore lint/suspicious/noDoubleEquals: that is what the library does.
      return a != b;
    case "===":
      return a === b;
    case "!==":
      return a !== b;
    case "<":
      return operands.length === 3 ? a < b && b < c : a < b;
    case "<=":
      return operands.length === 3 ? a <= b && b <= c : a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "in":
      return !b || typeof (b as string).indexOf === "undefined" ? false : (b as string).indexOf(a) !== -1;
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

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
        for (const record of [{}, ...records])
          expect(rule.matches(record)).toBe(Boolean(evaluate(logic, record)));
      }),
      { numRuns: 1000 },
    );
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

  it("refuses what does not fit the fields", () => {
    expect(fromJsonLogic({ "==": [{ var: "age" }, "18"] }, options)).toMatchObject({
      ok: false,
      error: { code: "INVALID_RULE", problems: [{ path: "rule.value" }] },
    });
    expect(thrown(() => fromJsonLogic(true, {} as never)).path).toBe("options.fields");
  });
});

describe("toJsonLogic", () => {
  const someRule = combined(fc.oneof(somePlainLeaf, someListLeaf)).filter(
    (rule) => !JSON.stringify(rule).includes('"atLeast"'),
  );

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
          expect(Boolean(evaluate(logic.value, record))).toBe(before.matches(record));
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
