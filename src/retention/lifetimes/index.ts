/** How long customers stay, when most are still here. */
export { type ContractLifetimesOptions, contractLifetimes } from "./contract-lifetimes.js";
export {
  type ContractTenure,
  type ContractTenureColumns,
  type ContractTenureOptions,
  contractTenure,
} from "./contract-tenure.js";
export { type CustomerLifetimesOptions, customerLifetimes } from "./customer-lifetimes.js";
export {
  type ExpectedLifetime,
  type ExpectedLifetimeOptions,
  expectedLifetime,
} from "./expected-lifetime.js";
export {
  type GroupLifetimeEstimate,
  type LifetimeEstimate,
  type LifetimeEstimateOptions,
  lifetimeEstimate,
  lifetimeEstimateByGroup,
  type NaiveLifetimes,
} from "./lifetime-estimate.js";
export type {
  LifetimeColumns,
  LifetimesLeftOut,
  LifetimeTable,
  LifetimeUnit,
} from "./lifetime-table.js";
export {
  type ObservedTenure,
  type ObservedTenureColumns,
  type ObservedTenureOptions,
  observedTenure,
} from "./observed-tenure.js";
export type { TenureSummaries, TenureUnitOptions } from "./tenure-summaries.js";
