import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of an account: an organization that we manage as a whole, with an owner and contacts?
 *
 * Accounts form a tree by `parentId`; `checkAccounts` finds loops and parents that are missing.
 *
 * @example
 * ```ts
 * import { accountSchema } from "clientele";
 *
 * const branch = accountSchema.parse({ id: "A-2", name: "PT Maju, Surabaya", parentId: "A-1", ownerId: "dewi" });
 * branch.contactIds; // => []
 * ```
 */
export const accountSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** Your identifier. */
    id: textSchema,
    /** As you would address the organization. */
    name: textSchema,
    /** The account above this one; absent: the top of its tree. */
    parentId: textSchema.optional(),
    /** The member of staff who answers for the account. */
    ownerId: textSchema,
    /** The people to talk to, as in {@link Contact}; default none. */
    contactIds: z.array(textSchema).default(() => []),
    /** When the record began; epoch milliseconds after parsing. */
    createdAt: instantSchema.optional(),
    /** Your own fields, as they come. */
    attributes: openRecordSchema.optional(),
  }))();

/** An organization that is managed as a whole: its place in a tree, its owner, its contacts. */
export interface Account extends z.output<typeof accountSchema> {}

/** An account as sent, before parsing. */
export type AccountInput = z.input<typeof accountSchema>;
