import { describe, expect, test } from "vitest";
import { importancePerformanceChart } from "../../src/charts/importance-performance-chart.js";
import type { ChartOptions } from "../../src/charts/vega-lite-spec.js";
import {
  type ImportanceCuts,
  importancePerformance,
} from "../../src/value/satisfaction/importance-performance.js";
import { answerOf, itIsReadable, rowsOf } from "./readable.js";

const names = [
  "speed of delivery",
  "price",
  "courtesy",
  "leaflets",
  "opening hours",
  "music",
  "parking",
  "advice",
];
const attributes = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `${names[i % names.length]}${i < names.length ? "" : ` ${i}`}`,
    importance: 1 + ((i * 37) % 41) / 10,
    performance: 1 + ((i * 23) % 37) / 9,
  }));
const chart = (count: number, cuts: ImportanceCuts) => (options: ChartOptions) =>
  importancePerformanceChart(importancePerformance(attributes(count), { cuts }), options);

describe.each<[string, (options: ChartOptions) => ReturnType<typeof importancePerformanceChart>]>([
  ["eight attributes", chart(8, "mean")],
  ["sixty attributes, more than there is room for", chart(60, "median")],
  ["one attribute", chart(1, "mean")],
  ["a cut far from all", chart(8, { importance: 9, performance: -4 })],
  [
    "attributes in one place",
    (options) => {
      const same = attributes(5).map(({ id }) => ({ id, importance: 0.31, performance: 0.0002 }));
      return importancePerformanceChart(importancePerformance(same, { cuts: "mean" }), options);
    },
  ],
])("%s", (_, drawn) => {
  itIsReadable(drawn);
});

describe("what it says", () => {
  const rows = [
    { id: "speed", importance: 5, performance: 2 },
    { id: "price", importance: 4, performance: 2 },
    { id: "courtesy", importance: 5, performance: 5 },
    { id: "leaflets", importance: 1, performance: 4 },
  ];
  const drawn = importancePerformanceChart(
    importancePerformance(rows, { cuts: { importance: 3, performance: 3 } }),
  );

  test("in a sentence, with n and the cuts", () => {
    expect(answerOf(drawn)).toContain(
      "Concentrate on speed and price: important, and below the cut in performance.",
    );
    expect(answerOf(drawn)).toContain("n = 4 attributes. Cuts as given: importance 3, performance 3.");
  });

  test("nothing to concentrate on", () => {
    const good = importancePerformance(rows.slice(2), { cuts: { importance: 3, performance: 3 } });
    expect(answerOf(importancePerformanceChart(good))).toContain(
      "No attribute is important and below the cut",
    );
  });

  test("dots lie where the numbers are: performance to the right, importance upwards", () => {
    const dots = rowsOf(drawn).filter((row) => "quadrant" in row);
    const of = (id: string) => dots.find(({ attribute }) => attribute === id) as { x: number; y: number };
    const across = (of("courtesy").x - of("speed").x) / (of("leaflets").x - of("speed").x);
    const up = (of("leaflets").y - of("price").y) / (of("price").y - of("speed").y);
    expect([across, up]).toEqual([expect.closeTo(3 / 2, 9), expect.closeTo(3, 9)]);
    expect(of("speed").y).toBeLessThan(of("price").y);
  });

  test("numbers that differ in their eighth digit get ticks that differ, and places that do", () => {
    const close = [1, 2, 3].map((i) => ({ id: `${i}`, importance: i, performance: 100 + i * 1e-6 }));
    const rows = rowsOf(importancePerformanceChart(importancePerformance(close, { cuts: "median" })));
    const below = rows.filter(
      ({ text, ink }) =>
        ink === rows.find((row) => row.text === "Performance")?.ink && `${text}`.startsWith("100.0000"),
    );
    expect(below.length).toBeGreaterThan(2);
    expect(new Set(below.map(({ text }) => text)).size).toBe(below.length);
    expect(new Set(rows.filter((row) => "quadrant" in row).map(({ x }) => x)).size).toBe(3);
  });

  test("numbers that differ by rounding lie in one place, inside", () => {
    const same = [1, 1 + 2 ** -52].map((performance, i) => ({ id: `${i}`, importance: i, performance }));
    const dots = rowsOf(importancePerformanceChart(importancePerformance(same, { cuts: "mean" }))).filter(
      (row) => "quadrant" in row,
    );
    expect(dots).toHaveLength(2);
    for (const { x } of dots) expect(x).toBeCloseTo((dots[0] as { x: number }).x, 6);
    for (const { x } of dots) expect(Number.isFinite(x)).toBe(true);
  });

  test("names without room are counted", () => {
    const full = importancePerformanceChart(importancePerformance(attributes(60), { cuts: "mean" }), {
      width: 342,
    });
    const [, unnamed] = /(\d+) names left to the tooltip/.exec(answerOf(full)) ?? [];
    const labels = rowsOf(full).filter((row) => row.ink === "#1f2933").length;
    expect(Number(unnamed)).toBe(60 - labels);
  });
});
