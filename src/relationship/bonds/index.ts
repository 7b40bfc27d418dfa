/** What holds a customer: bonds, how strong, how widely spread, how fragile, and which to build next. */

export {
  type BondCell,
  type BondCoverage,
  type BondCoverageOptions,
  bondCoverage,
} from "./bond-coverage.js";
export { type BondFragility, type BondLoss, bondFragility } from "./bond-fragility.js";
export { type BondIndex, bondIndex, type WeightedBondOptions } from "./bond-index.js";
export { type BondKindFacts, type BondSwitchingCost, bondKindFacts } from "./bond-kind-facts.js";
export { type BondPlan, type BondProject, bondPlan } from "./bond-plan.js";
export { type Bond, type BondOptions, type CurrentBonds, currentBonds } from "./current-bonds.js";
export { type ImpliedSwitchingCosts, impliedSwitchingCosts } from "./implied-switching-costs.js";
