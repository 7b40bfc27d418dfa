import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { parseRule } from "../../../src/segmentation/rules/parse-rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { ruleFieldsFromSchema } from "../../../src/segmentation/rules/rule-fields-from-schema.js";
import type { RuleFieldsOf } from "../../../src/segmentation/rules/rule-fields-of.js";
import { thrown } from "../../core/thrown.js";
import { refused } from "./refused.js";

// Held by `npm run typecheck`. Where a line is an error for the compiler, what it makes is one at run time too: each goes
// through `refused`, or names the place.

interface Customer {
  name: string;
  plan: "free" | "pro";
  age?: number | null;
  isMember: boolean;
  born: Date | null;
  joinedAt: string;
  seenAt: number;
  code: `C-${number}`;
  tags: readonly string[];
  scores?: number[];
  address: { city?: string; geo: { lat: number } };
  notes: Record<string, string>;
  orders: { amount: number }[];
  anything: unknown;
  mixed: string | number;
  greet: () => string;
  gone: undefined;
  never: never;
  nicknames: (string | null)[];
  level: 1 | 2;
  vip: true;
}

interface Purchase {
  at: string;
  amount: number;
  product: "a" | "b";
  dueAt: string;
}

const purchase = z.object({
  at: z.string().transform((at) => Date.parse(at)),
  amount: z.int(),
  product: z.enum(["a", "b"]),
  dueAt: z.string(),
});

enum Tier {
  Low,
  High,
}

const customer = z.object({
  name: z.string(),
  plan: z.enum(["free", "pro"]),
  age: z.number().nullable().optional(),
  isMember: z.boolean().default(false),
  born: z.date().nullish(),
  joinedAt: z.iso.datetime({ offset: true }).optional(),
  seenAt: z.union([z.string(), z.number()]).transform((at) => new Date(at).getTime()),
  level: z.literal(["gold", "silver"]),
  tags: z.array(z.enum(["x", "y"])).readonly(),
  scores: z.array(z.number()).catch([]),
  address: z.object({ city: z.string().optional(), geo: z.object({ lat: z.number() }) }).optional(),
  vip: z.stringbool(),
  parsed: z.string().pipe(z.coerce.number()),
  length: z.string().transform((text) => text.length),
  notes: z.record(z.string(), z.string()),
  orders: z.array(z.object({ amount: z.number() })),
  mixed: z.union([z.string(), z.number()]),
  one: z.literal(1),
  yes: z.literal(true),
  tier: z.enum(Tier),
  level2: z.union([z.literal("a"), z.enum(["b", "c"]), z.null()]),
  nick: z.string().or(z.null()).or(z.undefined()),
  code: z.templateLiteral(["C-", z.number()]),
  anyText: z.union([z.literal("a"), z.string()]),
  rated: z.literal(["good", null]),
  nicks: z.array(z.string().nullable()),
  odd: z.literal(["a", 1]),
  truths: z.union([z.boolean(), z.number()]),
  dated: z.union([z.date(), z.iso.date()]),
  checked: z.string().datetime(),
});

describe("RuleFieldsOf", () => {
  type Fields = RuleFieldsOf<
    Customer,
    { transactions: Purchase },
    "joinedAt" | "seenAt" | "transactions.dueAt"
  >;

  it("is what ruleFields would say of the type", () => {
    expectTypeOf<Fields["fields"]>().toEqualTypeOf<{
      readonly name: "text";
      readonly plan: readonly ("free" | "pro")[];
      readonly age: "number";
      readonly isMember: "boolean";
      readonly born: "instant";
      readonly joinedAt: "instant";
      readonly seenAt: "instant";
      readonly code: "text";
      readonly tags: "text[]";
      readonly scores: "number[]";
      readonly "address.city": "text";
      readonly "address.geo.lat": "number";
      readonly nicknames: "text[]";
      readonly level: "number";
      readonly vip: "boolean";
    }>();
    expectTypeOf<Fields["events"]["transactions"]>().toEqualTypeOf<{
      readonly at: "instant";
      readonly amount: "number";
      readonly product: readonly ("a" | "b")[];
      readonly dueAt: "instant";
    }>();
  });

  it("types the builder without any data", () => {
    const { field, events } = ruleBuilder<Fields>();
    expect(field("address.geo.lat").gt(1)).toEqual({ op: "gt", field: "address.geo.lat", value: 1 });
    expect(events("transactions").sum("amount").gt(1).op).toBe("sum");
    // What ruleFields would be told of the type.
    const same = ruleFields(
      { plan: ["free", "pro"], joinedAt: "instant", "address.city": "text" },
      { transactions: { amount: "number" } },
    );
    const isRefused = (make: () => unknown) => expect(refused(same, make)).toBe(true);
    // @ts-expect-error no such plan
    isRefused(() => field("plan").eq("gold"));
    // @ts-expect-error a list of objects is no field
    isRefused(() => field("orders").exists());
    // @ts-expect-error no such path
    isRefused(() => field("address.street").exists());
    // @ts-expect-error text or number is neither
    isRefused(() => field("mixed").exists());
    // @ts-expect-error what is never there is nothing
    isRefused(() => field("gone").exists());
    // @ts-expect-error an instant has no letters
    isRefused(() => field("joinedAt").contains("2024"));
    // @ts-expect-error not an event's field
    isRefused(() => events("transactions").sum("total").gt(1));
  });
});

