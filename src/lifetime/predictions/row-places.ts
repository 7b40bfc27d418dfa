/** Which rows of numbers are the same. @internal */
export interface RowPlaces {
  /** For each row, the place of its values among the different ones. */
  readonly place: Int32Array;
  /** For each place, the first row that has its values. */
  readonly first: Int32Array;
}

const FIRST_SLOTS = 1 << 12;
const GROWTH = 4;

/**
 * Tells rows of numbers apart, to the last bit (-0 is 0), so that what hangs on them alone is computed once: a hash table
 * with open addressing, which holds rows and not their values.
 *
 * @internal
 */
export function rowPlaces(columns: readonly Float64Array[], length: number): RowPlaces {
  const hash = rowHash(columns);
  const place = new Int32Array(length);
  let first = new Int32Array(FIRST_SLOTS / 2);
  let table = new Int32Array(FIRST_SLOTS);
  let found = 0;
  for (let row = 0; row < length; row++) {
    const hashed = hash(row);
    let slot = hashed & (table.length - 1);
    while (table[slot] !== 0 && !isSame(columns, first[table[slot] - 1], row)) {
      slot = (slot + 1) & (table.length - 1);
    }
    if (table[slot] === 0) {
      if (found === first.length) {
        const grown = new Int32Array(first.length * GROWTH);
        grown.set(first);
        first = grown;
        table = tableOf(first, found, hash, table.length * GROWTH);
        slot = freeSlot(table, hashed);
      }
      first[found] = row;
      table[slot] = ++found;
    }
    place[row] = table[slot] - 1;
  }
  return { place, first: first.slice(0, found) };
}

function tableOf(
  first: Int32Array,
  found: number,
  hash: (row: number) => number,
  slots: number,
): Int32Array<ArrayBuffer> {
  const table = new Int32Array(slots);
  for (let place = 0; place < found; place++) table[freeSlot(table, hash(first[place]))] = place + 1;
  return table;
}

function freeSlot(table: Int32Array, hashed: number): number {
  let slot = hashed & (table.length - 1);
  while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
  return slot;
}

function isSame(columns: readonly Float64Array[], one: number, other: number): boolean {
  for (const column of columns) if (column[one] !== column[other]) return false;
  return true;
}

/** The bits of all values of a row, mixed (rounds and finalizer of MurmurHash3, Appleby 2011). */
function rowHash(columns: readonly Float64Array[]): (row: number) => number {
  const double = new Float64Array(1);
  const words = new Int32Array(double.buffer);
  return (row) => {
    let bits = 0;
    for (const column of columns) {
      double[0] = column[row] + 0;
      bits = Math.imul(bits ^ words[0], 0xcc9e2d51);
      bits = Math.imul((bits ^ (bits >>> 15)) + words[1], 0x1b873593);
    }
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return bits ^ (bits >>> 16);
  };
}
