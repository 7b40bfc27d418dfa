import {
  assignAndSum,
  type CentroidMoves,
  type ClusterSums,
  halfDistances,
  type KMeansMemory,
  moveBounds,
} from "./k-means-hamerly.js";
import type { WeightedPoints } from "./k-means-start.js";
import { squaredDistance } from "./squared-distance.js";

/** Where one run ended. @internal */
export interface KMeansRun {
  readonly centroids: Float64Array;
  readonly inertia: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** When a run ends, and whom it tells. @internal */
export interface KMeansRunLimits {
  readonly maxIterations: number;
  /** Greatest sum of squared moves of the centroids that counts as none. */
  readonly leastShift: number;
  readonly afterIteration: (iteration: number, moved: number) => void;
}

/** One run from these centroids; leaves the final assignment in the memory. @internal */
export function kMeansRun(
  data: WeightedPoints,
  start: Float64Array,
  memory: KMeansMemory,
  { maxIterations, leastShift, afterIteration }: KMeansRunLimits,
): KMeansRun {
  const { dimensions } = data;
  const clusters = start.length / dimensions;
  const moves: CentroidMoves = {
    drift: new Float64Array(clusters),
    driftOfOthers: new Float64Array(clusters),
    half: new Float64Array(clusters),
  };
  const found: ClusterSums = {
    sums: new Float64Array(start.length),
    totals: new Float64Array(clusters),
    counts: new Int32Array(clusters),
  };
  let centroids = start.slice();
  let next = new Float64Array(start.length);
  let iterations = 0;
  let converged = false;
  const assign = () => {
    halfDistances(centroids, dimensions, moves.half);
    return assignAndSum(data, centroids, memory, moves, found, iterations === 0);
  };
  while (!converged && iterations < maxIterations) {
    const moved = assign();
    iterations++;
    const relocated = fillEmpty(data, centroids, memory.assignment, found);
    // Nobody moved: the centroids are the means of these very rows.
    converged = moved === 0 && !relocated;
    if (!converged) {
      means(found, centroids, next, dimensions);
      const shift = moveBounds(centroids, next, dimensions, moves);
      [centroids, next] = [next, centroids];
      converged = shift <= leastShift && !relocated;
      // The centroids moved once more, however little: who is nearest is asked again.
      if (converged || iterations === maxIterations) assign();
    }
    afterIteration(iterations, moved);
  }
  return { centroids, inertia: inertiaOf(data, centroids, memory.assignment), iterations, converged };
}

/** Sum of weighted squared distances to the assigned centroids. */
function inertiaOf(
  { points, dimensions, length, weights }: WeightedPoints,
  centroids: Float64Array,
  assignment: Int32Array,
): number {
  let sum = 0;
  for (let row = 0, at = 0; row < length; row++, at += dimensions) {
    const squared = squaredDistance(points, at, centroids, assignment[row] * dimensions, dimensions);
    sum += weights ? weights[row] * squared : squared;
  }
  return sum;
}

function means(
  { sums, totals }: ClusterSums,
  before: Float64Array,
  after: Float64Array,
  dimensions: number,
): void {
  for (let cluster = 0; cluster < totals.length; cluster++) {
    for (let j = 0; j < dimensions; j++) {
      const place = cluster * dimensions + j;
      after[place] = totals[cluster] > 0 ? sums[place] / totals[cluster] : before[place];
    }
  }
}

/**
 * Gives each cluster without a row (of a weight above 0) the row that is farthest from its own centroid, of equally far
 * ones the first, never the last of its cluster. Where every row lies on its centroid, the cluster stays empty.
 */
function fillEmpty(
  { points, dimensions, length, weights }: WeightedPoints,
  centroids: Float64Array,
  assignment: Int32Array,
  { sums, totals, counts }: ClusterSums,
): boolean {
  const taken = new Set<number>();
  for (let cluster = 0; cluster < counts.length; cluster++) {
    if (counts[cluster] > 0) continue;
    let farthest = -1;
    let most = 0;
    for (let row = 0, at = 0; row < length; row++, at += dimensions) {
      const own = assignment[row];
      if (counts[own] < 2 || (weights && weights[row] === 0)) continue;
      const squared = squaredDistance(points, at, centroids, own * dimensions, dimensions);
      if (squared > most && !taken.has(row)) {
        most = squared;
        farthest = row;
      }
    }
    if (farthest < 0) break;
    taken.add(farthest);
    const own = assignment[farthest];
    const weight = weights ? weights[farthest] : 1;
    for (let j = 0; j < dimensions; j++) {
      const moved = weight * points[farthest * dimensions + j];
      sums[own * dimensions + j] -= moved;
      sums[cluster * dimensions + j] = moved;
    }
    totals[own] -= weight;
    counts[own]--;
    totals[cluster] = weight;
    counts[cluster] = 1;
  }
  return taken.size > 0;
}
