import { assertArgument, assertFinite, shown } from "../core/assert.js";

/**
 * The cuts between the bins of one dimension, ascending, and how a value is held against them: it is past cut i when it
 * is above `threshold[i]`, or equal to it where `inclusive[i]`.
 *
 * @internal
 */
export interface ScoreCuts {
  readonly cuts: readonly number[];
  readonly threshold: readonly number[];
  readonly inclusive: readonly boolean[];
}

/** On which side of a cut a value stands that equals it. @internal */
export type AtCut = "below" | "above";

/** The caller's own cuts. @internal */
export function fixedCuts(cuts: readonly number[], atCut: AtCut, path: string): ScoreCuts {
  assertArgument(
    Array.isArray(cuts) && cuts.length > 0 && cuts.length < 100,
    path,
    () => `${path} is ${shown(cuts)}: pass 1 to 99 numbers, one fewer than there are scores`,
  );
  for (const [i, cut] of cuts.entries()) {
    assertFinite(cut, `${path}[${i}]`);
    assertArgument(
      i === 0 || cut >= cuts[i - 1],
      `${path}[${i}]`,
      () => `${path}[${i}] is ${cut} after ${cuts[i - 1]}: pass the cuts in ascending order`,
    );
  }
  return { cuts: [...cuts], threshold: [...cuts], inclusive: cuts.map(() => atCut === "above") };
}

/**
 * The cuts at the quantiles 1/bins, 2/bins, ... of type 7 (Hyndman & Fan 1996).
 *
 * A cut between two of the values is compared by way of the lower one: what is above it is at or above the upper one.
 * No score then hangs on a rounded interpolation, and multiplying all values by one number changes none.
 *
 * @internal
 */
export function quantileCuts(values: Float64Array, bins: number, atCut: AtCut): ScoreCuts {
  const cuts: number[] = [];
  const threshold: number[] = [];
  const inclusive: boolean[] = [];
  const valueAt = orderStatistics(values);
  for (let i = 1; i < bins; i++) {
    // Value k (from 0) stands at the share k/(n - 1).
    const scaled = i * (values.length - 1);
    const between = scaled % bins;
    const k = (scaled - between) / bins;
    const lower = valueAt(k);
    const upper = between === 0 ? lower : valueAt(k + 1);
    cuts.push(lower + (upper - lower) * (between / bins));
    threshold.push(lower);
    inclusive.push(atCut === "above" && lower === upper);
  }
  return { cuts, threshold, inclusive };
}

/** For each value 1 + the number of cuts that it is past. @internal */
export function binsOf(values: Float64Array, { threshold, inclusive }: ScoreCuts): number[] {
  const bins: number[] = new Array(values.length);
  for (let i = 0; i < bins.length; i++) {
    const value = values[i];
    let bin = 1;
    for (let cut = 0; cut < threshold.length; cut++) {
      if (value > threshold[cut] || (inclusive[cut] && value === threshold[cut])) bin++;
    }
    bins[i] = bin;
  }
  return bins;
}

/** Reads the k-th smallest value, from 0: by counting where the values are whole numbers of a small range. */
function orderStatistics(values: Float64Array): (k: number) => number {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let whole = true;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    whole &&= Number.isInteger(value);
  }
  if (!whole || max - min >= COUNTED) {
    const ascending = values.slice().sort();
    return (k) => ascending[k];
  }
  const counts = new Uint32Array(max - min + 1);
  for (const value of values) counts[value - min]++;
  return (k) => {
    let place = 0;
    for (let below = counts[0]; below <= k; below += counts[place]) place++;
    return min + place;
  };
}

const COUNTED = 65_536;
