/**
 * Do they stay? Rates, cohorts, revenue movements, lifetimes, early warning, and what staying is worth.
 *
 * - **Rates**: {@link retentionRate} of a base between two windows, {@link retentionSeries}, {@link retentionByGroup};
 *   {@link defectionByView} tells who left a product or channel from who left, {@link churnByProduct} does so for contracts;
 *   {@link churnRate} of contracts, by the base rules in use; {@link reactivationRate}, {@link winBackRate},
 *   {@link repeatPurchaseRate}.
 * - **Cohorts**: {@link cohortTable}, {@link fixedCohortCurves}, {@link compareCohorts}.
 * - **Revenue**: {@link normalizedRevenue}, {@link recurringRevenue}, {@link revenueMovements}, {@link revenueRates},
 *   {@link revenueRetentionByCohort}.
 * - **Lifetimes**: {@link customerLifetimes} and {@link contractLifetimes}, which `kaplanMeier` takes as they are;
 *   {@link lifetimeEstimate}, {@link expectedLifetime}, {@link observedTenure}.
 * - **Loyalty**: {@link purchaseIntervals}, {@link shareOfWallet}, {@link referralRate}, {@link loyaltyOutcome}.
 * - **Early warning**: {@link churnAlarm}, {@link churnAlarmOf} one customer, and {@link evaluateChurnAlarm} on history.
 * - **Worth and plan**: {@link retentionEconomics}, {@link retentionUplift}, {@link retentionCost},
 *   {@link retentionPriority}, {@link evaluateRetentionPlan}.
 *
 * The **base** is who bought in the previous period; **retained** is who of them bought in the current one; the rest are
 * **defected**. The **raw** rate counts customers, the **sales-adjusted** and **profit-adjusted** rates weigh them by what
 * they brought in the previous period, so that losing the best customers shows. A **cohort** began together; its **age** is
 * the time since. **Censored** is who was still here when last seen.
 *
 * ```ts
 * import { retentionSeries, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 900 },
 *     { customerId: "budi", at: "2024-01-31", amount: 100 },
 *     { customerId: "ani", at: "2024-02-29", amount: 500 },
 *   ],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * const [february] = retentionSeries(log, { asOf: "2024-03-01", by: "month" });
 * [february?.raw.value, february?.salesAdjusted.value]; // => [0.5, 0.9]
 * ```
 *
 * @module
 */

