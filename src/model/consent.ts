import * as z from "zod";
import { channelSchema } from "./channel.js";
import { instantSchema } from "./instant-schema.js";
import { dataSources } from "./provenance.js";
import { textSchema } from "./text-schema.js";

/**
 * For which purpose and through which channel did a customer agree to be served, and until when?
 *
 * One record for each purpose and channel; a consent that ended is kept, with the instant at which it ended.
 *
 * @example
 * ```ts
 * import { consentSchema } from "clientele";
 *
 * const consent = consentSchema.parse({
 *   purpose: "marketing",
 *   channel: "sms",
 *   at: "2024-03-01T09:00:00+07:00",
 *   source: "membershipCard",
 * });
 * consent.at; // => 1709258400000
 * ```
 */
export const consentSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** What the data or the contact is for, in your words, the same word in every record: `marketing`, `service`, `research`. */
      purpose: textSchema,
      /** The channel agreed to; absent: every channel. */
      channel: channelSchema.optional(),
      /** When it was given; epoch milliseconds after parsing. */
      at: instantSchema,
      /** How it was given. */
      source: z.enum(dataSources).optional(),
      /** When it was withdrawn; absent: it holds. At that very instant it no longer holds. */
      withdrawnAt: instantSchema.optional(),
    })
    .refine(({ at, withdrawnAt }) => withdrawnAt === undefined || withdrawnAt >= at, {
      path: ["withdrawnAt"],
      error: "is before the consent was given",
    }))();

/** An agreement to be contacted or to have data used, for one purpose and one channel or all. */
export interface Consent extends z.output<typeof consentSchema> {}
