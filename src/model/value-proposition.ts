import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { moneySchema } from "./money-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of a value proposition: what a segment is promised, at which price?
 *
 * `difference` is where we claim to be better than the next best alternative, `parity` where we claim to be no worse
 * (Anderson, Narus & van Rossum 2006). At least one benefit is named; each once.
 *
 * @example
 * ```ts
 * import { valuePropositionSchema } from "clientele";
 *
 * const promise = valuePropositionSchema.parse({
 *   id: "VP-1",
 *   segmentId: "families",
 *   benefits: [
 *     { itemId: "service", kind: "difference", claim: "An answer within the hour", evidence: "Median 38 minutes" },
 *     { itemId: "product", kind: "parity" },
 *   ],
 *   price: { amount: 1500000, currency: "IDR" },
 *   against: ["rival"],
 *   validFrom: "2024-03-01T09:00:00+07:00",
 * });
 * promise.benefits[0]?.kind; // => "difference"
 * valuePropositionSchema.safeParse({ ...promise, benefits: [] }).success; // => false
 * ```
 */
export const valuePropositionSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** Whom it is made to. */
      segmentId: textSchema,
      /** The whole promise in a sentence. */
      statement: textSchema.optional(),
      /** What is promised, at least one. */
      benefits: z
        .array(
          z.strictObject({
            /** The benefit, or the sacrifice that is kept small. */
            itemId: textSchema,
            /** Better than the next best alternative, or no worse. */
            kind: z.enum(["difference", "parity"]),
            /** In the words that customers read. */
            claim: textSchema.optional(),
            /** What proves it. */
            evidence: textSchema.optional(),
          }),
        )
        .min(1, "has no benefit"),
      /** What the customer pays; absent: not part of the promise. */
      price: moneySchema.optional(),
      /** Against which competitors it is meant; default none in particular. */
      against: z.array(textSchema).default(() => []),
      /** From when on it is made; epoch milliseconds after parsing. */
      validFrom: instantSchema,
      /** From when on it is made no longer; absent: it still is. */
      validUntil: instantSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ validFrom, validUntil }) => validUntil === undefined || validUntil > validFrom, {
      path: ["validUntil"],
      error: "is not after validFrom",
    })
    .refine(({ price }) => price === undefined || price.amount >= 0, {
      path: ["price", "amount"],
      error: "is below 0",
    })
    .refine(({ benefits }) => new Set(benefits.map(({ itemId }) => itemId)).size === benefits.length, {
      path: ["benefits"],
      error: "has an item twice",
    }))();

/** What a segment is promised, at which price. */
export interface ValueProposition extends z.output<typeof valuePropositionSchema> {}

/** A value proposition as sent, before parsing. */
export type ValuePropositionInput = z.input<typeof valuePropositionSchema>;
