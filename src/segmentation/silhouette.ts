import { assertArgument, assertInteger, assertOptions, shown } from "../core/assert.js";
import { seededRandom } from "../core/random.js";
import { type Table, table } from "../core/table.js";
import { type ClusterData, numberColumns, rowWeights } from "./cluster-data.js";
import { refuseBelowLog, scaledPoints } from "./cluster-scaling.js";
import type { ClusterModel } from "./k-means.js";
import { squaredDistance } from "./squared-distance.js";

/** How many rows are looked at. */
export interface SilhouetteOptions {
  /** At most so many rows, drawn evenly without replacement; work grows with its square. Default 2000. */
  readonly sampleSize?: number;
  /** Whole number that fixes the sample; required where there are more rows than `sampleSize`. */
  readonly seed?: number;
  /** How many rows each row stands for, 1 or more, or 0 to leave it out; default 1. Each row is drawn with the same chance. */
  readonly weights?: ArrayLike<number>;
}

/** One row a customer that was looked at, in the order of the data. */
export interface SilhouetteColumns {
  /** Which row of the data, from 0. */
  readonly row: readonly number[];
  /** Its cluster, from 0. */
  readonly cluster: readonly number[];
  /** From -1 (nearer to another cluster) to 1; 0 for the only row of its cluster. */
  readonly silhouette: readonly number[];
}

/** How well rows sit in their clusters. */
export interface Silhouette {
  /** Mean of all rows that were looked at, -1 to 1; `null` with fewer than two clusters among them. */
  readonly mean: number | null;
  /** Why `mean` is `null`. */
  readonly reason: string | null;
  /** Mean of each cluster, by its place; `null` where none of its rows was looked at. */
  readonly clusters: readonly (number | null)[];
  /** Every row that was looked at; none where `mean` is `null`. */
  readonly rows: Table<SilhouetteColumns>;
}

/**
 * Do customers sit well in their clusters, or between two?
 *
 * (b - a) / max(a, b), with a the mean distance of a row from the others of its cluster and b that from the rows of the
 * nearest other cluster (Rousseeuw 1987), in the scaled unit of the model. Of many rows a sample is taken, and distances
 * are measured within it. A row of weight 3 is three rows in one place.
 *
 * @param data - The data that was clustered.
 * @param clustering - The result of {@link kMeans}: its scaling and assignment are used.
 * @param options - `sampleSize`, and a `seed` where a sample is drawn.
 * @returns The mean, each cluster's and each row's.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the assignment does not fit the data, or the seed is missing;
 * `INVALID_ROWS` and `UNKNOWN_COLUMN` as for {@link assignClusters}.
 * @example
 * ```ts
 * import { kMeans, silhouette } from "clientele";
 *
 * const data = { orders: [1, 2, 9, 10] };
 * const clustering = kMeans(data, { clusters: 2, init: [{ orders: 1 }, { orders: 10 }], standardize: false });
 * silhouette(data, clustering).mean; // ~> 0.8745098039215686
 * ```
 */
export function silhouette(
  data: ClusterData,
  clustering: ClusterModel & { readonly assignment: ArrayLike<number> },
  options: SilhouetteOptions = {},
): Silhouette {
  assertOptions(options);
  const { sampleSize = 2000, seed } = options;
  assertInteger(sampleSize, "options.sampleSize", 2);
  const { columns, scaledCentroids, assignment } = clustering;
  const numbers = numberColumns(
    data,
    columns.map((column) => column.name),
    "data",
    "clustering.columns",
  );
  refuseBelowLog(
    numbers,
    columns.map((column) => column.log),
    "data",
  );
  assertAssignment(assignment, numbers.length, scaledCentroids.length);
  if (numbers.length > sampleSize) {
    assertArgument(
      seed !== undefined,
      "options.seed",
      () => `options.seed is missing: pass a whole number, ${sampleSize} of ${numbers.length} rows are drawn`,
    );
  }
  const chosen = sampledRows(numbers.length, sampleSize, seed ?? 0);
  const sample = {
    ...numbers,
    length: chosen.length,
    columns: numbers.columns.map((values) => chosen.map((row) => values[row])),
  };
  const clusters = chosen.map((row) => assignment[row]);
  const weights = countWeights(options.weights, numbers.length);
  return silhouettesOf(
    scaledPoints(sample, columns),
    columns.length,
    clusters,
    scaledCentroids.length,
    chosen,
    chosen.map((row) => (weights === null ? 1 : weights[row])),
  );
}

