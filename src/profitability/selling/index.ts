/** What to sell to the customers that we have: products bought together, candidates, and what they are worth. */
export {
  type AssociationRules,
  type AssociationRulesLogOptions,
  type AssociationRulesOptions,
  associationRules,
} from "./association-rules.js";
export type {
  BasketColumns,
  BasketInput,
  BasketRow,
  HoldingColumns,
  HoldingInput,
  HoldingRow,
} from "./basket-rows.js";
export type { PValueCorrection } from "./corrected-p-values.js";
export {
  type CrossSellCandidates,
  type CrossSellColumns,
  type CrossSellLogOptions,
  type CrossSellOptions,
  crossSellCandidates,
} from "./cross-sell-candidates.js";
export {
  type CrossSellEffectiveness,
  type CrossSellEffectivenessOptions,
  crossSellEffectiveness,
  type OfferEffect,
  type OfferOutcome,
  type OfferOutcomeColumns,
} from "./cross-sell-effectiveness.js";
export type { HoldingsOrigin } from "./customer-holdings.js";
export type { LogBasketOptions } from "./log-baskets.js";
export { type LadderProduct, type LadderRow, type ProductLadder, productLadders } from "./product-ladders.js";
export type { ProductMargins, ReplacementProbability } from "./product-margins.js";
export type { ProductReplacement } from "./product-replacements.js";
export {
  type GroupProductCounts,
  type ProductCountColumns,
  type ProductCounts,
  type ProductsPerCustomer,
  type ProductsPerCustomerLogOptions,
  type ProductsPerCustomerOptions,
  productsPerCustomer,
} from "./products-per-customer.js";
export {
  type PeriodProductCounts,
  type ProductsPerCustomerSeriesOptions,
  productsPerCustomerSeries,
} from "./products-per-customer-series.js";
export type { AssociationRuleColumns, RuleOrder, RulesLeftOut } from "./rule-table.js";
export {
  type CustomerPotentialColumns,
  type ProductPotentialColumns,
  type SellingPotential,
  sellingPotential,
  type ValuedCandidate,
  type ValuedCandidateColumns,
} from "./selling-potential.js";
export {
  type SwitchSellCandidates,
  type SwitchSellColumns,
  type SwitchSellLogOptions,
  type SwitchSellOptions,
  switchSellCandidates,
} from "./switch-sell-candidates.js";
export {
  type UpSellCandidates,
  type UpSellColumns,
  type UpSellLogOptions,
  type UpSellOptions,
  upSellCandidates,
} from "./up-sell-candidates.js";
