import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { granted, type Result, refused } from "../../core/result.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Promotion } from "../../model/promotion.js";
import { compareTexts, mapGet, mapSet } from "../ledger/sorted-map.js";
import {
  type GrantedClaim,
  type PromotionClaim,
  type PromotionClaimRefusal,
  type PromotionClaims,
  type ReadClaim,
  readClaim,
} from "./promotion-claim.js";
import { costOfClaim, perClaimOf } from "./promotion-cost.js";
import { statusSince } from "./promotion-lifecycle.js";

/** What a granted claim gives, and the claims with it. */
export interface PromotionClaimDecision extends GrantedClaim {
  /** The claims from now on: keep these. */
  readonly claims: PromotionClaims;
  /** Whether this very claim was granted before: nothing is given again. */
  readonly repeated: boolean;
}

/**
 * Is this claim of a promotion good, and what does it give?
 *
 * The promotion runs (or has ended, and claims are still taken), the claim came in time and through a channel of it, rests on
 * as many purchases as needed, of its products, in its days and while it ran, each with a proof that was not used before; the
 * customer paid what there is to pay; neither household, number nor budget is exhausted. A refused claim leaves no trace.
 *
 * A voucher is taken off a purchase of what it is `redeemableOn`, until `claimUntil`; the voucher is the proof. All other
 * purchases count from `startAt` to before `endAt`.
 *
 * @param promotion - The promotion, as `promotionSchema` parses it.
 * @param claims - Its claims so far, begun with {@link emptyPromotionClaims}; never changed.
 * @param claim - The claim.
 * @returns What it gives, with the claims to keep; or the first rule that it breaks. O(log claims).
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the claim is malformed or the claims are another promotion's.
 * @example
 * ```ts
 * import { changePromotion, claimPromotion, emptyPromotionClaims, promotionSchema } from "clientele";
 *
 * const planned = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 2_00 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 *   limits: { perHousehold: 1 },
 *   history: [{ status: "planned", at: "2025-01-10T00:00:00Z" }],
 * });
 * const running = changePromotion(planned, { status: "running", at: "2025-03-01" });
 * if (running.ok) {
 *   const purchases = [{ productId: "coffee-500", at: "2025-03-05", proof: "receipt-17" }];
 *   const claim = { claimId: "c1", householdId: "H-1", at: "2025-03-09", purchases };
 *   const first = claimPromotion(running.value, emptyPromotionClaims("spring"), claim);
 *   first.ok && first.value.gives; // => 200
 *   const again = first.ok && claimPromotion(running.value, first.value.claims, { ...claim, claimId: "c2" });
 *   again && !again.ok && again.error.code; // => "proof_used"
 * }
 * ```
 */
export function claimPromotion(
  promotion: Promotion,
  claims: PromotionClaims,
  claim: PromotionClaim,
): Result<PromotionClaimDecision, PromotionClaimRefusal> {
  assertOptions(promotion, "a Promotion", "promotion");
  assertOptions(claims, "the claims so far, begun with emptyPromotionClaims", "claims");
  assertArgument(
    claims.promotionId === promotion.id,
    "claims.promotionId",
    () => `claims.promotionId is ${shown(claims.promotionId)}: pass the claims of ${shown(promotion.id)}`,
  );
  const read = readClaim(claim);
  const text = textOf(read);
  const answered = mapGet(claims.answers, read.claimId, compareTexts);
  if (answered !== undefined) {
    if (answered.text === text) return granted({ ...answered.granted, claims, repeated: true });
    return no("idempotency_conflict", `another claim had the id ${shown(read.claimId)}`);
  }
  const broken =
    brokenTime(promotion, read) ??
    brokenPurchase(promotion, read) ??
    brokenProof(promotion, claims, read) ??
    brokenLimit(promotion, claims, read);
  if (broken !== null) return broken;

  const { gives, takes } = perClaimOf(promotion.offer);
  const given: GrantedClaim = { gives, contribution: takes, cost: costOfClaim(promotion) };
  let { proofs } = claims;
  for (const { proof } of read.purchases) {
    if (proof !== null) proofs = mapSet(proofs, proof, read.claimId, compareTexts, false);
  }
  const before = mapGet(claims.households, read.householdId, compareTexts) ?? 0;
  const next: PromotionClaims = {
    promotionId: promotion.id,
    claims: claims.claims + 1,
    cost: safeInteger(claims.cost + given.cost, "claims.cost", "the cost of the claims"),
    households: mapSet(claims.households, read.householdId, before + 1, compareTexts, false),
    proofs,
    answers: mapSet(claims.answers, read.claimId, { text, granted: given }, compareTexts, false),
  };
  return granted({ ...given, claims: next, repeated: false });
}

