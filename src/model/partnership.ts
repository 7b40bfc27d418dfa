import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { currencySchema, minorUnitsSchema } from "./money-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * In which trades are the partners of a scheme?
 *
 * @example
 * ```ts
 * import { partnerTrades } from "clientele";
 *
 * partnerTrades.includes("travelAgency"); // => true
 * ```
 */
export const partnerTrades = [
  "restaurant",
  "cafe",
  "travelAgency",
  "bank",
  "parking",
  "shop",
  "other",
] as const;

/** The trade of a partner; {@link partnerTrades} lists them. */
export type PartnerTrade = (typeof partnerTrades)[number];

/**
 * Is this the record of a partnership: another company that serves the members of a scheme (co-marketing)?
 *
 * `memberDiscount` is what members get at the partner's till; `settlement` is what a point costs the partner that issues it
 * and brings the one that redeems it.
 *
 * @example
 * ```ts
 * import { partnershipSchema } from "clientele";
 *
 * const cafe = partnershipSchema.parse({
 *   id: "P-1",
 *   schemeId: "club",
 *   partnerId: "cafe",
 *   trade: "cafe",
 *   offer: "10 % off for members",
 *   startAt: "2024-03-01T00:00:00+07:00",
 *   memberDiscount: { share: 0.1 },
 * });
 * cafe.memberDiscount; // => { share: 0.1, minimumAmount: 0, needsCard: true, operatorPays: 0 }
 * ```
 */
export const partnershipSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** The loyalty programme or the customer club. */
      schemeId: textSchema,
      /** The partner. */
      partnerId: textSchema,
      /** The partner's trade. */
      trade: z.enum(partnerTrades),
      /** What members are offered, in the words that they read. */
      offer: textSchema,
      /** What either side gets from it, in your words; default nothing stated. */
      benefits: z.array(textSchema).default(() => []),
      /** From when; epoch milliseconds after parsing. */
      startAt: instantSchema,
      /** Until when, that instant not included; absent: no end is known. */
      endAt: instantSchema.optional(),
      /** What a member pays less at the partner; absent: nothing. */
      memberDiscount: z
        .strictObject({
          /** Share of the bill, above 0, at most 1. */
          share: z.number().gt(0, "is not above 0").max(1, "is above 1"),
          /** The least bill that is discounted, whole minor units; default 0. */
          minimumAmount: minorUnitsSchema.min(0, "is below 0").default(0),
          /** The most that one bill is discounted by, whole minor units; absent: no limit. */
          maximumDiscount: minorUnitsSchema.min(1, "is below 1").optional(),
          /** Whether a card has to be shown that may be used; default yes. */
          needsCard: z.boolean().default(true),
          /** Share of the discount that the operator of the scheme pays back to the partner, 0 to 1; default 0. */
          operatorPays: z.number().min(0, "is below 0").max(1, "is above 1").default(0),
        })
        .optional(),
      /** Prices of points between partner and operator; absent: no points at this partner. */
      settlement: z
        .strictObject({
          /** ISO 4217 code. */
          currency: currencySchema,
          /** Prices by the instant from which they hold, the earliest first, at least one. */
          rates: z
            .array(
              z.strictObject({
                /** Since when. */
                from: instantSchema,
                /** What the partner pays for a point that it issues, in minor units, also fractions of one. */
                issue: z.number().min(0, "is below 0"),
                /** What the partner gets for a point that it redeems, in minor units, also fractions of one. */
                redeem: z.number().min(0, "is below 0"),
              }),
            )
            .min(1, "is empty"),
        })
        .optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ startAt, endAt }) => endAt === undefined || endAt >= startAt, {
      path: ["endAt"],
      error: "is before startAt",
    })
    .refine(
      ({ settlement }) =>
        settlement?.rates.every(({ from }, i, all) => i === 0 || from > (all[i - 1]?.from ?? from)) ?? true,
      { path: ["settlement", "rates"], error: "is not in the order of time, each later than the one before" },
    ))();

/** Another company that serves the members of a scheme. */
export interface Partnership extends z.output<typeof partnershipSchema> {}

/** A partnership as sent, before parsing. */
export type PartnershipInput = z.input<typeof partnershipSchema>;
