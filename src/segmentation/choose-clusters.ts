import { assertArgument, assertInteger, shown } from "../core/assert.js";
import { type ClusterData, numberColumns, rowWeights } from "./cluster-data.js";
import { type KMeansProgress, type KMeansSettings, kMeans } from "./k-means.js";
import { silhouette } from "./silhouette.js";

/** How far the search has come. */
export interface ChooseClustersProgress extends KMeansProgress {
  /** How many clusters are tried now. */
  readonly clusters: number;
}

/** Which numbers of clusters are tried, and how. */
export interface ChooseClustersOptions extends Omit<KMeansSettings, "onProgress"> {
  /** Fewest clusters, from 1; default 2. */
  readonly from?: number;
  /** Most clusters; default 10. */
  readonly to?: number;
  /** Silhouettes are taken of at most so many rows, the same for each number of clusters; default 2000. */
  readonly sampleSize?: number;
  /** Whole number that fixes the starts and the sample. */
  readonly seed: number;
  /** Called after each iteration. */
  readonly onProgress?: (progress: ChooseClustersProgress) => void;
}

/** One number of clusters. */
export interface ClusterCountTried {
  /** How many clusters. */
  readonly clusters: number;
  /** Sum of weighted squared distances to the centroids, scaled: falls with every cluster. */
  readonly inertia: number;
  /** Mean silhouette, -1 to 1; `null` where it is not defined (one cluster). */
  readonly silhouette: number | null;
  /** Rows in the smallest cluster. */
  readonly smallest: number;
  /** Did the best start converge? */
  readonly converged: boolean;
}

/** What speaks for which number of clusters. */
export interface ClusterChoice {
  /** Why fewer were tried than `to`; `null` where all were. */
  readonly reason: string | null;
  /** From the fewest to the most clusters. */
  readonly tried: readonly ClusterCountTried[];
  /** The number with the greatest mean silhouette, of equals the smaller; `null` where none is defined. */
  readonly bySilhouette: number | null;
  /** Where the curve of inertia bends most; `null` with fewer than three numbers, or where it does not bend. */
  readonly byElbow: number | null;
}

/**
 * How many clusters does this data have?
 *
 * Clusters the data once for each number. Two answers that need not agree: the greatest mean silhouette (Rousseeuw 1987), and
 * the elbow, the point of the curve of inertia that lies farthest below the straight line from its first to its last point,
 * both axes scaled to 1 (Satopää et al. 2011). Neither replaces a look at the profiles: clusters that nobody can name help
 * nobody.
 *
 * @param data - Customers by row, as for {@link kMeans}.
 * @param options - `seed`; the range, the sample, and all settings of {@link kMeans}.
 * @returns Inertia and silhouette by number of clusters, and the two answers. There are no more clusters than different rows:
 * where these are fewer than `to`, the numbers up to them are tried, and `reason` says so.
 * @throws {@link ClienteleError} as {@link kMeans} does; `INVALID_ARGUMENT` when there are fewer different rows than `from`.
 * @example
 * ```ts
 * import { chooseClusters } from "clientele";
 *
 * const orders = [1, 2, 3, 21, 22, 23, 51, 52, 53];
 * const { tried, bySilhouette, byElbow } = chooseClusters({ orders }, { to: 5, seed: 1, standardize: false });
 * bySilhouette; // => 3
 * byElbow; // => 3
 * tried[1].inertia; // => 6
 * ```
 */
export function chooseClusters(data: ClusterData, options: ChooseClustersOptions): ClusterChoice {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { seed }`,
  );
  const { from = 2, to = 10, sampleSize = 2000, onProgress, ...settings } = options;
  assertInteger(from, "options.from", 1);
  assertInteger(to, "options.to", from);
  assertInteger(sampleSize, "options.sampleSize", 2);
  const different = differentRows(data, settings, to);
  assertArgument(
    different >= from,
    "options.from",
    () => `options.from is ${from}: the data has only ${different} different rows, pass at most that`,
  );
  const tried: ClusterCountTried[] = [];
  for (let clusters = from; clusters <= Math.min(to, different); clusters++) {
    const found = kMeans(data, {
      ...settings,
      clusters,
      ...(onProgress && { onProgress: (progress) => onProgress({ clusters, ...progress }) }),
    });
    tried.push({
      clusters,
      inertia: found.inertia,
      silhouette: silhouette(data, found, { sampleSize, seed: options.seed }).mean,
      smallest: Math.min(...found.sizes),
      converged: found.converged,
    });
  }
  const reason = different < to ? `different rows: ${different}` : null;
  return { reason, tried, bySilhouette: widest(tried), byElbow: elbow(tried) };
}

/** How many rows of a weight above 0 differ, counted up to `enough`. */
function differentRows(
  data: ClusterData,
  { columns, weights }: Pick<KMeansSettings, "columns" | "weights">,
  enough: number,
): number {
  const numbers = numberColumns(data, columns);
  const rowWeight = rowWeights(weights, numbers.length);
  const found = new Set<string>();
  for (let row = 0; row < numbers.length && found.size < enough; row++) {
    // Text of numbers, in which -0 is 0, as it is for distances.
    if (rowWeight === null || rowWeight[row] > 0)
      found.add(numbers.columns.map((column) => column[row]).join());
  }
  return found.size;
}

function widest(tried: readonly ClusterCountTried[]): number | null {
  let best: ClusterCountTried | null = null;
  for (const one of tried) {
    if (one.silhouette !== null && one.silhouette > (best?.silhouette ?? -2)) best = one;
  }
  return best?.clusters ?? null;
}

function elbow(tried: readonly ClusterCountTried[]): number | null {
  const first = tried[0];
  const last = tried[tried.length - 1];
  const fall = first.inertia - last.inertia;
  if (tried.length < 3 || !(fall > 0)) return null;
  let best: number | null = null;
  // Rounding must not make a bend of a straight line.
  let most = 1e-9;
  for (const { clusters, inertia } of tried) {
    const along = (clusters - first.clusters) / (last.clusters - first.clusters);
    const below = 1 - along - (inertia - last.inertia) / fall;
    if (below > most) {
      most = below;
      best = clusters;
    }
  }
  return best;
}
