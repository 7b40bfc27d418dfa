import { shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import type { LotAllocation } from "../ledger/event-parts.js";
import type { LoyaltyEvent, OpenedLot, TransferredInEvent } from "../ledger/loyalty-event.js";

/** Where the points of a lot came from. */
export interface PointOrigin {
  /** What opened the lot: an order (visit, event), a hand, a transfer, or a redemption that was given back. */
  readonly kind: "earned" | "adjusted" | "transferredIn" | "redemptionReversed";
  /** The event that opened it. */
  readonly seq: number;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** The order, visit or event; `null` for other lots. */
  readonly orderId: string | null;
  /** Rules that gave the points of the whole lot; empty for other lots. */
  readonly rules: readonly { readonly ruleId: string; readonly points: number }[];
  /** Reason and actor, account and transfer, or the redemption; `null` for earned lots. */
  readonly reference: string | null;
  /**
   * Where the points of the whole lot were before: of a redemption that was given back as new lots, the points that it had
   * burned; of a transfer or merge, the lot of the account that sent them. Empty for other lots, and where the events of that
   * account are not among those given.
   */
  readonly sources: readonly PointSource[];
}

/** Points of one lot that a debit took. */
export interface PointSource {
  /** The account that the lot is of. */
  readonly accountId: string;
  /** The lot's number in its account. */
  readonly lot: number;
  /** Points that were taken of it. */
  readonly points: number;
  /** Type of point. */
  readonly pointType: string;
  /** When the points were earned, epoch milliseconds. */
  readonly earnedAt: number;
  /** Where they came from. */
  readonly origin: PointOrigin;
}

/** A lot with the event that opened it. */
interface Opening {
  readonly lot: OpenedLot;
  readonly event: LoyaltyEvent;
}

type ReadSource = (accountId: string, part: LotAllocation) => PointSource;

/**
 * Reads where points of lots came from: by the events that opened the lots, and through transfers by those of the account
 * that sent them.
 *
 * @internal
 */
export function sourceReader(
  eventsOf: (accountId: string) => readonly LoyaltyEvent[] | undefined,
): ReadSource {
  const openings = new Map<string, ReadonlyMap<number, Opening>>();
  // Books that do not fit together may lead in a circle.
  const path = new Set<string>();
  const openingOf = (accountId: string, lot: number): Opening => {
    const known = openings.get(accountId) ?? openingsIn(eventsOf(accountId) ?? []);
    openings.set(accountId, known);
    const opening = known.get(lot);
    if (opening !== undefined) return opening;
    throw misfit(`no event of account ${shown(accountId)} opens lot ${lot}: pass all events`);
  };
  const sourceOf: ReadSource = (accountId, { lot: number, points }) => {
    const { lot, event } = openingOf(accountId, number);
    const place = `${number} ${accountId}`;
    if (path.has(place)) throw misfit(`lot ${number} of account ${shown(accountId)} comes from itself`);
    path.add(place);
    const { pointType, earnedAt, rules = [] } = lot;
    const { seq, at } = event;
    const common = { seq, at, orderId: null, rules, sources: [] };
    const origin = { ...common, ...originOf(event, lot, sourceOf, eventsOf) };
    path.delete(place);
    return { accountId, lot: number, points, pointType, earnedAt, origin };
  };
  return sourceOf;
}

function openingsIn(events: readonly LoyaltyEvent[]): Map<number, Opening> {
  const openings = new Map<number, Opening>();
  for (const event of events) {
    if (!("lots" in event)) continue;
    for (const lot of event.lots)
      if ("earnedAt" in lot && "lot" in lot) openings.set(lot.lot, { lot, event });
  }
  return openings;
}

function originOf(
  event: LoyaltyEvent,
  lot: OpenedLot,
  sourceOf: ReadSource,
  eventsOf: (accountId: string) => readonly LoyaltyEvent[] | undefined,
): Pick<PointOrigin, "kind" | "reference"> & Partial<PointOrigin> {
  switch (event.type) {
    case "earned":
      return { kind: "earned", reference: null, orderId: event.orderId };
    case "transferredIn": {
      const sent = sentPart(event, lot, eventsOf(event.from));
      const sources = sent === null ? [] : [sourceOf(event.from, sent)];
      return { kind: "transferredIn", reference: `${event.from}: ${event.transferId}`, sources };
    }
    case "adjusted":
      return { kind: "adjusted", reference: `${event.actor}: ${event.reason}` };
    case "redemptionReversed": {
      const sources = event.moved.map((part) => sourceOf(event.accountId, part));
      return { kind: "redemptionReversed", reference: event.redemptionId, sources };
    }
    default:
      throw misfit(`event ${event.seq} opens a lot: it cannot`);
  }
}

/** The lot of the other account that came as this one; `null` without the events of that account. */
function sentPart(
  { accountId, from, transferId, lots }: TransferredInEvent,
  lot: OpenedLot,
  events: readonly LoyaltyEvent[] | undefined,
): LotAllocation | null {
  if (events === undefined) return null;
  for (const event of events) {
    if (event.type !== "transferredOut" || event.transferId !== transferId || event.to !== accountId)
      continue;
    // Both sides name the lots in one order.
    const part = event.allocations[lots.indexOf(lot)];
    if (part?.points === lot.points) return part;
  }
  throw misfit(
    `account ${shown(accountId)} got ${lot.points} points by transfer ${shown(transferId)}, which account ${shown(from)} did not send: pass all events of both`,
  );
}

function misfit(message: string): ClienteleError {
  return new ClienteleError("INVALID_ARGUMENT", "events", message);
}
