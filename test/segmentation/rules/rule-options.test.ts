import { describe, expect, it } from "vitest";
import * as z from "zod";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { describeRule } from "../../../src/segmentation/rules/describe-rule.js";
import { toJsonLogic } from "../../../src/segmentation/rules/json-logic-export.js";
import { migrateRule, parseRule, ruleProblems } from "../../../src/segmentation/rules/parse-rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";
import { thrown } from "../../core/thrown.js";

const fields = ruleFields({ age: "number", plan: "text" }, { visits: { page: "text" } });
const asOf = "2024-07-01";
const exists = { op: "exists", field: "age" } as const;
const inA = { op: "segment", segment: "a" } as const;

type Door = (rule: never, options: never) => unknown;
const doors: readonly (readonly [name: string, door: Door])[] = [
  ["parseRule", parseRule],
  ["ruleProblems", ruleProblems],
  ["migrateRule", migrateRule],
  ["describeRule", describeRule],
  ["toJsonLogic", toJsonLogic],
  ["compileRule", compileRule],
  ["selectRows", (rule, options) => selectRows(rule, { age: [1] }, options)],
];

describe.each(doors)("options of %s", (_name, door) => {
  const ask = (options: unknown, rule: unknown = exists) => door(rule as never, options as never);
  const refusal = (options: object) => thrown(() => ask({ fields, asOf, ...options }));

  it("are refused with their path where they are none", () => {
    expect(thrown(() => ask(undefined))).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.fields" });
    expect(refusal({ fields: { fields: null, events: null } }).path).toBe("options.fields");
    expect(refusal({ fields: { fields: {} } }).path).toBe("options.fields");
    expect(refusal({ segments: "abc" })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.segments",
    });
    expect(refusal({ segments: null }).path).toBe("options.segments");
    expect(refusal({ operators: null })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.operators",
    });
    expect(refusal({ operators: { a: null } })).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.operators.a",
    });
    expect(refusal({ operators: { a: {} } }).message).toContain('no function "holds"');
    const holds = () => true;
    expect(refusal({ operators: { a: { holds, value: {} } } }).path).toBe("options.operators.a.value");
    expect(refusal({ operators: { a: { holds, field: "age" } } }).path).toBe("options.operators.a.field");
    expect(refusal({ operators: { a: { holds, describe: "is" } } }).path).toBe(
      "options.operators.a.describe",
    );
    expect(refusal({ operators: { a: { holds, fields: false } } }).path).toBe("options.operators.a.fields");
  });

  it("are refused where no function on rules knows them", () => {
    const error = refusal({ timezone: "Asia/Jakarta" });
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.timezone" });
    expect(error.message).toContain('"timezone"');
    expect(refusal({ limits: { deph: 1 } }).path).toBe("options.limits.deph");
    expect(ask({ fields, asOf, timeZone: "UTC", limits: { depth: 3 }, operators: {} })).toBeDefined();
  });
});

