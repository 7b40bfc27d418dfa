import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { textSchema } from "./text-schema.js";

/**
 * By which deed does somebody who never bought show interest?
 *
 * @example
 * ```ts
 * import { prospectSignalKinds } from "clientele";
 *
 * prospectSignalKinds.includes("tradeFair"); // => true
 * ```
 */
export const prospectSignalKinds = [
  "mailResponse",
  "brochureRequest",
  "rfq",
  "tradeFair",
  "inquiry",
  "webSignup",
  "storeVisit",
  "trial",
  "referral",
  "other",
] as const;

/** A deed that shows interest; {@link prospectSignalKinds} lists them. `rfq` is a request for quotation. */
export type ProspectSignalKind = (typeof prospectSignalKinds)[number];

/**
 * How and when did somebody show interest?
 *
 * @example
 * ```ts
 * import { prospectSignalSchema } from "clientele";
 *
 * const signal = prospectSignalSchema.parse({ kind: "brochureRequest", at: "2024-03-01T09:00:00+07:00" });
 * signal; // => { kind: "brochureRequest", at: 1709258400000 }
 * ```
 */
export const prospectSignalSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** The deed: answered a mailing, asked for a brochure or a quotation, came to the stand at a fair. */
    kind: z.enum(prospectSignalKinds),
    /** When; epoch milliseconds after parsing. */
    at: instantSchema,
    /** In your words: which mailing, which fair. */
    note: textSchema.optional(),
  }))();

/** A dated deed by which somebody showed interest: it makes a suspect a prospect. */
export interface ProspectSignal extends z.output<typeof prospectSignalSchema> {}
