/** What is being sold, how likely and when it comes in, and who sells: opportunities, forecast, sales performance. */
export {
  type ForecastAccuracy,
  type ForecastAccuracyOptions,
  type ForecastAndActual,
  forecastAccuracy,
} from "./forecast-accuracy.js";
export {
  type ForecastAccuracyAhead,
  type ForecastOutcomeColumns,
  type ForecastOutcomes,
  type ForecastSnapshot,
  forecastOutcomes,
} from "./forecast-outcomes.js";
export type {
  OpportunityGrouping,
  OpportunityOptions,
  OpportunityRow,
  OpportunityStageEntry,
  OpportunityWindow,
} from "./opportunity-row.js";
export {
  type ForecastPeriod,
  type PipelineForecast,
  type PipelineForecastOptions,
  pipelineForecast,
} from "./pipeline-forecast.js";
export type { SalesActivityOptions, SalesActivityRow } from "./sales-activities.js";
export {
  type ActivityCounts,
  type ActivityCountsOfGroup,
  type OverdueActivityColumns,
  overdueActivities,
  type SalesActivityReport,
  type SalesActivityReportOptions,
  salesActivityReport,
} from "./sales-activity-report.js";
export {
  type SalesCycle,
  type SalesCycleOptions,
  type StageDuration,
  type StageDurationOptions,
  type StageDurations,
  salesCycle,
  stageDurations,
} from "./sales-cycle.js";
export {
  type SalesPerformance,
  type SalesPerformanceOptions,
  type SalesQuota,
  salesPerformance,
} from "./sales-performance.js";
export {
  hubSpotPipeline,
  type PipelineStage,
  type SalesPipeline,
  salesforcePipeline,
} from "./sales-pipeline.js";
export {
  type SalesVelocity,
  type SalesVelocityFigures,
  type SalesVelocityOptions,
  salesVelocity,
  salesVelocityOf,
} from "./sales-velocity.js";
export type { ForecastCategory, PipelineStageAmount } from "./stage-amounts.js";
export {
  type CalibratedStage,
  type StageCalibration,
  type StageCalibrationOptions,
  stageCalibration,
} from "./stage-calibration.js";
export {
  type StageConversion,
  type StageConversionOptions,
  type StageConversions,
  stageConversion,
} from "./stage-conversion.js";
export type { ForecastAmount } from "./weighted-amount.js";
export {
  type LostReason,
  type LostReasonsOptions,
  lostReasons,
  type WinRate,
  type WinRateOptions,
  type WonAndLost,
  type WonAndLostOfGroup,
  winRate,
} from "./win-rate.js";
