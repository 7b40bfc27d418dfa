import { assertArgument, assertFinite, shown } from "../core/assert.js";
import { bucketsOf, type NumberSample } from "./number-sample.js";
import { orderStatistics } from "./order-statistics.js";

/**
 * The cuts between the bins of one dimension, ascending, and on which side of a cut a value stands that equals it: scores
 * follow from these alone, so that passing both back gives the same ones.
 *
 * @internal
 */
export interface ScoreCuts {
  readonly cuts: readonly number[];
  readonly atCut: AtCut;
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
  // -0 becomes 0.
  return { cuts: cuts.map((cut) => cut + 0), atCut };
}

/**
 * The cuts at the quantiles 1/bins, 2/bins, ... of type 7 (Hyndman & Fan 1996).
 *
 * A cut between two of the values parts them, however it is rounded: no score hangs on a rounded interpolation, and
 * multiplying all values by one number changes none.
 *
 * @internal
 */
export function quantileCuts(sample: NumberSample, bins: number, atCut: AtCut): ScoreCuts {
  // Value k (from 0) stands at the share k/(n - 1).
  const last = sample.values.length - 1;
  const partOf = (i: number) => (i * last) % bins;
  const placeOf = (i: number) => (i * last - partOf(i)) / bins;
  const { lowers, uppers } = neighbours(
    sample,
    inner(bins, placeOf),
    inner(bins, (i) => (partOf(i) === 0 ? placeOf(i) : placeOf(i) + 1)),
  );
  const cuts = lowers.map((lower, i) => interpolated(lower, uppers[i], partOf(i + 1), bins));
  // Of neighbouring doubles the rounded cut may be the one that it shall keep on the other side. It then goes to the end of
  // the step, and no further than the cuts that lie there already.
  if (atCut === "above") {
    for (let i = cuts.length - 1; i >= 0; i--)
      if (cuts[i] <= lowers[i]) cuts[i] = Math.min(uppers[i], cuts[i + 1] ?? uppers[i]);
  } else {
    for (let i = 0; i < cuts.length; i++)
      if (cuts[i] >= uppers[i]) cuts[i] = Math.max(lowers[i], cuts[i - 1] ?? lowers[i]);
  }
  return { cuts, atCut };
}

/** The values at two places for each cut, in one reading. */
function neighbours(sample: NumberSample, lower: readonly number[], upper: readonly number[]) {
  const values = orderStatistics(sample, [...lower, ...upper]);
  return { lowers: values.slice(0, lower.length), uppers: values.slice(lower.length) };
}

/** Of each cut, counted from 1. */
function inner<T>(bins: number, of: (i: number) => T): T[] {
  return Array.from({ length: bins - 1 }, (_, i) => of(i + 1));
}

/** The number at so many of all parts of the way; the difference of two huge numbers is no number. */
function interpolated(lower: number, upper: number, part: number, parts: number): number {
  if (lower === upper) return lower;
  const scaled = (upper - lower) * part;
  if (Number.isFinite(scaled)) return lower + scaled / parts;
  return (1 - part / parts) * lower + (part / parts) * upper;
}

/**
 * The cuts of R's package rfm 0.3.0: its quantiles of type 7 in R's own arithmetic, each plus 1, bins `[lower, upper)`.
 *
 * @internal
 */
export function plusOneCuts(sample: NumberSample, bins: number): ScoreCuts {
  // quantile(x, seq(0, 1, length.out = bins + 1)): the i-th probability is i times the rounded 1/bins, and places count from
  // 1. That 1 rounds away what the product is off by, which would else stay in the cut.
  const places = inner(bins, (i) => 1 + (sample.values.length - 1) * (i * (1 / bins)));
  const { lowers, uppers } = neighbours(
    sample,
    places.map((place) => Math.floor(place) - 1),
    places.map((place) => Math.ceil(place) - 1),
  );
  const cuts = places.map((place, i) => {
    const share = place - Math.floor(place);
    const [lower, upper] = [lowers[i], uppers[i]];
    return (upper === lower ? lower : (1 - share) * lower + share * upper) + 1;
  });
  return { cuts, atCut: "above" };
}

/**
 * The cuts that make `floor(bins x percent_rank) + 1`, ranks counted from the worst value: the highest where the worst
 * are the lowest, and the lowest (of recency) where the worst are the highest.
 *
 * @internal
 */
