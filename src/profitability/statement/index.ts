/** What each customer earns and costs: activity-based costing and the profit and loss statement. */

export {
  type AccountProfitAndLoss,
  type AccountProfitAndLossColumns,
  type AccountProfitAndLossOptions,
  accountProfitAndLoss,
} from "./account-profit-and-loss.js";
export {
  type ActivityBasedCosts,
  type ActivityCostColumns,
  activityBasedCosts,
  type CostedActivity,
  type UnusedCapacityOptions,
} from "./activity-based-costs.js";
export type { ActivityUsage, ActivityUsageColumns } from "./activity-usage.js";
export type { CaseDurations, CaseTimeOptions, CaseTimes } from "./case-times.js";
export type {
  ActivityChargeColumns,
  ActivityCostTotals,
  CustomerAmountColumns,
  CustomerChargeColumns,
} from "./charge-tables.js";
export type { CostPlace } from "./cost-places.js";
export type { CostDriver, CostPool, CostSource, CustomerCost, CustomerCostColumns } from "./cost-sources.js";
export type { CustomerForecast, ExpectedAmount, ExpectedAmountColumns } from "./customer-forecasts.js";
export {
  type CustomerProfitAndLoss,
  type CustomerProfitAndLossColumns,
  customerProfitAndLoss,
  type StatementOrigin,
} from "./customer-profit-and-loss.js";
export { cycleTime } from "./cycle-time.js";
export { firstResponseTime } from "./first-response-time.js";
export {
  type AlternativeUse,
  type CapacityUse,
  type OpportunityCostColumns,
  opportunityCosts,
} from "./opportunity-costs.js";
export type { PaymentFee, PaymentFees } from "./payment-fees.js";
export {
  type GroupProfitAndLossColumns,
  type ProfitAndLossBy,
  type ProfitAndLossByOptions,
  profitAndLossBy,
} from "./profit-and-loss-by.js";
export type { ProfitAndLossOptions } from "./profit-and-loss-options.js";
export {
  type SelfServiceOptions,
  type SelfServiceShare,
  type ServiceContact,
  selfServiceShare,
} from "./self-service-share.js";
export type { ProfitAndLossAmounts, ProfitAndLossColumns, ProfitAndLossTotal } from "./statement-lines.js";
export {
  type ResourceCostColumns,
  type TimeDrivenCosts,
  type TimedActivity,
  type TimedActivityColumns,
  type TimedResource,
  type TimedUsage,
  timeDrivenCosts,
} from "./time-driven-costs.js";
