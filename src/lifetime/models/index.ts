/** What the models are made of: parameters, histories of customers, how a fit went. */
export type {
  BgBbModel,
  BgBbParameters,
  BgNbdModel,
  BgNbdParameters,
  CovariateEffects,
  CovariateModel,
  GammaGammaModel,
  GammaGammaParameters,
  MbgNbdModel,
  ModelTimeUnit,
  ParetoNbdModel,
  ParetoNbdParameters,
  TransactionModel,
} from "./lifetime-model.js";
export type {
  FitFailure,
  FitFailureCode,
  FitProgress,
  FitSearchOptions,
  ModelFit,
  ParameterPrior,
} from "./model-fit.js";
export type {
  PurchaseHistories,
  PurchaseHistory,
  PurchaseHistoryColumns,
  PurchaseHistoryOptions,
} from "./purchase-histories.js";
