import { safeInteger } from "../../core/safe-integer.js";
import type { AccountDraft } from "./account-draft.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import { compareTexts, mapDelete, mapGet, mapSet } from "./sorted-map.js";

/**
 * How much of an order do points pay?
 *
 * Redemptions and captured holds that name the order, less what was given back of them, and holds of it that are open: what
 * the programme's share of an order is held against. Rewards pay no money.
 *
 * @param account - The account; {@link settleLoyalty} first for holds that have ended since its last event.
 * @param orderId - The order.
 * @returns Minor units; 0 for an order that nothing has named.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, paidWithPoints, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   redemption: { points: 100, amount: 50 },
 * });
 * const { account } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "adjust", key: "k2", at: "2025-01-02", points: 500, reason: "opening balance", actor: "import" },
 *   { type: "redeem", key: "k3", at: "2025-01-03", redemptionId: "R-1", points: 300, orderId: "O-1" },
 *   { type: "reverseRedemption", key: "k4", at: "2025-01-04", redemptionId: "R-1", points: 100 },
 * ]);
 * paidWithPoints(account, "O-1"); // => 100
 * ```
 */
export function paidWithPoints(account: LoyaltyAccount, orderId: string): number {
  return mapGet(account.paidWithPoints, orderId, compareTexts) ?? 0;
}

/** Books what points pay more (above 0) or less of an order. @internal */
export function countPayment(
  account: AccountDraft,
  orderId: string | null,
  amount: number | null,
  own: boolean,
): void {
  if (orderId === null || amount === null || amount === 0) return;
  const before = mapGet(account.paidWithPoints, orderId, compareTexts) ?? 0;
  const after = safeInteger(
    before + amount,
    "event.amount",
    `the money that points pay of order "${orderId}"`,
  );
  account.paidWithPoints =
    after === 0
      ? mapDelete(account.paidWithPoints, orderId, compareTexts, own)
      : mapSet(account.paidWithPoints, orderId, after, compareTexts, own);
}
