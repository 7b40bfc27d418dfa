import type { LedgerOutcome } from "./ledger-outcome.js";
import type { AnsweredCommand } from "./loyalty-account.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import { plusPoints, pointsOf } from "./qualifying-days.js";

type Points = Pick<AnsweredCommand, "pointType" | "points">;

const NOTHING: Points = { pointType: null, points: {} };

/** What an event says to the command that it answers, with the command's key. @internal */
export function answerOf(event: LoyaltyEvent, key: string): AnsweredCommand {
  const { seq, fingerprint } = event;
  const isSettled = isWhatCameDue(event);
  const { pointType, points } = isSettled ? NOTHING : pointsOfEvent(event);
  const answer: AnsweredCommand = {
    id: key,
    fingerprint: fingerprint ?? "",
    type: isSettled ? "settled" : event.type,
    seq,
    pointType,
    points,
    amount: amountOf(event),
    cash: event.type === "redeemed" || event.type === "redemptionReversed" ? event.cash : 0,
  };
  return event.type === "clawedBack" ? { ...answer, unrecovered: event.unrecovered } : answer;
}

/** Whether an event only books what came due; it has a key where `expire` booked it. @internal */
export function isWhatCameDue(event: LoyaltyEvent): boolean {
  switch (event.type) {
    case "activated":
    case "expired":
      return true;
    case "voided":
      return event.reason === "timeout";
    case "tierChanged":
      return event.cause !== "manual" && event.cause !== "merge";
    default:
      return false;
  }
}

function amountOf(event: LoyaltyEvent): number | null {
  switch (event.type) {
    case "redeemed":
    case "authorized":
    case "captured":
    case "redemptionReversed":
      return event.amount;
    default:
      return null;
  }
}

/** The answer in full. @internal */
export function outcomeOf(answer: AnsweredCommand): LedgerOutcome {
  const { type, seq, pointType, points, amount, cash, unrecovered } = answer;
  const byType = typeof points === "number" ? { [pointType ?? ""]: points } : points;
  const outcome = { type, seq, points: byType, amount, cash };
  return unrecovered === undefined
    ? outcome
    : { ...outcome, due: plusPoints(byType, unrecovered), unrecovered };
}

function pointsOfEvent(event: LoyaltyEvent): Points {
  switch (event.type) {
    case "earned":
    case "transferredOut":
    case "transferredIn":
      return byType(event.lots);
    case "adjusted":
      return { pointType: event.pointType, points: Math.abs(event.points) };
    case "authorized":
    case "captured":
    case "voided":
    case "redeemed":
    case "redemptionReversed":
      return event;
    case "clawedBack": {
      const { due, unrecovered } = event;
      const taken = Object.keys(due).map((type) => [type, due[type] - pointsOf(unrecovered, type)]);
      return { pointType: null, points: Object.fromEntries(taken) };
    }
    case "closed":
      return byType(event.postings.filter(({ account }) => account === "expired"));
    default:
      return NOTHING;
  }
}

function byType(parts: readonly { readonly pointType: string; readonly points: number }[]): Points {
  if (parts.length === 1) return parts[0];
  let sum: Readonly<Record<string, number>> = {};
  for (const { pointType, points } of parts) sum = plusPoints(sum, { [pointType]: points });
  return { pointType: null, points: sum };
}
