import type { EarnContext, EarnedLot } from "../earning/earn-order.js";
import { earnedPoints } from "../earning/earned-points.js";
import { qualifyingDays } from "../tiers/tier-term.js";
import { findById } from "./by-id.js";
import type { CheckedCommand } from "./check-command.js";
import {
  actingMember,
  type Decided,
  type DecisionContext,
  slidesOf,
  withPassedLapse,
} from "./decision-context.js";
import { repay, usableOnArrival } from "./lots-in-order.js";
import type { EarnCommand } from "./loyalty-command.js";
import type { OpenedLot } from "./loyalty-event.js";
import { stateRefusal } from "./loyalty-refusal.js";
import { type PostingSheet, postingSheet } from "./posting-sheet.js";
import { qualifyingReader } from "./qualifying-days.js";
import { compareParts, mapGet } from "./sorted-map.js";

/** @internal */
export function decideEarn(context: DecisionContext, command: CheckedCommand<EarnCommand>): Decided {
  const { program, account, at, recordedAt } = context;
  const { orderId, lines = [], channel, segmentIds = [] } = command;
  const member = actingMember(account, command.memberId);
  if (!member.ok) return member;
  if (findById(account.orders, orderId) !== undefined) {
    return stateRefusal(
      "duplicate_order",
      orderId,
      `order "${orderId}" has earned already: an order earns once`,
    );
  }
  const { paidWithPoints, visit, event } = command;
  const order = { orderId, at, lines, paidWithPoints, channel, segmentIds, visit, event };
  const earned = earnedPoints(program, order, earnContext(context));
  const lots = earned.lots.map((lot, i) => numbered(context, lot, account.lotCount + i));
  const sheet = postingSheet();
  postOpened(lots, "issued", recordedAt, sheet);
  const { slides } = slidesOf(context, typesOf(lots));
  const usable = usableOnArrival(account, lots, recordedAt, slides);
  const repaid = repay(account, program.burnOrder, usable, sheet);
  return {
    ok: true,
    value: {
      type: "earned",
      postings: sheet.postings(),
      ...(slides === undefined ? undefined : { slides }),
      orderId,
      memberId: member.value,
      channel: channel ?? null,
      segmentIds,
      tier: account.standing?.tier ?? null,
      lines: earned.lines,
      lots,
      counted: earned.counted,
      repaid,
      qualifying: earned.qualifying,
    },
  };
}

function numbered(context: DecisionContext, earned: EarnedLot, lot: number): OpenedLot {
  const { pointType, points, earnedAt, activeAt, expiresAt, rules } = earned;
  const opened: OpenedLot = { lot, pointType, points, earnedAt, activeAt, expiresAt, rules };
  return earned.sliding ? withPassedLapse(context, { ...opened, sliding: true }) : opened;
}

function typesOf(lots: readonly OpenedLot[]): readonly string[] {
  return lots.map(({ pointType }) => pointType);
}

/** Moves the points of opened lots to where they are when they are booked. @internal */
export function postOpened(
  lots: readonly OpenedLot[],
  from: "issued" | "adjusted" | "transferred" | "redeemed",
  recordedAt: number,
  sheet: PostingSheet,
): void {
  for (const { pointType, points, activeAt } of lots) {
    sheet.move(pointType, points, from, activeAt <= recordedAt ? "available" : "pending");
  }
}

function earnContext({ program, account, at }: DecisionContext): EarnContext {
  const { standing, birthday, enrolledAt, counters } = account;
  const days = program.tiers === undefined ? null : qualifyingDays(program, at, enrolledAt ?? at);
  return {
    tier: standing?.tier ?? null,
    birthday,
    firstPurchase: account.purchases === 0,
    qualifying: days === null ? 0 : qualifyingReader(program, account)(days.firstDay, days.lastDay),
    counted: (ruleId, period) => mapGet(counters, [ruleId, period], compareParts) ?? 0,
  };
}
