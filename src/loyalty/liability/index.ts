/** What do points owed mean for the books? Allocation, recognition, redemption and breakage, roll-forwards. */
export {
  type AllocatedPart,
  allocateToPoints,
  type PointAllocation,
  type SaleWithPoints,
} from "./allocate-to-points.js";
export { type AgeToAge, type ChainLadder, chainLadder, type LadderCohort } from "./chain-ladder.js";
export type { ExceededEstimate } from "./cohort-liability.js";
export {
  type CohortRedemption,
  type EstimateRedemptionOptions,
  estimateRedemption,
  type RedemptionDevelopment,
} from "./estimate-redemption.js";
export {
  type CohortLiabilityColumns,
  type LiabilityRollForward,
  type LiabilityRollForwardColumns,
  type LiabilityRollForwardOptions,
  liabilityRollForward,
} from "./liability-roll-forward.js";
export type { CohortAllocation, RedemptionEstimate } from "./liability-terms.js";
export type { RollForwardOptions } from "./movement-tally.js";
export type {
  AccountMovement,
  AccountMovements,
  CohortMovement,
  CohortMovements,
  PointMovement,
  PointMovementColumns,
  PointMovementKind,
} from "./point-movement.js";
export { type PointMovementOptions, pointMovements } from "./point-movements.js";
export {
  type CohortRollForwardColumns,
  type PointRollForward,
  type PointRollForwardColumns,
  pointRollForward,
} from "./point-roll-forward.js";
export {
  type AgedPoints,
  type MonthBand,
  type PointsByAge,
  type PointsByAgeOptions,
  pointsByAge,
} from "./points-by-age.js";
export {
  type OutstandingPoints,
  type PointsCostProvision,
  pointsCostProvision,
} from "./points-cost-provision.js";
export {
  type DeferredPoints,
  type RecognizedPeriod,
  type RecognizePointsOptions,
  type RedemptionPeriod,
  recognizePoints,
} from "./recognize-points.js";
export {
  type RedemptionCurve,
  type RedemptionCurveColumns,
  type RedemptionCurveOptions,
  redemptionCurve,
} from "./redemption-curve.js";
