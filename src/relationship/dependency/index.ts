/** Why customers depend on us, whether they want to, and how forced ties become voluntary ones. */

export {
  type CauseScore,
  type DependencyCause,
  type DependencyScore,
  dependencyCauses,
  dependencyScore,
} from "./dependency-score.js";
export { type LockInPlan, type LockInPlanOptions, lockInPlan, type TieAction } from "./lock-in-plan.js";
export {
  type LoyaltyGroup,
  type LoyaltyGroupColumns,
  type SatisfactionAndBarrier,
  type SatisfactionBarrierCuts,
  type SatisfactionBarrierMatrix,
  satisfactionBarrierMatrix,
} from "./satisfaction-barrier-matrix.js";
export { type SectorTies, sectorTies } from "./sector-presets.js";
export {
  type JudgedTie,
  lockInRisk,
  type Tie,
  type TieBalance,
  type TieOptions,
  type TieSide,
  tieBalance,
} from "./tie-balance.js";
