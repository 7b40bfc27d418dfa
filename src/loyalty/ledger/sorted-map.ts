// A sorted map of plain arrays (a B+ tree), so that an account survives JSON and structuredClone. Each operation is
// written once: `own: false` copies the path that it changes (the old map stays as it was), `own: true` changes the
// nodes in place (the caller made the whole map and nobody else has it). Both leave the same shape.

/** A node of a sorted map: a leaf with values, or a branch over the children that begin at its keys. */
export type SortedNode<K, V> = SortedLeaf<K, V> | SortedBranch<K, V>;

/** Keys in order, each with its value. */
export interface SortedLeaf<K, V> {
  /** Keys in ascending order. */
  readonly keys: readonly K[];
  /** The value of each key. */
  readonly values: readonly V[];
  /** None: it is a leaf. */
  readonly children?: undefined;
}

/** Children in order; `keys[i]` is at most any key below `children[i]`, but `keys[0]`, which bounds nothing. */
export interface SortedBranch<K, V> {
  /** Where each child begins. */
  readonly keys: readonly K[];
  /** Nodes below. */
  readonly children: readonly SortedNode<K, V>[];
  /** None: it is a branch. */
  readonly values?: undefined;
}

/** A sorted map; `null` is the empty one. */
export type SortedMap<K, V> = SortedNode<K, V> | null;

/** Below 0, 0 or above 0 as the first key comes before, with or after the second. @internal */
export type CompareKeys<K> = (a: K, b: K) => number;

/** The parts of a key that come one after the other. */
export type KeyParts = readonly (number | string)[];

/** @internal */
export const compareNumbers: CompareKeys<number> = (a, b) => a - b;

/** By UTF-16 code units: the same on every machine. @internal */
export const compareTexts: CompareKeys<string> = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Part by part; parts at one place are of one type. A prefix comes before what it begins. @internal */
export const compareParts: CompareKeys<KeyParts> = (a, b) => {
  for (let i = 0; i < a.length; i++) {
    if (a[i] < b[i]) return -1;
    if (a[i] > b[i]) return 1;
  }
  return a.length - b.length;
};

const FAN_OUT = 32;

interface MutableNode<K, V> {
  keys: K[];
  values?: V[];
  children?: MutableNode<K, V>[];
}

/** The value of a key; `undefined` where there is none. @internal */
export function mapGet<K, V>(map: SortedMap<K, V>, key: K, compare: CompareKeys<K>): V | undefined {
  if (map === null) return undefined;
  let node = map;
  while (node.children !== undefined) node = node.children[lastUpTo(node.keys, key, compare)];
  const place = firstFrom(node.keys, key, compare);
  return place < node.keys.length && compare(node.keys[place], key) === 0 ? node.values[place] : undefined;
}

/** The map with this key set to this value. @internal */
export function mapSet<K, V>(
  map: SortedMap<K, V>,
  key: K,
  value: V,
  compare: CompareKeys<K>,
  own: boolean,
): SortedMap<K, V> {
  if (map === null) return { keys: [key], values: [value] };
  let root = (own ? map : copied(map)) as MutableNode<K, V>;
  // Full nodes are split on the way down, so that the way need not be gone back.
  if (root.keys.length >= FAN_OUT) {
    const right = splitOff(root);
    root = { keys: [root.keys[0], right.keys[0]], children: [root, right] };
  }
  let node = root;
  while (node.children !== undefined) {
    const place = lastUpTo(node.keys, key, compare);
    let child = own ? node.children[place] : copied(node.children[place]);
    node.children[place] = child;
    if (child.keys.length >= FAN_OUT) {
      const right = splitOff(child);
      node.children.splice(place + 1, 0, right);
      node.keys.splice(place + 1, 0, right.keys[0]);
      if (compare(key, right.keys[0]) >= 0) child = right;
    }
    node = child;
  }
  setInLeaf(node as MutableNode<K, V> & { values: V[] }, key, value, compare);
  return root as SortedNode<K, V>;
}

/** The map with another value of a key that it has, in copied nodes: of the same shape as a value changed in place. @internal */
export function mapReplace<K, V>(
  map: SortedMap<K, V>,
  key: K,
  value: V,
  compare: CompareKeys<K>,
): SortedMap<K, V> {
  if (map === null) return null;
  const root = copied(map);
  let node = root;
  while (node.children !== undefined) {
    const place = lastUpTo(node.keys, key, compare);
    const child = copied(node.children[place]);
    node.children[place] = child;
    node = child;
  }
  setInLeaf(node as MutableNode<K, V> & { values: V[] }, key, value, compare);
  return root as SortedNode<K, V>;
}

/**
 * The map without this key. Nodes are dropped when they are empty and not merged before: the height stays that of the
 * largest size the map had, which is all that the bound of its operations needs.
 *
 * @internal
 */
export function mapDelete<K, V>(
  map: SortedMap<K, V>,
  key: K,
  compare: CompareKeys<K>,
  own: boolean,
): SortedMap<K, V> {
  if (mapGet(map, key, compare) === undefined) return map;
  let root: MutableNode<K, V> | null = deleted(map as MutableNode<K, V>, key, compare, own);
  while (root?.children?.length === 1) root = root.children[0];
  return root as SortedMap<K, V>;
}

