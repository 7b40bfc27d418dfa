import { assertArgument } from "../../core/assert.js";
import { isLevel } from "../checked-rows.js";
import {
  type ComparedOffer,
  compareOffers,
  leadOver,
  type ScoredOffer,
  sideOf,
  type WeightedItem,
} from "./compare-offers.js";
import type { ValueSide } from "./value-item.js";
import type { CustomerValueOptions } from "./value-options.js";
import { weightAtTarget } from "./weight-at-target.js";

/** The weight of one item at which two offers change places. */
export interface BreakEvenWeight {
  /** Which item's weight is moved, all others as they are. */
  readonly id: string;
  /** Got or given. */
  readonly side: ValueSide;
  /** The weight as it came. */
  readonly weight: number;
  /**
   * The weight at which both have the same net value. Beyond it the order is turned; below 0, where it is 0, there is no
   * weight, and the two are level at best. `null`: no weight from 0 on makes them level.
   */
  readonly breakEven: number | null;
  /** Relative change of the weight up to there, -0.2 for a fifth less; `null` without a break-even or with a weight of 0. */
  readonly change: number | null;
  /** Why there is no break-even weight; `null` where there is one. */
  readonly reason: string | null;
}

/** Two offers, and what would turn their order. */
export interface OfferDuel {
  /** The offer with the higher net value. */
  readonly ahead: string;
  /** The other. */
  readonly behind: string;
  /** Net value of the first less that of the second; 0 for a tie, also for one that rounding alone sets apart. */
  readonly lead: number;
  /** One for each item, in the order of the input. */
  readonly items: readonly BreakEvenWeight[];
  /** The item whose weight turns the order with the smallest relative change; `null` where none above 0 turns it. */
  readonly closest: BreakEvenWeight | null;
}

/** How firm an order of offers is. */
export interface BreakEvenWeights {
  /** The offers, the highest net value first. */
  readonly order: readonly ComparedOffer[];
  /** Every pair of offers, by the place of the first, then of the second. */
  readonly duels: readonly OfferDuel[];
}

/**
 * Which change of one weight turns the order of the offers?
 *
 * Exact, not searched for: with one weight moving, the gap between two nets is a straight line in it (for means, once
 * multiplied by the sum of the weights).
 *
 * @param items - What matters: id, side, weight, scale.
 * @param offers - At least two, each with a score for each item.
 * @param options - The options of {@link customerValue}.
 * @returns The order, and for each pair and item the weight at which the two draw level.
 * @throws {@link ClienteleError} as {@link compareOffers}; `INVALID_ARGUMENT` for fewer than two offers.
 * @example
 * ```ts
 * import { breakEvenWeights } from "clientele";
 *
 * const items = [{ id: "service", weight: 3 }, { id: "time", weight: 1, side: "sacrifice" as const }];
 * const offers = [{ id: "us", scores: { service: 8, time: 4 } }, { id: "rival", scores: { service: 7, time: 2 } }];
 * const [duel] = breakEvenWeights(items, offers).duels;
 * duel?.lead; // => 1
 * duel?.items.map(({ id, breakEven }) => [id, breakEven]); // => [["service", 2], ["time", 1.5]]
 * duel?.closest?.id; // => "service"
 * ```
 */
export function breakEvenWeights(
  items: readonly WeightedItem[],
  offers: readonly ScoredOffer[],
  options: CustomerValueOptions = {},
): BreakEvenWeights {
  const order = compareOffers(items, offers, options);
  assertArgument(
    order.length >= 2,
    "offers",
    () => `offers holds ${order.length}: pass at least two, to compare`,
  );
  const duels = order.flatMap((ahead, i) => order.slice(i + 1).map((behind) => duelOf(items, ahead, behind)));
  return { order, duels };
}

function duelOf(items: readonly WeightedItem[], ahead: ComparedOffer, behind: ComparedOffer): OfferDuel {
  const lead = leadOver(ahead.value, behind.value);
  const found = items.map((item) => breakEvenOf(item, ahead, behind, lead));
  const closest = found
    .filter(({ change, breakEven }) => change !== null && breakEven !== 0)
    .reduce<BreakEvenWeight | null>(
      (best, one) => (best === null || Math.abs(one.change ?? 0) < Math.abs(best.change ?? 0) ? one : best),
      null,
    );
  return { ahead: ahead.id, behind: behind.id, lead, items: found, closest };
}

function breakEvenOf(
  item: WeightedItem,
  ahead: ComparedOffer,
  behind: ComparedOffer,
  lead: number,
): BreakEvenWeight {
  const side = sideOf(item);
  const { id, weight } = item;
  const found = (breakEven: number | null, reason: string | null): BreakEvenWeight => ({
    id,
    side,
    weight,
    breakEven,
    change: breakEven === null || weight === 0 ? null : (breakEven - weight) / weight,
    reason,
  });
  if (lead === 0) return found(null, "the two offers are tied as it is");
  const { combine, contributions } = ahead.value;
  let own = 0;
  let rest = 0;
  let restWeight = 0;
  let otherWeight = 0;
  let reach = 0;
  // Both lists hold the same items in the same order.
  for (const [i, part] of contributions.entries()) {
    const { points } = behind.value.contributions[i];
    reach = Math.max(reach, Math.abs(part.points), Math.abs(points));
    if (part.side !== side) {
      otherWeight += part.weight;
      continue;
    }
    const gap = part.points - points;
    if (part.id === id) own = gap;
    else {
      rest += part.weight * gap;
      restWeight += part.weight;
    }
  }
  // The order turns where this side's gap comes to what the other side makes up for.
  const target =
    side === "benefit"
      ? ahead.value.sacrifice - behind.value.sacrifice
      : ahead.value.benefit - behind.value.benefit;
  const breakEven = weightAtTarget({ rest, restWeight, own, target, combine, reach, otherWeight });
  return breakEven === null
    ? found(
        null,
        isLevel(own, 0, reach) && combine === "sum"
          ? "both have the same score"
          : "no weight from 0 on turns the order",
      )
    : found(breakEven, null);
}
