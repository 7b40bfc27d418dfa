import * as z from "zod";
import { channelSchema } from "./channel.js";
import { instantSchema } from "./instant-schema.js";
import { currencySchema, minorUnitsSchema } from "./money-schema.js";
import { textSchema } from "./text-schema.js";

const shared = /* @__PURE__ */ (() => ({
  /** Your identifier: once in a log; a refund points here with `refundOf`. */
  id: textSchema.optional(),
  /** Who bought, as text: a whole number of your database is `String(id)`. */
  customerId: textSchema,
  /** When it happened; epoch milliseconds after parsing. */
  at: instantSchema,
  /** What was bought. */
  productId: textSchema.optional(),
  /** Where it was bought. */
  channel: channelSchema.optional(),
  /** ISO 4217 code; absent: the currency of the log. */
  currency: currencySchema.optional(),
}))();

/**
 * Is this the record of a purchase?
 *
 * @example
 * ```ts
 * import { purchaseSchema } from "clientele";
 *
 * purchaseSchema.parse({ customerId: "C-1", at: "2024-03-01T09:00:00+07:00", amount: 25000 }).type; // => "purchase"
 * ```
 */
export const purchaseSchema = /* @__PURE__ */ (() => {
  const spent = minorUnitsSchema.min(0, 'is negative on a purchase: a refund has refundOf or type "refund"');
  return z.strictObject({
    ...shared,
    /** May be left out where there is no `refundOf`. */
    type: z.enum(["purchase"]).default("purchase"),
    /** What was charged, in whole minor units, zero or positive. */
    amount: spent,
    /** What it cost us, in whole minor units, zero or positive. */
    cost: spent.optional(),
    /** Units bought (pieces, kilograms), zero or positive. */
    quantity: z.number().min(0, "is negative on a purchase").optional(),
    /** Only a refund has it. */
    refundOf: z.never("is given on a purchase").optional(),
  });
})();

/**
 * Is this the record of a refund?
 *
 * @example
 * ```ts
 * import { refundSchema } from "clientele";
 *
 * const row = { refundOf: "T-1", customerId: "C-1", at: 1709258400000, amount: -25000 };
 * refundSchema.parse(row).type; // => "refund"
 * ```
 */
export const refundSchema = /* @__PURE__ */ (() => {
  const givenBack = minorUnitsSchema.max(0, "is positive on a refund: money given back is negative");
  return z.strictObject({
    ...shared,
    /** May be left out, since `refundOf` says it. */
    type: z.enum(["refund"]).default("refund"),
    /** What was given back, in whole minor units, zero or negative. */
    amount: givenBack,
    /** The cost that comes back with the goods, in whole minor units, zero (goods kept) or negative. */
    cost: givenBack.optional(),
    /** Units that came back, zero or negative. */
    quantity: z.number().max(0, "is positive on a refund").optional(),
    /** The `id` of the purchase that it reverses, in whole or in part. */
    refundOf: textSchema,
  });
})();

/**
 * Is this the record of a transaction: a purchase, or a refund of one?
 *
 * Amounts, costs and quantities are signed, so that a sum is net: purchases are zero or positive, refunds zero or
 * negative. A row without `type` is a refund if it has `refundOf`, otherwise a purchase. For millions of
 * rows use `transactionLog`, which takes the same fields and checks them as it stores them.
 *
 * @example
 * ```ts
 * import { transactionSchema } from "clientele";
 *
 * const rows = [
 *   { id: "T-1", customerId: "C-1", at: "2024-03-01T09:00:00+07:00", amount: 250000, channel: "store" },
 *   { refundOf: "T-1", customerId: "C-1", at: "2024-03-08T10:00:00+07:00", amount: -50000 },
 * ];
 * const transactions = rows.map((row) => transactionSchema.parse(row));
 * transactions.map(({ type }) => type); // => ["purchase", "refund"]
 * transactions.reduce((net, { amount }) => net + amount, 0); // => 200000
 * ```
 */
export const transactionSchema: z.ZodType<Transaction, TransactionInput> = /* @__PURE__ */ (() =>
  z.preprocess(
    // A default of the discriminator is read too late to choose between the two.
    (row) =>
      isObject(row) && row.type === undefined
        ? { ...row, type: row.refundOf === undefined ? "purchase" : "refund" }
        : row,
    z.discriminatedUnion("type", [purchaseSchema, refundSchema]),
  ) as unknown as z.ZodType<Transaction, TransactionInput>)();

/** Something bought. */
export interface Purchase extends z.output<typeof purchaseSchema> {}

/** Money given back for a purchase. */
export interface Refund extends z.output<typeof refundSchema> {}

/** A purchase or a refund; `type` tells which. */
export type Transaction = Purchase | Refund;

/** A transaction as sent, before parsing: `type` may be absent, `at` may be a `Date` or text. */
export type TransactionInput = z.input<typeof purchaseSchema> | z.input<typeof refundSchema>;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
