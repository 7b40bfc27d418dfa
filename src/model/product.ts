import * as z from "zod";
import { minorUnitsSchema, moneySchema } from "./money-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of a product or a service that we sell?
 *
 * @example
 * ```ts
 * import { productSchema } from "clientele";
 *
 * const tea = productSchema.parse({
 *   id: "tea-25",
 *   name: "Black tea, 25 bags",
 *   family: "tea",
 *   category: "drinks",
 *   unitPrice: { amount: 1250000, currency: "IDR" },
 *   unitCost: { amount: 800000, currency: "IDR" },
 * });
 * tea.unitPrice?.amount; // => 1250000
 * ```
 */
export const productSchema = /* @__PURE__ */ (() => {
  const priceSchema = moneySchema.extend({
    /** Whole minor units, zero or positive. */
    amount: minorUnitsSchema.min(0, "is below 0"),
  });
  return z
    .strictObject({
      /** Your identifier: transactions and subscriptions point here with `productId`. */
      id: textSchema,
      /** As customers know it. */
      name: textSchema,
      /** Products that stand in for one another, from small to large: rungs of one ladder for up-selling. */
      family: textSchema.optional(),
      /** The shelf: what kind of product it is. */
      category: textSchema.optional(),
      /** Price of one unit before discount. */
      unitPrice: priceSchema.optional(),
      /** What one unit costs us, in the currency of the price. */
      unitCost: priceSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(
      ({ unitPrice, unitCost }) => !unitPrice || !unitCost || unitPrice.currency === unitCost.currency,
      {
        path: ["unitCost", "currency"],
        error: "is not the currency of the unit price",
      },
    );
})();

/** A product or a service that we sell. */
export interface Product extends z.output<typeof productSchema> {}
