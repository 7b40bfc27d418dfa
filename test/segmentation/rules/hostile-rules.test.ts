import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClienteleError } from "../../../src/core/errors.js";
import { compileRule } from "../../../src/segmentation/rules/compile-rule.js";
import { describeRule } from "../../../src/segmentation/rules/describe-rule.js";
import { explainRule } from "../../../src/segmentation/rules/explain-rule.js";
import { toJsonLogic } from "../../../src/segmentation/rules/json-logic-export.js";
import { fromJsonLogic } from "../../../src/segmentation/rules/json-logic-import.js";
import { migrateRule, parseRule, ruleProblems } from "../../../src/segmentation/rules/parse-rule.js";
import { toQueryBuilder } from "../../../src/segmentation/rules/query-builder-export.js";
import { fromQueryBuilder } from "../../../src/segmentation/rules/query-builder-import.js";
import { thrown } from "../../core/thrown.js";
import { shopFields, shopSegments, someRule } from "./some-rules.js";

const options = { fields: shopFields, segments: shopSegments };
const compiled = { fields: shopFields, asOf: "2024-02-15" };
const customer = { name: "x".repeat(1000), age: 1, tags: ["a"], joinedAt: "2024-01-01" };
const events = { transactions: [{ at: "2024-02-01", amount: 1 }], visits: [] };

const doors: Readonly<Record<string, (input: never) => unknown>> = {
  parseRule: (input) => parseRule(input, options),
  ruleProblems: (input) => ruleProblems(input, options),
  migrateRule: (input) => migrateRule(input, options),
  compileRule: (input) => compileRule(input, compiled).matches(customer, events),
  explainRule: (input) => explainRule(input, { record: customer, events }, compiled),
  describeRule: (input) => describeRule(input, { ...options, asOf: "2024-02-15" }),
  toQueryBuilder: (input) => toQueryBuilder(input, options),
  toJsonLogic: (input) => toJsonLogic(input, options),
  fromQueryBuilder: (input) => fromQueryBuilder(input, options),
  fromJsonLogic: (input) => fromJsonLogic(input, options),
};

/** Which doors it passed; any error but ours goes through to the test. */
function knock(input: unknown): string[] {
  return Object.entries(doors).flatMap(([name, door]) => {
    try {
      const answer = door(input as never);
      const isNo =
        name === "ruleProblems"
          ? (answer as unknown[]).length > 0
          : (answer as { ok?: boolean }).ok === false;
      return isNo ? [] : [name];
    } catch (error) {
      if (error instanceof ClienteleError) return [];
      throw error;
    }
  });
}

function nested(levels: number, wrap: (inner: unknown) => unknown, core: unknown): unknown {
  let node = core;
  for (let i = 0; i < levels; i++) node = wrap(node);
  return node;
}

const leaf = { op: "exists", field: "name" };
const cycle: Record<string, unknown> = { op: "not" };
cycle.of = cycle;
const wide: { op: string; of: unknown[] } = { op: "all", of: [] };
wide.of = Array.from({ length: 100 }, () => wide);
const ring: unknown[] = [];
ring.push(ring, ring);
const bomb = () => {
  throw new Error("boom");
};
const trap = new Proxy(
  {},
  { get: bomb, ownKeys: bomb, getPrototypeOf: bomb, has: bomb, getOwnPropertyDescriptor: bomb },
);
const endless: object = new Proxy(
  {},
  {
    get: () => endless,
    ownKeys: () => ["of"],
    getOwnPropertyDescriptor: () => ({ value: endless, configurable: true, enumerable: true }),
  },
);

