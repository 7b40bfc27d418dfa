import { expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import { drawNormal } from "../../src/core/random-draws.js";
import {
  type ChooseClustersOptions,
  type ChooseClustersProgress,
  chooseClusters,
} from "../../src/segmentation/choose-clusters.js";
import { kMeans } from "../../src/segmentation/k-means.js";
import { silhouette } from "../../src/segmentation/silhouette.js";
import { thrown } from "../core/thrown.js";

const random = seededRandom(5);
const centers = [
  [0, 0],
  [20, 0],
  [0, 20],
  [20, 20],
];
const rows = Array.from({ length: 200 }, (_, i) =>
  centers[i % 4].map((center) => drawNormal(random, center, 1)),
);
const data = { x: rows.map(([x]) => x), y: rows.map(([, y]) => y) };

it("finds four clear groups by silhouette and by elbow", () => {
  const choice = chooseClusters(data, { from: 1, to: 8, seed: 1 });
  expect(choice.bySilhouette).toBe(4);
  expect(choice.byElbow).toBe(4);
  expect(choice.tried.map(({ clusters }) => clusters)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(choice.tried[0].silhouette).toBeNull();
  expect(choice.tried[3].smallest).toBe(50);
  // Standardized: of one cluster the inertia is n times the number of columns.
  expect(choice.tried[0].inertia).toBeCloseTo(400, 9);
});

it("gives each number what kMeans and silhouette give, on the same sample", () => {
  const settings = { seed: 2, starts: 3, standardize: false } as const;
  const { tried } = chooseClusters(data, { ...settings, from: 3, to: 3, sampleSize: 60 });
  const clustering = kMeans(data, { ...settings, clusters: 3 });
  expect(tried[0].inertia).toBe(clustering.inertia);
  expect(tried[0].silhouette).toBe(silhouette(data, clustering, { sampleSize: 60, seed: 2 }).mean);
});

it("says nothing of elbows where there are fewer than three numbers, or inertia falls in a straight line", () => {
  expect(chooseClusters(data, { to: 3, seed: 1 }).byElbow).toBeNull();
  // Two pairs, 20 apart, and two single rows: each further cluster parts one pair, which is 2 x 10 squared less.
  const pairs = { x: [0, 20, 1000, 1020, 5000, 9000] };
  const { tried, byElbow } = chooseClusters(pairs, { from: 4, to: 6, seed: 1, standardize: false });
  expect(tried.map(({ inertia }) => inertia)).toEqual([400, 200, 0]);
  expect(byElbow).toBeNull();
});

it("reports the number of clusters at hand, and stops when the signal fires", () => {
  const reports: ChooseClustersProgress[] = [];
  const signal = { aborted: false };
  const onProgress = (progress: ChooseClustersProgress) => {
    reports.push(progress);
    signal.aborted = progress.clusters === 3;
  };
  const error = thrown(() => chooseClusters(data, { seed: 1, starts: 1, signal, onProgress }));
  expect(error.code).toBe("ABORTED");
  expect(reports.at(-1)).toMatchObject({ clusters: 3, start: 1, iteration: 1 });
});

it("stops at the number of different rows, and says so", () => {
  const { tried, reason } = chooseClusters({ orders: [1, 2, 2, 3, -0, 0, 7] }, { seed: 1, starts: 1 });
  expect(tried.map(({ clusters }) => clusters)).toEqual([2, 3, 4, 5]);
  expect(reason).toBe("different rows: 5");
  const weighed = { seed: 1, starts: 1, weights: [1, 1, 0] };
  expect(chooseClusters({ orders: [1, 2, 3] }, weighed).tried).toHaveLength(1);
  expect(chooseClusters({ orders: [1, 2, 3] }, { seed: 1, to: 3 }).reason).toBeNull();
  const alike = thrown(() => chooseClusters({ orders: [4, 4, 4] }, { seed: 1 }));
  expect(alike).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.from" });
  expect(alike.message).toContain("only 1 different rows");
});

it.each([
  [undefined, "options", "undefined"],
  [{}, "options.seed", "undefined"],
  [{ seed: 1, from: 0 }, "options.from", "0"],
  [{ seed: 1, from: 4, to: 3 }, "options.to", "3"],
  [{ seed: 1, sampleSize: 1 }, "options.sampleSize", "1"],
  [{ seed: 1, from: 201, to: 201, starts: 1 }, "options.from", "201"],
])("refuses %j at %s", (options, path, shows) => {
  const error = thrown(() => chooseClusters(data, options as ChooseClustersOptions));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  expect(error.message).toContain(shows);
});
