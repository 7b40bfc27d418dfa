/** How loyal are those who stay: their spending, their referrals. */
export { type LoyaltyMeasures, type LoyaltyOutcome, loyaltyOutcome } from "./loyalty-outcome.js";
export type { ReferralRow } from "./read-referrals.js";
export { type ReferralRate, type ReferralRateOptions, referralRate } from "./referral-rate.js";
export {
  type ShareOfWallet,
  shareOfWallet,
  type WalletColumns,
  type WalletRow,
} from "./share-of-wallet.js";
export {
  type BrandAllocation,
  type BrandRating,
  type WalletAllocation,
  type WalletAllocationColumns,
  type WalletAllocationOptions,
  walletAllocation,
} from "./wallet-allocation.js";
export { walletAllocationRule } from "./wallet-allocation-rule.js";
export {
  type NamedWalletRow,
  type WalletGrowth,
  type WalletGrowthColumns,
  walletGrowth,
} from "./wallet-growth.js";
