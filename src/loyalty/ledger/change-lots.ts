import { type AccountDraft, eventFault } from "./account-draft.js";
import type { LotAllocation } from "./event-parts.js";
import { enter, enterOpened, leave } from "./lot-index.js";
import { addLot, copyLot, lotAt, withLot } from "./lot-list.js";
import type { LotState } from "./loyalty-account.js";
import type { OpenedLot } from "./loyalty-event.js";

// What events do to the lots of an account that is being made.

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Opens a lot, active at once if its time has come when it is booked. @internal */
export function openLot(
  account: AccountDraft,
  opened: OpenedLot,
  recordedAt: number,
  orderId: string | null,
  own: boolean,
): void {
  if (opened.lot !== account.lotCount) {
    throw eventFault(
      "lots",
      `event.lots opens lot ${opened.lot}: the account's next lot is ${account.lotCount}`,
    );
  }
  assertPoints(opened.points, "lots");
  account.lotCount++;
  // The event's own object: events do not change, and dates are read far less often than lots are opened.
  const made: LotState = {
    opened,
    orderId,
    remaining: opened.points,
    held: 0,
    status: opened.activeAt <= recordedAt ? "active" : "pending",
    lapsedAt: null,
  };
  account.lots = addLot(account.lots, made, own);
  enterOpened(account, made, own);
}

/** Takes points out of a lot, for good or into a hold. @internal */
export function takeFromLot(
  account: AccountDraft,
  part: LotAllocation,
  own: boolean,
  into: "debit" | "hold" = "debit",
): LotState {
  assertPoints(part.points, "allocations");
  const lot = lotDraft(account, part.lot, own);
  if (part.points > lot.remaining) {
    throw eventFault(
      "allocations",
      `event takes ${part.points} points from lot ${part.lot}, which has ${lot.remaining}`,
    );
  }
  if (part.points === lot.remaining) leave(account, lot, own);
  lot.remaining -= part.points;
  if (into === "hold") lot.held += part.points;
  return lot;
}

/** Gives points back to a lot, from a debit or from a hold. @internal */
export function giveToLot(
  account: AccountDraft,
  part: LotAllocation,
  own: boolean,
  from: "debit" | "hold" = "debit",
): void {
  assertPoints(part.points, "restored");
  const lot = lotDraft(account, part.lot, own);
  if (from === "hold") spendHeld(lot, part.points);
  if (lot.remaining + lot.held + part.points > lot.opened.points) {
    throw eventFault(
      "restored",
      `event gives ${part.points} points to lot ${part.lot}, which opened with ${lot.opened.points} and has ${lot.remaining}`,
    );
  }
  const wasEmpty = lot.remaining === 0;
  lot.remaining += part.points;
  if (wasEmpty) enter(account, lot, own);
}

/** Takes points out of a hold for good. @internal */
export function takeHeld(account: AccountDraft, part: LotAllocation, own: boolean): void {
  assertPoints(part.points, "allocations");
  spendHeld(lotDraft(account, part.lot, own), part.points);
}

/** Lets a pending lot count. @internal */
export function activateLot(account: AccountDraft, part: LotAllocation, own: boolean): void {
  const lot = lotDraft(account, part.lot, own);
  if (lot.status !== "pending" || lot.remaining !== part.points) {
    throw eventFault("lots", `event activates lot ${part.lot}, which is not pending with ${part.points}`);
  }
  leave(account, lot, own);
  lot.status = "active";
  enter(account, lot, own);
}

/** Lets the rest of a lot lapse. @internal */
export function lapseLot(account: AccountDraft, part: LotAllocation, at: number, own: boolean): void {
  const lot = lotDraft(account, part.lot, own);
  if (lot.status === "lapsed" || lot.remaining !== part.points) {
    throw eventFault(
      "lots",
      `event lets ${part.points} points of lot ${part.lot} lapse, which has ${lot.remaining}`,
    );
  }
  leave(account, lot, own);
  markLapsed(lot, at);
  enter(account, lot, own);
}

/** A lot that was empty when its time was over: it lapses when points come back to it. @internal */
export function lapseEmptyLot(account: AccountDraft, number: number, at: number, own: boolean): void {
  const lot = lotDraft(account, number, own);
  if (lot.status === "lapsed") return;
  if (lot.remaining > 0) {
    throw eventFault(
      "lapsed",
      `event returns points to lot ${number} as lapsed, which has ${lot.remaining} that count`,
    );
  }
  markLapsed(lot, at);
}

function markLapsed(lot: Mutable<LotState>, at: number): void {
  lot.status = "lapsed";
  lot.lapsedAt = at;
}

function spendHeld(lot: Mutable<LotState>, points: number): void {
  if (points > lot.held) {
    throw eventFault(
      "allocations",
      `event takes ${points} held points of lot ${lot.opened.lot}, which holds ${lot.held}`,
    );
  }
  lot.held -= points;
}

function lotDraft(account: AccountDraft, number: number, own: boolean): Mutable<LotState> {
  const lot = lotAt(account.lots, number);
  if (lot === undefined) throw eventFault("allocations", `event names lot ${number}, which there is not`);
  if (own) return lot;
  const copy = copyLot(lot);
  account.lots = withLot(account.lots, number, copy);
  return copy;
}

function assertPoints(points: number, field: string): void {
  if (!Number.isSafeInteger(points) || points <= 0) {
    throw eventFault(field, `event.${field} has ${points} points: points are whole numbers above 0`);
  }
}
