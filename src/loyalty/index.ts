/**
 * What do we owe our members? Loyalty programmes as data, a ledger of points in lots, levels of membership.
 *
 * - **Programme**: {@link defineProgram} checks it; {@link earnedPoints} and {@link redemptionQuote} say what it gives and takes.
 * - **Ledger**: {@link decideLoyalty} turns a command into events or a refusal, {@link evolveLoyalty} and
 *   {@link foldLoyalty} turn events into an account, {@link settleLoyalty} books what has come due.
 * - **Levels**: {@link tierUpgrade}, {@link tierReview}, {@link tierOutlook}.
 * - **Reading**: {@link balanceAt}, {@link loyaltyStatement}, {@link expiringPoints}, {@link pointsAuditTrail}, {@link checkLedger}.
 * - **Economics**: {@link programEconomics}, {@link compareEarnRules}.
 * - **Schemes**: {@link schemeScores} for what a scheme is worth to members, {@link clubNumbers}, {@link promotionStats} and
 *   {@link claimPromotion}, {@link partnerSettlement}, {@link cardNumbers}, {@link dataIncentiveReport}.
 *
 * A **lot** is points that came in together and lapse together; each debit says which lots it takes from. A **hold** sets
 * points aside. **Arrears** are points that a return took back and the member no longer had. Nothing here reads a clock,
 * stores anything or changes what it is given.
 *
 * ```ts
 * import { decideLoyalty, defineProgram, emptyLoyaltyAccount } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable", expiry: { kind: "afterEarn", after: { years: 1 } } }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const start = emptyLoyaltyAccount("A-1");
 * const enrolled = decideLoyalty(program, start, { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" });
 * enrolled.ok && enrolled.value.account.status; // => "open"
 * ```
 *
 * @module
 */
export * from "./earning/index.js";
export * from "./economics/index.js";
export * from "./ledger/index.js";
export * from "./liability/index.js";
export {
  defineProgram,
  parseLoyaltyCommand,
  parseLoyaltyEvent,
  parseLoyaltyEvents,
} from "./parse-loyalty.js";
export * from "./program/index.js";
export * from "./reading/index.js";
export { loyaltyCommandSchema, loyaltyEventSchema } from "./schema.js";
export * from "./schemes/index.js";
export * from "./tiers/index.js";
