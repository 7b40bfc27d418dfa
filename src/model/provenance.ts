import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { textSchema } from "./text-schema.js";

/**
 * Where can a fact about a customer come from?
 *
 * @example
 * ```ts
 * import { dataSources } from "clientele";
 *
 * dataSources[0]; // => "warrantyCard"
 * ```
 */
export const dataSources = [
  "warrantyCard",
  "applicationForm",
  "membershipCard",
  "purchase",
  "web",
  "other",
] as const;

/** Where a fact about a customer came from; {@link dataSources} lists them. */
export type DataSource = (typeof dataSources)[number];

/**
 * Where did a field's value come from, and when?
 *
 * @example
 * ```ts
 * import { provenanceSchema } from "clientele";
 *
 * const origin = provenanceSchema.parse({ source: "membershipCard", capturedAt: "2024-03-01T09:00:00+07:00" });
 * origin; // => { source: "membershipCard", capturedAt: 1709258400000 }
 * ```
 */
export const provenanceSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** The form, card or event that the value was read from. */
    source: z.enum(dataSources),
    /** When the customer gave it; epoch milliseconds after parsing. */
    capturedAt: instantSchema,
    /** Whether the customer agreed to its use when giving it; absent: not asked. */
    consent: z.boolean().optional(),
    /** In your words: the form's number, the campaign, who typed it in. */
    note: textSchema.optional(),
  }))();

/** Where a field's value came from, and when. */
export interface Provenance extends z.output<typeof provenanceSchema> {}