describe("ruleFieldsFromSchema", () => {
  const fields = ruleFieldsFromSchema(customer, {
    events: { transactions: purchase },
    instants: ["seenAt", "transactions.dueAt"],
  });

  it("finds at run time what the compiler finds", () => {
    const expected = {
      name: "text",
      plan: ["free", "pro"],
      age: "number",
      isMember: "boolean",
      born: "instant",
      joinedAt: "instant",
      seenAt: "instant",
      level: ["gold", "silver"],
      tags: "text[]",
      scores: "number[]",
      "address.city": "text",
      "address.geo.lat": "number",
      vip: "boolean",
      parsed: "number",
      one: "number",
      yes: "boolean",
      tier: "number",
      level2: ["a", "b", "c"],
      nick: "text",
      code: "text",
      anyText: "text",
      rated: ["good"],
      nicks: "text[]",
      dated: "instant",
      checked: "text",
    } as const;
    expect(fields.fields).toEqual(expected);
    expectTypeOf(fields.fields).toEqualTypeOf<{
      readonly name: "text";
      readonly plan: readonly ("free" | "pro")[];
      readonly age: "number";
      readonly isMember: "boolean";
      readonly born: "instant";
      readonly joinedAt: "instant";
      readonly seenAt: "instant";
      readonly level: readonly ("gold" | "silver")[];
      readonly tags: "text[]";
      readonly scores: "number[]";
      readonly "address.city": "text";
      readonly "address.geo.lat": "number";
      readonly vip: "boolean";
      readonly parsed: "number";
      readonly one: "number";
      readonly yes: "boolean";
      readonly tier: "number";
      readonly level2: readonly ("a" | "b" | "c")[];
      readonly nick: "text";
      readonly code: "text";
      readonly anyText: "text";
      readonly rated: readonly "good"[];
      readonly nicks: "text[]";
      readonly dated: "instant";
      readonly checked: "text";
    }>();
    expect(fields.events).toEqual({
      transactions: { at: "instant", amount: "number", product: ["a", "b"], dueAt: "instant" },
    });
    expectTypeOf(fields.events.transactions.dueAt).toEqualTypeOf<"instant">();
  });

  it("lists what it leaves out", () => {
    expect(fields.leftOut).toEqual([
      { path: "length", reason: "comes out of a transform, which does not say what it gives" },
      { path: "notes", reason: "is a record" },
      { path: "orders", reason: "is a list of something else than texts or numbers" },
      { path: "mixed", reason: "is a union of what rules tell apart, or do not know" },
      { path: "odd", reason: "has values of several types, or of one that rules do not have" },
      { path: "truths", reason: "is a union of what rules tell apart, or do not know" },
    ]);
  });

  it("leaves out times without an offset, which its types cannot tell", () => {
    const local = z.object({
      at: z.iso.datetime({ local: true }),
      id: z.any(),
      when: z.iso.datetime({ offset: true }),
    });
    const found = ruleFieldsFromSchema(local);
    expect(found.fields).toEqual({ when: "instant" });
    expect(found.leftOut).toEqual([
      { path: "at", reason: "is a time without an offset, which names no instant" },
      { path: "id", reason: "is an any" },
    ]);
  });

  it("makes fields for builders and for parseRule alike", () => {
    const { field, events } = ruleBuilder(fields);
    const rule = field("plan").eq("pro");
    expect(parseRule(JSON.parse(JSON.stringify(rule)), { fields })).toEqual(rule);
    expect(events("transactions").sum("amount").gt(5).op).toBe("sum");
    // @ts-expect-error no such level
    expect(thrown(() => parseRule(field("level").eq("tin"), { fields })).path).toBe("rule.value");
    // @ts-expect-error left out
    expect(thrown(() => parseRule(field("length").gt(5), { fields })).path).toBe("rule.field");
    // @ts-expect-error an instant has no letters
    expect(thrown(() => parseRule(field("seenAt").contains("2024"), { fields })).path).toBe("rule.op");
  });

  it("reads a schema that holds itself only so deep", () => {
    const person = z.object({
      name: z.string(),
      get boss() {
        return person;
      },
    });
    const { fields: found, leftOut } = ruleFieldsFromSchema(person as z.ZodObject);
    expect(Object.keys(found)).toHaveLength(9);
    expect(leftOut).toEqual([
      { path: Array.from({ length: 9 }, () => "boss").join("."), reason: "lies too deep" },
    ]);
  });

  it("refuses what is no object, and instants that are not there", () => {
    expect(thrown(() => ruleFieldsFromSchema(z.string())).message).toBe(
      "schema is a zod string: pass a z.object()",
    );
    expect(thrown(() => ruleFieldsFromSchema(customer, { events: { a: z.array(z.string()) } })).path).toBe(
      "options.events.a",
    );
    expect(thrown(() => ruleFieldsFromSchema({} as never)).path).toBe("schema");
    expect(thrown(() => ruleFieldsFromSchema(customer, { instants: ["gone"] })).message).toContain('"gone"');
    const odd = ruleFieldsFromSchema(z.object({ constructor: z.string(), "a.b": z.string(), c: z.string() }));
    expect(odd.fields).toEqual({ c: "text" });
    expect(odd.leftOut.map(({ path }) => path)).toEqual(["constructor", "a.b"]);
  });
});