type Refused = { readonly ok: false; readonly error: PromotionClaimRefusal };

function no(code: PromotionClaimRefusal["code"], message: string, bound: number | null = null): Refused {
  return refused({ code, message, bound });
}

function brokenTime(promotion: Promotion, { at, channel }: ReadClaim): Refused | null {
  const { id, channels, endAt, claimUntil = endAt } = promotion;
  if (statusSince(promotion, "running", at) === null || statusSince(promotion, "canceled", at) !== null) {
    return no("not_running", `promotion ${shown(id)} was not started by then, or was canceled`);
  }
  if (at >= claimUntil) return no("too_late", `claims of promotion ${shown(id)} are no longer taken`);
  if (channels !== undefined && (channel === null || !channels.includes(channel))) {
    return no("wrong_channel", `claims come through ${channels.join(", ")}, not ${channel ?? "unnamed"}`);
  }
  return null;
}

function brokenPurchase(promotion: Promotion, { at, purchases }: ReadClaim): Refused | null {
  const { offer, productIds, startAt, endAt, claimUntil = endAt } = promotion;
  const needed = offer.kind === "collection" ? offer.required : 1;
  if (purchases.length !== needed) {
    return no("wrong_count", `a claim rests on ${needed} purchases, not on ${purchases.length}`, needed);
  }
  const isVoucher = "faceValue" in offer;
  const products = isVoucher ? (offer.redeemableOn ?? productIds) : productIds;
  const from = Math.max(startAt, statusSince(promotion, "running", at) ?? startAt);
  const until = isVoucher ? claimUntil : Math.min(endAt, statusSince(promotion, "ended", at) ?? endAt);
  for (const purchase of purchases) {
    if (!products.includes(purchase.productId)) {
      return no("wrong_product", `${shown(purchase.productId)} is none of ${products.map(shown).join(", ")}`);
    }
    if (purchase.at > at) return no("purchase_after_claim", "the purchase is later than the claim");
    if (purchase.at < from || purchase.at >= until) {
      return no("purchase_outside_window", `a purchase of ${shown(purchase.productId)} is not of its days`);
    }
  }
  return null;
}

function brokenProof(
  { needsProof }: Promotion,
  { proofs }: PromotionClaims,
  { purchases }: ReadClaim,
): Refused | null {
  for (const { proof, productId } of purchases) {
    if (proof === null) {
      if (needsProof) return no("proof_missing", `nothing proves the purchase of ${shown(productId)}`);
      continue;
    }
    const usedIn = mapGet(proofs, proof, compareTexts);
    if (usedIn !== undefined)
      return no("proof_used", `${shown(proof)} was used in claim ${shown(usedIn)} already`);
  }
  return null;
}

function brokenLimit(
  promotion: Promotion,
  claims: PromotionClaims,
  { householdId, paid }: ReadClaim,
): Refused | null {
  const { offer, limits } = promotion;
  const { takes } = perClaimOf(offer);
  if (paid !== takes) return no("wrong_payment", `the customer pays ${takes}, and paid ${paid}`, takes);
  const { perHousehold, claims: most, budget } = limits;
  const own = mapGet(claims.households, householdId, compareTexts) ?? 0;
  if (perHousehold !== undefined && own >= perHousehold) {
    return no("household_limit", `household ${shown(householdId)} has claimed ${own} times`, perHousehold);
  }
  if (most !== undefined && claims.claims >= most) {
    return no("claim_limit", `${claims.claims} claims were granted, as many as there are`, most);
  }
  if (budget !== undefined && claims.cost + costOfClaim(promotion) > budget) {
    const message = `claims cost ${claims.cost} so far, and this one ${costOfClaim(promotion)}: more than the budget of ${budget}`;
    return no("budget_exhausted", message, budget);
  }
  return null;
}

/** JSON keeps apart what joining with a separator would not. */
function textOf({ householdId, at, channel, purchases, paid }: ReadClaim): string {
  const bought = purchases.map((purchase) => [purchase.productId, purchase.at, purchase.proof]);
  return JSON.stringify([householdId, at, channel, bought, paid]);
}
