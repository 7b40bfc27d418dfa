import { describe, expect, test } from "vitest";
import * as z from "zod";
import { rowProblemMessage } from "../../src/core/row-problems.js";
import { accountSchema } from "../../src/model/account.js";
import { contactSchema } from "../../src/model/contact.js";
import { customerSchema, customerSchemaWith } from "../../src/model/customer.js";
import { interactionSchema } from "../../src/model/interaction.js";
import { parseRecords } from "../../src/model/parse-records.js";
import { productSchema } from "../../src/model/product.js";
import { subscriptionSchema } from "../../src/model/subscription.js";
import { refundSchema, transactionSchema } from "../../src/model/transaction.js";
import * as samples from "./samples.js";

/** What the library says about one record. */
function said(schema: z.ZodType, record: unknown): string[] {
  const { rejects } = parseRecords(schema, [record], { onInvalid: "collect" });
  return rejects.flatMap(({ problems }) => problems.map(rowProblemMessage));
}

const { customer, purchase, refund, subscription, interaction, product } = samples;
const notAnInstant =
  "is not an instant: pass a Date, epoch milliseconds or ISO 8601 with an offset (2024-03-01T09:00:00+07:00)";

describe("rules of a record, in the words of the library", () => {
  test.each<[string, z.ZodType, unknown, string[]]>([
    [
      "all that is missing is named at once",
      transactionSchema,
      {},
      ["row 1, customerId: is missing", "row 1, at: is missing", "row 1, amount: is missing"],
    ],
    ["a record is an object", transactionSchema, null, ["row 1: null is not an object"]],
    ["a list is not a record", transactionSchema, [1, 2], ["row 1: an array of 2 is not an object"]],
    [
      "a row of a file is not a record",
      customerSchema,
      "C-1,person",
      ['row 1: "C-1,person" is not an object'],
    ],
    [
      "an empty cell is not a key",
      transactionSchema,
      { ...purchase, customerId: "" },
      ['row 1, customerId: "" is empty'],
    ],
    [
      "a key is text",
      transactionSchema,
      { ...purchase, customerId: 42 },
      ["row 1, customerId: 42 is not text"],
    ],
    [
      "a column of another name is told by both its names",
      transactionSchema,
      { customer_id: "C-1", at: 0, amount: 1 },
      ["row 1, customerId: is missing", 'row 1, customer_id: "C-1" is not a known field'],
    ],
    [
      "a civil day is no instant",
      transactionSchema,
      { ...purchase, at: "2024-03-01" },
      [`row 1, at: "2024-03-01" ${notAnInstant}`],
    ],
    [
      "a Date that is none",
      transactionSchema,
      { ...purchase, at: new Date(Number.NaN) },
      [`row 1, at: an invalid Date ${notAnInstant}`],
    ],
    [
      "money is whole",
      transactionSchema,
      { ...purchase, amount: 10.5 },
      ["row 1, amount: 10.5 is not a whole number of minor units"],
    ],
    [
      "money is a number",
      transactionSchema,
      { ...purchase, amount: "Rp 25.000" },
      ['row 1, amount: "Rp 25.000" is not a whole number of minor units'],
    ],
    [
      "a negative purchase is a refund that does not say so",
      transactionSchema,
      { ...purchase, amount: -1 },
      ['row 1, amount: -1 is negative on a purchase: a refund has refundOf or type "refund"'],
    ],
    [
      "a refund gives money back",
      transactionSchema,
      { ...refund, amount: 1, cost: 2, quantity: 3 },
      [
        "row 1, amount: 1 is positive on a refund: money given back is negative",
        "row 1, cost: 2 is positive on a refund: money given back is negative",
        "row 1, quantity: 3 is positive on a refund",
      ],
    ],
    [
      "units of a purchase",
      transactionSchema,
      { ...purchase, quantity: -1 },
      ["row 1, quantity: -1 is negative on a purchase"],
    ],
    [
      "a number is one",
      transactionSchema,
      { ...purchase, quantity: Number.NaN },
      ["row 1, quantity: NaN is not a number"],
    ],
    [
      "a refund names its purchase",
      transactionSchema,
      { ...refund, refundOf: undefined },
      ["row 1, refundOf: is missing"],
    ],
    [
      "a purchase reverses nothing",
      transactionSchema,
      { ...purchase, type: "purchase", refundOf: "T-0" },
      ['row 1, refundOf: "T-0" is given on a purchase'],
    ],
    [
      "there are two types",
      transactionSchema,
      { ...purchase, type: "sale" },
      ['row 1, type: "sale" is not one of "purchase", "refund"'],
    ],
    [
      "a schema of one type",
      refundSchema,
      { ...refund, type: "purchase" },
      ['row 1, type: "purchase" is not "refund"'],
    ],
    [
      "a currency is a code",
      transactionSchema,
      { ...purchase, currency: "Rp" },
      ['row 1, currency: "Rp" is not a currency code of three capital letters (ISO 4217)'],
    ],
    [
      "a channel is one of the list",
      transactionSchema,
      { ...purchase, channel: "shop" },
      [
        'row 1, channel: "shop" is not one of "phone", "fax", "email", "web", "store", "faceToFace", "sms", "mail", "callCenter", "app", "social", "other"',
      ],
    ],
    [
      "a kind of customer",
      customerSchema,
      { ...customer, kind: "company" },
      ['row 1, kind: "company" is not one of "person", "organization"'],
    ],
    [
      "a birthday exists",
      customerSchema,
      { ...customer, birthday: "1991-02-29" },
      ['row 1, birthday: "1991-02-29" is not a day of the calendar YYYY-MM-DD'],
    ],
    [
      "an address",
      customerSchema,
      { ...customer, email: "siti" },
      ['row 1, email: "siti" is not an e-mail address'],
    ],
    [
      "a flag",
      customerSchema,
      { ...customer, identified: "yes" },
      ['row 1, identified: "yes" is not true or false'],
    ],
    ["a list", customerSchema, { ...customer, signals: {} }, ["row 1, signals: an object is not a list"]],
    [
      "a rule deep inside a list",
      customerSchema,
      { ...customer, signals: [{ kind: "rfq", at: 0 }, { kind: "rfq" }] },
      ["row 1, signals[1].at: is missing"],
    ],
    [
      "consent ends after it begins",
      customerSchema,
      { ...customer, consent: [{ purpose: "marketing", at: 5, withdrawnAt: 4 }] },
      ["row 1, consent[0].withdrawnAt: 4 is before the consent was given"],
    ],
    [
      "where a field came from",
      customerSchema,
      { ...customer, provenance: { "full name": { source: "rumor", capturedAt: 0 } } },
      [
        'row 1, provenance["full name"].source: "rumor" is not one of "warrantyCard", "applicationForm", "membershipCard", "purchase", "web", "other"',
      ],
    ],
    [
      "attributes are fields",
      customerSchema,
      { ...customer, attributes: [] },
      ["row 1, attributes: an array of 0 is not an object"],
    ],
    [
      "an account has an owner",
      accountSchema,
      { id: "A-1", name: "PT Maju" },
      ["row 1, ownerId: is missing"],
    ],
    ["a contact has a name", contactSchema, { id: "P-1", name: "" }, ['row 1, name: "" is empty']],
    [
      "price and cost are in one currency",
      productSchema,
      { ...product, unitCost: { amount: 50, currency: "USD" } },
      ['row 1, unitCost.currency: "USD" is not the currency of the unit price'],
    ],
    [
      "a price is zero or positive",
      productSchema,
      { ...product, unitPrice: { amount: -1, currency: "IDR" } },
      ["row 1, unitPrice.amount: -1 is below 0"],
    ],
    [
      "a product's money",
      productSchema,
      { ...product, unitPrice: 12_500 },
      ["row 1, unitPrice: 12500 is not an object"],
    ],
    [
      "a subscription costs",
      subscriptionSchema,
      { ...subscription, amount: -1 },
      ["row 1, amount: -1 is below 0"],
    ],
    [
      "an interval lasts",
      subscriptionSchema,
      { ...subscription, interval: { unit: "day", count: 0 } },
      [
        'row 1, interval.unit: "day" is not one of "week", "month", "quarter", "year"',
        "row 1, interval.count: 0 is below 1",
      ],
    ],
    [
      "an interval is whole",
      subscriptionSchema,
      { ...subscription, interval: { unit: "month", count: 1.5 } },
      ["row 1, interval.count: 1.5 is not a whole number"],
    ],
    [
      "a subscription ends after it starts",
      subscriptionSchema,
      { ...subscription, startAt: 10, endAt: 9, trialEndAt: 8 },
      ["row 1, endAt: 9 is before startAt", "row 1, trialEndAt: 8 is before startAt"],
    ],
    [
      "a subscription stands as it does since it started, or later",
      subscriptionSchema,
      { ...subscription, startAt: 10, statusSince: 9 },
      ["row 1, statusSince: 9 is before startAt"],
    ],
    [
      "planned or not",
      interactionSchema,
      { ...interaction, planned: 1 },
      ["row 1, planned: 1 is not true or false"],
    ],
    [
      "towards whom",
      interactionSchema,
      { ...interaction, direction: "in" },
      ['row 1, direction: "in" is not one of "inbound", "outbound"'],
    ],
  ])("%s", (_, schema, record, messages) => {
    expect(said(schema, record)).toEqual(messages);
  });
});

