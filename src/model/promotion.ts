import * as z from "zod";
import { channelSchema } from "./channel.js";
import { instantSchema } from "./instant-schema.js";
import { currencySchema, minorUnitsSchema } from "./money-schema.js";
import { promotionStatuses, promotionTransitions } from "./promotion-status.js";
import { openRecordSchema, textSchema } from "./text-schema.js";

/**
 * Of which kinds are sales promotions?
 *
 * | kind | what the customer gets |
 * |---|---|
 * | `inPackVoucher`, `onPackVoucher`, `nearPackVoucher` | a voucher in, on or beside the pack, against a later purchase |
 * | `bounceBackCoupon` | a coupon in a pack for the next pack of the same product |
 * | `crossRuffCoupon` | a coupon in a pack for another product |
 * | `rebate`, `cashBack` | money back after the purchase, on a claim or at once |
 * | `freePremium` | a gift |
 * | `selfLiquidatingPremium` | a gift that the customer pays the cost of |
 * | `collection` | a gift for so many proofs of purchase (continuity scheme) |
 *
 * @example
 * ```ts
 * import { promotionKinds } from "clientele";
 *
 * promotionKinds.includes("selfLiquidatingPremium"); // => true
 * ```
 */
export const promotionKinds = [
  "inPackVoucher",
  "onPackVoucher",
  "nearPackVoucher",
  "bounceBackCoupon",
  "crossRuffCoupon",
  "rebate",
  "cashBack",
  "freePremium",
  "selfLiquidatingPremium",
  "collection",
] as const;

/** A kind of promotion; {@link promotionKinds} lists them. */
export type PromotionKind = (typeof promotionKinds)[number];

/**
 * Is this what a promotion offers, by its kind?
 *
 * @example
 * ```ts
 * import { promotionOfferSchema } from "clientele";
 *
 * promotionOfferSchema.parse({ kind: "rebate", amount: 200 }); // => { kind: "rebate", amount: 200 }
 * promotionOfferSchema.safeParse({ kind: "collection", unitCost: 900 }).success; // => false
 * ```
 */
export const promotionOfferSchema = /* @__PURE__ */ (() => {
  const amountSchema = minorUnitsSchema.min(0, "is below 0");
  return z.discriminatedUnion("kind", [
    z.strictObject({
      /** Which it is. */
      kind: z.enum([
        "inPackVoucher",
        "onPackVoucher",
        "nearPackVoucher",
        "bounceBackCoupon",
        "crossRuffCoupon",
      ]),
      /** What it takes off a purchase, whole minor units, above 0. */
      faceValue: minorUnitsSchema.min(1, "is below 1"),
      /** The products that it is good for; absent: those that carry it. A cross-ruff coupon names them. */
      redeemableOn: z.array(textSchema).min(1, "is empty").optional(),
    }),
    z.strictObject({
      /** Which it is. */
      kind: z.enum(["rebate", "cashBack"]),
      /** What comes back, whole minor units, above 0. */
      amount: minorUnitsSchema.min(1, "is below 1"),
    }),
    z.strictObject({
      /** Which it is. */
      kind: z.enum(["freePremium"]),
      /** What one gift costs us, whole minor units. */
      unitCost: amountSchema,
    }),
    z.strictObject({
      /** Which it is. */
      kind: z.enum(["selfLiquidatingPremium"]),
      /** What one gift costs us, whole minor units. */
      unitCost: amountSchema,
      /** What the customer pays for it, postage included, whole minor units, above 0. */
      contribution: minorUnitsSchema.min(1, "is below 1"),
    }),
    z.strictObject({
      /** Which it is. */
      kind: z.enum(["collection"]),
      /** How many proofs of purchase make a claim, 2 or more. */
      required: z.int().min(2, "is below 2"),
      /** What one gift costs us, whole minor units. */
      unitCost: amountSchema,
      /** What the customer pays beside the proofs, whole minor units; default 0. */
      contribution: amountSchema.default(0),
    }),
  ]);
})();

/** What a promotion offers; `kind` tells which. */
export type PromotionOffer = z.output<typeof promotionOfferSchema>;

/**
 * Is this the record of a sales promotion: its rules, its limits, what it is expected to do and how it stands?
 *
 * A purchase counts from `startAt` to before `endAt`; it may be claimed until before `claimUntil`.
 *
 * @example
 * ```ts
 * import { promotionSchema } from "clientele";
 *
 * const rebate = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 200 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00+01:00",
 *   endAt: "2025-06-01T00:00:00+02:00",
 *   expected: { distributed: 10000, redemptionRate: 0.12 },
 * });
 * rebate.costs; // => { fixed: 0, perUnit: 0, perClaim: 0 }
 * rebate.history; // => []
 * ```
 */
