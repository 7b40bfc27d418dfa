import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random.js";
import { drawNormal } from "../../src/core/random-draws.js";
import { table } from "../../src/core/table.js";
import { assignClusters } from "../../src/segmentation/assign-clusters.js";
import type { ClusterData } from "../../src/segmentation/cluster-data.js";
import type { ClusterScaling } from "../../src/segmentation/cluster-scaling.js";
import { type KMeansOptions, type KMeansProgress, kMeans } from "../../src/segmentation/k-means.js";
import { kMeansPlusPlus } from "../../src/segmentation/k-means-start.js";
import { rfm } from "../../src/segmentation/rfm.js";
import { thrown } from "../core/thrown.js";

const columns = (rows: readonly (readonly number[])[]) =>
  Object.fromEntries(rows[0].map((_, j) => [`c${j}`, rows.map((row) => row[j])]));
const places = (rows: readonly (readonly number[])[]) =>
  rows.map((row) => Object.fromEntries(row.map((value, j) => [`c${j}`, value])));

/** Lloyd as in the textbook: every distance of every row, in every iteration. Clusters without a row are not handled. */
function lloyd(rows: readonly (readonly number[])[], start: readonly (readonly number[])[]) {
  let centroids = start.map((place) => [...place]);
  let assignment: number[] = [];
  for (let iterations = 1; ; iterations++) {
    const squares = rows.map((row) =>
      centroids.map((place) => place.reduce((sum, value, j) => sum + (row[j] - value) ** 2, 0)),
    );
    const next = squares.map((of) => of.indexOf(Math.min(...of)));
    const inertia = squares.reduce((sum, of) => sum + Math.min(...of), 0);
    if (next.every((cluster, row) => cluster === assignment[row])) {
      return { centroids, assignment, inertia, iterations };
    }
    assignment = next;
    if (new Set(assignment).size < centroids.length) return null;
    centroids = centroids.map((place, cluster) => {
      const own = rows.filter((_, row) => assignment[row] === cluster);
      return place.map((_, j) => own.reduce((sum, row) => sum + row[j], 0) / own.length);
    });
  }
}

const exact = { standardize: false, tolerance: 0 } as const;

/** Rows with values that no two distances of share by chance; 1 to 9 columns. */
const cloud = fc
  .record({
    seed: fc.integer(),
    rows: fc.integer({ min: 9, max: 150 }),
    dimensions: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ seed, rows, dimensions }) => {
    const random = seededRandom(seed);
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length: dimensions }, () => drawNormal(random, row % 4, 1)),
    );
  });

