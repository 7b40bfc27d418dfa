import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { currencySchema, minorUnitsSchema } from "./money-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of an opportunity: a sale that is being worked on, or was won or lost?
 *
 * | here | Salesforce | HubSpot deal | Odoo crm.lead | EspoCRM | SuiteCRM | Frappe CRM deal |
 * |---|---|---|---|---|---|---|
 * | `accountId` | AccountId | associated company | partner_id | accountId | account_id | organization |
 * | `ownerId` | OwnerId | hubspot_owner_id | user_id | assignedUserId | assigned_user_id | deal_owner |
 * | `source` | LeadSource | hs_analytics_source | source_id | leadSource | lead_source | source |
 * | `amount` | Amount | amount | expected_revenue | amount | amount | deal_value |
 * | `stage` | StageName | dealstage | stage_id | stage | sales_stage | status |
 * | `probability` | Probability / 100 | hs_deal_stage_probability | probability / 100 | probability / 100 | probability / 100 | probability / 100 |
 * | `openedAt` | CreatedDate | createdate | create_date | createdAt | date_entered | creation |
 * | `expectedCloseAt` | CloseDate while open | closedate while open | date_deadline | closeDate while open | date_closed while open | expected_closure_date |
 * | `stageHistory` | OpportunityHistory | hs_v2_date_entered_... | mail tracking of stage_id | Stream | audit table | CRM Status Change Log |
 * | `closedAt` | CloseDate once IsClosed | closedate once closed | date_closed | closeDate once closed | date_closed once closed | closed_date |
 * | `outcome` | IsWon, once IsClosed | hs_is_closed_won | won_status | stage Closed Won, Closed Lost | sales_stage Closed Won, Closed Lost | status type Won, Lost |
 * | `lostReason` | a field of your own | closed_lost_reason | lost_reason_id | a field of your own | a field of your own | lost_reason |
 *
 * `closedAt` and `outcome` come together; a `lostReason` needs the outcome `lost`; stages are entered in the order of
 * time, not before `openedAt`; an open opportunity stands in the last stage of its history. `expectedCloseAt` is a plan
 * and may lie anywhere. Where your CRM keeps the day of closing alone, write the end of that day in its zone: an opportunity
 * may be opened, moved and closed in one.
 *
 * @example
 * ```ts
 * import { opportunitySchema } from "clientele";
 *
 * const deal = opportunitySchema.parse({
 *   id: "O-1",
 *   accountId: "A-1",
 *   amount: 500000000,
 *   currency: "IDR",
 *   stage: "Proposal",
 *   openedAt: "2024-03-01T09:00:00+07:00",
 *   expectedCloseAt: "2024-06-30T17:00:00+07:00",
 * });
 * deal.stageHistory; // => []
 * opportunitySchema.safeParse({ ...deal, closedAt: deal.openedAt }).success; // => false
 * ```
 */
export const opportunitySchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** With which account, or customer. */
      accountId: textSchema,
      /** The member of staff who works on it; absent: nobody yet. */
      ownerId: textSchema.optional(),
      /** Where it came from, in your words: `referral`, `tradeFair`; absent: not recorded. */
      source: textSchema.optional(),
      /** What it would bring, in whole minor units, zero or positive. */
      amount: minorUnitsSchema.min(0, "is below 0"),
      /** ISO 4217 code. */
      currency: currencySchema,
      /** Where it stands when the record is written: the name of a stage of your pipeline. */
      stage: textSchema,
      /** How likely it is won, 0 to 1, in place of the stage's own probability; absent: the stage's. */
      probability: z.number().min(0, "is below 0").max(1, "is above 1").optional(),
      /** When work on it began; epoch milliseconds after parsing. */
      openedAt: instantSchema,
      /** When the decision is expected; absent: nobody has said. */
      expectedCloseAt: instantSchema.optional(),
      /** Each stage with the instant at which it was entered, the earliest first; default none. */
      stageHistory: z
        .array(
          z.strictObject({
            /** Name of the stage. */
            stage: textSchema,
            /** When it was entered. */
            at: instantSchema,
          }),
        )
        .default(() => []),
      /** When it was won or lost; absent: it is open. */
      closedAt: instantSchema.optional(),
      /** How it ended; absent: it is open. */
      outcome: z.enum(["won", "lost"]).optional(),
      /** Why it was lost, the same word for the same reason: `price`, `noDecision`; absent: not recorded. */
      lostReason: textSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ openedAt, closedAt }) => closedAt === undefined || closedAt >= openedAt, {
      path: ["closedAt"],
      error: "is before openedAt",
    })
    .refine(({ closedAt, outcome }) => outcome === undefined || closedAt !== undefined, {
      path: ["closedAt"],
      error: "is missing although there is an outcome",
    })
    .refine(({ closedAt, outcome }) => closedAt === undefined || outcome !== undefined, {
      path: ["outcome"],
      error: "is missing although closedAt is known",
    })
    .refine(({ outcome, lostReason }) => lostReason === undefined || outcome === "lost", {
      path: ["lostReason"],
      error: "is only for what was lost",
    })
    .refine(
      ({ openedAt, stageHistory }) =>
        stageHistory.every(({ at }, i) => at >= (i === 0 ? openedAt : (stageHistory[i - 1]?.at ?? openedAt))),
      { path: ["stageHistory"], error: "is not in the order of time, from openedAt on" },
    )
    .refine(
      ({ stage, stageHistory, closedAt }) =>
        closedAt !== undefined || stageHistory.length === 0 || stageHistory.at(-1)?.stage === stage,
      { path: ["stage"], error: "is not the last stage of stageHistory" },
    ))();

/** A sale that is being worked on, or was won or lost. */
export interface Opportunity extends z.output<typeof opportunitySchema> {}

/** An opportunity as sent, before parsing. */
export type OpportunityInput = z.input<typeof opportunitySchema>;
