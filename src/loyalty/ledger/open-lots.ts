import { lotOf } from "./account-lots.js";
import type { LotAllocation } from "./event-parts.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import { mapWalk } from "./sorted-map.js";

/** All points that count or will count, lot by lot in the order of their numbers. @internal */
export function openLots(account: LoyaltyAccount, pointType?: string): LotAllocation[] {
  const parts: LotAllocation[] = [];
  const add = (_: unknown, number: number): boolean => {
    const lot = lotOf(account, number);
    if (pointType === undefined || lot.pointType === pointType)
      parts.push({ lot: number, points: lot.remaining });
    return true;
  };
  mapWalk(account.pending, add);
  for (const type of Object.keys(account.points)) {
    mapWalk(account.points[type].aging, add);
    mapWalk(account.points[type].sliding, add);
  }
  return parts.sort((a, b) => a.lot - b.lot);
}
