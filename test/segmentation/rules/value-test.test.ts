import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";

const fields = ruleFields({ text: "text", tags: "text[]", marks: "number[]" });
const options = { fields, asOf: "2024-07-01" };

function held(rule: SegmentRule, record: object): boolean {
  return compileRule(rule, options).matches(record);
}

describe("text in any case", () => {
  const MATCHES = ["contains", "startsWith", "endsWith"] as const;

  it("knows a capital sigma by both of its small letters, wherever in a word it stands", () => {
    const found = (op: (typeof MATCHES)[number], text: string, value: string) =>
      held({ op, field: "text", value, ignoreCase: true }, { text });
    expect(found("startsWith", "ΟΔΟΣΑ", "ΟΔΟΣ")).toBe(true);
    expect(found("contains", "ΣΑΣ ΣΑ", "Σ ΣΑ")).toBe(true);
    expect(found("endsWith", "οδός", "ΌΣ")).toBe(true);
    expect(found("startsWith", "οδοσα", "οδος")).toBe(true);
    expect(held({ op: "startsWith", field: "text", value: "οδος" }, { text: "οδοσα" })).toBe(false);
  });

  it("holds wherever it holds letter by letter", () => {
    const letter = fc.oneof(
      fc.constantFrom(..."ΣσςΑαİiıIßẞéÉǅ\u0307Ω "),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    );
    const word = fc.array(letter, { maxLength: 3 }).map((letters) => letters.join(""));
    fc.assert(
      fc.property(word, word, word, (before, value, after) => {
        const places = {
          contains: [before, after],
          startsWith: ["", after],
          endsWith: [before, ""],
        } as const;
        for (const op of MATCHES) {
          const text = places[op].join(value);
          expect(held({ op, field: "text", value }, { text }), op).toBe(true);
          expect(held({ op, field: "text", value, ignoreCase: true }, { text }), `${op} ignoring case`).toBe(
            true,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("all of many items", () => {
  // From few to many on both sides: the items are looked through in two ways.
  const numbers = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 });

  it("are found as by looking for one after the other", () => {
    fc.assert(
      fc.property(numbers, numbers, fc.boolean(), (values, others, isCovered) => {
        const marks: unknown[] = isCovered ? [...others, ...values] : others;
        const rule = { op: "hasAll", field: "marks", values } as const;
        const expected = values.every((value) => marks.indexOf(value) >= 0);
        expect(held(rule, { marks })).toBe(expected);
        expect(selectRows(rule, { marks: [marks] }, options).rowIndexes.length === 1).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("are not found in lists of other types, nor in what is no list", () => {
    const values = Array.from({ length: 40 }, (_, i) => i);
    const rule = { op: "hasAll", field: "marks", values } as const;
    expect(held(rule, { marks: values.map(String) })).toBe(false);
    expect(held(rule, { marks: new Set(values) })).toBe(false);
    expect(held(rule, { marks: [...values].reverse() })).toBe(true);
    expect(held(rule, { marks: [...values.slice(1), -0] })).toBe(true);
  });
});
