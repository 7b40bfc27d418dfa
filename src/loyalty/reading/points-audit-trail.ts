import { assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { findById } from "../ledger/by-id.js";
import type { LotAllocation } from "../ledger/event-parts.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import type { LoyaltyEvent, OpenedLot } from "../ledger/loyalty-event.js";
import { firstEvent } from "./lot-steps.js";

/** Which debit: a redemption, a hold, a transfer, or any event by its place in the account's history. */
export type PointDebitReference =
  | { readonly redemptionId: string }
  | { readonly holdId: string }
  | { readonly transferId: string }
  | { readonly seq: number };

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
  /** Of a redemption that was given back as new lots: the points that it had burned. */
  readonly sources: readonly PointSource[];
}

/** Points of one lot that a debit took. */
export interface PointSource {
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

/** A debit, and what it burned. */
export interface PointsAuditTrail {
  /** The account. */
  readonly accountId: string;
  /** The event. */
  readonly seq: number;
  /** What it was. */
  readonly type: LoyaltyEvent["type"];
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  /** Points that it took, all types together. */
  readonly points: number;
  /** Lots as the event took them; they sum to `points`. */
  readonly booked: readonly PointSource[];
  /**
   * Lots that it stands for now: without what was given back, and as a late earn had it allotted anew. A hold that was not
   * captured stands for none. They sum to `points - givenBack`.
   */
  readonly current: readonly PointSource[];
  /** Points of it that came back: by a reversal, or with the release of a hold. */
  readonly givenBack: number;
}

/**
 * Which earned points did a debit burn: which lots, of which orders, by which rules?
 *
 * For a redemption, a hold, a transfer that left, or by `seq` any event that took points of lots: a return that took points
 * back, a lapse, a correction by hand, the closing of an account. ({@link earnedPointsTrail} asks the other way round.)
 *
 * @param events - All events of one account from the first one on.
 * @param debit - Id of the redemption, hold or transfer, or the event's `seq`.
 * @returns The debit, the lots as it took them, and the lots that it stands for now.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when there is no such debit, or the events do not fit together.
 * @example
 * ```ts
 * import { defineProgram, emptyLoyaltyAccount, pointsAuditTrail, simulateLoyalty } from "clientele";
 *
 * const program = defineProgram({
 *   version: 1,
 *   id: "club",
 *   currency: "EUR",
 *   pointTypes: [{ id: "points", kind: "spendable" }],
 *   earnRules: [{ id: "base", award: { per: "amount", points: 1, amount: 100 } }],
 * });
 * const { events } = simulateLoyalty(program, emptyLoyaltyAccount("A-1"), [
 *   { type: "enroll", key: "k1", at: "2025-01-01", memberId: "M-1" },
 *   { type: "earn", key: "k2", at: "2025-01-02", orderId: "O-1", lines: [{ lineId: "1", amount: 40_00 }] },
 *   { type: "redeem", key: "k3", at: "2025-02-01", redemptionId: "R-1", points: 30 },
 * ]);
 * const [source] = pointsAuditTrail(events, { redemptionId: "R-1" }).booked;
 * [source?.points, source?.origin.orderId, source?.origin.rules]; // => [30, "O-1", [{ ruleId: "base", points: 40 }]]
 * ```
 */
export function pointsAuditTrail(
  events: readonly LoyaltyEvent[],
  debit: PointDebitReference,
): PointsAuditTrail {
  firstEvent(events);
  assertOptions(debit, "{ redemptionId }, { holdId }, { transferId } or { seq }", "debit");
  const account = foldLoyalty(events);
  const event = events.find((candidate) => isMeant(candidate, debit));
  const taken = event === undefined ? [] : takenBy(event);
  if (event === undefined || taken.length === 0) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "debit",
      `debit is ${describe(debit)}: account ${shown(account.accountId)} has no such debit of points`,
    );
  }
  const sourceOf = sourceReader(events);
  const points = sum(taken);
  const current = standing(events, event, taken);
  return {
    accountId: account.accountId,
    seq: event.seq,
    type: event.type,
    at: event.at,
    points,
    booked: taken.map(sourceOf),
    current: current.map(sourceOf),
    givenBack: points - sum(current),
  };
}

