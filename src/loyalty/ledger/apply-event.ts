import { type AccountDraft, eventFault, holdingsOf } from "./account-draft.js";
import { allocated, withoutPoints } from "./allocations.js";
import { applyReturn } from "./apply-return.js";
import { addById, findById, replaceById } from "./by-id.js";
import {
  activateLot,
  giveToLot,
  lapseEmptyLot,
  lapseLot,
  openLot,
  takeFromLot,
  takeHeld,
} from "./change-lots.js";
import type { LotAllocation } from "./event-parts.js";
import { knownLapse } from "./lot-lapse.js";
import { lotAt } from "./lot-list.js";
import type { EarnedOrder, PointHold, PointRedemption } from "./loyalty-account.js";
import type { EarnedEvent, LoyaltyEvent, RedemptionReversedEvent } from "./loyalty-event.js";
import { applyMerged, countCapped } from "./merged-history.js";
import type { CapturedEvent, ReallocatedEvent, VoidedEvent } from "./movement-events.js";
import { countPayment } from "./paid-with-points.js";
import { countQualifying } from "./qualifying-days.js";
import { compareParts, compareTexts, mapDelete, mapSet } from "./sorted-map.js";

/**
 * Applies what is particular to one event (not its postings, slides and key) to an account in the making.
 *
 * @internal
 */
export function applyEvent(account: AccountDraft, event: LoyaltyEvent, own: boolean): void {
  switch (event.type) {
    case "enrolled":
      account.status = "open";
      account.programId = event.programId;
      account.memberId = event.memberId;
      account.birthday = event.birthday;
      account.enrolledAt = event.at;
      account.standing = event.standing;
      return;
    case "earned":
      applyEarned(account, event, own);
      return;
    case "activated":
      for (const part of event.lots) activateLot(account, part, own);
      takeAll(account, event.repaid, own);
      return;
    case "expired":
      for (const part of event.lots) lapseLot(account, part, event.at, own);
      return;
    case "adjusted":
      for (const lot of event.lots) openLot(account, lot, event.recordedAt, null, own);
      takeAll(account, event.allocations, own);
      takeAll(account, event.repaid, own);
      return;
    case "authorized": {
      for (const part of event.allocations) takeFromLot(account, part, own, "hold");
      const { holdId: id, at, pointType, points, until, allocations, orderId, amount, rate } = event;
      const status = "open" as const;
      const hold: PointHold = {
        id,
        at,
        pointType,
        points,
        until,
        status,
        allocations,
        orderId,
        amount,
        rate,
      };
      account.holds = addById(account.holds, hold, own);
      countPayment(account, orderId, amount, own);
      if (until !== null) {
        account.holdEnds = mapSet(account.holdEnds, [until, id], id, compareParts, own);
      }
      return;
    }
    case "captured":
      for (const part of event.allocations) takeHeld(account, part, own);
      resolveHold(account, event, "captured", own);
      account.lastDebitAt = Math.max(account.lastDebitAt ?? event.at, event.at);
      setRedemption(account, event.holdId, event, 0, own);
      return;
    case "voided":
      resolveHold(account, event, event.reason === "void" ? "voided" : "timedOut", own);
      return;
    case "redeemed":
      takeAll(account, event.allocations, own);
      account.lastDebitAt = Math.max(account.lastDebitAt ?? event.at, event.at);
      setRedemption(account, event.redemptionId, event, event.cash, own);
      return;
    case "redemptionReversed":
      applyReversed(account, event, own);
      return;
    case "clawedBack":
      takeAll(account, event.allocations, own);
      applyReturn(account, event, own);
      return;
    case "transferredOut":
      takeAll(account, event.allocations, own);
      account.transfers = mapSet(
        account.transfers,
        event.transferId,
        // Of an empty account 0, and not -0, which JSON does not keep.
        0 - allocated(event.allocations),
        compareTexts,
        own,
      );
      return;
    case "transferredIn":
      for (const lot of event.lots) openLot(account, lot, event.recordedAt, null, own);
      takeAll(account, event.repaid, own);
      account.transfers = mapSet(
        account.transfers,
        event.transferId,
        allocated(event.lots),
        compareTexts,
        own,
      );
      if (event.merged !== undefined) applyMerged(account, event.merged, own);
      return;
    case "tierChanged":
      account.standing = event.standing;
      return;
    case "reallocated":
      applyReallocated(account, event, own);
      return;
    case "membersChanged":
      account.memberIds = event.memberIds;
      return;
    case "closed":
      for (const part of event.lots) lapseLot(account, part, event.at, own);
      account.status = "closed";
      account.mergedInto = event.into ?? null;
      return;
    default: {
      const unknown: { readonly type: string } = event;
      throw eventFault(
        "type",
        `event.type is ${JSON.stringify(unknown.type)}, which version 1 of the events does not have: update the package`,
      );
    }
  }
}

