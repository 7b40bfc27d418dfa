/** What makes a yes or no more likely, and how good are the probabilities? */
export type {
  LogisticColumns,
  LogisticCounts,
  LogisticInput,
  LogisticRow,
  MissingCovariate,
} from "./logistic-data.js";
export type { Separation } from "./logistic-identifiability.js";
export { logisticProbability } from "./logistic-probability.js";
export {
  type LogisticCoefficient,
  type LogisticFailure,
  type LogisticFit,
  type LogisticIntervals,
  type LogisticOptions,
  type LogisticRegression,
  type LogisticTest,
  logisticRegression,
} from "./logistic-regression.js";
export {
  type CalibrationEstimate,
  type CalibrationGroup,
  type CalibrationOptions,
  type ProbabilityCalibration,
  probabilityCalibration,
} from "./probability-calibration.js";
export { type RocAuc, rocAuc } from "./roc-auc.js";