describe("against Lloyd without bounds", () => {
  it("ends with the same assignment after as many iterations, and the same centroids", () => {
    let compared = 0;
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 8 }), (rows, clusters) => {
        const start = rows.slice(0, clusters);
        const expected = lloyd(rows, start);
        if (expected === null) return;
        compared++;
        const found = kMeans(columns(rows), { ...exact, clusters, init: places(start) });
        expect(found.assignment).toEqual(expected.assignment);
        expect(found.iterations).toBe(expected.iterations);
        // Sums in the same order; squares of a distance in another.
        expect(found.scaledCentroids).toEqual(
          expected.centroids.map((place) => place.map((value) => value + 0)),
        );
        expect(Math.abs(found.inertia - expected.inertia)).toBeLessThanOrEqual(
          1e-12 * (1 + expected.inertia),
        );
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("on a grid, where many rows are as far from one centroid as from another", () => {
    const grid = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
      minLength: 6,
      maxLength: 60,
    });
    let compared = 0;
    fc.assert(
      fc.property(grid, (rows) => {
        const start = [...new Map(rows.map((row) => [row.join(), row])).values()].slice(0, 4);
        const expected = lloyd(rows, start);
        if (expected === null) return;
        compared++;
        const found = kMeans(columns(rows), { ...exact, clusters: start.length, init: places(start) });
        expect(found.assignment).toEqual(expected.assignment);
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

describe("laws", () => {
  const options = { clusters: 3, seed: 4, starts: 3 } as const;

  it("every row is with its nearest centroid, also when the iterations end early", () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 4 }), (rows, maxIterations) => {
        const data = columns(rows);
        const found = kMeans(data, { ...options, maxIterations });
        expect(assignClusters(found, data).columns.cluster).toEqual(found.assignment);
        const { distance } = assignClusters(found, data).columns;
        const inertia = distance.reduce((sum, value) => sum + value ** 2, 0);
        // Squares of square roots.
        expect(Math.abs(inertia - found.inertia)).toBeLessThanOrEqual(1e-12 * (1 + inertia));
        expect(found.sizes).toEqual(
          [0, 1, 2].map((one) => found.assignment.filter((own) => own === one).length),
        );
      }),
    );
  });

  it("the same seed gives the same clusters, and more starts none that are worse", () => {
    fc.assert(
      fc.property(cloud, fc.integer(), (rows, seed) => {
        const data = columns(rows);
        const one = kMeans(data, { clusters: 5, seed, starts: 1 });
        const many = kMeans(data, { clusters: 5, seed, starts: 6 });
        expect(kMeans(data, { clusters: 5, seed, starts: 6 })).toEqual(many);
        expect(many.inertia).toBeLessThanOrEqual(one.inertia);
        expect(assignClusters(many, data).columns.cluster).toEqual(many.assignment);
      }),
      { numRuns: 50 },
    );
  });

  it("of several starts the best wins, which is not always the first", () => {
    const random = seededRandom(5);
    const rows = Array.from({ length: 60 }, () => [random() * 1000, random() * 1000]);
    const wins = Array.from({ length: 30 }, (_, seed) => {
      const one = kMeans(columns(rows), { clusters: 6, seed, starts: 1 });
      const many = kMeans(columns(rows), { clusters: 6, seed, starts: 6 });
      expect(many.start > 1).toBe(many.inertia < one.inertia);
      return many.inertia < one.inertia;
    });
    // With one start alone, many seeds would end in a worse place.
    expect(wins.filter(Boolean).length).toBeGreaterThan(5);
  });

  it("k-means++ draws one row of each of three far groups, however many the rows of one", () => {
    const near = Array.from({ length: 500 }, (_, i) => i / 1000);
    const points = Float64Array.from([...near, 1000, 1000.1, 1000.2, -1000, -1000.1]);
    for (let seed = 0; seed < 50; seed++) {
      const data = { points, dimensions: 1, length: points.length, weights: null };
      const drawn = kMeansPlusPlus(data, 3, seededRandom(seed), new Float64Array(points.length));
      const groups = Array.from(drawn, (value) => Math.round(value / 1000)).sort((a, b) => a - b);
      expect(groups.map((group) => group + 0)).toEqual([-1, 0, 1]);
    }
  });

  it("a row of weight 2 is two rows, and one of weight 0 pulls nothing, however columns are scaled", () => {
    fc.assert(
      fc.property(cloud, fc.constantFrom<ClusterScaling>(false, "zScore", "range"), (rows, standardize) => {
        const start = places(rows.slice(0, 3));
        const weights = rows.map((_, row) => (row < 3 ? 1 : row % 3));
        const repeated = rows.flatMap((row, i) => Array.from({ length: weights[i] }, () => row));
        const run = { ...exact, standardize, clusters: 3, init: start } as const;
        const weighted = kMeans(columns(rows), { ...run, weights });
        const plain = kMeans(columns(repeated), run);
        expect(weighted.iterations).toBe(plain.iterations);
        // Products in place of repeated sums.
        for (const [cluster, place] of plain.scaledCentroids.entries())
          for (const [j, value] of place.entries())
            expect(weighted.scaledCentroids[cluster][j]).toBeCloseTo(value, 10);
        expect(weighted.inertia).toBeCloseTo(plain.inertia, 8);
      }),
      { numRuns: 60 },
    );
  });

  it("standardized columns do not depend on the unit", () => {
    fc.assert(
      fc.property(cloud, fc.constantFrom("zScore", "range"), (rows, standardize) => {
        const start = rows.slice(0, 3);
        // Powers of two: no rounding of their own.
        const scaled = (row: readonly number[]) => row.map((value, j) => value * 2 ** (10 - j));
        const found = kMeans(columns(rows), { clusters: 3, init: places(start), standardize });
        const other = kMeans(columns(rows.map(scaled)), {
          clusters: 3,
          init: places(start.map(scaled)),
          standardize,
        });
        expect(other.assignment).toEqual(found.assignment);
        expect(other.inertia).toBe(found.inertia);
      }),
    );
  });

  it("reports after each iteration how many rows moved, none in the last", () => {
    const reports: KMeansProgress[] = [];
    const rows = Array.from({ length: 60 }, (_, i) => [i % 7, (i * i) % 11]);
    const { iterations, converged } = kMeans(columns(rows), {
      clusters: 3,
      seed: 1,
      starts: 1,
      tolerance: 0,
      onProgress: (progress) => reports.push(progress),
    });
    expect(converged).toBe(true);
    expect(reports.map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: iterations }, (_, i) => i + 1),
    );
    expect(reports[0]).toEqual({ start: 1, starts: 1, iteration: 1, moved: 60 });
    expect(reports.at(-1)?.moved).toBe(0);
  });

  it("leaves the data as it was, and its result survives JSON", () => {
    const data = { a: Object.freeze([1, 2, 3, 10]), b: new Float32Array([1, 2, 3, 4]) };
    const found = kMeans(data, { clusters: 2, seed: 1, log: ["a"] });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect([...data.b]).toEqual([1, 2, 3, 4]);
  });
});

