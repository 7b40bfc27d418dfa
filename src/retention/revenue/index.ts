/** How much of the revenue stays, grows and shrinks. */
export { type BillingInterval, normalizedRevenue } from "./normalized-revenue.js";
export type { PooledRevenueCohort } from "./pooled-revenue-cohorts.js";
export {
  type GroupRecurringRevenue,
  type ProductRecurringRevenue,
  type RecurringRevenue,
  type RecurringRevenueOptions,
  type RecurringRevenueShare,
  recurringRevenue,
} from "./recurring-revenue.js";
export type { CustomerBridge, RevenueBridge, RevenueMovementKind } from "./revenue-bridge.js";
export {
  type GroupPooledRevenueCohorts,
  type RevenueCohort,
  type RevenueCohortCellColumns,
  type RevenueCohortOptions,
  type RevenueCohorts,
  revenueRetentionByCohort,
} from "./revenue-by-cohort.js";
export type { RevenueOrigin, RevenuePeriodOptions, RevenueSource } from "./revenue-history.js";
export {
  type GroupRevenueMovements,
  type PeriodRevenueMovements,
  type RevenueMovements,
  type RevenueMovementsOptions,
  type RevenueMovementTable,
  revenueMovements,
} from "./revenue-movements.js";
export {
  type GroupRevenueRates,
  type PeriodRevenueRates,
  type RevenueRateSeries,
  type RevenueRatesOptions,
  revenueRates,
} from "./revenue-rates.js";
export {
  type RevenueRateInput,
  type RevenueRateOptions,
  type RevenueRates,
  revenueRatePresets,
  revenueRatesOf,
} from "./revenue-rates-of.js";
export type { RevenueSubscription } from "./revenue-subscription.js";
