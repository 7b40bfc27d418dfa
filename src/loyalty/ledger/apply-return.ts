import { type AccountDraft, eventFault } from "./account-draft.js";
import { findById, replaceById } from "./by-id.js";
import type { EarnedOrder } from "./loyalty-account.js";
import type { ClawedBackEvent } from "./movement-events.js";
import {
  countQualifying,
  negated,
  plusActivity,
  plusPoints,
  pointsOf,
  zeroActivity,
} from "./qualifying-days.js";
import type { ReturnedOrder } from "./returned-order.js";

/** Books what came back of an order. @internal */
export function applyReturn(account: AccountDraft, event: ClawedBackEvent, own: boolean): void {
  const { orderId } = event;
  const order = findById(account.orders, orderId);
  if (order === undefined) {
    throw eventFault("orderId", `event.orderId is ${JSON.stringify(orderId)}: there is no such order`);
  }
  const returned = returnedWith(order, event);
  account.orders = replaceById(account.orders, { ...order, returned }, own);
  countQualifying(account, event.qualifying, own);
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
  return {
    lines,
    amount,
    due: plusPoints(before?.due ?? {}, more.due),
    qualifying: plusActivity(before?.qualifying ?? zeroActivity, negated(more.qualifying)),
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
