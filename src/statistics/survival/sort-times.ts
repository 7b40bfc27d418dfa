/** Below this the engine's own sort is as fast. */
const SMALL = 4096;

/** Digits of 11 bits: six of them hold the 64 bits of a double. */
const DIGITS = 6;
const BUCKETS = 2048;
const MASK = 2047;

/** The upper three digits hold sign, exponent and 21 bits of the fraction: few times differ below them only. */
const UPPER = 3;

/** The two halves of a double stand low half first on nearly every processor. */
const LOW_HALF_FIRST = /* @__PURE__ */ (() => new Uint32Array(Float64Array.of(1).buffer)[1] !== 0)();

/**
 * Sorts times in place, ascending. They must be 0 or more, with no -0 and no NaN.
 *
 * The bits of such doubles are in the order of the doubles, so that counting digit by digit sorts them: several times
 * faster than the engine's sort, which compares. The upper digits nearly always suffice but for a few neighbors, which
 * change places afterwards; times that are all alike in them are sorted by all digits.
 *
 * @internal
 */
export function sortTimes(times: Float64Array): Float64Array {
  if (times.length < SMALL || !LOW_HALF_FIRST) return times.sort();
  sortByDigits(times, UPPER);
  if (!insertNeighbors(times)) sortByDigits(times, 0);
  return times;
}

/** Sorts by the digits from `lowest` up; times alike in them keep their order. */
function sortByDigits(times: Float64Array, lowest: number): void {
  let from: Uint32Array = new Uint32Array(times.buffer, times.byteOffset, 2 * times.length);
  let to: Uint32Array = new Uint32Array(2 * times.length);
  for (let digit = lowest; digit < DIGITS; digit++) {
    const next = bucketStarts(from, digit);
    if (next === null) continue;
    for (let i = 0; i < from.length; i += 2) {
      const low = from[i];
      const high = from[i + 1];
      const place = 2 * next[digitOf(low, high, digit)]++;
      to[place] = low;
      to[place + 1] = high;
    }
    [from, to] = [to, from];
  }
  if (from.buffer !== times.buffer) times.set(new Float64Array(from.buffer));
}

/** Where the values with each digit begin; `null` when all have the same. */
function bucketStarts(halves: Uint32Array, digit: number): Uint32Array | null {
  const starts = new Uint32Array(BUCKETS);
  for (let i = 0; i < halves.length; i += 2) starts[digitOf(halves[i], halves[i + 1], digit)]++;
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket];
    if (2 * count === halves.length) return null;
    starts[bucket] = start;
    start += count;
  }
  return starts;
}

function digitOf(low: number, high: number, digit: number): number {
  if (digit === 0) return low & MASK;
  if (digit === 1) return (low >>> 11) & MASK;
  if (digit === 2) return ((low >>> 22) | (high << 10)) & MASK;
  if (digit === 3) return (high >>> 1) & MASK;
  return digit === 4 ? (high >>> 12) & MASK : high >>> 23;
}

/** Insertion sort, given up (`false`, with the values in some order) when it would take more than a step or so a value. */
function insertNeighbors(times: Float64Array): boolean {
  let budget = 2 * times.length;
  for (let i = 1; i < times.length; i++) {
    const time = times[i];
    let place = i;
    while (place > 0 && times[place - 1] > time) {
      times[place] = times[place - 1];
      place--;
    }
    times[place] = time;
    budget -= i - place;
    if (budget < 0) return false;
  }
  return true;
}
