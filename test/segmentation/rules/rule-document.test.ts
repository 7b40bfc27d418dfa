import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { migrateRule, parseRule } from "../../../src/segmentation/rules/parse-rule.js";
import type { RuleDocument, SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleDocument } from "../../../src/segmentation/rules/rule-document.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { thrown } from "../../core/thrown.js";
import { shopFields, shopSegments, someRule } from "./some-rules.js";

const fields = ruleFields({ name: "text" });
const rule: SegmentRule = { op: "exists", field: "name" };

describe("ruleDocument", () => {
  it("is what parseRule and migrateRule read, for every rule", () => {
    const options = { fields: shopFields, segments: shopSegments };
    fc.assert(
      fc.property(someRule, (some) => {
        const stored = JSON.parse(JSON.stringify(ruleDocument(some)));
        expect(parseRule(stored, options)).toEqual(some);
        expect(migrateRule(stored, options)).toEqual(stored);
      }),
    );
  });

  it("is a copy, and that of a document is equal to it", () => {
    const given = { op: "all", of: [rule] } as const;
    const document = ruleDocument(given);
    expect(document).toEqual({ version: 1, rule: given });
    expect(document.rule).not.toBe(given);
    expect(ruleDocument(document)).toEqual(document);
  });

  it("refuses what is no rule, too large, or of another version", () => {
    expect(thrown(() => ruleDocument({ op: "none" } as never))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "rule.op",
    });
    const deep: SegmentRule = { op: "not", of: { op: "not", of: rule } };
    expect(thrown(() => ruleDocument(deep, { limits: { depth: 2 } })).code).toBe("INVALID_ARGUMENT");
    expect(thrown(() => ruleDocument({ version: 0, rule } as never)).path).toBe("version");
    expect(thrown(() => ruleDocument(rule, { fields } as never)).path).toBe("options.fields");
  });
});

describe("a tree without a version", () => {
  it("is of the present version everywhere, unless migrateRule is told otherwise", () => {
    const old = { version: 0, rule } as unknown as RuleDocument;
    expect(migrateRule(rule, { fields })).toEqual({ version: 1, rule });
    expect(migrateRule(rule, { fields, from: 0 })).toEqual({ version: 1, rule });
    expect(migrateRule(rule, { fields, from: 1 })).toEqual({ version: 1, rule });
    // What a document says of itself counts.
    expect(migrateRule(old, { fields, from: 1 })).toEqual({ version: 1, rule });
    expect(parseRule(rule, { fields })).toEqual(rule);
    expect(thrown(() => parseRule(old, { fields })).path).toBe("version");
    expect(thrown(() => compileRule(old, { fields, asOf: "2024-01-01" })).path).toBe("version");
  });

  it("cannot be of a version that there is not", () => {
    for (const from of [2, -1, 0.5, "0", null, Number.NaN])
      expect(thrown(() => migrateRule(rule, { fields, from: from as never }))).toMatchObject({
        code: "INVALID_ARGUMENT",
        path: "options.from",
      });
  });
});
