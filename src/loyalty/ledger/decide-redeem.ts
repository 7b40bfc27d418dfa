import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { redemptionQuote } from "../program/redemption-quote.js";
import { findById } from "./by-id.js";
import { type CheckedCommand, fault } from "./check-command.js";
import { actingMember, type Decided, type DecisionContext, slidesOf } from "./decision-context.js";
import { burn, usableAt } from "./lots-in-order.js";
import type { LoyaltyAccount } from "./loyalty-account.js";
import type { RedeemCommand } from "./loyalty-command.js";
import { insufficientPoints, stateRefusal } from "./loyalty-refusal.js";
import { paidWithPoints } from "./paid-with-points.js";
import { postingSheet } from "./posting-sheet.js";
import { compareTexts, mapGet } from "./sorted-map.js";

/** @internal */
export function decideRedeem(context: DecisionContext, command: CheckedCommand<RedeemCommand>): Decided {
  const { program, account, at } = context;
  const { redemptionId, rewardId = null, orderId = null, orderAmount } = command;
  if (rewardId === null) requireOrderAmount(program, orderAmount);
  const member = actingMember(account, command.memberId);
  if (!member.ok) return member;
  if (program.household?.redeem === "owner" && member.value !== account.memberId) {
    return stateRefusal(
      "owner_only",
      member.value,
      `"${member.value}" does not own account "${account.accountId}": only its owner may spend its points`,
    );
  }
  if (alreadySpent(account, redemptionId)) {
    return stateRefusal(
      "duplicate_redemption",
      redemptionId,
      `"${redemptionId}" is a redemption or hold already: ids are used once`,
    );
  }
  const tier = account.standing?.tier ?? null;
  const { points: asked, pointType: askedType } = command;
  const quote = redemptionQuote(program, {
    points: asked,
    rewardId: rewardId ?? undefined,
    pointType: askedType,
    orderAmount,
    alreadyPaid: orderId === null ? 0 : paidWithPoints(account, orderId),
    tier,
    at,
  });
  if (!quote.ok) return quote;
  const { pointType, points, amount, cash } = quote.value;
  const available = usableAt(account, pointType, at);
  if (available < points) return insufficientPoints(pointType, available, points);
  const allocations = burn(account, program.burnOrder, pointType, points, at);
  const sheet = postingSheet();
  sheet.debit(account, allocations, "redeemed");
  return {
    ok: true,
    value: {
      type: "redeemed",
      postings: sheet.postings(),
      ...slidesOf(context, [pointType]),
      redemptionId,
      memberId: member.value,
      pointType,
      points,
      allocations,
      rewardId,
      orderId,
      amount,
      cash,
    },
  };
}

/** Whether an id is one of a hold or redemption, here or in an account that was merged into this one. @internal */
export function alreadySpent(account: LoyaltyAccount, id: string): boolean {
  if (findById(account.redemptions, id) !== undefined || findById(account.holds, id) !== undefined)
    return true;
  return mapGet(account.bookedBeforeMerge, id, compareTexts) !== undefined;
}

/** A share of an order cannot be held against an order that nobody knows. @internal */
export function requireOrderAmount({ redemption }: LoyaltyProgram, orderAmount: number | undefined): void {
  const share = redemption?.maximumShare ?? 1;
  if (share === 1 || orderAmount !== undefined) return;
  throw fault(
    "command.orderAmount",
    `command.orderAmount is missing: points may pay ${share} of an order, pass its amount`,
  );
}
