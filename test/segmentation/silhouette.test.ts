import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import { kMeans } from "../../src/segmentation/k-means.js";
import { silhouette } from "../../src/segmentation/silhouette.js";
import { thrown } from "../core/thrown.js";

// scikit-learn's silhouettes: test/published/scikit-learn-k-means.test.ts.

const line = { x: [0, 1, 10, 11, 13, 40] };
const three = kMeans(line, { clusters: 3, init: [{ x: 0 }, { x: 11 }, { x: 40 }], standardize: false });

it("by hand: (b - a) / max(a, b), 0 for one alone", () => {
  const { mean, rows, clusters } = silhouette(line, three);
  const [a, b] = [
    [1, 1, 2, 1.5, 2.5],
    [34 / 3, 31 / 3, 9.5, 10.5, 12.5],
  ];
  const expected = [...a.map((own, i) => (b[i] - own) / b[i]), 0];
  for (const [row, value] of expected.entries()) expect(rows.columns.silhouette[row]).toBeCloseTo(value, 12);
  expect(mean).toBeCloseTo(expected.reduce((sum, value) => sum + value) / 6, 12);
  expect(clusters[2]).toBe(0);
  expect(clusters[0]).toBeCloseTo((expected[0] + expected[1]) / 2, 12);
});

it("is not defined with one cluster among the rows", () => {
  const one = kMeans(line, { clusters: 1, seed: 1 });
  expect(silhouette(line, one)).toEqual({
    mean: null,
    reason: "clusters among 6 rows: 1",
    clusters: [null],
    rows: { length: 0, columns: { row: [], cluster: [], silhouette: [] } },
  });
});

it("equal rows in two clusters sit nowhere", () => {
  const same = { ...three, assignment: [0, 1, 0, 1] };
  expect(silhouette({ x: [7, 7, 7, 7] }, same).mean).toBe(0);
});

describe("of a sample", () => {
  const random = seededRandom(8);
  const x = Array.from({ length: 3000 }, (_, i) => 10 * (i % 3) + random());
  const clustering = kMeans({ x }, { clusters: 3, seed: 1, starts: 2 });

  it("has so many different rows, the same for a seed, and about the same mean", () => {
    const options = { sampleSize: 500, seed: 3 };
    const sample = silhouette({ x }, clustering, options);
    expect(sample.rows.length).toBe(500);
    expect(new Set(sample.rows.columns.row).size).toBe(500);
    expect(silhouette({ x }, clustering, options)).toEqual(sample);
    expect(silhouette({ x }, clustering, { ...options, seed: 4 }).rows.columns.row).not.toEqual(
      sample.rows.columns.row,
    );
    for (const [i, row] of sample.rows.columns.row.entries())
      expect(sample.rows.columns.cluster[i]).toBe(clustering.assignment[row]);
    // Widths lie within 0.05 of one another in such clear groups.
    expect(sample.mean).toBeCloseTo(silhouette({ x }, clustering, { sampleSize: 3000 }).mean ?? 0, 1);
  });

  it("takes each row as often as another", () => {
    const drawn = new Array(10).fill(0);
    const ten = { ...clustering, assignment: Array.from({ length: 10 }, (_, i) => i % 3) };
    for (let seed = 0; seed < 4000; seed++) {
      const { row } = silhouette({ x: x.slice(0, 10) }, ten, { sampleSize: 5, seed }).rows.columns;
      for (const one of row) drawn[one]++;
    }
    // Half of 4000 times; five standard errors of 32.
    for (const count of drawn) expect(Math.abs(count - 2000)).toBeLessThan(160);
  });
});

it("a row of weight 3 is three rows in one place", () => {
  const weighed = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 })),
    { minLength: 2, maxLength: 20 },
  );
  fc.assert(
    fc.property(weighed, (rows) => {
      const weights = rows.map(([, , weight]) => weight);
      fc.pre(weights.some((weight) => weight > 0));
      const model = {
        columns: [{ name: "x", log: false, center: 0, scale: 1 }],
        centroids: [{ x: 0 }, { x: 1 }, { x: 2 }],
        scaledCentroids: [[0], [1], [2]],
      };
      const ofRows = (kept: typeof rows) => ({
        data: { x: kept.map(([x]) => x) },
        clustering: { ...model, assignment: kept.map(([, cluster]) => cluster) },
      });
      const once = ofRows(rows);
      const repeated = ofRows(rows.flatMap((row) => Array<(typeof rows)[number]>(row[2]).fill(row)));
      const weighted = silhouette(once.data, once.clustering, { weights });
      const plain = silhouette(repeated.data, repeated.clustering);
      // Products in place of repeated sums.
      if (plain.mean === null) expect(weighted.mean).toBeNull();
      else expect(weighted.mean).toBeCloseTo(plain.mean, 10);
    }),
  );
});

it("lies within -1 and 1, and does not depend on the names of clusters", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 2 })), {
        minLength: 2,
        maxLength: 30,
      }),
      (rows) => {
        const data = { x: rows.map(([value]) => value) };
        const of = (name: (cluster: number) => number) =>
          silhouette(data, { ...three, assignment: rows.map(([, cluster]) => name(cluster)) });
        const found = of((cluster) => cluster);
        for (const width of found.rows.columns.silhouette) expect(Math.abs(width)).toBeLessThanOrEqual(1);
        expect(of((cluster) => 2 - cluster).mean).toEqual(found.mean);
      },
    ),
  );
});

it.each([
  [{ assignment: [0, 1] }, {}, "clustering.assignment", "an array of 2"],
  [{ assignment: [0, 0, 0, 0, 0, 3] }, {}, "clustering.assignment[5]", "3"],
  [{}, { sampleSize: 1 }, "options.sampleSize", "1"],
  [{}, { sampleSize: 5 }, "options.seed", "5 of 6 rows"],
])("refuses %j with %j at %s", (changes, options, path, shows) => {
  const error = thrown(() => silhouette(line, { ...three, ...changes }, options));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  expect(error.message).toContain(shows);
});
