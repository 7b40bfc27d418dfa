/** Digits of 11 bits: so many counters, and so many places to write to, stay in the processor's cache. */
const BITS = 11;
const BUCKETS = 2 ** BITS;
const DIGITS = 6;

/** Rows from the greatest value to the smallest. @internal */
export interface DescendingRows {
  readonly rows: Uint32Array;
  /** Whether the value at a place is that of the place before. */
  readonly isTie: (place: number) => boolean;
}

/**
 * The rows from the greatest value to the smallest; equal values keep the order of their rows.
 *
 * A radix sort from the last digit on, over the 64 bits of the numbers: bits of doubles stand in the order of the numbers
 * once negative ones are turned round (Herf 2001). Digits that all values have in common, as whole numbers do at their end,
 * are passed over.
 *
 * @internal
 */
export function descendingRows(values: ArrayLike<number>): DescendingRows {
  const { length } = values;
  let [high, low, row] = threeArrays(length);
  const counts = countedDigits(values, high, low, row);
  let [nextHigh, nextLow, nextRow] = threeArrays(length);
  for (let digit = 0; digit < DIGITS; digit++) {
    const start = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (start.includes(length)) continue;
    let before = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const own = start[bucket];
      start[bucket] = before;
      before += own;
    }
    for (let place = 0; place < length; place++) {
      const to = start[digitOf(high[place], low[place], digit)]++;
      nextHigh[to] = high[place];
      nextLow[to] = low[place];
      nextRow[to] = row[place];
    }
    [high, low, row, nextHigh, nextLow, nextRow] = [nextHigh, nextLow, nextRow, high, low, row];
  }
  return {
    rows: row,
    isTie: (place) => high[place] === high[place - 1] && low[place] === low[place - 1],
  };
}

/** Fills in the bits of each value, turned so that the greatest is least, and the rows; counts how often each digit occurs. */
function countedDigits(
  values: ArrayLike<number>,
  high: Uint32Array,
  low: Uint32Array,
  row: Uint32Array,
): Uint32Array {
  const counts = new Uint32Array(DIGITS * BUCKETS);
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < values.length; i++) {
    // + 0: -0 is no less than 0.
    view.setFloat64(0, values[i] + 0);
    const sign = view.getUint32(0);
    // Below zero the bits grow as the number falls; above, all but the sign are turned round.
    const isNegative = sign >= 0x80000000;
    high[i] = isNegative ? sign : sign ^ 0x7fffffff;
    low[i] = isNegative ? view.getUint32(4) : ~view.getUint32(4);
    row[i] = i;
    for (let digit = 0; digit < DIGITS; digit++) counts[digit * BUCKETS + digitOf(high[i], low[i], digit)]++;
  }
  return counts;
}

/** Bits 11 * digit and up of 64. */
function digitOf(high: number, low: number, digit: number): number {
  const shift = digit * BITS;
  if (shift >= 32) return (high >>> (shift - 32)) & (BUCKETS - 1);
  const part = low >>> shift;
  return (shift + BITS > 32 ? part | (high << (32 - shift)) : part) & (BUCKETS - 1);
}

/** The engine collects garbage on nearly every large allocation, so three arrays share one. */
function threeArrays(length: number): [Uint32Array, Uint32Array, Uint32Array] {
  const buffer = new ArrayBuffer(12 * length);
  const part = (place: number) => new Uint32Array(buffer, 4 * length * place, length);
  return [part(0), part(1), part(2)];
}
