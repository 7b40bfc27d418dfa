/** What makes the event come sooner or later. */
export {
  type CoxBaseline,
  type CoxBaselineColumns,
  type CoxBaselineOptions,
  type CoxStratumBaseline,
  coxBaseline,
} from "./cox-baseline.js";
export type { CoxColumns, CoxInput, CoxRow } from "./cox-data.js";
export type { CoxPredictionSums, CoxStratumSums } from "./cox-hazard.js";
export { type CoxLifetimeColumns, type CoxLifetimeOptions, coxLifetime } from "./cox-lifetime.js";
export type { CoxTies } from "./cox-partial-likelihood.js";
export {
  type CoxCoefficient,
  type CoxFailure,
  type CoxFit,
  type CoxOptions,
  type CoxRegression,
  type CoxTest,
  coxRegression,
} from "./cox-regression.js";
export { type CoxRiskColumns, coxRisk } from "./cox-risk.js";
export type { CoxSubject } from "./cox-subjects.js";
export { type CoxSurvivalColumns, type CoxSurvivalOptions, coxSurvival } from "./cox-survival.js";
export type { TimeScale } from "./event-time-scale.js";
export {
  type ProportionalityOptions,
  type ProportionalityResult,
  type ProportionalityTest,
  proportionalityTest,
} from "./proportionality-test.js";
export { type SchoenfeldResiduals, schoenfeldResiduals } from "./schoenfeld-residuals.js";
