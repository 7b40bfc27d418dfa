import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterProfiles } from "../../src/segmentation/cluster-profiles.js";
import { quantile } from "../../src/statistics/sample-quantile.js";
import { thrown } from "../core/thrown.js";

const data = {
  customerId: ["a", "b", "c", "d", "e", "f"],
  orders: [1, 2, 1, 2, 9, 9],
  spend: [10, 20, 20, 10, 90, 90],
  change: [-4, -2, -3, -3, 6, 6],
};
const clustering = { assignment: [0, 0, 0, 0, 1, 1], sizes: [4, 2] };

describe("by hand", () => {
  const { base, clusters, customers } = clusterProfiles(data, clustering);

  it("compares mean and median with those of all", () => {
    expect(customers).toBe(6);
    // Squared differences from 4: 9 + 4 + 9 + 4 + 25 + 25 = 76.
    expect(base[0]).toEqual({
      column: "orders",
      mean: 4,
      median: 2,
      deviation: Math.sqrt(76 / 6),
      lowest: 1,
    });
    const [few, many] = clusters;
    expect([few.name, few.customers, few.share.value]).toEqual(["A", 4, 4 / 6]);
    expect(many.columns[0]).toMatchObject({ column: "orders", mean: 9, median: 9, index: { value: 2.25 } });
    expect(many.columns[0].effect.value).toBeCloseTo(5 / Math.sqrt(76 / 6), 14);
    expect(few.columns[0]).toMatchObject({ mean: 1.5, median: 1.5, index: { value: 0.375 } });
  });

  it("has no index where values may be negative, and says so in standard deviations", () => {
    expect(clusters[1].columns[2].index).toEqual({
      value: null,
      numerator: 6,
      denominator: 0,
      reason: "lowest value: -4",
    });
    // Mean 0, squares 16 + 4 + 9 + 9 + 36 + 36 = 110: 6 / sqrt(110 / 6) = 1.40.
    expect(clusters[1].words).toContain("change 6 on average, 1.4 standard deviations above all (0)");
  });
});

describe("in words", () => {
  const large = {
    spend: [...Array(99).fill(1_000_000), 2_500_000],
    orders: [...Array(99).fill(2), 2],
  };
  const one = { assignment: [...Array(99).fill(0), 1], sizes: [99, 1, 0] };

  it("English", () => {
    const { clusters } = clusterProfiles(large, one, { names: ["Many", "Whale", "Nobody"] });
    expect(clusters.map(({ words }) => words)).toEqual([
      "Many (99 customers, 99%): much like all customers.",
      "Whale (1 customer, 1%): spend 2,500,000 on average, 146% above all (1,015,000).",
      "Nobody: no customers.",
    ]);
  });

  it("Indonesian, with labels", () => {
    const { clusters } = clusterProfiles(large, one, { language: "id", labels: { spend: "belanja" } });
    expect(clusters.map(({ words }) => words)).toEqual([
      "A (99 pelanggan, 99%): hampir sama dengan semua pelanggan.",
      "B (1 pelanggan, 1%): rata-rata belanja 2.500.000, 146% di atas semua pelanggan (1.015.000).",
      "C: tidak ada pelanggan.",
    ]);
    const words = clusterProfiles(data, clustering, { language: "id", columns: ["change"] }).clusters[0]
      .words;
    expect(words).toBe(
      "A (4 pelanggan, 67%): rata-rata change -3, 0,7 simpangan baku di bawah semua pelanggan (0).",
    );
  });

  it("names three columns at most, the strongest first", () => {
    const columns = { ...data, a: [0, 0, 0, 0, 1, 2], b: [3, 3, 3, 3, 3, 3] };
    const [, many] = clusterProfiles(columns, clustering).clusters;
    expect(many.words.split(";")).toHaveLength(3);
    expect(many.words).not.toContain("b 3");
    const strengths = many.columns.map(({ column, effect }) => [column, effect.value ?? 0] as const);
    const strongest = [...strengths].sort((x, y) => y[1] - x[1])[0][0];
    expect(many.words).toContain(`: ${strongest} `);
  });

  it("says standard deviations, with digits that tell means apart, where the percent would round to nothing", () => {
    const data = { year: [2020, 2021, 2023, 2024] };
    const { clusters } = clusterProfiles(data, { assignment: [0, 0, 1, 1], sizes: [2, 2] });
    expect(clusters[0].words).toBe(
      "A (2 customers, 50%): year 2,020.5 on average, 0.9 standard deviations below all (2,022).",
    );
  });

  it("takes an assignment in a typed array, and refuses sizes that are others", () => {
    const typed = { assignment: Int32Array.of(0, 1, 1), sizes: [1, 2] };
    expect(clusterProfiles({ x: [1, 2, 3] }, typed).clusters[1].customers).toBe(2);
    expect(() => clusterProfiles({ x: [1, 2] }, { assignment: [0, 0], sizes: [7, 9] })).toThrow(
      /clustering.sizes\[0\] is 7, and the assignment has 2 rows/,
    );
  });

  it("goes on after Z as a spreadsheet does", () => {
    const { clusters } = clusterProfiles({ x: [1] }, { assignment: [0], sizes: [1, ...Array(27).fill(0)] });
    expect([clusters[25].name, clusters[26].name, clusters[27].name]).toEqual(["Z", "AA", "AB"]);
  });
});

