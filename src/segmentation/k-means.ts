import { assertArgument, assertInRange, assertInteger, shown } from "../core/assert.js";
import { ClienteleError } from "../core/errors.js";
import { seededRandom } from "../core/random.js";
import { type Table, table } from "../core/table.js";
import {
  type ClusterData,
  customerIdsIn,
  type NumberColumns,
  numberColumns,
  rowWeights,
} from "./cluster-data.js";
import {
  type ClusterScaling,
  originalPlace,
  type ScaledColumn,
  scaledPlace,
  scaledPoints,
  scalingOf,
} from "./cluster-scaling.js";
import { kMeansMemory } from "./k-means-hamerly.js";
import { type KMeansRun, kMeansRun } from "./k-means-run.js";
import { kMeansPlusPlus, type WeightedPoints } from "./k-means-start.js";

/** How far a clustering has come. */
export interface KMeansProgress {
  /** Which start, from 1. */
  readonly start: number;
  /** How many starts there will be. */
  readonly starts: number;
  /** Iterations of this start that are done. */
  readonly iteration: number;
  /** Rows that changed their cluster in it. */
  readonly moved: number;
}

/** How data is clustered, whatever the number of clusters. */
export interface KMeansSettings {
  /** Which columns count; default all but `customerId`. */
  readonly columns?: readonly string[];
  /** How columns are made comparable; default `"zScore"`. Without it the column of the greatest spread decides alone. */
  readonly standardize?: ClusterScaling;
  /** Columns that are taken as log(1 + x) before they are scaled: money and counts with a long tail. */
  readonly log?: readonly string[];
  /** What each row weighs, 0 to 1e12; default 1: 2 is the row twice, 0 a row that is assigned and counts for nothing. */
  readonly weights?: ArrayLike<number>;
  /** Whole number that fixes the random starts; required unless centroids are given. */
  readonly seed?: number;
  /** From how many random starts the best result is taken; default 10. */
  readonly starts?: number;
  /** Iterations of a start at most; default 300. */
  readonly maxIterations?: number;
  /**
   * A start has converged when no row changes its cluster, or when the squared moves of all centroids sum to at most this
   * times the mean variance of the scaled columns (scikit-learn's rule); default 1e-4. With 0 it runs until nobody moves.
   */
  readonly tolerance?: number;
  /** Called after each iteration. */
  readonly onProgress?: (progress: KMeansProgress) => void;
  /** An `AbortSignal`: stops the work with a `ClienteleError` of code `ABORTED` after the iteration at hand. */
  readonly signal?: { readonly aborted: boolean };
}

/** How data is clustered. */
export interface KMeansOptions extends KMeansSettings {
  /** How many clusters. */
  readonly clusters: number;
  /**
   * Where to start: `"kMeans++"` (default) draws rows that lie far apart; or one centroid a cluster, by column in the unit
   * of the data, for one run without chance.
   */
  readonly init?: "kMeans++" | readonly Readonly<Record<string, number>>[];
}

/** What is needed to say of anyone in which cluster they belong: plain JSON, to be kept. */
export interface ClusterModel {
  /** The columns in their order, and how each is scaled. */
  readonly columns: readonly ScaledColumn[];
  /** Of each cluster its mean by column in the unit of the data; for a column taken as logarithm exp(mean of log(1 + x)) - 1. */
  readonly centroids: readonly Readonly<Record<string, number>>[];
  /** The same by place of the column, scaled: distances are measured here. */
  readonly scaledCentroids: readonly (readonly number[])[];
}

/** One row a customer, in the order of the data. */
export interface ClusterMemberColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Place of the cluster, from 0. */
  readonly cluster: readonly number[];
}

/** Clusters, and who is in which: plain JSON. Take `assignment` out to keep the model alone. */
export interface KMeansClustering extends ClusterModel {
  /** Of each row the place of its cluster in `centroids`, from 0. */
  readonly assignment: readonly number[];
  /** Who is in which cluster; `null` where the data has no column `customerId`. */
  readonly members: Table<ClusterMemberColumns> | null;
  /** Rows in each cluster. */
  readonly sizes: readonly number[];
  /** Sum of weighted squared distances of the rows to their centroids, scaled. */
  readonly inertia: number;
  /** Iterations of the start that won. */
  readonly iterations: number;
  /** Did that start converge before `maxIterations`? */
  readonly converged: boolean;
  /** Which start won, from 1; the first of equals. */
  readonly start: number;
}

