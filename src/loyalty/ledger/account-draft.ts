import { ClienteleError } from "../../core/errors.js";
import type { LotAllocation, PointAccount } from "./event-parts.js";
import type { LoyaltyAccount, PointHoldings, PointLot } from "./loyalty-account.js";
import type { OpenedLot } from "./loyalty-event.js";
import {
  compareNumbers,
  compareParts,
  type KeyParts,
  mapDelete,
  mapGet,
  mapReplace,
  mapSet,
} from "./sorted-map.js";

// Lots and their indices in an account that is being made. The account itself and its holdings are always private to the
// caller; `own` says whether the nodes of its maps, and the lots in them, are too.

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An account in the making. @internal */
export type AccountDraft = Mutable<Omit<LoyaltyAccount, "points">> & {
  points: Record<string, HoldingsDraft>;
};

type HoldingsDraft = Mutable<Omit<PointHoldings, "balances">> & { balances: Record<PointAccount, number> };

/** Last in the order of lapses. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** A fault in an event: it does not fit the account, or it is not of this version. @internal */
export function eventFault(field: string, message: string): ClienteleError {
  return new ClienteleError("INVALID_ARGUMENT", `event.${field}`, message);
}

/** The points of one type, made if it is the first of its type. @internal */
export function holdingsOf(account: AccountDraft, pointType: string): HoldingsDraft {
  if (Object.hasOwn(account.points, pointType)) return account.points[pointType];
  const made: HoldingsDraft = {
    balances: {
      issued: 0,
      pending: 0,
      available: 0,
      held: 0,
      redeemed: 0,
      expired: 0,
      clawedBack: 0,
      transferred: 0,
      adjusted: 0,
      arrears: 0,
    },
    slidesTo: null,
    slideLapses: [],
    expiring: null,
    aging: null,
    sliding: null,
    lapsed: null,
  };
  // A computed key of a literal: it would not set a prototype, whatever the type is called.
  account.points = { ...account.points, [pointType]: made };
  return made;
}

/** When a lot lapses that does not slide; later than all for never. @internal */
export function lapseOf(lot: Pick<PointLot, "expiresAt" | "activeAt">): number {
  if (lot.expiresAt === null) return NEVER;
  return lot.expiresAt > lot.activeAt ? lot.expiresAt : lot.activeAt;
}

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
  const { lot, pointType, points, earnedAt, activeAt, expiresAt } = opened;
  const made: PointLot = {
    lot,
    pointType,
    original: points,
    remaining: points,
    held: 0,
    lapsed: 0,
    status: activeAt <= recordedAt ? "active" : "pending",
    earnedAt,
    activeAt,
    expiresAt,
    sliding: opened.sliding === true,
    lapsedAt: null,
    orderId,
  };
  account.lots = mapSet(account.lots, lot, made, compareNumbers, own);
  enter(account, made, own);
}

/** Takes points out of a lot, for good or into a hold. @internal */
export function takeFromLot(
  account: AccountDraft,
  part: LotAllocation,
  own: boolean,
  into: "debit" | "hold" = "debit",
): PointLot {
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
  if (lot.status === "lapsed") lot.lapsed -= part.points;
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
  if (lot.remaining + lot.held + part.points > lot.original) {
    throw eventFault(
      "restored",
      `event gives ${part.points} points to lot ${part.lot}, which opened with ${lot.original} and has ${lot.remaining}`,
    );
  }
  const wasEmpty = lot.remaining === 0;
  lot.remaining += part.points;
  if (lot.status === "lapsed") lot.lapsed += part.points;
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

/** When a lot has lapsed or lapses as the account knows it now; `null` never. @internal */
export function knownLapse(
  account: Pick<LoyaltyAccount, "points">,
  lot: PointLot,
  asOf: number,
): number | null {
  if (lot.lapsedAt !== null) return lot.lapsedAt;
  if (!lot.sliding) return lot.expiresAt === null ? null : lapseOf(lot);
  const { slidesTo, slideLapses } = account.points[lot.pointType];
  // A lot that was spent through a time without activity would have lapsed in it.
  const passed = slideLapses.find((instant) => instant > lot.activeAt && instant <= asOf);
  const lapse = passed ?? slidesTo;
  // Points that wait longer than that lapse as they begin to count.
  return lapse === null ? null : Math.max(lapse, lot.activeAt);
}

function markLapsed(lot: Mutable<PointLot>, at: number): void {
  lot.status = "lapsed";
  lot.lapsedAt = at;
  lot.lapsed = lot.remaining;
}

function spendHeld(lot: Mutable<PointLot>, points: number): void {
  if (points > lot.held) {
    throw eventFault(
      "allocations",
      `event takes ${points} held points of lot ${lot.lot}, which holds ${lot.held}`,
    );
  }
  lot.held -= points;
}

function lotDraft(account: AccountDraft, number: number, own: boolean): Mutable<PointLot> {
  const lot = mapGet(account.lots, number, compareNumbers);
  if (lot === undefined) throw eventFault("allocations", `event names lot ${number}, which there is not`);
  if (own) return lot;
  const copy = { ...lot };
  account.lots = mapReplace(account.lots, number, copy, compareNumbers);
  return copy;
}

/** Puts a lot with points where its status has it looked for. */
function enter(account: AccountDraft, lot: PointLot, own: boolean): void {
  if (lot.remaining === 0) return;
  const { lot: number, earnedAt, activeAt } = lot;
  if (lot.status === "pending") {
    account.pending = mapSet(account.pending, [activeAt, number], number, compareParts, own);
    return;
  }
  const holdings = holdingsOf(account, lot.pointType);
  if (lot.status === "lapsed") {
    const key: KeyParts = [lot.lapsedAt ?? 0, earnedAt, number];
    holdings.lapsed = mapSet(holdings.lapsed, key, number, compareParts, own);
  } else if (lot.sliding) {
    holdings.sliding = mapSet(holdings.sliding, [earnedAt, number], number, compareParts, own);
  } else {
    const key: KeyParts = [lapseOf(lot), earnedAt, number];
    holdings.expiring = mapSet(holdings.expiring, key, number, compareParts, own);
    holdings.aging = mapSet(holdings.aging, [earnedAt, number], number, compareParts, own);
  }
}

/** Takes a lot from where it is looked for. */
function leave(account: AccountDraft, lot: PointLot, own: boolean): void {
  if (lot.remaining === 0) return;
  const { lot: number, earnedAt, activeAt } = lot;
  if (lot.status === "pending") {
    account.pending = mapDelete(account.pending, [activeAt, number], compareParts, own);
    return;
  }
  const holdings = holdingsOf(account, lot.pointType);
  if (lot.status === "lapsed") {
    holdings.lapsed = mapDelete(holdings.lapsed, [lot.lapsedAt ?? 0, earnedAt, number], compareParts, own);
  } else if (lot.sliding) {
    holdings.sliding = mapDelete(holdings.sliding, [earnedAt, number], compareParts, own);
  } else {
    holdings.expiring = mapDelete(holdings.expiring, [lapseOf(lot), earnedAt, number], compareParts, own);
    holdings.aging = mapDelete(holdings.aging, [earnedAt, number], compareParts, own);
  }
}

function assertPoints(points: number, field: string): void {
  if (!Number.isSafeInteger(points) || points <= 0) {
    throw eventFault(field, `event.${field} has ${points} points: points are whole numbers above 0`);
  }
}
