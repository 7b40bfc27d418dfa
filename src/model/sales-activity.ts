import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * By which deed does a member of staff work on a sale?
 *
 * @example
 * ```ts
 * import { salesActivityKinds } from "clientele";
 *
 * salesActivityKinds; // => ["call", "visit", "mail", "email", "meeting"]
 * ```
 */
export const salesActivityKinds = ["call", "visit", "mail", "email", "meeting"] as const;

/** A deed of selling; {@link salesActivityKinds} lists them. `mail` is a letter. */
export type SalesActivityKind = (typeof salesActivityKinds)[number];

/**
 * Is this the record of a sales activity: something that a member of staff is to do with a customer, and what came of it?
 *
 * Salesforce calls it Task or Event (ActivityDate, Status Completed), HubSpot call, email, meeting or task
 * (hs_timestamp, hs_task_completion_date), Odoo mail.activity (date_deadline, date_done), EspoCRM Call, Meeting or Task
 * (dateStart or dateEnd, status Held or Completed).
 *
 * @example
 * ```ts
 * import { salesActivitySchema } from "clientele";
 *
 * const visit = salesActivitySchema.parse({
 *   id: "T-1",
 *   kind: "visit",
 *   ownerId: "dewi",
 *   dueAt: "2024-03-01T09:00:00+07:00",
 *   doneAt: "2024-03-01T10:30:00+07:00",
 *   response: "asksForQuotation",
 * });
 * visit.doneAt; // => 1709263800000
 * ```
 */
export const salesActivitySchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** What is to be done. */
      kind: z.enum(salesActivityKinds),
      /** The member of staff who is to do it; absent: nobody yet. */
      ownerId: textSchema.optional(),
      /** With which account, or customer. */
      accountId: textSchema.optional(),
      /** For which opportunity. */
      opportunityId: textSchema.optional(),
      /** When it was planned; absent: it has always stood in the plan. */
      createdAt: instantSchema.optional(),
      /** By when it is to be done; epoch milliseconds after parsing. */
      dueAt: instantSchema,
      /** When it was done; absent: not yet. */
      doneAt: instantSchema.optional(),
      /** When it was called off; absent: it was not. */
      canceledAt: instantSchema.optional(),
      /** What the customer answered, in your words; absent: nothing. */
      response: textSchema.optional(),
      /** When the customer answered; absent: when it was done. */
      respondedAt: instantSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ doneAt, canceledAt }) => doneAt === undefined || canceledAt === undefined, {
      path: ["canceledAt"],
      error: "is known although it was done",
    })
    .refine(({ doneAt, response }) => response === undefined || doneAt !== undefined, {
      path: ["doneAt"],
      error: "is missing although there is a response",
    })
    .refine(({ response, respondedAt }) => respondedAt === undefined || response !== undefined, {
      path: ["response"],
      error: "is missing although respondedAt is known",
    })
    .refine(
      ({ doneAt, respondedAt }) => respondedAt === undefined || doneAt === undefined || respondedAt >= doneAt,
      { path: ["respondedAt"], error: "is before doneAt" },
    ))();

/** Something that a member of staff is to do with a customer, and what came of it. */
export interface SalesActivity extends z.output<typeof salesActivitySchema> {}

/** A sales activity as sent, before parsing. */
export type SalesActivityInput = z.input<typeof salesActivitySchema>;
