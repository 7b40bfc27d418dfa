/** Time until an event, with some not watched to the end. */
export { type Concordance, concordance } from "./concordance.js";
export {
  type HazardByTenure,
  type HazardOptions,
  hazardByTenure,
  type TenureHazard,
} from "./hazard-by-tenure.js";
export {
  type KaplanMeierOptions,
  kaplanMeier,
  type SurvivalCurve,
  type SurvivalPointColumns,
} from "./kaplan-meier.js";
export {
  type LogRankGroup,
  type LogRankOptions,
  type LogRankTest,
  logRankTest,
} from "./log-rank-test.js";
export {
  type CumulativeHazard,
  type CumulativeHazardColumns,
  type NelsonAalenOptions,
  nelsonAalen,
} from "./nelson-aalen.js";
export {
  type RestrictedMean,
  type RestrictedMeanDifference,
  restrictedMeanDifference,
  restrictedMeanSurvival,
} from "./restricted-mean-survival.js";
export { type SurvivalEstimate, survivalAt } from "./survival-at.js";
export type { SurvivalColumns, SurvivalInput, SurvivalRow } from "./survival-data.js";
export type {
  GroupedSurvivalColumns,
  GroupedSurvivalInput,
  GroupedSurvivalRow,
} from "./survival-groups.js";
export type { SurvivalIntervalMethod } from "./survival-limits.js";
export { type SurvivalQuantile, survivalQuantile } from "./survival-quantile.js";