export function percentRankCuts(sample: NumberSample, bins: number, worst: Worst): ScoreCuts {
  const last = sample.values.length - 1;
  // A percent rank is (customers who are worse) / (n - 1).
  if (worst === "lowest") {
    const places = inner(bins, (i) => Math.max(0, Math.ceil((i * last) / bins) - 1));
    return { cuts: orderStatistics(sample, places), atCut: "below" };
  }
  const places = inner(bins, (i) => Math.min(last, last + 1 - Math.ceil(((bins - i) * last) / bins)));
  return { cuts: orderStatistics(sample, places), atCut: "above" };
}

/** The cuts that make `ceil(bins x cume_dist)`, counted from the worst value. @internal */
export function cumeDistCuts(sample: NumberSample, bins: number, worst: Worst): ScoreCuts {
  const { length } = sample.values;
  // A cumulative distribution is (customers who are worse or equal) / n.
  if (worst === "lowest") {
    const places = inner(bins, (i) => Math.floor((i * length) / bins));
    return { cuts: orderStatistics(sample, places), atCut: "above" };
  }
  const places = inner(bins, (i) => length - 1 - Math.floor(((bins - i) * length) / bins));
  return { cuts: orderStatistics(sample, places), atCut: "below" };
}

/** Which values are the worst: of recency the highest. */
type Worst = "lowest" | "highest";

/** Cuts in equal steps from the least to the greatest value. @internal */
export function equalWidthCuts({ min, max }: NumberSample, bins: number, atCut: AtCut): ScoreCuts {
  return { cuts: inner(bins, (i) => interpolated(min, max, i, bins)), atCut };
}

/** Room for the rows of one value, of which the first `length` are there already. @internal */
export interface TiedRows {
  readonly rows: Uint32Array;
  length: number;
}

/**
 * For each value 1 + the number of cuts that it is past; turned round, so many less than the last score.
 *
 * @param tied - By a number of cuts, where the rows go whose values are past so many and equal one.
 * @internal
 */
export function binsOf(
  sample: NumberSample,
  { cuts, atCut }: ScoreCuts,
  turned = false,
  tied: readonly (TiedRows | undefined)[] = [],
): number[] {
  const { values } = sample;
  const ascending = Float64Array.from(cuts);
  const first = turned ? cuts.length + 1 : 1;
  const step = turned ? -1 : 1;
  const pastOf = (value: number): number => {
    let past = 0;
    for (let cut = 0; cut < ascending.length; cut++) {
      if (value > ascending[cut] || (value === ascending[cut] && atCut === "above")) past++;
      else break;
    }
    return past;
  };
  const tiedWith = (value: number, past: number) =>
    value === ascending[atCut === "above" ? past - 1 : past] ? tied[past] : undefined;
  const binOf = (row: number): number => {
    const past = pastOf(values[row]);
    const ties = tiedWith(values[row], past);
    if (ties) ties.rows[ties.length++] = row;
    return first + step * past;
  };
  const bins: number[] = new Array(values.length);
  const buckets = bucketsOf(sample);
  if (buckets === null) {
    for (let row = 0; row < bins.length; row++) bins[row] = binOf(row);
    return bins;
  }
  // Each bucket is held against the cuts once, but for those that a cut lies in.
  const { count, min, perUnit, isExact } = buckets;
  // A plain array: its numbers go into another one as they are, which those of a typed array do not.
  const binOfBucket: number[] = new Array(count);
  if (isExact) {
    for (let bucket = 0; bucket < count; bucket++) {
      const past = pastOf(min + bucket);
      binOfBucket[bucket] = tiedWith(min + bucket, past) ? -past : first + step * past;
    }
  } else {
    const bucketOfCut = cuts.map((cut) => Math.floor((cut - min) * perUnit));
    let past = 0;
    for (let bucket = 0; bucket < count; bucket++) {
      while (bucketOfCut[past] < bucket) past++;
      binOfBucket[bucket] = bucketOfCut[past] === bucket ? MIXED : first + step * past;
    }
  }
  for (let row = 0; row < bins.length; row++) {
    const bin = binOfBucket[((values[row] - min) * perUnit) | 0];
    if (bin > 0) {
      bins[row] = bin;
    } else if (bin === MIXED) {
      bins[row] = binOf(row);
    } else {
      const ties = tied[-bin];
      if (ties) ties.rows[ties.length++] = row;
      bins[row] = first - step * bin;
    }
  }
  return bins;
}

/** No bin: they count from 1. Less: all of the bucket equal a cut and are listed, past so many. */
const MIXED = 0;
