import { lotState } from "./account-lots.js";
import type { LotAllocation } from "./event-parts.js";
import { isIndexed } from "./lot-index.js";
import { allLots } from "./lot-list.js";
import type { LotState, LoyaltyAccount } from "./loyalty-account.js";
import { mapWalk } from "./sorted-map.js";

/** All points that count or will count, lot by lot in the order of their numbers. @internal */
export function openLots(account: LoyaltyAccount, pointType?: string): LotAllocation[] {
  const parts: LotAllocation[] = [];
  const add = ({ opened, remaining }: LotState): void => {
    if (pointType === undefined || opened.pointType === pointType) {
      parts.push({ lot: opened.lot, points: remaining });
    }
  };
  if (!isIndexed(account)) {
    for (const lot of allLots(account.lots)) if (lot.remaining > 0 && lot.status !== "lapsed") add(lot);
    return parts;
  }
  const addNumbered = (_: unknown, number: number): boolean => {
    add(lotState(account, number));
    return true;
  };
  mapWalk(account.pending, addNumbered);
  for (const type of Object.keys(account.points)) {
    mapWalk(account.points[type].aging, addNumbered);
    mapWalk(account.points[type].sliding, addNumbered);
  }
  return parts.sort((a, b) => a.lot - b.lot);
}
