import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { epochMs } from "../../core/instant.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { Promotion } from "../../model/promotion.js";
import { compareTexts, mapGet } from "../ledger/sorted-map.js";
import { readAsOf, type SchemeAsOfOptions } from "./known-as-of.js";
import type { ClaimedPurchase, PromotionClaims } from "./promotion-claim.js";
import { mostClaims } from "./promotion-cost.js";
import { statusSince, takesClaims } from "./promotion-lifecycle.js";
import { assertText } from "./scheme-facts.js";

/** How far a household is with its collection. */
export interface CollectionProgress {
  /** Proofs that are good and not yet used. */
  readonly collected: number;
  /** How many make a claim. */
  readonly required: number;
  /** Claims that can be made with the proofs now: 0 where claims are no longer taken, and no more than the limits leave. */
  readonly claimable: number;
  /** Proofs beyond those that make whole claims. */
  readonly towardsNext: number;
  /** Proofs that are missing for one claim more. */
  readonly missing: number;
  /** `towardsNext` over `required`. */
  readonly share: Rate;
  /** Whether claims are taken: the promotion runs or ran, was not canceled, and their time is not over. */
  readonly isOpen: boolean;
  /** Proofs that were used in claims. */
  readonly used: number;
  /** Proofs of other products or of other days. */
  readonly notCounting: number;
}

/** As of when, and whose collection it is. */
export interface CollectionProgressOptions extends SchemeAsOfOptions {
  /** The household; needed where the promotion limits the claims of one. */
  readonly householdId?: string | undefined;
}

/**
 * How many proofs of purchase has a household, and how many are missing for the next gift?
 *
 * @param promotion - A collection scheme.
 * @param claims - Its claims so far, which say what proofs were used.
 * @param purchases - The household's purchases with their proofs, each proof once.
 * @param options - `asOf`: purchases at or after it have not been made yet; `timeZone` of civil days; `householdId`.
 * @returns The proofs by what has become of them.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the promotion collects nothing, a proof is missing or comes twice, or
 * claims are limited by household and `householdId` is missing; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { collectionProgress, emptyPromotionClaims, promotionSchema } from "clientele";
 *
 * const towels = promotionSchema.parse({
 *   id: "towels",
 *   currency: "EUR",
 *   offer: { kind: "collection", required: 5, unitCost: 4_00 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 *   history: [
 *     { status: "planned", at: "2025-01-10T00:00:00Z" },
 *     { status: "running", at: "2025-03-01T00:00:00Z" },
 *   ],
 * });
 * const purchases = ["a", "b", "c"].map((proof) => ({ productId: "coffee-500", at: "2025-03-05", proof }));
 * const { missing } = collectionProgress(towels, emptyPromotionClaims("towels"), purchases, { asOf: "2025-04-01" });
 * missing; // => 2
 * ```
 */
export function collectionProgress(
  promotion: Promotion,
  claims: PromotionClaims,
  purchases: readonly ClaimedPurchase[],
  options: CollectionProgressOptions,
): CollectionProgress {
  assertOptions(promotion, "a Promotion", "promotion");
  assertOptions(claims, "the claims so far, begun with emptyPromotionClaims", "claims");
  assertArray(purchases, "purchases");
  const asOf = readAsOf(options);
  const { timeZone = "UTC", householdId } = options;
  const { offer, productIds, startAt, endAt } = promotion;
  assertArgument(
    offer.kind === "collection",
    "promotion.offer.kind",
    () => `promotion.offer.kind is ${shown(offer.kind)}: pass a promotion of kind "collection"`,
  );
  assertArgument(
    claims.promotionId === promotion.id,
    "claims.promotionId",
    () => `claims.promotionId is ${shown(claims.promotionId)}: pass the claims of ${shown(promotion.id)}`,
  );
  const left = claimsLeft(promotion, claims, householdId);
  const started = statusSince(promotion, "running", asOf - 1);
  const from = Math.max(startAt, started ?? Number.POSITIVE_INFINITY);
  const until = Math.min(endAt, statusSince(promotion, "ended", asOf - 1) ?? endAt);
  const seen = new Set<string>();
  let collected = 0;
  let used = 0;
  let notCounting = 0;
  for (const [i, purchase] of purchases.entries()) {
    const path = `purchases[${i}]`;
    assertOptions(purchase, "{ productId, at, proof }", path);
    const { productId, proof } = purchase;
    assertText(proof, `${path}.proof`);
    assertArgument(
      !seen.has(proof),
      `${path}.proof`,
      () => `${path}.proof is ${shown(proof)}, as that of an earlier purchase: pass each proof once`,
    );
    seen.add(proof);
    const at = epochMs(purchase.at, `${path}.at`, timeZone);
    if (at >= asOf) continue;
    if (mapGet(claims.proofs, proof, compareTexts) !== undefined) used++;
    else if (productIds.includes(productId) && at >= from && at < until) collected++;
    else notCounting++;
  }
  const { required } = offer;
  const towardsNext = collected % required;
  const isOpen = started !== null && takesClaims(promotion, asOf);
  return {
    collected,
    required,
    claimable: isOpen ? Math.min((collected - towardsNext) / required, left) : 0,
    towardsNext,
    missing: required - towardsNext,
    share: ratio(towardsNext, required, "required"),
    isOpen,
    used,
    notCounting,
  };
}

/** How many claims the limits still let through: of all households, and of this one. */
function claimsLeft(promotion: Promotion, claims: PromotionClaims, householdId: string | undefined): number {
  const left = mostClaims(promotion) - claims.claims;
  const { perHousehold } = promotion.limits;
  if (perHousehold === undefined) return Math.max(0, left);
  assertArgument(
    typeof householdId === "string" && householdId !== "",
    "options.householdId",
    () =>
      `options.householdId is ${shown(householdId)}, and promotion ${shown(promotion.id)} limits the claims of a household: say whose proofs these are`,
  );
  const own = mapGet(claims.households, householdId, compareTexts) ?? 0;
  return Math.max(0, Math.min(left, perHousehold - own));
}
