import type { WeightedPoints } from "./k-means-start.js";
import { squaredDistance } from "./squared-distance.js";

// Lloyd (1982) with the bounds of Hamerly (2010, "Making k-means even faster"): a row whose upper bound on the distance
// to its centroid lies below the lower bound on the distance to every other is not looked at again. Bounds are widened by
// what rounding can do to them, and a tie never passes: the assignment, and with it each sum, is Lloyd's bit for bit.
const GROW = 1 + 2 ** -40;
const SHRINK = 1 - 2 ** -40;
/** Below this, squares leave the range of normal doubles. */
const TINY = 1e-150;

/** The memory of one run, used again by the next. @internal */
export interface KMeansMemory {
  readonly assignment: Int32Array;
  /** No less than the distance of the row to its centroid. */
  readonly upper: Float64Array;
  /** No more than its distance to any other centroid. */
  readonly lower: Float64Array;
}

/** @internal */
export function kMeansMemory(length: number): KMeansMemory {
  return {
    assignment: new Int32Array(length),
    upper: new Float64Array(length),
    lower: new Float64Array(length),
  };
}

/** What the bounds are moved and compared by; in lists, since it changes with every iteration. @internal */
export interface CentroidMoves {
  /** How far each centroid moved at most. */
  readonly drift: Float64Array;
  /** How far any other than this one moved at most. */
  readonly driftOfOthers: Float64Array;
  /** Half the distance to the nearest other centroid, at most. */
  readonly half: Float64Array;
}

/** Sums over the rows of each cluster. @internal */
export interface ClusterSums {
  readonly sums: Float64Array;
  /** Sum of weights. */
  readonly totals: Float64Array;
  /** Rows with a weight above 0. */
  readonly counts: Int32Array;
}

/** Assigns every row to its nearest centroid (of equally near ones the first), sums the clusters, counts who moved. @internal */
export function assignAndSum(
  data: WeightedPoints,
  centroids: Float64Array,
  memory: KMeansMemory,
  moves: CentroidMoves,
  { sums, totals, counts }: ClusterSums,
  isFirst: boolean,
): number {
  const { points, dimensions, length, weights } = data;
  const { assignment, upper, lower } = memory;
  const { drift, driftOfOthers, half } = moves;
  const clusters = half.length;
  sums.fill(0);
  totals.fill(0);
  counts.fill(0);
  let moved = 0;
  for (let row = 0, at = 0; row < length; row++, at += dimensions) {
    let own = assignment[row];
    let most = isFirst ? Number.POSITIVE_INFINITY : (upper[row] + drift[own]) * GROW;
    let least = isFirst ? 0 : (lower[row] - driftOfOthers[own]) * SHRINK;
    const guard = least > half[own] ? least : half[own];
    if (most >= guard) {
      most = Math.sqrt(squaredDistance(points, at, centroids, own * dimensions, dimensions)) * GROW + TINY;
      if (isFirst || most >= guard) {
        let nearest = Number.POSITIVE_INFINITY;
        let second = Number.POSITIVE_INFINITY;
        let closest = 0;
        for (let cluster = 0, place = 0; cluster < clusters; cluster++, place += dimensions) {
          const distance = squaredDistance(points, at, centroids, place, dimensions);
          if (distance < nearest) {
            second = nearest;
            nearest = distance;
            closest = cluster;
          } else if (distance < second) {
            second = distance;
          }
        }
        if (isFirst || closest !== own) moved++;
        own = closest;
        assignment[row] = closest;
        most = Math.sqrt(nearest) * GROW + TINY;
        least = Math.sqrt(second) * SHRINK - TINY;
      }
    }
    upper[row] = most;
    lower[row] = least;
    const sum = own * dimensions;
    if (weights === null) {
      totals[own]++;
      counts[own]++;
      let j = 0;
      for (; j + 4 <= dimensions; j += 4) {
        sums[sum + j] += points[at + j];
        sums[sum + j + 1] += points[at + j + 1];
        sums[sum + j + 2] += points[at + j + 2];
        sums[sum + j + 3] += points[at + j + 3];
      }
      for (; j < dimensions; j++) sums[sum + j] += points[at + j];
    } else if (weights[row] > 0) {
      const weight = weights[row];
      totals[own] += weight;
      counts[own]++;
      for (let j = 0; j < dimensions; j++) sums[sum + j] += weight * points[at + j];
    }
  }
  return moved;
}

/** Bounds for the next pass, from the centroids before and after. Returns the sum of squared moves. @internal */
export function moveBounds(
  before: Float64Array,
  after: Float64Array,
  dimensions: number,
  { drift, driftOfOthers }: CentroidMoves,
): number {
  let shift = 0;
  let first = 0;
  let second = 0;
  for (let cluster = 0; cluster < drift.length; cluster++) {
    const place = cluster * dimensions;
    const squared = squaredDistance(before, place, after, place, dimensions);
    shift += squared;
    const distance = squared === 0 ? 0 : Math.sqrt(squared) * GROW + TINY;
    drift[cluster] = distance;
    if (distance > first) {
      second = first;
      first = distance;
    } else if (distance > second) {
      second = distance;
    }
  }
  for (let cluster = 0; cluster < drift.length; cluster++) {
    driftOfOthers[cluster] = drift[cluster] === first ? second : first;
  }
  return shift;
}

/** Half of each centroid's distance to its nearest neighbor. @internal */
export function halfDistances(centroids: Float64Array, dimensions: number, half: Float64Array): void {
  for (let cluster = 0; cluster < half.length; cluster++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < half.length; other++) {
      if (other === cluster) continue;
      const squared = squaredDistance(
        centroids,
        cluster * dimensions,
        centroids,
        other * dimensions,
        dimensions,
      );
      if (squared < nearest) nearest = squared;
    }
    half[cluster] = (Math.sqrt(nearest) / 2) * SHRINK - TINY;
  }
}
