/** What share of contracts and their customers ended, by which rule. */
export {
  type ActiveStatusPresets,
  activeStatusPresets,
  type StatusRule,
  type StatusRules,
} from "./active-status-presets.js";
export {
  type ChurnByProduct,
  type ChurnByProductOptions,
  churnByProduct,
  type ProductChurn,
  type ProductContract,
} from "./churn-by-product.js";
export {
  type ChurnExposure,
  type ChurnOptions,
  type ChurnRate,
  type ChurnRateOptions,
  type ContractChurn,
  churnRate,
  type GroupChurn,
} from "./churn-rate.js";
export {
  type ChurnBase,
  type ChurnCounts,
  type ChurnRateOfOptions,
  type ChurnShares,
  churnRateOf,
} from "./churn-rate-of.js";
export { type ChurnSeriesOptions, churnSeries, type PeriodChurn } from "./churn-series.js";
export type { ContractWithStatus } from "./contract-status.js";
export type { RenewableContract } from "./contract-terms.js";
export type { SubscriptionRevenueOptions } from "./subscription-activity.js";