it("means of the clusters, by their sizes, make the mean of all; medians are those of the members", () => {
  const rows = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 3 })),
    {
      minLength: 1,
      maxLength: 50,
    },
  );
  fc.assert(
    fc.property(rows, (given) => {
      const assignment = given.map(([, cluster]) => cluster);
      const { base, clusters } = clusterProfiles(
        { x: given.map(([x]) => x) },
        { assignment, sizes: [0, 1, 2, 3].map((one) => assignment.filter((of) => of === one).length) },
      );
      const sum = clusters.reduce(
        (total, { customers, columns }) => total + customers * (columns[0].mean ?? 0),
        0,
      );
      // Sums of up to 50 numbers up to 1e6.
      expect(Math.abs(sum / given.length - base[0].mean)).toBeLessThanOrEqual(1e-12 * 1e6);
      const effects = clusters.reduce(
        (total, { customers, columns }) => total + customers * (columns[0].effect.value ?? 0),
        0,
      );
      if (base[0].deviation > 1e-3) expect(Math.abs(effects)).toBeLessThanOrEqual(1e-5);
      for (const { cluster, customers, columns } of clusters) {
        const own = given.filter(([, of]) => of === cluster).map(([x]) => x);
        expect(customers).toBe(own.length);
        expect(columns[0].median).toBe(own.length === 0 ? null : quantile(own, 0.5));
      }
    }),
  );
});

it("equal values have no effect, whatever rounding their sum has", () => {
  const { base, clusters } = clusterProfiles({ x: Array(6).fill(0.1) }, clustering);
  expect(base[0]).toMatchObject({ mean: 0.1, deviation: 0 });
  expect(clusters[0].columns[0]).toMatchObject({ mean: 0.1, index: { value: 1 }, effect: { value: null } });
});

it.each([
  [clustering, { names: ["A"] }, "options.names", "an array of 1"],
  [clustering, { names: ["A", "A"] }, "options.names", "an array of 2"],
  [clustering, { language: "de" }, "options.language", '"de"'],
  [{ ...clustering, assignment: [0] }, {}, "clustering.assignment", "an array of 1"],
  [{ ...clustering, assignment: [0, 0, 0, 0, 1, 2] }, {}, "clustering.assignment[5]", "2"],
  [null, {}, "clustering", "null"],
])("refuses %j with %j at %s", (given, options, path, shows) => {
  const error = thrown(() => clusterProfiles(data, given as typeof clustering, options as object));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", path });
  expect(error.message).toContain(shows);
});

it("refuses text in a column, with its row", () => {
  const error = thrown(() => clusterProfiles({ ...data, plan: ["x", "y", "x", "y", "x", "y"] }, clustering));
  expect(error).toMatchObject({ code: "INVALID_ROWS", path: "data[0].plan" });
});
