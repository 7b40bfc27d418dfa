import { assertArgument, assertFinite, assertInteger, assertOptions, shown } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import type { AssociationRules } from "./association-rules.js";
import type { HoldingInput } from "./basket-rows.js";
import { bestFirst } from "./best-first.js";
import { customerHoldings, type HoldingsOrigin } from "./customer-holdings.js";
import { growingNumbers, picked } from "./growing-numbers.js";
import { assertLadders, type ProductLadder } from "./product-ladders.js";
import { expectedGain, marginReader, type ProductMargins } from "./product-margins.js";
import { ruleIndex } from "./rule-index.js";
import { substitutesOf } from "./substitutes.js";
import { assertReplacements, type ProductReplacement } from "./switch-sell-candidates.js";

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
  readonly ladders?: readonly ProductLadder[];
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
  const { limitPerCustomer, liftAbove = 1, ladders = [], replacements = [] } = options;
  if (limitPerCustomer !== undefined) assertInteger(limitPerCustomer, "options.limitPerCustomer", 1);
  assertFinite(liftAbove, "options.liftAbove");
  assertLadders(ladders, "options.ladders");
  assertReplacements(replacements, "options.replacements");
  assertArgument(
    Array.isArray(rules?.rules?.columns?.confidence) && typeof rules.separator === "string",
    "rules",
    () => `rules is ${shown(rules)}: pass the result of associationRules()`,
  );
  const holdings = customerHoldings(input, options);
  const { customerIds, offsets, items, origin } = holdings;
  const index = ruleIndex(rules, holdings.products, liftAbove);
  const { products, starts, others } = index;
  const hasOthers = others.some((rest) => rest !== null);
  const { antecedent, confidence, lift } = rules.rules.columns;
  const marginOf = options.margin === undefined ? null : marginReader(options.margin);
  const margins = products.map((product) => (marginOf ? marginOf(product) : null));

  // By product, the customer at hand (from 1) where they hold it, or where a rule speaks for it, and the surest such rule.
  const heldBy = new Uint32Array(products.length);
  const candidateOf = new Uint32Array(products.length);
  const surest = new Uint32Array(products.length);
  const score = new Float64Array(products.length);
  const isBetter = (a: number, b: number) =>
    score[a] === score[b] ? products[a] < products[b] : score[a] > score[b];
  const best = bestFirst(limitPerCustomer ?? Number.POSITIVE_INFINITY, isBetter);
  const hasSubstitutes = ladders.length + replacements.length > 0;
  const substitutes = substitutesOf(products, ladders, replacements);
  const found = {
    customer: growingNumbers(),
    rank: growingNumbers(),
    product: growingNumbers(),
    rule: growingNumbers(),
  };
  const leftOut = { substitute: 0, unknownMargin: 0, noGain: 0, alternative: 0, beyondLimit: 0 };
  let customersWithCandidates = 0;
  const suggested: number[] = [];
  const worthwhile: number[] = [];
  for (let customer = 0; customer < customerIds.length; customer++) {
    const mark = customer + 1;
    const from = offsets[customer];
    const to = offsets[mark];
    for (let i = from; i < to; i++) heldBy[items[i]] = mark;
    suggested.length = 0;
    for (let i = from; i < to; i++) {
      for (let place = starts[items[i]]; place < starts[items[i] + 1]; place++) {
        const product = index.consequent[place];
        if (heldBy[product] === mark) continue;
        if (hasOthers && others[place]?.some((item) => heldBy[item] !== mark)) continue;
        if (candidateOf[product] !== mark) {
          candidateOf[product] = mark;
          suggested.push(product);
        } else if (surest[product] <= index.rank[place]) continue;
        surest[product] = index.rank[place];
      }
    }
    if (hasSubstitutes) for (let i = from; i < to; i++) substitutes.block(items[i], mark);
    worthwhile.length = 0;
    for (const product of suggested) {
      const gain = margins[product];
      if (hasSubstitutes && substitutes.isBlocked(product, mark)) leftOut.substitute++;
      else if (marginOf && gain === null) leftOut.unknownMargin++;
      else if (gain !== null && gain <= 0) leftOut.noGain++;
      else {
        score[product] = confidence[index.row[surest[product]]] * (gain ?? 1);
        worthwhile.push(product);
      }
    }
    if (hasSubstitutes && worthwhile.length > 1) worthwhile.sort((a, b) => (isBetter(a, b) ? -1 : 1));
    for (const product of worthwhile) {
      if (hasSubstitutes && substitutes.isBlocked(product, mark)) {
        leftOut.alternative++;
        continue;
      }
      if (hasSubstitutes) substitutes.block(product, mark);
      best.add(product);
    }
    if (best.size() > 0) customersWithCandidates++;
    leftOut.beyondLimit += best.drain((product, rank) => {
      found.customer.add(customer);
      found.rank.add(rank);
      found.product.add(product);
      found.rule.add(index.row[surest[product]]);
    });
  }
  const product = found.product.taken();
  const rule = found.rule.taken();
  const probability = picked(confidence, rule);
  const margin = picked(margins, product);
  return {
    candidates: table<CrossSellColumns>({
      customerId: picked(customerIds, found.customer.taken()),
      rank: Array.from(found.rank.taken()),
      productId: picked(products, product),
      because: picked(antecedent, rule),
      probability,
      lift: picked(lift, rule),
      margin,
      expectedMargin: margin.map((gain, i) => expectedGain(probability[i], gain)),
    }),
    customersWithCandidates,
    leftOut,
    ...origin,
  };
}
