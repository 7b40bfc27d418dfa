/**
 * Puts the rows so that those with the least ids, in code units, come before each of these places (ascending), without
 * ordering them further.
 *
 * @internal
 */
export function splitById(rows: Uint32Array, places: readonly number[], ids: readonly string[]): void {
  for (let i = 1; i < rows.length; i++) {
    if (ids[rows[i]] < ids[rows[i - 1]]) {
      splitBetween({ rows, ids, places }, 0, rows.length, 0, places.length);
      return;
    }
  }
}

interface Split {
  readonly rows: Uint32Array;
  readonly ids: readonly string[];
  readonly places: readonly number[];
}

/** The middle place first: each half has its own half of the places. */
function splitBetween(split: Split, from: number, to: number, first: number, last: number): void {
  if (first >= last) return;
  const middle = (first + last) >>> 1;
  const place = split.places[middle];
  splitAt(split, from, to, place);
  splitBetween(split, from, place, first, middle);
  splitBetween(split, place, to, middle + 1, last);
}

/** Quickselect (Hoare 1961); its pivots come from samples, and stand a little to the longer side of the place looked for. */
function splitAt({ rows, ids }: Split, from: number, to: number, place: number): void {
  let [start, end] = [from, to];
  // Ids may stand in an order that deceives the samples.
  let comparisons = 8 * (to - from);
  while (place > start && place < end) {
    if (end - start <= FEW || comparisons < 0) {
      const sorted = rows.slice(start, end).sort((a, b) => (ids[a] < ids[b] ? -1 : 1));
      rows.set(sorted, start);
      return;
    }
    comparisons -= end - start;
    const pivot = sampledId(rows, ids, start, end, place);
    const middle = partitioned(rows, ids, start, end, pivot);
    if (middle <= place) start = middle;
    else end = middle;
  }
}

// Fewer than these are sorted as fast.
const FEW = 128;
const SAMPLE = 31;

function sampledId(
  rows: Uint32Array,
  ids: readonly string[],
  start: number,
  end: number,
  place: number,
): string {
  const step = (end - start) / SAMPLE;
  const sample = Array.from({ length: SAMPLE }, (_, i) => ids[rows[start + Math.floor(i * step)]]).sort();
  const own = Math.floor((place - start) / step);
  return sample[own < SAMPLE / 2 ? own + 1 : own - 1];
}

/** Brings those with lesser ids to the front and gives the place after them. */
function partitioned(
  rows: Uint32Array,
  ids: readonly string[],
  start: number,
  end: number,
  pivot: string,
): number {
  let low = start;
  let high = end - 1;
  while (low <= high) {
    while (low <= high && ids[rows[low]] < pivot) low++;
    while (low <= high && !(ids[rows[high]] < pivot)) high--;
    if (low < high) [rows[low], rows[high]] = [rows[high], rows[low]];
  }
  return low;
}
