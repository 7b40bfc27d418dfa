import { assertArgument, assertInRange, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { assertReached, checkRows, isFiniteNumber, isWithin } from "../checked-rows.js";
import { assertItems, assertOffers, type ScoredOffer, type WeightedItem } from "../worth/compare-offers.js";
import { sharesOf } from "./customer-value-analysis.js";
import { type FairValueLine, fairValueLine } from "./fair-value-line.js";

/** An offer with its price, as a value map needs it. */
export interface PricedOffer extends ScoredOffer {
  /** What the customer pays, above 0, in any unit that all offers share. */
  readonly price: number;
}

/** How a value map is drawn up. */
export interface ValueMapOptions {
  /**
   * `"weights"` (default): the fair-value line runs through (1, 1) with the slope price weight / quality weight, so that along it
   * more quality just makes up for more price. `"fitted"`: least squares through the competitors, which says what the market
   * charges and not what customers want.
   */
  readonly line?: "weights" | "fitted" | undefined;
  /** How much quality matters against price, from 0; for `line: "weights"`, with `priceWeight`. */
  readonly qualityWeight?: number | undefined;
  /** How much price matters, from 0; for `line: "weights"`. */
  readonly priceWeight?: number | undefined;
  /** `"market"` (default): 1 is the mean of all offers. `"others"`: each against the mean of all others, as Gale compares. */
  readonly against?: "market" | "others" | undefined;
  /** Which offer is ours: it is left out of a fitted line; default none. */
  readonly ours?: string | undefined;
  /** How far from the line, in relative quality, still counts as fair, from 0; default 0. Rounding does not count. */
  readonly tolerance?: number | undefined;
}

/** Where an offer stands. */
export interface MappedOffer {
  /** Which offer. */
  readonly id: string;
  /** Whether it is ours. */
  readonly isOurs: boolean;
  /** Price over the mean price: the horizontal axis. */
  readonly relativePrice: number;
  /** Market-perceived quality, weighted mean of score over mean score: the vertical axis. */
  readonly relativeQuality: number;
  /** Quality that the line asks for at this price; `null` without a line. */
  readonly fairQuality: number | null;
  /** Relative quality above the line, below 0 under it; `null` without a line. */
  readonly advantage: number | null;
  /**
   * Price at which it would stand on the line, the prices of the others as they are, in the unit of the prices. With a line by
   * weights a map drawn again at that price shows it there; a fitted line is taken as it is. `null` where the line does not rise
   * or asks for a price that is not above 0 or has no end.
   */
  readonly fairPrice: number | null;
  /** Above the line, on it, under it; `null` without a line. */
  readonly position: "superior" | "fair" | "inferior" | null;
}

/** Offers by price and quality, as customers see them. */
export interface ValueMap {
  /** In the order of the input. */
  readonly offers: readonly MappedOffer[];
  /** Which offers are worth their price. */
  readonly line: FairValueLine;
  /** What 1 is on both axes. */
  readonly against: "market" | "others";
  /** Distance from the line that still counts as fair. */
  readonly tolerance: number;
}

/**
 * Who gives more quality than the price asks for, and who less?
 *
 * The value map (Gale 1994): relative price across, market-perceived quality upwards, and a fair-value line. Above and left of it
 * customers get more than they pay for. A line must be said how it is meant: by weights it needs both weights; fitted it
 * needs three competitors.
 *
 * @param attributes - Attributes of quality with weights; price is not among them.
 * @param offers - At least two, with a score above 0 for each attribute and a price above 0.
 * @param options - The line and its weights, what offers are measured against, which is ours.
 * @returns Each offer's place, its distance from the line and its fair price.
 * @throws {@link ClienteleError} `INVALID_ROWS` for a score or price that is not above 0; `INVALID_ARGUMENT` for weights that are
 *   missing or idle, an attribute that is a sacrifice, fewer than two offers, an unknown `ours`.
 * @example
 * ```ts
 * import { valueMap } from "clientele";
 *
 * const { offers, line } = valueMap(
 *   [{ id: "taste", weight: 1 }],
 *   [{ id: "us", scores: { taste: 9 }, price: 110 }, { id: "rival", scores: { taste: 6 }, price: 90 }],
 *   { qualityWeight: 0.5, priceWeight: 0.5, ours: "us" },
 * );
 * line.slope; // => 1
 * offers[0]?.relativeQuality; // ~> 1.2
 * offers[0]?.advantage; // ~> 0.1
 * offers[0]?.fairPrice; // ~> 135
 * ```
 */
export function valueMap(
  attributes: readonly WeightedItem[],
  offers: readonly PricedOffer[],
  options: ValueMapOptions = {},
): ValueMap {
  assertOptions(options);
  const { line: kind = "weights", against = "market", ours, tolerance = 0 } = options;
  assertOneOf(kind, "options.line", ["weights", "fitted"]);
  assertOneOf(against, "options.against", ["market", "others"]);
  assertInRange(tolerance, "options.tolerance", 0, Number.MAX_VALUE);
  assertMapInput(attributes, offers, ours);
  const slope = slopeOf(kind, options);
  const sum = attributes.reduce((total, { weight }) => total + weight, 0);
  const meanOf = (i: number, what: string, of: (offer: PricedOffer) => number): number => {
    const base = offers.filter((_, other) => against === "market" || other !== i);
    return assertReached(base.reduce((total, offer) => total + of(offer), 0) / base.length, "offers", what);
  };
  const places = offers.map((offer, i) => {
    const meanPrice = meanOf(i, "a mean price", ({ price }) => price);
    const relativeQuality = attributes.reduce((total, { id, weight }) => {
      const mean = meanOf(i, "a mean score", ({ scores }) => scores[id]);
      return total + (weight / sum) * (offer.scores[id] / mean);
    }, 0);
    return {
      id: offer.id,
      isOurs: offer.id === ours,
      relativePrice: assertReached(offer.price / meanPrice, `offers[${i}].price`, "a relative price"),
      relativeQuality: assertReached(relativeQuality, `offers[${i}].scores`, "a relative quality"),
      // Its own price moves the mean that it is measured against, and a line by weights stays where it is.
      priceAt: priceAt(offer.price, meanPrice, against === "market" && slope !== null ? offers.length : null),
    };
  });
  const line = fairValueLine(
    slope,
    places.filter(({ isOurs }) => !isOurs),
  );
  return {
    offers: places.map(({ priceAt: toPrice, ...place }) => ({
      ...place,
      ...againstLine(place, toPrice, line, tolerance),
    })),
    line,
    against,
    tolerance,
  };
}

/** What price comes to a relative price; with `n` offers behind the mean, the offer's own moves it. */
function priceAt(price: number, mean: number, n: number | null): (relativePrice: number) => number {
  return (relativePrice) =>
    n === null
      ? relativePrice * mean
      : // p / ((p + rest) / n) = r; above n no price comes to r, and the quotient is below 0.
        (relativePrice * (n * mean - price)) / (n - relativePrice);
}

function againstLine(
  { relativePrice, relativeQuality }: { readonly relativePrice: number; readonly relativeQuality: number },
  toPrice: (relativePrice: number) => number,
  { slope, intercept }: FairValueLine,
  tolerance: number,
): Pick<MappedOffer, "fairQuality" | "advantage" | "fairPrice" | "position"> {
  if (slope === null || intercept === null)
    return { fairQuality: null, advantage: null, fairPrice: null, position: null };
  const fairQuality = intercept + slope * relativePrice;
  const advantage = relativeQuality - fairQuality;
  const fairPrice = slope > 0 ? toPrice((relativeQuality - intercept) / slope) : Number.NaN;
  return {
    fairQuality,
    advantage,
    fairPrice: fairPrice > 0 && Number.isFinite(fairPrice) ? fairPrice : null,
    position: isWithin(advantage, tolerance, relativeQuality + Math.abs(slope) * relativePrice)
      ? "fair"
      : advantage > 0
        ? "superior"
        : "inferior",
  };
}

/** The slope that the weights give; `null` for a line that is to be fitted. */
function slopeOf(kind: "weights" | "fitted", { qualityWeight, priceWeight }: ValueMapOptions): number | null {
  if (kind === "fitted") {
    assertArgument(
      qualityWeight === undefined && priceWeight === undefined,
      "options.qualityWeight",
      () => 'options.qualityWeight and priceWeight are not read with line "fitted": leave them out',
    );
    return null;
  }
  assertArgument(
    qualityWeight !== undefined && priceWeight !== undefined,
    "options.qualityWeight",
    () =>
      `options.qualityWeight is ${shown(qualityWeight)} and priceWeight ${shown(priceWeight)}: pass both, or line "fitted"`,
  );
  const weights = sharesOf(qualityWeight, priceWeight, "options.");
  assertArgument(
    weights.qualityWeight > 0,
    "options.qualityWeight",
    () => "options.qualityWeight is 0, where the line is upright: pass a number above 0",
  );
  return weights.priceWeight / weights.qualityWeight;
}

function assertMapInput(
  attributes: readonly WeightedItem[],
  offers: readonly PricedOffer[],
  ours: string | undefined,
): void {
  assertItems(attributes, "attributes");
  attributes.forEach(({ side }, i) => {
    assertArgument(
      side !== "sacrifice",
      `attributes[${i}].side`,
      () =>
        `attributes[${i}].side is "sacrifice": a value map has benefits, and the price as the one sacrifice`,
    );
  });
  assertOffers(offers, attributes, "offers");
  checkRows(offers, "offers", (row, report) => {
    const { price, scores } = row as unknown as PricedOffer;
    if (!isFiniteNumber(price) || price <= 0) report("price", "is not a finite number above 0", price);
    for (const { id } of attributes)
      if (scores[id] <= 0) report(`scores.${id}`, "is not above 0", scores[id]);
  });
  assertArgument(
    offers.length >= 2,
    "offers",
    () => `offers holds ${offers.length}: pass at least two, to compare`,
  );
  assertArgument(
    ours === undefined || offers.some(({ id }) => id === ours),
    "options.ours",
    () => `options.ours is ${shown(ours)}: pass the id of one of the offers`,
  );
}
