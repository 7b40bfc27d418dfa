/** How much do customers spend on a purchase, however often they buy? */
export { expectedSpend } from "./expected-spend.js";
export { type FitGammaGammaOptions, fitGammaGamma, type GammaGammaFit } from "./fit-gamma-gamma.js";
export {
  type SpendDistribution,
  spendCdf,
  spendDistribution,
  spendPdf,
  spendQuantile,
} from "./spend-distribution.js";
export type {
  SpendHistories,
  SpendHistory,
  SpendHistoryColumns,
  SpendHistoryOptions,
  ZeroSpendOptions,
} from "./spend-histories.js";
