/**
 * What do the books say? Balances at any instant, statements, what lapses when, where points came from and went, and whether
 * the events hold together.
 */
export type { LoyaltyHistory } from "./account-at.js";
export { accountTierOutlook } from "./account-tier-outlook.js";
export { type BalanceOptions, balanceAt, type PointBalance, type PointsDue } from "./balance-at.js";
export { checkLedger, type LedgerCheck } from "./check-ledger.js";
export { describeLoyaltyEvent } from "./describe-loyalty-event.js";
export {
  type EarnedLotTrail,
  type EarnedPointsTrail,
  earnedPointsTrail,
  type PointsFate,
  type PointsFateStep,
} from "./earned-points-trail.js";
export {
  type ExpiringPoints,
  type ExpiringPointsOptions,
  type ExpiringPointsSchedule,
  expiringPoints,
} from "./expiring-points.js";
export type { LedgerFault, LedgerInvariant } from "./ledger-invariant.js";
export {
  type LoyaltyStatement,
  type LoyaltyStatementOptions,
  loyaltyStatement,
  type StatementBalance,
  type StatementLine,
  type StatementPoints,
} from "./loyalty-statement.js";
export type { PointOrigin, PointSource } from "./point-sources.js";
export {
  type PointDebitReference,
  type PointsAuditTrail,
  pointsAuditTrail,
} from "./points-audit-trail.js";
export {
  type TierPyramid,
  type TierPyramidLevel,
  type TierPyramidOptions,
  tierPyramid,
} from "./tier-pyramid.js";
