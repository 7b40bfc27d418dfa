import { assertArgument, assertInRange, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { checkRows, isWithin, uniqueId } from "../checked-rows.js";
import {
  assertItems,
  assertOffers,
  leadOver,
  rankedOffers,
  type ScoredOffer,
  type WeightedItem,
} from "../worth/compare-offers.js";
import type { CustomerValue } from "../worth/customer-value.js";
import type { ValueSide } from "../worth/value-item.js";
import type { CustomerValueOptions } from "../worth/value-options.js";

/** What matters to a segment. */
export interface SegmentWeights {
  /** Which segment, once. */
  readonly segmentId: string;
  /** What matters to its customers, and how much. */
  readonly items: readonly WeightedItem[];
  /** The offers as this segment sees them; default those of the call. */
  readonly offers?: readonly ScoredOffer[] | undefined;
}

/** How propositions are found. */
export interface SegmentPropositionsOptions extends CustomerValueOptions {
  /** Which offer is ours. */
  readonly ours: string;
  /** Distance of scores, in the unit of the result, that customers do not notice: up to it is parity, from 0; default 0. */
  readonly parity?: number | undefined;
  /** How many differences are promised, from 1; default 2. */
  readonly focus?: number | undefined;
}

/** One item of a proposition: ours against the next best alternative. */
export interface PropositionPoint {
  /** Which item. */
  readonly itemId: string;
  /** Got or given. */
  readonly side: ValueSide;
  /** How much it matters. */
  readonly weight: number;
  /** Our score in the unit of the result. */
  readonly ours: number;
  /** The next best alternative's. */
  readonly theirs: number;
  /** What it adds to our lead: above 0 where we give more or ask less. */
  readonly lead: number;
  /** `difference`: we are better; `parity`: as good; `deficit`: they are better. */
  readonly kind: "difference" | "parity" | "deficit";
}

/** What to promise a segment. */
export interface SegmentProposition {
  /** Which segment. */
  readonly segmentId: string;
  /** Our offer to it. */
  readonly value: CustomerValue;
  /** What ours costs, as the offer has it; `null`: not given. It is not part of the net value, unless it is one of the items. */
  readonly price: number | null;
  /** The competitor's offer with the highest net value to it. */
  readonly nextBest: {
    /** Which offer. */
    readonly id: string;
    /** Its benefits against its sacrifices. */
    readonly value: CustomerValue;
    /** What it costs; `null`: not given. */
    readonly price: number | null;
  };
  /** Our net value less that of the next best alternative; 0 for a tie, also for one that rounding alone sets apart. */
  readonly lead: number;
  /** Every item, the greatest lead first; the leads add up to the whole lead. */
  readonly points: readonly PropositionPoint[];
  /** Items to promise: the differences with the greatest leads above 0, at most `focus`. */
  readonly promise: readonly string[];
  /** Items that we are no worse in, to be named as such: parity, the heaviest first. */
  readonly parity: readonly string[];
}

/**
 * What should we promise each segment, given what matters to it and what else it could buy?
 *
 * Points of difference, of parity and of contention against the next best alternative, and a focus on the one or two that
 * matter most (Anderson, Narus & van Rossum 2006). The next best alternative is another one for each segment.
 *
 * @param segments - What matters to each, and how it sees the offers where that differs.
 * @param offers - Ours and the competitors', with a score for each item.
 * @param options - `ours`, `parity`, `focus`, and the options of {@link customerValue}.
 * @returns One proposition for each segment, in the order of the input; write what you promise as `valuePropositionSchema` records.
 * @throws {@link ClienteleError} as {@link compareOffers}, with the segment in the path; `INVALID_ARGUMENT` where our offer or
 *   any other is missing.
 * @example
 * ```ts
 * import { segmentPropositions } from "clientele";
 *
 * const sacrifice = "sacrifice" as const;
 * const [families] = segmentPropositions(
 *   [{ segmentId: "families", items: [{ id: "service", weight: 3 }, { id: "time", weight: 1, side: sacrifice }] }],
 *   [{ id: "us", scores: { service: 8, time: 4 } }, { id: "rival", scores: { service: 7, time: 2 } }],
 *   { ours: "us" },
 * );
 * families?.lead; // => 1
 * families?.promise; // => ["service"]
 * families?.points.map(({ itemId, kind, lead }) => [itemId, kind, lead]); // => [["service", "difference", 3], ["time", "deficit", -2]]
 * ```
 */
export function segmentPropositions(
  segments: readonly SegmentWeights[],
  offers: readonly ScoredOffer[],
  options: SegmentPropositionsOptions,
): readonly SegmentProposition[] {
  assertOptions(options, "{ ours }");
  const { ours, parity = 0, focus = 2 } = options;
  assertInRange(parity, "options.parity", 0, Number.MAX_VALUE);
  assertInteger(focus, "options.focus", 1);
  checkRows(segments, "segments", uniqueId("segmentId"));
  return segments.map(({ segmentId, items, offers: seen }, i): SegmentProposition => {
    const own = seen ?? offers;
    assertItems(items, `segments[${i}].items`);
    assertOffers(own, items, seen === undefined ? "offers" : `segments[${i}].offers`);
    const order = rankedOffers(items, own, options, `segments[${i}].items`);
    const priceOf = (id: string): number | null => own.find((offer) => offer.id === id)?.price ?? null;
    const mine = order.find(({ id }) => id === ours);
    const next = order.find(({ id }) => id !== ours);
    assertArgument(mine !== undefined && next !== undefined, "options.ours", () =>
      mine === undefined
        ? `options.ours is ${shown(ours)}: pass the id of one of the offers to ${shown(segmentId)}`
        : `options.ours is ${shown(ours)}, the only offer to ${shown(segmentId)}: pass at least one competitor's`,
    );
    const points = pointsOf(mine.value, next.value, parity);
    const differences = points.filter(({ kind, lead }) => kind === "difference" && lead > 0);
    return {
      segmentId,
      value: mine.value,
      price: priceOf(ours),
      nextBest: { id: next.id, value: next.value, price: priceOf(next.id) },
      lead: leadOver(mine.value, next.value),
      points,
      promise: differences.slice(0, focus).map(({ itemId }) => itemId),
      parity: points
        .filter(({ kind, weight }) => kind === "parity" && weight > 0)
        .sort((a, b) => b.weight - a.weight)
        .map(({ itemId }) => itemId),
    };
  });
}

function pointsOf(mine: CustomerValue, next: CustomerValue, parity: number): PropositionPoint[] {
  // Both hold the same items in the same order.
  return mine.contributions
    .map(({ id, side, weight, points, contribution }, i): PropositionPoint => {
      const other = next.contributions[i];
      const sign = side === "benefit" ? 1 : -1;
      const distance = sign * (points - other.points);
      return {
        itemId: id,
        side,
        weight,
        ours: points,
        theirs: other.points,
        lead: sign * (contribution - other.contribution) + 0,
        kind: isWithin(distance, parity, Math.abs(points) + Math.abs(other.points))
          ? "parity"
          : distance > 0
            ? "difference"
            : "deficit",
      };
    })
    .sort((a, b) => b.lead - a.lead);
}
