import * as z from "zod";
import { bondClassOf, bondKinds } from "./bond-kind.js";
import { instantSchema } from "./instant-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of a bond: one thing that holds a customer with us?
 *
 * `since` and `until` are half-open: at `until` it no longer holds. `class` is that of the `kind`. `level` is for social
 * bonds: between two people, or between many on both sides; what many carry has no `personId`. When a bond changes, end it
 * and record another, so that the past stays.
 *
 * @example
 * ```ts
 * import { bondSchema } from "clientele";
 *
 * const bond = bondSchema.parse({
 *   id: "B-1",
 *   customerId: "C-1",
 *   class: "structural",
 *   kind: "legal",
 *   strength: 0.8,
 *   since: "2024-01-01T00:00:00+07:00",
 *   until: "2026-01-01T00:00:00+07:00",
 *   contractId: "K-17",
 *   evidence: "Frame contract, two years",
 * });
 * bondSchema.safeParse({ ...bond, until: bond.since }).success; // => false
 * ```
 */
export const bondSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** Whom it holds; absent: the customer at hand. */
      customerId: textSchema.optional(),
      /** Between people, or in what would be lost. */
      class: z.enum(["social", "structural"]),
      /** What it is made of. */
      kind: z.enum(bondKinds),
      /** How much it holds, 0 to 1. */
      strength: z.number().min(0, "is below 0").max(1, "is above 1"),
      /** When it began; epoch milliseconds after parsing. */
      since: instantSchema,
      /** First instant at which it no longer holds; absent: no end is known. */
      until: instantSchema.optional(),
      /** How it is known: a document, a survey, a visit. */
      evidence: textSchema.optional(),
      /** The one person, of either side, without whom it is gone. */
      personId: textSchema.optional(),
      /** The contract without which it is gone. */
      contractId: textSchema.optional(),
      /** Between two people or between many; for social bonds. */
      level: z.enum(["personToPerson", "multiLevel"]).optional(),
      /** Whether the customer is held because they want to be; absent: by kind (see `bondKindFacts`). */
      voluntary: z.boolean().optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ since, until }) => until === undefined || until > since, {
      path: ["until"],
      error: "is not after since",
    })
    .refine((bond) => bond.class === bondClassOf(bond.kind), {
      path: ["class"],
      error: "is not the class of its kind",
    })
    .refine((bond) => bond.level === undefined || bond.class === "social", {
      path: ["level"],
      error: "is only for social bonds",
    })
    .refine(({ level, personId }) => level !== "multiLevel" || personId === undefined, {
      path: ["personId"],
      error: "is one person, where many carry the bond",
    }))();

/** One thing that holds a customer. */
export interface BondRecord extends z.output<typeof bondSchema> {}

/** A bond as sent, before parsing. */
export type BondInput = z.input<typeof bondSchema>;
