import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { accountSchema } from "../../src/model/account.js";
import { contactSchema } from "../../src/model/contact.js";
import { customerSchema } from "../../src/model/customer.js";
import { interactionSchema } from "../../src/model/interaction.js";
import { productSchema } from "../../src/model/product.js";
import { subscriptionSchema } from "../../src/model/subscription.js";
import { transactionSchema } from "../../src/model/transaction.js";
import * as samples from "./samples.js";

const schemas: Record<string, z.ZodType> = {
  customer: customerSchema,
  account: accountSchema,
  contact: contactSchema,
  product: productSchema,
  purchase: transactionSchema,
  refund: transactionSchema,
  subscription: subscriptionSchema,
  interaction: interactionSchema,
};
const { customer, account, contact, product, purchase, refund, subscription, interaction } = samples;
const records: Record<string, object> = {
  customer,
  account,
  contact,
  product,
  purchase,
  refund,
  subscription,
  interaction,
};

describe.each(Object.keys(schemas))("a full %s", (name) => {
  const schema = schemas[name];
  const sent = records[name];

  test("is accepted, keeps every field that was sent, and does not change what was handed over", () => {
    const before = structuredClone(sent);
    const parsed = schema.parse(sent) as object;
    expect(Object.keys(parsed)).toEqual(expect.arrayContaining(Object.keys(sent)));
    expect(sent).toEqual(before);
  });

  test("survives JSON and parses to itself", () => {
    const parsed = schema.parse(sent);
    const again = JSON.parse(JSON.stringify(parsed));
    expect(again).toEqual(parsed);
    expect(schema.parse(again)).toEqual(parsed);
  });

  test("with a field of no known name is refused, and the field is named", () => {
    const result = schema.safeParse({ ...sent, customer_id: "C-1" });
    expect(result.error?.issues).toMatchObject([
      { code: "unrecognized_keys", keys: ["customer_id"], path: [] },
    ]);
  });
});

test.each<[string, z.ZodType, fc.Arbitrary<unknown>]>([
  ["customers", customerSchema, samples.anyCustomer],
  ["transactions", transactionSchema, samples.anyTransaction],
  ["subscriptions", subscriptionSchema, samples.anySubscription],
  ["interactions", interactionSchema, samples.anyInteraction],
])("any %s: parsing is idempotent, also by way of JSON, before it and after it", (_, schema, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, (sent) => {
      const parsed = schema.parse(sent);
      expect(schema.parse(parsed)).toEqual(parsed);
      expect(schema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
      // A Date becomes ISO text in JSON, which is the same instant.
      expect(schema.parse(JSON.parse(JSON.stringify(sent)))).toEqual(parsed);
    }),
  );
});

test("absent lists become empty and nothing else is made up", () => {
  expect(customerSchema.parse({ id: "C-1", kind: "organization" })).toEqual({
    id: "C-1",
    kind: "organization",
    signals: [],
    consent: [],
    segmentIds: [],
    attributes: {},
  });
  expect(accountSchema.parse({ id: "A-1", name: "PT Maju", ownerId: "dewi" }).contactIds).toEqual([]);
  expect(subscriptionSchema.parse(samples.subscription).interval).toEqual({ unit: "month", count: 1 });
});

test("instants come out as epoch milliseconds at every depth", () => {
  const { createdAt, signals, consent, provenance } = customerSchema.parse(samples.customer);
  const instants = [createdAt, signals[0].at, consent[0].at, provenance?.birthday.capturedAt];
  expect(instants).toEqual(Array(4).fill(samples.march1Ms));
});

test("a default list is a new one for every record", () => {
  const [first, second] = ["C-1", "C-2"].map((id) => customerSchema.parse({ id, kind: "person" }));
  expect(first.segmentIds).not.toBe(second.segmentIds);
  expect(first.attributes).not.toBe(second.attributes);
});
