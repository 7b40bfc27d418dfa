import * as z from "zod";
import { civilDaySchema } from "./civil-day-schema.js";
import { consentSchema } from "./consent.js";
import { instantSchema } from "./instant-schema.js";
import { prospectSignalSchema } from "./prospect-signal.js";
import { provenanceSchema } from "./provenance.js";
import { emailSchema, openRecordSchema, textSchema } from "./text-schema.js";

/**
 * In which relation does a person or organization stand to us, purchases aside?
 *
 * `customer`: we serve them; `responded`: they answered or asked; `none`: we could serve them, nothing happened yet;
 * `cannot`: they have no need, means or wish.
 *
 * @example
 * ```ts
 * import { customerRelations } from "clientele";
 *
 * customerRelations; // => ["customer", "responded", "none", "cannot"]
 * ```
 */
export const customerRelations = ["customer", "responded", "none", "cannot"] as const;

/** The relation of a person or organization to us; {@link customerRelations} lists them. */
export type CustomerRelation = (typeof customerRelations)[number];

/** Everything but the attributes, whose shape is the user's. */
const customerFieldsSchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** Your identifier: transactions, subscriptions and interactions point here with `customerId`. */
    id: textSchema,
    /** A person, or a company, school, household or the like. */
    kind: z.enum(["person", "organization"]),
    /** As you would address them; absent where the customer is not known by name (a prepaid number, a till receipt). */
    name: textSchema.optional(),
    /** Address for e-mail; only an `@` with text on both sides is asked for. */
    email: emailSchema.optional(),
    /** Telephone number as you write it. */
    phone: textSchema.optional(),
    /** Day of birth `YYYY-MM-DD`. */
    birthday: civilDaySchema.optional(),
    /** When the record began; epoch milliseconds after parsing. */
    createdAt: instantSchema.optional(),
    /** The relation, purchases aside; absent: not recorded. */
    relation: z.enum(customerRelations).optional(),
    /** Dated deeds of interest; default none. */
    signals: z.array(prospectSignalSchema).default(() => []),
    /** Whether a contract says when the relation ends (telephone plan, insurance) or silence does (a shop); absent: not recorded. */
    contract: z.enum(["contractual", "nonContractual"]).optional(),
    /** Pays before use or after; absent: not recorded. */
    billing: z.enum(["prepaid", "postpaid"]).optional(),
    /** Whether we know who it is (registered) or only an account, card or number; absent: not recorded. */
    identified: z.boolean().optional(),
    /** Agreements by purpose and channel; default none. */
    consent: z.array(consentSchema).default(() => []),
    /** Where each field came from, by the field's name: `{ birthday: { source: "membershipCard", capturedAt } }`. */
    provenance: z.object({}).catchall(provenanceSchema).optional(),
    /** Segments that the customer was put in; default none. */
    segmentIds: z.array(textSchema).default(() => []),
    /** The account that the customer belongs to. */
    accountId: textSchema.optional(),
  }))();

/**
 * Is this the record of a customer, a person or an organization?
 *
 * Prospects and suspects are records of the same kind. Absent lists become empty; nothing else is made up. A field
 * that is not known is refused, since it is most often a slip of the pen: your own fields go in `attributes`, whose
 * shape {@link customerSchemaWith} checks.
 *
 * @example
 * ```ts
 * import { customerSchema } from "clientele";
 *
 * const siti = customerSchema.parse({
 *   id: "C-1",
 *   kind: "person",
 *   name: "Siti Rahma",
 *   birthday: "1990-02-28",
 *   createdAt: "2024-03-01T09:00:00+07:00",
 *   relation: "responded",
 *   signals: [{ kind: "brochureRequest", at: "2024-03-01T09:00:00+07:00" }],
 *   attributes: { city: "Bandung" },
 * });
 * siti.createdAt; // => 1709258400000
 * siti.segmentIds; // => []
 * siti.attributes; // => { city: "Bandung" }
 * ```
 */
export const customerSchema = /* @__PURE__ */ (() =>
  customerFieldsSchema.extend({
    /** Your own fields, as they come; default none. */
    attributes: openRecordSchema.default(() => ({})),
  }))();

/**
 * Is this the record of a customer whose own fields have this shape?
 *
 * @param attributes - A zod schema of `attributes`; make it `.optional()` or give it a `.default()` if a record may lack them.
 * @returns The schema of a customer, the types of its `attributes` inferred: `Customer<z.output<typeof attributes>>`.
 * @example
 * ```ts
 * import { customerSchemaWith } from "clientele";
 * import * as z from "zod";
 *
 * const shopper = customerSchemaWith(z.object({ city: z.string(), children: z.int().min(0) }));
 * const siti = shopper.parse({ id: "C-1", kind: "person", attributes: { city: "Bandung", children: 2 } });
 * siti.attributes.children + 1; // => 3
 * shopper.safeParse({ id: "C-2", kind: "person", attributes: { city: "Solo" } }).success; // => false
 * ```
 */
export function customerSchemaWith<S extends z.ZodType>(attributes: S) {
  return customerFieldsSchema.extend({ attributes });
}

/**
 * A person or an organization: customer, prospect or suspect.
 *
 * @typeParam Attributes - The shape of your own fields.
 */
export interface Customer<Attributes = Record<string, unknown>>
  extends z.output<typeof customerFieldsSchema> {
  /** Your own fields. */
  attributes: Attributes;
}

/** A customer as sent, before parsing: lists may be absent and instants may be `Date` or text. */
export type CustomerInput = z.input<typeof customerSchema>;
