import { describe, expect, it } from "vitest";
import { textWidth } from "../../src/charts/text-width.js";
import { tierPyramidChart } from "../../src/charts/tier-pyramid-chart.js";
import type { ChartOptions } from "../../src/charts/vega-lite-spec.js";
import { ratio } from "../../src/core/rate.js";
import type { TierPyramid } from "../../src/loyalty/reading/tier-pyramid.js";
import { answerOf, contrast, itIsReadable, rowsOf } from "./readable.js";

function pyramidOf(
  levels: readonly (readonly [name: string | null, members: number, points: number])[],
): TierPyramid {
  const members = levels.reduce((sum, [, count]) => sum + count, 0);
  const points = levels.reduce((sum, [, , count]) => sum + count, 0);
  return {
    asOf: Date.UTC(2025, 5, 1),
    timeZone: "UTC",
    pointType: "points",
    members,
    points,
    levels: levels.map(([name, count, own]) => ({
      tier: name,
      name,
      threshold: name === null ? null : 0,
      members: count,
      shareOfMembers: ratio(count, members),
      points: own,
      shareOfPoints: ratio(own, points),
    })),
  };
}

const usual = pyramidOf([
  ["Platinum", 120, 900_000],
  ["Gold", 1_480, 2_100_000],
  ["Silver", 5_200, 1_700_000],
  ["Basic", 13_200, 1_300_000],
]);

const CHARTS: Record<string, (options: ChartOptions) => ReturnType<typeof tierPyramidChart>> = {
  "four levels": (options) => tierPyramidChart(usual, options),
  "an empty level and members without one": (options) =>
    tierPyramidChart(
      pyramidOf([
        ["Diamond ambassador circle", 0, 0],
        ["Gold", 3, 200],
        [null, 900, 0],
      ]),
      options,
    ),
  "one level": (options) => tierPyramidChart(pyramidOf([["Members", 1, 1]]), options),
  "millions, no points": (options) =>
    tierPyramidChart(
      pyramidOf([
        ["Gold", 2_345_678, 0],
        ["Basic", 123_456_789, 0],
      ]),
      options,
    ),
  nobody: (options) => tierPyramidChart(pyramidOf([]), options),
};

describe.each(Object.entries(CHARTS))("%s", (_, chart) => {
  itIsReadable(chart);
});

describe("what it says", () => {
  it("who has risen, and what of the points they hold", () => {
    // 6,800 of 20,000 members; 4.7 of 6.0 million points.
    expect(answerOf(tierPyramidChart(usual))).toContain(
      "34% of the members are above Basic and hold 78% of the points.",
    );
    expect(
      answerOf(CHARTS["an empty level and members without one"]?.({}) ?? tierPyramidChart(usual)),
    ).toContain("0.3% of the members have a level and hold 100% of the points.");
    expect(answerOf(CHARTS["millions, no points"]?.({}) ?? tierPyramidChart(usual))).toContain(
      "1.9% of the members are above Basic. n = 125,802,467 members, 0 points outstanding as of 2025-06-01.",
    );
  });

  it("a level that the plan no longer has is not the lowest of it", () => {
    const [gold, basic, old] = pyramidOf([
      ["Gold", 30, 500],
      ["Basic", 60, 400],
      ["Old", 10, 100],
    ]).levels;
    const levels = [gold, basic, { ...old, threshold: null }];
    const pyramid = { ...usual, members: 100, points: 1_000, levels };
    expect(answerOf(tierPyramidChart(pyramid))).toContain(
      "30% of the members are above Basic and hold 50% of the points.",
    );
  });
  it("without levels there is nobody above", () => {
    const [all] = pyramidOf([[null, 5, 10]]).levels;
    const pyramid = { ...usual, members: 5, points: 10, levels: [{ ...all, threshold: null }] };
    expect(answerOf(tierPyramidChart(pyramid))).toContain("There are no levels.");
  });

  it("bars are as long as there are members, the highest level on top, all around one middle", () => {
    const bars = rowsOf(tierPyramidChart(usual)).filter((row) => "level" in row);
    const members = bars.filter((_, i) => i % 2 === 0);
    const [platinum, gold, , basic] = members.map(({ left, right }) => Number(right) - Number(left));
    expect((gold ?? 0) / (basic ?? 1)).toBeCloseTo(1_480 / 13_200, 10);
    expect(platinum).toBeLessThan(gold ?? 0);
    expect(new Set(members.map(({ left, right }) => Math.round(Number(left) + Number(right)))).size).toBe(1);
    expect(members.map(({ level }) => level)).toEqual(["Platinum", "Gold", "Silver", "Basic"]);
    expect(Number(members[0]?.top)).toBeLessThan(Number(members[3]?.top));
  });

  it.each([760, 342, 320])("at %i px a label beside its bar does not reach into the next column", (width) => {
    const rows = rowsOf(tierPyramidChart(usual, { width }));
    const column = Number(rows.find(({ text }) => /points$/.test(String(text)))?.x);
    const size = width < 500 ? 11 : 12;
    const labels = rows.filter(
      ({ text, x, y }) => /^\d/.test(String(text)) && Number(x) < column && Number(y) > 0,
    );
    expect(labels).toHaveLength(width < 500 ? 8 : 4);
    for (const { text, x } of labels)
      expect(Number(x) + textWidth(String(text), size) / 2).toBeLessThan(column);
  });

  it("letters stand out from their bar", () => {
    const rows = rowsOf(tierPyramidChart(usual, { width: 720 }));
    const bars = rows.filter((row) => "fill" in row);
    const inside = rows.filter(
      ({ ink, x, y }) =>
        ink !== undefined &&
        bars.some(
          ({ left, right, top, bottom }) =>
            Number(x) > Number(left) &&
            Number(x) < Number(right) &&
            Number(y) > Number(top) &&
            Number(y) < Number(bottom),
        ),
    );
    expect(inside.length).toBeGreaterThan(0);
    for (const { ink, x, y } of inside) {
      const bar = bars.find(
        ({ left, right, top, bottom }) =>
          Number(x) > Number(left) &&
          Number(x) < Number(right) &&
          Number(y) > Number(top) &&
          Number(y) < Number(bottom),
      );
      // WCAG 2.1 AA for text of this size.
      expect(contrast(String(ink), String(bar?.fill))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
