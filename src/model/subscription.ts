import * as z from "zod";
import { instantSchema } from "./instant-schema.js";
import { currencySchema, minorUnitsSchema } from "./money-schema.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * How does a subscription stand?
 *
 * `trialing`: not yet paid for; `active`; `pastDue`: a payment is late and still asked for; `unpaid`: no longer asked
 * for, not yet ended; `paused`: by agreement; `canceled`: ended by either side; `expired`: ran out; `incomplete`: the
 * first payment never came. Which of them count as active is an argument of the measures, not of the record.
 *
 * @example
 * ```ts
 * import { subscriptionStatuses } from "clientele";
 *
 * subscriptionStatuses.includes("pastDue"); // => true
 * ```
 */
export const subscriptionStatuses = [
  "trialing",
  "active",
  "pastDue",
  "unpaid",
  "paused",
  "canceled",
  "expired",
  "incomplete",
] as const;

/** How a subscription stands; {@link subscriptionStatuses} lists them. */
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

/**
 * Is this the record of a subscription: a product paid for again and again?
 *
 * @example
 * ```ts
 * import { subscriptionSchema } from "clientele";
 *
 * const plan = subscriptionSchema.parse({
 *   id: "S-1",
 *   customerId: "C-1",
 *   productId: "fiber-50",
 *   startAt: "2024-03-01T00:00:00+07:00",
 *   amount: 350000,
 *   currency: "IDR",
 *   interval: { unit: "month" },
 *   status: "active",
 * });
 * plan.interval; // => { unit: "month", count: 1 }
 * ```
 */
export const subscriptionSchema = /* @__PURE__ */ (() =>
  z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** Who pays. */
      customerId: textSchema,
      /** What for. */
      productId: textSchema,
      /** From when; epoch milliseconds after parsing. */
      startAt: instantSchema,
      /** Until when, that instant not included; absent: no end is known. */
      endAt: instantSchema.optional(),
      /** When the trial ends, that instant not included; absent: no trial. */
      trialEndAt: instantSchema.optional(),
      /** What one interval costs the customer, all units together, in whole minor units, zero or positive. */
      amount: minorUnitsSchema.min(0, "is below 0"),
      /** ISO 4217 code. */
      currency: currencySchema,
      /** How often it is paid for: every `count` units. */
      interval: z.strictObject({
        /** Calendar unit. */
        unit: z.enum(["week", "month", "quarter", "year"]),
        /** How many of them, 1 or more; default 1. */
        count: z.int().min(1).default(1),
      }),
      /** How it stands when the record is written. */
      status: z.enum(subscriptionStatuses),
      /** Since when it stands so; absent: not recorded. */
      statusSince: instantSchema.optional(),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ startAt, endAt }) => endAt === undefined || endAt >= startAt, {
      path: ["endAt"],
      error: "is before startAt",
    })
    .refine(({ startAt, trialEndAt }) => trialEndAt === undefined || trialEndAt >= startAt, {
      path: ["trialEndAt"],
      error: "is before startAt",
    })
    .refine(({ startAt, statusSince }) => statusSince === undefined || statusSince >= startAt, {
      path: ["statusSince"],
      error: "is before startAt",
    }))();

/** A product that a customer pays for again and again. */
export interface Subscription extends z.output<typeof subscriptionSchema> {}

/** A subscription as sent, before parsing. */
export type SubscriptionInput = z.input<typeof subscriptionSchema>;