/** The first key, or the last one; `undefined` of the empty map. @internal */
export function mapFirstKey<K, V>(map: SortedMap<K, V>, from: 0 | -1 = 0): K | undefined {
  let node = map;
  while (node?.children !== undefined) node = node.children.at(from) ?? null;
  return node?.keys.at(from);
}

/** The last key; `undefined` of the empty map. @internal */
export function mapLastKey<K, V>(map: SortedMap<K, V>): K | undefined {
  return mapFirstKey(map, -1);
}

/** The value of the last key that is not after this one. @internal */
export function mapFloor<K, V>(map: SortedMap<K, V>, key: K, compare: CompareKeys<K>): V | undefined {
  if (map === null) return undefined;
  let place = lastUpTo(map.keys, key, compare);
  if (map.children === undefined) return compare(map.keys[place], key) <= 0 ? map.values[place] : undefined;
  for (; place >= 0; place--) {
    const value = mapFloor(map.children[place], key, compare);
    if (value !== undefined) return value;
  }
  return undefined;
}

/**
 * Visits keys in order, from the first one that is not before `from`, until `visit` returns false.
 *
 * @returns Whether it came to the end.
 * @internal
 */
export function mapWalk<K, V>(
  map: SortedMap<K, V>,
  visit: (key: K, value: V) => boolean,
  from?: K,
  compare?: CompareKeys<K>,
): boolean {
  if (map === null) return true;
  if (map.children === undefined) {
    let i = from === undefined || compare === undefined ? 0 : firstFrom(map.keys, from, compare);
    for (; i < map.keys.length; i++) if (!visit(map.keys[i], map.values[i])) return false;
    return true;
  }
  const first = from === undefined || compare === undefined ? 0 : lastUpTo(map.keys, from, compare);
  for (let i = first; i < map.children.length; i++) {
    if (!mapWalk(map.children[i], visit, from, compare)) return false;
  }
  return true;
}

/** All values in the order of their keys. @internal */
export function mapValues<K, V>(map: SortedMap<K, V>): V[] {
  const values: V[] = [];
  mapWalk(map, (_, value) => {
    values.push(value);
    return true;
  });
  return values;
}

function setInLeaf<K, V>(
  leaf: MutableNode<K, V> & { values: V[] },
  key: K,
  value: V,
  compare: CompareKeys<K>,
): void {
  const { keys, values } = leaf;
  const last = keys.length - 1;
  // Most keys grow with time.
  if (last < 0 || compare(keys[last], key) < 0) {
    keys.push(key);
    values.push(value);
    return;
  }
  const place = firstFrom(keys, key, compare);
  if (compare(keys[place], key) === 0) {
    values[place] = value;
  } else {
    keys.splice(place, 0, key);
    values.splice(place, 0, value);
  }
}

function deleted<K, V>(
  node: MutableNode<K, V>,
  key: K,
  compare: CompareKeys<K>,
  own: boolean,
): MutableNode<K, V> | null {
  const kept = own ? node : copied(node);
  if (kept.children === undefined) {
    const place = firstFrom(kept.keys, key, compare);
    kept.keys.splice(place, 1);
    kept.values?.splice(place, 1);
  } else {
    const place = lastUpTo(kept.keys, key, compare);
    const child = deleted(kept.children[place], key, compare, own);
    if (child !== null) {
      kept.children[place] = child;
    } else {
      kept.children.splice(place, 1);
      kept.keys.splice(place, 1);
    }
  }
  return kept.keys.length === 0 ? null : kept;
}

/** Leaves the lower half and gives the upper one. */
function splitOff<K, V>(node: MutableNode<K, V>): MutableNode<K, V> {
  const middle = node.keys.length >> 1;
  const keys = node.keys.splice(middle);
  return node.children === undefined
    ? { keys, values: node.values?.splice(middle) }
    : { keys, children: node.children.splice(middle) };
}

function copied<K, V>(node: MutableNode<K, V> | SortedNode<K, V>): MutableNode<K, V> {
  return node.children === undefined
    ? { keys: node.keys.slice(), values: (node.values as V[]).slice() }
    : { keys: node.keys.slice(), children: (node.children as MutableNode<K, V>[]).slice() };
}

/** The last place whose key is not after this one; where all are, the first one, which takes what comes before all. */
function lastUpTo<K>(keys: readonly K[], key: K, compare: CompareKeys<K>): number {
  let low = 0;
  let high = keys.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (compare(keys[middle], key) <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first place whose key is not before this one. */
function firstFrom<K>(keys: readonly K[], key: K, compare: CompareKeys<K>): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(keys[middle], key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A map with nodes of its own; `copyValue` where its values are changed in place too. @internal */
export function copyMap<K, V>(map: SortedMap<K, V>, copyValue?: (value: V) => V): SortedMap<K, V> {
  if (map === null) return null;
  const keys = map.keys.slice();
  return map.children === undefined
    ? { keys, values: copyValue === undefined ? map.values.slice() : map.values.map(copyValue) }
    : { keys, children: map.children.map((child) => copyMap(child, copyValue) as SortedNode<K, V>) };
}
