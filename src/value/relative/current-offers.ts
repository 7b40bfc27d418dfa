import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { assertCurrency, isCurrency } from "../../core/currency.js";
import { ClienteleError } from "../../core/errors.js";
import { epochMs, type Instant, isInstantMs } from "../../core/instant.js";
import { assertTimeZone } from "../../core/time-zone.js";
import type { CompetitorOffer } from "../../model/competitor-offer.js";
import { checkRows, isFiniteNumber, isScale, type ReportProblem, uniqueId } from "../checked-rows.js";
import type { ScoredOffer } from "../worth/compare-offers.js";

/** Which competitor offers are wanted. */
export interface CurrentOffersOptions {
  /** Records at or after this instant do not exist yet. */
  readonly asOf: Instant;
  /** In the eyes of which segment: its own records come before those for all; default those for all alone. */
  readonly segmentId?: string | undefined;
  /** Competing with which of our products, with those that compete with none in particular; default those alone. */
  readonly productId?: string | undefined;
  /** ISO 4217 code in which prices have to be; default any, as long as it is one. */
  readonly currency?: string | undefined;
  /** IANA name of the zone in which a civil day `asOf` begins; default `"UTC"`. */
  readonly timeZone?: string | undefined;
}

/** A competitor's offer as it stands. */
export interface CurrentOffer extends ScoredOffer {
  /** The competitor. */
  readonly id: string;
  /** Which record it is. */
  readonly offerId: string;
  /** Price in minor units; absent: not known. */
  readonly price?: number;
  /** When it was looked at, epoch milliseconds: how old the news is. */
  readonly at: number;
}

/** What competitors offer at an instant. */
export interface CurrentOffers {
  /** One for each competitor, by the order of their first record. */
  readonly offers: readonly CurrentOffer[];
  /** Competitors of whom every latest record is past its `validUntil`: look again. */
  readonly lapsed: readonly string[];
  /** Currency of the prices; `null` where no price is known. */
  readonly currency: string | null;
}

/**
 * What does each competitor offer now, as far as we know?
 *
 * The latest record of each; one made for the segment or product that is asked for comes before one for all as long as it
 * holds. A record that has lapsed is not replaced by an older one of its kind. Of two of one instant the greater id counts,
 * whichever comes first.
 *
 * @param records - Parsed {@link CompetitorOffer} records, in any order.
 * @param options - `asOf`, and which segment, product and currency.
 * @returns Offers with scores by item, as {@link compareOffers} and {@link valueMap} take them.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a bad option; `UNKNOWN_TIME_ZONE`; `INVALID_ROWS` for records that
 *   `parseRecords` did not see; `CURRENCY_MISMATCH` where prices are in several currencies.
 * @example
 * ```ts
 * import { competitorOfferSchema, currentOffers, parseRecords } from "clientele";
 *
 * const seen = (id: string, at: string, score: number) => {
 *   return { id, competitorId: "rival", scores: [{ itemId: "service", score }], at };
 * };
 * const sent = [seen("1", "2024-01-01T00:00:00Z", 7), seen("2", "2024-06-01T00:00:00Z", 8)];
 * const records = parseRecords(competitorOfferSchema, sent);
 * currentOffers(records, { asOf: "2024-07-01" }).offers[0]?.scores; // => { service: 8 }
 * currentOffers(records, { asOf: "2024-03-01" }).offers[0]?.offerId; // => "1"
 * ```
 */
