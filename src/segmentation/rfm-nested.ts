import type { NumberSample } from "./number-sample.js";
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
  const samples = samplesOf(sample, groups);
  const inner = bins - 1;
  const cuts = new Float64Array(groups.count * inner);
  for (const [group, own] of samples.entries())
    if (own.values.length > 0) cuts.set(quantileCuts(own, bins, atCut).cuts, group * inner);
  const scoreIn = (group: number, value: number): number => {
    const first = group * inner;
    let cut = first;
    while (cut < first + inner && (value > cuts[cut] || (value === cuts[cut] && atCut === "above"))) cut++;
    return 1 + cut - first;
  };
  const { mins, perUnits, scoreOf } = scoresByPart(samples, cuts, scoreIn);
  const scores: number[] = new Array(values.length);
  for (let row = 0; row < scores.length; row++) {
    const group = groupOf[row];
    const value = values[row];
    const score = scoreOf[group * PARTS + (((value - mins[group]) * perUnits[group]) | 0)];
    scores[row] = score === MIXED ? scoreIn(group, value) : score;
  }
  return scores;
}

/** Into so many parts the range of each group is cut: all tables together stay in the processor's cache. */
const PARTS = 512;
/** No score: a cut lies in the part. */
const MIXED = 0;

/**
 * The scores of parts of equal width of each group's range, so that a value need not be held against the cuts: parts that hold
 * one whole number each, where the range is that small, and else parts of which those with a cut are mixed.
 */
function scoresByPart(
  samples: readonly NumberSample[],
  cuts: Float64Array,
  scoreIn: (group: number, value: number) => number,
): { mins: Float64Array; perUnits: Float64Array; scoreOf: Uint8Array } {
  const inner = cuts.length / samples.length;
  const mins = new Float64Array(samples.length);
  const perUnits = new Float64Array(samples.length);
  const scoreOf = new Uint8Array(samples.length * PARTS);
  for (const [group, { values, min, max, isWhole }] of samples.entries()) {
    if (values.length === 0) continue;
    const first = group * PARTS;
    mins[group] = min;
    if (isWhole && max - min < PARTS) {
      perUnits[group] = 1;
      for (let part = 0; part <= max - min; part++) scoreOf[first + part] = scoreIn(group, min + part);
      continue;
    }
    const perUnit = (PARTS - 1) / (max - min);
    // A range so narrow or so wide that parts cannot be told apart in doubles is one mixed part.
    if (!(perUnit > 0 && Number.isFinite(perUnit * (max - min)))) continue;
    perUnits[group] = perUnit;
    let past = 0;
    for (let part = 0; part < PARTS; part++) {
      while (past < inner && partOf(cuts[group * inner + past]) < part) past++;
      const isMixed = past < inner && partOf(cuts[group * inner + past]) === part;
      scoreOf[first + part] = isMixed ? MIXED : 1 + past;
    }
    function partOf(cut: number): number {
      return Math.floor((cut - min) * perUnit);
    }
  }
  return { mins, perUnits, scoreOf };
}

/** The values of each group, side by side in one array for all. */
function samplesOf({ values, isWhole }: NumberSample, { groupOf, count }: CustomerGroups): NumberSample[] {
  const ends = new Uint32Array(count + 1);
  for (let row = 0; row < values.length; row++) ends[groupOf[row] + 1]++;
  for (let group = 0; group < count; group++) ends[group + 1] += ends[group];
  const next = ends.slice();
  const grouped = new Float64Array(values.length);
  const mins = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const maxs = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < values.length; row++) {
    const group = groupOf[row];
    const value = values[row];
    grouped[next[group]++] = value;
    if (value < mins[group]) mins[group] = value;
    if (value > maxs[group]) maxs[group] = value;
  }
  return Array.from({ length: count }, (_, group) => ({
    values: grouped.subarray(ends[group], ends[group + 1]),
    min: mins[group],
    max: maxs[group],
    isWhole,
  }));
}