export type { AlarmPointColumns } from "./alarm/alarm-points.js";
export type { ChurnSignal } from "./alarm/alarm-signals.js";
export type {
  ChurnAlarmColumns,
  FewPurchasesColumns,
  GoneCustomersColumns,
} from "./alarm/alarm-tables.js";
export type { AlarmLeadTime, AlarmThreshold } from "./alarm/alarm-threshold.js";
export type { AlarmCut, UnfittedCut } from "./alarm/alarm-trial.js";
export {
  type ChurnAlarm,
  type ChurnAlarmOptions,
  churnAlarm,
  type RankingFallback,
} from "./alarm/churn-alarm.js";
export { type ChurnAlarmOfOptions, type CustomerAlarm, churnAlarmOf } from "./alarm/churn-alarm-of.js";
export {
  type ChurnAlarmEvaluation,
  type EvaluateChurnAlarmOptions,
  evaluateChurnAlarm,
} from "./alarm/evaluate-churn-alarm.js";
export {
  fitGapModel,
  fitGapModelOf,
  type GapHistory,
  type GapOutlook,
  gapOutlook,
} from "./alarm/gap-model.js";
export type { GapModel, GapModelOptions, GapModelParameters } from "./alarm/maximize-gap-likelihood.js";
export type { CohortMode } from "./cohorts/cohort-ages.js";
export type { Cohort, CohortAge, CohortCellColumns, CohortCells } from "./cohorts/cohort-cells.js";
export {
  type CohortCurve,
  type CohortCurvePoint,
  type CohortCurves,
  fixedCohortCurves,
} from "./cohorts/cohort-curves.js";
export type { CohortStartOptions } from "./cohorts/cohort-starts.js";
export { type CohortTable, type CohortTableOptions, cohortTable } from "./cohorts/cohort-table.js";
export {
  type CohortComparison,
  type CohortDifference,
  type CompareCohortsOptions,
  compareCohorts,
} from "./cohorts/compare-cohorts.js";
export {
  type ActiveStatusPresets,
  activeStatusPresets,
  type StatusRule,
  type StatusRules,
} from "./contracts/active-status-presets.js";
export {
  type ChurnByProduct,
  type ChurnByProductOptions,
  churnByProduct,
  type ProductChurn,
  type ProductContract,
} from "./contracts/churn-by-product.js";
export {
  type ChurnExposure,
  type ChurnOptions,
  type ChurnRate,
  type ChurnRateOptions,
  type ContractChurn,
  churnRate,
  type GroupChurn,
} from "./contracts/churn-rate.js";
export {
  type ChurnBase,
  type ChurnCounts,
  type ChurnRateOfOptions,
  type ChurnShares,
  churnRateOf,
} from "./contracts/churn-rate-of.js";
export { type ChurnSeriesOptions, churnSeries, type PeriodChurn } from "./contracts/churn-series.js";
export type { ContractWithStatus } from "./contracts/contract-status.js";
export type { RenewableContract } from "./contracts/contract-terms.js";
export type { SubscriptionRevenueOptions } from "./contracts/subscription-activity.js";
export type { GroupedOptions } from "./groups-if-asked.js";
export { type ContractLifetimesOptions, contractLifetimes } from "./lifetimes/contract-lifetimes.js";
export {
  type ContractTenure,
  type ContractTenureColumns,
  type ContractTenureOptions,
  contractTenure,
} from "./lifetimes/contract-tenure.js";
export { type CustomerLifetimesOptions, customerLifetimes } from "./lifetimes/customer-lifetimes.js";
export {
  type ExpectedLifetime,
  type ExpectedLifetimeOptions,
  expectedLifetime,
} from "./lifetimes/expected-lifetime.js";
export {
  type GroupLifetimeEstimate,
  type LifetimeEstimate,
  type LifetimeEstimateOptions,
  lifetimeEstimate,
  lifetimeEstimateByGroup,
  type NaiveLifetimes,
} from "./lifetimes/lifetime-estimate.js";
export type {
  LifetimeColumns,
  LifetimesLeftOut,
  LifetimeTable,
  LifetimeUnit,
} from "./lifetimes/lifetime-table.js";
export {
  type ObservedTenure,
  type ObservedTenureColumns,
  type ObservedTenureOptions,
  observedTenure,
} from "./lifetimes/observed-tenure.js";
export type { TenureSummaries, TenureUnitOptions } from "./lifetimes/tenure-summaries.js";
export { type LoyaltyMeasures, type LoyaltyOutcome, loyaltyOutcome } from "./loyalty/loyalty-outcome.js";
export type { ReferralRow } from "./loyalty/read-referrals.js";
export { type ReferralRate, type ReferralRateOptions, referralRate } from "./loyalty/referral-rate.js";
export {
  type ShareOfWallet,
  shareOfWallet,
  type WalletColumns,
  type WalletRow,
} from "./loyalty/share-of-wallet.js";
export {
  type BrandAllocation,
  type BrandRating,
  type WalletAllocation,
  type WalletAllocationColumns,
  type WalletAllocationOptions,
  walletAllocation,
} from "./loyalty/wallet-allocation.js";
export { walletAllocationRule } from "./loyalty/wallet-allocation-rule.js";
export {
  type NamedWalletRow,
  type WalletGrowth,
  type WalletGrowthColumns,
  walletGrowth,
} from "./loyalty/wallet-growth.js";
export {
  evaluateRetentionPlan,
  type ObjectiveOutcome,
  type PlanActuals,
  type PlanEvaluation,
  type PlanEvaluationOptions,
  type PlanKpiOutcome,
  type PlanKpis,
  type PlanObjective,
  type PlanStatus,
} from "./plan/evaluate-retention-plan.js";
export { type HeldByBarriers, type HeldCustomer, heldByBarriers } from "./plan/held-by-barriers.js";
export type { RetentionPriorityWeights } from "./plan/priority-weights.js";
export type {
  CostDecline,
  PricePremium,
  ProfitSources,
  PurchaseGrowth,
  ReferralProfit,
  YearlyAmount,
} from "./plan/profit-components.js";
export type { RetentionCandidate } from "./plan/retention-candidates.js";
export {
  type RetentionCost,
  type RetentionCostBase,
  type RetentionCostKind,
  type RetentionCostRow,
  retentionCost,
} from "./plan/retention-cost.js";
export type { RetentionCurve, SurvivorsAt } from "./plan/retention-curve.js";
export {
  type BreakevenYear,
  type CohortYearColumns,
  type ComponentTotal,
  type CustomerYearColumns,
  type HorizonTotal,
  type ProfitComponent,
  type RetentionEconomics,
  type RetentionEconomicsOptions,
  retentionEconomics,
} from "./plan/retention-economics.js";
export {
  type RetentionPriorities,
  type RetentionPriorityColumns,
  type RetentionPriorityOptions,
  retentionPriority,
} from "./plan/retention-priority.js";
export {
  type AddValueMeans,
  addValueMeans,
  type RetentionKpi,
  type RetentionMeans,
  type RetentionSign,
  retentionKpis,
  retentionMeans,
  retentionSigns,
  type StrategicReason,
  type SwitchingCostKind,
  strategicReasons,
  switchingCostKinds,
} from "./plan/retention-strategy.js";
export {
  type BreakevenBudget,
  type RetainedValue,
  type RetentionUplift,
  type RetentionUpliftOptions,
  retentionUplift,
} from "./plan/retention-uplift.js";
export {
  type RewardCandidate,
  type RewardColumns,
  type RewardCut,
  type RewardList,
  type RewardListOptions,
  rewardList,
} from "./plan/reward-list.js";
export {
  type SwitchingCost,
  type SwitchingCosts,
  type SwitchingCostsOfKind,
  switchingCosts,
} from "./plan/switching-cost.js";
export type { DayCountOptions } from "./purchases/days-between.js";
export type { DurationQuantile, DurationSummary } from "./purchases/duration-summary.js";
export {
  type PurchaseIntervalColumns,
  type PurchaseIntervalOptions,
  type PurchaseIntervals,
  purchaseIntervals,
} from "./purchases/purchase-intervals.js";
export type { FirstPurchaseOptions, OccasionOptions } from "./purchases/purchase-occasions.js";
export {
  type PurchaseWaitColumns,
  type PurchaseWaitOptions,
  purchaseWaits,
} from "./purchases/purchase-waits.js";
export {
  type GroupReactivation,
  type ReactivationOptions,
  type ReactivationRate,
  type ReactivationShares,
  reactivationRate,
} from "./purchases/reactivation-rate.js";
export {
  type PeriodReactivation,
  type ReactivationSeriesOptions,
  reactivationSeries,
} from "./purchases/reactivation-series.js";
export {
  type GroupRepeatPurchase,
  type PurchaseCountColumns,
  type RepeatPurchaseOptions,
  type RepeatPurchaseRate,
  type RepeatPurchaseShares,
  type RepeatStep,
  repeatPurchaseRate,
} from "./purchases/repeat-purchase-rate.js";
export type { WinBackContact, WinBackContactColumns, WinBackOutcome } from "./purchases/win-back-outcome.js";
export {
  type GroupWinBack,
  type WinBackGroup,
  type WinBackRate,
  type WinBackRateOptions,
  type WinBackShares,
  winBackRate,
} from "./purchases/win-back-rate.js";
export {
  type DefectionByView,
  type DefectionByViewOptions,
  type DefectionGroup,
  type DefectionView,
  defectionByView,
  type ViewShares,
} from "./rates/defection-by-view.js";
export {
  type DefectionSeriesByViewOptions,
  defectionSeriesByView,
  type PeriodDefectionByView,
} from "./rates/defection-series-by-view.js";
export {
  type GroupRetention,
  type RetentionByGroup,
  type RetentionByGroupOptions,
  retentionByGroup,
} from "./rates/retention-by-group.js";
export { type RetentionOptions, type RetentionRate, retentionRate } from "./rates/retention-rate.js";
export { type RetentionRow, retentionRateOf } from "./rates/retention-rate-of.js";
export {
  type PeriodRetention,
  type RetentionSeriesOptions,
  retentionSeries,
} from "./rates/retention-series.js";
export {
  type PeriodRetentionByGroup,
  type RetentionSeriesByGroupOptions,
  retentionSeriesByGroup,
} from "./rates/retention-series-by-group.js";
export type { RetentionShares, ThreeWayRate } from "./rates/retention-shares.js";
export { type BillingInterval, normalizedRevenue } from "./revenue/normalized-revenue.js";
export type { PooledRevenueCohort } from "./revenue/pooled-revenue-cohorts.js";
export {
  type GroupRecurringRevenue,
  type ProductRecurringRevenue,
  type RecurringRevenue,
  type RecurringRevenueOptions,
  type RecurringRevenueShare,
  recurringRevenue,
} from "./revenue/recurring-revenue.js";
export type { CustomerBridge, RevenueBridge, RevenueMovementKind } from "./revenue/revenue-bridge.js";
export {
  type GroupPooledRevenueCohorts,
  type RevenueCohort,
  type RevenueCohortCellColumns,
  type RevenueCohortOptions,
  type RevenueCohorts,
  revenueRetentionByCohort,
} from "./revenue/revenue-by-cohort.js";
export type { RevenueOrigin, RevenuePeriodOptions, RevenueSource } from "./revenue/revenue-history.js";
export {
  type GroupRevenueMovements,
  type PeriodRevenueMovements,
  type RevenueMovements,
  type RevenueMovementsOptions,
  type RevenueMovementTable,
  revenueMovements,
} from "./revenue/revenue-movements.js";
export {
  type GroupRevenueRates,
  type PeriodRevenueRates,
  type RevenueRateSeries,
  type RevenueRatesOptions,
  revenueRates,
} from "./revenue/revenue-rates.js";
export {
  type RevenueRateInput,
  type RevenueRateOptions,
  type RevenueRates,
  revenueRatePresets,
  revenueRatesOf,
} from "./revenue/revenue-rates-of.js";
export type { RevenueSubscription } from "./revenue/revenue-subscription.js";
export {
  type RetentionPlan,
  type RetentionPlanInput,
  type RetentionStrategy,
  retentionPlanSchema,
  retentionStrategySchema,
} from "./schema.js";
