import type { ProductBaskets } from "./product-baskets.js";

/**
 * All itemsets of one size that stand in enough baskets, as a level of a trie: set i is its `parent` in the level before
 * with one product more, whose place is above those of the parent. The sets with one parent stand together, ascending.
 *
 * @internal
 */
export interface ItemsetLevel {
  /** The last product: its place in `products`. */
  readonly item: number[];
  /** The set without the last product: its place in the level before. */
  readonly parent: number[];
  /** In how many baskets all of it stands. */
  readonly count: number[];
  /** Those that extend set i: from `childrenFrom[i]` up to, not including, `childrenTo[i]` in the next level. */
  readonly childrenFrom: number[];
  readonly childrenTo: number[];
}

/** What one search shares: the baskets, the bounds, the scratch space and what was found. */
interface Search {
  /** Places of frequent products, ascending in each basket, `end` after each basket. */
  readonly cells: Uint32Array;
  readonly end: number;
  readonly minimumCount: number;
  readonly levels: readonly ItemsetLevel[];
  /** By product, how often it was met; zero between two prefixes. */
  readonly met: Uint32Array;
  /** The products met with the prefix at hand. */
  readonly touched: Uint32Array;
  /** By product, where its next occurrence is written; -1 where it is not frequent with the prefix at hand. */
  readonly next: Int32Array;
}

/**
 * Every set of products, up to a size, that stands in at least `minimumCount` baskets. Exact: nothing is sampled or cut.
 *
 * Depth first, each prefix with the list of its occurrences (Zaki 2000); the products after an occurrence in its basket
 * are counted in one pass for all extensions ("occurrence deliver", Uno, Kiyomi & Arimura 2004). For pairs that is each
 * product's baskets gone through once, with one counter a product: no matrix of all pairs, no hash.
 *
 * Level 0 has all products, so that its places are theirs; those with a smaller count are in no larger set.
 *
 * @internal
 */
export function frequentItemsets(
  baskets: ProductBaskets,
  minimumCount: number,
  maximumSize: number,
): readonly ItemsetLevel[] {
  const levels = Array.from({ length: maximumSize }, emptyLevel);
  const end = baskets.products.length;
  const counts = new Uint32Array(end);
  for (let i = 0; i < baskets.items.length; i++) counts[baskets.items[i]]++;
  for (let item = 0; item < end; item++) push(levels[0], item, -1, counts[item]);
  if (maximumSize < 2) return levels;
  const { cells, places, starts } = occurrences(baskets, counts, minimumCount);
  const search: Search = {
    cells,
    end,
    minimumCount,
    levels,
    met: new Uint32Array(end),
    touched: new Uint32Array(end),
    next: new Int32Array(end).fill(-1),
  };
  for (let item = 0; item < end; item++) extend(search, 0, item, places, starts[item], starts[item + 1]);
  const reached = levels.findIndex(({ item }, depth) => depth > 0 && item.length === 0);
  return reached === -1 ? levels : levels.slice(0, reached);
}

/** The place in its level of the set of these products, ascending; -1 when it is not frequent. @internal */
export function itemsetPlace(levels: readonly ItemsetLevel[], items: readonly number[]): number {
  let place = items[0];
  for (let depth = 1; depth < items.length; depth++) {
    const { childrenFrom, childrenTo } = levels[depth - 1];
    const next = levels[depth];
    let low = childrenFrom[place];
    let high = childrenTo[place];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (next.item[middle] < items[depth]) low = middle + 1;
      else high = middle;
    }
    if (low >= childrenTo[place] || next.item[low] !== items[depth]) return -1;
    place = low;
  }
  return place;
}

/** Finds the frequent extensions of a set, whose last product occurs at `places[from]` up to `places[to]`, and theirs. */
function extend(
  search: Search,
  depth: number,
  set: number,
  places: Uint32Array,
  from: number,
  to: number,
): void {
  if (to - from < search.minimumCount) return;
  const { cells, end, levels, met, next } = search;
  const found = meet(search, places, from, to);
  const level = levels[depth + 1];
  const first = level.item.length;
  const isLast = depth + 2 === levels.length;
  const bounds = [0];
  for (const item of found) {
    const count = met[item];
    met[item] = 0;
    if (count < search.minimumCount) continue;
    push(level, item, set, count);
    next[item] = bounds[bounds.length - 1];
    bounds.push(next[item] + count);
  }
  const last = level.item.length;
  levels[depth].childrenFrom[set] = first;
  levels[depth].childrenTo[set] = last;
  if (isLast || first === last) {
    for (let i = first; i < last; i++) next[level.item[i]] = -1;
    return;
  }
  const extended = new Uint32Array(bounds[bounds.length - 1]);
  for (let i = from; i < to; i++) {
    for (let cell = places[i] + 1; cells[cell] !== end; cell++) {
      const item = cells[cell];
      if (next[item] >= 0) extended[next[item]++] = cell;
    }
  }
  for (let i = first; i < last; i++) next[level.item[i]] = -1;
  for (let i = first; i < last; i++) {
    extend(search, depth + 1, i, extended, bounds[i - first], bounds[i - first + 1]);
  }
}

// With one in so many products met, or more, looking at all counters is cheaper than sorting those met.
const MANY = 16;

/** Counts what comes after the occurrences in their baskets; gives the products met, ascending. */
function meet(
  { cells, end, met, touched }: Search,
  places: Uint32Array,
  from: number,
  to: number,
): Uint32Array {
  let length = 0;
  for (let i = from; i < to; i++) {
    for (let cell = places[i] + 1; cells[cell] !== end; cell++) {
      const item = cells[cell];
      if (met[item]++ === 0) touched[length++] = item;
    }
  }
  if (length * MANY < end) return touched.subarray(0, length).sort();
  length = 0;
  for (let item = 0; item < end; item++) if (met[item] > 0) touched[length++] = item;
  return touched.subarray(0, length);
}

/** The baskets without rare products, and where in them each product occurs: ascending, products one after the other. */
function occurrences({ products, offsets, items }: ProductBaskets, counts: Uint32Array, minimum: number) {
  const end = products.length;
  const starts = new Uint32Array(end + 1);
  for (let item = 0; item < end; item++) {
    starts[item + 1] = starts[item] + (counts[item] >= minimum ? counts[item] : 0);
  }
  const cells = new Uint32Array(starts[end] + offsets.length);
  const places = new Uint32Array(starts[end]);
  const next = starts.slice();
  let cell = 0;
  for (let basket = 0; basket + 1 < offsets.length; basket++) {
    for (let i = offsets[basket]; i < offsets[basket + 1]; i++) {
      const item = items[i];
      if (counts[item] < minimum) continue;
      places[next[item]++] = cell;
      cells[cell++] = item;
    }
    cells[cell++] = end;
  }
  return { cells, places, starts };
}

function emptyLevel(): ItemsetLevel {
  return { item: [], parent: [], count: [], childrenFrom: [], childrenTo: [] };
}

function push(level: ItemsetLevel, item: number, parent: number, count: number): void {
  level.item.push(item);
  level.parent.push(parent);
  level.count.push(count);
  level.childrenFrom.push(0);
  level.childrenTo.push(0);
}
