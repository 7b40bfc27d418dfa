import { assertInRange, assertInteger } from "../../core/assert.js";

/**
 * What share of wallet does the Wallet Allocation Rule give to a brand of this rank?
 *
 * (1 - rank / (brands + 1)) x 2 / brands: the shares of all the brands that a customer uses sum to 1 (Keiningham, Aksoy,
 * Buoye & Cooil 2011). It says what to expect of the average customer with such an order of preference, not what one
 * customer spends.
 *
 * @param rank - 1 for the brand that the customer likes best; brands that tie share the mean of their ranks: 1.5 for two first.
 * @param brands - How many brands the customer uses in the category, ours included.
 * @returns Expected share of wallet, 0 to 1.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `brands` is not a whole number of 1 or more, or `rank` not from 1 to it.
 * @example
 * ```ts
 * import { walletAllocationRule } from "clientele";
 *
 * walletAllocationRule(1, 2); // ~> 0.6666667
 * walletAllocationRule(2, 2); // ~> 0.3333333
 * walletAllocationRule(1.5, 2); // => 0.5
 * ```
 */
export function walletAllocationRule(rank: number, brands: number): number {
  assertInteger(brands, "brands", 1);
  assertInRange(rank, "rank", 1, brands);
  // The rule over one denominator: whole numbers, and halves for ties, are exact up to the division.
  return (2 * (brands + 1 - rank)) / (brands * (brands + 1));
}
