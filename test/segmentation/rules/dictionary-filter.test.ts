import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";

const fields = ruleFields({ plan: "text", score: "number", active: "boolean", tags: "text[]" });
const options = { fields, asOf: "2024-07-01" };
const CODES = { bytes: Uint8Array, words: Uint16Array, longs: Uint32Array };

const plan = fc.constantFrom("a", "b", "c", "d", "Ab", "");
const condition: fc.Arbitrary<SegmentRule> = fc.oneof(
  fc.record({ op: fc.constantFrom("eq", "ne"), field: fc.constant("plan"), value: plan }),
  fc.record({
    op: fc.constantFrom("in", "notIn"),
    field: fc.constant("plan"),
    values: fc.array(plan, { maxLength: 5 }),
  }),
  fc.record({
    op: fc.constant("contains"),
    field: fc.constant("plan"),
    value: plan,
    ignoreCase: fc.boolean(),
  }),
  fc.record({ op: fc.constantFrom("exists", "missing"), field: fc.constant("plan") }),
) as fc.Arbitrary<SegmentRule>;

describe("conditions on a dictionary", () => {
  it("hold as of the values themselves: some twice, some unused, some codes beyond them all", () => {
    const values = fc.array(fc.oneof(plan, fc.constantFrom<unknown>(null, 5, undefined)), { maxLength: 12 });
    // More conditions than values are looked for one by one; and so few rows that each is asked about instead.
    const conditions = fc.array(condition, { minLength: 1, maxLength: 20 });
    const codes = fc.array(fc.nat({ max: 14 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        values,
        codes,
        conditions,
        fc.constantFrom(...Object.values(CODES)),
        (known, rows, of, Codes) => {
          const records = rows.map((code) => ({ plan: known[code] }));
          const columns = { plan: { codes: Codes.from(rows), values: known } };
          for (const op of ["all", "any"] as const) {
            const expected = compileRule({ op, of }, options).select(records).rowIndexes;
            expect(selectRows({ op, of }, columns, options).rowIndexes).toEqual(expected);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("hold of more values than there are rows, and of more than a table has room for", () => {
    const values = Array.from({ length: 70_000 }, (_, i) => `n${i}`);
    const rows = [0, 5, 69_999, 70_000, 5];
    const of: SegmentRule[] = Array.from({ length: 20 }, (_, i) => ({
      op: "eq",
      field: "plan",
      value: `n${i}`,
    }));
    const columns = { plan: { codes: Uint32Array.from(rows), values } };
    expect(selectRows({ op: "any", of }, columns, options).rowIndexes).toEqual([0, 1, 4]);
    expect(selectRows({ op: "endsWith", field: "plan", value: "999" }, columns, options).rowIndexes).toEqual([
      2,
    ]);
    expect(
      selectRows({ op: "in", field: "plan", values: ["n69999", "n0"] }, columns, options).rowIndexes,
    ).toEqual([0, 2]);
    // As many rows as values, and tables for some of the conditions alone: the others ask row by row.
    const all = { plan: { codes: Uint32Array.from(values, (_, i) => i), values } };
    const ends: SegmentRule[] = Array.from({ length: 600 }, (_, i) => ({
      op: "endsWith",
      field: "plan",
      value: `${i}00`,
    }));
    const expected = values.flatMap((value, row) =>
      ends.some((rule) => "value" in rule && value.endsWith(String(rule.value))) ? [row] : [],
    );
    expect(selectRows({ op: "any", of: ends }, all, options).rowIndexes).toEqual(expected);
  });

  it("find a value that the dictionary has twice, however many conditions came before", () => {
    const columns = { plan: { codes: Uint16Array.of(0, 1, 2), values: ["a", "b", "a"] } };
    const a: SegmentRule = { op: "eq", field: "plan", value: "a" };
    const others = Array.from(
      { length: 20 },
      (_, i): SegmentRule => ({ op: "eq", field: "plan", value: `x${i}` }),
    );
    expect(selectRows(a, columns, options).rowIndexes).toEqual([0, 2]);
    expect(selectRows({ op: "any", of: [...others, a] }, columns, options).rowIndexes).toEqual([0, 2]);
    const either: SegmentRule = { op: "in", field: "plan", values: ["a", "c"] };
    expect(selectRows({ op: "any", of: [...others, either] }, columns, options).rowIndexes).toEqual([0, 2]);
  });

  it("are equal for numbers and yes or no, and look into lists", () => {
    const score = { codes: Uint8Array.of(0, 1, 2, 3), values: [-0, 1, Number.NaN, null] };
    expect(selectRows({ op: "eq", field: "score", value: 0 }, { score }, options).rowIndexes).toEqual([0]);
    expect(selectRows({ op: "in", field: "score", values: [0, 1] }, { score }, options).rowIndexes).toEqual([
      0, 1,
    ]);
    const active = { codes: Uint16Array.of(0, 1, 2, 9), values: [true, false, "true"] };
    expect(selectRows({ op: "eq", field: "active", value: false }, { active }, options).rowIndexes).toEqual([
      1,
    ]);
    expect(selectRows({ op: "ne", field: "active", value: false }, { active }, options).rowIndexes).toEqual([
      0,
    ]);
    const tags = { codes: Uint8Array.of(0, 1), values: [["a", "b"], ["b"]] };
    expect(selectRows({ op: "hasAll", field: "tags", values: ["a"] }, { tags }, options).rowIndexes).toEqual([
      0,
    ]);
  });

  it("may be thousands on a wide dictionary of few rows", () => {
    const of: SegmentRule[] = Array.from({ length: 9999 }, (_, i) => ({
      op: "contains",
      field: "plan",
      value: `x${i}`,
    }));
    const columns = { plan: { codes: new Uint16Array(10), values: ["n", "m"] } };
    // A table of all codes for each of them would be 655 MB: this ends in a moment.
    expect(selectRows({ op: "any", of }, columns, options).rowIndexes).toEqual([]);
  });
});
