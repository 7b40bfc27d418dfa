/** Does the programme pay, and what would another one have given? Economics over many accounts, and changed rules on past commands. */
export {
  type CompareEarnRulesOptions,
  compareEarnRules,
  type EarnRuleComparison,
  type MemberCommands,
  type MemberDifferenceColumns,
} from "./compare-earn-rules.js";
export { type ControlGroupMargin, controlGroupMargin, type GroupMargins } from "./control-group-margin.js";
export type { PointOutcomes } from "./point-outcomes.js";
export {
  type ProgramEconomics,
  type ProgramEconomicsOptions,
  type ProgramFlows,
  programEconomics,
} from "./program-economics.js";
export type { ProgramReplay } from "./program-replay.js";