const hostile: Readonly<Record<string, unknown>> = {
  "a field that is SQL": { op: "eq", field: 'a" = 1 OR 1=1 --', value: 1 },
  "an operator that is SQL": { op: "= 1 or 1=1 --", field: "age", value: 1 },
  $where: { $where: "globalThis.__pwn = 1" },
  "a pattern": { op: "regex", field: "name", value: "(a+)+$" },
  "a path to a constructor": { op: "eq", field: "constructor.constructor", value: "return 1" },
  "a field __proto__": { op: "exists", field: "__proto__" },
  "a key __proto__": JSON.parse('{"op":"exists","field":"name","__proto__":{"polluted":true}}'),
  "a deep key __proto__": JSON.parse(
    '{"op":"custom","name":"x","value":{"a":{"__proto__":{"polluted":true}}}}',
  ),
  "a key constructor": JSON.parse(
    '{"op":"exists","field":"name","constructor":{"prototype":{"polluted":true}}}',
  ),
  "100,000 rules in each other": nested(100_000, (of) => ({ op: "not", of }), leaf),
  "100,000 groups in each other": nested(100_000, (of) => ({ op: "all", of: [of] }), leaf),
  "100,000 where in each other": nested(100_000, (where) => ({ op: "did", of: "visits", where }), leaf),
  "90,000 lists in each other": { op: "custom", name: "x", value: nested(90_000, (inner) => [inner], 1) },
  "100,000 groups of react-querybuilder": nested(
    100_000,
    (rule) => ({ combinator: "and", rules: [rule] }),
    leaf,
  ),
  "ninety million commas": {
    combinator: "and",
    rules: Array.from({ length: 9_000 }, () => ({ field: "name", operator: "in", value: ",".repeat(9_999) })),
  },
  "a million items in commas": {
    combinator: "and",
    rules: Array.from({ length: 95 }, () => ({ field: "age", operator: "in", value: "1,".repeat(4_999) })),
  },
  "commas behind backslashes": {
    combinator: "and",
    rules: [{ field: "age", operator: "in", value: "\\,".repeat(4_999) }],
  },
  "100,000 negations of JsonLogic": nested(100_000, (logic) => ({ "!": [logic] }), true),
  "nested maps of JsonLogic": nested(5, (logic) => ({ map: [{ var: "tags" }, logic] }), { var: "" }),
  "method of JsonLogic": { method: [{ var: "name" }, "constructor", ["return 1"]] },
  itself: cycle,
  "itself a hundred times over": wide,
  "a list in itself": ring,
  "a list in itself as a value": { op: "in", field: "age", values: ring },
  "ten million values": { op: "in", field: "age", values: new Array(10_000_000).fill(1) },
  "a list of nothing, as long as lists get": { op: "all", of: new Array(2 ** 32 - 1) },
  "a list with a hole": { op: "all", of: Object.assign(new Array(3), { 0: leaf, 2: leaf }) },
  "a hundred thousand rules": { op: "all", of: Array.from({ length: 100_000 }, () => leaf) },
  "a hundred thousand keys": Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i])),
  "ten million letters": { op: "eq", field: "name", value: "x".repeat(10_000_000) },
  "a getter that throws": Object.defineProperty({ op: "exists" }, "field", { enumerable: true, get: bomb }),
  "a getter": {
    op: "exists",
    get field() {
      return "name";
    },
  },
  "a proxy that throws": trap,
  "a proxy that throws, inside": { op: "all", of: [trap] },
  "a proxy without an end": endless,
  "a revoked proxy": (() => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return { op: "all", of: [proxy, proxy] };
  })(),
  "a revoked list": (() => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  })(),
  "a symbol as key": { op: "exists", field: "name", [Symbol("s")]: 1 },
  "a symbol": Symbol("s"),
  "a symbol as value": { op: "eq", field: "name", value: Symbol("s") },
  "a function": bomb,
  "an object of a class": new Map(),
  "an object that inherits its rule": Object.create(leaf),
  "toString that throws": { op: "eq", field: "name", value: { toString: bomb, valueOf: bomb, toJSON: bomb } },
  NaN: { op: "eq", field: "age", value: Number.NaN },
  infinity: { op: "lt", field: "age", value: Number.POSITIVE_INFINITY },
  "a bigint": { op: "lt", field: "age", value: 1n },
  "a boxed text": { op: "exists", field: new String("name") },
  "a Date": { op: "lt", field: "joinedAt", value: new Date(0) },
  "half a character as field": { op: "exists", field: "\ud800" },
  "an endless duration": {
    op: "within",
    field: "joinedAt",
    window: { last: { days: 2 ** 53 - 1, years: 2 ** 53 - 1 } },
  },
  "an endless anniversary": { op: "anniversary", field: "joinedAt", within: { years: 2 ** 40 } },
  "a month beyond the calendar": {
    op: "within",
    field: "joinedAt",
    window: { calendar: "year", offset: 100_000 },
  },
  "ten thousand years": { op: "frequency", of: "visits", unit: "year", atLeast: 1, outOf: 10_000 },
  "a version that is an object": { version: {}, rule: leaf },
};

/** These are rules, if odd ones: they are let in, and hold or do not. */
const harmless: Readonly<Record<string, unknown>> = {
  "1e308": { op: "lt", field: "age", value: 1e308 },
  "half a character": { op: "contains", field: "name", value: "\ud800" },
  "letters that look like a pattern": { op: "contains", field: "name", value: "(x+)+$" },
  "letters that are SQL": { op: "eq", field: "name", value: "x' OR 1=1 --" },
  "no values": { op: "in", field: "age", values: [] },
  "64 levels": nested(63, (of) => ({ op: "not", of }), leaf),
};

