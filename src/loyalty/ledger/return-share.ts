import { lotsOfOrder } from "./account-lots.js";
import { orderAmount } from "./apply-return.js";
import type { EarnedOrder, LoyaltyAccount, ReturnedOrder } from "./loyalty-account.js";
import { plusPoints, pointsOf } from "./qualifying-days.js";

/** Points that an order earned, by type. @internal */
export function orderTotals(account: LoyaltyAccount, order: EarnedOrder): Readonly<Record<string, number>> {
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
  if (returned.whole) return { due: totals, qualifying: { points, spend, visits, orders } };
  const amount = orderAmount(order);
  const back = returned.amount ?? linesShare(order, returned, (line) => line.amount);
  const due = Object.fromEntries(
    Object.keys(totals).map((pointType) => [
      pointType,
      returned.amount === null
        ? linesShare(order, returned, (line) => pointsOf(line.points, pointType))
        : share(totals[pointType], back, amount),
    ]),
  );
  const counted = Object.fromEntries(
    Object.keys(points).map((pointType) => [
      pointType,
      share(points[pointType], pointsOf(due, pointType), pointsOf(totals, pointType)),
    ]),
  );
  return { due, qualifying: { points: counted, spend: share(spend, back, amount), visits: 0, orders: 0 } };
}

function linesShare(
  order: EarnedOrder,
  returned: ReturnedOrder,
  of: (line: EarnedOrder["lines"][number]) => number,
): number {
  let sum = 0;
  for (const line of order.lines)
    sum += share(of(line), pointsOf(returned.lines, line.lineId), line.quantity);
  return sum;
}

/** floor(whole x part / all), exact; 0 where there is nothing to share. */
function share(whole: number, part: number, all: number): number {
  if (all === 0 || part === 0) return 0;
  const product = whole * part;
  if (Number.isSafeInteger(product)) return (product - (product % all)) / all;
  return Number((BigInt(whole) * BigInt(part)) / BigInt(all));
}
