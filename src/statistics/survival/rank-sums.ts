/** Running sums by rank: what lies below, at and above a rank, in logarithmic time (Fenwick 1994). @internal */
export interface RankSums {
  /** Adds an amount at a rank, from 1. */
  readonly add: (rank: number, amount: number) => void;
  readonly around: (rank: number) => { below: number; at: number; above: number };
  readonly clear: () => void;
}

/** @internal */
export function rankSums(ranks: number): RankSums {
  const tree = new Float64Array(ranks + 1);
  const single = new Float64Array(ranks + 1);
  let total = 0;
  return {
    add: (rank, amount) => {
      total += amount;
      single[rank] += amount;
      for (let node = rank; node <= ranks; node += node & -node) tree[node] += amount;
    },
    around: (rank) => {
      let below = 0;
      for (let node = rank - 1; node > 0; node -= node & -node) below += tree[node];
      return { below, at: single[rank], above: total - below - single[rank] };
    },
    clear: () => {
      total = 0;
      tree.fill(0);
      single.fill(0);
    },
  };
}

/** The place of each value among the different ones, from 1 for the smallest. @internal */
export function denseRanks(values: ArrayLike<number>): Int32Array {
  const sorted = Float64Array.from(values).sort();
  let different = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[different++] = sorted[at];
  }
  return Int32Array.from(values, (value) => {
    let low = 0;
    let high = different - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  });
}
