import * as z from "zod";
import { channelSchema } from "./channel.js";
import { instantSchema } from "./instant-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of an interaction: one contact between a customer and us?
 *
 * @example
 * ```ts
 * import { interactionSchema } from "clientele";
 *
 * const call = interactionSchema.parse({
 *   id: "I-1",
 *   customerId: "C-1",
 *   at: "2024-03-01T09:00:00+07:00",
 *   channel: "callCenter",
 *   direction: "inbound",
 *   planned: false,
 *   purpose: "complaint",
 *   department: "service",
 *   outcome: "resolved",
 * });
 * call.at; // => 1709258400000
 * ```
 */
export const interactionSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** Your identifier. */
    id: textSchema,
    /** With whom. */
    customerId: textSchema,
    /** When it began; epoch milliseconds after parsing. */
    at: instantSchema,
    /** Through which touchpoint. */
    channel: channelSchema,
    /** `inbound`: the customer came to us; `outbound`: we went to the customer. */
    direction: z.enum(["inbound", "outbound"]),
    /** Whether it stood in somebody's plan beforehand. */
    planned: z.boolean(),
    /** What for, in your words, the same word for the same purpose: `order`, `complaint`, `birthday`. */
    purpose: textSchema,
    /** Which part of the company, in your words: `sales`, `service`, `marketing`; absent: not recorded, or there are none. */
    department: textSchema.optional(),
    /** Which member of staff; absent: none was there (web shop, machine). */
    staffId: textSchema.optional(),
    /** What came of it, in your words: `resolved`, `noAnswer`, `responded`. */
    outcome: textSchema.optional(),
    /** Who may read it: all of the company, the department, or the member of staff; absent: the company. */
    visibility: z.enum(["company", "department", "staff"]).optional(),
    /** Your own fields, as they come. */
    attributes: openRecordSchema.optional(),
  }))();

/** One contact between a customer and us. */
export interface Interaction extends z.output<typeof interactionSchema> {}

/** An interaction as sent, before parsing. */
export type InteractionInput = z.input<typeof interactionSchema>;
