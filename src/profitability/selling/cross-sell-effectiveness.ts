import { assertArgument, assertInRange, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import type { Table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { fisherExact } from "../../statistics/fisher-exact.js";
import type { SuccessCount } from "../../statistics/newcombe-interval.js";
import { type TwoProportionTest, twoProportionTest } from "../../statistics/two-proportion-test.js";
import { CORRECTIONS, correctedPValues, type PValueCorrection } from "./corrected-p-values.js";
import { marginReader, type ProductMargins } from "./product-margins.js";
import { columnOf, encodeOwners, encodeProducts, noteIds, noteRepeatedPairs } from "./row-columns.js";

/** What became of one customer and one product. */
export interface OfferOutcome {
  /** Who; with each product once. */
  readonly customerId: string | number;
  /** Which product. */
  readonly productId: string | number;
  /** `true`: was offered the product. `false`: belongs to the control group, who was not. */
  readonly offered: boolean;
  /** Whether the customer bought it within the time that you gave both groups. */
  readonly bought: boolean;
}

/** The same as many {@link OfferOutcome}s, column by column. */
export interface OfferOutcomeColumns {
  /** Who, by row. */
  readonly customerId: readonly string[];
  /** Which product, by row. */
  readonly productId: readonly string[];
  /** Offered, or control group, by row. */
  readonly offered: readonly boolean[];
  /** Whether the customer bought it, by row. */
  readonly bought: readonly boolean[];
}

/** What a sale earns, what an offer costs, and how the test is made. */
export interface CrossSellEffectivenessOptions extends ConfidenceOptions {
  /** What a sale of each product earns. */
  readonly margin?: ProductMargins;
  /** What one offer costs, minor units, zero or more; default 0. */
  readonly costPerOffer?: number;
  /** How p-values are corrected for the number of products tested; default `"benjaminiHochberg"`. */
  readonly correction?: PValueCorrection;
}

/** What offering one product did. */
export interface OfferEffect {
  /** The product. */
  readonly productId: string;
  /** Customers with the offer (`trials`), and how many of them bought (`successes`). */
  readonly offered: SuccessCount;
  /** Customers of the control group, and how many of them bought. */
  readonly control: SuccessCount;
  /** Both shares, their difference with its interval, and the z test. */
  readonly test: TwoProportionTest;
  /** Two-sided: of Fisher's exact test where either group has fewer than five buyers or non-buyers, else of the z test; `null` where a group is empty. */
  readonly pValue: number | null;
  /** Which test the p-value is of; `null` where there is none. */
  readonly method: "fisherExact" | "zTest" | null;
  /** The p-value, corrected for the number of products tested; `null` where there is none. */
  readonly correctedPValue: number | null;
  /** Sales that the offers brought beyond those that came anyway: the difference of the shares times the customers with the offer; negative where offers harmed; `null` where a group is empty. */
  readonly incrementalSales: number | null;
  /** `incrementalSales` times the margin, minor units, not rounded; `null` where either is unknown. */
  readonly incrementalMargin: number | null;
  /** Customers with the offer times `costPerOffer`, minor units. */
  readonly cost: number;
  /** `incrementalMargin - cost`, minor units, not rounded; `null` where the margin is unknown. */
  readonly netGain: number | null;
}

/** What offering further products did. */
export interface CrossSellEffectiveness {
  /** Each product, by id. */
  readonly products: readonly OfferEffect[];
  /** Number of tests that p-values are corrected for. */
  readonly tests: number;
  /** How they are corrected. */
  readonly correction: PValueCorrection;
  /** Sum over the products; `null` where it is unknown for any of them, or there is none. */
  readonly incrementalSales: number | null;
  /** Sum over the products, minor units; `null` where it is unknown for any of them, or there is none. */
  readonly netGain: number | null;
}

/**
 * Did our offers sell more of each product than would have been bought anyway?
 *
 * Who was offered a product against a control group of customers who could have been, drawn by chance: without the control
 * group, sales that come anyway pass for success. The products are tested one by one, for groups that were mixed in unlike
 * parts must not be pooled, and the p-values corrected for their number.
 *
 * @param outcomes - Rows `{ customerId, productId, offered, bought }`, or a table of these columns.
 * @param options - Margins, the cost of an offer, `correction` and `confidenceLevel` (default 0.95).
 * @returns Shares, test, further sales and what they earn, by product.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a field is unusable or a customer has a product twice;
 * `INVALID_ARGUMENT`, `UNKNOWN_COLUMN`.
 * @example
 * ```ts
 * import { crossSellEffectiveness } from "clientele";
 *
 * const group = (offered: boolean, customers: number, buyers: number) =>
 *   Array.from({ length: customers }, (_, i) => ({
 *     customerId: `${offered}-${i}`,
 *     productId: "card",
 *     offered,
 *     bought: i < buyers,
 *   }));
 * const outcomes = [...group(true, 100, 12), ...group(false, 100, 4)];
 * const [card] = crossSellEffectiveness(outcomes, { margin: new Map([["card", 500]]), costPerOffer: 10 }).products;
 * card?.test.difference; // ~> 0.08
 * card?.pValue; // ~> 0.06519694306245735
 * card?.netGain; // => 3000
 * ```
 */
export function crossSellEffectiveness(
  outcomes: readonly OfferOutcome[] | Table<OfferOutcomeColumns>,
  options: CrossSellEffectivenessOptions = {},
): CrossSellEffectiveness {
  assertOptions(options);
  const { margin, costPerOffer = 0, correction = "benjaminiHochberg" } = options;
  assertInRange(costPerOffer, "options.costPerOffer", 0, Number.MAX_SAFE_INTEGER);
  assertOneOf(correction, "options.correction", CORRECTIONS);
  const confidenceLevel = confidenceLevelOf(options);
  const marginOf = margin === undefined ? () => null : marginReader(margin);
  const tested = countOutcomes(readOutcomes(outcomes)).map(({ productId, offered, control }) => {
    const test = twoProportionTest(offered, control, { confidenceLevel });
    return { productId, offered, control, test, ...chanceOf(offered, control, test) };
  });
  const pValues = Float64Array.from(tested.flatMap(({ pValue }) => (pValue === null ? [] : [pValue])));
  const corrected = correctedPValues(pValues, pValues.length, correction).values();
  const products = tested.map((effect): OfferEffect => {
    const { trials } = effect.offered;
    const earned = marginOf(effect.productId);
    const incrementalSales = furtherSales(effect.offered, effect.control);
    const incrementalMargin = incrementalSales === null || earned === null ? null : incrementalSales * earned;
    assertArgument(
      incrementalMargin === null || Number.isFinite(incrementalMargin),
      "options.margin",
      () =>
        `options.margin gives ${earned} for ${shown(effect.productId)}, which leads beyond the range of numbers: pass it in a larger unit`,
    );
    const cost = trials * costPerOffer;
    return {
      ...effect,
      correctedPValue: effect.pValue === null ? null : (corrected.next().value ?? null),
      incrementalSales,
      incrementalMargin,
      cost,
      netGain: incrementalMargin === null ? null : incrementalMargin - cost,
    };
  });
  const netGain = sumOrNull(products.map((effect) => effect.netGain));
  assertArgument(
    netGain === null || Number.isFinite(netGain),
    "options.margin",
    () => "options.margin leads beyond the range of numbers over all products: pass it in a larger unit",
  );
  return {
    products,
    tests: pValues.length,
    correction,
    incrementalSales: sumOrNull(products.map((effect) => effect.incrementalSales)),
    netGain,
  };
}

/** The difference of the shares times the customers with the offer; from the counts, for shares are rounded. */
function furtherSales(offered: SuccessCount, control: SuccessCount): number | null {
  if (offered.trials === 0 || control.trials === 0) return null;
  return (offered.successes * control.trials - control.successes * offered.trials) / control.trials;
}

/** From how many successes and failures of each group on the z test serves. */
const ENOUGH = 5;

function chanceOf(
  offered: SuccessCount,
  control: SuccessCount,
  { z, pValue }: TwoProportionTest,
): Pick<OfferEffect, "pValue" | "method"> {
  if (offered.trials === 0 || control.trials === 0) return { pValue: null, method: null };
  const cells = [offered, control].flatMap(({ successes, trials }) => [successes, trials - successes]);
  return z === null || cells.some((count) => count < ENOUGH)
    ? { pValue: fisherExact(offered, control).pValue, method: "fisherExact" }
    : { pValue, method: "zTest" };
}

interface OutcomeCounts {
  readonly productId: string;
  readonly offered: SuccessCount;
  readonly control: SuccessCount;
}

function countOutcomes({ productId, offered, bought }: OfferOutcomeColumns): OutcomeCounts[] {
  const { codes, values } = encodeProducts(productId);
  // Offered and control, buyers and all, by product.
  const counts = values.map(() => ({ offered: [0, 0], control: [0, 0] }));
  for (let row = 0; row < codes.length; row++) {
    const group = counts[codes[row]][offered[row] ? "offered" : "control"];
    if (bought[row]) group[0]++;
    group[1]++;
  }
  const asCount = ([successes, trials]: readonly number[]): SuccessCount => ({ successes, trials });
  return values
    .map((product, code) => ({
      productId: product,
      offered: asCount(counts[code].offered),
      control: asCount(counts[code].control),
    }))
    .sort((a, b) => (a.productId < b.productId ? -1 : 1));
}

function readOutcomes(input: readonly OfferOutcome[] | Table<OfferOutcomeColumns>): OfferOutcomeColumns {
  const read = {
    customerId: columnOf<string>(input, "customerId", "outcomes"),
    productId: columnOf<string>(input, "productId", "outcomes"),
    offered: columnOf<boolean>(input, "offered", "outcomes"),
    bought: columnOf<boolean>(input, "bought", "outcomes"),
  };
  const problems: RowProblem[] = [];
  noteIds(problems, "customerId", read.customerId);
  noteIds(problems, "productId", read.productId);
  for (const field of ["offered", "bought"] as const) {
    read[field].forEach((value, row) => {
      if (typeof value !== "boolean") problems.push({ row, field, reason: "is not true or false", value });
    });
  }
  throwRowProblems(problems, "outcomes");
  const customers = encodeOwners(read.customerId).codes;
  noteRepeatedPairs(problems, customers, encodeProducts(read.productId).codes, (row) => {
    const reason = `comes a second time for customer ${shown(read.customerId[row])}`;
    return { row, field: "productId", reason, value: read.productId[row] };
  });
  throwRowProblems(problems, "outcomes");
  return read;
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length === 0 ? null : sum;
}
