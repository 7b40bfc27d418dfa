/** Who renews a contract, for how long, and what is that worth? */

export type { CohortSurvivors, CohortSurvivorsColumns, CohortSurvivorsRow } from "./cohort-survivors.js";
export {
  type ContractLifetime,
  type ContractTiming,
  type DiscountedContractLifetimeOptions,
  discountedContractLifetime,
  type ExpectedContractLifetimeOptions,
  expectedContractLifetime,
} from "./contract-lifetime.js";
export type {
  BetaDiscreteWeibullModel,
  BetaDiscreteWeibullParameters,
  ContractModel,
  ShiftedBetaGeometricModel,
  ShiftedBetaGeometricParameters,
} from "./contract-model.js";
export { contractEndProbability, contractRetention, contractSurvival } from "./contract-survival.js";
export {
  type ContractBaseRow,
  type ContractBaseValue,
  type ContractBaseValueColumns,
  type ContractBaseValueOptions,
  type ContractLifetimeValue,
  type ContractLifetimeValueOptions,
  contractBaseValue,
  contractLifetimeValue,
} from "./contract-value.js";
export { type BetaDiscreteWeibullFit, fitBetaDiscreteWeibull } from "./fit-beta-discrete-weibull.js";
export {
  type ContractFitOptions,
  fitShiftedBetaGeometric,
  type ShiftedBetaGeometricFit,
} from "./fit-shifted-beta-geometric.js";
