import { type Buckets, bucketsOf, type NumberSample } from "./number-sample.js";

/** A value, how many are less and how many equal to it. @internal */
export interface RankedValue {
  readonly value: number;
  readonly less: number;
  readonly equal: number;
}

/** The values at these places, from 0, of the ascending values, without sorting them all. @internal */
export function orderStatistics(sample: NumberSample, places: readonly number[]): number[] {
  return rankedValues(sample, places).map(({ value }) => value);
}

/**
 * The same, with how many values are less than each and how many equal.
 *
 * Values are counted into buckets, and only the buckets of the places asked for are sorted. Where these hold most of the
 * values, all are sorted.
 *
 * @internal
 */
export function rankedValues(sample: NumberSample, places: readonly number[]): RankedValue[] {
  const { values } = sample;
  const buckets = bucketsOf(sample);
  if (buckets === null) return picked(values.slice().sort(), places);
  const counts = countedBuckets(values, buckets);
  const ascending = Array.from(new Set(places)).sort((a, b) => a - b);
  const bucketOf = new Map<number, { readonly bucket: number; readonly below: number }>();
  let bucket = 0;
  let below = 0;
  for (const place of ascending) {
    while (below + counts[bucket] <= place) below += counts[bucket++];
    bucketOf.set(place, { bucket, below });
  }
  const found = (place: number) => bucketOf.get(place) ?? { bucket: 0, below: 0 };
  if (buckets.isExact) {
    return places.map((place) => {
      const { bucket: own, below: less } = found(place);
      return { value: buckets.min + own, less, equal: counts[own] };
    });
  }
  const contents = bucketContents(values, buckets, counts, [...bucketOf.values()]);
  if (contents === null) return picked(values.slice().sort(), places);
  return places.map((place) => {
    const { bucket: own, below: before } = found(place);
    const { less, ...ranked } = rankedAt(contents.get(own) ?? new Float64Array(0), place - before);
    return { ...ranked, less: before + less };
  });
}

function picked(ascending: Float64Array, places: readonly number[]): RankedValue[] {
  return places.map((place) => rankedAt(ascending, place));
}

function rankedAt(ascending: Float64Array, place: number): RankedValue {
  const value = ascending[place];
  const less = firstPlace(0, place, (own) => ascending[own] >= value);
  const end = firstPlace(place, ascending.length, (own) => ascending[own] > value);
  return { value, less, equal: end - less };
}

/** The first place from `from` on that is so, where all after it are so too; `to` where none is. */
function firstPlace(from: number, to: number, isSo: (place: number) => boolean): number {
  let [least, most] = [from, to];
  while (least < most) {
    const middle = (least + most) >>> 1;
    if (isSo(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}

function countedBuckets(values: Float64Array, { count, min, perUnit }: Buckets): Uint32Array {
  const counts = new Uint32Array(count);
  for (let i = 0; i < values.length; i++) counts[((values[i] - min) * perUnit) | 0]++;
  return counts;
}

/** The ascending values of these buckets, gathered in one pass; `null` where they are most of all. */
function bucketContents(
  values: Float64Array,
  { min, perUnit }: Buckets,
  counts: Uint32Array,
  wanted: readonly { readonly bucket: number }[],
): ReadonlyMap<number, Float64Array> | null {
  // Where the next value of a wanted bucket goes; -1: not wanted.
  const next = new Int32Array(counts.length).fill(-1);
  const starts = new Map<number, number>();
  let length = 0;
  for (const { bucket } of wanted) {
    if (starts.has(bucket)) continue;
    starts.set(bucket, length);
    next[bucket] = length;
    length += counts[bucket];
  }
  if (length * 2 > values.length) return null;
  const gathered = new Float64Array(length);
  for (let i = 0; i < values.length; i++) {
    const bucket = ((values[i] - min) * perUnit) | 0;
    if (next[bucket] >= 0) gathered[next[bucket]++] = values[i];
  }
  return new Map(
    Array.from(starts, ([bucket, start]) => [
      bucket,
      gathered.subarray(start, start + counts[bucket]).sort(),
    ]),
  );
}
