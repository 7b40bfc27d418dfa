import vm from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { thrown } from "../../core/thrown.js";
import { berlinHours, type PlainOffset, type PlainWorld, plainHolds, sydneyHours } from "./plain-rule.js";
import { fields, plainFields, records, rules } from "./random-rules.js";

const asOf = Date.parse("2024-07-01T03:30:00Z");

/** A day after the clocks of Berlin went ahead, a day before they went back, and the same of Sydney. */
const changes = [
  "2024-04-01T07:00:00Z",
  "2024-10-26T07:00:00Z",
  "2024-10-07T07:00:00Z",
  "2024-04-06T07:00:00Z",
].map(Date.parse);

describe("compileRule", () => {
  it("finds the members that the plain meaning of a rule gives, for random rules and records", () => {
    const world = fc.record({
      asOf: fc.constantFrom(
        asOf,
        Date.parse("2023-02-28T20:00:00Z"),
        Date.parse("2024-02-29T00:00:00Z"),
        ...changes,
      ),
      zone: fc.constantFrom<readonly [string, PlainOffset]>(
        ["UTC", 0],
        ["Asia/Jakarta", 7],
        ["Europe/Berlin", berlinHours],
        ["Australia/Sydney", sydneyHours],
      ),
    });
    const segments = fc.record({ a: rules(), b: rules(["a"]), c: rules(["a", "b"]) });
    fc.assert(
      fc.property(
        rules(["a", "b", "c"]),
        segments,
        fc.array(records, { minLength: 1, maxLength: 12 }),
        world,
        (rule, named, list, { asOf: now, zone: [timeZone, offsetHours] }) => {
          const plain: PlainWorld = { fields: plainFields, asOf: now, offsetHours, segments: named };
          const compiled = compileRule(rule, { fields, asOf: now, timeZone, segments: named });
          const expected = list.map((record) => plainHolds(rule, record, plain));
          expect(list.map((record) => compiled.matches(record))).toEqual(expected);
          // Objects that are not plain are read by another way.
          const strange = list.map((record) =>
            Object.assign(Object.create({ plan: "pro", score: 1 }), record),
          );
          expect(strange.map((record) => compiled.matches(record))).toEqual(expected);
          const { rowIndexes, share } = compiled.select(new Set(list));
          expect(rowIndexes).toEqual(expected.flatMap((held, row) => (held ? [row] : [])));
          expect(share).toMatchObject({ numerator: rowIndexes.length, denominator: list.length });
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("is the opposite under not, and the same through all, any and atLeast of one", () => {
    fc.assert(
      fc.property(rules(), records, (rule, record) => {
        const holds = (given: SegmentRule) => compileRule(given, { fields, asOf }).matches(record);
        const held = holds(rule);
        expect(holds({ op: "not", of: rule })).toBe(!held);
        expect(holds({ op: "all", of: [rule] })).toBe(held);
        expect(holds({ op: "any", of: [rule] })).toBe(held);
        expect(holds({ op: "atLeast", count: 1, of: [rule] })).toBe(held);
      }),
    );
  });

  it("takes many parts, and of them in any number and order", () => {
    const { field } = ruleBuilder(fields);
    for (const count of [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 1000]) {
      const parts = Array.from({ length: count }, (_, i) => field("score").ne(i));
      const all = compileRule({ op: "all", of: parts }, { fields, asOf });
      const any = compileRule({ op: "any", of: parts.map((_, i) => field("score").eq(i)) }, { fields, asOf });
      for (const score of [0, 1, 4, 5, 15, 16, 999, 1000]) {
        expect(all.matches({ score })).toBe(score >= count);
        expect(any.matches({ score })).toBe(score < count);
      }
    }
  });
});

describe("own properties alone", () => {
  const one = ruleFields({
    plan: "text",
    toString: "text",
    "a.b": "text",
    "a.b.c": "text",
    length: "number",
  });
  const holds = (field: "plan" | "toString" | "a.b" | "a.b.c" | "length", record: object) =>
    compileRule({ op: "exists", field }, { fields: one, asOf }).matches(record);
  class Customer {
    plan: string;
    constructor(plan: string) {
      this.plan = plan;
    }
    get a() {
      return { b: "x" };
    }
  }

  it("reads those of class instances, not what they inherit", () => {
    expect(holds("plan", new Customer("pro"))).toBe(true);
    expect(holds("a.b", new Customer("pro"))).toBe(false);
    expect(holds("plan", Object.create({ plan: "pro" }))).toBe(false);
    expect(holds("plan", Object.assign(Object.create(null), { plan: "pro" }))).toBe(true);
    expect(holds("toString", {})).toBe(false);
    expect(holds("toString", { toString: "mine" })).toBe(true);
    expect(holds("plan", JSON.parse(`{"__proto__": {"plan": "pro"}}`))).toBe(false);
  });

  it("goes down paths by own properties too", () => {
    expect(holds("a.b", { a: { b: "x" } })).toBe(true);
    expect(holds("a.b", { a: Object.create({ b: "x" }) })).toBe(false);
    expect(holds("a.b", { "a.b": "x" })).toBe(false);
    expect(holds("a.b.c", { a: { b: "text" } })).toBe(false);
    expect(holds("a.b.c", { a: { b: { c: "x" } } })).toBe(true);
    expect(holds("a.b", { a: null })).toBe(false);
    expect(holds("a.b", { a: "text" })).toBe(false);
  });

  it("is asked of arrays and maps as of other objects", () => {
    expect(holds("length", [1, 2])).toBe(true);
    expect(holds("length", new Map([["length", 1]]))).toBe(false);
  });

  it("is not misled by a polluted Object.prototype", () => {
    const prototype = Object.prototype as { plan?: string };
    prototype.plan = "pro";
    try {
      expect(holds("plan", {})).toBe(false);
      expect(holds("plan", { plan: "free" })).toBe(true);
    } finally {
      delete prototype.plan;
    }
  });

  it("reads records of another realm, their dates and their lists", () => {
    const record = vm.runInNewContext(
      `({ plan: "pro", at: new Date(86400000), tags: ["a"], address: { city: "Jakarta" } })`,
    ) as object;
    const { all, field } = ruleBuilder(fields);
    const rule = all(
      field("plan").eq("pro"),
      field("at").eq("1970-01-02"),
      field("tags").hasAny(["a"]),
      field("address.city").startsWith("Ja"),
    );
    expect(compileRule(rule, { fields, asOf }).matches(record)).toBe(true);
  });
});

describe("custom operators", () => {
  const { custom, all } = ruleBuilder(fields);
  const seen: unknown[] = [];
  const operators = {
    divides: {
      holds: (field: unknown, value: unknown) => {
        seen.push(field);
        return (field as number) % (value as number) === 0;
      },
    },
    large: {
      field: false,
      holds: (_: unknown, __: unknown, record: unknown) => Object.keys(record as object).length > 2,
    },
    promised: { field: false, holds: (() => Promise.resolve(true)) as unknown as () => boolean },
  };
  const holds = (rule: SegmentRule, record: object) =>
    compileRule(rule, { fields, asOf, operators }).matches(record);

  it("are asked where the field has a value, and never where it has none", () => {
    const even = custom("divides", { field: "score", value: 2 });
    expect([4, 3, null, undefined, "4", Number.NaN].map((score) => holds(even, { score }))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(seen).toEqual([4, 3]);
    expect(holds({ op: "not", of: even }, { score: null })).toBe(true);
  });

  it("get the record where they name no field", () => {
    expect(holds(custom("large"), { a: 1, b: 2, c: 3 })).toBe(true);
    expect(holds(custom("large"), { a: 1 })).toBe(false);
  });

  it("hold only when they say true: a promise is no answer", () => {
    expect(holds(custom("promised"), {})).toBe(false);
  });

  it("may ask the same rule about another customer meanwhile", () => {
    const nested = {
      friend: {
        field: false,
        holds: (_: unknown, __: unknown, record: unknown): boolean => {
          const { friend } = record as { friend?: object };
          return friend === undefined || !compiled.matches(friend);
        },
      },
    };
    const segments = { paying: { op: "eq", field: "plan", value: "pro" } } as const;
    const paying = { op: "segment", segment: "paying" } as const;
    const rule = all(paying, custom("friend"), paying);
    const compiled = compileRule(rule, { fields, asOf, operators: nested, segments });
    expect(compiled.matches({ plan: "pro", friend: { plan: "free" } })).toBe(true);
    expect(compiled.matches({ plan: "pro", friend: { plan: "pro" } })).toBe(false);
    expect(compiled.matches({ plan: "free", friend: { plan: "free" } })).toBe(false);
  });
});

describe("events", () => {
  const shop = ruleFields({ plan: "text" }, { transactions: { amount: "number" } });
  const rule = { op: "count", of: "transactions", is: { op: "lt", value: 2 } } as const;
  const compiled = compileRule(rule, { fields: shop, asOf: "2024-07-01" });
  const at = "2024-06-01";

  it("are needed where the rule asks about them", () => {
    expect(thrown(() => compiled.matches({}))).toMatchObject({ code: "INVALID_ARGUMENT", path: "events" });
    expect(thrown(() => compiled.select([{}]))).toMatchObject({ code: "INVALID_ARGUMENT", path: "eventsOf" });
    const none = thrown(() => compiled.select([{}, {}], (_, place) => (place === 0 ? {} : (null as never))));
    expect(none).toMatchObject({ code: "INVALID_ARGUMENT", path: "eventsOf" });
    expect(none.message).toContain("record 1 null");
  });

  it("count for each customer alone", () => {
    const counts = [0, 3, 1, 2, 0];
    const eventsOf = ({ count }: { count: number }) => ({
      transactions: Array.from({ length: count }, () => ({ at })),
    });
    expect(
      compiled.select(
        counts.map((count) => ({ count })),
        eventsOf,
      ).rowIndexes,
    ).toEqual([0, 2, 4]);
  });
});

describe("bad arguments", () => {
  const good = { op: "eq", field: "plan", value: "pro" } as const;
  const options = { fields, asOf };

  it.each([
    ["options.fields", () => compileRule(good, {} as never), "undefined"],
    ["options.fields", () => compileRule(good, undefined as never), "undefined"],
    ["options.asOf", () => compileRule(good, { fields, asOf: "yesterday" }), "yesterday"],
    ["options.timeZone", () => compileRule(good, { ...options, timeZone: "Jakarta" }), "Jakarta"],
    ["options.weekStartsOn", () => compileRule(good, { ...options, weekStartsOn: 7 }), "7"],
    ["options.firstMonth", () => compileRule(good, { ...options, firstMonth: 0 }), "0"],
    ["options.segments", () => compileRule(good, { ...options, segments: null as never }), "null"],
    ["rule.field", () => compileRule({ ...good, field: "plam" }, options), "plam"],
    ["rule.op", () => compileRule({ ...good, op: "equals" } as never, options), "equals"],
    ["record", () => compileRule(good, options).matches(null as never), "null"],
    ["record", () => compileRule(good, options).matches("pro" as never), "pro"],
    ["records", () => compileRule(good, options).select({} as never), "an object"],
    ["records[1]", () => compileRule(good, options).select([{}, 5] as never), "5"],
  ])("%s: names what is wrong", (path, call, value) => {
    const error = thrown(call);
    expect(error.path).toBe(path);
    expect(error.code).toBe(path === "options.timeZone" ? "UNKNOWN_TIME_ZONE" : "INVALID_ARGUMENT");
    expect(error.message).toContain(value);
  });

  it("takes a stored document, and none of a version to come", () => {
    expect(compileRule({ version: 1, rule: good }, options).rule).toEqual(good);
    expect(thrown(() => compileRule({ version: 2, rule: good } as never, options)).path).toBe("version");
  });

  it("keeps a copy: what is done to the rule afterwards changes nothing", () => {
    const values = ["pro"];
    const compiled = compileRule({ op: "in", field: "plan", values }, options);
    values.push("free");
    expect(compiled.matches({ plan: "free" })).toBe(false);
  });
});
