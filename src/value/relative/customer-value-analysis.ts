import { assertArgument, assertFinite, assertOneOf, assertOptions } from "../../core/assert.js";
import {
  assertReached,
  assertWeightSum,
  checkRows,
  checkWeight,
  isFiniteNumber,
  uniqueId,
} from "../checked-rows.js";

/** One attribute of quality or of price, ours and the competitors'. */
export interface ComparableAttribute {
  /** Which attribute, named once. */
  readonly id: string;
  /** How much it matters among its kind, from 0; any sum. */
  readonly weight: number;
  /** Our score, above 0, higher is better for the customer: for price, how satisfied they are with it. */
  readonly ours: number;
  /** The competitors' score on the same scale, above 0: of one, or the mean of several. */
  readonly theirs: number;
}

/** How ratios are brought together. */
export type RelativeValueForm = "additive" | "geometric" | "geometricThroughout";

/** Ours against theirs, as customers see it. */
export interface CustomerValueAnalysisInput {
  /** Attributes of quality: everything that is not price. */
  readonly quality: readonly ComparableAttribute[];
  /** Attributes of price, as satisfaction with it. */
  readonly price: readonly ComparableAttribute[];
  /** How much quality matters, from 0; 0.6 and 0.4 is the same as 60 and 40. */
  readonly qualityWeight: number;
  /** How much price matters, from 0. */
  readonly priceWeight: number;
  /** Default `"additive"`. */
  readonly form?: RelativeValueForm | undefined;
}

/** An attribute, and what it does for its ratio. */
export interface ComparedAttribute extends ComparableAttribute {
  /** Weight as a share of all weights of its kind. */
  readonly share: number;
  /** Ours over theirs. */
  readonly ratio: number;
  /** What it adds to the distance of the whole ratio from 1: share times (ratio - 1); with `geometricThroughout` share times log ratio. */
  readonly lead: number;
}

/** A market-perceived ratio: of quality or of price. */
export interface MarketPerceivedRatio {
  /** Above 1: customers see us ahead. */
  readonly ratio: number;
  /** Our weighted mean score. */
  readonly ours: number;
  /** Theirs. */
  readonly theirs: number;
  /** By attribute, in the order of the input. */
  readonly attributes: readonly ComparedAttribute[];
}

/** Value relative to competitors. */
export interface CustomerValueAnalysis {
  /** Market-perceived quality: MPQ. */
  readonly quality: MarketPerceivedRatio;
  /** Market-perceived price, as satisfaction: MPP; above 1 is the better price. */
  readonly price: MarketPerceivedRatio;
  /** Weight of quality as a share of both. */
  readonly qualityWeight: number;
  /** Weight of price as a share of both. */
  readonly priceWeight: number;
  /** How ratios were brought together. */
  readonly form: RelativeValueForm;
  /** CVA: above 1 customers get more from us than from them. */
  readonly value: number;
}

/**
 * Do customers get more value from us than from competitors, and is it quality or price?
 *
 * Gale (1994): market-perceived quality MPQ = sum of weight times ours / theirs, the same for satisfaction with price (MPP), and
 * CVA = wq MPQ + wp MPP; `geometric` gives MPQ^wq MPP^wp. Means of ratios favor whoever is seen from: swap ours and theirs
 * and the answer is not 1 / CVA. `geometricThroughout` multiplies the attributes too, and is symmetric.
 *
 * @param input - Attributes of quality and of price with weights and both scores, the two weights, and the form.
 * @returns CVA, MPQ, MPP, and what each attribute adds.
 * @throws {@link ClienteleError} `INVALID_ROWS` for a score that is not above 0 or an attribute that comes twice;
 *   `INVALID_ARGUMENT` for weights that are negative or sum to 0, and for a ratio too great for a number.
 * @example
 * ```ts
 * import { customerValueAnalysis } from "clientele";
 *
 * const analysis = customerValueAnalysis({
 *   quality: [{ id: "reliability", weight: 75, ours: 8, theirs: 5 }, { id: "design", weight: 25, ours: 6, theirs: 5 }],
 *   price: [{ id: "purchase price", weight: 1, ours: 6, theirs: 8 }],
 *   qualityWeight: 0.6,
 *   priceWeight: 0.4,
 * });
 * analysis.quality.ratio; // ~> 1.5
 * analysis.price.ratio; // ~> 0.75
 * analysis.value; // ~> 1.2
 * ```
 */
