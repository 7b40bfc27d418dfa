import {
  type AssociationRules,
  associationRules,
  type CrossSellCandidates,
  crossSellCandidates,
  type ProductsPerCustomer,
  productsPerCustomer,
  profitAndLossBy,
  type TimeWindow,
} from "clientele";
import type { CustomerBase } from "../report/analysis.js";

/** What else customers would buy. */
export interface SellingAnalysis {
  readonly rules: AssociationRules;
  readonly perCustomer: ProductsPerCustomer;
  /** The best for each customer. */
  readonly candidates: CrossSellCandidates;
  /** Whether candidates are valued by what a sale has earned. */
  readonly hasMargins: boolean;
}

/** In how many holdings a pair must stand. */
const LEAST = 20;
/** Who buys often holds much of everything: offers go by pairs that stand out. */
export const LIFT = 2;
/** Rules by chance: at most 5 % of those that are shown. */
const P_VALUE = 0.05;

/** What do customers buy together, and what could be offered to whom? `null` without at least two products. */
export function analyzeSelling({ log, asOf }: CustomerBase, window: TimeWindow): SellingAnalysis | null {
  if (log.product === null || log.product.values.length < 2) return null;
  const rules = associationRules(log, {
    ...{ asOf, per: "customer", minimumCount: LEAST, maximumPValue: P_VALUE, minimumLift: 1 },
  });
  return {
    rules,
    perCustomer: productsPerCustomer(log, { asOf, window }),
    candidates: crossSellCandidates(log, rules, {
      ...{ asOf, limitPerCustomer: 1, liftAbove: LIFT },
      ...(log.cost !== null && { margin: marginsOf({ log, asOf }, window) }),
    }),
    hasMargins: log.cost !== null,
  };
}

/** What a sale of each product has left after the cost of goods and the sale itself; of those that earn something. */
function marginsOf(
  { log, asOf }: Pick<CustomerBase, "log" | "asOf">,
  window: TimeWindow,
): Map<string, number> {
  const { group, orders, grossMargin } = profitAndLossBy(log, { asOf, window, by: "product" }).groups.columns;
  return new Map(
    group.flatMap((product, i) =>
      product !== null && (orders[i] ?? 0) > 0 ? [[product, (grossMargin[i] ?? 0) / (orders[i] ?? 1)]] : [],
    ),
  );
}
