/** What it costs to win customers and what comes back: acquisition, CAC, payback, funnels, referrals. */
export {
  type AcquiredCustomerColumns,
  type AcquiredCustomers,
  type AcquiredCustomersOptions,
  acquiredCustomers,
} from "./acquired-customers.js";
export {
  type AcquiredFromSource,
  type AcquiredInPeriod,
  type AcquiredValue,
  type AcquisitionByPeriod,
  type AcquisitionByPeriodOptions,
  acquisitionByPeriod,
} from "./acquisition-by-period.js";
export { acquisitionFunnel, type FunnelStage, type FunnelStageOutcome } from "./acquisition-funnel.js";
export type { AcquisitionPeriodOptions } from "./acquisition-periods.js";
export {
  type AcquisitionKpi,
  type AcquisitionReport,
  type AcquisitionReportLine,
  type AcquisitionReportOptions,
  acquisitionKpis,
  acquisitionReport,
} from "./acquisition-report.js";
export type { AcquisitionColumns, AcquisitionRow, AcquisitionTable } from "./acquisition-rows.js";
export type { AcquisitionSpend, AcquisitionSpendOptions } from "./acquisition-spend.js";
export {
  type AcquisitionToRetentionCostRatio,
  acquisitionToRetentionCostRatio,
  type CostOfCustomers,
} from "./acquisition-to-retention-cost-ratio.js";
export {
  type CacBySource,
  type CacBySourceOptions,
  type CacOfPeriod,
  type CacOfSource,
  type CacTotals,
  cacBySource,
} from "./cac-by-source.js";
export { type CacPayback, type CacPaybackOptions, cacPayback } from "./cac-payback.js";
export {
  type CacPaybackByCohort,
  type CacPaybackByCohortOptions,
  type CohortPayback,
  cacPaybackByCohort,
  type PooledRecovery,
} from "./cac-payback-by-cohort.js";
export type { AcquisitionSource } from "./first-purchases.js";
export { type LtvToCac, type LtvToCacOptions, ltvToCac } from "./ltv-to-cac.js";
export {
  type BudgetRow,
  type NonCustomerBudgetShare,
  nonCustomerBudgetShare,
} from "./non-customer-budget-share.js";
export {
  type ReferralAdjustedCac,
  type ReferralAdjustedCacOptions,
  referralAdjustedCac,
} from "./referral-adjusted-cac.js";
