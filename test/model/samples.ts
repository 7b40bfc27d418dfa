import * as fc from "fast-check";
import type { AccountInput } from "../../src/model/account.js";
import { channels } from "../../src/model/channels.js";
import type { Contact } from "../../src/model/contact.js";
import { type CustomerInput, customerRelations } from "../../src/model/customer.js";
import type { InteractionInput } from "../../src/model/interaction.js";
import type { Product } from "../../src/model/product.js";
import { prospectSignalKinds } from "../../src/model/prospect-signal.js";
import { dataSources } from "../../src/model/provenance.js";
import { type SubscriptionInput, subscriptionStatuses } from "../../src/model/subscription.js";
import type { TransactionInput } from "../../src/model/transaction.js";

// Records as an app in Jakarta would send them, and arbitrary ones of the same kinds.

/** 09:00 in Jakarta (UTC+7) on 1 March 2024: 02:00Z. */
const march1 = "2024-03-01T09:00:00+07:00";
export const march1Ms = Date.UTC(2024, 2, 1, 2);

export const customer: CustomerInput = {
  id: "C-1",
  kind: "person",
  name: "Siti Rahma",
  email: "siti@contoh.co.id",
  phone: "+62 812 0000 0001",
  birthday: "1992-02-29",
  createdAt: march1,
  relation: "responded",
  signals: [{ kind: "brochureRequest", at: march1 }],
  contract: "nonContractual",
  billing: "prepaid",
  identified: true,
  consent: [{ purpose: "marketing", channel: "sms", at: march1, source: "membershipCard" }],
  provenance: { birthday: { source: "membershipCard", capturedAt: march1 } },
  segmentIds: ["young"],
  accountId: "A-1",
  attributes: { city: "Bandung" },
};
export const account: AccountInput = {
  id: "A-1",
  name: "PT Maju Jaya",
  ownerId: "dewi",
  contactIds: ["P-1"],
};
export const contact: Contact = { id: "P-1", name: "Budi Santoso", accountId: "A-1", role: "buyer" };
export const product: Product = {
  id: "tea-25",
  name: "Teh hitam 25",
  family: "tea",
  category: "drinks",
  unitPrice: { amount: 1_250_000, currency: "IDR" },
  unitCost: { amount: 800_000, currency: "IDR" },
};
export const purchase: TransactionInput = {
  id: "T-1",
  customerId: "C-1",
  at: march1,
  amount: 2_500_000,
  cost: 1_600_000,
  quantity: 2,
  productId: "tea-25",
  channel: "store",
  currency: "IDR",
};
export const refund: TransactionInput = {
  id: "T-2",
  type: "refund",
  refundOf: "T-1",
  customerId: "C-1",
  at: "2024-03-08T10:00:00+07:00",
  amount: -1_250_000,
  cost: -800_000,
  quantity: -1,
};
export const subscription: SubscriptionInput = {
  id: "S-1",
  customerId: "C-1",
  productId: "fiber-50",
  startAt: "2024-03-01T00:00:00+07:00",
  amount: 35_000_000,
  currency: "IDR",
  interval: { unit: "month" },
  status: "active",
};
export const interaction: InteractionInput = {
  id: "I-1",
  customerId: "C-1",
  at: march1,
  channel: "callCenter",
  direction: "inbound",
  planned: false,
  purpose: "complaint",
  department: "service",
  staffId: "dewi",
  outcome: "resolved",
  visibility: "department",
};

const text = fc.string({ minLength: 1, maxLength: 12 });
const first = Date.UTC(1970, 0, 1);
const last = Date.UTC(2100, 0, 1);
/** The three forms of an instant: epoch milliseconds, a Date, ISO 8601 (in UTC or seven hours east of it). */
const instant = fc
  .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 0, max: 3 }))
  .map(([ms, form]) => {
    if (form === 0) return ms;
    if (form === 1) return new Date(ms);
    const east = new Date(ms + 7 * 3_600_000).toISOString().replace("Z", "+07:00");
    return form === 2 ? new Date(ms).toISOString() : east;
  });
const attributes = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  {
    noNullPrototype: true,
  },
);
const oneOf = <const T extends string>(choices: readonly T[]) => fc.constantFrom(...choices);
const whole = fc.integer({ min: 0, max: 2 ** 31 });

/** Optional fields come and go. */
function record<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[]) {
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true });
}

export const anyCustomer = record(
  {
    id: text,
    kind: oneOf(["person", "organization"]),
    name: text,
    birthday: fc.constantFrom("1992-02-29", "2001-12-31"),
    createdAt: instant,
    relation: oneOf(customerRelations),
    signals: fc.array(fc.record({ kind: oneOf(prospectSignalKinds), at: instant }), { maxLength: 3 }),
    contract: oneOf(["contractual", "nonContractual"]),
    billing: oneOf(["prepaid", "postpaid"]),
    identified: fc.boolean(),
    consent: fc.array(
      record({ purpose: text, channel: oneOf(channels), at: instant, source: oneOf(dataSources) }, [
        "purpose",
        "at",
      ]),
      { maxLength: 3 },
    ),
    provenance: fc.record({ name: fc.record({ source: oneOf(dataSources), capturedAt: instant }) }),
    segmentIds: fc.array(text, { maxLength: 3 }),
    accountId: text,
    attributes,
  },
  ["id", "kind"],
);
const transactionFields = {
  id: text,
  customerId: text,
  at: instant,
  productId: text,
  channel: oneOf(channels),
};
export const anyTransaction = fc.oneof(
  record(
    {
      ...transactionFields,
      type: fc.constant("purchase"),
      amount: whole,
      cost: whole,
      quantity: whole,
      currency: fc.constantFrom("IDR", "JPY"),
    },
    ["customerId", "at", "amount"],
  ),
  record(
    {
      ...transactionFields,
      type: fc.constant("refund"),
      refundOf: text,
      // Not 0 - amount: JSON has no -0.
      amount: fc.integer({ min: -(2 ** 31), max: 0 }),
    },
    ["customerId", "at", "amount", "refundOf"],
  ),
);
export const anySubscription = record(
  {
    id: text,
    customerId: text,
    productId: text,
    startAt: instant,
    amount: whole,
    currency: fc.constantFrom("IDR", "USD"),
    interval: record(
      { unit: oneOf(["week", "month", "quarter", "year"]), count: fc.integer({ min: 1, max: 12 }) },
      ["unit"],
    ),
    status: oneOf(subscriptionStatuses),
    attributes,
  },
  ["id", "customerId", "productId", "startAt", "amount", "currency", "interval", "status"],
);
export const anyInteraction = record(
  {
    id: text,
    customerId: text,
    at: instant,
    channel: oneOf(channels),
    direction: oneOf(["inbound", "outbound"]),
    planned: fc.boolean(),
    purpose: text,
    department: text,
    outcome: text,
    visibility: oneOf(["company", "department", "staff"]),
  },
  ["id", "customerId", "at", "channel", "direction", "planned", "purpose"],
);
