import type { LedgerOutcome } from "./ledger-outcome.js";
import type { AnsweredCommand } from "./loyalty-account.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import { plusPoints } from "./qualifying-days.js";

type Points = Pick<AnsweredCommand, "pointType" | "points">;

const NOTHING: Points = { pointType: null, points: {} };

/** What an event says to the command that it answers, with the command's key. @internal */
export function answerOf(event: LoyaltyEvent, key: string): AnsweredCommand {
  const { type, seq, fingerprint } = event;
  const { pointType, points } = pointsOfEvent(event);
  const isRedeemed = type === "redeemed";
  return {
    id: key,
    fingerprint: fingerprint ?? "",
    type,
    seq,
    pointType,
    points,
    amount: isRedeemed ? event.amount : null,
    cash: isRedeemed ? event.cash : 0,
  };
}

/** The answer in full. @internal */
export function outcomeOf({ type, seq, pointType, points, amount, cash }: AnsweredCommand): LedgerOutcome {
  const byType = typeof points === "number" ? { [pointType ?? ""]: points } : points;
  return { type, seq, points: byType, amount, cash };
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
    case "clawedBack":
      return { pointType: null, points: event.due };
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
