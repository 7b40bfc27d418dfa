import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { moneySchema } from "./money-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";
import { valueSources } from "./value-source.js";

/**
 * Is this the record of a competitor's offer: its price, and how customers see it?
 *
 * Write a new record whenever it is looked at again, with a later `at`; `currentOffers` reads the latest. An offer
 * without `segmentId` is what everybody sees. Scores of one offer share a scale.
 *
 * @example
 * ```ts
 * import { competitorOfferSchema } from "clientele";
 *
 * const offer = competitorOfferSchema.parse({
 *   id: "CO-1",
 *   competitorId: "rival",
 *   price: { amount: 1200000, currency: "IDR" },
 *   scores: [{ itemId: "service", score: 8 }, { itemId: "time", score: 4 }],
 *   scale: { min: 1, max: 10 },
 *   source: "survey",
 *   at: "2024-03-01T09:00:00+07:00",
 * });
 * offer.scores.length; // => 2
 * competitorOfferSchema.safeParse({ ...offer, scores: [{ itemId: "service", score: 80 }] }).success; // => false
 * ```
 */
export const competitorOfferSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier of this record. */
      id: textSchema,
      /** Whose offer it is. */
      competitorId: textSchema,
      /** Which of our products it competes with; absent: not with one alone. */
      productId: textSchema.optional(),
      /** In the eyes of which segment; absent: of all. */
      segmentId: textSchema.optional(),
      /** As the competitor calls it. */
      name: textSchema.optional(),
      /** What the customer pays; absent: not known. */
      price: moneySchema.optional(),
      /** How it does on each benefit and sacrifice, each at most once; default none. */
      scores: z
        .array(
          z.strictObject({
            /** The benefit or sacrifice. */
            itemId: textSchema,
            /** How much of it, on the offer's scale. */
            score: z.number(),
          }),
        )
        .default(() => []),
      /** The scale of all its scores; absent: not bounded. */
      scale: z
        .strictObject({
          /** Lowest score. */
          min: z.number(),
          /** Highest score. */
          max: z.number(),
        })
        .refine(({ min, max }) => min < max, { path: ["max"], error: "is not above min" })
        .optional(),
      /** From whom the scores come; absent: not recorded. */
      source: z.enum(valueSources).optional(),
      /** When it was looked at; epoch milliseconds after parsing. */
      at: instantSchema,
      /** From when on it no longer holds; absent: until it is looked at again. */
      validUntil: instantSchema.optional(),
      /** In your words. */
      note: textSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ at, validUntil }) => validUntil === undefined || validUntil > at, {
      path: ["validUntil"],
      error: "is not after at",
    })
    .refine(({ price }) => price === undefined || price.amount >= 0, {
      path: ["price", "amount"],
      error: "is below 0",
    })
    .refine(({ scores }) => new Set(scores.map(({ itemId }) => itemId)).size === scores.length, {
      path: ["scores"],
      error: "has an item twice",
    })
    .refine(
      ({ scores, scale }) =>
        scale === undefined || scores.every(({ score }) => score >= scale.min && score <= scale.max),
      { path: ["scores"], error: "has a score outside the scale" },
    ))();

/** A competitor's offer as it was seen at an instant. */
export interface CompetitorOffer extends z.output<typeof competitorOfferSchema> {}

/** A competitor's offer as sent, before parsing. */
export type CompetitorOfferInput = z.input<typeof competitorOfferSchema>;