function applyEarned(account: AccountDraft, event: EarnedEvent, own: boolean): void {
  const { orderId, lines, lots, qualifying } = event;
  const firstLot = account.lotCount;
  for (const lot of lots) openLot(account, lot, event.recordedAt, orderId, own);
  takeAll(account, event.repaid, own);
  const order: EarnedOrder = {
    id: orderId,
    at: event.at,
    lines,
    firstLot,
    lotCount: lots.length,
    qualifying,
    returned: null,
  };
  account.orders = addById(account.orders, order, own);
  for (const { ruleId, period, points } of event.counted) countCapped(account, ruleId, period, points, own);
  countQualifying(account, qualifying, own);
  if (lines.length > 0) account.purchases++;
}

function resolveHold(
  account: AccountDraft,
  event: CapturedEvent | VoidedEvent,
  status: PointHold["status"],
  own: boolean,
): void {
  const { holdId } = event;
  const hold = findById(account.holds, holdId);
  if (hold?.status !== "open") {
    throw eventFault("holdId", `event.holdId is ${JSON.stringify(holdId)}: there is no such open hold`);
  }
  for (const { lot } of event.lapsed) lapseBeforeReturn(account, lot, event.recordedAt, own);
  for (const part of event.released) giveToLot(account, part, own, "hold");
  takeAll(account, event.repaid ?? [], own);
  if (hold.until !== null) {
    account.holdEnds = mapDelete(account.holdEnds, [hold.until, holdId], compareParts, own);
  }
  account.holds = replaceById(account.holds, { ...hold, status }, own);
  // What is captured is counted as a redemption.
  countPayment(account, hold.orderId, 0 - (hold.amount ?? 0), own);
}

function applyReversed(account: AccountDraft, event: RedemptionReversedEvent, own: boolean): void {
  const { redemptionId } = event;
  const redemption = findById(account.redemptions, redemptionId);
  if (redemption === undefined || event.points > redemption.points - redemption.reversed) {
    throw eventFault(
      "redemptionId",
      `event gives back ${event.points} points of redemption ${JSON.stringify(redemptionId)}, which has not so many left`,
    );
  }
  for (const { lot } of event.lapsed) lapseBeforeReturn(account, lot, event.recordedAt, own);
  for (const part of event.lapsed) giveToLot(account, part, own);
  for (const part of event.restored) giveToLot(account, part, own);
  for (const lot of event.lots) openLot(account, lot, event.recordedAt, null, own);
  takeAll(account, event.repaid, own);
  const back = [...event.restored, ...event.lapsed, ...event.moved];
  const after: PointRedemption = {
    ...redemption,
    reversed: redemption.reversed + event.points,
    allocations: withoutPoints(redemption.allocations, back),
  };
  account.redemptions = replaceById(account.redemptions, after, own);
  countPayment(account, redemption.orderId, 0 - (event.amount ?? 0), own);
}

function applyReallocated(account: AccountDraft, event: ReallocatedEvent, own: boolean): void {
  for (const { lot, points } of event.changes) {
    if (points >= 0) continue;
    const held = lotAt(account.lots, lot);
    const lapse = held === undefined ? null : knownLapse(account, held, event.recordedAt);
    if (lapse !== null && lapse <= event.recordedAt) lapseEmptyLot(account, lot, lapse, own);
    giveToLot(account, { lot, points: -points }, own);
  }
  for (const { lot, points } of event.changes) {
    if (points > 0) takeFromLot(account, { lot, points }, own);
  }
  for (const { debitId, allocations } of event.debits) {
    const redemption = findById(account.redemptions, debitId);
    if (redemption === undefined) {
      throw eventFault(
        "debits",
        `event.debits names ${JSON.stringify(debitId)}: there is no such redemption`,
      );
    }
    account.redemptions = replaceById(account.redemptions, { ...redemption, allocations }, own);
  }
}

/** A lot that was all spent or held when its time came did not lapse then: it does before points come back to it. */
function lapseBeforeReturn(account: AccountDraft, number: number, asOf: number, own: boolean): void {
  const lot = lotAt(account.lots, number);
  const lapse = lot === undefined ? null : knownLapse(account, lot, asOf);
  if (lapse !== null) lapseEmptyLot(account, number, lapse, own);
}

function setRedemption(
  account: AccountDraft,
  id: string,
  debit: Omit<PointRedemption, "id" | "reversed" | "cash">,
  cash: number,
  own: boolean,
): void {
  const { at, pointType, points, orderId, amount, allocations } = debit;
  const redemption: PointRedemption = {
    id,
    at,
    pointType,
    points,
    reversed: 0,
    orderId,
    amount,
    cash,
    allocations,
  };
  account.redemptions = addById(account.redemptions, redemption, own);
  countPayment(account, orderId, amount, own);
}

function takeAll(account: AccountDraft, parts: readonly LotAllocation[], own: boolean): void {
  for (const part of parts) takeFromLot(account, part, own);
}

/** Moves the lapse of all sliding points of a type. @internal */
export function applySlides(account: AccountDraft, event: LoyaltyEvent): void {
  for (const { pointType, expiresAt } of event.slides ?? []) {
    const holdings = holdingsOf(account, pointType);
    const { slidesTo } = holdings;
    const isPassed = slidesTo !== null && slidesTo <= event.recordedAt;
    if (isPassed && slidesTo !== holdings.slideLapses.at(-1)) {
      holdings.slideLapses = [...holdings.slideLapses, slidesTo];
    }
    holdings.slidesTo = expiresAt;
  }
}
