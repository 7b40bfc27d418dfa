import {
  type Field,
  type FormatQueryOptions,
  formatQuery,
  jsonLogicAdditionalOperators,
  type RuleGroupType,
} from "@react-querybuilder/core";
import fc from "fast-check";
import jsonLogic, { type RulesLogic } from "json-logic-js";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { toQueryBuilder } from "../../../src/segmentation/rules/query-builder-export.js";
import { queryBuilderFields } from "../../../src/segmentation/rules/query-builder-fields.js";
import { fromQueryBuilder } from "../../../src/segmentation/rules/query-builder-import.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { combined, shopFields, somePlainLeaf } from "./some-rules.js";

// Asks react-querybuilder itself what a query means: its export to JsonLogic, evaluated by json-logic-js, and to SQL.

const options = { fields: shopFields };
const compiled = { ...options, asOf: "2024-02-15" };
const fields: Field[] = queryBuilderFields(shopFields);
const formed: FormatQueryOptions = { fields, parseNumbers: "strict-limited" };

/** What the export says of a record; its JsonLogic of everybody is `false`, for which its SQL is asked. */
function says(query: RuleGroupType, record: object): boolean {
  const logic = formatQuery(query, { ...formed, format: "jsonlogic" });
  if (logic === false) return formatQuery(query, { ...formed, format: "sql" }) === "(1 = 1)";
  for (const [name, operation] of Object.entries(jsonLogicAdditionalOperators))
    jsonLogic.add_operation(name, operation);
  return Boolean(jsonLogic.apply(logic as RulesLogic, record));
}

const whole = fc.integer({ min: -3, max: 3 });
const word = fc.constantFrom("a", "ab", "b c", "Jakarta", "a,b", "1");
const instant = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom("00:00:00", "12:30:00", "23:59:59"))
  .map(([day, time]) => `2024-02-0${day}T${time}.000Z`);
const day = fc.integer({ min: 1, max: 6 }).map((n) => `2024-02-0${n}`);

/** Nothing is missing, about which its exports disagree; instants are texts of one form, which compare as instants do. */
const someRecord = fc.record({
  name: word,
  plan: fc.constantFrom("free", "pro", "team"),
  age: whole,
  isMember: fc.boolean(),
  joinedAt: instant,
  address: fc.record({ city: word }),
});
const someRecords = fc.array(someRecord, { minLength: 5, maxLength: 5 });

describe("toQueryBuilder", () => {
  const order = fc.constantFrom("eq", "ne", "lt", "lte", "gt", "gte");
  const moment = fc.oneof(day, instant);
  const someLeaf = fc.oneof(
    somePlainLeaf,
    fc.record({
      op: fc.constantFrom("contains", "startsWith", "endsWith"),
      field: fc.constantFrom("name", "address.city"),
      value: word,
    }),
    fc.record({ op: fc.constantFrom("in", "notIn"), field: fc.constant("name"), values: fc.array(word) }),
    fc.record({ op: order, field: fc.constant("joinedAt"), value: moment }),
    fc
      .tuple(day, moment)
      .map(([from, to]) => ({ op: "between", field: "joinedAt", from, to }))
      .filter(({ from, to }) => from <= to),
  ) as fc.Arbitrary<SegmentRule>;

  it("makes queries that its exports take as the rule is meant", () => {
    let made = 0;
    fc.assert(
      fc.property(combined(someLeaf), someRecords, (rule, records) => {
        const query = toQueryBuilder(rule, options);
        if (!query.ok) return;
        const group: RuleGroupType = query.value;
        const { matches } = compileRule(rule, compiled);
        for (const record of records) expect(says(group, record)).toBe(matches(record));
        made++;
      }),
      { numRuns: 1500 },
    );
    // Most rules have a counterpart; nothing is shown where all are refused.
    expect(made).toBeGreaterThan(500);
  });
});

