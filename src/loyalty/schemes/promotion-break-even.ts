import { assertArgument, assertInRange, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { decimalFraction } from "../../core/fraction.js";
import { type Rate, ratio } from "../../core/rate.js";
import { roundQuotient } from "../../core/rounding.js";
import { safeIntegerOf } from "../../core/safe-integer.js";
import type { Promotion } from "../../model/promotion.js";
import { exactQuotient } from "./exact-quotient.js";
import { costOfClaim } from "./promotion-cost.js";

/** What the break-even is computed from. */
export interface PromotionBreakEvenOptions {
  /** What a unit sold earns before the promotion's costs, whole minor units, above 0. */
  readonly unitMargin: number;
  /** Units that would be sold without it; they carry the offer too. Whole. */
  readonly baselineUnits: number;
  /** Share of the possible claims that is made, 0 to 1; default what is expected. */
  readonly redemptionRate?: number;
}

/** How many more units have to be sold. */
export interface PromotionBreakEven {
  /** Units beyond the baseline, rounded up; 0 where it pays without; `null` where every unit more loses money. */
  readonly units: number | null;
  /** Those over the baseline; `null` where they are, and without a baseline. */
  readonly lift: Rate;
  /** What a unit sold in it leaves, minor units: margin less the distribution and the expected claim of a unit. */
  readonly marginInPromotion: number;
  /** Why `units` is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/**
 * How many more units must a promotion sell to pay for itself?
 *
 * Every unit sold carries the offer, whether it would have been sold anyway or not, so those have to be paid for too:
 * units = (fixed + baseline x c) / (margin - c), c being what a unit costs in distribution and expected claims. Limits of the
 * claims are left out of account: where they bind, it takes no more than that.
 *
 * @param promotion - The promotion: its offer and costs are read.
 * @param options - `unitMargin`, `baselineUnits`, `redemptionRate`.
 * @returns Units and lift needed, exact and rounded up once.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a number is impossible or no redemption rate is known.
 * @example
 * ```ts
 * import { promotionBreakEven, promotionSchema } from "clientele";
 *
 * const rebate = promotionSchema.parse({
 *   id: "spring",
 *   currency: "EUR",
 *   offer: { kind: "rebate", amount: 2_00 },
 *   costs: { fixed: 1_000_00 },
 *   productIds: ["coffee-500"],
 *   startAt: "2025-03-01T00:00:00Z",
 *   endAt: "2025-06-01T00:00:00Z",
 * });
 * const options = { unitMargin: 1_25, baselineUnits: 8_000, redemptionRate: 0.125 };
 * promotionBreakEven(rebate, options).units; // => 3_000
 * ```
 */
export function promotionBreakEven(
  promotion: Promotion,
  options: PromotionBreakEvenOptions,
): PromotionBreakEven {
  assertOptions(promotion, "a Promotion", "promotion");
  assertOptions(options, "{ unitMargin, baselineUnits }");
  const { unitMargin, baselineUnits, redemptionRate = promotion.expected?.redemptionRate } = options;
  assertInteger(unitMargin, "options.unitMargin", 1);
  assertInteger(baselineUnits, "options.baselineUnits", 0);
  assertArgument(
    redemptionRate !== undefined,
    "options.redemptionRate",
    () => `promotion ${shown(promotion.id)} has no expected redemption rate: pass options.redemptionRate`,
  );
  assertInRange(redemptionRate, "options.redemptionRate", 0, 1);

  const { offer, costs } = promotion;
  const rate = decimalFraction(redemptionRate, "options.redemptionRate");
  // All in minor units / scale, so that nothing is rounded before the end.
  const scale = rate.denominator * (offer.kind === "collection" ? BigInt(offer.required) : 1n);
  const claimCost = rate.numerator * BigInt(costOfClaim(promotion));
  const unitCost = BigInt(costs.perUnit) * scale + claimCost;
  const left = BigInt(unitMargin) * scale - unitCost;
  const due = BigInt(costs.fixed) * scale + BigInt(baselineUnits) * unitCost;
  const marginInPromotion = exactQuotient(left, scale);
  if (due <= 0n)
    return { units: 0, lift: ratio(0, baselineUnits, "baseline units"), marginInPromotion, reason: null };
  if (left <= 0n) {
    const reason = `a unit leaves ${marginInPromotion} in the promotion: no number of units pays for it`;
    const lift = { value: null, numerator: 0, denominator: baselineUnits, reason };
    return { units: null, lift, marginInPromotion, reason };
  }
  const units = safeIntegerOf(
    roundQuotient(due, left, "ceiling"),
    "options.baselineUnits",
    "the number of units",
  );
  return { units, lift: ratio(units, baselineUnits, "baseline units"), marginInPromotion, reason: null };
}
