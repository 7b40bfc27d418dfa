import { type AccountDraft, holdingsOf } from "./account-draft.js";
import { FEW } from "./by-id.js";
import { lapseOf } from "./lot-lapse.js";
import { allLots } from "./lot-list.js";
import type { LotState } from "./loyalty-account.js";
import { compareParts, type KeyParts, mapDelete, mapSet } from "./sorted-map.js";

// Where lots with points are looked for: by when they begin to count, lapse, were earned or have lapsed. Up to 32 lots are
// gone through instead, which spares most accounts five sorted maps of keys (with by-id.ts: half the time of a replay).

/** Whether an account has an index of its lots. @internal */
export function isIndexed(account: { readonly lotCount: number }): boolean {
  return account.lotCount > FEW;
}

/** Enters a lot that was opened just now; with the first one of too many all others too. @internal */
export function enterOpened(account: AccountDraft, lot: LotState, own: boolean): void {
  if (account.lotCount === FEW + 1) {
    // Nobody else has these indices yet.
    for (const each of allLots(account.lots)) enter(account, each, true);
  } else enter(account, lot, own);
}

/** Puts a lot with points where its status has it looked for. @internal */
export function enter(account: AccountDraft, lot: LotState, own: boolean): void {
  if (!isIndexed(account) || lot.remaining === 0) return;
  const { lot: number, earnedAt, activeAt, pointType, sliding } = lot.opened;
  if (lot.status === "pending") {
    account.pending = mapSet(account.pending, [activeAt, number], number, compareParts, own);
    return;
  }
  const holdings = holdingsOf(account, pointType);
  if (lot.status === "lapsed") {
    const key: KeyParts = [lot.lapsedAt ?? 0, earnedAt, number];
    holdings.lapsed = mapSet(holdings.lapsed, key, number, compareParts, own);
  } else if (sliding) {
    holdings.sliding = mapSet(holdings.sliding, [earnedAt, number], number, compareParts, own);
  } else {
    const key: KeyParts = [lapseOf(lot.opened), earnedAt, number];
    holdings.expiring = mapSet(holdings.expiring, key, number, compareParts, own);
    holdings.aging = mapSet(holdings.aging, [earnedAt, number], number, compareParts, own);
  }
}

/** Takes a lot from where it is looked for. @internal */
export function leave(account: AccountDraft, lot: LotState, own: boolean): void {
  if (!isIndexed(account) || lot.remaining === 0) return;
  const { lot: number, earnedAt, activeAt, pointType, sliding } = lot.opened;
  if (lot.status === "pending") {
    account.pending = mapDelete(account.pending, [activeAt, number], compareParts, own);
    return;
  }
  const holdings = holdingsOf(account, pointType);
  if (lot.status === "lapsed") {
    holdings.lapsed = mapDelete(holdings.lapsed, [lot.lapsedAt ?? 0, earnedAt, number], compareParts, own);
  } else if (sliding) {
    holdings.sliding = mapDelete(holdings.sliding, [earnedAt, number], compareParts, own);
  } else {
    const key: KeyParts = [lapseOf(lot.opened), earnedAt, number];
    holdings.expiring = mapDelete(holdings.expiring, key, compareParts, own);
    holdings.aging = mapDelete(holdings.aging, [earnedAt, number], compareParts, own);
  }
}
