import { assertArgument, assertBetween, shown } from "../core/assert.js";
import { type Table, table } from "../core/table.js";
import { type ClusterData, customerIdsIn, numberColumns } from "./cluster-data.js";
import { refuseBelowLog, scaledPoints } from "./cluster-scaling.js";
import type { ClusterModel } from "./k-means.js";
import { squaredDistance } from "./squared-distance.js";

/** One row a customer, in the order of the data. */
export interface ClusterAssignmentColumns {
  /** Who; `null` where the data has no column `customerId`. */
  readonly customerId: readonly (string | null)[];
  /** Place of the nearest centroid in the model, from 0; of equally near ones the first. */
  readonly cluster: readonly number[];
  /** Distance to that centroid in the scaled unit: who is far from all clusters stands out. */
  readonly distance: readonly number[];
}

/**
 * In which cluster does a new customer belong?
 *
 * @param model - The result of {@link kMeans}, or what was kept of it.
 * @param data - Customers by row, with the columns of the model in the same unit; others are passed over.
 * @returns The nearest cluster of each row, and how far away it is.
 * @throws {@link ClienteleError} `INVALID_ROWS` with row and column of cells that are missing or not finite;
 * `UNKNOWN_COLUMN` for a column of the model that the data does not have; `INVALID_ARGUMENT` when it is no model.
 * @example
 * ```ts
 * import { assignClusters, kMeans } from "clientele";
 *
 * const data = { orders: [1, 2, 9, 10], spend: [10, 14, 90, 98] };
 * const model = kMeans(data, { clusters: 2, init: [{ orders: 1, spend: 10 }, { orders: 9, spend: 90 }] });
 * assignClusters(model, { spend: [12, 80], orders: [3, 7] }).columns.cluster; // => [0, 1]
 * ```
 */
export function assignClusters(model: ClusterModel, data: ClusterData): Table<ClusterAssignmentColumns> {
  assertModel(model);
  const { columns, scaledCentroids } = model;
  const names = columns.map((column) => column.name);
  const numbers = numberColumns(data, names, "data", "model.columns");
  refuseBelowLog(
    numbers,
    columns.map((column) => column.log),
    "data",
  );
  const points = scaledPoints(numbers, columns);
  const centroids = Float64Array.from(scaledCentroids.flat());
  const dimensions = names.length;
  const cluster: number[] = new Array(numbers.length);
  const distance: number[] = new Array(numbers.length);
  for (let row = 0, at = 0; row < numbers.length; row++, at += dimensions) {
    let nearest = Number.POSITIVE_INFINITY;
    let closest = 0;
    for (let i = 0, place = 0; i < scaledCentroids.length; i++, place += dimensions) {
      const squared = squaredDistance(points, at, centroids, place, dimensions);
      if (squared < nearest) {
        nearest = squared;
        closest = i;
      }
    }
    cluster[row] = closest;
    distance[row] = Math.sqrt(nearest);
  }
  const customerId = customerIdsIn(data, numbers.length) ?? new Array<null>(numbers.length).fill(null);
  return table({ customerId, cluster, distance });
}

/** A model comes from a file or a database: what does not fit would give a wrong cluster in silence. */
function assertModel(model: ClusterModel): void {
  const { columns, scaledCentroids }: Partial<ClusterModel> = Object(model);
  assertArgument(
    Array.isArray(columns) &&
      columns.length > 0 &&
      Array.isArray(scaledCentroids) &&
      scaledCentroids.length > 0,
    "model",
    () => `model is ${shown(model)}: pass what kMeans returned`,
  );
  for (const [i, column] of columns.entries()) {
    const { name, log, center, scale }: Partial<typeof column> = Object(column);
    assertArgument(
      typeof name === "string" && typeof log === "boolean" && Number.isFinite(center),
      `model.columns[${i}]`,
      () => `model.columns[${i}] is ${shown(column)}: pass { name, log, center, scale } as kMeans made it`,
    );
    assertBetween(scale, `model.columns[${i}].scale`, 0, Number.POSITIVE_INFINITY);
  }
  for (const [i, centroid] of scaledCentroids.entries()) {
    assertArgument(
      Array.isArray(centroid) && centroid.length === columns.length && centroid.every(Number.isFinite),
      `model.scaledCentroids[${i}]`,
      () =>
        `model.scaledCentroids[${i}] is ${shown(centroid)}: pass ${columns.length} finite numbers, one a column`,
    );
  }
}
