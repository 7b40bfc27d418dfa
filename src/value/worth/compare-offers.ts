import {
  assertWeightSum,
  checkRows,
  checkWeight,
  isFiniteNumber,
  isScale,
  uniqueId,
  type ValueScale,
} from "../checked-rows.js";
import { type CustomerValue, customerValue } from "./customer-value.js";
import type { ValueItems, ValueSide } from "./value-item.js";
import { type CustomerValueOptions, valueOptions } from "./value-options.js";

/** What matters to customers, and how much, whichever offer is scored. */
export interface WeightedItem {
  /** A benefit or sacrifice, named once. */
  readonly id: string;
  /** Got or given; default `"benefit"`. */
  readonly side?: ValueSide | undefined;
  /** How much it matters, from 0. */
  readonly weight: number;
  /** Lowest and highest score that is possible; absent: not bounded. */
  readonly scale?: ValueScale | undefined;
}

/** An offer, ours or a competitor's, as customers see it. */
export interface ScoredOffer {
  /** Whose it is, or which. */
  readonly id: string;
  /** Score by item: how much of the benefit or sacrifice it brings. */
  readonly scores: Readonly<Record<string, number>>;
  /** What the customer pays, in any unit that all offers share, above 0; needed for a value map alone. */
  readonly price?: number | undefined;
}

/** An offer in the order of customers. */
export interface ComparedOffer {
  /** Which offer. */
  readonly id: string;
  /** 1 for the highest net value; equals share the better place. */
  readonly rank: number;
  /** Its benefits against its sacrifices. */
  readonly value: CustomerValue;
}

/**
 * Which offer gives customers the most, with the same weights for all?
 *
 * @param items - What matters: id, side, weight, scale.
 * @param offers - Ours and the competitors', each with a score for each item; scores of other items are not read.
 * @param options - The options of {@link customerValue}.
 * @returns The offers, the highest net value first; equals in the order of the input.
 * @throws {@link ClienteleError} `INVALID_ROWS` for an item without a weight or an offer without a score for an item.
 * @example
 * ```ts
 * import { compareOffers } from "clientele";
 *
 * const items = [{ id: "service", weight: 3 }, { id: "time", weight: 1, side: "sacrifice" as const }];
 * const offers = [{ id: "us", scores: { service: 8, time: 4 } }, { id: "rival", scores: { service: 7, time: 2 } }];
 * compareOffers(items, offers).map(({ id, value }) => [id, value.net]); // => [["us", 20], ["rival", 19]]
 * ```
 */
export function compareOffers(
  items: readonly WeightedItem[],
  offers: readonly ScoredOffer[],
  options: CustomerValueOptions = {},
): readonly ComparedOffer[] {
  assertItems(items, "items");
  assertOffers(offers, items, "offers");
  return rankedOffers(items, offers, options);
}

/** The same of checked items and offers. @internal */
export function rankedOffers(
  items: readonly WeightedItem[],
  offers: readonly ScoredOffer[],
  options: CustomerValueOptions,
): readonly ComparedOffer[] {
  valueOptions(options);
  const compared = offers.map((offer) => ({
    id: offer.id,
    value: customerValue(itemsOfOffer(items, offer), options),
  }));
  return compared
    .map(({ id, value }) => ({
      id,
      rank: 1 + compared.filter((other) => other.value.net > value.net).length,
      value,
    }))
    .sort((a, b) => a.rank - b.rank);
}

/** What an offer brings, as lists of items with their scores. */
function itemsOfOffer(items: readonly WeightedItem[], { scores }: ScoredOffer): ValueItems {
  const ofSide = (side: ValueSide): ValueItems["benefits"] =>
    items
      .filter((item) => sideOf(item) === side)
      .map(({ id, weight, scale }) => ({ id, weight, scale, score: scores[id] }));
  return { benefits: ofSide("benefit"), sacrifices: ofSide("sacrifice") };
}

/** @internal */
export function sideOf({ side = "benefit" }: Pick<WeightedItem, "side">): ValueSide {
  return side;
}

/** Throws unless each item has an id of its own, a weight and a side. @internal */
export function assertItems(items: unknown, path: string): asserts items is readonly WeightedItem[] {
  const checkId = uniqueId();
  checkRows(items, path, (row, report) => {
    checkId(row, report);
    checkWeight(row.weight, report, true);
    const { side = "benefit", scale } = row;
    if (side !== "benefit" && side !== "sacrifice") report("side", "is not benefit or sacrifice", side);
    if (scale !== undefined && !isScale(scale))
      report("scale", "is not { min, max } with min below max", scale);
  });
  assertWeightSum(
    (items as readonly WeightedItem[]).map(({ weight }) => weight),
    path,
  );
}

/** Throws unless each offer has an id of its own and a score for each item, on its scale. @internal */
export function assertOffers(
  offers: unknown,
  items: readonly WeightedItem[],
  path: string,
): asserts offers is readonly ScoredOffer[] {
  const checkId = uniqueId();
  checkRows(offers, path, (row, report) => {
    checkId(row, report);
    const scores = Object(row.scores) as Readonly<Record<string, unknown>>;
    for (const { id, scale } of items) {
      const score = Object.hasOwn(scores, id) ? scores[id] : undefined;
      if (!isFiniteNumber(score)) report(`scores.${id}`, "is not a finite number", score);
      else if (scale !== undefined && (score < scale.min || score > scale.max))
        report(`scores.${id}`, `is outside its scale from ${scale.min} to ${scale.max}`, score);
    }
  });
}
