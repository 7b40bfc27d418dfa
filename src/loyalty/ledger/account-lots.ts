import { ClienteleError } from "../../core/errors.js";
import { knownLapse } from "./account-draft.js";
import type { LoyaltyAccount, PointLot } from "./loyalty-account.js";
import { compareNumbers, mapGet, mapValues } from "./sorted-map.js";

/**
 * Which lots make up an account?
 *
 * @param account - The account; {@link settleLoyalty} first for what has come due since its last event.
 * @returns Every lot in the order of its number, spent and lapsed ones too. `expiresAt` of a sliding lot is its lapse as the
 * account's activity stands.
 * @example
 * ```ts
 * import { accountLots, emptyLoyaltyAccount } from "clientele";
 *
 * accountLots(emptyLoyaltyAccount("A-1")); // => []
 * ```
 */
export function accountLots(account: LoyaltyAccount): PointLot[] {
  return mapValues(account.lots).map((lot) =>
    lot.sliding ? { ...lot, expiresAt: knownLapse(account, lot, account.recordedAt ?? 0) } : lot,
  );
}

/** A lot by its number. @internal */
export function lotOf(account: LoyaltyAccount, number: number): PointLot {
  const lot = mapGet(account.lots, number, compareNumbers);
  if (lot !== undefined) return lot;
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    "account.lots",
    `account has no lot ${number}: fold its events again`,
  );
}
