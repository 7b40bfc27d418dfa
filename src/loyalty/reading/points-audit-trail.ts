import { assertOptions, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { findById } from "../ledger/by-id.js";
import type { LotAllocation } from "../ledger/event-parts.js";
import { eventsByAccount } from "../ledger/events-by-account.js";
import { foldLoyalty } from "../ledger/evolve-loyalty.js";
import type { LoyaltyAccount } from "../ledger/loyalty-account.js";
import type { LoyaltyEvent } from "../ledger/loyalty-event.js";
import { firstEvent } from "./lot-steps.js";
import { type PointSource, sourceReader } from "./point-sources.js";

/**
 * Which debit: a redemption, a hold, a transfer, or any event by its place in the account's history. `accountId` is the account
 * that it is of, needed where several have such a debit.
 */
export type PointDebitReference = (
  | { readonly redemptionId: string }
  | { readonly holdId: string }
  | { readonly transferId: string }
  | { readonly seq: number }
) & { readonly accountId?: string };

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
  /** Points of it that repaid what was owed; `booked` and `current` have their lots last. */
  readonly repaid: number;
}

/**
 * Which earned points did a debit burn: which lots, of which orders, by which rules?
 *
 * For a redemption, a hold, a transfer that left, or by `seq` any event that took points of lots: a return that took points
 * back, a lapse, a correction by hand, the closing of an account, or an earn (an activation, a void ...) whose points repaid
 * what was owed. ({@link earnedPointsTrail} asks the other way round.)
 *
 * Points that came by a transfer or a merge lead on to the orders of the account that sent them, where its events are given
 * too.
 *
 * @param events - All events of an account from the first one on, and of those that it got points from: each account's in
 * order.
 * @param debit - Id of the redemption, hold or transfer, or the event's `seq`; with several accounts also the `accountId`.
 * @returns The debit, the lots as it took them, and the lots that it stands for now.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when there is no such debit, or one in each of several accounts, or the
 * events do not fit together.
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
  const accounts = eventsByAccount(events);
  const event = debitEvent(events, debit, accounts.size);
  const { accountId } = event;
  const account = foldLoyalty(accounts.get(accountId) ?? []);
  const { spent, repaid } = takenBy(event);
  // Those that the trail leads to fit together too, or are refused.
  const folded = new Set([accountId]);
  const sourceOf = sourceReader((id) => {
    const theirs = accounts.get(id);
    if (theirs !== undefined && !folded.has(id)) foldLoyalty(theirs);
    folded.add(id);
    return theirs;
  });
  const taken = [...spent, ...repaid];
  const current = [...standing(account, event, spent), ...repaid];
  const points = sum(taken);
  return {
    accountId,
    seq: event.seq,
    type: event.type,
    at: event.at,
    points,
    booked: taken.map((part) => sourceOf(accountId, part)),
    current: current.map((part) => sourceOf(accountId, part)),
    givenBack: points - sum(current),
    repaid: sum(repaid),
  };
}

function debitEvent(
  events: readonly LoyaltyEvent[],
  debit: PointDebitReference,
  accounts: number,
): LoyaltyEvent {
  const { accountId } = debit;
  const found = events.filter((event) => {
    if (!isMeant(event, debit) || (accountId !== undefined && event.accountId !== accountId)) return false;
    const { spent, repaid } = takenBy(event);
    return spent.length > 0 || repaid.length > 0;
  });
  const [event, second] = found;
  if (event !== undefined && second === undefined) return event;
  const where =
    accountId !== undefined || accounts === 1
      ? `account ${shown(accountId ?? events[0]?.accountId)} has`
      : `the ${accounts} accounts have`;
  throw new ClienteleError(
    "INVALID_ARGUMENT",
    "debit",
    second === undefined
      ? `debit is ${describe(debit)}: ${where} no such debit of points`
      : `debit is ${describe(debit)}: there is one of account ${shown(event?.accountId)} and one of ${shown(second.accountId)}, pass accountId too`,
  );
}

function isMeant(event: LoyaltyEvent, debit: PointDebitReference): boolean {
  if ("seq" in debit) return event.seq === debit.seq;
  if ("redemptionId" in debit) return event.type === "redeemed" && event.redemptionId === debit.redemptionId;
  if ("holdId" in debit) return event.type === "authorized" && event.holdId === debit.holdId;
  return event.type === "transferredOut" && event.transferId === debit.transferId;
}

function describe(debit: PointDebitReference): string {
  const [name, value] = Object.entries(debit).find(([key]) => key !== "accountId") ?? ["nothing", ""];
  return `${name} ${shown(value)}`;
}

/** Points that an event takes of lots: what it spends (sets aside, lets lapse ...), and what repays what was owed. */
function takenBy(event: LoyaltyEvent): {
  readonly spent: readonly LotAllocation[];
  readonly repaid: readonly LotAllocation[];
} {
  const repaid = "repaid" in event ? (event.repaid ?? []) : [];
  switch (event.type) {
    case "authorized":
    case "captured":
    case "redeemed":
    case "clawedBack":
    case "transferredOut":
    case "adjusted":
      return { spent: event.allocations, repaid };
    case "expired":
    case "closed":
      return { spent: event.lots, repaid };
    default:
      return { spent: [], repaid };
  }
}

/** What a debit stands for now. */
function standing(
  { redemptions, holds }: LoyaltyAccount,
  event: LoyaltyEvent,
  taken: readonly LotAllocation[],
): readonly LotAllocation[] {
  if (event.type === "redeemed") {
    return findById(redemptions, event.redemptionId)?.allocations ?? taken;
  }
  if (event.type !== "authorized" && event.type !== "captured") return taken;
  const captured = findById(redemptions, event.holdId);
  if (captured !== undefined) return captured.allocations;
  return findById(holds, event.holdId)?.status === "open" ? taken : [];
}

function sum(parts: readonly LotAllocation[]): number {
  return parts.reduce((total, { points }) => total + points, 0);
}