describe("scaling", () => {
  it("centroids of a logarithm are geometric means of 1 + x", () => {
    const { centroids } = kMeans({ spend: [0, 3, 15] }, { clusters: 1, seed: 1, log: ["spend"] });
    // (1 * 4 * 16) ^ (1/3) - 1, through a logarithm, a deviation and back.
    expect(centroids[0].spend).toBeCloseTo(3, 12);
  });

  it("takes all columns but customerId of a table, or those that are named", () => {
    const rows = table({ customerId: ["a", "b", "c"], x: [1, 2, 30], y: [5, 5, 5] });
    const found = kMeans(rows, { clusters: 2, seed: 1 });
    expect(found.columns.map(({ name }) => name)).toEqual(["x", "y"]);
    expect(found.columns[1]).toEqual({ name: "y", log: false, center: 5, scale: 1 });
    expect(kMeans(rows, { clusters: 2, seed: 1, columns: ["x"] }).columns).toHaveLength(1);
  });
});

it("takes the customers of another result as they are", () => {
  const customers = [1, 2, 3, 40, 41, 42].map((days, i) => ({
    customerId: `c${i}`,
    recency: days,
    frequency: 50 - days,
    monetary: 100,
  }));
  const { members } = rfm(customers);
  const found = kMeans(members, { columns: ["recency", "frequency"], clusters: 2, seed: 1 });
  const [first] = found.assignment;
  expect(found.assignment.map((cluster) => cluster === first)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

describe("clusters that nobody belongs to", () => {
  it("stay empty where all rows lie on their centroids", () => {
    const found = kMeans(
      { x: [1, 1, 5, 5] },
      {
        ...exact,
        clusters: 3,
        init: [{ x: 1 }, { x: 5 }, { x: 100 }],
      },
    );
    expect(found.sizes).toEqual([2, 2, 0]);
    expect(found.centroids[2]).toEqual({ x: 100 });
    expect(found.inertia).toBe(0);
  });

  it("do not take the last row of another", () => {
    // 50 is farthest from its centroid, but alone there.
    const init = [{ x: 0 }, { x: 20 }, { x: 1000 }];
    const found = kMeans({ x: [0, 0, 50] }, { ...exact, clusters: 3, init });
    expect(found.centroids).toEqual([{ x: 0 }, { x: 50 }, { x: 1000 }]);
    expect(found.sizes).toEqual([2, 1, 0]);
  });

  it("get the farthest row, never one of weight 0", () => {
    const found = kMeans(
      { x: [0, 1, 2, 9, 50] },
      {
        ...exact,
        clusters: 2,
        init: [{ x: 0 }, { x: 1000 }],
        weights: [1, 1, 1, 1, 0],
      },
    );
    expect(found.centroids).toEqual([{ x: 1 }, { x: 9 }]);
    expect(found.assignment).toEqual([0, 0, 0, 1, 1]);
  });

  it("an outlier of weight 0 does not stretch the scale", () => {
    const data = { x: [0, 9, 0, 9, 1e6] };
    const init = [{ x: 0 }, { x: 9 }];
    const { columns: scaled } = kMeans(data, { clusters: 2, init, weights: [1, 1, 1, 1, 0] });
    expect(scaled[0]).toMatchObject({ center: 4.5, scale: 4.5 });
  });

  it("no centre is -0, and a spread whose squares would vanish is refused", () => {
    expect(Object.is(kMeans({ a: [-0, 0, -0] }, { clusters: 1, seed: 1 }).columns[0].center, 0)).toBe(true);
    const error = thrown(() => kMeans({ a: [1e-200, 5e-200] }, { clusters: 2, seed: 1 }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "data.a" });
    expect(error.message).toContain("in a smaller unit");
  });

  it("members say who, where the data does", () => {
    const rows = [
      { customerId: "ani", orders: 1 },
      { customerId: "budi", orders: 9 },
      { customerId: "citra", orders: 2 },
    ];
    const init = [{ orders: 1 }, { orders: 9 }];
    const found = kMeans(rows, { clusters: 2, init });
    expect(found.members?.columns).toEqual({ customerId: ["ani", "budi", "citra"], cluster: [0, 1, 0] });
    expect(kMeans({ orders: [1, 9, 2] }, { clusters: 2, init }).members).toBeNull();
    const nameless = thrown(() => kMeans([{ ...rows[0], customerId: "" }, rows[1]], { clusters: 2, init }));
    expect(nameless).toMatchObject({ code: "INVALID_ROWS", path: "data[0].customerId" });
    const short = thrown(() => kMeans([rows[0], { customerId: "budi" }] as never, { clusters: 2, init }));
    expect(short.message).toContain("row 2, orders: is missing");
  });

  it("more of them than different rows are refused", () => {
    const error = thrown(() => kMeans({ x: [1, 1, 5, 5] }, { clusters: 3, seed: 1 }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path: "options.clusters" });
    expect(error.message).toContain("only 2 different rows");
  });
});

describe("refuses", () => {
  const data = { x: [1, 2, 3], y: [1, 2, 3] };
  const bad = (given: unknown, options: object = {}) =>
    thrown(() => kMeans(given as ClusterData, { clusters: 2, seed: 1, ...options } as KMeansOptions));

  it.each([
    ["NaN", Number.NaN, "row 2, y: NaN is not a finite number"],
    ["infinite", Number.NEGATIVE_INFINITY, "row 2, y: -Infinity is not a finite number"],
    ["text", "7", 'row 2, y: "7" is not a finite number'],
    ["null", null, "row 2, y: null is missing"],
    ["undefined", undefined, "row 2, y: is missing"],
    ["huge", 1e141, "row 2, y: 1e+141 is beyond 1e140"],
  ])("a cell that is %s, with its row and column", (_, value, message) => {
    const error = bad({ x: [1, 2, 3], y: [1, value, 3] });
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[1].y" });
    expect(error.message).toContain(message);
  });

  it("a hole, and a logarithm of nothing", () => {
    // biome-ignore lint/suspicious/noSparseArray: that is the test
    expect(bad({ x: [1, , 3] }).message).toContain("row 2, x: is missing");
    const error = bad({ x: [1, -1, 3] }, { log: ["x"] });
    expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[1].x" });
    expect(error.message).toContain("-1 is not above -1");
  });

  it("lists the first 20 of many bad cells by row, and counts all", () => {
    const error = bad({ x: Array(40).fill(Number.NaN), y: Array(40).fill(null) });
    expect(error.message).toContain("80 problems in data, the first 20:");
    expect(error.problems).toHaveLength(20);
    expect(error.problems?.at(-1)?.row).toBe(9);
  });

  it.each([
    [null, {}, "data", "null"],
    ["12", {}, "data", '"12"'],
    [[], {}, "data", "no rows"],
    [{}, {}, "data", "no column"],
    [{ x: [] }, {}, "data", "no rows"],
    [{ x: [1, 2], y: [1] }, {}, "data.y", "1 values"],
    [{ x: "12" }, {}, "data.x", '"12"'],
    [data, { clusters: 0 }, "options.clusters", "0"],
    [data, { clusters: 4 }, "options.clusters", "4"],
    [data, { clusters: 1.5 }, "options.clusters", "1.5"],
    [data, { seed: undefined }, "options.seed", "undefined"],
    [data, { starts: 0 }, "options.starts", "0"],
    [data, { maxIterations: 0 }, "options.maxIterations", "0"],
    [data, { tolerance: -1 }, "options.tolerance", "-1"],
    [data, { standardize: "minMax" }, "options.standardize", "minMax"],
    [data, { log: ["z"] }, "options.log[0]", '"z"'],
    [data, { columns: [] }, "options.columns", "an array of 0"],
    [data, { columns: ["x", "x"] }, "options.columns", "an array of 2"],
    [data, { weights: [1] }, "options.weights", "1 values"],
    [data, { weights: [1, -2, 1] }, "options.weights[1]", "-2"],
    [data, { weights: [1, 1e13, 1] }, "options.weights[1]", "10000000000000"],
    [data, { weights: [0, 0, 0] }, "options.weights", "all 0"],
    [data, { init: [{ x: 1, y: 1 }], seed: undefined }, "options.init", "an array of 1"],
    [data, { init: [{ x: 1, y: 1 }, { x: 1 }], seed: undefined }, "options.init[1].y", "undefined"],
    [
      data,
      {
        init: [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ],
      },
      "options.seed",
      "1",
    ],
    [
      data,
      {
        init: [
          { x: -1, y: 1 },
          { x: 2, y: 2 },
        ],
        log: ["x"],
        seed: undefined,
      },
      "options.init[0].x",
      "-1",
    ],
  ])("%j with %j at %s", (given, options, path, shows) => {
    const error = bad(given, options);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
    expect(error.message).toContain(shows);
  });

  it("an unknown column", () => {
    expect(bad(data, { columns: ["x", "toString"] })).toMatchObject({
      code: "UNKNOWN_COLUMN",
      path: "options.columns[1]",
    });
  });

  it("to go on when the signal fires, at once or after an iteration", () => {
    const signal = { aborted: false };
    let iterations = 0;
    const onProgress = () => {
      iterations++;
      signal.aborted = true;
    };
    expect(bad(data, { signal, onProgress })).toMatchObject({ code: "ABORTED", path: "options.signal" });
    expect(iterations).toBe(1);
    expect(bad(data, { signal, onProgress }).code).toBe("ABORTED");
    expect(iterations).toBe(1);
  });
});
