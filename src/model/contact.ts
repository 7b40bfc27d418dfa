import * as z from "zod";
import { emailSchema, openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of a contact: a person to talk to at an account?
 *
 * @example
 * ```ts
 * import { contactSchema } from "clientele";
 *
 * contactSchema.parse({ id: "P-1", name: "Budi Santoso", accountId: "A-1", role: "buyer" }).role; // => "buyer"
 * ```
 */
export const contactSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** Your identifier: accounts point here with `contactIds`. */
    id: textSchema,
    /** As you would address the person. */
    name: textSchema,
    /** The account that the person speaks for. */
    accountId: textSchema.optional(),
    /** The customer that the person is or speaks for, where there is no account. */
    customerId: textSchema.optional(),
    /** What the person does there or decides, in your words: `buyer`, `user`, `finance`. */
    role: textSchema.optional(),
    /** Address for e-mail; only an `@` with text on both sides is asked for. */
    email: emailSchema.optional(),
    /** Telephone number as you write it. */
    phone: textSchema.optional(),
    /** Your own fields, as they come. */
    attributes: openRecordSchema.optional(),
  }))();

/** A person to talk to at an account. */
export interface Contact extends z.output<typeof contactSchema> {}
