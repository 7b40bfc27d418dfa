/** How much do customers spend on a purchase, however often they buy? */
export { expectedSpend } from "./expected-spend.js";
export { fitGammaGamma, type GammaGammaFit, type GammaGammaFitOptions } from "./fit-gamma-gamma.js";
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