describe("hostile rules", () => {
  it.each(Object.keys(hostile))("%s: nobody lets it in, and no error but ours comes of it", (name) => {
    // Where only the calendar ends, shape and fields are in order: the rule is refused when it is made ready.
    const isOfCalendar = ["an endless", "a month beyond", "ten thousand"].some((start) =>
      name.startsWith(start),
    );
    const passed = knock(hostile[name]).filter((door) => !isOfCalendar || /compile|explain/.test(door));
    expect(passed).toEqual([]);
  });

  it.each(Object.keys(harmless))("%s: is let in", (name) => {
    const rule = harmless[name];
    expect(parseRule(rule, options)).toEqual(rule);
    expect(knock(rule)).toEqual(expect.arrayContaining(["compileRule", "explainRule", "describeRule"]));
  });

  it("pollutes nothing and runs nothing", () => {
    for (const input of Object.values(hostile)) knock(input);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((globalThis as { __pwn?: unknown }).__pwn).toBeUndefined();
  });

  it("in no values is nobody, and its negation is everybody: never the other way round", () => {
    const none = { op: "in", field: "age", values: [] } as const;
    expect(compileRule(none, compiled).matches({ age: 1 })).toBe(false);
    expect(compileRule({ op: "not", of: none }, compiled).matches({ age: 1 })).toBe(true);
  });

  it("hands on a copy, which a later change does not reach", () => {
    const values = ["free"];
    const rule = { op: "in", field: "plan", values };
    const parsed = parseRule(rule, options);
    values.push("pro");
    expect(parsed).toEqual({ op: "in", field: "plan", values: ["free"] });
  });

  it("throws nothing but ClienteleError, whatever is put in the place of a part", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
      withTypedArray: true,
      withBoxedValues: true,
    });
    // By place: fast-check itself looks into what it hands out.
    const odd = [trap, cycle, Number.NaN, 1e308, -0, "\ud800", undefined, null];
    fc.assert(
      fc.property(
        someRule,
        anything,
        fc.nat(),
        fc.nat(2 * odd.length),
        fc.boolean(),
        (rule, some, place, which, isWhole) => {
          const value = which < odd.length ? odd[which] : some;
          if (isWhole) {
            knock(value);
            return;
          }
          const copy = structuredClone(rule);
          const objects: Record<string, unknown>[] = [];
          const visit = (node: unknown): void => {
            if (typeof node !== "object" || node === null) return;
            objects.push(node as Record<string, unknown>);
            for (const part of Object.values(node)) visit(part);
          };
          visit(copy);
          const object = objects[place % objects.length];
          const keys = Object.keys(object);
          object[keys[(place >> 4) % Math.max(keys.length, 1)] ?? "0"] = value;
          knock(copy);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("compiles, explains and describes every rule that it parses", () => {
    fc.assert(
      fc.property(someRule, (rule) => {
        const segments = { loyal: leaf, new: leaf } as never;
        const parsed = parseRule(rule, options);
        compileRule(parsed, { ...compiled, segments }).matches(customer, events);
        explainRule(parsed, { record: customer, events }, { ...compiled, segments });
        describeRule(parsed, { ...options, asOf: "2024-02-15" });
      }),
    );
  });
});

describe("limits", () => {
  const problem = (rule: unknown, limits: object) =>
    thrown(() => parseRule(rule, { ...options, limits })).message;

  it("names the place and the limit", () => {
    expect(problem({ op: "not", of: { op: "not", of: leaf } }, { depth: 2 })).toBe(
      "rule.of.of: an object lies deeper than the 2 levels allowed",
    );
    expect(problem({ op: "all", of: [leaf, leaf] }, { nodes: 2 })).toBe(
      "rule.of[1]: an object is one object more than the 2 allowed",
    );
    expect(problem({ op: "all", of: [leaf, leaf, leaf] }, { listLength: 2 })).toBe(
      "rule.of: an array of 3 has 3 items, more than the 2 allowed",
    );
    expect(problem({ op: "in", field: "age", values: [1, 2, 3] }, { entries: 5 })).toBe(
      "rule.values: an array of 3 brings the items of lists and the keys of objects to more than the 5 allowed in all",
    );
    expect(problem({ op: "all", of: [leaf, leaf] }, { entries: 7 })).toContain(
      "rule.of[1]: an object brings",
    );
    expect(problem({ op: "in", field: "name", values: ["abc", "def"] }, { textTotal: 24 })).toContain(
      'rule.values[1]: "def" brings the texts to more than the 24 characters allowed in all',
    );
    expect(problem({ op: "exists", ["k".repeat(1001)]: 1 }, {})).toBe(
      `rule: an object has a key "${"k".repeat(60)}...", which has 1001 characters, more than the 1000 allowed`,
    );
    const steps = [{ of: "visits" }, { of: "visits" }, { of: "visits" }];
    expect(problem({ op: "sequence", steps }, { steps: 2 })).toBe(
      "rule.steps: an array of 3 has 3 steps, more than the 2 allowed",
    );
    expect(problem({ op: "eq", field: "name", value: "abcdef" }, { textLength: 4 })).toContain(
      'rule.value: "abcdef" has 6 characters',
    );
  });

  it("lets in what is just within", () => {
    const rule = { op: "not", of: { op: "all", of: [leaf, leaf] } };
    const limits = { depth: 3, nodes: 4, listLength: 2, entries: 10, textLength: 6, textTotal: 48 };
    expect(parseRule(rule, { ...options, limits })).toEqual(rule);
    for (const name of Object.keys(limits)) {
      const tighter = { ...limits, [name]: limits[name as keyof typeof limits] - 1 };
      expect(thrown(() => parseRule(rule, { ...options, limits: tighter })).code).toBe("INVALID_ARGUMENT");
    }
  });

  it("refuses limits that are none", () => {
    expect(thrown(() => parseRule(leaf, { ...options, limits: { depth: 501 } })).path).toBe(
      "options.limits.depth",
    );
    expect(thrown(() => parseRule(leaf, { ...options, limits: { nodes: 0 } })).path).toBe(
      "options.limits.nodes",
    );
    expect(thrown(() => parseRule(leaf, { ...options, limits: null as never })).path).toBe("options.limits");
    const misspelled = thrown(() => parseRule(leaf, { ...options, limits: { deph: 1 } as never }));
    expect(misspelled).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.limits.deph" });
    expect(misspelled.message).toContain('"deph"');
    const deepest = nested(499, (of) => ({ op: "not", of }), leaf);
    expect(knockDeep(deepest)).toBe(true);
  });

  it("keeps the limits that are given where none are named otherwise", () => {
    const fifty = { op: "sequence", steps: Array.from({ length: 50 }, () => ({ of: "visits" })) };
    expect(parseRule(fifty, options)).toEqual(fifty);
    for (const steps of [[...fifty.steps, { of: "visits" }]])
      for (const door of [parseRule, describeRule, toJsonLogic])
        expect(thrown(() => door({ op: "sequence", steps } as never, options)).path).toBe("rule.steps");
    expect(parseRule({ op: "all", of: Array.from({ length: 9_999 }, () => leaf) }, options)).toBeTruthy();
    const values = Array.from({ length: 10_000 }, (_, i) => i);
    expect(parseRule({ op: "in", field: "age", values }, options)).toEqual({
      op: "in",
      field: "age",
      values,
    });
    const long = { op: "eq", field: "name", value: "x".repeat(10_000) };
    expect(parseRule(long, options)).toEqual(long);
  });

  it("counts keys as it counts items, and all text together", () => {
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
    const value = Array.from({ length: 11 }, () => keys(9_999));
    expect(thrown(() => parseRule({ op: "custom", name: "x", value }, options))).toMatchObject({
      path: "rule.value[9]",
    });
    const values = Array.from({ length: 101 }, (_, i) => String(i).padEnd(10_000));
    expect(thrown(() => parseRule({ op: "in", field: "name", values }, options)).message).toMatch(
      /^rule\.values\[99\]: .* more than the 1000000 characters allowed in all$/,
    );
  });

  it("shortens long keys in paths and messages", () => {
    const long = "k".repeat(1000);
    const wrong: object[] = [
      { op: "exists", field: "name", [long]: 1 },
      { op: "exists", field: "name", [`${long}k`]: 1 },
      { op: "custom", name: "x", value: { [long]: { [long]: Number.NaN } } },
    ];
    for (const rule of wrong) {
      const { path, message } = thrown(() => parseRule(rule, options));
      expect(path.length).toBeLessThan(200);
      expect(message.length).toBeLessThan(400);
    }
  });

  function knockDeep(rule: unknown): boolean {
    const limits = { depth: 500 };
    const parsed = parseRule(rule, { ...options, limits });
    const { held } = explainRule(parsed, { record: customer }, { ...compiled, limits });
    describeRule(parsed, { ...options, limits });
    return held !== compileRule(parsed, { ...compiled, limits }).matches({});
  }
});
