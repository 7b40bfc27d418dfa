import { describe, expect, it } from "vitest";
import { clusterProfileChart } from "../../src/charts/cluster-profile-chart.js";
import { seededRandom } from "../../src/core/random.js";
import { drawGamma, drawNormal } from "../../src/core/random-draws.js";
import { clusterProfiles } from "../../src/segmentation/cluster-profiles.js";
import { kMeans } from "../../src/segmentation/k-means.js";
import { cutOff, overlaps, rendered, schemaErrors } from "./rendered.js";

const random = seededRandom(3);
const shop = Array.from({ length: 600 }, (_, i) => {
  const loyal = [0.4, 1, 3][i % 3];
  return {
    "days since the last order": Math.round(drawGamma(random, 2, 90 / loyal)),
    orders: 1 + Math.round(drawGamma(random, 2, 4 * loyal)),
    "spend, rupiah": Math.round(drawGamma(random, 2, 900_000 * loyal)),
    margin: drawNormal(random, (i % 3) - 1, 0.5),
  };
});
const data = Object.fromEntries(
  Object.keys(shop[0]).map((name) => [name, shop.map((row) => row[name as keyof (typeof shop)[0]])]),
);
const four = kMeans(data, { clusters: 4, seed: 1 });
const small = { x: [1, 2, 30], y: [-4, 4, 0] };

const charts = {
  "a shop": clusterProfiles(data, four, {
    names: ["Many orders", "Lost", "Newcomers with a long name that has to be cut", "D"],
  }),
  "more columns than clusters": clusterProfiles(data, kMeans(data, { clusters: 2, seed: 1 })),
  "one cluster": clusterProfiles(small, kMeans(small, { clusters: 1, seed: 1 })),
  "an empty cluster": clusterProfiles(small, { assignment: [0, 0, 2], sizes: [2, 0, 1] }),
  "nine clusters of one column": clusterProfiles(
    { orders: data.orders },
    kMeans({ orders: data.orders }, { clusters: 9, seed: 1 }),
  ),
};

describe.each(Object.entries(charts))("%s", (_, profiles) => {
  it.each([320, 720, 1100])("%i pixels wide: valid, no text over another or cut off", async (width) => {
    for (const locale of ["en-US", "id-ID"]) {
      const spec = clusterProfileChart(profiles, { width, locale });
      expect(schemaErrors(spec)).toEqual([]);
      expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
      const drawn = await rendered(spec);
      expect(drawn.warnings).toEqual([]);
      expect(overlaps(drawn)).toEqual([]);
      expect(cutOff(drawn)).toEqual([]);
      expect(drawn.width).toBe(width);
    }
  });
});

describe("what is drawn", () => {
  const cells = (profiles: (typeof charts)["a shop"], options = {}) =>
    (
      clusterProfileChart(profiles, options).layer[0] as unknown as {
        data: { values: Record<string, number | string>[] };
      }
    ).data.values;

  it("says standard deviations where a percentage would round to nothing", () => {
    const years = { year: [2020, 2021, 2023, 2024] };
    const drawn = cells(clusterProfiles(years, { assignment: [0, 0, 1, 1], sizes: [2, 2] }));
    expect(drawn.map(({ difference }) => difference)).toEqual(["-0.9 SD", "+0.9 SD"]);
  });

  it("a cell for each cluster and column, with mean, difference and effect", () => {
    const profiles = charts["a shop"];
    expect(cells(profiles)).toHaveLength(16);
    const cell = cells(profiles).find(
      ({ cluster, column }) => String(cluster).startsWith("Lost") && column === "orders",
    );
    expect(cell?.effect).toBe(profiles.clusters[1].columns[1].effect.value);
    expect(cell?.mean).toBe(String(Number(profiles.clusters[1].columns[1].mean?.toPrecision(3))));
  });

  it("no percentage where values are negative, n/a for nobody", () => {
    const of = (cluster: string) =>
      cells(charts["an empty cluster"]).filter((cell) => String(cell.cluster).startsWith(cluster));
    expect(of("A").map(({ mean, difference }) => [mean, difference])).toEqual([
      ["1.5", "-86%"],
      ["0", "0.0 SD"],
    ]);
    expect(of("B").map(({ mean, difference }) => [mean, difference])).toEqual([
      ["n/a", ""],
      ["n/a", ""],
    ]);
  });

  it("labels of the columns, also in the answer", () => {
    const spec = clusterProfileChart(charts["an empty cluster"], { labels: { x: "orders" }, title: "Who" });
    expect(spec.title.text).toEqual(["Who"]);
    expect(spec.title.subtitle.join(" ")).toContain(
      "C stands out most: its mean orders is 1.4 standard deviations above",
    );
    expect(cells(charts["an empty cluster"], { labels: { x: "orders" } })[0].column).toBe("orders");
  });

  it("nobody stands out of one cluster", () => {
    expect(clusterProfileChart(charts["one cluster"]).title.subtitle.join(" ")).toContain(
      "A is the largest of 1 cluster with 100% of the customers.",
    );
  });
});
