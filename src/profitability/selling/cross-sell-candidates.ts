import { assertArgument, assertFinite, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import type { AssociationRules } from "./association-rules.js";
import type { HoldingInput } from "./basket-rows.js";
import { bestOffers } from "./best-offers.js";
import { candidateOrder } from "./candidate-order.js";
import { customerHoldings, type HoldingsOrigin } from "./customer-holdings.js";
import { picked, pickedNumbers, repeated } from "./growing-numbers.js";
import { verdictOf, WORTHWHILE } from "./margin-verdict.js";
import { type LadderRow, readLadders } from "./product-ladders.js";
import { marginReader, type ProductMargins } from "./product-margins.js";
import { type ProductReplacement, readReplacements } from "./product-replacements.js";
import { ruleIndex } from "./rule-index.js";
import { substitutesOf } from "./substitutes.js";

/** How candidates are scored, and how many are wanted. */
export interface CrossSellOptions {
  /** What a sale of each product earns. Without it candidates are scored by confidence alone. */
  readonly margin?: ProductMargins;
  /** Most candidates for one customer, 1 or more; default all. */
  readonly limitPerCustomer?: number;
  /** Only rules with a greater lift count; default 1. */
  readonly liftAbove?: number;
  /**
   * Families of products that take the place of each other, as for {@link upSellCandidates}: who holds one of a family is
   * offered no other here, and nobody is offered two. Without it each product counts as an addition, at its full margin.
   */
  readonly ladders?: readonly LadderRow[];
  /** Pairs of products of which one takes the place of the other, as for {@link switchSellCandidates}; the same holds. */
  readonly replacements?: readonly ProductReplacement[];
}

/** The same for the holdings of a log. */
export interface CrossSellLogOptions extends WindowedMetricOptions, CrossSellOptions {}

/** One row a candidate of {@link CrossSellCandidates}: customers as they come, the best candidate of each first. */
export interface CrossSellColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Place among the candidates of the customer, from 1: by `expectedMargin`, else by `probability`; ties by product. */
  readonly rank: readonly number[];
  /** The product not held. */
  readonly productId: readonly string[];
  /** The left side of the rule that speaks for it: what the customer holds. */
  readonly because: readonly string[];
  /** Confidence of that rule, the greatest of all rules that fit. */
  readonly probability: readonly number[];
  /** Lift of that rule. */
  readonly lift: readonly number[];
  /** What a sale earns, minor units; `null` without margins. */
  readonly margin: readonly (number | null)[];
  /** `probability` times `margin`, minor units, not rounded; `null` without margins. */
  readonly expectedMargin: readonly (number | null)[];
}

/** What to offer to whom next. */
export interface CrossSellCandidates extends HoldingsOrigin {
  /** Who, what, why, and what it is worth. */
  readonly candidates: Table<CrossSellColumns>;
  /** Number of customers with a candidate. */
  readonly customersWithCandidates: number;
  /** Products that a rule speaks for, for a customer, and that are no candidates: each counted once. */
  readonly leftOut: {
    /** It would take the place of a product that the customer holds: up-selling or switch-selling, not an addition. */
    readonly substitute: number;
    /** The margin of the product is unknown. */
    readonly unknownMargin: number;
    /** The product earns nothing, or less. */
    readonly noGain: number;
    /** A better candidate of the customer would take its place. */
    readonly alternative: number;
    /** Ranked after `limitPerCustomer`. */
    readonly beyondLimit: number;
  };
}

/**
 * Which product should each customer be offered next, and what is that expected to earn?
 *
 * Products that the customer does not hold and that a rule with a lift above 1 speaks for, all of whose left side the
 * customer holds. Of several rules for one product the surest counts; they are not added up, for they tell of the same
 * sale. Products that take the place of each other are one sale too: name them with `ladders` and `replacements`, or each
 * counts as an addition, with its whole margin. Held is what was bought in the window and not given back in full.
 *
 * The probability is how often holders of the one held the other, which an offer may raise or not: rules of holdings
 * (`per: "customer"`) fit the question better than those of receipts.
 *
 * @param log - A transaction log with products.
 * @param rules - The result of {@link associationRules}, with `maximumPValue: 0.05` where chance is to stay out.
 * @param options - `asOf`, a `window`, margins, and how many candidates are wanted.
 * @returns A table of candidates, and how many were left out by which rule.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no products, a margin is no number or an option is
 * unusable; `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { associationRules, crossSellCandidates, transactionLog } from "clientele";
 *
 * const bought = (customerId: string, productId: string) => ({ customerId, productId, at: "2024-01-31", amount: 500 });
 * const log = transactionLog(
 *   [bought("ani", "tea"), bought("ani", "cup"), bought("budi", "tea"), bought("citra", "rice")],
 *   { currency: "IDR" },
 * );
 * const rules = associationRules(log, { asOf: "2025-01-01", per: "customer", minimumCount: 1 });
 * const { candidates } = crossSellCandidates(log, rules, { asOf: "2025-01-01", margin: new Map([["cup", 300]]) });
 * const { customerId, productId, expectedMargin } = candidates.columns;
 * [customerId, productId, expectedMargin]; // => [["budi"], ["cup"], [150]]
 * ```
 */
