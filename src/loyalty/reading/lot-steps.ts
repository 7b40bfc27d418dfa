import { assertArray } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { lotOf } from "../ledger/account-lots.js";
import { findById } from "../ledger/by-id.js";
import type { LotAllocation, PointAccount } from "../ledger/event-parts.js";
import { evolveLoyalty } from "../ledger/evolve-loyalty.js";
import { emptyLoyaltyAccount, type LoyaltyAccount } from "../ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import type { ReallocatedEvent } from "../ledger/movement-events.js";
import { placeOf } from "../ledger/posting-sheet.js";
import { bookedInstants } from "./account-at.js";

/** Points of one lot on their way from one account of the double entry to another. @internal */
export interface LotStep {
  /** The event that moved them. */
  readonly event: LoyaltyEvent;
  /** The lot. */
  readonly lot: number;
  /** Where they were. */
  readonly from: PointAccount;
  /** Where they went; `"redeemed"` from `"redeemed"` where they left the lot for good to come back as a new one. */
  readonly to: PointAccount;
  /** Points, above 0. */
  readonly points: number;
  /** When it happened, epoch milliseconds; repaying what is owed happens when it is booked. */
  readonly at: number;
}

/** Every step of every lot, in the order of the events; all steps of an event come to its postings, but for new arrears. @internal */
export function lotSteps(events: readonly LoyaltyEvent[]): LotStep[] {
  const first = firstEvent(events);
  const booked = bookedInstants(events);
  const steps: LotStep[] = [];
  let before = emptyLoyaltyAccount(first.accountId);
  for (const [i, event] of events.entries()) {
    const after = evolveLoyalty(before, event);
    if (event.type === "reallocated") steps.push(...reallocatedSteps(event, before, after));
    else {
      const move: Mover = (parts, from, to, at = event.at) => {
        for (const { lot, points } of parts) {
          steps.push({
            event,
            lot,
            points,
            at,
            from: from === "lot" ? placeOf(lotOf(before, lot)) : from,
            to: to === "lot" ? placeOf(lotOf(after, lot)) : to,
          });
        }
      };
      stepsOf(event, move, (parts) => move(parts, "available", "arrears", booked[i]));
    }
    before = after;
  }
  return steps;
}

/** The first of the events; without any there is nothing to read. @internal */
export function firstEvent(events: readonly LoyaltyEvent[]): LoyaltyEvent {
  assertArray(events, "events");
  if (events[0] !== undefined) return events[0];
  throw new ClienteleError("INVALID_ARGUMENT", "events", "events is empty: pass all events of an account");
}

type Mover = (
  parts: readonly LotAllocation[],
  from: PointAccount | "lot",
  to: PointAccount | "lot",
  at?: number,
) => void;

function stepsOf(
  event: Exclude<LoyaltyEvent, ReallocatedEvent>,
  move: Mover,
  repay: (parts: readonly LotAllocation[]) => void,
): void {
  /** Where the points of a lot are that an event opens. */
  const open = (
    lots: readonly (LotAllocation & { readonly activeAt: number })[],
    from: PointAccount,
  ): void => {
    for (const lot of lots) move([lot], from, lot.activeAt <= event.recordedAt ? "available" : "pending");
  };
  switch (event.type) {
    case "earned":
      open(event.lots, "issued");
      repay(event.repaid);
      return;
    case "transferredIn":
      open(event.lots, "transferred");
      repay(event.repaid);
      return;
    case "adjusted":
      open(event.lots, "adjusted");
      move(event.allocations, "lot", "adjusted");
      repay(event.repaid);
      return;
    case "activated":
      move(event.lots, "pending", "available");
      repay(event.repaid);
      return;
    case "expired":
    case "closed":
      move(event.lots, "lot", "expired");
      return;
    case "authorized":
      move(event.allocations, "lot", "held");
      return;
    case "captured":
      move(event.allocations, "held", "redeemed");
      release(event, move, repay);
      return;
    case "voided":
      release(event, move, repay);
      return;
    case "redeemed":
      move(event.allocations, "lot", "redeemed");
      return;
    case "redemptionReversed":
      move(event.restored, "redeemed", "available");
      move(event.lapsed, "redeemed", "expired");
      move(event.moved, "redeemed", "redeemed");
      open(event.lots, "redeemed");
      repay(event.repaid);
      return;
    case "clawedBack":
      move(event.allocations, "lot", "clawedBack");
      return;
    case "transferredOut":
      move(event.allocations, "lot", "transferred");
      return;
    default:
      return;
  }
}

function release(
  {
    released,
    lapsed,
    repaid = [],
  }: {
    readonly released: readonly LotAllocation[];
    readonly lapsed: readonly LotAllocation[];
    readonly repaid?: readonly LotAllocation[];
  },
  move: Mover,
  repay: (parts: readonly LotAllocation[]) => void,
): void {
  const over = new Set(lapsed.map(({ lot }) => lot));
  move(
    released.filter(({ lot }) => !over.has(lot)),
    "held",
    "available",
  );
  move(lapsed, "held", "expired");
  repay(repaid);
}

/** What each redemption takes more or less of each lot, when the redemption happened. */
function reallocatedSteps(event: ReallocatedEvent, before: LoyaltyAccount, after: LoyaltyAccount): LotStep[] {
  const steps: LotStep[] = [];
  for (const { debitId, allocations } of event.debits) {
    const redemption = findById(before.redemptions, debitId);
    const net = new Map<number, number>();
    for (const { lot, points } of allocations) net.set(lot, (net.get(lot) ?? 0) + points);
    for (const { lot, points } of redemption?.allocations ?? []) net.set(lot, (net.get(lot) ?? 0) - points);
    const at = redemption?.at ?? event.at;
    for (const [lot, more] of net) {
      // A lot that was used up may lapse with what comes back to it: another redemption takes from there, too.
      const place = placeOf(lotOf(after, lot));
      if (more > 0) steps.push({ event, lot, from: place, to: "redeemed", points: more, at });
      else if (more < 0) steps.push({ event, lot, from: "redeemed", to: place, points: -more, at });
    }
  }
  return steps;
}
