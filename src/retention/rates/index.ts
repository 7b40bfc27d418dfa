/** What share stayed from one period to another, of customers, sales and profit. */
export {
  type DefectionByView,
  type DefectionByViewOptions,
  type DefectionGroup,
  type DefectionView,
  defectionByView,
  type ViewShares,
} from "./defection-by-view.js";
export {
  type DefectionSeriesByViewOptions,
  defectionSeriesByView,
  type PeriodDefectionByView,
} from "./defection-series-by-view.js";
export {
  type GroupRetention,
  type RetentionByGroup,
  type RetentionByGroupOptions,
  retentionByGroup,
} from "./retention-by-group.js";
export { type RetentionOptions, type RetentionRate, retentionRate } from "./retention-rate.js";
export { type RetentionRow, retentionRateOf } from "./retention-rate-of.js";
export {
  type PeriodRetention,
  type RetentionSeriesOptions,
  retentionSeries,
} from "./retention-series.js";
export {
  type PeriodRetentionByGroup,
  type RetentionSeriesByGroupOptions,
  retentionSeriesByGroup,
} from "./retention-series-by-group.js";
export type { RetentionShares, ThreeWayRate } from "./retention-shares.js";