function isMeant(event: LoyaltyEvent, debit: PointDebitReference): boolean {
  if ("seq" in debit) return event.seq === debit.seq;
  if ("redemptionId" in debit) return event.type === "redeemed" && event.redemptionId === debit.redemptionId;
  if ("holdId" in debit) return event.type === "authorized" && event.holdId === debit.holdId;
  return event.type === "transferredOut" && event.transferId === debit.transferId;
}

function describe(debit: PointDebitReference): string {
  const [name, value] = Object.entries(debit)[0] ?? ["nothing", ""];
  return `${name} ${shown(value)}`;
}

/** Points that an event takes of lots. */
function takenBy(event: LoyaltyEvent): readonly LotAllocation[] {
  switch (event.type) {
    case "authorized":
    case "captured":
    case "redeemed":
    case "clawedBack":
    case "transferredOut":
    case "adjusted":
      return event.allocations;
    case "expired":
    case "closed":
      return event.lots;
    default:
      return [];
  }
}

/** What a debit stands for now. */
function standing(
  events: readonly LoyaltyEvent[],
  event: LoyaltyEvent,
  taken: readonly LotAllocation[],
): readonly LotAllocation[] {
  const { redemptions, holds } = foldLoyalty(events);
  if (event.type === "redeemed") {
    return findById(redemptions, event.redemptionId)?.allocations ?? taken;
  }
  if (event.type !== "authorized" && event.type !== "captured") return taken;
  const captured = findById(redemptions, event.holdId);
  if (captured !== undefined) return captured.allocations;
  return findById(holds, event.holdId)?.status === "open" ? taken : [];
}

/** Where points of lots came from, by the events that opened the lots. */
function sourceReader(events: readonly LoyaltyEvent[]): (part: LotAllocation) => PointSource {
  const openings = new Map<number, { readonly lot: OpenedLot; readonly event: LoyaltyEvent }>();
  for (const event of events) {
    if (!("lots" in event)) continue;
    for (const lot of event.lots)
      if ("earnedAt" in lot && "lot" in lot) openings.set(lot.lot, { lot, event });
  }
  const sourceOf = ({ lot: number, points }: LotAllocation): PointSource => {
    const opening = openings.get(number);
    if (opening === undefined) {
      throw new ClienteleError("INVALID_ARGUMENT", "events", `no event opens lot ${number}: pass all events`);
    }
    const { lot, event } = opening;
    const { pointType, earnedAt, rules = [] } = lot;
    const { seq, at } = event;
    const common = { seq, at, orderId: null, rules, sources: [] };
    return { lot: number, points, pointType, earnedAt, origin: { ...common, ...originOf(event, sourceOf) } };
  };
  return sourceOf;
}

function originOf(
  event: LoyaltyEvent,
  sourceOf: (part: LotAllocation) => PointSource,
): Pick<PointOrigin, "kind" | "reference"> & Partial<PointOrigin> {
  switch (event.type) {
    case "earned":
      return { kind: "earned", reference: null, orderId: event.orderId };
    case "transferredIn":
      return { kind: "transferredIn", reference: `${event.from}: ${event.transferId}` };
    case "adjusted":
      return { kind: "adjusted", reference: `${event.actor}: ${event.reason}` };
    case "redemptionReversed": {
      const sources = event.moved.map(sourceOf);
      return { kind: "redemptionReversed", reference: event.redemptionId, sources };
    }
    default:
      throw new ClienteleError("INVALID_ARGUMENT", "events", `event ${event.seq} opens a lot: it cannot`);
  }
}

function sum(parts: readonly LotAllocation[]): number {
  return parts.reduce((total, { points }) => total + points, 0);
}
