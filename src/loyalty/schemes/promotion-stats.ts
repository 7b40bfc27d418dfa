import { assertInteger, assertOneOf, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { Promotion } from "../../model/promotion.js";
import type { PromotionStatus } from "../../model/promotion-status.js";
import { readAsOf } from "./known-as-of.js";
import {
  expectedPromotionCost,
  type PromotionCost,
  type PromotionCounts,
  promotionCost,
} from "./promotion-cost.js";
import type { PromotionEffect } from "./promotion-effect.js";
import { promotionStatusAt } from "./promotion-lifecycle.js";
import {
  type PromotionRedemption,
  type PromotionRedemptionOptions,
  promotionRedemption,
} from "./promotion-redemption.js";

/** As of when, and what the promotion did. */
export interface PromotionStatsOptions extends PromotionRedemptionOptions {
  /** What it added: of {@link promotionLift} or {@link salesOverBaseline}, in units; absent: not measured. */
  readonly effect?: PromotionEffect;
  /** What a unit sold earns before the promotion's costs, whole minor units; with `effect`. */
  readonly unitMargin?: number;
}

/** How well a promotion did. */
export interface PromotionStats extends PromotionRedemption {
  /** The promotion. */
  readonly promotionId: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** How it stood then. */
  readonly status: PromotionStatus;
  /** What it has cost. */
  readonly cost: PromotionCost;
  /** What it was expected to cost; `null` where nothing was expected. */
  readonly expectedCost: PromotionCost | null;
  /** Net cost less that expected; above 0 where it was dearer; `null` where nothing was expected. */
  readonly costOverExpected: number | null;
  /** What the budget for claims has left, minor units: below 0 where it was overdrawn; `null` without a budget. */
  readonly budgetLeft: number | null;
  /** What it added; `null` where that was not measured. */
  readonly effect: PromotionEffect | null;
  /** Margin of the units added, minor units, also fractions of one; `null` where that is not known. */
  readonly incrementalMargin: number | null;
  /** Incremental margin less net cost, over net cost; `null` where that cost is not above 0 or the margin is not known. */
  readonly roi: Rate;
  /** Where the return lies, from the interval of the effect alone; `null` where that or the return is. */
  readonly roiInterval: Interval | null;
}

/**
 * How well did a promotion do: cost against plan, redemption, slippage, what it added and what it returned?
 *
 * @param promotion - The promotion.
 * @param counts - What went out and what was claimed by `asOf`.
 * @param options - `asOf`, `timeZone`, `effect` with `unitMargin`, `confidenceLevel` (default 0.95).
 * @returns One report; each rate with what it was computed from.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is impossible, or one of `effect` and `unitMargin` is missing.
 * @example
 * ```ts
 * import { promotionSchema, promotionStats, salesOverBaseline } from "clientele";
 *
 * const rebate = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 2_00 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 *   expected: { distributed: 10_000, redemptionRate: 0.1 },
 * });
 * const stats = promotionStats(rebate, { distributed: 10_000, claims: 1_200 }, {
 *   asOf: "2025-07-01",
 *   effect: salesOverBaseline({ before: [6_000, 6_400], during: [10_000] }),
 *   unitMargin: 1_00,
 * });
 * [stats.cost.net, stats.costOverExpected]; // => [240000, 40000]
 * stats.incrementalMargin; // => 380000
 * stats.roi.value; // ~> 0.583333
 * ```
 */
export function promotionStats(
  promotion: Promotion,
  counts: PromotionCounts,
  options: PromotionStatsOptions,
): PromotionStats {
  const redemption = promotionRedemption(promotion, counts, options);
  const { effect = null, unitMargin } = options;
  if (effect !== null) {
    assertOptions(effect, "a PromotionEffect", "options.effect");
    assertOneOf(effect.basis, "options.effect.basis", ["control", "baseline"]);
  }
  if (effect !== null || unitMargin !== undefined) {
    assertOptions(effect, "the PromotionEffect that options.unitMargin is for", "options.effect");
    assertInteger(unitMargin, "options.unitMargin");
  }
  const cost = promotionCost(promotion, counts);
  const expectedCost = promotion.expected === undefined ? null : expectedPromotionCost(promotion);
  const { budget } = promotion.limits;
  const margin = unitMargin ?? 0;
  const incremental = effect?.incremental ?? null;
  const incrementalMargin = incremental === null ? null : incremental * margin;
  const roi = roiOf(incrementalMargin, cost.net, effect);
  return {
    promotionId: promotion.id,
    asOf: readAsOf(options),
    status: promotionStatusAt(promotion, options),
    ...redemption,
    cost,
    expectedCost,
    costOverExpected: expectedCost === null ? null : cost.net - expectedCost.net,
    budgetLeft: budget === undefined ? null : budget - (cost.offer + cost.handling - cost.contribution),
    effect,
    incrementalMargin,
    roi,
    roiInterval: roiIntervalOf(effect?.interval ?? null, margin, roi),
  };
}

function roiOf(incrementalMargin: number | null, net: number, effect: PromotionEffect | null): Rate {
  if (incrementalMargin !== null) return ratio(incrementalMargin - net, net, "net cost");
  const reason =
    effect === null ? "options.effect is not given" : (effect.reason ?? "the effect is not known");
  return { value: null, numerator: 0, denominator: net, reason };
}

function roiIntervalOf(interval: Interval | null, margin: number, roi: Rate): Interval | null {
  if (interval === null || roi.value === null) return null;
  const returned = [interval.lower, interval.upper].map(
    (units) => (units * margin - roi.denominator) / roi.denominator,
  );
  // A unit may lose money, and then more units return less.
  return {
    lower: Math.min(...returned),
    upper: Math.max(...returned),
    confidenceLevel: interval.confidenceLevel,
  };
}
