import { FEW, isList } from "./by-id.js";
import type { LotState, LoyaltyAccount } from "./loyalty-account.js";
import {
  compareNumbers,
  copyMap,
  mapGet,
  mapReplace,
  mapSet,
  mapValues,
  type SortedNode,
} from "./sorted-map.js";

// The lots of an account by their numbers 0, 1, 2, ...: a list up to 32, then a sorted map.

type LotList = LoyaltyAccount["lots"];

/** A lot by its number. @internal */
export function lotAt(lots: LotList, number: number): LotState | undefined {
  if (lots === null) return undefined;
  return isList(lots) ? lots[number] : mapGet(lots, number, compareNumbers);
}

/** With the next lot. @internal */
export function addLot(lots: LotList, lot: LotState, own: boolean): LotList {
  if (lots === null) return [lot];
  if (!isList(lots)) return mapSet(lots, lot.opened.lot, lot, compareNumbers, own);
  if (lots.length >= FEW) return manyLots(lots, lot);
  if (!own) return [...lots, lot];
  (lots as LotState[]).push(lot);
  return lots;
}

function manyLots(few: readonly LotState[], lot: LotState): LotList {
  let sorted: SortedNode<number, LotState> | null = null;
  for (const each of few) sorted = mapSet(sorted, each.opened.lot, each, compareNumbers, true);
  return mapSet(sorted, lot.opened.lot, lot, compareNumbers, true);
}

/** With another state of a lot that there is; the old list stays as it was. @internal */
export function withLot(lots: LotList, number: number, lot: LotState): LotList {
  if (lots === null) return null;
  if (!isList(lots)) return mapReplace(lots, number, lot, compareNumbers);
  const list = lots.slice();
  list[number] = lot;
  return list;
}

/** All lots in the order of their numbers. @internal */
export function allLots(lots: LotList): readonly LotState[] {
  if (lots === null) return [];
  return isList(lots) ? lots : mapValues(lots);
}

/** With nodes and lots of its own. @internal */
export function copyLots(lots: LotList): LotList {
  if (lots === null) return null;
  if (isList(lots)) return lots.map(copyLot);
  return copyMap(lots, copyLot) as SortedNode<number, LotState>;
}

/** @internal */
export function copyLot({ opened, orderId, remaining, held, status, lapsedAt }: LotState): LotState {
  return { opened, orderId, remaining, held, status, lapsedAt };
}
