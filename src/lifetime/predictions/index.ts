/** What a model says of customers: who is alive, who buys how often, what they are worth, and how sure that is. */
export { type DiscountedTransactionsOptions, discountedTransactions } from "./discounted-transactions.js";
export { type ExpectedTransactionsOptions, expectedTransactions } from "./expected-transactions.js";
export type { UncertainFit } from "./moved-fit.js";
export { type NewCustomerOptions, newCustomerTransactions } from "./new-customer-transactions.js";
export { type EstimateInterval, parameterIntervals } from "./parameter-intervals.js";
export {
  type PopulationLifetime,
  type PopulationQuantities,
  type PopulationQuantitiesOptions,
  type PopulationSpread,
  populationQuantities,
} from "./population-quantities.js";
export {
  type CustomerLifetimeValue,
  type LifetimeValueColumns,
  type LifetimeValues,
  type PredictLifetimeValueOptions,
  predictLifetimeValue,
  type SpendingCustomer,
  type SpendingCustomerColumns,
  type SpendingCustomers,
  type SpendPerPurchase,
} from "./predict-lifetime-value.js";
export {
  type PredictionIntervalOf,
  type PredictionIntervalOptions,
  type PredictionIntervals,
  predictionInterval,
  type UncertainFits,
} from "./prediction-interval.js";
export { type ProbabilityAliveOptions, probabilityAlive } from "./probability-alive.js";
export type { PredictionRunOptions } from "./score-customers.js";
export {
  type SimulateCustomersOptions,
  type SimulatedCustomerColumns,
  type SimulatedCustomers,
  type SimulatedPurchases,
  simulateCustomers,
} from "./simulate-customers.js";
export {
  conditionalTransactionProbabilities,
  type TransactionProbabilitiesOptions,
  transactionProbabilities,
} from "./transaction-probabilities.js";
