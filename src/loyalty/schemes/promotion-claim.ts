import { assertArgument, assertArray, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Refusal } from "../../core/result.js";
import type { Channel } from "../../model/channels.js";
import type { SortedMap } from "../ledger/sorted-map.js";
import { assertText } from "./scheme-facts.js";

/** A purchase that a claim rests on. */
export interface ClaimedPurchase {
  /** What was bought. */
  readonly productId: string;
  /** When. */
  readonly at: Instant;
  /** What proves it: the number of the receipt, the token, the voucher. Good once. */
  readonly proof?: string;
}

/** A claim of what a promotion offers: one voucher, one rebate, one gift. */
export interface PromotionClaim {
  /** Your identifier of the claim; sent again with the same claim it gets the same answer. */
  readonly claimId: string;
  /** Who claims. */
  readonly householdId: string;
  /** When; a civil day begins in UTC. */
  readonly at: Instant;
  /** How it came; needed where the promotion names channels. */
  readonly channel?: Channel;
  /** The purchases: as many as a collection requires, otherwise one. For a voucher, the purchase that it is to be taken off. */
  readonly purchases: readonly ClaimedPurchase[];
  /** What the customer paid for the gift, whole minor units; default 0. */
  readonly paid?: number;
}

/** What a granted claim gives. */
export interface GrantedClaim {
  /** Face value, money back or the cost of the gift, minor units. */
  readonly gives: number;
  /** What the customer paid, minor units. */
  readonly contribution: number;
  /** What it costs us with its handling, less what was paid: what counts against the budget. */
  readonly cost: number;
}

/** The claims of a promotion so far: plain data that survives JSON. */
export interface PromotionClaims {
  /** The promotion. */
  readonly promotionId: string;
  /** Granted claims. */
  readonly claims: number;
  /** What they cost, minor units. */
  readonly cost: number;
  /** Granted claims by household. */
  readonly households: SortedMap<string, number>;
  /** The claim in which each proof was used. */
  readonly proofs: SortedMap<string, string>;
  /** What was answered to each granted claim, with its text for comparison. */
  readonly answers: SortedMap<string, { readonly text: string; readonly granted: GrantedClaim }>;
}

/** Why a claim is refused. */
export interface PromotionClaimRefusal extends Refusal {
  /**
   * `idempotency_conflict`: another claim had this id; `not_running`: not started, or canceled; `too_late`: claims are no longer
   * taken; `wrong_channel`; `wrong_count`: not as many purchases as needed; `wrong_product`; `purchase_outside_window`;
   * `purchase_after_claim`; `proof_missing`; `proof_used`; `wrong_payment`: not what the customer is to pay; `household_limit`;
   * `claim_limit`; `budget_exhausted`.
   */
  readonly code:
    | "idempotency_conflict"
    | "not_running"
    | "too_late"
    | "wrong_channel"
    | "wrong_count"
    | "wrong_product"
    | "purchase_outside_window"
    | "purchase_after_claim"
    | "proof_missing"
    | "proof_used"
    | "wrong_payment"
    | "household_limit"
    | "claim_limit"
    | "budget_exhausted";
  /** The figure that was exceeded or missed: the limit, the budget, the amount to pay, the number of purchases; `null` where none was. */
  readonly bound: number | null;
}

/** A claim as it is read: instants in epoch milliseconds. @internal */
export interface ReadClaim {
  readonly claimId: string;
  readonly householdId: string;
  readonly at: number;
  readonly channel: Channel | null;
  readonly purchases: readonly {
    readonly productId: string;
    readonly at: number;
    readonly proof: string | null;
  }[];
  readonly paid: number;
}

/**
 * With what does a promotion begin, before anybody claimed?
 *
 * @param promotionId - The promotion.
 * @returns No claims.
 * @example
 * ```ts
 * import { emptyPromotionClaims } from "clientele";
 *
 * emptyPromotionClaims("spring").claims; // => 0
 * ```
 */
export function emptyPromotionClaims(promotionId: string): PromotionClaims {
  assertText(promotionId, "promotionId");
  return { promotionId, claims: 0, cost: 0, households: null, proofs: null, answers: null };
}

/** @internal */
export function readClaim(claim: PromotionClaim): ReadClaim {
  assertOptions(claim, "{ claimId, householdId, at, purchases }", "claim");
  const { claimId, householdId, channel, purchases, paid = 0 } = claim;
  assertText(claimId, "claim.claimId");
  assertText(householdId, "claim.householdId");
  if (channel !== undefined) assertText(channel, "claim.channel");
  assertInteger(paid, "claim.paid", 0);
  assertArray(purchases, "claim.purchases");
  const seen = new Set<string>();
  return {
    claimId,
    householdId,
    at: epochMs(claim.at, "claim.at"),
    channel: channel ?? null,
    purchases: purchases.map((purchase, i) => {
      const path = `claim.purchases[${i}]`;
      assertOptions(purchase, "{ productId, at, proof }", path);
      const { productId, proof } = purchase;
      assertText(productId, `${path}.productId`);
      if (proof !== undefined) {
        assertText(proof, `${path}.proof`);
        assertArgument(
          !seen.has(proof),
          `${path}.proof`,
          () => `${path}.proof is ${shown(proof)}, as that of an earlier purchase: pass each proof once`,
        );
        seen.add(proof);
      }
      return { productId, at: epochMs(purchase.at, `${path}.at`), proof: proof ?? null };
    }),
    paid,
  };
}