export function crossSellCandidates(
  log: TransactionLog,
  rules: Pick<AssociationRules, "rules" | "separator">,
  options: CrossSellLogOptions,
): CrossSellCandidates;
/**
 * The same from holdings as they are.
 *
 * @param holdings - Rows `{ customerId, productId }`, or a table of these columns.
 * @param rules - The result of {@link associationRules}.
 * @param options - Margins, and how many candidates are wanted.
 * @returns A table of candidates, and how many were left out by which rule.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id is no text; `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { associationRules, crossSellCandidates, row } from "clientele";
 *
 * const rules = associationRules([["tea", "cup"], ["tea", "cup"], ["rice"]], { minimumCount: 2 });
 * const { candidates } = crossSellCandidates([{ customerId: "budi", productId: "tea" }], rules);
 * row(candidates, 0).productId; // => "cup"
 * row(candidates, 0).because; // => "tea"
 * ```
 */
export function crossSellCandidates(
  holdings: HoldingInput,
  rules: Pick<AssociationRules, "rules" | "separator">,
  options?: CrossSellOptions,
): CrossSellCandidates;
export function crossSellCandidates(
  input: TransactionLog | HoldingInput,
  rules: Pick<AssociationRules, "rules" | "separator">,
  options: CrossSellLogOptions | CrossSellOptions = {},
): CrossSellCandidates {
  assertOptions(options);
  const { limitPerCustomer, liftAbove = 1 } = options;
  if (limitPerCustomer !== undefined) assertInteger(limitPerCustomer, "options.limitPerCustomer", 1);
  assertFinite(liftAbove, "options.liftAbove");
  const { ladders: families = [], replacements: pairs = [] } = options;
  const ladders = readLadders(families, "options.ladders");
  const replacements = readReplacements(pairs, "options.replacements");
  assertArgument(
    Array.isArray(rules?.rules?.columns?.confidence) && typeof rules.separator === "string",
    "rules",
    () => `rules is ${shown(rules)}: pass the result of associationRules()`,
  );
  const holdings = customerHoldings(input, options);
  const index = ruleIndex(rules, holdings.products, liftAbove);
  const { products, consequent } = index;
  const { antecedent, confidence, lift } = rules.rules.columns;
  const marginOf = options.margin === undefined ? null : marginReader(options.margin);
  const margins = products.map((product) => (marginOf ? marginOf(product) : null));
  // By place in the index; without margins a sale of one is as good as that of another.
  const ruleOf = index.rank.map((rank) => index.row[rank]);
  const probability = Float64Array.from(ruleOf, (rule) => confidence[rule]);
  const gain = Float64Array.from(consequent, (product) => margins[product] ?? (marginOf ? 0 : 1));
  const score = probability.map((chance, place) => chance * gain[place]);
  const {
    counts,
    offers: place,
    leftOut,
  } = bestOffers(holdings, {
    index,
    order: candidateOrder(index, score),
    verdict: Uint8Array.from(margins, (margin) => (marginOf ? verdictOf(margin) : WORTHWHILE)),
    substitutes:
      ladders.length + replacements.length > 0 ? substitutesOf(products, ladders, replacements) : null,
    limit: limitPerCustomer ?? Number.POSITIVE_INFINITY,
  });
  const numbersOrNull = (values: Float64Array) =>
    marginOf ? pickedNumbers(values, place) : new Array<null>(place.length).fill(null);
  return {
    candidates: table<CrossSellColumns>({
      customerId: repeated(holdings.customerIds, counts, place.length),
      rank: ranksOf(counts, place.length),
      productId: picked(picked(products, consequent), place),
      because: picked(picked(antecedent, ruleOf), place),
      probability: pickedNumbers(probability, place),
      lift: pickedNumbers(
        Float64Array.from(ruleOf, (rule) => lift[rule]),
        place,
      ),
      margin: numbersOrNull(gain),
      expectedMargin: numbersOrNull(score),
    }),
    customersWithCandidates: counts.reduce((customers, count) => customers + (count > 0 ? 1 : 0), 0),
    leftOut,
    ...holdings.origin,
  };
}

/** 1, 2, 3 and so on for each customer. */
function ranksOf(counts: Uint32Array, total: number): number[] {
  const ranks = new Array<number>(total).fill(1);
  let row = 0;
  for (let customer = 0; customer < counts.length; customer++) {
    for (let rank = 1; rank <= counts[customer]; rank++) ranks[row++] = rank;
  }
  return ranks;
}