export function currentOffers(
  records: readonly CompetitorOffer[],
  options: CurrentOffersOptions,
): CurrentOffers {
  assertOptions(options, "{ asOf }");
  const { segmentId, productId, timeZone = "UTC" } = options;
  assertTimeZone(timeZone, "options.timeZone");
  for (const [name, id] of Object.entries({ segmentId, productId }))
    assertArgument(
      id === undefined || (typeof id === "string" && id !== ""),
      `options.${name}`,
      () => `options.${name} is ${shown(id)}: pass text that is not empty, or leave it out`,
    );
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  if (options.currency !== undefined) assertCurrency(options.currency, "options.currency");
  assertRecords(records);
  // By competitor, the latest record of each closeness: for the segment and product, for one of them, for all.
  const latest = new Map<string, CompetitorOffer[]>();
  for (const record of records) {
    const isFor = (own: string | undefined, asked: string | undefined): boolean =>
      own === undefined || own === asked;
    if (record.at >= asOf || !isFor(record.segmentId, segmentId) || !isFor(record.productId, productId))
      continue;
    const known = latest.get(record.competitorId) ?? [];
    const same = known.find((other) => closeness(other) === closeness(record));
    if (same !== undefined && isLater(same, record)) continue;
    latest.set(record.competitorId, [...known.filter((other) => other !== same), record]);
  }
  const current: CompetitorOffer[] = [];
  const lapsed: string[] = [];
  for (const [competitorId, known] of latest) {
    const holds = known
      .filter(({ validUntil }) => validUntil === undefined || validUntil > asOf)
      .sort((a, b) => closeness(b) - closeness(a));
    if (holds.length > 0) current.push(holds[0]);
    else lapsed.push(competitorId);
  }
  return {
    offers: current.map(({ id, competitorId, scores, scale, price, at }) => ({
      id: competitorId,
      offerId: id,
      scores: Object.fromEntries(scores.map(({ itemId, score }) => [itemId, score])),
      ...(scale === undefined ? {} : { scale: { min: scale.min, max: scale.max } }),
      ...(price === undefined ? {} : { price: price.amount }),
      at,
    })),
    lapsed,
    currency: currencyOf(current, options.currency),
  };
}

/** Whether the first of two records counts; ids differ, so that the order of the input does not say. */
function isLater(a: CompetitorOffer, b: CompetitorOffer): boolean {
  return a.at === b.at ? a.id > b.id : a.at > b.at;
}

/** How much to the point a record is: for the segment before for the product before for all. */
function closeness({ segmentId, productId }: CompetitorOffer): number {
  return (segmentId === undefined ? 0 : 2) + (productId === undefined ? 0 : 1);
}

function currencyOf(offers: readonly CompetitorOffer[], wanted: string | undefined): string | null {
  const prices = offers.flatMap(({ price }) => (price === undefined ? [] : [price.currency]));
  const first = wanted ?? prices.at(0) ?? null;
  const other = prices.find((currency) => currency !== first);
  if (other !== undefined) {
    throw new ClienteleError(
      "CURRENCY_MISMATCH",
      "records",
      `records have prices in ${first} and ${other}: convert them first, so that prices compare`,
    );
  }
  return prices.length === 0 ? null : first;
}

function assertRecords(records: unknown): asserts records is readonly CompetitorOffer[] {
  const checkId = uniqueId();
  checkRows(records, "records", (row, report) => {
    checkId(row, report);
    const { competitorId, segmentId, productId, at, validUntil, price } = row;
    const isId = (id: unknown): boolean => typeof id === "string" && id !== "";
    if (!isId(competitorId)) report("competitorId", "is not an id: text that is not empty", competitorId);
    for (const [field, id] of Object.entries({ segmentId, productId }))
      if (id !== undefined && !isId(id)) report(field, "is not an id: text that is not empty", id);
    for (const [field, instant] of Object.entries({ at, validUntil }))
      if ((field === "at" || instant !== undefined) && !(typeof instant === "number" && isInstantMs(instant)))
        report(field, "is not epoch milliseconds: parse the record first", instant);
    if (price !== undefined && !isPrice(price))
      report(
        "price",
        "is not { amount, currency } with whole minor units from 0: parse the record first",
        price,
      );
    checkScores(row, report);
  });
}

function isPrice(price: unknown): boolean {
  const { amount, currency } = Object(price) as Readonly<Record<string, unknown>>;
  return Number.isSafeInteger(amount) && (amount as number) >= 0 && isCurrency(currency);
}

function checkScores({ scores, scale }: Readonly<Record<string, unknown>>, report: ReportProblem): void {
  if (scale !== undefined && !isScale(scale))
    report("scale", "is not { min, max } with min below max", scale);
  if (!Array.isArray(scores)) {
    report("scores", "is not an array: parse the record first", scores);
    return;
  }
  const seen = new Set<unknown>();
  for (const [i, one] of scores.entries()) {
    const { itemId, score } = Object(one) as Readonly<Record<string, unknown>>;
    if (typeof itemId !== "string" || itemId === "")
      report(`scores[${i}].itemId`, "is not an id: text that is not empty", itemId);
    else if (seen.has(itemId)) report(`scores[${i}].itemId`, "comes a second time", itemId);
    seen.add(itemId);
    if (!isFiniteNumber(score)) report(`scores[${i}].score`, "is not a finite number", score);
    else if (isScale(scale) && (score < scale.min || score > scale.max))
      report(`scores[${i}].score`, `is outside its scale from ${scale.min} to ${scale.max}`, score);
  }
}
