import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { ruleProblems } from "../../../src/segmentation/rules/parse-rule.js";
import { toQueryBuilder } from "../../../src/segmentation/rules/query-builder-export.js";
import { fromQueryBuilder } from "../../../src/segmentation/rules/query-builder-import.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { thrown } from "../../core/thrown.js";
import { combined, shopFields, somePlainLeaf, someRecord } from "./some-rules.js";

const options = { fields: shopFields };
const compiled = { ...options, asOf: "2024-02-15" };

const rule = (field: string, value: unknown = 1) => ({ field, operator: "=", value });
const parses = (made: unknown) => ruleProblems(made, options).length === 0;

describe("toQueryBuilder", () => {
  /** Whether there is nothing to be combined somewhere but at the root. */
  const hasEmptyGroup = (node: SegmentRule, isRoot = true): boolean => {
    if (node.op === "not") return hasEmptyGroup(node.of, false);
    if (node.op !== "all" && node.op !== "any") return false;
    return node.of.length === 0
      ? !isRoot || node.op === "any"
      : node.of.some((part) => hasEmptyGroup(part, false));
  };

  it("comes back with the same members, and exports to the same query again", () => {
    const someRule = combined(somePlainLeaf).filter((made) => !JSON.stringify(made).includes('"atLeast"'));
    fc.assert(
      fc.property(someRule, fc.array(someRecord, { minLength: 5, maxLength: 5 }), (made, records) => {
        const query = toQueryBuilder(made, options);
        expect(query.ok).toBe(!hasEmptyGroup(made));
        if (!query.ok) return;
        const back = fromQueryBuilder(JSON.parse(JSON.stringify(query.value)), options);
        if (!back.ok) throw new Error(back.error.message);
        expect(toQueryBuilder(back.value, options)).toEqual(query);
        const before = compileRule(made, compiled);
        const after = compileRule(back.value, compiled);
        for (const record of records) expect(after.matches(record)).toBe(before.matches(record));
        if (made.op === "any") expect(query.value.combinator).toBe("or");
      }),
      { numRuns: 300 },
    );
  });

  it("says comparisons with whole days by the beginnings of days, in every time zone", () => {
    const day = fc.constantFrom("2024-02-09", "2024-02-10", "2024-03-30", "2024-03-31", "2011-12-30");
    const instant = fc.constantFrom("2024-02-10T00:00:00+07:00", "2024-03-31T01:30:00Z");
    const moment = fc.oneof({ weight: 3, arbitrary: day }, instant);
    const someDays = fc.oneof(
      fc.record({
        op: fc.constantFrom("eq", "ne", "lt", "lte", "gt", "gte"),
        field: fc.constant("joinedAt"),
        value: moment,
      }),
      fc
        .tuple(moment, moment)
        .map(([from, to]) => ({ op: "between", field: "joinedAt", from, to }))
        .filter((between) => parses(between)),
    ) as fc.Arbitrary<SegmentRule>;
    const joinedAt = fc.oneof(
      day,
      instant,
      fc.integer({ min: -50, max: 50 }).map((hours) => Date.UTC(2024, 1, 10) + hours * 3_600_000),
      fc.integer({ min: -50, max: 50 }).map((hours) => Date.UTC(2024, 2, 31) + hours * 3_600_000),
      fc.integer({ min: -50, max: 50 }).map((hours) => Date.UTC(2011, 11, 30) + hours * 3_600_000),
      fc.constant(null),
    );
    const somewhere = fc.constantFrom("UTC", "Asia/Jakarta", "Europe/Berlin", "Pacific/Apia");
    fc.assert(
      fc.property(combined(someDays), joinedAt, somewhere, (made, at, timeZone) => {
        const query = toQueryBuilder(made, options);
        if (!query.ok) return;
        expect(JSON.stringify(query)).not.toMatch(/"(=|!=|<=|>|between)","value":\[?"[^"T]*"/);
        const back = fromQueryBuilder(query.value, options);
        if (!back.ok) throw new Error(back.error.message);
        const zoned = { ...compiled, timeZone };
        expect(compileRule(back.value, zoned).matches({ joinedAt: at })).toBe(
          compileRule(made, zoned).matches({ joinedAt: at }),
        );
      }),
      { numRuns: 500 },
    );
    expect(toQueryBuilder({ op: "lte", field: "joinedAt", value: "2024-02-29" }, options)).toEqual({
      ok: true,
      value: {
        combinator: "and",
        rules: [{ field: "joinedAt", operator: "<", value: "2024-03-01" }],
      },
    });
  });

  it("says that a date is given and not within days without the operator that takes instants alone", () => {
    const not = (from: string, to: string): SegmentRule => ({
      op: "all",
      of: [
        { op: "exists", field: "joinedAt" },
        { op: "not", of: { op: "between", field: "joinedAt", from, to } },
      ],
    });
    expect(toQueryBuilder(not("2024-02-01", "2024-02-02"), options)).toMatchObject({
      ok: true,
      value: {
        combinator: "and",
        rules: [
          { operator: "notNull" },
          {
            not: true,
            rules: [
              { operator: ">=", value: "2024-02-01" },
              { operator: "<", value: "2024-02-03" },
            ],
          },
        ],
      },
    });
    const instants = ["2024-02-01T00:00:00Z", "2024-02-02T00:00:00Z"] as const;
    expect(toQueryBuilder(not(...instants), options)).toMatchObject({
      ok: true,
      value: { rules: [{ operator: "notBetween", value: instants }] },
    });
  });

  it("refuses a document of another version, as parseRule does", () => {
    const stored = { op: "exists", field: "age" } as const;
    expect(toQueryBuilder({ version: 1, rule: stored }, options).ok).toBe(true);
    for (const version of [0, 2])
      expect(thrown(() => toQueryBuilder({ version, rule: stored } as never, options)).path).toBe("version");
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
    [{ op: "all", of: [{ op: "atLeast", count: 0, of: [] }] }, "rule.of[0]"],
    [{ op: "in", field: "age", values: [] }, "rule.values"],
    [{ op: "notIn", field: "name", values: ["a", "b "] }, "rule.values[1]"],
    [{ op: "not", of: { op: "all", of: [] } }, "rule.of"],
    [{ op: "all", of: [{ op: "all", of: [] }] }, "rule.of[0]"],
    [{ op: "lte", field: "joinedAt", value: "9999-12-31" }, "rule"],
    [{ op: "contains", field: "name", value: "a", ignoreCase: true }, "rule.ignoreCase"],
    [{ op: "hasAny", field: "tags", values: ["a"] }, "rule"],
    [{ op: "not", of: { op: "within", field: "joinedAt", window: { last: { days: 1 } } } }, "rule.of"],
  ])("refuses %j", (made, path) => {
    const outcome = toQueryBuilder(made, options);
    expect(outcome).toMatchObject({ ok: false, error: { code: "NOT_EXPRESSIBLE", problems: [{ path }] } });
  });
});
