import type { PointPosting } from "../ledger/event-parts.js";
import { type BookingNames, type DescribedEvent, hasPoints } from "./booking-names.js";

/** A line of a statement in English. @internal */
export function englishBookings(
  event: DescribedEvent,
  postings: readonly PointPosting[],
  names: BookingNames,
): string {
  const { points, some, moved, money, day, tier, reward, rule } = names;
  const repaid = moved(postings, "arrears", 1);
  const also = hasPoints(repaid) ? `, of which ${points(repaid)} went to what was owed` : "";
  const lapsed = moved(postings, "expired", 1);
  const over = hasPoints(lapsed) ? `, of which ${points(lapsed)} had lapsed` : "";
  const worth = (amount: number | null) => (amount === null ? "" : `, worth ${money(amount)}`);
  switch (event.type) {
    case "enrolled":
      return `${event.memberId} joined`;
    case "earned": {
      const earned = moved(postings, "issued", -1);
      const what = event.lines.length > 0 ? "Order" : "Activity";
      if (!hasPoints(earned)) return `${what} ${event.orderId}: no points`;
      const rules = new Set(event.lots.flatMap((lot) => lot.rules ?? []).map(({ ruleId }) => rule(ruleId)));
      const by = rules.size === 0 ? "" : ` (${[...rules].join(", ")})`;
      const waiting = moved(postings, "pending", 1);
      const starts = event.lots.filter(({ activeAt }) => activeAt > event.at).map(({ activeAt }) => activeAt);
      const later =
        hasPoints(waiting) && starts.length > 0
          ? `, ${points(waiting)} of them from ${day(Math.min(...starts))} on`
          : "";
      return `${what} ${event.orderId}: ${points(earned)} earned${by}${later}${also}`;
    }
    case "activated":
      return `${points(moved(postings, "pending", -1))} began to count${also}`;
    case "expired":
      return `${points(lapsed)} lapsed`;
    case "adjusted":
      return `${some(Math.abs(event.points), event.pointType)} ${event.points > 0 ? "added" : "taken"} by ${event.actor}: ${event.reason}${also}`;
    case "authorized":
      return `Hold ${event.holdId}: ${some(event.points, event.pointType)} set aside${event.until === null ? "" : ` until ${day(event.until)}`}`;
    case "captured": {
      const rest = event.released.reduce((sum, part) => sum + part.points, 0);
      const back = rest > 0 ? `, ${some(rest, event.pointType)} released` : "";
      const on = event.orderId === null ? "" : ` on order ${event.orderId}`;
      return `Hold ${event.holdId}: ${some(event.points, event.pointType)} spent${worth(event.amount)}${on}${back}${over}${also}`;
    }
    case "voided":
      return `Hold ${event.holdId} ${event.reason === "timeout" ? "ran out" : "was given back"}: ${some(event.points, event.pointType)} released${over}${also}`;
    case "redeemed": {
      const { rewardId, amount, cash, orderId } = event;
      const price = cash > 0 ? ` and ${money(cash)}` : "";
      const on = orderId === null ? "" : ` on order ${orderId}`;
      const use = rewardId !== null ? ` for ${reward(rewardId)}` : worth(amount);
      return `Redemption ${event.redemptionId}: ${some(event.points, event.pointType)}${price} spent${use}${on}`;
    }
    case "redemptionReversed":
      return `Redemption ${event.redemptionId}: ${some(event.points, event.pointType)} given back${worth(event.amount)}${over}${also}`;
    case "clawedBack": {
      const owed = hasPoints(event.arrears) ? `, ${points(event.arrears)} of them owed` : "";
      const lost = hasPoints(event.unrecovered) ? `, ${points(event.unrecovered)} not recovered` : "";
      const taken = moved(postings, "clawedBack", 1);
      return `Return of order ${event.orderId}: ${hasPoints(taken) ? `${points(taken)} taken back` : "no points taken back"}${owed}${lost}`;
    }
    case "transferredOut":
      return `Transfer ${event.transferId}: ${points(moved(postings, "transferred", 1))} sent to ${event.to}`;
    case "transferredIn":
      return `Transfer ${event.transferId}: ${points(moved(postings, "transferred", -1))} received from ${event.from}${also}`;
    case "tierChanged": {
      const { floor, until: end } = event.standing;
      const now = tier(event.standing.tier) ?? "none";
      const changed =
        event.standing.tier === event.from ? "" : `${tier(event.from) ?? "none"} becomes ${now}`;
      if (event.cause === "manual") {
        const why = `${event.actor}: ${event.reason}`;
        const after = changed === "" ? "" : `; ${changed}`;
        if (floor === null) return `Level by hand taken away (${why})${after}`;
        const last = floor.until === null ? "" : ` until ${day(floor.until)}`;
        return `Level ${tier(floor.tier)} given by hand${last} (${why})${after}`;
      }
      const until = end === null ? "" : ` until ${day(end)}`;
      return changed === "" ? `Level stays ${now}${until}` : `Level ${changed}${until}`;
    }
    case "reallocated":
      return `Allotted to other points after a late arrival: ${event.debits.map(({ debitId }) => debitId).join(", ")}`;
    case "membersChanged":
      return event.memberIds.length === 0
        ? "Nobody else uses the account any more"
        : `The account is shared with ${event.memberIds.join(", ")}`;
    case "closed":
      return `Account closed by ${event.actor}: ${event.reason}${hasPoints(lapsed) ? `; ${points(lapsed)} lapsed` : ""}${event.into === undefined ? "" : `; merged into ${event.into}`}`;
  }
}