describe("at every depth", () => {
  const at = samples.march1Ms;
  test.each<[string, z.ZodType, object, string]>([
    ["signal", customerSchema, { ...customer, signals: [{ kind: "rfq", at, x: 1 }] }, "signals[0].x"],
    ["consent", customerSchema, { ...customer, consent: [{ purpose: "p", at, x: 1 }] }, "consent[0].x"],
    [
      "origin",
      customerSchema,
      { ...customer, provenance: { name: { source: "web", capturedAt: at, x: 1 } } },
      "provenance.name.x",
    ],
    ["interval", subscriptionSchema, { ...subscription, interval: { unit: "month", x: 1 } }, "interval.x"],
    ["price", productSchema, { ...product, unitPrice: { amount: 1, currency: "IDR", x: 1 } }, "unitPrice.x"],
  ])("a field of no known name in a %s is refused", (_, schema, record, field) => {
    expect(said(schema, record)).toEqual([`row 1, ${field}: 1 is not a known field`]);
  });

  test("null is not absence, in any field", () => {
    const full: [z.ZodType, object][] = [
      [customerSchema, customer],
      [accountSchema, samples.account],
      [contactSchema, samples.contact],
      [productSchema, product],
      [transactionSchema, purchase],
      [transactionSchema, refund],
      [subscriptionSchema, subscription],
      [interactionSchema, interaction],
    ];
    for (const [schema, record] of full) {
      for (const field of Object.keys(record)) {
        expect([field, said(schema, { ...record, [field]: null })[0]]).toEqual([
          field,
          expect.stringContaining(`row 1, ${field}: null is not `),
        ]);
      }
    }
  });
});

