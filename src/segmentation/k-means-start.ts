import { assertArgument } from "../core/assert.js";
import type { RandomSource } from "../core/random.js";
import { squaredDistance } from "./squared-distance.js";

/** Rows as points, one after the other, and what each weighs (`null`: 1). @internal */
export interface WeightedPoints {
  readonly points: Float64Array;
  readonly dimensions: number;
  readonly length: number;
  readonly weights: Float64Array | null;
}

/** Rows whose chances are summed together, so that a drawn row is found without a walk through all. */
const BLOCK = 1024;

/**
 * Centroids to start from: rows drawn one after the other, each with a chance in proportion to its squared distance from
 * the nearest that is drawn already (k-means++, Arthur & Vassilvitskii 2007); of 2 + ln(k) draws for each the one that
 * leaves the least inertia (their greedy variant). `buffer` holds one number a row and is overwritten.
 *
 * @internal
 */
export function kMeansPlusPlus(
  { points, dimensions, length, weights }: WeightedPoints,
  clusters: number,
  random: RandomSource,
  buffer: Float64Array,
): Float64Array {
  const centroids = new Float64Array(clusters * dimensions);
  const trials = 2 + Math.floor(Math.log(clusters));
  const sums = new Float64Array(Math.ceil(length / BLOCK));
  const candidates = new Float64Array(trials * dimensions);
  const left = new Float64Array(trials);
  if (weights) buffer.set(weights);
  else buffer.fill(1);
  let total = blockSums(buffer, sums);

  const take = (cluster: number, at: number, from: Float64Array, isFirst: boolean) => {
    for (let j = 0; j < dimensions; j++) centroids[cluster * dimensions + j] = from[at + j];
    for (let row = 0, place = 0; row < length; row++, place += dimensions) {
      const distance = squaredDistance(points, place, from, at, dimensions);
      const mass = weights ? weights[row] * distance : distance;
      if (isFirst || mass < buffer[row]) buffer[row] = mass;
    }
    total = blockSums(buffer, sums);
  };

  take(0, drawnRow(random, buffer, sums, total) * dimensions, points, true);
  for (let cluster = 1; cluster < clusters; cluster++) {
    assertArgument(
      total > 0,
      "options.clusters",
      () =>
        `options.clusters is ${clusters}: the data has only ${cluster} different rows${weights ? " of a weight above 0" : ""}, pass at most that`,
    );
    for (let trial = 0; trial < trials; trial++) {
      const at = drawnRow(random, buffer, sums, total) * dimensions;
      for (let j = 0; j < dimensions; j++) candidates[trial * dimensions + j] = points[at + j];
    }
    left.fill(0);
    for (let row = 0, place = 0; row < length; row++, place += dimensions) {
      const mass = buffer[row];
      if (mass === 0) continue;
      const weight = weights ? weights[row] : 1;
      for (let trial = 0; trial < trials; trial++) {
        const other = weight * squaredDistance(points, place, candidates, trial * dimensions, dimensions);
        left[trial] += other < mass ? other : mass;
      }
    }
    let best = 0;
    for (let trial = 1; trial < trials; trial++) if (left[trial] < left[best]) best = trial;
    take(cluster, best * dimensions, candidates, false);
  }
  return centroids;
}

function blockSums(masses: Float64Array, sums: Float64Array): number {
  let total = 0;
  for (let block = 0; block < sums.length; block++) {
    const end = Math.min(masses.length, (block + 1) * BLOCK);
    let sum = 0;
    for (let row = block * BLOCK; row < end; row++) sum += masses[row];
    sums[block] = sum;
    total += sum;
  }
  return total;
}

function drawnRow(random: RandomSource, masses: Float64Array, sums: Float64Array, total: number): number {
  let rest = random() * total;
  let block = 0;
  while (block < sums.length - 1 && rest >= sums[block]) rest -= sums[block++];
  // Rounding may leave a crumb beyond the last mass: then it is the last row that can be drawn.
  let last = -1;
  for (let row = block * BLOCK; row < masses.length; row++) {
    if (masses[row] === 0) continue;
    last = row;
    rest -= masses[row];
    if (rest < 0) return row;
  }
  if (last >= 0) return last;
  for (last = masses.length - 1; masses[last] === 0; ) last--;
  return last;
}
