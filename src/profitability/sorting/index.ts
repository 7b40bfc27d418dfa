/** Which customers are worth which effort: service tiers, portfolios with their cuts, and how much hangs on few. */
export {
  chooseGridCuts,
  type GridCutChoice,
  type GridCutChoices,
  type GridCutRule,
} from "./choose-grid-cuts.js";
export {
  type CustomerConcentration,
  type CustomerConcentrationOptions,
  type CustomerWithValue,
  customerConcentration,
  type LorenzPointColumns,
  type TopCustomersShare,
} from "./customer-concentration.js";
export {
  type PortfolioAnalysis,
  type PortfolioCell,
  type PortfolioColumns,
  type PortfolioCustomer,
  type PortfolioPlace,
  type PortfolioSum,
  portfolioAnalysis,
} from "./portfolio-analysis.js";
export type { ScoredCustomer, ScoredCustomerColumns, ScoredCustomerInput } from "./scored-customers.js";
export {
  type NamedService,
  type ServiceTier,
  type ServiceTierCut,
  type ServiceTierCuts,
  type ServiceTierMemberColumns,
  type ServiceTierOptions,
  type ServiceTierShare,
  type ServiceTiers,
  serviceTier,
  serviceTiers,
} from "./service-tiers.js";
export { attractivenessShareGrid, valueCostGrid } from "./value-grids.js";
