import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { lotsOfOrder } from "./account-lots.js";
import { returnedWith } from "./apply-return.js";
import { findById } from "./by-id.js";
import type { CheckedCommand } from "./check-command.js";
import type { Decided, DecisionContext } from "./decision-context.js";
import type { LotAllocation } from "./event-parts.js";
import { burn } from "./lots-in-order.js";
import type { EarnedOrder, LotState, LoyaltyAccount } from "./loyalty-account.js";
import type { ClawBackCommand } from "./loyalty-command.js";
import { datedBefore, stateRefusal } from "./loyalty-refusal.js";
import { postingSheet } from "./posting-sheet.js";
import { pointsOf } from "./qualifying-days.js";
import { namedReturn, type ReturnNamed } from "./return-named.js";
import { orderTotals, returnDue } from "./return-share.js";

/** @internal */
export function decideClawBack(context: DecisionContext, command: CheckedCommand<ClawBackCommand>): Decided {
  const { program, account, at, recordedAt } = context;
  const { orderId } = command;
  const order = findById(account.orders, orderId);
  if (order === undefined) return stateRefusal("unknown_order", orderId, `no order "${orderId}" has earned`);
  const early = datedBefore("order", orderId, at, order.at);
  if (early !== null) return early;
  const named = namedReturn(orderId, order, command);
  if (!named.ok) return named;
  const totals = orderTotals(account, order);
  const { due, qualifying } = newlyDue(order, named.value, totals);
  const sheet = postingSheet();
  const allocations: LotAllocation[] = [];
  const arrears: [string, number][] = [];
  const unrecovered: [string, number][] = [];
  for (const pointType of Object.keys(due)) {
    const points = due[pointType];
    const parts = taken(account, order, program, pointType, points, recordedAt);
    sheet.debit(account, parts, "clawedBack");
    allocations.push(...parts);
    const short = parts.reduce((rest, part) => rest - part.points, points);
    if (short === 0) continue;
    if (program.returnPolicy === "unlimited") {
      sheet.move(pointType, short, "arrears", "clawedBack");
      arrears.push([pointType, short]);
    } else {
      unrecovered.push([pointType, short]);
    }
  }
  return {
    ok: true,
    value: {
      type: "clawedBack",
      postings: sheet.postings(),
      orderId,
      lines: named.value.lines,
      amount: named.value.amount,
      due,
      allocations,
      arrears: Object.fromEntries(arrears),
      unrecovered: Object.fromEntries(unrecovered),
      qualifying,
    },
  };
}

/** What this return adds to what was due back before. */
function newlyDue(order: EarnedOrder, named: ReturnNamed, totals: Readonly<Record<string, number>>) {
  const before = order.returned;
  const { day } = order.qualifying;
  const nothing = { points: {}, spend: 0, visits: 0, orders: 0, day };
  const after = returnDue(order, returnedWith(order, { ...named, due: {}, qualifying: nothing }), totals);
  const less = (now: Readonly<Record<string, number>>, then: Readonly<Record<string, number>> | undefined) =>
    Object.fromEntries(
      Object.keys(now)
        .map((pointType) => [pointType, now[pointType] - pointsOf(then ?? {}, pointType)] as const)
        .filter(([, points]) => points !== 0),
    );
  const gone = less(after.qualifying.points, before?.qualifying.points);
  return {
    due: less(after.due, before?.due),
    qualifying: {
      points: Object.fromEntries(Object.keys(gone).map((pointType) => [pointType, -gone[pointType]])),
      spend: (before?.qualifying.spend ?? 0) - after.qualifying.spend,
      visits: (before?.qualifying.visits ?? 0) - after.qualifying.visits,
      orders: (before?.qualifying.orders ?? 0) - after.qualifying.orders,
      day,
    },
  };
}

/** The order's own lots first: pending, counting, then lapsed points (which nobody owes twice); then all others. */
function taken(
  account: LoyaltyAccount,
  order: EarnedOrder,
  { burnOrder, returnPolicy }: LoyaltyProgram,
  pointType: string,
  due: number,
  asOf: number,
): LotAllocation[] {
  const own = lotsOfOrder(account, order).filter(({ opened }) => opened.pointType === pointType);
  const statuses: readonly LotState["status"][] =
    returnPolicy === "onlyPending" ? ["pending"] : ["pending", "active", "lapsed"];
  const parts: LotAllocation[] = [];
  let missing = due;
  for (const status of statuses) {
    for (const lot of own) {
      if (lot.status !== status || lot.remaining === 0 || missing === 0) continue;
      const points = Math.min(missing, lot.remaining);
      parts.push({ lot: lot.opened.lot, points });
      missing -= points;
    }
  }
  if (missing === 0 || returnPolicy === "onlyPending") return parts;
  // All own lots are empty now, but the account still shows them: ask for what they had as well, and leave them out.
  const shown = own.reduce((sum, { status, remaining }) => sum + (status === "active" ? remaining : 0), 0);
  const isOwn = new Set(own.map(({ opened }) => opened.lot));
  for (const part of burn(account, burnOrder, pointType, missing + shown, asOf)) {
    if (isOwn.has(part.lot) || missing === 0) continue;
    const points = Math.min(missing, part.points);
    parts.push({ lot: part.lot, points });
    missing -= points;
  }
  return parts;
}
