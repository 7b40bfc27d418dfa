import { type Fingerprint, fingerprintOfKey } from "./key-fingerprint.js";

/** Keys as small consecutive numbers: `values[codes[i]]` is the key of row i. @internal */
export interface EncodedKeys<Key> {
  readonly codes: Uint32Array;
  /** Distinct keys in order of first appearance. */
  readonly values: Key[];
}

const PARTITIONS = 256;

/**
 * Numbers each distinct key by its first appearance.
 *
 * One Map over a million keys misses the processor's cache several times a row. Here each key is read in the order of
 * the input and reduced to 64 bits; the bits, dealt into 256 partitions, are looked up in tables that stay in the
 * cache; and at the end the keys whose bits could be those of another are compared with the key that their number stands
 * for, so that two keys with the same bits never merge.
 *
 * @internal
 */
export function encodeKeys<Key extends string | number>(
  keys: ArrayLike<Key>,
  fingerprint: Fingerprint = fingerprintOfKey,
): EncodedKeys<Key> {
  const dealt = dealFingerprints(keys, fingerprint);
  const { codes } = dealt;
  const firstRow = numberFingerprints(dealt);
  separateCollisions(keys, codes, firstRow, fingerprint);
  return inOrderOfAppearance(keys, codes, firstRow.length);
}

/** Does no key come twice? Where no two fingerprints are equal, the keys need not be looked at again. @internal */
export function areDistinct(
  keys: ArrayLike<string | number>,
  fingerprint: Fingerprint = fingerprintOfKey,
): boolean {
  const distinct = numberFingerprints(dealFingerprints(keys, fingerprint)).length;
  return distinct === keys.length || encodeKeys(keys, fingerprint).values.length === keys.length;
}

interface DealtFingerprints {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** Row of each fingerprint, ascending in each partition. */
  readonly row: Uint32Array;
  /** By row of the input, to be filled. */
  readonly codes: Uint32Array;
  /** Partition p is places `bounds[p]` up to, not including, `bounds[p + 1]`. */
  readonly bounds: Uint32Array;
}

/** Keys are read twice, in order and so cheaply, rather than keeping their bits: a large array less is a collection of garbage less. */
function dealFingerprints(keys: ArrayLike<string | number>, fingerprint: Fingerprint): DealtFingerprints {
  const length = keys.length;
  const bounds = new Uint32Array(PARTITIONS + 1);
  const bits = new Uint32Array(2);
  for (let row = 0; row < length; row++) {
    fingerprint(keys[row], bits);
    bounds[(bits[0] >>> 24) + 1]++;
  }
  for (let partition = 0; partition < PARTITIONS; partition++) bounds[partition + 1] += bounds[partition];
  const next = bounds.slice();
  const [high, low, row, codes] = arraysOfOneBuffer(length);
  for (let i = 0; i < length; i++) {
    fingerprint(keys[i], bits);
    const place = next[bits[0] >>> 24]++;
    high[place] = bits[0];
    low[place] = bits[1];
    row[place] = i;
  }
  return { high, low, row, codes, bounds };
}

/** The engine collects garbage on nearly every large allocation, so four arrays share one. */
function arraysOfOneBuffer(length: number) {
  const buffer = new ArrayBuffer(16 * length);
  return [0, 1, 2, 3].map((place) => new Uint32Array(buffer, 4 * length * place, length));
}

/** Open addressing with linear probing, one small table a partition. */
function numberFingerprints({ high, low, row, codes, bounds }: DealtFingerprints): number[] {
  const firstRow: number[] = [];
  let slots = new Int32Array(0);
  let slotHigh = new Uint32Array(0);
  let slotLow = new Uint32Array(0);
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const start = bounds[partition];
    const end = bounds[partition + 1];
    const size = 2 ** Math.ceil(Math.log2(2 * (end - start) + 1));
    if (size > slots.length) {
      slots = new Int32Array(size);
      slotHigh = new Uint32Array(size);
      slotLow = new Uint32Array(size);
    }
    slots.fill(-1, 0, size);
    for (let place = start; place < end; place++) {
      let slot = low[place] & (size - 1);
      while (slots[slot] >= 0 && (slotLow[slot] !== low[place] || slotHigh[slot] !== high[place])) {
        slot = (slot + 1) & (size - 1);
      }
      if (slots[slot] < 0) {
        slots[slot] = firstRow.length;
        slotHigh[slot] = high[place];
        slotLow[slot] = low[place];
        firstRow.push(row[place]);
      }
      codes[row[place]] = slots[slot];
    }
  }
  return firstRow;
}

/** Gives numbers of their own to keys that share the fingerprint of another. */
function separateCollisions(
  keys: ArrayLike<string | number>,
  codes: Uint32Array,
  firstRow: number[],
  fingerprint: Fingerprint,
): void {
  const bits = new Uint32Array(2);
  const isExact = new Uint8Array(firstRow.length);
  const values = new Array<string | number>(firstRow.length);
  for (let code = 0; code < isExact.length; code++) {
    const key = keys[firstRow[code]];
    values[code] = key;
    isExact[code] = fingerprint(key, bits) ? 1 : 0;
  }
  const separated = new Map<string | number, number>();
  for (let row = 0; row < codes.length; row++) {
    if (isExact[codes[row]] === 1) continue;
    const key = keys[row];
    if (key === values[codes[row]]) continue;
    let code = separated.get(key);
    if (code === undefined) {
      code = firstRow.length;
      separated.set(key, code);
      firstRow.push(row);
    }
    codes[row] = code;
  }
}

function inOrderOfAppearance<Key>(
  keys: ArrayLike<Key>,
  codes: Uint32Array,
  distinct: number,
): EncodedKeys<Key> {
  const unseen = 0xffffffff;
  const rank = new Uint32Array(distinct).fill(unseen);
  const values: Key[] = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (rank[code] === unseen) {
      rank[code] = values.length;
      values.push(keys[row]);
    }
    codes[row] = rank[code];
  }
  return { codes, values };
}
