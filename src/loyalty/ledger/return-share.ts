import { lotsOfOrder } from "./account-lots.js";
import { orderAmount } from "./apply-return.js";
import type { EarnedOrder, LoyaltyAccount } from "./loyalty-account.js";
import { plusPoints, pointsOf } from "./qualifying-days.js";
import type { ReturnedOrder } from "./returned-order.js";

/** Points that an order earned, by type. @internal */
export function orderTotals(account: LoyaltyAccount, order: EarnedOrder): Readonly<Record<string, number>> {
  if (order.merged !== undefined) return order.merged.earned;
  let totals: Readonly<Record<string, number>> = {};
  for (const { opened } of lotsOfOrder(account, order)) {
    totals = plusPoints(totals, { [opened.pointType]: opened.points });
  }
  return totals;
}

/**
 * What is due back of an order in sum for all that has come back: shares of the whole rounded down, so that parts in any
 * order come to the same and the last part brings it to the whole.
 *
 * @internal
 */
export function returnDue(
  order: EarnedOrder,
  returned: ReturnedOrder,
  totals: Readonly<Record<string, number>>,
): Pick<ReturnedOrder, "due" | "qualifying"> {
  const { points, spend, visits, orders } = order.qualifying;
  if (returned.whole) {
    return { due: withoutLapsed(order, totals), qualifying: { points, spend, visits, orders } };
  }
  const amount = orderAmount(order);
  const back = returned.amount ?? linesShare(order, returned, (line) => line.amount);
  const due = Object.fromEntries(
    Object.keys(totals).map((pointType) => [
      pointType,
      returned.amount === null
        ? linesShare(order, returned, (line) => pointsOf(line.points, pointType))
        : flooredShare(totals[pointType], back, amount),
    ]),
  );
  const counted = Object.fromEntries(
    Object.keys(points).map((pointType) => [
      pointType,
      flooredShare(points[pointType], pointsOf(due, pointType), pointsOf(totals, pointType)),
    ]),
  );
  const spent = flooredShare(spend, back, amount);
  return {
    due: withoutLapsed(order, due),
    qualifying: { points: counted, spend: spent, visits: 0, orders: 0 },
  };
}

/** Points that had lapsed in an account before it was merged are not due again; never less than what was due before. */
function withoutLapsed(order: EarnedOrder, due: ReturnedOrder["due"]): ReturnedOrder["due"] {
  const { merged, returned } = order;
  if (merged === undefined) return due;
  return Object.fromEntries(
    Object.keys(due).map((pointType) => {
      const left = pointsOf(merged.earned, pointType) - pointsOf(merged.lapsed, pointType);
      const before = pointsOf(returned?.due ?? {}, pointType);
      return [pointType, Math.max(before, Math.min(due[pointType], left))];
    }),
  );
}

function linesShare(
  order: EarnedOrder,
  returned: ReturnedOrder,
  of: (line: EarnedOrder["lines"][number]) => number,
): number {
  let sum = 0;
  for (const line of order.lines)
    sum += flooredShare(of(line), pointsOf(returned.lines, line.lineId), line.quantity);
  return sum;
}

/** floor(whole x part / all), exact; 0 where there is nothing to share. @internal */
export function flooredShare(whole: number, part: number, all: number): number {
  if (all === 0 || part === 0) return 0;
  const product = whole * part;
  if (Number.isSafeInteger(product)) return (product - (product % all)) / all;
  return Number((BigInt(whole) * BigInt(part)) / BigInt(all));
}