describe("fromQueryBuilder", () => {
  const blank = fc.constantFrom(" a", "b c ", "1", "", "a");
  const number = fc.oneof(
    whole,
    whole.map((n) => ` ${n}`),
  );
  const list = (items: fc.Arbitrary<unknown>) =>
    fc.oneof(
      fc.array(items, { maxLength: 3 }),
      fc.array(items, { maxLength: 3 }).map((array) => array.join(",")),
    );
  const compares = fc.constantFrom("=", "!=", "<", "<=", ">", ">=");
  const isBetween = fc.constantFrom("between", "notBetween");
  const isIn = fc.constantFrom("in", "notIn");
  const leaf = (field: string, operator: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>) =>
    fc.record({ field: fc.constant(field), operator, value });
  const someLeaf = fc.oneof(
    leaf("age", compares, number),
    leaf("age", isBetween, list(number)),
    leaf("age", isIn, list(number)),
    leaf("isMember", fc.constantFrom("=", "!="), fc.boolean()),
    leaf("plan", isIn, list(fc.constantFrom("free", "pro", " pro"))),
    leaf("name", isIn, list(blank)),
    leaf("name", fc.constantFrom("=", "!="), blank),
    leaf(
      "name",
      fc.constantFrom("contains", "beginsWith", "endsWith", "doesNotContain", "doesNotBeginWith"),
      fc.constantFrom("a", "b", " ", "1"),
    ),
    leaf("joinedAt", compares, fc.oneof(day, instant)),
    leaf("joinedAt", isBetween, list(fc.oneof(day, instant))),
    leaf("name", fc.constantFrom("null", "notNull"), fc.constant("")),
  );
  const someQuery = fc
    .letrec<{ node: unknown; group: RuleGroupType }>((tie) => ({
      node: fc.oneof({ maxDepth: 3, depthSize: "small" }, someLeaf, tie("group")),
      group: fc.record(
        {
          combinator: fc.constantFrom("and", "or"),
          not: fc.boolean(),
          rules: fc.array(tie("node"), { maxLength: 3 }),
        },
        { requiredKeys: ["combinator", "rules"] },
      ) as fc.Arbitrary<RuleGroupType>,
      // JSON has no objects without a prototype, which react-querybuilder does not take for groups.
    }))
    .group.map((group) => JSON.parse(JSON.stringify(group)) as RuleGroupType);

  it("makes of a query the rule that its exports mean, or none", () => {
    let made = 0;
    fc.assert(
      fc.property(someQuery, someRecords, (query, records) => {
        const rule = fromQueryBuilder(query, options);
        if (!rule.ok) return;
        const { matches } = compileRule(rule.value, compiled);
        for (const record of records) expect(matches(record)).toBe(says(query, record));
        made++;
      }),
      { numRuns: 3000 },
    );
    expect(made).toBeGreaterThan(500);
  });

  it("refuses groups of nothing, of which its exports to SQL and to JsonLogic mean different customers", () => {
    const rule = { field: "age", operator: "=", value: 1 };
    const empty = { combinator: "and", rules: [] };
    const record = { age: 2 };
    for (const [query, sql] of [
      [{ combinator: "or", rules: [rule, empty] }, "(age = 1 or (1 = 1))"],
      [{ combinator: "and", not: true, rules: [] }, "(1 = 1)"],
    ] as const) {
      expect(formatQuery(query as never, { ...formed, format: "sql" })).toBe(sql);
      const logic = formatQuery(query as never, { ...formed, format: "jsonlogic" });
      expect(logic === false || jsonLogic.apply(logic as RulesLogic, record)).toBe(logic === false);
      expect(fromQueryBuilder(query, options)).toMatchObject({
        ok: false,
        error: { code: "NOT_EXPRESSIBLE" },
      });
    }
  });

  it("takes a form into which nothing is put yet for everybody, as its SQL does", () => {
    for (const query of [{ combinator: "and", rules: [] }, { rules: [] }]) {
      expect(formatQuery(query as never, "sql")).toBe("(1 = 1)");
      expect(fromQueryBuilder(query, options)).toEqual({ ok: true, value: { op: "all", of: [] } });
    }
  });
});
