import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { currencySchema, minorUnitsSchema } from "./money-schema.js";
import { dataSources } from "./provenance.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * What are customers given for their data?
 *
 * `cardPriceDiscount`: part of the price of the card; `points`; `discount`: on a purchase; `gift`.
 *
 * @example
 * ```ts
 * import { dataBenefitKinds } from "clientele";
 *
 * dataBenefitKinds[0]; // => "cardPriceDiscount"
 * ```
 */
export const dataBenefitKinds = ["cardPriceDiscount", "points", "discount", "gift", "other"] as const;

/** What is given for data; {@link dataBenefitKinds} lists them. */
export type DataBenefitKind = (typeof dataBenefitKinds)[number];

/**
 * Is this the record of an incentive: something given to customers who fill in fields about themselves?
 *
 * @example
 * ```ts
 * import { dataIncentiveSchema } from "clientele";
 *
 * const offer = dataIncentiveSchema.parse({
 *   id: "half-price-card",
 *   benefit: { kind: "cardPriceDiscount", share: 0.5 },
 *   cost: 1250000,
 *   currency: "IDR",
 *   fields: ["birthday", "email"],
 *   source: "applicationForm",
 *   startAt: "2024-03-01T00:00:00+07:00",
 * });
 * offer.fields.length; // => 2
 * ```
 */
export const dataIncentiveSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** What is given. */
      benefit: z.strictObject({
        /** What it is. */
        kind: z.enum(dataBenefitKinds),
        /** Share of the price, for discounts, above 0, at most 1. */
        share: z.number().gt(0, "is not above 0").max(1, "is above 1").optional(),
        /** Whole points, above 0. */
        points: z.int().min(1, "is below 1").optional(),
        /** In your words: the gift. */
        name: textSchema.optional(),
      }),
      /** What one benefit costs us, whole minor units, zero or positive. */
      cost: minorUnitsSchema.min(0, "is below 0"),
      /** ISO 4217 code. */
      currency: currencySchema,
      /** The fields that are to be filled in for it, by their names in the customer's record; at least one. */
      fields: z.array(textSchema).min(1, "is empty"),
      /** The form on which they are asked for; absent: any. */
      source: z.enum(dataSources).optional(),
      /** For what the customer is asked to agree at the same time, a purpose of `consent`; absent: for nothing. */
      consentPurpose: textSchema.optional(),
      /** From when; epoch milliseconds after parsing. */
      startAt: instantSchema,
      /** Until when, that instant not included; absent: no end is known. */
      endAt: instantSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ fields }) => new Set(fields).size === fields.length, {
      path: ["fields"],
      error: "names a field twice",
    })
    .refine(({ benefit }) => benefit.kind !== "points" || benefit.points !== undefined, {
      path: ["benefit", "points"],
      error: "is missing although points are given",
    })
    .refine(({ startAt, endAt }) => endAt === undefined || endAt >= startAt, {
      path: ["endAt"],
      error: "is before startAt",
    }))();

/** Something given to customers for data about themselves. */
export interface DataIncentive extends z.output<typeof dataIncentiveSchema> {}

/** An incentive as sent, before parsing. */
export type DataIncentiveInput = z.input<typeof dataIncentiveSchema>;