/** Between 0 and 1 a row would have less than none of its own company. */
function countWeights(given: ArrayLike<number> | undefined, length: number): Float64Array | null {
  const weights = rowWeights(given, length);
  weights?.forEach((weight, row) => {
    assertArgument(
      weight === 0 || weight >= 1,
      `options.weights[${row}]`,
      () => `options.weights[${row}] is ${weight}: pass 0, or 1 or more`,
    );
  });
  return weights;
}

/** Each row's cluster is a place in the list of clusters. @internal */
export function assertAssignment(
  assignment: ArrayLike<number>,
  length: number,
  clusters: number,
  path = "clustering.assignment",
): void {
  assertArgument(
    (Array.isArray(assignment) || ArrayBuffer.isView(assignment)) && assignment.length === length,
    path,
    () => `${path} is ${shown(assignment)}: pass one cluster for each of ${length} rows`,
  );
  for (let row = 0; row < length; row++) assertInteger(assignment[row], `${path}[${row}]`, 0, clusters - 1);
}

/** Rows from 0, ascending, each set of this size as likely (Knuth 1997, volume 2, algorithm 3.4.2 S). */
function sampledRows(length: number, size: number, seed: number): number[] {
  if (length <= size) return Array.from({ length }, (_, row) => row);
  const random = seededRandom(seed, "silhouette");
  const rows: number[] = [];
  for (let row = 0; rows.length < size; row++) {
    if (random() * (length - row) < size - rows.length) rows.push(row);
  }
  return rows;
}

function silhouettesOf(
  points: Float64Array,
  dimensions: number,
  clusters: readonly number[],
  count: number,
  rows: readonly number[],
  weights: readonly number[],
): Silhouette {
  const sizes = new Float64Array(count);
  clusters.forEach((cluster, i) => {
    sizes[cluster] += weights[i];
  });
  const present = sizes.reduce((sum, size) => sum + (size > 0 ? 1 : 0), 0);
  if (present < 2) {
    const reason = `clusters among ${rows.length} rows: ${present}`;
    const none = table({ row: [], cluster: [], silhouette: [] });
    return { mean: null, reason, clusters: Array(count).fill(null), rows: none };
  }
  const sums = new Float64Array(count);
  const totals = new Float64Array(count);
  let total = 0;
  const widths = clusters.map((own, i) => {
    sums.fill(0);
    for (let other = 0; other < clusters.length; other++) {
      const squared = squaredDistance(points, i * dimensions, points, other * dimensions, dimensions);
      sums[clusters[other]] += weights[other] * Math.sqrt(squared);
    }
    let nearest = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < count; cluster++) {
      if (cluster !== own && sizes[cluster] > 0) nearest = Math.min(nearest, sums[cluster] / sizes[cluster]);
    }
    const inner = sizes[own] > 1 ? sums[own] / (sizes[own] - 1) : 0;
    const most = Math.max(inner, nearest);
    const width = sizes[own] <= 1 || most === 0 ? 0 : (nearest - inner) / most;
    totals[own] += weights[i] * width;
    total += weights[i] * width;
    return width;
  });
  return {
    mean: total / sizes.reduce((sum, size) => sum + size, 0),
    reason: null,
    clusters: Array.from(totals, (sum, cluster) => (sizes[cluster] > 0 ? sum / sizes[cluster] : null)),
    rows: table({ row: [...rows], cluster: [...clusters], silhouette: widths }),
  };
}
