import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { assignClusters } from "../../src/segmentation/assign-clusters.js";
import type { ClusterScaling } from "../../src/segmentation/cluster-scaling.js";
import { kMeans } from "../../src/segmentation/k-means.js";
import { silhouette } from "../../src/segmentation/silhouette.js";

// scikit-learn's KMeans from the same start, and its silhouettes: see scikit-learn-k-means.py, which makes the values.

interface Case {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
  readonly start: readonly (readonly number[])[];
  readonly weights: readonly number[] | null;
  readonly standardize: ClusterScaling;
  readonly log: boolean;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly centroids: readonly (readonly number[])[];
  readonly assignment: readonly number[];
  readonly inertia: number;
  readonly iterations: number;
  readonly silhouette: number;
  readonly silhouettes: readonly number[];
}

const { cases }: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("./scikit-learn-k-means.json", import.meta.url), "utf8"),
);

describe.each(cases)("scikit-learn 1.2.1, $name", (given) => {
  const names = given.rows[0].map((_, j) => `column ${j}`);
  const data = Object.fromEntries(names.map((name, j) => [name, given.rows.map((row) => row[j])]));
  const result = kMeans(data, {
    clusters: given.start.length,
    init: given.start.map((place) => Object.fromEntries(names.map((name, j) => [name, place[j]]))),
    standardize: given.standardize,
    log: given.log ? names : [],
    weights: given.weights ?? undefined,
    tolerance: given.tolerance,
    maxIterations: given.maxIterations,
  });

  it("assigns every row alike, in as many iterations", () => {
    expect(result.assignment).toEqual(given.assignment);
    expect(result.iterations).toBe(given.iterations);
    expect(assignClusters(result, data).columns.cluster).toEqual(given.assignment);
  });

  it("has the same centroids and inertia", () => {
    // 1e-12: it takes the mean off first and sums in another order, a few roundings of a hundred numbers up to 700.
    const near = (actual: number, expected: number) =>
      expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
    near(result.inertia, given.inertia);
    for (const [cluster, place] of given.centroids.entries()) {
      for (const [j, value] of place.entries()) near(result.scaledCentroids[cluster][j], value);
    }
  });

  it("has the same silhouettes", () => {
    const found = silhouette(data, result);
    // 1e-9: it takes distances from |a|^2 - 2ab + |b|^2, which cancels.
    expect(found.mean).toBeCloseTo(given.silhouette, 9);
    for (const [row, value] of given.silhouettes.entries())
      expect(found.rows.columns.silhouette[row]).toBeCloseTo(value, 8);
  });
});
