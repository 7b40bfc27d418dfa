import { assertArgument, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { multiplyInteger } from "../../core/multiply-money.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import type { Promotion, PromotionOffer } from "../../model/promotion.js";

/** How many packs or vouchers went out, and how many claims came back. */
export interface PromotionCounts {
  /** Packs or vouchers that went out: whole. */
  readonly distributed: number;
  /** Claims that were granted: whole, no more than were possible. */
  readonly claims: number;
}

/** What a promotion costs, part by part, minor units. */
export interface PromotionCost extends PromotionCounts {
  /** ISO 4217 code. */
  readonly currency: string;
  /** Once. */
  readonly fixed: number;
  /** Of all that went out. */
  readonly distribution: number;
  /** What was given: face values, money back, gifts. */
  readonly offer: number;
  /** Of all claims. */
  readonly handling: number;
  /** The four together. */
  readonly gross: number;
  /** What customers paid: of a self-liquidating premium, all of it. */
  readonly contribution: number;
  /** Gross less contribution; below 0 where customers paid more than it cost. */
  readonly net: number;
  /** Net for each claim. */
  readonly netPerClaim: Rate;
}

/**
 * What does a promotion cost at these counts?
 *
 * @param promotion - The promotion: its offer and costs are read.
 * @param counts - What went out and what was claimed.
 * @returns The parts of the cost, exact.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is not whole or claims exceed what is possible;
 * `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { promotionCost, promotionSchema } from "clientele";
 *
 * const mug = promotionSchema.parse({
 *   id: "mug",
 *   currency: "EUR",
 *   offer: { kind: "selfLiquidatingPremium", unitCost: 4_20, contribution: 5_50 },
 *   costs: { perClaim: 1_30 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 * });
 * const { gross, contribution, net } = promotionCost(mug, { distributed: 10_000, claims: 300 });
 * [gross, contribution, net]; // => [165000, 165000, 0]
 * ```
 */
export function promotionCost(promotion: Promotion, counts: PromotionCounts): PromotionCost {
  const { distributed, claims } = assertCounts(promotion, counts, "counts");
  const { fixed, perUnit, perClaim } = promotion.costs;
  const { gives, takes } = perClaimOf(promotion.offer);
  const exact = (amount: number, what: string) => safeInteger(amount, "counts", what);
  const distribution = exact(distributed * perUnit, "the cost of distribution");
  const offer = exact(claims * gives, "the cost of what is given");
  const handling = exact(claims * perClaim, "the cost of handling");
  const contribution = exact(claims * takes, "what customers pay");
  const gross = exact(fixed + distribution + offer + handling, "the cost");
  const net = gross - contribution;
  return {
    currency: promotion.currency,
    distributed,
    claims,
    fixed,
    distribution,
    offer,
    handling,
    gross,
    contribution,
    net,
    netPerClaim: ratio(net, claims, "claims"),
  };
}

/**
 * What is a promotion expected to cost?
 *
 * @param promotion - The promotion, with what is `expected` of it.
 * @returns The cost at the expected counts; the claims are rounded to whole ones, halves to even, and are no more than its
 * limits (`claims`, `budget`) let through.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when nothing is expected; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { expectedPromotionCost, promotionSchema } from "clientele";
 *
 * const rebate = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 2_00 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 *   expected: { distributed: 10_000, redemptionRate: 0.12 },
 * });
 * expectedPromotionCost(rebate).net; // => 2_400_00
 * ```
 */
export function expectedPromotionCost(promotion: Promotion): PromotionCost {
  assertOptions(promotion, "a Promotion", "promotion");
  const { expected } = promotion;
  assertArgument(
    expected !== undefined,
    "promotion.expected",
    () => `promotion ${shown(promotion.id)} does not say what is expected of it: give it \`expected\``,
  );
  const { distributed, redemptionRate } = expected;
  const made = multiplyInteger(possibleClaims(promotion, distributed), redemptionRate);
  return promotionCost(promotion, { distributed, claims: Math.min(made, mostClaims(promotion)) });
}

/** What a claim counts against the budget: what it gives and its handling, less what the customer pays. @internal */
export function costOfClaim({ offer, costs }: Promotion): number {
  const { gives, takes } = perClaimOf(offer);
  return gives + costs.perClaim - takes;
}

/** How many claims the limits let through; `Infinity` without a limit. @internal */
export function mostClaims(promotion: Promotion): number {
  const { claims = Number.POSITIVE_INFINITY, budget = Number.POSITIVE_INFINITY } = promotion.limits;
  const cost = costOfClaim(promotion);
  return cost > 0 ? Math.min(claims, Math.floor(budget / cost)) : claims;
}

/** What a claim gives, and what the customer pays for it, minor units. @internal */
export function perClaimOf(offer: PromotionOffer): { readonly gives: number; readonly takes: number } {
  if ("faceValue" in offer) return { gives: offer.faceValue, takes: 0 };
  if ("amount" in offer) return { gives: offer.amount, takes: 0 };
  return { gives: offer.unitCost, takes: "contribution" in offer ? offer.contribution : 0 };
}

/** A collection takes several packs for a claim. @internal */
export function possibleClaims({ offer }: Promotion, distributed: number): number {
  return offer.kind === "collection" ? Math.floor(distributed / offer.required) : distributed;
}

/** @internal */
export function assertCounts(promotion: Promotion, counts: PromotionCounts, path: string): PromotionCounts {
  assertOptions(promotion, "a Promotion", "promotion");
  assertOptions(counts, "{ distributed, claims }", path);
  const { distributed, claims } = counts;
  assertInteger(distributed, `${path}.distributed`, 0);
  assertInteger(claims, `${path}.claims`, 0);
  const possible = possibleClaims(promotion, distributed);
  assertArgument(
    claims <= possible,
    `${path}.claims`,
    () =>
      `${path}.claims is ${claims}, and ${distributed} that went out make at most ${possible} claims: pass all that went out`,
  );
  return { distributed, claims };
}
