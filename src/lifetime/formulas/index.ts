/** Lifetime value without a fitted model: what is past, by formula, and of a whole base. */
export type { CustomersOfTenure } from "./customer-cohorts.js";
export { type CustomerEquity, customerEquity } from "./customer-equity.js";
export {
  type HistoricalValue,
  type HistoricalValueColumns,
  type HistoricalValueOptions,
  historicalValue,
} from "./historical-value.js";
export { type LifetimeValue, lifetimeValue } from "./lifetime-value.js";
export {
  type DriverWorth,
  type LifetimeValueDriver,
  type LifetimeValueDrivers,
  lifetimeValueDrivers,
} from "./lifetime-value-drivers.js";
export type { LifetimeValueOptions } from "./margin-stream.js";
export {
  type Payback,
  type PaybackPeriodOptions,
  type PaybackPeriods,
  paybackPeriod,
} from "./payback-period.js";
export {
  type AcquisitionWorth,
  type EquityProjection,
  type EquityProjectionColumns,
  type ProjectCustomerEquityOptions,
  projectCustomerEquity,
} from "./project-customer-equity.js";
export type { RetentionByPeriod } from "./retention-by-period.js";
export type { RetentionByTenure } from "./retention-by-tenure.js";
export { type SimpleLifetimeValueOptions, simpleLifetimeValue } from "./simple-lifetime-value.js";