/**
 * Which groups of customers are alike in all of these columns at once?
 *
 * k-means: every row belongs to the nearest of k centroids, and every centroid is the mean of its rows. Starts by k-means++
 * (Arthur & Vassilvitskii 2007), iterates by Lloyd (1982) with the bounds of Hamerly (2010), which skip distances and
 * change no result. A cluster that loses all rows gets the row that is farthest from its own centroid, as in scikit-learn;
 * only when all rows lie on their centroids it stays where it was, empty. The same data, options and seed give the same
 * clusters. Memory: the data once more as doubles and 24 bytes a row while it runs, the assignment after.
 *
 * @param data - Customers by row: a table, or plain or typed arrays by name; finite numbers up to 1e140.
 * @param options - `clusters`, and `seed` unless centroids are given; scaling, weights, starts, tolerance.
 * @returns The model, the assignment and how the run went. The clusters of the best start have no order of rank.
 * @throws {@link ClienteleError} `INVALID_ROWS` with row and column of cells that are missing, not finite or (for `log`) not
 * above -1; `INVALID_ARGUMENT` for options out of range and for more clusters than different rows; `UNKNOWN_COLUMN`;
 * `ABORTED` when the signal fires.
 * @example
 * ```ts
 * import { kMeans } from "clientele";
 *
 * const data = { orders: [1, 2, 1, 9, 8, 10], spend: [10, 15, 14, 95, 90, 100] };
 * const { centroids, sizes, assignment } = kMeans(data, {
 *   clusters: 2,
 *   init: [{ orders: 1, spend: 10 }, { orders: 10, spend: 100 }],
 *   standardize: false,
 * });
 * centroids; // => [{ orders: 4 / 3, spend: 13 }, { orders: 9, spend: 95 }]
 * sizes; // => [3, 3]
 * assignment; // => [0, 0, 0, 1, 1, 1]
 * kMeans(data, { clusters: 3, seed: 1 }).sizes.reduce((sum, size) => sum + size); // => 6
 * ```
 */
