/**
 * Reads the k-th smallest value, from 0, without sorting them all.
 *
 * Values are counted into buckets of equal width, and only the bucket of the value asked for is sorted. Whole numbers of
 * a small range have a bucket each; where very many places are asked for, or nearly all values lie in one bucket, it
 * sorts once and reads.
 *
 * @internal
 */
export function orderStatistics(values: Float64Array): (k: number) => number {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < min) min = value;
    if (value > max) max = value;
    whole &&= Number.isInteger(value);
  }
  if (whole && max - min < BUCKETS) return countedValues(values, min, max);
  const perUnit = (BUCKETS - 1) / (max - min);
  // A range so narrow or so wide that the buckets cannot be told apart in doubles.
  if (values.length < BUCKETS || !(perUnit > 0 && Number.isFinite(perUnit * (max - min))))
    return sortedValues(values);
  return bucketValues(values, min, perUnit);
}

const BUCKETS = 65_536;
/** So many passes over the values cost about as much as one sort. */
const MOST_PASSES = 20;

function sortedValues(values: Float64Array): (k: number) => number {
  const ascending = values.slice().sort();
  return (k) => ascending[k];
}

function countedValues(values: Float64Array, min: number, max: number): (k: number) => number {
  const counts = new Uint32Array(max - min + 1);
  for (let i = 0; i < values.length; i++) counts[values[i] - min]++;
  return (k) => {
    let place = 0;
    for (let below = counts[0]; below <= k; below += counts[place]) place++;
    return min + place;
  };
}

function bucketValues(values: Float64Array, min: number, perUnit: number): (k: number) => number {
  const counts = new Uint32Array(BUCKETS);
  for (let i = 0; i < values.length; i++) counts[((values[i] - min) * perUnit) | 0]++;
  const contents = new Map<number, Float64Array>();
  let sorted: ((k: number) => number) | null = null;
  return (k) => {
    if (sorted) return sorted(k);
    let bucket = 0;
    let below = 0;
    while (below + counts[bucket] <= k) below += counts[bucket++];
    let content = contents.get(bucket);
    if (content === undefined) {
      if (contents.size === MOST_PASSES || counts[bucket] * 2 > values.length) {
        sorted = sortedValues(values);
        return sorted(k);
      }
      content = new Float64Array(counts[bucket]);
      let place = 0;
      for (let i = 0; i < values.length; i++)
        if ((((values[i] - min) * perUnit) | 0) === bucket) content[place++] = values[i];
      contents.set(bucket, content.sort());
    }
    return content[k - below];
  };
}
