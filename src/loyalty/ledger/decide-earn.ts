import type { EarnContext } from "../earning/earn-order.js";
import { earnedPoints } from "../earning/earned-points.js";
import { qualifyingDays } from "../tiers/tier-term.js";
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
import { compareParts, compareTexts, mapGet } from "./sorted-map.js";

/** @internal */
export function decideEarn(context: DecisionContext, command: CheckedCommand<EarnCommand>): Decided {
  const { program, account, at, recordedAt } = context;
  const { orderId, lines = [], channel, segmentIds = [] } = command;
  const member = actingMember(account, command.memberId);
  if (!member.ok) return member;
  if (mapGet(account.orders, orderId, compareTexts) !== undefined) {
    return stateRefusal(
      "duplicate_order",
      orderId,
      `order "${orderId}" has earned already: an order earns once`,
    );
  }
  const { paidWithPoints, visit, event } = command;
  const order = { orderId, at, lines, paidWithPoints, channel, segmentIds, visit, event };
  const earned = earnedPoints(program, order, earnContext(context));
  const lots = earned.lots.map((lot, i) => withPassedLapse(context, { ...lot, lot: account.lotCount + i }));
  const sheet = postingSheet();
  postOpened(lots, "issued", recordedAt, sheet);
  const slides = slidesOf(
    context,
    lots.map(({ pointType }) => pointType),
  );
  const usable = usableOnArrival(account, lots, recordedAt, slides.slides);
  const repaid = repay(account, program.burnOrder, usable, sheet);
  return {
    ok: true,
    value: {
      type: "earned",
      postings: sheet.postings(),
      ...slides,
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
