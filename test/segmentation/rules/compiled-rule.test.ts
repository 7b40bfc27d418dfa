import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionLog } from "../../../src/history/transaction-log.js";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { transactionEventFields } from "../../../src/segmentation/rules/event-columns.js";
import type { SegmentRule } from "../../../src/segmentation/rules/rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { segmentSet } from "../../../src/segmentation/rules/segment-set.js";
import { selectRows } from "../../../src/segmentation/rules/select-rows.js";
import { thrown } from "../../core/thrown.js";
import { fields, records, rules } from "./random-rules.js";

const asOf = "2024-07-01";

describe("selectRows of a compiled rule", () => {
  it("finds of one table after the other what selectRows finds", () => {
    const column = (list: readonly object[], name: string) =>
      list.map((record) => (record as Record<string, unknown>)[name]);
    const tops = ["plan", "name", "score", "active", "at", "tags", "marks"];
    const below = { "address.city": [], "address.geo.lat": [], "address.since": [] };
    const columnsOf = (list: readonly object[]) => ({
      ...Object.fromEntries(Object.keys(below).map((path) => [path, list.map(() => null)])),
      ...Object.fromEntries(tops.map((name) => [name, column(list, name)])),
    });
    const lists = fc.array(fc.array(records, { maxLength: 6 }), { maxLength: 3 });
    fc.assert(
      fc.property(rules(["a"]), rules(), lists, (rule, a, tables) => {
        const compiled = compileRule(rule, { fields, asOf, segments: { a } });
        for (const list of tables) {
          const columns = columnsOf(list);
          expect(compiled.selectRows(columns)).toEqual(
            selectRows(rule, columns, { fields, asOf, segments: { a } }),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it("asks about the events of a row, and says what it lacks", () => {
    const shop = ruleFields({ plan: "text" }, { transactions: { amount: "number" } });
    const compiled = compileRule({ op: "did", of: "transactions" }, { fields: shop, asOf });
    const eventsOf = (row: number) => ({ transactions: row === 1 ? [{ at: "2024-06-01" }] : [] });
    expect(compiled.selectRows({ plan: ["a", "b"] }, eventsOf).rowIndexes).toEqual([1]);
    expect(thrown(() => compiled.selectRows({ plan: ["a"] }))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "eventsOf",
    });
    const strange = () => ({ transaction: [] });
    expect(thrown(() => compiled.selectRows({ plan: ["a"] }, strange)).path).toBe("eventsOf(0).transaction");
  });
});

describe("evaluate of a compiled rule", () => {
  const shop = ruleFields({ plan: "text" }, { transactions: transactionEventFields });
  const { all, events, field, segment } = ruleBuilder(shop);
  const lately = events("transactions").within({ last: { days: 90 } });
  const log = transactionLog(
    [
      { customerId: "ani", at: "2024-06-20", amount: 1500 },
      { customerId: "budi", at: "2023-01-20", amount: 900 },
      { customerId: "ani", at: "2024-06-21", amount: 100 },
      { customerId: "dewi", at: "2024-06-25", amount: 700 },
    ],
    { currency: "IDR" },
  );

  it("finds the members of a log, by their id", () => {
    const compiled = compileRule(lately.sum("amount").gte(700), { fields: shop, asOf });
    const { customerIds, share, withoutRecord } = compiled.evaluate({ log });
    expect(customerIds).toEqual(["ani", "dewi"]);
    expect(share).toMatchObject({ numerator: 2, denominator: 3 });
    expect(withoutRecord).toBe(0);
  });

  it("finds those of records and a log as a set of segments does, customers without events among them", () => {
    const segments = { rule: field("plan").eq("pro"), unused: field("plan").eq("free") };
    const rule = all(segment("rule"), lately.count().lt(2));
    const list = ["ani", "budi", "cici"].map((customerId) => ({ customerId, plan: "pro" }));
    const compiled = compileRule(rule, { fields: shop, asOf, segments });
    const result = compiled.evaluate({ records: list, log });
    expect(result.customerIds).toEqual(["budi", "cici"]);
    expect(result.withoutRecord).toBe(1);
    const set = segmentSet({ ...segments, quiet: rule }, { fields: shop, asOf });
    const { members } = set.evaluate({ records: list, log });
    const quiet = members.columns.customerId.filter((_, i) => members.columns.segment[i] === "quiet");
    expect(result.customerIds).toEqual(quiet);
    // Once more, with other customers.
    const other = { records: [{ customerId: "eka", plan: "pro" }], eventsOf: () => ({}) };
    expect(compiled.evaluate(other).customerIds).toEqual(["eka"]);
  });

  it("refuses bad input", () => {
    const compiled = compileRule(lately.did(), { fields: shop, asOf });
    expect(thrown(() => compiled.evaluate({})).path).toBe("input");
    expect(thrown(() => compiled.evaluate(null as never)).path).toBe("input");
    expect(thrown(() => compiled.evaluate({ log }, { signal: { aborted: true } })).code).toBe("ABORTED");
  });
});

describe("a compiled rule", () => {
  const shop = ruleFields({ plan: "text", tags: "text[]" }, { transactions: { amount: "number" } });
  const given: SegmentRule = {
    op: "all",
    of: [
      { op: "eq", field: "plan", value: "a" },
      { op: "startsWith", field: "plan", value: "A", ignoreCase: true },
      { op: "hasAll", field: "tags", values: ["x"] },
      { op: "ne", field: "plan", value: "z" },
    ],
  };
  const member = { plan: "a", tags: ["x"] };

  it("stays as it is, whatever is done to the rule that it shows, to the given one and to the operators", () => {
    const operators = { odd: { field: false, holds: () => true } };
    const rule = { op: "all", of: [given, { op: "custom", name: "odd" }] } as const;
    const compiled = compileRule(rule, { fields: shop, asOf, operators });
    const spoil = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const target = value as Record<string, unknown>;
      for (const key of Object.keys(target)) {
        spoil(target[key]);
        if (key === "value") target[key] = "b";
        if (key === "values") (target[key] as string[]).push("never");
      }
    };
    spoil(compiled.rule);
    operators.odd = { field: false, holds: () => false };
    expect(compiled.matches(member)).toBe(true);
    // What is read with care is compiled later.
    expect(compiled.matches(Object.assign(Object.create({}), member))).toBe(true);
    expect(compiled.selectRows({ plan: ["a"], tags: [["x"]] }).rowIndexes).toEqual([0]);
    expect(compiled.evaluate({ records: [{ customerId: "ani", ...member }] }).customerIds).toEqual(["ani"]);
    expect(given.op === "all" && given.of[0]).toEqual({ op: "eq", field: "plan", value: "a" });
  });

  it("is made of lists of its own", () => {
    const { field, sequence, events } = ruleBuilder(shop);
    const plans = ["a"];
    const steps = [events("transactions").step()] as const;
    const rules = [field("plan").in(plans), field("tags").hasAny(plans), sequence(steps)];
    const before = JSON.stringify(rules);
    plans.push("b");
    (steps as unknown as object[]).push(events("transactions").step());
    expect(JSON.stringify(rules)).toBe(before);
  });

  it("measures each thing once, and not one for another", () => {
    const transactions = [10, 20].map((amount) => ({ at: "2024-06-01", amount }));
    const measured = (op: "sum" | "max" | "min" | "average" | "distinct", value: number) =>
      ({ op, of: "transactions", field: "amount", is: { op: "eq", value } }) as const;
    const timed = (op: "first" | "last", value: string) =>
      ({ op, of: "transactions", is: { op: "eq", value } }) as const;
    const of: SegmentRule[] = [
      measured("sum", 30),
      measured("max", 20),
      measured("min", 10),
      measured("average", 15),
      measured("distinct", 2),
      { op: "count", of: "transactions", is: { op: "eq", value: 2 } },
      { op: "did", of: "transactions" },
      timed("first", "2024-06-01"),
      timed("last", "2024-06-01"),
      { ...measured("sum", 20), where: { op: "eq", field: "amount", value: 20 } },
      { ...measured("sum", 0), window: { last: { days: 1 } } },
    ];
    const compiled = compileRule({ op: "all", of }, { fields: shop, asOf });
    expect(compiled.matches({}, { transactions })).toBe(true);
    for (const part of of)
      expect(compileRule(part, { fields: shop, asOf }).matches({}, { transactions })).toBe(true);
    expect(compiled.select([{}], () => ({ transactions })).rowIndexes).toEqual([0]);
  });
});

describe("a polluted Object.prototype", () => {
  const shop = ruleFields({ plan: "text", age: "number", city: "text" });
  const { all, any, field } = ruleBuilder(shop);
  const prototype = Object.prototype as { plan?: string; age?: number };

  it("lends nothing to records, also when it is polluted once the rule is compiled", () => {
    const pro = compileRule(field("plan").eq("pro"), { fields: shop, asOf });
    const grown = compileRule(
      any(field("plan").in(["pro"]), all(field("city").exists(), field("age").gte(18))),
      {
        fields: shop,
        asOf,
      },
    );
    const list = [{}, { plan: "pro" }, { city: "Jakarta" }, { city: "Jakarta", age: 20 }];
    const set = segmentSet({ pro: field("plan").eq("pro") }, { fields: shop, asOf });
    Object.defineProperty(prototype, "plan", { value: "pro", configurable: true });
    prototype.age = 30;
    try {
      expect(pro.matches({})).toBe(false);
      expect(list.map((record) => pro.matches(record))).toEqual([false, true, false, false]);
      expect(pro.select(list).rowIndexes).toEqual([1]);
      expect(grown.select(list).rowIndexes).toEqual([1, 3]);
      expect(list.map((record) => grown.matches(record))).toEqual([false, true, false, true]);
      expect(set.start({}).segments).toEqual([]);
    } finally {
      delete prototype.plan;
      delete prototype.age;
    }
    expect(grown.select(list).rowIndexes).toEqual([1, 3]);
  });
});