describe("edges that are inside the rules", () => {
  test.each<[string, z.ZodType, object]>([
    [
      "a purchase of nothing for nothing",
      transactionSchema,
      { ...purchase, amount: 0, cost: 0, quantity: 0 },
    ],
    ["a refund of nothing", transactionSchema, { ...refund, amount: 0, cost: 0, quantity: 0 }],
    ["a purchase by the kilogram", transactionSchema, { ...purchase, quantity: 0.25 }],
    [
      "consent withdrawn at once",
      customerSchema,
      { ...customer, consent: [{ purpose: "x", at: 5, withdrawnAt: 5 }] },
    ],
    [
      "a subscription canceled at once",
      subscriptionSchema,
      { ...subscription, startAt: 5, endAt: 5, trialEndAt: 5, statusSince: 5 },
    ],
    [
      "a customer without a name",
      customerSchema,
      { id: "0812", kind: "person", identified: false, billing: "prepaid" },
    ],
    ["a product with a cost and no price", productSchema, { id: "x", name: "x", unitCost: product.unitCost }],
    [
      "undefined as absent",
      transactionSchema,
      { ...purchase, type: undefined, refundOf: undefined, cost: undefined },
    ],
  ])("%s", (_, schema, record) => {
    expect(said(schema, record)).toEqual([]);
  });

  test("without a type, refundOf makes a refund, and its absence a purchase", () => {
    const { type: _, ...untyped } = { type: undefined, ...purchase };
    expect(transactionSchema.parse(untyped).type).toBe("purchase");
    expect(transactionSchema.parse({ ...refund, type: undefined }).type).toBe("refund");
  });
});

