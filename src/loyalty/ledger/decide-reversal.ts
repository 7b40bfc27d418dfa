import { addDuration } from "../../core/duration.js";
import { pointExpiry } from "../earning/point-expiry.js";
import { lotOf, lotState } from "./account-lots.js";
import { firstPoints } from "./allocations.js";
import { bookedBeforeMerge } from "./booked-before-merge.js";
import { findById } from "./by-id.js";
import type { CheckedCommand } from "./check-command.js";
import { postOpened } from "./decide-earn.js";
import { type Decided, type DecisionContext, slidesOf, withPassedLapse } from "./decision-context.js";
import type { LotAllocation } from "./event-parts.js";
import { byLapse, giveBack } from "./hold-release.js";
import { knownLapse } from "./lot-lapse.js";
import { repay, usableOnArrival } from "./lots-in-order.js";
import type { PointRedemption } from "./loyalty-account.js";
import type { ReverseRedemptionCommand } from "./loyalty-command.js";
import type { OpenedLot } from "./loyalty-event.js";
import { datedBefore, limitRefusal, stateRefusal } from "./loyalty-refusal.js";
import { type PostingSheet, postingSheet } from "./posting-sheet.js";
import { flooredShare } from "./return-share.js";

/** @internal */
export function decideReversal(
  context: DecisionContext,
  command: CheckedCommand<ReverseRedemptionCommand>,
): Decided {
  const { program, account, at } = context;
  const { redemptionId } = command;
  const redemption = findById(account.redemptions, redemptionId);
  if (redemption === undefined) {
    const elsewhere = bookedBeforeMerge(account, redemptionId);
    if (elsewhere !== null) return elsewhere;
    return stateRefusal("unknown_redemption", redemptionId, `there is no redemption "${redemptionId}"`);
  }
  const early = datedBefore("redemption", redemptionId, at, redemption.at);
  if (early !== null) return early;
  const left = redemption.points - redemption.reversed;
  if (left === 0) {
    return stateRefusal(
      "already_reversed",
      redemptionId,
      `redemption "${redemptionId}" is given back already`,
    );
  }
  const { points = left } = command;
  if (points > left) {
    const message = `${points} points are more than the ${left} that are not given back of redemption "${redemptionId}"`;
    return limitRefusal("reversal_exceeds_redemption", points, left, message);
  }
  // As if only the rest had been redeemed: what was taken last comes back first.
  const parts = firstPoints([...redemption.allocations].reverse(), points);
  const { pointType } = redemption;
  const sheet = postingSheet();
  const back =
    program.reversal.into === "newLot"
      ? intoNewLot(context, pointType, parts, points, sheet)
      : intoLots(context, parts, sheet);
  return {
    ok: true,
    value: {
      type: "redemptionReversed",
      postings: sheet.postings(),
      redemptionId,
      pointType,
      points,
      ...back,
      ...moneyOf(redemption, points),
    },
  };
}

/** What the points had paid: the share of all that was given back, rounded down, less what was before. */
function moneyOf({ points: spent, reversed, amount, cash }: PointRedemption, points: number) {
  const part = (money: number) =>
    flooredShare(money, reversed + points, spent) - flooredShare(money, reversed, spent);
  return { amount: amount === null ? null : part(amount), cash: part(cash) };
}

function intoNewLot(
  context: DecisionContext,
  pointType: string,
  moved: readonly LotAllocation[],
  points: number,
  sheet: PostingSheet,
) {
  const { program, account, at, recordedAt } = context;
  const { expiresAt, sliding } = pointExpiry(program, pointType, at, at);
  const opened = { lot: account.lotCount, pointType, points, earnedAt: at, activeAt: at, expiresAt };
  const lots: OpenedLot[] = [sliding ? withPassedLapse(context, { ...opened, sliding }) : opened];
  postOpened(lots, "redeemed", recordedAt, sheet);
  const slides = sliding ? slidesOf(context, [pointType]) : {};
  const usable = usableOnArrival(account, lots, recordedAt, slides.slides);
  const repaid = repay(account, program.burnOrder, usable, sheet);
  return { ...slides, restored: [], lapsed: [], moved, lots, repaid };
}

function intoLots(context: DecisionContext, parts: readonly LotAllocation[], sheet: PostingSheet) {
  const { program, account, at, recordedAt } = context;
  const { open: restored, lapsed: over } = byLapse(account, parts, recordedAt);
  const lapsed: LotAllocation[] = [];
  const moved: LotAllocation[] = [];
  const lots: OpenedLot[] = [];
  for (const part of over) {
    const { pointType, earnedAt, activeAt } = lotOf(account, part.lot);
    const end = reinstatedUntil(context, part.lot);
    if (end === null || at > end) {
      lapsed.push(part);
      continue;
    }
    moved.push(part);
    lots.push({
      lot: account.lotCount + lots.length,
      pointType,
      points: part.points,
      earnedAt,
      activeAt,
      expiresAt: end,
    });
  }
  postOpened(lots, "redeemed", recordedAt, sheet);
  const incoming = [...lots, ...giveBack(account, restored, lapsed, "redeemed", sheet)];
  const repaid = repay(account, program.burnOrder, usableOnArrival(account, incoming, recordedAt), sheet);
  return { restored, lapsed, moved, lots, repaid };
}

/** Until when points of a lapsed lot last that come back in time; `null` where they do not. */
function reinstatedUntil({ program, account, recordedAt }: DecisionContext, number: number): number | null {
  const { reinstatementWindow } = program.reversal;
  const lapse = knownLapse(account, lotState(account, number), recordedAt);
  if (reinstatementWindow === undefined || lapse === null) return null;
  return addDuration(lapse, reinstatementWindow, { timeZone: program.timeZone });
}