export function kMeans(data: ClusterData, options: KMeansOptions): KMeansClustering {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { clusters, seed }`,
  );
  const { columns, standardize, log, weights } = options;
  const numbers = numberColumns(data, columns);
  const rules = checkedRules(options, numbers);
  const customerIds = customerIdsIn(data, numbers.length);
  const rowWeight = rowWeights(weights, numbers.length);
  const scaling = scalingOf(numbers, standardize, log, rowWeight);
  assertNotAborted(options.signal);
  const points: WeightedPoints = {
    points: scaledPoints(numbers, scaling),
    dimensions: scaling.length,
    length: numbers.length,
    weights: rowWeight,
  };
  const found = bestRun(points, scaling, rules, options);
  const members = customerIds && table({ customerId: customerIds, cluster: found.assignment });
  return { ...found, members };
}

interface Rules {
  readonly clusters: number;
  readonly starts: number;
  /** `null` where centroids are given. */
  readonly seed: number | null;
  readonly given: readonly (readonly number[])[];
  readonly maxIterations: number;
  readonly tolerance: number;
}

function bestRun(
  data: WeightedPoints,
  scaling: readonly ScaledColumn[],
  { clusters, starts, seed, given, maxIterations, tolerance }: Rules,
  { onProgress, signal }: KMeansOptions,
): Omit<KMeansClustering, "members"> {
  const { dimensions, length } = data;
  const memory = kMeansMemory(length);
  const leastShift = tolerance === 0 ? 0 : tolerance * meanVariance(data);
  let best: (KMeansRun & { readonly start: number }) | null = null;
  let assignment: Int32Array = memory.assignment;
  for (let start = 1; start <= starts; start++) {
    const centroids =
      seed === null
        ? Float64Array.from(given.flatMap((place) => scaledPlace(place, scaling)))
        : kMeansPlusPlus(data, clusters, seededRandom(seed, `k-means ${start}`), memory.lower);
    assertNotAborted(signal);
    const run = kMeansRun(data, centroids, memory, {
      maxIterations,
      leastShift,
      afterIteration: (iteration, moved) => {
        onProgress?.({ start, starts, iteration, moved });
        assertNotAborted(signal);
      },
    });
    if (best !== null && run.inertia >= best.inertia) continue;
    best = { ...run, start };
    assignment = start === starts ? memory.assignment : memory.assignment.slice();
  }
  const { centroids, inertia, iterations, converged, start } = best as KMeansRun & { readonly start: number };
  const places = Array.from({ length: clusters }, (_, cluster) =>
    Array.from(centroids.subarray(cluster * dimensions, (cluster + 1) * dimensions), (value) => value + 0),
  );
  const sizes: number[] = new Array(clusters).fill(0);
  for (const cluster of assignment) sizes[cluster]++;
  return {
    columns: scaling,
    centroids: places.map((place) => originalPlace(place, scaling)),
    scaledCentroids: places,
    assignment: Array.from(assignment),
    sizes,
    inertia,
    iterations,
    converged,
    start,
  };
}

function checkedRules(options: KMeansOptions, numbers: NumberColumns): Rules {
  const { clusters, init = "kMeans++", maxIterations = 300, tolerance = 1e-4 } = options;
  assertArgument(
    Number.isSafeInteger(clusters) && clusters >= 1 && clusters <= numbers.length,
    "options.clusters",
    () =>
      `options.clusters is ${shown(clusters)}: pass a whole number from 1 to ${numbers.length}, the number of rows`,
  );
  assertInteger(maxIterations, "options.maxIterations", 1);
  assertInRange(tolerance, "options.tolerance", 0, 1);
  if (init === "kMeans++") {
    const { seed, starts = 10 } = options;
    assertInteger(seed, "options.seed");
    assertInteger(starts, "options.starts", 1);
    return { clusters, starts, seed, given: [], maxIterations, tolerance };
  }
  for (const name of ["seed", "starts"] as const) {
    assertArgument(
      options[name] === undefined,
      `options.${name}`,
      () =>
        `options.${name} is ${shown(options[name])}, but centroids are given: leave it out, nothing is drawn`,
    );
  }
  const given = givenPlaces(init, options, numbers.names);
  return { clusters, starts: 1, seed: null, given, maxIterations, tolerance };
}

function givenPlaces(
  init: readonly Readonly<Record<string, number>>[],
  { clusters, log = [] }: KMeansOptions,
  names: readonly string[],
): number[][] {
  assertArgument(
    Array.isArray(init) && init.length === clusters,
    "options.init",
    () => `options.init is ${shown(init)}: pass "kMeans++" or ${clusters} centroids, one a cluster`,
  );
  return init.map((centroid, cluster) =>
    names.map((name) => {
      const value = Object(centroid)[name];
      const path = `options.init[${cluster}].${name}`;
      assertInRange(value, path, -1e140, 1e140);
      assertArgument(
        value > -1 || !log.includes(name),
        path,
        () => `${path} is ${value}: pass a number above -1, log(1 + x) is taken`,
      );
      return value;
    }),
  );
}

function meanVariance({ points, dimensions, length, weights }: WeightedPoints): number {
  const weightOf = (row: number) => (weights === null ? 1 : weights[row]);
  let total = 0;
  for (let row = 0; row < length; row++) total += weightOf(row);
  let variance = 0;
  for (let j = 0; j < dimensions; j++) {
    let mean = 0;
    for (let row = 0, at = j; row < length; row++, at += dimensions) mean += weightOf(row) * points[at];
    mean /= total;
    for (let row = 0, at = j; row < length; row++, at += dimensions) {
      const difference = points[at] - mean;
      variance += weightOf(row) * difference * difference;
    }
  }
  return variance / total / dimensions;
}

function assertNotAborted(signal: KMeansOptions["signal"]): void {
  if (signal?.aborted) throw new ClienteleError("ABORTED", "options.signal", "clustering was aborted");
}