describe("schemas of the user's own", () => {
  const shopper = customerSchemaWith(
    z.strictObject({
      city: z.string().min(2),
      children: z.int().max(20),
      stars: z.int(),
      tags: z.array(z.string()).max(1),
      code: z.string().regex(/^K/),
      step: z.number().multipleOf(5).gt(0).lt(100),
      site: z.url(),
      score: z.union([z.number(), z.null()]),
      contact: z.discriminatedUnion("by", [
        z.object({ by: z.literal("sms") }),
        z.object({ by: z.literal("mail") }),
      ]),
      vow: z.string().refine((text) => text === "yes"),
      loud: z.string().refine((text) => text === "yes", "Say yes!"),
      map: z.record(z.enum(["a"]), z.number()),
    }),
  );
  const good = {
    city: "Solo",
    children: 2,
    stars: 5,
    tags: [],
    code: "K1",
    step: 5,
    site: "https://example.id",
    score: null,
    contact: { by: "sms" },
    vow: "yes",
    loud: "yes",
    map: { a: 1 },
  };

  test.each<[object, string]>([
    [{ city: "S" }, 'attributes.city: "S" is shorter than 2 characters'],
    [{ children: 21 }, "attributes.children: 21 is above 20"],
    [{ stars: 1e20 }, "attributes.stars: 100000000000000000000 is above 9007199254740991"],
    [{ tags: ["a", "b"] }, "attributes.tags: an array of 2 has more than 1 items"],
    [{ code: "X1" }, 'attributes.code: "X1" does not match /^K/'],
    [{ step: 7 }, "attributes.step: 7 is not a multiple of 5"],
    [{ step: 0 }, "attributes.step: 0 is not above 0"],
    [{ step: 100 }, "attributes.step: 100 is not below 100"],
    [{ site: "example" }, 'attributes.site: "example" is not a valid url'],
    [{ score: "high" }, 'attributes.score: "high" has none of the accepted forms'],
    [{ contact: { by: "fax" } }, 'attributes.contact.by: "fax" is not one of "sms", "mail"'],
    [{ contact: {} }, "attributes.contact.by: is missing"],
    [{ vow: "no" }, 'attributes.vow: "no" breaks a rule of the schema'],
    [{ loud: "no" }, 'attributes.loud: "no" is refused: Say yes!'],
    [{ map: { a: 1, b: 2 } }, "attributes.map.b: 2 is not a known field"],
    [{ town: "Solo" }, 'attributes.town: "Solo" is not a known field'],
  ])("%j is told in the same words", (wrong, message) => {
    const record = { id: "C-1", kind: "person", attributes: { ...good, ...wrong } };
    expect(said(shopper, record)).toEqual([`row 1, ${message}`]);
    expect(said(shopper, { ...record, attributes: good })).toEqual([]);
  });

  test("attributes are required where their schema requires them", () => {
    const record = { id: "C-1", kind: "person" };
    expect(said(shopper, record)).toEqual(["row 1, attributes: is missing"]);
    const optional = customerSchemaWith(z.object({ city: z.string() }).optional());
    expect(said(optional, record)).toEqual([]);
  });
});
