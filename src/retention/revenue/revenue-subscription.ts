import type { MustOfRow } from "../../history/read-contracts.js";
import type { ContractWithStatus } from "../contracts/contract-status.js";
import { checkInterval } from "../contracts/contract-terms.js";
import type { BillingInterval } from "./normalized-revenue.js";

/**
 * What a customer pays again and again: a `Subscription` fits as it is.
 *
 * Rows that bear the same `id` are phases of one subscription (another price, another status) and may not overlap.
 */
export interface RevenueSubscription extends ContractWithStatus {
  /** What for; left out, results by product show it under `null`. */
  readonly productId?: string | null | undefined;
  /** What one interval costs, all units together: integer in minor units, zero or more; net of tax and discounts. */
  readonly amount: number;
  /** ISO 4217 code. */
  readonly currency: string;
  /** How often that is paid. */
  readonly interval: BillingInterval;
}

/** Checks what a row says of revenue. @internal */
export function checkRevenue(
  { amount, currency, interval, productId }: RevenueSubscription,
  must: MustOfRow,
): void {
  checkAmount(amount, must);
  must(
    typeof currency === "string" && /^[A-Z]{3}$/.test(currency),
    "currency",
    "is not a currency code of three capital letters (ISO 4217)",
    currency,
  );
  checkInterval("interval", interval, must);
  checkProductId(productId, must);
}

/** Checks what one interval costs. @internal */
export function checkAmount(amount: number, must: MustOfRow): void {
  const isWhole = Number.isSafeInteger(amount);
  must(
    isWhole && amount >= 0,
    "amount",
    isWhole ? "is below 0" : "is not a whole number of minor units",
    amount,
  );
}

/** Checks what a contract is for. @internal */
export function checkProductId(productId: unknown, must: MustOfRow): void {
  const isName = productId === undefined || productId === null || typeof productId === "string";
  must(isName, "productId", "is no text", productId);
}
