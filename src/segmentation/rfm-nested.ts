import { bucketsOf, type NumberSample, numberSample } from "./number-sample.js";
import { type AtCut, quantileCuts } from "./score-cuts.js";

/** Which group each customer is in, a whole number from 0, and how many groups there can be. @internal */
export interface CustomerGroups {
  readonly groupOf: ArrayLike<number>;
  readonly count: number;
}

/** Scores from 1 by the quantiles of each group's own values. @internal */
export function nestedBins(
  sample: NumberSample,
  groups: CustomerGroups,
  bins: number,
  atCut: AtCut,
): number[] {
  const { values } = sample;
  const { groupOf } = groups;
  const inner = bins - 1;
  const cuts = new Float64Array(groups.count * inner);
  for (const [group, own] of valuesByGroup(values, groups).entries())
    if (own.length > 0) cuts.set(quantileCuts(numberSample(own, own), bins, atCut).cuts, group * inner);
  const scoreIn = (group: number, value: number): number => {
    const first = group * inner;
    let cut = first;
    while (cut < first + inner && (value > cuts[cut] || (value === cuts[cut] && atCut === "above"))) cut++;
    return 1 + cut - first;
  };
  const scores: number[] = new Array(values.length);
  const buckets = bucketsOf(sample);
  if (buckets?.isExact && buckets.count * groups.count <= MOST_SCORES) {
    // Few values: each is held against the cuts of each group once.
    const { count, min } = buckets;
    const scoreOf = Array.from({ length: count * groups.count }, (_, i) =>
      scoreIn(Math.floor(i / count), min + (i % count)),
    );
    for (let row = 0; row < scores.length; row++)
      scores[row] = scoreOf[groupOf[row] * count + values[row] - min];
    return scores;
  }
  for (let row = 0; row < scores.length; row++) scores[row] = scoreIn(groupOf[row], values[row]);
  return scores;
}

const MOST_SCORES = 4096;

/** The values of each group side by side, in one array for all. */
function valuesByGroup(values: Float64Array, { groupOf, count }: CustomerGroups): Float64Array[] {
  const ends = new Uint32Array(count + 1);
  for (let row = 0; row < values.length; row++) ends[groupOf[row] + 1]++;
  for (let group = 0; group < count; group++) ends[group + 1] += ends[group];
  const next = ends.slice();
  const grouped = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) grouped[next[groupOf[row]]++] = values[row];
  return Array.from({ length: count }, (_, group) => grouped.subarray(ends[group], ends[group + 1]));
}
