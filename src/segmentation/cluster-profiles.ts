import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import { type Rate, ratio } from "../core/rate.js";
import { quantile } from "../statistics/sample-quantile.js";
import { type ClusterData, type NumberColumns, numberColumns } from "./cluster-data.js";
import type { ClusterProfile, ProfileBase, ProfileColumn } from "./cluster-profile.js";
import { profileSentence } from "./cluster-words.js";
import { assertAssignment } from "./silhouette.js";

/** Which columns are compared, and how clusters are put into words. */
export interface ClusterProfileOptions {
  /** Columns to compare, also ones that were not clustered; default all but `customerId`. */
  readonly columns?: readonly string[];
  /** A name for each cluster, by its place; default `"A"`, `"B"`, ... */
  readonly names?: readonly string[];
  /** What columns are called in the sentences; default their own names. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Language of the sentences, `"en"` (default) or `"id"`; numbers are written as there. */
  readonly language?: "en" | "id";
}

/** Each cluster against the base. */
export interface ClusterProfiles {
  /** How many customers. */
  readonly customers: number;
  /** All customers, by column. */
  readonly base: readonly ProfileBase[];
  /** By place of the cluster. */
  readonly clusters: readonly ClusterProfile[];
}

/**
 * Who are the customers of each cluster, compared with all?
 *
 * Mean and median of each column, the index to the base, and the effect: by how many standard deviations of the base the
 * cluster lies above or below it (a standardized mean difference; 0.2 is small, 0.5 medium, 0.8 large, Cohen 1988).
 * Rows count alike, whatever they weighed.
 *
 * @param data - Customers by row, as they were clustered; further columns may stand beside.
 * @param clustering - The result of {@link kMeans}, or any `{ assignment, sizes }`: clusters from 0.
 * @param options - Columns, names, labels, language.
 * @returns The base and the clusters, each with a sentence.
 * @throws {@link ClienteleError} `INVALID_ROWS` with row and column of cells that are missing or not finite;
 * `UNKNOWN_COLUMN`; `INVALID_ARGUMENT` when the assignment does not fit, or for options that do not.
 * @example
 * ```ts
 * import { clusterProfiles, kMeans } from "clientele";
 *
 * const data = { orders: [2, 2, 2, 2, 8, 8], spend: [10, 20, 20, 10, 90, 90] };
 * const clustering = kMeans(data, { clusters: 2, init: [{ orders: 2, spend: 10 }, { orders: 8, spend: 90 }] });
 * const { base, clusters } = clusterProfiles(data, clustering, { names: ["Few orders", "Many orders"] });
 * base[0].mean; // => 4
 * clusters[1].columns[0].index.value; // => 2
 * clusters[1].words;
 * // => "Many orders (2 customers, 33%): orders 8 on average, 100% above all (4); spend 90 on average, 125% above all (40)."
 * ```
 */
export function clusterProfiles(
  data: ClusterData,
  clustering: { readonly assignment: ArrayLike<number>; readonly sizes: readonly number[] },
  options: ClusterProfileOptions = {},
): ClusterProfiles {
  const numbers = numberColumns(data, options.columns);
  const { assignment, sizes } = Object(clustering) as Partial<typeof clustering>;
  assertArgument(
    Array.isArray(sizes) && sizes.length > 0 && assignment !== undefined,
    "clustering",
    () => `clustering is ${shown(clustering)}: pass what kMeans returned`,
  );
  assertAssignment(assignment, numbers.length, sizes.length);
  const { language = "en", labels = {} } = options;
  assertOneOf(language, "options.language", ["en", "id"]);
  const names = clusterNames(options.names, sizes.length);
  const rows = rowsByCluster(assignment, sizes.length);
  rows.forEach(({ length }, cluster) => {
    assertArgument(
      sizes[cluster] === length,
      `clustering.sizes[${cluster}]`,
      () =>
        `clustering.sizes[${cluster}] is ${shown(sizes[cluster])}, and the assignment has ${length} rows there: pass both as kMeans returned them`,
    );
  });
  const base = numbers.names.map((column, j) => baseOf(column, numbers, j));
  return {
    customers: numbers.length,
    base,
    clusters: rows.map((members, cluster) => {
      const columns = base.map((all, j) => profileColumn(all, numbers.columns[j], members));
      const share = ratio(members.length, numbers.length, "customers");
      const profile = { cluster, name: names[cluster], customers: members.length, share, columns };
      return { ...profile, words: profileSentence(profile, base, labels, language) };
    }),
  };
}

function profileColumn(all: ProfileBase, values: ArrayLike<number>, members: Uint32Array): ProfileColumn {
  const { column } = all;
  if (members.length === 0) {
    const none: Rate = { value: null, numerator: 0, denominator: 0, reason: "customers: 0" };
    return { column, mean: null, median: null, index: none, effect: none };
  }
  const own = Float64Array.from(members, (row) => values[row]);
  const mean = meanOf(own);
  return {
    column,
    mean,
    median: quantile(own, 0.5),
    index: indexTo(all, mean),
    effect: ratio(mean - all.mean, all.deviation, "standard deviation of all"),
  };
}

/** Where values may lie on both sides of zero, their means have no ratio worth naming. */
function indexTo(all: ProfileBase, mean: number): Rate {
  if (all.lowest >= 0) return ratio(mean, all.mean, "mean of all");
  return { value: null, numerator: mean, denominator: all.mean, reason: `lowest value: ${all.lowest}` };
}

function baseOf(column: string, { columns, length }: NumberColumns, j: number): ProfileBase {
  const values = columns[j];
  const mean = meanOf(values);
  let squares = 0;
  let lowest = values[0];
  let isSame = true;
  for (let row = 0; row < length; row++) {
    const difference = values[row] - mean;
    squares += difference * difference;
    if (values[row] < lowest) lowest = values[row];
    isSame &&= values[row] === values[0];
  }
  // The rounding of the mean must not make a spread of equal values.
  const deviation = isSame ? 0 : Math.sqrt(squares / length);
  return { column, mean, median: quantile(values, 0.5), deviation, lowest };
}

/** Differences from the first value are summed: equal values have exactly that mean. */
function meanOf(values: ArrayLike<number>): number {
  const first = values[0];
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row] - first;
  return first + sum / values.length;
}

function rowsByCluster(assignment: ArrayLike<number>, clusters: number): Uint32Array[] {
  const sizes = new Uint32Array(clusters);
  for (let row = 0; row < assignment.length; row++) sizes[assignment[row]]++;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let row = 0; row < assignment.length; row++) {
    const cluster = assignment[row];
    rows[cluster][sizes[cluster]++] = row;
  }
  return rows;
}

function clusterNames(names: readonly string[] | undefined, clusters: number): readonly string[] {
  if (names === undefined) return Array.from({ length: clusters }, (_, cluster) => letters(cluster));
  assertArgument(
    Array.isArray(names) &&
      names.length === clusters &&
      names.every((name) => typeof name === "string" && name !== "") &&
      new Set(names).size === clusters,
    "options.names",
    () => `options.names is ${shown(names)}: pass ${clusters} names, each once`,
  );
  return names;
}

/** A to Z, AA, AB, ... as in a spreadsheet. */
function letters(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : letters(Math.floor(place / 26) - 1) + last;
}
