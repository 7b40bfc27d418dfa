import { assertArgument, assertFinite, shown } from "../core/assert.js";
import { orderStatistics } from "./order-statistics.js";

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
  return heldAgainst([...cuts], atCut);
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

/**
 * The cuts of R's package rfm 0.3.0: its quantiles of type 7 in R's own arithmetic, each plus 1, bins `[lower, upper)`.
 *
 * @internal
 */
export function plusOneCuts(values: Float64Array, bins: number): ScoreCuts {
  const valueAt = orderStatistics(values);
  const cuts: number[] = [];
  for (let i = 1; i < bins; i++) {
    // quantile(x, seq(0, 1, length.out = bins + 1)): the i-th probability is i times the rounded 1/bins.
    const place = (values.length - 1) * (i * (1 / bins));
    const k = Math.floor(place);
    const share = place - k;
    const lower = valueAt(k);
    const upper = share > 0 ? valueAt(k + 1) : lower;
    cuts.push((upper === lower ? lower : (1 - share) * lower + share * upper) + 1);
  }
  return heldAgainst(cuts, "above");
}

/**
 * The cuts that make `floor(bins x percent_rank) + 1`, ranks counted from the worst value: the highest where the worst
 * are the lowest, and the lowest (of recency) where the worst are the highest.
 *
 * @internal
 */
export function percentRankCuts(values: Float64Array, bins: number, worst: "lowest" | "highest"): ScoreCuts {
  const valueAt = orderStatistics(values);
  const last = values.length - 1;
  const cuts: number[] = [];
  for (let i = 1; i < bins; i++) {
    // A percent rank is (customers who are worse) / (n - 1).
    if (worst === "lowest") cuts.push(valueAt(Math.max(0, Math.ceil((i * last) / bins) - 1)));
    else cuts.push(valueAt(Math.min(last, last + 1 - Math.ceil(((bins - i) * last) / bins))));
  }
  return heldAgainst(cuts, worst === "lowest" ? "below" : "above");
}

/** The cuts that make `ceil(bins x cume_dist)`, counted from the worst value. @internal */
export function cumeDistCuts(values: Float64Array, bins: number, worst: "lowest" | "highest"): ScoreCuts {
  const valueAt = orderStatistics(values);
  const { length } = values;
  const cuts: number[] = [];
  for (let i = 1; i < bins; i++) {
    // A cumulative distribution is (customers who are worse or equal) / n.
    if (worst === "lowest") cuts.push(valueAt(Math.floor((i * length) / bins)));
    else cuts.push(valueAt(length - 1 - Math.floor(((bins - i) * length) / bins)));
  }
  return heldAgainst(cuts, worst === "lowest" ? "above" : "below");
}

/** Cuts in equal steps from the least to the greatest value. @internal */
export function equalWidthCuts(values: Float64Array, bins: number, atCut: AtCut): ScoreCuts {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < min) min = values[i];
    if (values[i] > max) max = values[i];
  }
  const cuts = Array.from({ length: bins - 1 }, (_, i) => min + ((max - min) * (i + 1)) / bins);
  return heldAgainst(cuts, atCut);
}

function heldAgainst(cuts: readonly number[], atCut: AtCut): ScoreCuts {
  return { cuts, threshold: cuts, inclusive: cuts.map(() => atCut === "above") };
}

/** For each value 1 + the number of cuts that it is past; turned round, so many less than the last score. @internal */
export function binsOf(values: Float64Array, { threshold, inclusive }: ScoreCuts, turned = false): number[] {
  const above = Float64Array.from(threshold.filter((_, cut) => !inclusive[cut]));
  const atOrAbove = Float64Array.from(threshold.filter((_, cut) => inclusive[cut]));
  const first = turned ? threshold.length + 1 : 1;
  const step = turned ? -1 : 1;
  const binOf = (value: number): number => {
    let past = 0;
    for (let cut = 0; cut < above.length; cut++) if (value > above[cut]) past++;
    for (let cut = 0; cut < atOrAbove.length; cut++) if (value >= atOrAbove[cut]) past++;
    return first + step * past;
  };
  const bins: number[] = new Array(values.length);
  const range = wholeRange(values);
  // Fewer values there can be than there are: each is held against the cuts once.
  if (range && range.max - range.min < values.length) {
    const { min } = range;
    const binOfValue = Uint8Array.from({ length: range.max - min + 1 }, (_, i) => binOf(min + i));
    for (let i = 0; i < bins.length; i++) bins[i] = binOfValue[values[i] - min];
  } else {
    for (let i = 0; i < bins.length; i++) bins[i] = binOf(values[i]);
  }
  return bins;
}

/** The least and the greatest of whole numbers; `null` where there are others, or none. */
function wholeRange(values: Float64Array): { readonly min: number; readonly max: number } | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isInteger(value)) return null;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max >= min && max - min < COUNTED ? { min, max } : null;
}

const COUNTED = 65_536;
