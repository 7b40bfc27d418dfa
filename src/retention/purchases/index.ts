/** Whether the next purchase comes, when, and whether the lost come back. */
export type { DayCountOptions } from "./days-between.js";
export type { DurationQuantile, DurationSummary } from "./duration-summary.js";
export {
  type PurchaseIntervalColumns,
  type PurchaseIntervalOptions,
  type PurchaseIntervals,
  purchaseIntervals,
} from "./purchase-intervals.js";
export type { FirstPurchaseOptions, OccasionOptions } from "./purchase-occasions.js";
export {
  type PurchaseWaitColumns,
  type PurchaseWaitOptions,
  purchaseWaits,
} from "./purchase-waits.js";
export {
  type GroupReactivation,
  type ReactivationOptions,
  type ReactivationRate,
  type ReactivationShares,
  reactivationRate,
} from "./reactivation-rate.js";
export {
  type PeriodReactivation,
  type ReactivationSeriesOptions,
  reactivationSeries,
} from "./reactivation-series.js";
export {
  type GroupRepeatPurchase,
  type PurchaseCountColumns,
  type RepeatPurchaseOptions,
  type RepeatPurchaseRate,
  type RepeatPurchaseShares,
  type RepeatStep,
  repeatPurchaseRate,
} from "./repeat-purchase-rate.js";
export type { WinBackContact, WinBackContactColumns, WinBackOutcome } from "./win-back-outcome.js";
export {
  type GroupWinBack,
  type WinBackGroup,
  type WinBackRate,
  type WinBackRateOptions,
  type WinBackShares,
  winBackRate,
} from "./win-back-rate.js";
