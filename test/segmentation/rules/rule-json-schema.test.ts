import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { ruleProblems } from "../../../src/segmentation/rules/parse-rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { ruleJsonSchema } from "../../../src/segmentation/rules/rule-json-schema.js";
import { thrown } from "../../core/thrown.js";
import { shopFields, shopSegments } from "./some-rules.js";

const operators = { near: { holds: () => true }, vip: { holds: () => true, field: false } } as const;
const options = { fields: shopFields, segments: shopSegments, operators };
const ajv = new Ajv2020({ strict: true });
const fits = ajv.compile(ruleJsonSchema(options));

describe("ruleJsonSchema", () => {
  it("is a schema for a strict validator, whatever the fields are", () => {
    for (const fields of [
      ruleFields({}),
      ruleFields({ a: ["x", "x"] }),
      ruleFields({}, { v: {} }),
      ruleFields({ a: { type: ["p", "q"], label: "L" } }, { "any kind": { tags: "text[]" } }),
    ]) {
      const valid = new Ajv2020({ strict: true }).compile(ruleJsonSchema({ fields, operators }));
      expect(valid({ op: "all", of: [] })).toBe(true);
      expect(valid({ op: "custom", name: "vip" })).toBe(true);
    }
    expect(new Ajv2020({ strict: true }).compile(ruleJsonSchema())({ op: "all", of: [] })).toBe(true);
  });

  it.each<[rule: object, isRule: boolean]>([
    [{ op: "custom", name: "near", field: "age" }, true],
    [{ op: "custom", name: "near" }, false],
    [{ op: "custom", name: "near", field: "nope" }, false],
    [{ op: "custom", name: "vip", value: { any: 1 } }, true],
    [{ op: "custom", name: "vip", field: "age" }, false],
    [{ op: "custom", name: "gone" }, false],
    [{ op: "did", of: "visits", where: { op: "custom", name: "near", field: "page" } }, true],
    [{ op: "did", of: "visits", where: { op: "custom", name: "near", field: "age" } }, false],
    [{ op: "within", field: "joinedAt", window: { from: "2024-01-01" } }, true],
    [{ op: "within", field: "joinedAt", window: { from: "garbage" } }, false],
    [{ op: "within", field: "joinedAt", window: { until: "2024-01-01T10:00" } }, false],
    [{ op: "within", field: "joinedAt", window: { last: {} } }, false],
    [{ op: "within", field: "joinedAt", window: { last: { years: 1001 } } }, false],
    [{ op: "within", field: "joinedAt", window: { next: { days: 1 } } }, true],
    [{ op: "did", of: "visits", window: { next: { days: 1 } } }, false],
    [{ op: "last", of: "visits", is: { op: "within", window: { next: { days: 1 } } } }, false],
    [{ op: "sequence", steps: [{ of: "visits" }], window: { next: { days: 1 } } }, false],
    [{ op: "distinct", of: "visits", field: "at", is: { op: "gt", value: 1 } }, true],
    [{ op: "segment", segment: "loyal" }, true],
  ])("says of %j what parseRule says", (rule, isRule) => {
    expect(fits(rule)).toBe(isRule);
    expect(ruleProblems(rule, options).length === 0).toBe(isRule);
  });

  it("takes a stored document where parseRule does", () => {
    const shape = new Ajv2020({ strict: true }).compile(ruleJsonSchema());
    const rule = { op: "gte", field: "age", value: 18 };
    for (const [stored, isTaken] of [
      [rule, true],
      [{ version: 1, rule }, true],
      [{ version: 0, rule }, false],
      [{ version: 2, rule }, false],
      [{ version: 1 }, false],
      [{ version: 1, rule, name: "adults" }, false],
      [{ version: 1, rule: { version: 1, rule } }, false],
      [{ op: "not", of: { version: 1, rule } }, false],
    ] as const) {
      expect([fits(stored), shape(stored), ruleProblems(stored, options).length === 0]).toEqual([
        isTaken,
        isTaken,
        isTaken,
      ]);
    }
    const gone = { version: 1, rule: { ...rule, field: "gone" } };
    expect([fits(gone), shape(gone)]).toEqual([false, true]);
  });

  it("leaves to parseRule what it cannot say", () => {
    for (const rule of [
      { op: "eq", field: "joinedAt", value: "2024-02-30" },
      { op: "within", field: "joinedAt", window: { ago: [{ days: 1 }, { days: 30 }] } },
      { op: "frequency", of: "visits", unit: "month", atLeast: 5, outOf: 2 },
      { op: "atLeast", count: 2, of: [] },
      { op: "sequence", steps: [{ of: "visits", within: { days: 1 } }] },
      { op: "did", of: "visits", window: { calendar: "month", offset: 1 } },
      { op: "within", field: "joinedAt", window: { calendar: "year", offset: 5000 } },
    ]) {
      expect(fits(rule)).toBe(true);
      expect(ruleProblems(rule, options)).not.toEqual([]);
    }
  });

  it("titles fields by their labels", () => {
    const fields = ruleFields({
      age: { type: "number", label: { en: "age in years", id: "umur" } },
      score: { type: "number", label: "score of the month" },
      depth: "number",
    });
    const titles = (language?: "en" | "id") => JSON.stringify(ruleJsonSchema({ fields, language }));
    expect(titles()).toContain(
      '{"oneOf":[{"const":"age","title":"age in years"},{"const":"score","title":"score of the month"},{"const":"depth"}]}',
    );
    expect(titles("id")).toContain('{"const":"age","title":"umur"}');
    expect(thrown(() => titles("de" as never)).path).toBe("options.language");
    const fitted = new Ajv2020({ strict: true }).compile(ruleJsonSchema({ fields }));
    expect(fitted({ op: "gt", field: "age", value: 1 })).toBe(true);
    expect(fitted({ op: "gt", field: "gone", value: 1 })).toBe(false);
  });

  it("takes rules by name for the names of segments", () => {
    const segments = { loyal: { op: "all", of: [] } } as const;
    expect(ruleJsonSchema({ fields: shopFields, segments })).toEqual(
      ruleJsonSchema({ fields: shopFields, segments: ["loyal"] }),
    );
  });

  it("refuses what would say nothing", () => {
    expect(thrown(() => ruleJsonSchema({ segments: ["a"] }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "options.segments",
    });
    expect(thrown(() => ruleJsonSchema({ operators })).path).toBe("options.operators");
    expect(thrown(() => ruleJsonSchema({ fields: null as never })).path).toBe("options.fields");
    expect(thrown(() => ruleJsonSchema(null as never)).path).toBe("options");
    expect(thrown(() => ruleJsonSchema({ fields: shopFields, lang: "id" } as never)).path).toBe(
      "options.lang",
    );
    expect(thrown(() => ruleJsonSchema({ fields: shopFields, segments: "abc" })).path).toBe(
      "options.segments",
    );
  });
});
