import { assertBetween } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { Promotion } from "../../model/promotion.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { readAsOf, type SchemeAsOfOptions } from "./known-as-of.js";
import { assertCounts, mostClaims, type PromotionCounts, possibleClaims } from "./promotion-cost.js";
import { takesClaims } from "./promotion-lifecycle.js";

/** As of when the claims were counted, and how sure the intervals are. */
export interface PromotionRedemptionOptions extends SchemeAsOfOptions, ConfidenceOptions {}

/** How many claimed, and how many never did. */
export interface PromotionRedemption {
  /** Claims that what went out could make. */
  readonly possible: number;
  /** Claims over those possible. */
  readonly redemption: Rate;
  /** Where the redemption rate lies (Wilson 1927); `null` where it is. */
  readonly redemptionInterval: Interval | null;
  /** Those possible that were not made (breakage of a promotion), over those possible. */
  readonly slippage: Rate;
  /** Where the slippage lies; `null` where it is. */
  readonly slippageInterval: Interval | null;
  /**
   * Whether no claim can come any more: their time is over, the promotion was canceled, or its limits are reached. Before that
   * redemption still rises and slippage still falls.
   */
  readonly isFinal: boolean;
}

/**
 * How many of those who could claim did, and how many let it slip?
 *
 * @param promotion - The promotion.
 * @param counts - What went out, or was bought, and what was claimed.
 * @param options - `asOf`, `timeZone`, `confidenceLevel` (default 0.95).
 * @returns Redemption rate and slippage, which sum to 1, with intervals.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is not whole or claims exceed what is possible.
 * @example
 * ```ts
 * import { promotionRedemption, promotionSchema } from "clientele";
 *
 * const rebate = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 2_00 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 * });
 * const counts = { distributed: 10_000, claims: 1_200 };
 * const { slippage, isFinal } = promotionRedemption(rebate, counts, { asOf: "2025-07-01" });
 * [slippage.value, isFinal]; // => [0.88, true]
 * ```
 */
export function promotionRedemption(
  promotion: Promotion,
  counts: PromotionCounts,
  options: PromotionRedemptionOptions,
): PromotionRedemption {
  const { distributed, claims } = assertCounts(promotion, counts, "counts");
  const asOf = readAsOf(options);
  const { confidenceLevel = 0.95 } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  const possible = possibleClaims(promotion, distributed);
  const intervalOf = (count: number) =>
    possible === 0 ? null : wilsonInterval(count, possible, { confidenceLevel });
  return {
    possible,
    redemption: ratio(claims, possible, "possible claims"),
    redemptionInterval: intervalOf(claims),
    slippage: ratio(possible - claims, possible, "possible claims"),
    slippageInterval: intervalOf(possible - claims),
    isFinal: !takesClaims(promotion, asOf) || claims >= mostClaims(promotion),
  };
}
