import { describe, expect, it } from "vitest";
import { assignClusters } from "../../src/segmentation/assign-clusters.js";
import { type ClusterModel, kMeans } from "../../src/segmentation/k-means.js";
import { thrown } from "../core/thrown.js";

// That it gives the clustered rows their own clusters is a property in k-means.test.ts.

const data = { orders: [1, 2, 9, 10], spend: [10, 14, 90, 98] };
const init = [
  { orders: 1, spend: 10 },
  { orders: 9, spend: 90 },
];

it("a model that was kept as JSON assigns new customers, further columns are passed over", () => {
  const { assignment, ...model } = kMeans(data, { clusters: 2, init, log: ["spend"] });
  expect(assignment).toEqual([0, 0, 1, 1]);
  const kept: ClusterModel = JSON.parse(JSON.stringify(model));
  const fresh = { name: ["a", "b", "c"], spend: [13, 70, 500], orders: [3, 7, 1] };
  expect(assignClusters(kept, fresh)).toEqual(assignClusters(model, fresh));
  expect(assignClusters(kept, fresh).columns.cluster).toEqual([0, 1, 1]);
});

it("measures the distance to the centroid in the scaled unit", () => {
  const plain = kMeans(data, { clusters: 2, init, standardize: false });
  // Centroids (1.5, 12) and (9.5, 94).
  const { columns } = assignClusters(plain, { orders: [4.5, 9.5], spend: [16, 94] });
  expect(columns).toEqual({ customerId: [null, null], cluster: [0, 1], distance: [5, 0] });
  const ranged = kMeans(data, { clusters: 2, init, standardize: "range" });
  // Three ninths of the range of orders, 44 of 88 of spend.
  const { distance } = assignClusters(ranged, { orders: [4.5], spend: [12] }).columns;
  expect(distance[0]).toBeCloseTo(1 / 3, 12);
});

it("says who, where the data does, from a table, columns or rows", () => {
  const model = kMeans(data, { clusters: 2, init });
  const fresh = { customerId: ["ani", "budi"], orders: [2, 9], spend: [12, 91] };
  const rows = fresh.customerId.map((customerId, i) => ({
    customerId,
    orders: fresh.orders[i],
    spend: fresh.spend[i],
  }));
  for (const given of [fresh, { length: 2, columns: fresh }, rows]) {
    expect(assignClusters(model, given).columns).toMatchObject({
      customerId: ["ani", "budi"],
      cluster: [0, 1],
    });
  }
});

it("of equally near centroids takes the first", () => {
  const plain = kMeans({ x: [0, 10] }, { clusters: 2, init: [{ x: 10 }, { x: 0 }], standardize: false });
  expect(assignClusters(plain, { x: [5] }).columns.cluster).toEqual([0]);
});

describe("refuses", () => {
  const model = kMeans(data, { clusters: 2, init, log: ["spend"] });

  it("cells that are missing or have no logarithm, with row and column", () => {
    const missing = thrown(() => assignClusters(model, { orders: [1, null], spend: [1, 2] }));
    expect(missing).toMatchObject({ code: "INVALID_ROWS", path: "data[1].orders" });
    expect(missing.message).toContain("row 2, orders: null is missing");
    const low = thrown(() => assignClusters(model, { orders: [1], spend: [-3] }));
    expect(low).toMatchObject({ code: "INVALID_ROWS", path: "data[0].spend" });
    expect(low.message).toContain("-3 is not above -1");
  });

  it.each([
    [{ scaledCentroids: [[1], [2]] }, "model.scaledCentroids[0]"],
    [
      {
        scaledCentroids: [
          [1, 2],
          [1, null],
        ],
      },
      "model.scaledCentroids[1]",
    ],
    [{ scaledCentroids: [] }, "model"],
    [{ columns: [] }, "model"],
    [{ columns: [{ ...model.columns[0], scale: 0 }, model.columns[1]] }, "model.columns[0].scale"],
    [{ columns: [model.columns[0], { ...model.columns[1], center: null }] }, "model.columns[1]"],
    [{ columns: [model.columns[0], { ...model.columns[1], log: "yes" }] }, "model.columns[1]"],
  ])("a model that was kept badly, %j", (part, path) => {
    const error = thrown(() => assignClusters({ ...model, ...part } as never, data));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  });

  it("data without a column of the model, and what is no model", () => {
    const error = thrown(() => assignClusters(model, { orders: [1] }));
    expect(error).toMatchObject({ code: "UNKNOWN_COLUMN", path: "model.columns[1]" });
    expect(error.message).toContain('"spend"');
    expect(thrown(() => assignClusters(null as never, data))).toMatchObject({
      code: "INVALID_ARGUMENT",
      path: "model",
    });
  });
});
