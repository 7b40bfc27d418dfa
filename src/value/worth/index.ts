/** What a customer gets for what they give: benefits and sacrifices, in points or in money, asked or reported. */

export {
  type BreakEvenWeight,
  type BreakEvenWeights,
  breakEvenWeights,
  type OfferDuel,
} from "./break-even-weights.js";
export { type ComparedOffer, compareOffers, type ScoredOffer, type WeightedItem } from "./compare-offers.js";
export { type CustomerValue, customerValue, type ValueContribution } from "./customer-value.js";
export {
  type Differentiation,
  type EconomicValue,
  type EconomicValueInput,
  economicValue,
  type LifeCycleCost,
} from "./economic-value.js";
export {
  type ReportedItem,
  type ReportedValueColumns,
  type SelfReportedValue,
  type SelfReportedValueOptions,
  selfReportedValue,
  type ValueReport,
} from "./self-reported-value.js";
export type { SurveyMean } from "./survey-mean.js";
export type { SurveyTotals } from "./survey-totals.js";
export {
  type RespondentValueColumns,
  type SurveyedItem,
  type SurveyedValue,
  type SurveyedValueItem,
  type SurveyedValueOptions,
  surveyedValue,
} from "./surveyed-value.js";
export { customerValueInMoney, type MoneyValueItem, type MoneyValueItems } from "./value-in-money.js";
export {
  type BenefitKind,
  benefitKinds,
  type SacrificeKind,
  sacrificeKinds,
  type ValueItem,
  type ValueItems,
  type ValueSide,
} from "./value-item.js";
export type { CustomerValueOptions } from "./value-options.js";
export {
  type DatedValueItems,
  type ItemChange,
  type ValueChange,
  type ValueMoment,
  type ValueOverTimeOptions,
  valueOverTime,
} from "./value-over-time.js";
export type { ValueUnit } from "./weigh-items.js";
export {
  type MovedWeight,
  type WeightSensitivity,
  type WeightSensitivityOptions,
  type WeightSwing,
  weightSensitivity,
} from "./weight-sensitivity.js";
