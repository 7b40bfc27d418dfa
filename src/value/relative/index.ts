/** Value against competitors: who gives more for the price, what to change first, what to promise whom. */

export {
  type CurrentOffer,
  type CurrentOffers,
  type CurrentOffersOptions,
  currentOffers,
} from "./current-offers.js";
export {
  type ComparableAttribute,
  type ComparedAttribute,
  type CustomerValueAnalysis,
  type CustomerValueAnalysisInput,
  customerValueAnalysis,
  type MarketPerceivedRatio,
  type RelativeValueForm,
} from "./customer-value-analysis.js";
export type { FairValueLine } from "./fair-value-line.js";
export {
  type ImprovableAttribute,
  type ImprovementPriority,
  improvementPriorities,
} from "./improvement-priorities.js";
export {
  type RelativeValueSensitivity,
  type RelativeValueSensitivityOptions,
  type RelativeWeightSwing,
  relativeValueSensitivity,
} from "./relative-value-sensitivity.js";
export {
  type PropositionPoint,
  type SegmentProposition,
  type SegmentPropositionsOptions,
  type SegmentWeights,
  segmentPropositions,
} from "./segment-propositions.js";
export {
  type MappedOffer,
  type PricedOffer,
  type ValueMap,
  type ValueMapOptions,
  valueMap,
} from "./value-map.js";
export { type WorthItRatio, type WorthItScores, worthItRatio } from "./worth-it-ratio.js";
