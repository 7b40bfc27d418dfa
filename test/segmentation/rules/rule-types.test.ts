import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { parseRule } from "../../../src/segmentation/rules/parse-rule.js";
import { ruleBuilder } from "../../../src/segmentation/rules/rule-builder.js";
import { ruleFields } from "../../../src/segmentation/rules/rule-fields.js";
import { ruleFieldsFromSchema } from "../../../src/segmentation/rules/rule-fields-from-schema.js";
import type { RuleFieldsOf } from "../../../src/segmentation/rules/rule-fields-of.js";
import { thrown } from "../../core/thrown.js";

// Held by `npm run typecheck`. Where a line is an error for the compiler, what it makes is one for parseRule too.

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
});

describe("rules in code, from the data of ruleFields", () => {
  const { field, events } = ruleBuilder(
    ruleFields(
      {
        plan: ["free", "pro"],
        age: { type: "number", label: "years" },
        joinedAt: "instant",
        tags: "text[]",
        "address.city": "text",
      },
      { transactions: { amount: "number", product: "text" } },
    ),
  );

  it("knows paths, operators and values", () => {
    expect(field("address.city").startsWith("J")).toEqual({
      op: "startsWith",
      field: "address.city",
      value: "J",
    });
    expectTypeOf(field("plan").eq).parameter(0).toEqualTypeOf<"free" | "pro">();
    expectTypeOf(field("age").in).parameter(0).toEqualTypeOf<readonly number[]>();
    expectTypeOf(events("transactions").sum).parameter(0).toEqualTypeOf<"amount">();
    expectTypeOf(events("transactions").distinct).parameter(0).toEqualTypeOf<"amount" | "product">();
  });

  it("refuses wrong ones", () => {
    // @ts-expect-error no such path
    field("aeg");
    // @ts-expect-error a number has no beginning
    expect(() => field("age").startsWith).not.toThrow();
    // @ts-expect-error no such plan
    field("plan").eq("gold");
    // @ts-expect-error a number is no text
    field("age").gte("18");
    // @ts-expect-error an instant is told as text
    field("joinedAt").lt(5);
    // @ts-expect-error texts have no order here
    expect(() => field("plan").lt).not.toThrow();
    // @ts-expect-error a list has no equality
    expect(() => field("tags").eq).not.toThrow();
    // @ts-expect-error a list of texts
    field("tags").hasAny([1]);
    // @ts-expect-error no such kind
    events("clicks");
    // @ts-expect-error no sum of texts
    events("transactions").sum("product");
    // @ts-expect-error no such field of an event
    events("transactions").where((event) => event.field("amonut").gt(5));
    // @ts-expect-error no such unit
    field("joinedAt").within({ calendar: "decade" });
    expect(
      events("transactions")
        .where((event) => event.field("at").gte("2024-01-01"))
        .did().op,
    ).toBe("did");
  });
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
    // @ts-expect-error no such plan
    field("plan").eq("gold");
    // @ts-expect-error a list of objects is no field
    field("orders");
    // @ts-expect-error no such path
    field("address.street");
    // @ts-expect-error text or number is neither
    field("mixed");
    // @ts-expect-error an instant has no letters
    expect(() => field("joinedAt").contains).not.toThrow();
    // @ts-expect-error not an event's field
    events("transactions").sum("total");
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
      { path: "mixed", reason: "is a union" },
      { path: "one", reason: "has values that are not text" },
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
    expect(() => field("seenAt").contains).not.toThrow();
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
