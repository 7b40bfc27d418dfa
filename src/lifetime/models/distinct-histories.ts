import type { CheckedHistories } from "./purchase-histories.js";

/** Histories of which no two are the same, in the order in which they first came. @internal */
export interface DistinctHistories {
  readonly length: number;
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  /** How many customers have each of them. */
  readonly weight: Float64Array;
  /** The columns that were asked for, in that order. */
  readonly covariates: readonly Float64Array[];
  /** Customers in all. */
  readonly customers: number;
}

/**
 * Which histories are there, and how many customers have each?
 *
 * A likelihood is a sum over customers, so that equal ones need be computed once: a million customers on a grid of days
 * have some 100,000 histories. Equal means equal to the last bit; nothing is rounded.
 *
 * @param histories - As `readHistories` gives them.
 * @param covariates - Names of the covariates that tell histories apart; others are left out.
 * @internal
 */
export function distinctHistories(
  histories: CheckedHistories,
  covariates: readonly string[] = [],
): DistinctHistories {
  const { x, tx, T, weight, length } = histories;
  const { counts, columns } = distinctRows(
    [x, tx, T, ...covariates.map((name) => histories.covariates[name])],
    weight,
    length,
  );
  let customers = 0;
  for (const count of counts) customers += count;
  const [distinctX, distinctTx, distinctT, ...rest] = columns;
  return {
    length: counts.length,
    x: distinctX,
    tx: distinctTx,
    T: distinctT,
    weight: counts,
    covariates: rest,
    customers,
  };
}

/**
 * Every n-th of them, for a first look at many. Their order is that of the customers, mostly by first purchase, which is
 * what a sample should be spread over.
 *
 * @internal
 */
export function everyNth(histories: DistinctHistories, n: number): DistinctHistories {
  const length = Math.floor(histories.length / n);
  const pick = (column: Float64Array) => Float64Array.from({ length }, (_, i) => column[i * n]);
  const weight = pick(histories.weight);
  return {
    length,
    x: pick(histories.x),
    tx: pick(histories.tx),
    T: pick(histories.T),
    weight,
    covariates: histories.covariates.map(pick),
    customers: weight.reduce((sum, count) => sum + count, 0),
  };
}

/** Slots of the table at the beginning, and by how much it and the rows grow; powers of two. */
const FIRST_SLOTS = 1 << 13;
const GROWTH = 2;

/** Rows of numbers told apart by a hash table with open addressing: no sort, no strings, no objects. */
function distinctRows(
  columns: readonly Float64Array[],
  weight: Float64Array | null,
  length: number,
): { counts: Float64Array; columns: Float64Array[] } {
  const width = columns.length;
  const stride = width + 1;
  let slots = FIRST_SLOTS;
  let table = new Int32Array(slots);
  // One after another, so that a comparison touches one line of the cache: the values of a row, then its count.
  let cells = new Float64Array((slots / 2) * stride);
  let found = 0;
  const hash = hasher();
  const row = new Float64Array(width);
  for (let i = 0; i < length; i++) {
    let mixed = 0;
    for (let k = 0; k < width; k++) {
      const value = columns[k][i];
      row[k] = value;
      mixed = mixed * MIX + value;
    }
    let slot = hash(mixed) & (slots - 1);
    let entry = table[slot];
    while (entry !== 0 && !isRow(cells, (entry - 1) * stride, row)) {
      slot = (slot + 1) & (slots - 1);
      entry = table[slot];
    }
    if (entry === 0) {
      if (2 * (found + 1) > slots) {
        // As many as there will be if the rest is like the rows so far, so that distinct rows move once.
        const expected = (2 * found * length) / (i + 1);
        do slots *= GROWTH;
        while (slots < expected);
        const grown = new Float64Array((slots / 2) * stride);
        grown.set(cells.subarray(0, found * stride));
        cells = grown;
        table = rehashed(cells, found, width, slots, hash);
        slot = freeSlot(table, hash(mixed));
      }
      cells.set(row, found * stride);
      table[slot] = entry = ++found;
    }
    cells[entry * stride - 1] += weight === null ? 1 : weight[i];
  }
  const taken = (k: number) => {
    const column = new Float64Array(found);
    for (let i = 0, at = k; i < found; i++, at += stride) column[i] = cells[at];
    return column;
  };
  return { counts: taken(width), columns: columns.map((_, k) => taken(k)) };
}

/** Irrational enough that different rows of whole numbers and of fractions have different sums. */
const MIX = 0.7548776662466927;

/** Mixes the bits of a number, so that its low ones depend on all (finalizer of MurmurHash3, Appleby 2011). */
function hasher(): (value: number) => number {
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  return (value) => {
    // -0 and 0 are equal and must be so here.
    double[0] = value + 0;
    let bits = words[0] ^ Math.imul(words[1], 0x9e3779b1);
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return (bits ^ (bits >>> 16)) >>> 0;
  };
}

function isRow(cells: Float64Array, at: number, row: Float64Array): boolean {
  for (let k = 0; k < row.length; k++) if (cells[at + k] !== row[k]) return false;
  return true;
}

function rehashed(
  cells: Float64Array,
  found: number,
  width: number,
  slots: number,
  hash: (value: number) => number,
): Int32Array<ArrayBuffer> {
  const table = new Int32Array(slots);
  for (let i = 0; i < found; i++) {
    let mixed = 0;
    for (let k = 0; k < width; k++) mixed = mixed * MIX + cells[i * (width + 1) + k];
    table[freeSlot(table, hash(mixed))] = i + 1;
  }
  return table;
}

function freeSlot(table: Int32Array, hashed: number): number {
  let slot = hashed & (table.length - 1);
  while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
  return slot;
}
