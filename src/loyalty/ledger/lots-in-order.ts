import type { LoyaltyProgram } from "../program/loyalty-program.js";
import { lapseOf } from "./account-draft.js";
import { lotOf } from "./account-lots.js";
import { slidesTo } from "./decision-context.js";
import type { LotAllocation, LoyaltyEventBase } from "./event-parts.js";
import type { LoyaltyAccount, PointHoldings, PointLot } from "./loyalty-account.js";
import type { OpenedLot } from "./loyalty-event.js";
import type { PostingSheet } from "./posting-sheet.js";
import { compareParts, type KeyParts, mapWalk, type SortedMap } from "./sorted-map.js";

/** A lot's points in the order in which debits take them. */
interface BurnPlace {
  readonly key: KeyParts;
  readonly lot: number;
  readonly points: number;
}

const NO_HOLDINGS: Pick<PointHoldings, "expiring" | "aging" | "sliding" | "lapsed" | "slidesTo"> = {
  expiring: null,
  aging: null,
  sliding: null,
  lapsed: null,
  slidesTo: null,
};

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
  const { expiring, aging, sliding, lapsed, slidesTo } = Object.hasOwn(account.points, pointType)
    ? account.points[pointType]
    : NO_HOLDINGS;
  const places: BurnPlace[] = [];
  // Each index gives as many lots as would do alone; most accounts have points in one of them only.
  const collect = (
    index: SortedMap<KeyParts, number>,
    keyOf: (lot: PointLot) => KeyParts,
    from?: KeyParts,
  ) => {
    let missing = points;
    mapWalk(
      index,
      (_, number) => {
        const lot = lotOf(account, number);
        if (lot.activeAt > at) return true;
        places.push({ key: keyOf(lot), lot: number, points: lot.remaining });
        missing -= lot.remaining;
        return missing > 0;
      },
      from,
      compareParts,
    );
  };
  const isOldest = burnOrder === "oldest";
  const age = (lot: PointLot): KeyParts => [lot.earnedAt, lot.lot];
  collect(isOldest ? aging : expiring, isOldest ? age : (lot) => [lapseOf(lot), lot.earnedAt, lot.lot]);
  collect(sliding, isOldest ? age : (lot) => [slidesTo ?? NEVER, lot.earnedAt, lot.lot]);
  if (lapsed !== null && at < (account.recordedAt ?? at)) {
    collectLapsed(account, lapsed, at, isOldest, places);
  }
  places.sort((a, b) => compareParts(a.key, b.key));
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

const NEVER = Number.MAX_SAFE_INTEGER;

function collectLapsed(
  account: LoyaltyAccount,
  lapsed: SortedMap<KeyParts, number>,
  at: number,
  isOldest: boolean,
  places: BurnPlace[],
): void {
  mapWalk(
    lapsed,
    (_, number) => {
      const lot = lotOf(account, number);
      if (lot.activeAt <= at) {
        const key = isOldest ? [lot.earnedAt, number] : [lot.lapsedAt ?? 0, lot.earnedAt, number];
        places.push({ key, lot: number, points: lot.remaining });
      }
      return true;
    },
    [at + 1],
    compareParts,
  );
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
 * Repays arrears with points that come in (see {@link usableOnArrival}), in burn order.
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
  for (const pointType of new Set(incoming.map((lot) => lot.pointType))) {
    const arrears = Object.hasOwn(account.points, pointType) ? account.points[pointType].balances.arrears : 0;
    let owed = -arrears;
    if (owed <= 0) continue;
    const key = (lot: IncomingPoints): KeyParts =>
      burnOrder === "oldest" ? [lot.earnedAt, lot.lot] : [lapseOf(lot), lot.earnedAt, lot.lot];
    const ordered = incoming.filter((lot) => lot.pointType === pointType && lot.points > 0);
    for (const lot of ordered.sort((a, b) => compareParts(key(a), key(b)))) {
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
 * Points that count when they are booked, and have not lapsed by then; sliding ones with the lapse that they have once the
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
    if (lot.activeAt > asOf) continue;
    const known = lot.sliding ? { ...lot, expiresAt: slidTo(account, lot.pointType, slides) } : lot;
    if (lapseOf(known) > asOf) usable.push(known);
  }
  return usable;
}

function slidTo(
  account: LoyaltyAccount,
  pointType: string,
  slides: NonNullable<LoyaltyEventBase["slides"]>,
): number | null {
  return slides.find((slide) => slide.pointType === pointType)?.expiresAt ?? slidesTo(account, pointType);
}
