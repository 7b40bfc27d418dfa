/** How satisfied customers are, what drives it, and how sure that is. */
export {
  acsi,
  type SatisfactionIndex,
  type SatisfactionIndexOptions,
  type SatisfactionIndexPart,
} from "./acsi.js";
export { type CesOptions, type CustomerEffort, ces } from "./ces.js";
export { type CsatOptions, type CustomerSatisfaction, csat } from "./csat.js";
export {
  type AttributeImportance,
  type DerivedImportance,
  type DerivedImportanceOptions,
  derivedImportance,
} from "./derived-importance.js";
export {
  type Disconfirmation,
  type DisconfirmationOptions,
  disconfirmation,
  type ExpectationOutcome,
  type ExpectationState,
  type ExpectationStateColumns,
} from "./disconfirmation.js";
export type { DriverRatingLists, DriverRatings } from "./driver-ratings.js";
export {
  type ImportanceCuts,
  type ImportancePerformance,
  type ImportancePerformanceOptions,
  type ImportanceQuadrant,
  importancePerformance,
  type PlacedAttribute,
  type RatedAttribute,
} from "./importance-performance.js";
export type { RatedIndexItem, SatisfactionIndexItem } from "./index-items.js";
export { type ItemRatings, type ItemRatingsOptions, itemRatings } from "./item-ratings.js";
export {
  type MarginOfError,
  marginOfError,
  type NeededSampleSize,
  neededSampleSize,
  type SampleSizeOptions,
  type SurveyPrecisionOptions,
} from "./margin-of-error.js";
export {
  type NetPromoterScore,
  type NpsDifference,
  type NpsOptions,
  nps,
  npsDifference,
  type PromoterCounts,
} from "./nps.js";
export {
  type AttributeKind,
  type PenaltyReward,
  type PenaltyRewardAnalysis,
  type PenaltyRewardOptions,
  penaltyReward,
  type RatingEffect,
} from "./penalty-reward.js";
export type { SatisfactionTrendOptions, SatisfactionWave } from "./read-waves.js";
export {
  type SatisfactionTrend,
  satisfactionTrend,
  type TrendChange,
  type TrendWave,
} from "./satisfaction-trend.js";
export {
  type ServiceDimensionGap,
  type ServiceGap,
  type ServiceItemGap,
  type ServiceQualityAnswers,
  type ServqualGaps,
  type ServqualOptions,
  servqualGaps,
} from "./servqual-gaps.js";
export type { RatingCounts, SurveyRatings } from "./survey-ratings.js";
export {
  type GroupResponse,
  type SurveyedGroup,
  type SurveyedGroupResponse,
  type SurveyResponse,
  surveyResponse,
} from "./survey-response.js";
export type { ChangeTest } from "./wave-change.js";
