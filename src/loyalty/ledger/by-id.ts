import { compareTexts, copyMap, mapGet, mapSet, mapWalk, type SortedNode } from "./sorted-map.js";

// Nearly all members have a few orders, holds and keys. A short list is written with one push and no comparison of texts, and
// read by going through it; a sorted map comes where that would take too long.

/** Something that an account knows by an id. */
export interface Identified {
  /** Its id. */
  readonly id: string;
}

/**
 * Things by their id: up to 32 in the order in which they came (the last one counts, should an id stand twice), more of them
 * in a sorted map; `null` for none.
 */
export type ById<V extends Identified> = readonly V[] | SortedNode<string, V> | null;

/** So many are kept as a list. @internal */
export const FEW = 32;

/** @internal */
export function findById<V extends Identified>(map: ById<V>, id: string): V | undefined {
  if (!isList(map)) return mapGet(map, id, compareTexts);
  for (let i = map.length - 1; i >= 0; i--) if (map[i].id === id) return map[i];
  return undefined;
}

/** With one more, or another of its id; in place where the caller owns the nodes. @internal */
export function addById<V extends Identified>(map: ById<V>, value: V, own: boolean): ById<V> {
  if (map === null) return [value];
  if (!isList(map)) return mapSet(map, value.id, value, compareTexts, own);
  if (map.length >= FEW) return manyById(map, value);
  if (!own) return [...map, value];
  (map as V[]).push(value);
  return map;
}

function manyById<V extends Identified>(few: readonly V[], value: V): ById<V> {
  let sorted: SortedNode<string, V> | null = null;
  for (const each of few) sorted = mapSet(sorted, each.id, each, compareTexts, true);
  return mapSet(sorted, value.id, value, compareTexts, true);
}

/** With another value of an id that it has. @internal */
export function replaceById<V extends Identified>(map: ById<V>, value: V, own: boolean): ById<V> {
  if (map === null) return null;
  if (!isList(map)) return mapSet(map, value.id, value, compareTexts, own);
  const list = own ? (map as V[]) : map.slice();
  for (let i = list.length - 1; i >= 0; i--) {
    if (list[i].id !== value.id) continue;
    list[i] = value;
    break;
  }
  return list;
}

/** All of them, in no order that means anything. @internal */
export function walkById<V extends Identified>(map: ById<V>, visit: (value: V) => void): void {
  if (isList(map)) {
    for (const value of map) visit(value);
  } else {
    mapWalk(map, (_, value) => {
      visit(value);
      return true;
    });
  }
}

/** With nodes of its own. @internal */
export function copyById<V extends Identified>(map: ById<V>): ById<V> {
  return isList(map) ? map.slice() : (copyMap(map) as SortedNode<string, V> | null);
}

/** @internal */
export function isList<V>(
  entries: readonly V[] | SortedNode<string, V> | SortedNode<number, V> | null,
): entries is readonly V[] {
  return Array.isArray(entries);
}
