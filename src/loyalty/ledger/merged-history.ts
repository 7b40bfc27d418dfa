import type { AccountDraft } from "./account-draft.js";
import { lotsOfOrder } from "./account-lots.js";
import { addById, findById, walkById } from "./by-id.js";
import type { LotAllocation } from "./event-parts.js";
import type { EarnedOrder, LoyaltyAccount } from "./loyalty-account.js";
import type { MergedHistory, MergedOrder } from "./loyalty-event.js";
import { countPayment } from "./paid-with-points.js";
import { countQualifying, plusPoints, zeroActivity } from "./qualifying-days.js";
import { orderTotals } from "./return-share.js";
import { compareParts, compareTexts, mapGet, mapSet, mapWalk } from "./sorted-map.js";

// What an account that goes hands over beside its points: what it refuses twice, what it counts, what may come back.

/**
 * What an account knows that goes into another one: its lots are numbered there from `into.lotCount` on, in the order in which
 * they were sent. An order that both had earned stays the receiving account's own.
 *
 * @internal
 */
export function mergedHistory(
  from: LoyaltyAccount,
  sent: readonly LotAllocation[],
  into: LoyaltyAccount,
): MergedHistory {
  const placeOf = new Map(sent.map(({ lot }, i) => [lot, into.lotCount + i]));
  const orders: MergedOrder[] = [];
  walkById(from.orders, (order) => {
    if (findById(into.orders, order.id) === undefined) orders.push(mergedOrder(from, order, placeOf));
  });
  const debits: { debitId: string; accountId: string }[] = [];
  const { accountId } = from;
  const add = ({ id }: { readonly id: string }) => debits.push({ debitId: id, accountId });
  walkById(from.redemptions, add);
  walkById(from.holds, (hold) => {
    // A captured hold is a redemption, too.
    if (hold.status !== "captured") add(hold);
  });
  mapWalk(from.bookedBeforeMerge, (debitId, bookedIn) => {
    debits.push({ debitId, accountId: bookedIn });
    return true;
  });
  const counted: { ruleId: string; period: string; points: number }[] = [];
  mapWalk(from.counters, ([ruleId, period], points) => {
    counted.push({ ruleId: String(ruleId), period: String(period), points });
    return true;
  });
  const paid: { orderId: string; amount: number }[] = [];
  mapWalk(from.paidWithPoints, (orderId, amount) => {
    paid.push({ orderId, amount });
    return true;
  });
  return { orders, debits, counted, paid, purchases: from.purchases };
}

function mergedOrder(
  from: LoyaltyAccount,
  order: EarnedOrder,
  placeOf: ReadonlyMap<number, number>,
): MergedOrder {
  const { id, at, lines, qualifying, returned, merged } = order;
  const lots = lotsOfOrder(from, order);
  // In the order of their numbers on both sides: what was sent of an order stands together.
  const places = lots.flatMap(({ opened }) => placeOf.get(opened.lot) ?? []);
  let lapsed = merged?.lapsed ?? {};
  for (const { opened, status, remaining } of lots) {
    if (status === "lapsed" && remaining > 0) lapsed = plusPoints(lapsed, { [opened.pointType]: remaining });
  }
  return {
    orderId: id,
    at,
    day: qualifying.day,
    lines,
    earned: orderTotals(from, order),
    lapsed,
    firstLot: places[0] ?? 0,
    lotCount: places.length,
    returned: returned === null ? null : withoutQualifying(returned),
  };
}

function withoutQualifying({ lines, amount, due, whole }: NonNullable<EarnedOrder["returned"]>) {
  return { lines, amount, due, whole };
}

/** Books what an account knew that was merged into this one; the lots are there already. @internal */
export function applyMerged(account: AccountDraft, history: MergedHistory, own: boolean): void {
  for (const {
    orderId: id,
    at,
    day,
    lines,
    earned,
    lapsed,
    firstLot,
    lotCount,
    returned,
  } of history.orders) {
    // What it counts towards a level stays in the account that went: the higher level came over.
    const qualifying = { ...zeroActivity, day };
    const order: EarnedOrder = {
      id,
      at,
      lines,
      firstLot,
      lotCount,
      qualifying,
      returned: returned === null ? null : { ...returned, qualifying: zeroActivity },
      merged: { earned, lapsed },
    };
    account.orders = addById(account.orders, order, own);
    countQualifying(account, qualifying, own);
  }
  for (const { debitId, accountId } of history.debits) {
    const { bookedBeforeMerge } = account;
    account.bookedBeforeMerge = mapSet(bookedBeforeMerge, debitId, accountId, compareTexts, own);
  }
  for (const { ruleId, period, points } of history.counted) {
    countCapped(account, ruleId, period, points, own);
  }
  for (const { orderId, amount } of history.paid) countPayment(account, orderId, amount, own);
  account.purchases += history.purchases;
}

/** Books points that count against a cap. @internal */
export function countCapped(
  account: AccountDraft,
  ruleId: string,
  period: string,
  points: number,
  own: boolean,
): void {
  const counted = mapGet(account.counters, [ruleId, period], compareParts) ?? 0;
  account.counters = mapSet(account.counters, [ruleId, period], counted + points, compareParts, own);
}
