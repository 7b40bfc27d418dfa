import {
  assertWeightSum,
  checkRows,
  checkWeight,
  isFiniteNumber,
  isLevel,
  isScale,
  sacrificeProblem,
  uniqueId,
  type ValueScale,
} from "../checked-rows.js";
import { type CustomerValue, valueOfItems } from "./customer-value.js";
import type { ValueItems, ValueSide } from "./value-item.js";
import type { CustomerValueOptions } from "./value-options.js";
import type { ItemPlaces } from "./weigh-items.js";

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
  /** Score by item: how much of the benefit or sacrifice it brings; a sacrifice is below 0 only on a scale that goes there. */
  readonly scores: Readonly<Record<string, number>>;
  /** The scale that its scores were given on: refused where an item has another one; absent: that of the items. */
  readonly scale?: ValueScale | undefined;
  /** What the customer pays, in any unit that all offers share, from 0; needed, and above 0, for a value map alone. */
  readonly price?: number | undefined;
}

/** An offer in the order of customers. */
export interface ComparedOffer {
  /** Which offer. */
  readonly id: string;
  /** 1 for the highest net value; equals, also those that rounding alone sets apart, share the better place. */
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
 * @throws {@link ClienteleError} `INVALID_ROWS` for an item without a weight, an offer without a score for an item or with
 *   another scale; `INVALID_ARGUMENT` when scales differ and an item has none, or a mean has no items on a side.
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
  return rankedOffers(items, offers, options, "items");
}

/** The same of checked items and offers; `path` is what the items are called. @internal */
export function rankedOffers(
  items: readonly WeightedItem[],
  offers: readonly ScoredOffer[],
  options: CustomerValueOptions,
  path: string,
): readonly ComparedOffer[] {
  const places = placesOf(items, path);
  const compared = offers.map((offer) => {
    const value = valueOfItems(itemsOfOffer(items, offer), options, places);
    return { id: offer.id, value, net: value.net, size: sizeOf(value) };
  });
  return compared
    .map(({ id, value, net, size }) => ({
      id,
      rank:
        1 + compared.filter((other) => other.net > net && !isLevel(other.net, net, other.size + size)).length,
      value,
    }))
    .sort((a, b) => a.rank - b.rank);
}

/** Net value of one less that of the other: 0 where rounding alone sets them apart. @internal */
export function leadOver(one: CustomerValue, other: CustomerValue): number {
  return isLevel(one.net, other.net, sizeOf(one) + sizeOf(other)) ? 0 : one.net - other.net;
}

/** What a net value was added up from, without signs. */
function sizeOf({ contributions }: CustomerValue): number {
  return contributions.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
}

/** Where items of one list stand that are weighed by side. @internal */
export function placesOf(items: readonly WeightedItem[], path: string): ItemPlaces {
  const placeOf = (side: ValueSide, place: number): number =>
    items.flatMap((item, i) => (sideOf(item) === side ? [i] : []))[place];
  return {
    whole: path,
    side: () => path,
    sideName: (side) => `the list of ${side}s in ${path}`,
    item: (side, place) => `${path}[${placeOf(side, place)}]`,
  };
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
  let shared: ValueScale | undefined;
  checkRows(offers, path, (row, report) => {
    checkId(row, report);
    const { scale: own, price } = row;
    if (price !== undefined && !(isFiniteNumber(price) && price >= 0))
      report("price", "is not a finite number from 0 on", price);
    if (own !== undefined && !isScale(own)) report("scale", "is not { min, max } with min below max", own);
    const scores = Object(row.scores) as Readonly<Record<string, unknown>>;
    for (const item of items) {
      const { id, scale = isScale(own) ? own : undefined } = item;
      const score = Object.hasOwn(scores, id) ? scores[id] : undefined;
      if (!isFiniteNumber(score)) report(`scores.${id}`, "is not a finite number", score);
      else {
        if (scale !== undefined && (score < scale.min || score > scale.max))
          report(`scores.${id}`, `is outside its scale from ${scale.min} to ${scale.max}`, score);
        const problem = sideOf(item) === "sacrifice" ? sacrificeProblem(score, scale) : null;
        if (problem !== null) report(`scores.${id}`, problem, score);
      }
    }
    if (!isScale(own)) return;
    shared ??= own;
    const other = [shared, ...items.flatMap(({ scale }) => scale ?? [])].find(
      ({ min, max }) => min !== own.min || max !== own.max,
    );
    if (other !== undefined)
      report(
        "scale",
        `from ${own.min} to ${own.max} is not the one from ${other.min} to ${other.max} of the rest: bring the scores onto one scale`,
        undefined,
      );
  });
}
