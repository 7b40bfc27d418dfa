import { type AccountDraft, eventFault } from "./account-draft.js";
import type { EarnedOrder, ReturnedOrder } from "./loyalty-account.js";
import type { ClawedBackEvent } from "./movement-events.js";
import { addQualifying, plusActivity, plusPoints, pointsOf, zeroActivity } from "./qualifying-days.js";
import { compareTexts, mapGet, mapSet } from "./sorted-map.js";

/** Books what came back of an order. @internal */
export function applyReturn(account: AccountDraft, event: ClawedBackEvent, own: boolean): void {
  const { orderId } = event;
  const order = mapGet(account.orders, orderId, compareTexts);
  if (order === undefined) {
    throw eventFault("orderId", `event.orderId is ${JSON.stringify(orderId)}: there is no such order`);
  }
  const returned = returnedWith(order, event);
  account.orders = mapSet(account.orders, orderId, { ...order, returned }, compareTexts, own);
  account.days = addQualifying(account.days, event.qualifying.day, event.qualifying, own);
}

/** What has come back of an order after one more return. @internal */
export function returnedWith(
  order: EarnedOrder,
  more: Pick<ClawedBackEvent, "lines" | "amount" | "due" | "qualifying">,
): ReturnedOrder {
  const before = order.returned;
  let lines = before?.lines ?? {};
  for (const { lineId, quantity } of more.lines) lines = plusPoints(lines, { [lineId]: quantity });
  const amount = more.amount === null ? (before?.amount ?? null) : (before?.amount ?? 0) + more.amount;
  const { points, spend, visits, orders } = more.qualifying;
  const taken = {
    points: Object.fromEntries(Object.keys(points).map((pointType) => [pointType, -points[pointType]])),
    spend: 0 - spend,
    visits: 0 - visits,
    orders: 0 - orders,
  };
  return {
    lines,
    amount,
    due: plusPoints(before?.due ?? {}, more.due),
    qualifying: plusActivity(before?.qualifying ?? zeroActivity, taken),
    whole: isWhole(order, lines, amount),
  };
}

/** Money of an order, minor units. @internal */
export function orderAmount(order: EarnedOrder): number {
  return order.lines.reduce((sum, { amount }) => sum + amount, 0);
}

/** Nothing named came back of an order without lines: then it was the whole. */
function isWhole(
  order: EarnedOrder,
  lines: Readonly<Record<string, number>>,
  amount: number | null,
): boolean {
  if (amount !== null) return amount >= orderAmount(order);
  return order.lines.every(({ lineId, quantity }) => pointsOf(lines, lineId) >= quantity);
}
