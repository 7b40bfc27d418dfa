/** A value that can be told from others: of one type in one list. @internal */
export type DistinctValue = number | string | boolean;

/** When values came last: values, each once and ascending, in lists of which one more copies one; and their instants. @internal */
export interface ValueTimes {
  readonly values: readonly (readonly DistinctValue[])[];
  /** Epoch milliseconds, in lists as long as those of the values. */
  readonly last: readonly (readonly number[])[];
}

/** How long a list grows before it is parted. */
const WIDTH = 64;

/** @internal */
export function valueTimes(times: ReadonlyMap<DistinctValue, number>): ValueTimes {
  const sorted = [...times].sort(([a], [b]) => (a < b ? -1 : 1));
  const values: DistinctValue[][] = [];
  const last: number[][] = [];
  for (let i = 0; i < sorted.length; i += WIDTH / 2) {
    const part = sorted.slice(i, i + WIDTH / 2);
    values.push(part.map(([value]) => value));
    last.push(part.map(([, instant]) => instant));
  }
  return { values, last };
}

/** When a value came last; `null`: never. @internal */
export function lastTime({ values, last }: ValueTimes, value: DistinctValue): number | null {
  const place = listFor(values, value);
  const list = values[place] ?? [];
  const at = placeIn(list, value);
  return list[at] === value ? last[place][at] : null;
}

/** The same with a value's last instant; what is given stays as it is. @internal */
export function withLastTime(
  { values, last }: ValueTimes,
  value: DistinctValue,
  instant: number,
): ValueTimes {
  const place = listFor(values, value);
  const list = values[place] ?? [];
  const at = placeIn(list, value);
  const isKnown = list[at] === value;
  const times = last[place]?.slice() ?? [];
  times.splice(at, isKnown ? 1 : 0, instant);
  if (isKnown) return { values, last: withLists(last, place, times) };
  const grown = list.slice();
  grown.splice(at, 0, value);
  return { values: withLists(values, place, grown), last: withLists(last, place, times) };
}

/** Lists of which one is another, parted where it is too long. */
function withLists<Item>(
  lists: readonly (readonly Item[])[],
  place: number,
  list: readonly Item[],
): readonly (readonly Item[])[] {
  const all = lists.slice();
  if (list.length <= WIDTH) all[place] = list;
  else all.splice(place, 1, list.slice(0, WIDTH / 2), list.slice(WIDTH / 2));
  return all;
}

/** The last list that does not begin above a value; the first where all do. */
function listFor(lists: readonly (readonly DistinctValue[])[], value: DistinctValue): number {
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
