import { criticalZ } from "./confidence.js";

/** Slope of a series and its interval; `null` where there are too few pairs for the level. @internal */
export interface SeriesSlope {
  slope: number;
  lower: number | null;
  upper: number | null;
}

/**
 * Gives a reader of what `theilSen` says of values one unit apart, for very many short series: the same numbers, without an
 * array for each, and with a selection in place of a sort. Slopes of zero are only counted: most pairs are, of customers who
 * buy now and then.
 *
 * @param longest - Values in the longest series.
 * @param confidenceLevel - Level of the interval, checked.
 * @returns A function of a series and how many of its values count, 2 or more; its result is overwritten by the next call.
 *
 * @internal
 */
export function seriesSlopeReader(
  longest: number,
  confidenceLevel: number,
): (series: Float64Array, length: number) => Readonly<SeriesSlope> {
  const z = criticalZ(confidenceLevel);
  const pairs = (longest * (longest - 1)) / 2;
  const falling = new Float64Array(pairs);
  const rising = new Float64Array(pairs);
  const result: SeriesSlope = { slope: 0, lower: null, upper: null };
  return (series, length) => {
    let [down, up, level, ties] = [0, 0, 0, 0];
    for (let i = 1; i < length; i++) {
      const value = series[i];
      let equal = 0;
      for (let j = 0; j < i; j++) {
        const change = value - series[j];
        if (change > 0) rising[up++] = change / (i - j);
        // + 0 turns the -0 of what is too small to be divided into 0.
        else if (change < 0) falling[down++] = change / (i - j) + 0;
        else equal++;
      }
      level += equal;
      // k (k - 1) (2 k + 5) of each group of k equal values, built up value by value.
      ties += 6 * equal * (equal + 2);
    }
    const count = down + level + up;
    const slopeAt = (rank: number): number => {
      if (rank < down) return nthSmallest(falling, down, rank);
      return rank < down + level ? 0 : nthSmallest(rising, up, rank - down - level);
    };
    const low = slopeAt((count - 1) >> 1);
    const high = count % 2 === 1 ? low : slopeAt(count >> 1);
    result.slope = low === high ? low : high - (high - low) * 0.5;
    // Kendall's S with ties in the values (Sen 1968, equation 2.6).
    const variance = Math.max(0, (length * (length - 1) * (2 * length + 5) - ties) / 18);
    const below = Math.round((count - z * Math.sqrt(variance)) / 2);
    result.lower = below < 1 ? null : slopeAt(below - 1);
    result.upper = below < 1 ? null : slopeAt(count - below);
    return result;
  };
}

/** The value of a rank, from 0, of the first `count`, which change their order (Hoare 1961, "Find"). */
function nthSmallest(values: Float64Array, count: number, rank: number): number {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1];
    let left = from;
    let right = to;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const swapped = values[left];
      values[left++] = values[right];
      values[right--] = swapped;
    }
    if (rank <= right) to = right;
    else if (rank >= left) from = left;
    else break;
  }
  return values[rank];
}