export function customerValueAnalysis(input: CustomerValueAnalysisInput): CustomerValueAnalysis {
  assertOptions(input, "{ quality, price, qualityWeight, priceWeight }", "input");
  const { qualityWeight, priceWeight, form = "additive" } = input;
  assertOneOf(form, "form", ["additive", "geometric", "geometricThroughout"]);
  assertAttributes(input.quality, "quality");
  assertAttributes(input.price, "price");
  const weights = sharesOf(qualityWeight, priceWeight);
  const quality = perceived(input.quality, form);
  const price = perceived(input.price, form);
  const value =
    form === "additive"
      ? weights.qualityWeight * quality.ratio + weights.priceWeight * price.ratio
      : quality.ratio ** weights.qualityWeight * price.ratio ** weights.priceWeight;
  assertReached(quality.ratio, "quality", "a ratio");
  assertReached(price.ratio, "price", "a ratio");
  return { quality, price, ...weights, form, value: assertReached(value, "input", "a value") };
}

/** Both weights as shares of their sum. @internal */
export function sharesOf(
  qualityWeight: number,
  priceWeight: number,
  path = "",
): { readonly qualityWeight: number; readonly priceWeight: number } {
  for (const [name, weight] of Object.entries({ qualityWeight, priceWeight })) {
    assertFinite(weight, `${path}${name}`);
    assertArgument(
      weight >= 0,
      `${path}${name}`,
      () => `${path}${name} is ${weight}: pass a number from 0 on`,
    );
  }
  const sum = qualityWeight + priceWeight;
  assertArgument(
    sum > 0 && Number.isFinite(sum),
    `${path}qualityWeight`,
    () =>
      `${path}qualityWeight and priceWeight sum to ${sum}: pass at least one above 0, and none beyond reach`,
  );
  return { qualityWeight: qualityWeight / sum, priceWeight: priceWeight / sum };
}

function perceived(
  attributes: readonly ComparableAttribute[],
  form: RelativeValueForm,
): MarketPerceivedRatio {
  const sum = attributes.reduce((total, { weight }) => total + weight, 0);
  const isLog = form === "geometricThroughout";
  const compared = attributes.map(({ id, weight, ours, theirs }): ComparedAttribute => {
    const share = weight / sum;
    const ratio = ours / theirs;
    const lead = isLog ? share * Math.log(ratio) : (share * (ours - theirs)) / theirs;
    return { id, weight, ours, theirs, share, ratio, lead: lead + 0 };
  });
  const mean = (of: (attribute: ComparedAttribute) => number): number =>
    compared.reduce((total, attribute) => total + attribute.share * of(attribute), 0);
  return {
    ratio: isLog ? Math.exp(mean(({ ratio }) => Math.log(ratio))) : mean(({ ratio }) => ratio),
    ours: mean(({ ours }) => ours),
    theirs: mean(({ theirs }) => theirs),
    attributes: compared,
  };
}

function assertAttributes(
  attributes: unknown,
  path: string,
): asserts attributes is readonly ComparableAttribute[] {
  const checkId = uniqueId();
  checkRows(attributes, path, (row, report) => {
    checkId(row, report);
    checkWeight(row.weight, report, true);
    for (const field of ["ours", "theirs"]) {
      const score = row[field];
      if (!isFiniteNumber(score) || score <= 0) report(field, "is not a finite number above 0", score);
    }
  });
  assertWeightSum(
    (attributes as readonly ComparableAttribute[]).map(({ weight }) => weight),
    path,
  );
}
