/** Who is silent for longer than is usual for them, and whether such an alarm would have been right. */
export type { AlarmPointColumns } from "./alarm-points.js";
export type { ChurnSignal } from "./alarm-signals.js";
export type {
  ChurnAlarmColumns,
  FewPurchasesColumns,
  GoneCustomersColumns,
} from "./alarm-tables.js";
export type { AlarmLeadTime, AlarmThreshold } from "./alarm-threshold.js";
export type { AlarmCut, UnfittedCut } from "./alarm-trial.js";
export {
  type ChurnAlarm,
  type ChurnAlarmOptions,
  churnAlarm,
  type RankingFallback,
} from "./churn-alarm.js";
export { type ChurnAlarmOfOptions, type CustomerAlarm, churnAlarmOf } from "./churn-alarm-of.js";
export {
  type ChurnAlarmEvaluation,
  type EvaluateChurnAlarmOptions,
  evaluateChurnAlarm,
} from "./evaluate-churn-alarm.js";
export {
  fitGapModel,
  fitGapModelOf,
  type GapHistory,
  type GapOutlook,
  gapOutlook,
} from "./gap-model.js";
export type { GapModel, GapModelOptions, GapModelParameters } from "./maximize-gap-likelihood.js";
