import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { lotState } from "./account-lots.js";
import { slidesTo } from "./decision-context.js";
import type { LotAllocation, LoyaltyEventBase } from "./event-parts.js";
import { isIndexed } from "./lot-index.js";
import { lapseOf, NEVER } from "./lot-lapse.js";
import { allLots } from "./lot-list.js";
import type { LotState, LoyaltyAccount } from "./loyalty-account.js";
import type { OpenedLot } from "./loyalty-event.js";
import type { PostingSheet } from "./posting-sheet.js";
import { compareParts, type KeyParts, mapWalk, type SortedMap } from "./sorted-map.js";

/** A lot's points and its place in the order in which debits take them: by `first`, then by age. */
interface BurnPlace {
  readonly first: number;
  readonly earnedAt: number;
  readonly lot: number;
  readonly points: number;
}

/**
 * Takes points of a type in burn order from the lots that were usable at an instant: those that are open and counted then,
 * and those that have lapsed since with points unspent.
 *
 * @returns Parts of lots: `points` in sum, or all there were.
 * @internal
 */
export function burn(
  account: LoyaltyAccount,
  burnOrder: LoyaltyProgram["burnOrder"],
  pointType: string,
  points: number,
  at: number,
): LotAllocation[] {
  if (!Object.hasOwn(account.points, pointType)) return [];
  const isOldest = burnOrder === "oldest";
  const places: BurnPlace[] = [];
  if (isIndexed(account)) collectIndexed(account, pointType, isOldest, points, at, places);
  else collectListed(account, pointType, isOldest, at, places);
  places.sort(inBurnOrder);
  const taken: LotAllocation[] = [];
  let missing = points;
  for (const place of places) {
    if (missing === 0) break;
    const some = Math.min(place.points, missing);
    taken.push({ lot: place.lot, points: some });
    missing -= some;
  }
  return taken;
}

function inBurnOrder(a: Omit<BurnPlace, "points">, b: Omit<BurnPlace, "points">): number {
  return a.first - b.first || a.earnedAt - b.earnedAt || a.lot - b.lot;
}

function placeOf({ opened, remaining }: LotState, isOldest: boolean, lapse: number): BurnPlace {
  const { lot, earnedAt } = opened;
  return { first: isOldest ? earnedAt : lapse, earnedAt, lot, points: remaining };
}

/** Of few lots all that are usable. */
function collectListed(
  account: LoyaltyAccount,
  pointType: string,
  isOldest: boolean,
  at: number,
  places: BurnPlace[],
): void {
  const { slidesTo } = account.points[pointType];
  for (const lot of allLots(account.lots)) {
    const { opened, remaining, lapsedAt } = lot;
    if (remaining === 0 || opened.pointType !== pointType || opened.activeAt > at) continue;
    const lapse = lapsedAt ?? (opened.sliding ? (slidesTo ?? NEVER) : lapseOf(opened));
    if (lapse > at) places.push(placeOf(lot, isOldest, lapse));
  }
}

/** Of many lots, those that each index gives first: as many as would do alone. */
function collectIndexed(
  account: LoyaltyAccount,
  pointType: string,
  isOldest: boolean,
  points: number,
  at: number,
  places: BurnPlace[],
): void {
  const { expiring, aging, sliding, lapsed, slidesTo } = account.points[pointType];
  const collect = (index: SortedMap<KeyParts, number>, lapseOfLot: (lot: LotState) => number) => {
    let missing = points;
    mapWalk(index, (_, number) => {
      const lot = lotState(account, number);
      if (lot.opened.activeAt > at) return true;
      places.push(placeOf(lot, isOldest, lapseOfLot(lot)));
      missing -= lot.remaining;
      return missing > 0;
    });
  };
  collect(isOldest ? aging : expiring, ({ opened }) => lapseOf(opened));
  collect(sliding, () => slidesTo ?? NEVER);
  const since = [at + 1];
  const addLapsed = (_: KeyParts, number: number): boolean => {
    const lot = lotState(account, number);
    if (lot.opened.activeAt <= at) places.push(placeOf(lot, isOldest, lot.lapsedAt ?? 0));
    return true;
  };
  mapWalk(lapsed, addLapsed, since, compareParts);
}

/** Points that a debit of that instant could take. @internal */
export function usableAt(account: LoyaltyAccount, pointType: string, at: number): number {
  if (!Object.hasOwn(account.points, pointType)) return 0;
  if (at >= (account.recordedAt ?? at)) return account.points[pointType].balances.available;
  const all = burn(account, "soonestExpiry", pointType, Number.MAX_SAFE_INTEGER, at);
  return all.reduce((sum, { points }) => sum + points, 0);
}

/** Points that have just begun to count, of a lot that the account may not know yet. @internal */
export type IncomingPoints = Pick<
  OpenedLot,
  "lot" | "pointType" | "points" | "earnedAt" | "activeAt" | "expiresAt" | "sliding"
>;

/**
 * Repays arrears with the points that come in and can repay them, as {@link usableOnArrival} gives them, in burn order.
 *
 * @returns Points of them that are gone with it, and their movements on the sheet.
 * @internal
 */
export function repay(
  account: LoyaltyAccount,
  burnOrder: LoyaltyProgram["burnOrder"],
  incoming: readonly IncomingPoints[],
  sheet: PostingSheet,
): LotAllocation[] {
  const repaid: LotAllocation[] = [];
  if (incoming.length === 0) return repaid;
  for (const pointType of new Set(incoming.map((lot) => lot.pointType))) {
    let owed = -account.points[pointType].balances.arrears;
    const ordered = incoming
      .filter((lot) => lot.pointType === pointType)
      .map((lot) => ({ ...lot, first: burnOrder === "oldest" ? lot.earnedAt : lapseOf(lot) }))
      .sort(inBurnOrder);
    for (const lot of ordered) {
      if (owed === 0) break;
      const points = Math.min(owed, lot.points);
      repaid.push({ lot: lot.lot, points });
      sheet.move(pointType, points, "available", "arrears");
      owed -= points;
    }
  }
  return repaid;
}

/**
 * Points that count when they are booked and have not lapsed by then, of types that the account owes some of; sliding ones with the lapse that they have once the
 * event that brings them has slid it.
 *
 * @internal
 */
export function usableOnArrival(
  account: LoyaltyAccount,
  lots: readonly IncomingPoints[],
  asOf: number,
  slides: LoyaltyEventBase["slides"] = [],
): IncomingPoints[] {
  const usable: IncomingPoints[] = [];
  for (const lot of lots) {
    if (lot.activeAt > asOf || !owes(account, lot.pointType)) continue;
    const known = lot.sliding ? { ...lot, expiresAt: slidTo(account, lot.pointType, slides) } : lot;
    if (lapseOf(known) > asOf) usable.push(known);
  }
  return usable;
}

function owes({ points }: LoyaltyAccount, pointType: string): boolean {
  return Object.hasOwn(points, pointType) && points[pointType].balances.arrears < 0;
}

function slidTo(
  account: LoyaltyAccount,
  pointType: string,
  slides: NonNullable<LoyaltyEventBase["slides"]>,
): number | null {
  return slides.find((slide) => slide.pointType === pointType)?.expiresAt ?? slidesTo(account, pointType);
}
