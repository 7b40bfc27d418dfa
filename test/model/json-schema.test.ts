import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import * as model from "../../src/model/index.js";
import * as samples from "./samples.js";

const schemas = Object.entries<unknown>(model).filter(
  (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
);

function validatorOf(schema: z.ZodType, io: "input" | "output") {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile(z.toJSONSchema(schema, { io }));
}

test("every schema of the model is here", () => {
  const names = Object.keys(model).filter((name) => name.endsWith("Schema"));
  expect(schemas.map(([name]) => name).sort()).toEqual(names.sort());
  expect(names.length).toBeGreaterThanOrEqual(17);
});

test.each(schemas)("%s has a JSON Schema of what is sent and one of what comes out", (_, schema) => {
  expect(() => validatorOf(schema, "input")).not.toThrow();
  expect(() => validatorOf(schema, "output")).not.toThrow();
});

const records: [string, z.ZodType, object, string[]][] = [
  ["customer", model.customerSchema, samples.customer, ["id", "kind"]],
  ["account", model.accountSchema, samples.account, ["id", "name", "ownerId"]],
  ["contact", model.contactSchema, samples.contact, ["id", "name"]],
  ["product", model.productSchema, samples.product, ["id", "name"]],
  ["purchase", model.transactionSchema, samples.purchase, ["customerId", "at", "amount"]],
  ["refund", model.transactionSchema, samples.refund, ["customerId", "at", "amount", "refundOf"]],
  [
    "subscription",
    model.subscriptionSchema,
    samples.subscription,
    ["id", "customerId", "productId", "startAt", "amount", "currency", "interval", "status"],
  ],
  [
    "interaction",
    model.interactionSchema,
    samples.interaction,
    ["id", "customerId", "at", "channel", "direction", "planned", "purpose"],
  ],
];

describe.each(records)("the JSON Schema of a %s", (_, schema, sent, required) => {
  const isSendable = validatorOf(schema, "input");
  const isResult = validatorOf(schema, "output");

  test("accepts what a JSON caller sends, and the parsed record as what comes out", () => {
    expect(isSendable(sent)).toBe(true);
    expect(isResult(JSON.parse(JSON.stringify(schema.parse(sent))))).toBe(true);
  });

  test("requires exactly what the schema requires", () => {
    for (const field of Object.keys(sent)) {
      const { [field]: _, ...rest } = sent as Record<string, unknown>;
      expect([field, isSendable(rest)]).toEqual([field, schema.safeParse(rest).success]);
      // A refund without type and refundOf has the wrong sign, so each field is left out alone.
      expect([field, isSendable(rest)]).toEqual([field, !required.includes(field)]);
    }
  });

  test("refuses an unknown field", () => {
    expect(isSendable({ ...sent, unknown: 1 })).toBe(false);
  });
});

describe("the JSON Schema of what is sent", () => {
  const isTransaction = validatorOf(model.transactionSchema, "input");
  const isInstant = validatorOf(model.instantSchema, "input");

  test.each<[unknown, boolean]>([
    ["2024-03-01T09:00:00+07:00", true],
    ["2024-03-01T02:00:00.5Z", true],
    [1_709_258_400_000, true],
    ["2024-03-01", false],
    ["2024-03-01T09:00:00", false],
    [0.5, false],
    [null, false],
    [{}, false],
  ])("says whether %j is an instant, as the schema does", (value, expected) => {
    expect(isInstant(value)).toBe(expected);
    expect(model.instantSchema.safeParse(value).success).toBe(expected);
  });

  test.each<[string, object]>([
    ["half a minor unit", { ...samples.purchase, amount: 0.5 }],
    ["a negative purchase", { ...samples.purchase, amount: -1 }],
    ["a positive refund", { ...samples.refund, amount: 1 }],
    ["a purchase that reverses one", { ...samples.purchase, type: "purchase", refundOf: "T-0" }],
    ["a third type", { ...samples.purchase, type: "sale" }],
    ["a currency in words", { ...samples.purchase, currency: "rupiah" }],
  ])("refuses %s, as the schema does", (_, row) => {
    expect(isTransaction(row)).toBe(false);
    expect(model.transactionSchema.safeParse(row).success).toBe(false);
  });

  test("a birthday is a date", () => {
    expect(z.toJSONSchema(model.civilDaySchema)).toMatchObject({ type: "string", format: "date" });
  });

  test("an instant is an integer of the calendar's years on both sides, also by the schema's own method", () => {
    const integer = { type: "integer", minimum: -62_135_596_800_000, maximum: 253_402_300_799_999 };
    expect(z.toJSONSchema(model.instantSchema, { io: "output" })).toMatchObject(integer);
    expect(z.toJSONSchema(model.instantSchema, { io: "input" }).anyOf?.[0]).toEqual(integer);
    const { properties } = model.customerSchema.toJSONSchema({ io: "output" });
    expect(properties?.createdAt).toEqual(integer);
  });

  test("says the user's own attributes", () => {
    const shopper = model.customerSchemaWith(z.object({ city: z.string() }));
    const isShopper = validatorOf(shopper, "input");
    expect(isShopper({ id: "C-1", kind: "person", attributes: { city: "Bandung" } })).toBe(true);
    expect(isShopper({ id: "C-1", kind: "person", attributes: { city: 1 } })).toBe(false);
    expect(isShopper({ id: "C-1", kind: "person" })).toBe(false);
  });
});
