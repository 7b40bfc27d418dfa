/**
 * What is a loyalty programme made of, and what does it cost and pay to spend points?
 */
export type { BirthdayCondition, EarnAward, EarnCap, EarnCondition, EarnRule } from "./earn-rule.js";
export type { PointExpiry } from "./expiry-rule.js";
export type {
  LoyaltyProgram,
  LoyaltyReward,
  PointType,
  RedemptionPolicy,
  ReturnPolicy,
  ReversalPolicy,
} from "./loyalty-program.js";
export type { LoyaltyProgramDefault, LoyaltyProgramDraft } from "./program-draft.js";
export {
  maximumRedemption,
  type RedemptionQuote,
  type RedemptionRefusal,
  type RedemptionRequest,
  redemptionQuote,
} from "./redemption-quote.js";
export { loyaltyProgramSchema } from "./schema.js";
export type { TierLevel, TierPeriod, TierPlan } from "./tier-plan.js";
