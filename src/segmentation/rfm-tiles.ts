import type { NumberSample } from "./number-sample.js";
import { type RankedValue, rankedValues } from "./order-statistics.js";
import { binsOf, type ScoreCuts, type TiedRows } from "./score-cuts.js";
import { splitById } from "./split-by-id.js";

/** @internal */
export interface TileOrder {
  /** Whether the first tile has the greatest values; equal values stand by id ascending either way. */
  readonly isDescending: boolean;
  /** Whether the least values have the highest score. */
  readonly isTurned: boolean;
}

/**
 * SQL's NTILE: sizes that differ by one at most, the larger first; ties by id.
 *
 * Nobody is put in order but those who have the value with which a tile begins: of these, ids say who is before it.
 *
 * @internal
 */
export function tileBins(
  sample: NumberSample,
  ids: readonly string[],
  count: number,
  { isDescending, isTurned }: TileOrder,
): number[] {
  const { length } = ids;
  const starts = tileStarts(length, count);
  const firsts = rankedValues(sample, isDescending ? starts.map((start) => length - 1 - start) : starts);
  const cuts = firsts.map(({ value }) => value);
  // Nobody is as far as a tile that nobody is in.
  while (cuts.length < count - 1)
    cuts.push(isDescending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const ties = tiesOf(firsts, starts, (first, last) => ({
    ahead: isDescending ? length - first.less - first.equal : first.less,
    // How many of the ascending cuts a value is past that equals these.
    past: isDescending ? count - 1 - last : last,
  }));
  const tied = Array.from({ length: count }, (_, past): TiedRows | undefined => {
    const own = ties.get(past);
    return own && { rows: new Uint32Array(own.equal), length: 0 };
  });
  // All who have the value of a tile's first one begin in that tile.
  const cutsAt: ScoreCuts = isDescending
    ? { cuts: cuts.reverse(), atCut: "below" }
    : { cuts, atCut: "above" };
  const bins = binsOf(sample, cutsAt, isTurned, tied);
  const step = isDescending === isTurned ? -1 : 1;
  for (const [past, { before }] of ties) {
    const { rows } = tied[past] as TiedRows;
    splitById(rows, before, ids);
    let place = 0;
    for (const [i, end] of before.entries())
      for (; place < end; place++) bins[rows[place]] += step * (before.length - i);
  }
  return bins;
}

/** The place from 0 of the first of each tile but the first tile, of those that somebody is in. */
function tileStarts(length: number, count: number): number[] {
  const size = Math.floor(length / count);
  const larger = length % count;
  return Array.from({ length: count - 1 }, (_, i) => (i + 1) * size + Math.min(i + 1, larger)).filter(
    (start) => start < length,
  );
}

/** A value that belongs in several tiles: how many who have it stand before each tile that begins with it, and how many in all. */
interface Tie {
  readonly before: readonly number[];
  readonly equal: number;
}

/** The values that belong in several tiles, by the number of cuts that they are past. */
function tiesOf(
  firsts: readonly RankedValue[],
  starts: readonly number[],
  placed: (first: RankedValue, last: number) => { readonly ahead: number; readonly past: number },
): ReadonlyMap<number, Tie> {
  const ties = new Map<number, Tie>();
  let from = 0;
  for (let last = 1; last <= firsts.length; last++) {
    if (firsts[last]?.value === firsts[from].value) continue;
    const { ahead, past } = placed(firsts[from], last);
    const before = starts.slice(from, last).map((start) => start - ahead);
    if (before[before.length - 1] > 0) ties.set(past, { before, equal: firsts[from].equal });
    from = last;
  }
  return ties;
}
