import { ClienteleError } from "../../core/errors.js";
import { knownLapse } from "./lot-lapse.js";
import { allLots, lotAt } from "./lot-list.js";
import type { EarnedOrder, LotState, LoyaltyAccount, PointLot } from "./loyalty-account.js";

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
  return allLots(account.lots).map((state) => {
    const lot = pointLot(state);
    return lot.sliding ? { ...lot, expiresAt: knownLapse(account, state, account.recordedAt ?? 0) } : lot;
  });
}

/** A lot by its number. @internal */
export function lotOf(account: LoyaltyAccount, number: number): PointLot {
  return pointLot(lotState(account, number));
}

/** A lot by its number, as the account keeps it. @internal */
export function lotState({ lots }: LoyaltyAccount, number: number): LotState {
  const lot = lotAt(lots, number);
  if (lot !== undefined) return lot;
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    "account.lots",
    `account has no lot ${number}: fold its events again`,
  );
}

/** The lots that an order opened. @internal */
export function lotsOfOrder(account: LoyaltyAccount, { firstLot, lotCount }: EarnedOrder): LotState[] {
  return Array.from({ length: lotCount }, (_, i) => lotState(account, firstLot + i));
}

function pointLot({ opened, orderId, remaining, held, status, lapsedAt }: LotState): PointLot {
  const { lot, pointType, points, earnedAt, activeAt, expiresAt, sliding = false } = opened;
  return {
    lot,
    pointType,
    original: points,
    remaining,
    held,
    lapsed: status === "lapsed" ? remaining : 0,
    status,
    earnedAt,
    activeAt,
    expiresAt,
    sliding,
    lapsedAt,
    orderId,
  };
}