describe("segments", () => {
  it("are names, or rules by name", () => {
    const withNames: readonly Iterable<string>[] = [["a"], new Set(["a"]), new Map([["a", 1]]).keys()];
    for (const segments of [...withNames, { a: exists }])
      expect(parseRule(inA, { fields, segments })).toEqual(inA);
    expect(describeRule(inA, { fields, segments: { a: exists } })).toContain("a");
    for (const segments of [["b"], {}, { b: exists }, Object.create({ a: exists })])
      expect(ruleProblems(inA, { fields, segments }).map(({ path }) => path)).toEqual(["rule.segment"]);
  });

  it("must be rules where they are asked, not names alone", () => {
    const error = thrown(() => compileRule(inA, { fields, asOf, segments: ["a"] as never }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.segments" });
    expect(compileRule(inA, { fields, asOf, segments: { a: exists } }).matches({ age: 1 })).toBe(true);
  });

  it("are named where a document is at fault", () => {
    const refused = (a: unknown) =>
      thrown(() => compileRule(inA, { fields, asOf, segments: { a: a as never } })).path;
    expect(refused({ version: 9, rule: exists })).toBe("segments.a.version");
    expect(refused({ version: 1, rule: exists, extra: 1 })).toBe("segments.a.extra");
    expect(refused({ op: "exists", field: "aeg" })).toBe("segments.a.field");
  });

  it("and rules of version 0 are for migrateRule alone", () => {
    const old = { version: 0, rule: exists } as never;
    for (const door of [parseRule, describeRule, compileRule]) {
      const error = thrown(() => door(old, { fields, asOf }));
      expect(error.path).toBe("version");
      expect(error.message).toContain("migrateRule()");
    }
    expect(migrateRule(old, { fields }).rule).toEqual(exists);
  });
});

describe("operators of your own", () => {
  const near = { holds: () => true, value: z.object({ km: z.number() }) };
  const vip = { holds: () => true, field: false } as const;
  const operators = { near, vip };
  const problems = (rule: object) =>
    ruleProblems({ op: "custom", ...rule }, { fields, operators }).map(
      ({ path, reason }) => `${path}: ${reason}`,
    );

  it("name a field, or none, as they say", () => {
    const value = { km: 5 };
    expect(problems({ name: "near", field: "age", value })).toEqual([]);
    expect(problems({ name: "near", value })).toEqual(["rule.field: is no field of these rules"]);
    expect(problems({ name: "near", field: "aeg", value })).toEqual([
      "rule.field: is no field of these rules",
    ]);
    expect(problems({ name: "vip" })).toEqual([]);
    expect(problems({ name: "vip", field: "age" })).toEqual(['rule.field: is nothing that "vip" takes']);
    expect(problems({ name: "toString" })).toEqual(["rule.name: is no operator of these rules"]);
  });

  it("check their value", () => {
    expect(problems({ name: "near", field: "age", value: { km: "5" } })).toEqual([
      'rule.value: is no value that "near" takes',
    ]);
    expect(problems({ name: "near", field: "age" })).toEqual(['rule.value: is no value that "near" takes']);
  });

  it("are named when their check throws", () => {
    const broken = {
      holds: () => true,
      value: {
        safeParse: () => {
          throw new TypeError("boom");
        },
      },
    };
    const rule = { op: "custom", name: "broken", field: "age", value: 1 } as const;
    const error = thrown(() => parseRule(rule, { fields, operators: { broken } }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "rule.value" });
    expect(error.message).toContain('makes the value check of "broken" throw "boom"');
    expect(thrown(() => compileRule(rule, { fields, asOf, operators: { broken } })).path).toBe("rule.value");
  });

  it("get the value that their schema puts out, over objects and columns, and parseRule keeps the one that came in", () => {
    const seen: unknown[] = [];
    const above = {
      holds: (age: unknown, value: unknown) => {
        seen.push(value);
        return (age as number) > (value as number);
      },
      value: z.coerce.number().default(18),
    };
    const rule = { op: "custom", name: "above", field: "age", value: "5" } as const;
    const given = { fields, asOf, operators: { above } };
    expect(parseRule(rule, given)).toEqual(rule);
    expect(compileRule(rule, given).matches({ age: 10 })).toBe(true);
    expect(selectRows(rule, { age: [10, 4] }, given).rowIndexes).toEqual([0]);
    const { value: _, ...bare } = rule;
    expect(compileRule(bare, given).matches({ age: 10 })).toBe(false);
    expect(seen).toEqual([5, 5, 5, 18]);
    const own = {
      holds: (_age: unknown, value: unknown) => value === "5",
      value: { safeParse: () => ({ success: true }) },
    };
    expect(compileRule(rule, { ...given, operators: { above: own } }).matches({ age: 1 })).toBe(true);
  });
});

describe("ruleFields", () => {
  it("hands on a copy that nobody can change", () => {
    const plans = ["free"];
    const given = { plan: plans, age: { type: "number", label: { en: "age" } } } as const;
    const made = ruleFields(given, { visits: {} });
    plans.push("pro");
    expect(made.fields.plan).toEqual(["free"]);
    for (const part of [made, made.fields, made.fields.plan, made.fields.age.label, made.events.visits])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it("refuses labels of languages that there are not, and lists with holes", () => {
    const labels = thrown(() => ruleFields({ a: { type: "text", label: { eng: "x" } } } as never));
    expect(labels).toMatchObject({ code: "INVALID_ARGUMENT", path: "fields.a.label.eng" });
    expect(thrown(() => ruleFields({ a: { type: "text", label: ["x"] } } as never)).path).toBe(
      "fields.a.label",
    );
    // biome-ignore lint/suspicious/noSparseArray: the hole is the point.
    expect(thrown(() => ruleFields({ a: [, "y"] } as never)).path).toBe("fields.a");
    expect(thrown(() => ruleFields({}, [] as never)).path).toBe("events");
  });
});
