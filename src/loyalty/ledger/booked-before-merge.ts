import type { LoyaltyAccount } from "./loyalty-account.js";
import { stateRefusal } from "./loyalty-refusal.js";
import { compareTexts, mapGet } from "./sorted-map.js";

/**
 * A hold or redemption of an account that was merged into this one: its points were taken from lots that are not here, so
 * that nothing can give them back to. `null` where there is no such one.
 *
 * @internal
 */
export function bookedBeforeMerge(account: LoyaltyAccount, id: string) {
  const bookedIn = mapGet(account.bookedBeforeMerge, id, compareTexts);
  if (bookedIn === undefined) return null;
  const message = `"${id}" was booked on account "${bookedIn}", before that was merged into "${account.accountId}": give points of it back with an adjust command`;
  return stateRefusal("booked_before_merge", id, message, bookedIn);
}
