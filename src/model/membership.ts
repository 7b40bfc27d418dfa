import * as z from "zod";
import { cardStatuses, cardTransitions } from "./card-status.js";
import { channelSchema } from "./channel.js";
import { instantSchema } from "./instant-schema.js";
import { dataSources } from "./provenance.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Is this the record of a member's card?
 *
 * Its history begins after `issued` and keeps to {@link cardTransitions}, in the order of time.
 *
 * @example
 * ```ts
 * import { membershipCardSchema } from "clientele";
 *
 * const card = membershipCardSchema.parse({
 *   cardNo: "6281-0001",
 *   issuedAt: "2024-03-01T09:00:00+07:00",
 *   coBrand: { partnerId: "bank", isPaymentCard: true },
 *   history: [{ status: "active", at: "2024-03-02T09:00:00+07:00" }],
 * });
 * card.history.length; // => 1
 * ```
 */
export const membershipCardSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** The number on it. */
      cardNo: textSchema,
      /** When it was handed out; epoch milliseconds after parsing. */
      issuedAt: instantSchema,
      /** Until when it may be used, that instant not included; absent: it does not run out. */
      validUntil: instantSchema.optional(),
      /** Whose name it bears beside ours; absent: ours alone. */
      coBrand: z
        .strictObject({
          /** The partner. */
          partnerId: textSchema,
          /** Whether the partner's customers pay with it, as with a bank's credit card; default no. */
          isPaymentCard: z.boolean().default(false),
        })
        .optional(),
      /** What became of it after it was issued, the earliest first; default nothing. */
      history: z
        .array(
          z.strictObject({
            /** How it stood from then on. */
            status: z.enum(cardStatuses),
            /** Since when. */
            at: instantSchema,
            /** Why, in your words. */
            reason: textSchema.optional(),
          }),
        )
        .default(() => []),
    })
    .refine(({ issuedAt, validUntil }) => validUntil === undefined || validUntil > issuedAt, {
      path: ["validUntil"],
      error: "is not after issuedAt",
    })
    .refine(
      ({ issuedAt, history }) =>
        history.every(({ at }, i) => at >= (i === 0 ? issuedAt : (history[i - 1]?.at ?? issuedAt))),
      { path: ["history"], error: "is not in the order of time, from issuedAt on" },
    )
    .refine(
      ({ history }) =>
        history.every(({ status }, i) =>
          cardTransitions[i === 0 ? "issued" : (history[i - 1]?.status ?? "issued")].includes(status),
        ),
      { path: ["history"], error: "has a status that may not follow the one before it" },
    ))();

/** A member's card. */
export interface MembershipCard extends z.output<typeof membershipCardSchema> {}

/**
 * Is this the record of a membership: of a loyalty programme or of a customer club?
 *
 * Who leaves and comes back has two, which do not overlap.
 *
 * @example
 * ```ts
 * import { membershipSchema } from "clientele";
 *
 * const member = membershipSchema.parse({
 *   schemeId: "club",
 *   memberId: "M-1",
 *   customerId: "C-1",
 *   joinedAt: "2024-03-01T09:00:00+07:00",
 *   source: "applicationForm",
 *   channel: "store",
 * });
 * member.cards; // => []
 * ```
 */
export const membershipSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** The loyalty programme or the customer club. */
      schemeId: textSchema,
      /** The member's identifier in it: the `memberId` of a loyalty account. */
      memberId: textSchema,
      /** The customer; absent: not known by name (a prepaid number, an unregistered card). */
      customerId: textSchema.optional(),
      /** Since when; epoch milliseconds after parsing. */
      joinedAt: instantSchema,
      /** On which form the member joined; absent: not recorded. */
      source: z.enum(dataSources).optional(),
      /** Through which channel the member joined; absent: not recorded. */
      channel: channelSchema.optional(),
      /** Level when the record is written; absent: none. */
      tier: textSchema.optional(),
      /** When the membership ended; absent: it holds. At that very instant it no longer holds. */
      leftAt: instantSchema.optional(),
      /** Why it ended, the same word for the same reason; absent: not recorded. */
      leftReason: textSchema.optional(),
      /** The member's cards; default none. */
      cards: z.array(membershipCardSchema).default(() => []),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ joinedAt, leftAt }) => leftAt === undefined || leftAt >= joinedAt, {
      path: ["leftAt"],
      error: "is before joinedAt",
    })
    .refine(({ leftAt, leftReason }) => leftReason === undefined || leftAt !== undefined, {
      path: ["leftAt"],
      error: "is missing although leftReason is known",
    })
    .refine(({ cards }) => new Set(cards.map(({ cardNo }) => cardNo)).size === cards.length, {
      path: ["cards"],
      error: "has a card twice",
    }))();

/** A membership of a loyalty programme or of a customer club. */
export interface Membership extends z.output<typeof membershipSchema> {}

/** A membership as sent, before parsing. */
export type MembershipInput = z.input<typeof membershipSchema>;
