import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { explainRule } from "../../../src/segmentation/rules/explain-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import type { ExplainedNode } from "../../../src/segmentation/rules/rule-explanation.js";
import { thrown } from "../../core/thrown.js";
import { expanded, heldWith } from "./flip-by-force.js";
import { shopFields, someEvents, someRecord, someRule } from "./some-rules.js";

const asOf = Date.UTC(2024, 1, 15, 12);
const segments: Record<string, SegmentRule> = {
  loyal: {
    op: "all",
    of: [
      { op: "gte", field: "age", value: 1 },
      { op: "segment", segment: "new" },
    ],
  },
  new: { op: "did", of: "visits" },
};
const options = { fields: shopFields, segments, asOf, timeZone: "Asia/Jakarta" };
const ms = (text: string) => new Date(text).getTime();

describe("explainRule", () => {
  it("comes to what the compiled rule comes to, and its tree adds up", () => {
    fc.assert(
      fc.property(someRule, someRecord, someEvents, (rule, record, events) => {
        const why = explainRule(rule, { record, events }, options);
        expect(why.held).toBe(compileRule(rule, options).matches(record, events));
        expect(why.held).toBe(why.tree.held);
        expect(
          heldWith(
            expanded(why.tree, (name) => why.segments[name].tree),
            new Set(),
          ),
        ).toBe(why.held);
        expect(JSON.parse(JSON.stringify(why))).toEqual(why);
      }),
    );
  });

  const leaf = (rule: SegmentRule, record: object, events = {}): ExplainedNode =>
    explainRule(rule, { record, events }, options).tree;

  it("ends the window of events at asOf, since nothing later is known", () => {
    const window = { from: "2024-01-01", until: "2024-12-31" };
    const visits = { visits: [{ at: "2024-02-01" }, { at: "2024-03-01" }] };
    const start = ms("2024-01-01T00:00:00+07:00");
    const rules: SegmentRule[] = [
      { op: "count", of: "visits", window, is: { op: "gte", value: 1 } },
      { op: "sequence", steps: [{ of: "visits" }], window },
    ];
    for (const rule of rules) expect(leaf(rule, {}, visits).window).toEqual({ start, end: asOf });
    const past: SegmentRule = {
      op: "did",
      of: "visits",
      window: { from: "2024-01-01", until: "2024-02-01" },
    };
    expect(leaf(past, {}, visits).window).toEqual({ start, end: ms("2024-02-01T00:00:00+07:00") });
  });

  it("shows the actual and the required value of each kind of leaf", () => {
    expect(leaf({ op: "gte", field: "age", value: 18 }, { age: 17 })).toEqual({
      path: "rule",
      op: "gte",
      held: false,
      field: "age",
      actual: 17,
      required: { op: "gte", value: 18 },
    });
    expect(leaf({ op: "gte", field: "age", value: 18 }, { age: "17" }).actual).toBeNull();
    expect(leaf({ op: "between", field: "age", from: 1, to: 2 }, {}).required).toEqual({
      op: "between",
      from: 1,
      to: 2,
    });
    expect(leaf({ op: "in", field: "plan", values: ["pro"] }, { plan: "free" })).toMatchObject({
      actual: "free",
      required: { op: "in", values: ["pro"] },
    });
    expect(
      leaf({ op: "contains", field: "address.city", value: "kar" }, { address: { city: "Jakarta" } }),
    ).toMatchObject({
      held: true,
      actual: "Jakarta",
      required: { op: "contains", value: "kar", ignoreCase: false },
    });
    expect(leaf({ op: "hasAny", field: "tags", values: ["a"] }, { tags: ["b", {}] })).toMatchObject({
      actual: ["b", null],
    });
    const size = { op: "size", field: "tags", is: { op: "gt", value: 2 } } as const;
    expect(leaf(size, { tags: ["a", "b"] })).toMatchObject({
      held: false,
      actual: 2,
      required: { op: "gt", value: 2 },
    });
    expect(leaf({ op: "missing", field: "tags" }, {})).toMatchObject({
      held: true,
      actual: null,
      required: { op: "missing" },
    });
  });

  it("shows dates as instants of the zone", () => {
    // A day in Jakarta begins at 17:00 UTC of the day before.
    const day = leaf(
      { op: "eq", field: "joinedAt", value: "2024-02-01" },
      { joinedAt: new Date("2024-02-01T03:00:00Z") },
    );
    expect(day).toMatchObject({
      held: true,
      actual: ms("2024-02-01T03:00:00Z"),
      required: { op: "eq", start: ms("2024-01-31T17:00:00Z"), end: ms("2024-02-01T17:00:00Z") },
    });
    expect(leaf({ op: "lt", field: "joinedAt", value: "2024-02-01" }, {}).required).toEqual({
      op: "lt",
      start: null,
      end: ms("2024-01-31T17:00:00Z"),
    });
    expect(leaf({ op: "within", field: "joinedAt", window: { last: { days: 1 } } }, {}).required).toEqual({
      op: "within",
      start: ms("2024-02-14T12:00:00Z"),
      end: asOf,
    });
    // asOf is 19:00 on 15 February in Jakarta: today and the 6 days after.
    const next = leaf(
      { op: "anniversary", field: "joinedAt", within: { days: 7 } },
      { joinedAt: "2020-02-21" },
    );
    expect(next).toMatchObject({
      held: true,
      required: { op: "anniversary", start: ms("2024-02-14T17:00:00Z"), end: ms("2024-02-21T17:00:00Z") },
    });
    const last = { op: "anniversary", field: "joinedAt", within: { days: 7 }, direction: "last" } as const;
    expect(leaf(last, { joinedAt: "2020-02-09" })).toMatchObject({
      held: true,
      required: { op: "anniversary", start: ms("2024-02-08T17:00:00Z"), end: ms("2024-02-15T17:00:00Z") },
    });
    expect(leaf(last, { joinedAt: "2020-02-08" }).held).toBe(false);
  });

  it("shows what was measured of events, and in which window", () => {
    const transactions = [
      { at: "2024-02-01", amount: 5 },
      { at: "2024-02-10", amount: 7 },
      { at: "2024-02-16", amount: 100 },
    ];
    const window = { last: { days: 10 } };
    expect(
      leaf({ op: "count", of: "transactions", window, is: { op: "gte", value: 2 } }, {}, { transactions }),
    ).toEqual({
      path: "rule",
      op: "count",
      held: false,
      events: "transactions",
      actual: 1,
      required: { op: "gte", value: 2 },
      window: { start: ms("2024-02-05T12:00:00Z"), end: asOf },
    });
    const sum = { op: "sum", of: "transactions", field: "amount", is: { op: "gt", value: 11 } } as const;
    expect(leaf(sum, {}, { transactions })).toMatchObject({
      held: true,
      field: "amount",
      actual: 12,
      window: { start: null, end: asOf },
    });
    expect(leaf({ ...sum, op: "average" }, {}, {})).toMatchObject({ held: false, actual: null });
    expect(
      leaf({ op: "last", of: "transactions", is: { op: "lt", value: "2024-02-11" } }, {}, { transactions }),
    ).toMatchObject({
      held: true,
      actual: ms("2024-02-09T17:00:00Z"),
      required: { op: "lt", start: null, end: ms("2024-02-10T17:00:00Z") },
    });
    expect(leaf({ op: "didNot", of: "transactions" }, {}, {})).toMatchObject({
      held: true,
      actual: 0,
      required: { op: "eq", value: 0 },
    });
    const often = { op: "frequency", of: "transactions", unit: "month", atLeast: 1, outOf: 2 } as const;
    expect(leaf(often, {}, { transactions: [{ at: "2024-01-20" }] })).toMatchObject({
      held: true,
      actual: 1,
      required: { op: "gte", value: 1, unit: "month", outOf: 2, minimum: 1 },
      window: { start: ms("2023-11-30T17:00:00Z"), end: ms("2024-01-31T17:00:00Z") },
    });
    const twice = { op: "sequence", steps: [{ of: "transactions" }, { of: "transactions" }] } as const;
    expect(leaf(twice, {}, { transactions })).toMatchObject({ held: true, actual: true });
  });

  it("shows numbers that JSON cannot hold as text, and 0 for -0", () => {
    const json = (value: unknown) => JSON.parse(JSON.stringify(value));
    const age = (value: number) => leaf({ op: "gt", field: "age", value: -0 }, { age: value });
    expect([age(Number.POSITIVE_INFINITY).held, age(Number.POSITIVE_INFINITY).actual]).toEqual([
      true,
      "Infinity",
    ]);
    expect(age(Number.NEGATIVE_INFINITY).actual).toBe("-Infinity");
    const scores = leaf(
      { op: "hasAny", field: "scores", values: [-0] },
      { scores: [-0, Number.POSITIVE_INFINITY] },
    );
    expect(scores).toMatchObject({ held: true, actual: [0, null], required: { values: [0] } });
    const least = (op: "min" | "sum", ...amounts: number[]) =>
      leaf(
        { op, of: "transactions", field: "amount", is: { op: "between", from: -0, to: 0 } },
        {},
        { transactions: amounts.map((amount) => ({ at: "2024-02-01", amount })) },
      );
    expect(least("sum", Number.POSITIVE_INFINITY).actual).toBe("Infinity");
    for (const node of [age(-0), age(Number.POSITIVE_INFINITY), scores, least("min", -0), least("sum", -0)])
      expect(json(node)).toEqual(node);
  });

  it("explains the segments that it reaches once each, and custom operators", () => {
    const operators = { even: { holds: (value: unknown) => Number(value) % 2 === 0 } };
    const rule: SegmentRule = {
      op: "all",
      of: [
        { op: "segment", segment: "loyal" },
        { op: "custom", name: "even", field: "age", value: 1 },
      ],
    };
    const why = explainRule(
      rule,
      { record: { age: 3 }, events: { visits: [{ at: "2024-02-01" }] } },
      { ...options, operators },
    );
    expect(why.tree.of?.[0]).toEqual({ path: "rule.of[0]", op: "segment", held: true, segment: "loyal" });
    expect(why.tree.of?.[1]).toEqual({
      path: "rule.of[1]",
      op: "custom",
      held: false,
      name: "even",
      field: "age",
      actual: 3,
      required: { op: "custom", value: 1 },
    });
    expect(why.flip).toEqual(["rule.of[1]"]);
    expect(Object.keys(why.segments)).toEqual(["new", "loyal"]);
    expect(why.segments.loyal).toMatchObject({ held: true, flip: ["segments.loyal.of[0]"] });
  });

  it("refuses what compileRule refuses", () => {
    const missing = thrown(() => explainRule({ op: "did", of: "visits" }, { record: {} }, options));
    expect(missing).toMatchObject({ code: "INVALID_ARGUMENT", path: "customer.events" });
    const exists = (field: string): SegmentRule => ({ op: "exists", field });
    for (const customer of [null, {}, { record: 5 }])
      expect(thrown(() => explainRule(exists("age"), customer as never, options)).path).toBe(
        "customer.record",
      );
    expect(thrown(() => leaf(exists("age"), {}, 5 as never)).path).toBe("customer.events");
    expect(thrown(() => leaf(exists("x"), {})).path).toBe("rule.field");
    expect(thrown(() => leaf({ op: "did", of: "visits" }, {}, { visit: [] })).path).toBe(
      "customer.events.visit",
    );
    expect(thrown(() => leaf({ op: "did", of: "visits" }, {}, { visits: [{ at: "soon" }] })).path).toBe(
      "customer.events.visits[0].at",
    );
    const circle = { a: { op: "segment", segment: "a" } } as const;
    const refers = { op: "segment", segment: "a" } as const;
    expect(
      thrown(() => explainRule(refers, { record: {} }, { ...options, segments: circle })).message,
    ).toContain("a > a");
  });
});