export const promotionSchema = /* @__PURE__ */ (() => {
  const amountSchema = minorUnitsSchema.min(0, "is below 0");
  return z
    .strictObject({
      /** Your identifier. */
      id: textSchema,
      /** As people call it. */
      name: textSchema.optional(),
      /** ISO 4217 code of all its amounts. */
      currency: currencySchema,
      /** What it offers. */
      offer: promotionOfferSchema,
      /** The products whose purchase counts, at least one. */
      productIds: z.array(textSchema).min(1, "is empty"),
      /** Through which channels a claim may come; absent: all. */
      channels: z.array(channelSchema).min(1, "is empty").optional(),
      /** Purchases count from then on; epoch milliseconds after parsing. */
      startAt: instantSchema,
      /** Purchases count until then, that instant not included. */
      endAt: instantSchema,
      /** Claims are taken until then, that instant not included; absent: until `endAt`. */
      claimUntil: instantSchema.optional(),
      /** Whether a claim has to show proofs of purchase (receipt, barcode, token, the voucher itself), each good once; default yes. */
      needsProof: z.boolean().default(true),
      /** What bounds the claims. */
      limits: z
        .strictObject({
          /** Claims of one household; absent: no limit. */
          perHousehold: z.int().min(1, "is below 1").optional(),
          /** All claims; absent: no limit. */
          claims: z.int().min(1, "is below 1").optional(),
          /** What claims may cost in all, less what customers pay, whole minor units; absent: no limit. */
          budget: amountSchema.optional(),
        })
        .default(() => ({})),
      /** What it costs beside the offer itself, whole minor units. */
      costs: z
        .strictObject({
          /** Once: design, advertising. */
          fixed: amountSchema.default(0),
          /** For each pack or voucher that goes out: printing, packing. */
          perUnit: amountSchema.default(0),
          /** For each claim: handling, postage, the retailer's fee. */
          perClaim: amountSchema.default(0),
        })
        .default(() => ({ fixed: 0, perUnit: 0, perClaim: 0 })),
      /** What is expected; absent: nobody has said. */
      expected: z
        .strictObject({
          /** Packs or vouchers that go out. */
          distributed: z.int().min(0, "is below 0"),
          /** Share of the possible claims that is made, 0 to 1; a collection's possible claims are packs / required. */
          redemptionRate: z.number().min(0, "is below 0").max(1, "is above 1"),
        })
        .optional(),
      /** What became of it after the draft, the earliest first; default nothing. */
      history: z
        .array(
          z.strictObject({
            /** How it stood from then on. */
            status: z.enum(promotionStatuses),
            /** Since when. */
            at: instantSchema,
            /** Why, in your words. */
            reason: textSchema.optional(),
          }),
        )
        .default(() => []),
      /** Your own fields, as they come. */
      attributes: openRecordSchema.optional(),
    })
    .refine(({ startAt, endAt }) => endAt > startAt, { path: ["endAt"], error: "is not after startAt" })
    .refine(({ endAt, claimUntil }) => claimUntil === undefined || claimUntil >= endAt, {
      path: ["claimUntil"],
      error: "is before endAt",
    })
    .refine(({ offer }) => offer.kind !== "crossRuffCoupon" || offer.redeemableOn !== undefined, {
      path: ["offer", "redeemableOn"],
      error: "is missing although the coupon is for another product",
    })
    .refine(({ offer, needsProof }) => offer.kind !== "collection" || needsProof, {
      path: ["needsProof"],
      error: "is off although a collection counts proofs",
    })
    .refine(({ history }) => history.every(({ at }, i) => i === 0 || at >= (history[i - 1]?.at ?? at)), {
      path: ["history"],
      error: "is not in the order of time",
    })
    .refine(
      ({ history }) =>
        history.every(({ status }, i) =>
          promotionTransitions[i === 0 ? "draft" : (history[i - 1]?.status ?? "draft")].includes(status),
        ),
      { path: ["history"], error: "has a status that may not follow the one before it" },
    );
})();

/** A sales promotion. */
export interface Promotion extends z.output<typeof promotionSchema> {}

/** A promotion as sent, before parsing. */
export type PromotionInput = z.input<typeof promotionSchema>;
