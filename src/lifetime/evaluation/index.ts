/** Can the model be trusted? What it foretold, held against what came, and what it makes of customers. */
export {
  type AliveHistory,
  type AliveHistoryColumns,
  type AliveHistoryOptions,
  aliveHistory,
} from "./alive-history.js";
export {
  type CompareLifetimeModelsOptions,
  type ComparisonCriterion,
  compareLifetimeModels,
  type LifetimeComparison,
  type LifetimeComparisonColumns,
} from "./compare-lifetime-models.js";
export type { ComparedModel, ComparedParameterColumns } from "./compared-parameters.js";
export {
  type EvaluateLifetimeModelOptions,
  evaluateLifetimeModel,
  type FrequencyCalibrationColumns,
  type LifetimeEvaluation,
} from "./evaluate-lifetime-model.js";
export {
  type FrequencyFit,
  type FrequencyFitColumns,
  type FrequencyFitOptions,
  frequencyFit,
} from "./frequency-fit.js";
export {
  type FrequencyRecencyColumns,
  type FrequencyRecencyMatrix,
  type FrequencyRecencyMatrixOptions,
  frequencyRecencyMatrix,
} from "./frequency-recency-matrix.js";
export type { HoldoutErrors } from "./holdout-errors.js";
export type {
  HoldoutHistories,
  HoldoutHistory,
  HoldoutHistoryColumns,
  HoldoutOptions,
} from "./holdout-histories.js";
export {
  type LifetimeValueClassColumns,
  type LifetimeValueDistribution,
  type LifetimeValueDistributionOptions,
  type LifetimeValueList,
  lifetimeValueDistribution,
} from "./lifetime-value-distribution.js";
export {
  type RankingGroupColumns,
  type RankingQuality,
  type RankingQualityOptions,
  rankingQuality,
} from "./ranking-quality.js";
export {
  type TrackedTotal,
  type TrackTransactionsOptions,
  type TransactionTracking,
  type TransactionTrackingColumns,
  trackTransactions,
} from "./track-transactions.js";
