import type { Result } from "../../core/result.js";
import { orderAmount } from "./apply-return.js";
import type { CheckedCommand } from "./check-command.js";
import type { EarnedOrder } from "./loyalty-account.js";
import type { ClawBackCommand } from "./loyalty-command.js";
import { type LoyaltyRefusal, limitRefusal, stateRefusal } from "./loyalty-refusal.js";
import type { ClawedBackEvent } from "./movement-events.js";
import { pointsOf } from "./qualifying-days.js";

/** What comes back, by lines or by amount. @internal */
export type ReturnNamed = Pick<ClawedBackEvent, "lines" | "amount">;

/** What a command says comes back, if there is so much left of the order. @internal */
export function namedReturn(
  orderId: string,
  order: EarnedOrder,
  { lines, amount }: CheckedCommand<ClawBackCommand>,
): Result<ReturnNamed, LoyaltyRefusal> {
  const { returned } = order;
  if (returned?.whole) {
    return stateRefusal("already_returned", orderId, `all of order "${orderId}" has come back already`);
  }
  const byAmount = returned !== null && returned.amount !== null;
  if (lines !== undefined) {
    return byAmount ? mixed(orderId, "amount", "lines") : namedLines(orderId, order, lines);
  }
  const left = orderAmount(order) - (returned?.amount ?? 0);
  if (amount !== undefined) {
    if (returned !== null && !byAmount) return mixed(orderId, "lines", "an amount");
    if (amount <= left) return { ok: true, value: { lines: [], amount } };
    const message = `an amount of ${amount} is more than the ${left} that has not come back of order "${orderId}"`;
    return limitRefusal("return_exceeds_order", amount, left, message);
  }
  if (byAmount) return { ok: true, value: { lines: [], amount: left } };
  const rest = order.lines
    .map(({ lineId, quantity }) => ({ lineId, quantity: quantity - pointsOf(returned?.lines ?? {}, lineId) }))
    .filter(({ quantity }) => quantity > 0);
  return { ok: true, value: { lines: rest, amount: null } };
}

function namedLines(
  orderId: string,
  order: EarnedOrder,
  lines: NonNullable<ClawBackCommand["lines"]>,
): Result<ReturnNamed, LoyaltyRefusal> {
  for (const { lineId, quantity } of lines) {
    const line = order.lines.find((earned) => earned.lineId === lineId);
    if (line === undefined) {
      return stateRefusal("unknown_line", lineId, `order "${orderId}" has no line "${lineId}"`);
    }
    const left = line.quantity - pointsOf(order.returned?.lines ?? {}, lineId);
    if (quantity > left) {
      const message = `${quantity} units are more than the ${left} that have not come back of line "${lineId}"`;
      return limitRefusal("return_exceeds_order", quantity, left, message);
    }
  }
  return { ok: true, value: { lines, amount: null } };
}

function mixed(orderId: string, before: string, now: string) {
  const message = `order "${orderId}" has come back in part by ${before}: it cannot come back by ${now}`;
  return stateRefusal("return_mixed", orderId, message);
}
