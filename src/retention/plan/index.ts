/** What staying is worth, whom to keep, and whether the plan is met. */
export {
  evaluateRetentionPlan,
  type ObjectiveOutcome,
  type PlanActuals,
  type PlanEvaluation,
  type PlanEvaluationOptions,
  type PlanKpiOutcome,
  type PlanKpis,
  type PlanObjective,
  type PlanStatus,
} from "./evaluate-retention-plan.js";
export { type HeldByBarriers, type HeldCustomer, heldByBarriers } from "./held-by-barriers.js";
export type { RetentionPriorityWeights } from "./priority-weights.js";
export type {
  CostDecline,
  PricePremium,
  ProfitSources,
  PurchaseGrowth,
  ReferralProfit,
  YearlyAmount,
} from "./profit-components.js";
export type { RetentionCandidate } from "./retention-candidates.js";
export {
  type RetentionCost,
  type RetentionCostBase,
  type RetentionCostKind,
  type RetentionCostRow,
  retentionCost,
} from "./retention-cost.js";
export type { RetentionCurve, SurvivorsAt } from "./retention-curve.js";
export {
  type BreakevenYear,
  type CohortYearColumns,
  type ComponentTotal,
  type CustomerYearColumns,
  type HorizonTotal,
  type ProfitComponent,
  type RetentionEconomics,
  type RetentionEconomicsOptions,
  retentionEconomics,
} from "./retention-economics.js";
export {
  type RetentionPriorities,
  type RetentionPriorityColumns,
  type RetentionPriorityOptions,
  retentionPriority,
} from "./retention-priority.js";
export {
  type AddValueMeans,
  addValueMeans,
  type RetentionKpi,
  type RetentionMeans,
  type RetentionSign,
  retentionKpis,
  retentionMeans,
  retentionSigns,
  type StrategicReason,
  type SwitchingCostKind,
  strategicReasons,
  switchingCostKinds,
} from "./retention-strategy.js";
export {
  type BreakevenBudget,
  type RetainedValue,
  type RetentionUplift,
  type RetentionUpliftOptions,
  retentionUplift,
} from "./retention-uplift.js";
export {
  type RewardCandidate,
  type RewardColumns,
  type RewardCut,
  type RewardList,
  type RewardListOptions,
  rewardList,
} from "./reward-list.js";
export {
  type SwitchingCost,
  type SwitchingCosts,
  type SwitchingCostsOfKind,
  switchingCosts,
} from "./switching-cost.js";
