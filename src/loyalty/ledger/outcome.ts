import type { LedgerOutcome } from "./ledger-outcome.js";
import type { LoyaltyEvent } from "./loyalty-event.js";
import { plusPoints } from "./qualifying-days.js";

/** What an event says to the command that it answers. @internal */
export function outcomeOf(event: LoyaltyEvent): LedgerOutcome {
  const { type, seq } = event;
  const amount = type === "redeemed" ? event.amount : null;
  const cash = type === "redeemed" ? event.cash : 0;
  return { type, seq, points: pointsOfEvent(event), amount, cash };
}

function pointsOfEvent(event: LoyaltyEvent): Readonly<Record<string, number>> {
  switch (event.type) {
    case "earned":
    case "transferredOut":
    case "transferredIn":
      return byType(event.lots);
    case "adjusted":
      return { [event.pointType]: Math.abs(event.points) };
    case "authorized":
    case "captured":
    case "voided":
    case "redeemed":
    case "redemptionReversed":
      return { [event.pointType]: event.points };
    case "clawedBack":
      return event.due;
    case "closed":
      return byType(event.postings.filter(({ account }) => account === "expired"));
    default:
      return {};
  }
}

function byType(
  parts: readonly { readonly pointType: string; readonly points: number }[],
): Readonly<Record<string, number>> {
  if (parts.length === 1) return { [parts[0].pointType]: parts[0].points };
  let sum: Readonly<Record<string, number>> = {};
  for (const { pointType, points } of parts) sum = plusPoints(sum, { [pointType]: points });
  return sum;
}
