/** A value that can be told from others: of one type in one list. @internal */
export type DistinctValue = number | string | boolean;

/** Values, each once and ascending, in lists of which one more copies one. @internal */
export type DistinctValues = readonly (readonly DistinctValue[])[];

/** How long a list grows before it is parted. */
const WIDTH = 64;

/** @internal */
export function distinctValues(values: Iterable<DistinctValue>): DistinctValues {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : 1));
  const lists: DistinctValue[][] = [];
  for (let i = 0; i < sorted.length; i += WIDTH / 2) lists.push(sorted.slice(i, i + WIDTH / 2));
  return lists;
}

/** One value more; the same lists where it is among them. @internal */
export function withValue(lists: DistinctValues, value: DistinctValue): DistinctValues {
  const place = listFor(lists, value);
  const list = lists[place] ?? [];
  const at = placeIn(list, value);
  if (list[at] === value) return lists;
  const grown = list.slice();
  grown.splice(at, 0, value);
  const all = lists.slice();
  if (grown.length <= WIDTH) all[place] = grown;
  else all.splice(place, 1, grown.slice(0, WIDTH / 2), grown.slice(WIDTH / 2));
  return all;
}

/** The last list that does not begin above a value; the first where all do. */
function listFor(lists: DistinctValues, value: DistinctValue): number {
  let low = 0;
  let high = lists.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lists[middle][0] > value) high = middle;
    else low = middle + 1;
  }
  return Math.max(0, low - 1);
}

/** The first place in a list that is not below a value. */
function placeIn(list: readonly DistinctValue[], value: DistinctValue): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle] >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
