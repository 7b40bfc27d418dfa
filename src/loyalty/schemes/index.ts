/**
 * What is a scheme worth to members, and what do clubs, promotions, partners, cards and incentives bring?
 *
 * The records are of `model/`: memberships with their cards, clubs, promotions, partnerships, incentives for data.
 */

export { claimPromotion, type PromotionClaimDecision } from "./claim-promotion.js";
export {
  type ClubComparison,
  type ClubCustomer,
  type ClubDifference,
  type ClubGroup,
  type ClubMean,
  clubComparison,
} from "./club-comparison.js";
export {
  type ClubComparisonByPeriodOptions,
  type ClubEntry,
  type ClubPeriodComparison,
  clubComparisonByPeriod,
} from "./club-comparison-by-period.js";
export {
  type ClubActivity,
  type ClubNumbers,
  type ClubNumbersOptions,
  type ClubPeriod,
  clubNumbers,
} from "./club-numbers.js";
export {
  type CollectionProgress,
  type CollectionProgressOptions,
  collectionProgress,
} from "./collection-progress.js";
export { type ComparedScheme, compareSchemes, type SchemeComparison } from "./compare-schemes.js";
export {
  type AskedCustomer,
  type DataIncentiveGrant,
  type DataIncentiveReport,
  dataIncentiveReport,
  type IncentiveField,
} from "./data-incentive-report.js";
export type { SchemeAsOfOptions } from "./known-as-of.js";
export {
  type LoyaltyRoute,
  loyaltyRoutes,
  type OneToOneDeed,
  oneToOneDeeds,
  routeMeans,
} from "./loyalty-route.js";
export {
  type CardChange,
  type CardNumbers,
  type CardRefusal,
  type CardStanding,
  cardNumbers,
  cardStanding,
  changeCard,
} from "./member-cards.js";
export type { MembershipSpan } from "./membership-spans.js";
export {
  type PartnerBill,
  type PartnerDiscount,
  type PartnerDiscountRefusal,
  partnerDiscount,
} from "./partner-discount.js";
export { type PartnerMovement, type PartnerMovementsOptions, partnerMovements } from "./partner-movements.js";
export type { SettledPartnership } from "./partner-prices.js";
export {
  type PartnerPosition,
  type PartnerSettlement,
  type PartnerSettlementOptions,
  partnerSettlement,
  type SettledPeriod,
} from "./partner-settlement.js";
export {
  type PromotionBreakEven,
  type PromotionBreakEvenOptions,
  promotionBreakEven,
} from "./promotion-break-even.js";
export {
  type ClaimedPurchase,
  emptyPromotionClaims,
  type GrantedClaim,
  type PromotionClaim,
  type PromotionClaimRefusal,
  type PromotionClaims,
} from "./promotion-claim.js";
export {
  expectedPromotionCost,
  type PromotionCost,
  type PromotionCounts,
  promotionCost,
} from "./promotion-cost.js";
export {
  type BaselineSales,
  type PromotionEffect,
  type PromotionLiftOptions,
  promotionLift,
  salesOverBaseline,
} from "./promotion-effect.js";
export {
  changePromotion,
  type PromotionChange,
  type PromotionChangeRefusal,
  promotionStatusAt,
} from "./promotion-lifecycle.js";
export {
  type PromotionRedemption,
  type PromotionRedemptionOptions,
  promotionRedemption,
} from "./promotion-redemption.js";
export { type PromotionStats, type PromotionStatsOptions, promotionStats } from "./promotion-stats.js";
export {
  type SchemeConvenience,
  type SchemeFacts,
  type SchemeReward,
  schemeConveniences,
} from "./scheme-facts.js";
export { type RewardFacts, type SchemeProfile, schemeFactsOf } from "./scheme-facts-of.js";
export {
  type SchemeCuts,
  type SchemeScale,
  type SchemeScore,
  type SchemeScoreOptions,
  type SchemeScores,
  type ScoredSchemeValues,
  schemeScores,
} from "./scheme-scores.js";
export {
  type PeriodsToReward,
  type RewardValues,
  type SchemeMeasures,
  type SchemeValueName,
  type SchemeValues,
  schemeValueNames,
  schemeValues,
} from "./scheme-values.js";
export {
  type SettlementPayment,
  type SettlementPosition,
  settlementPayments,
} from "./settlement-payments.js";
export {
  type OccasionCustomer,
  type UpcomingOccasion,
  type UpcomingOccasionsOptions,
  upcomingOccasions,
  type YearlyOccasion,
} from "./upcoming-occasions.js";
