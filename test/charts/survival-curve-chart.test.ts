import { describe, expect, it } from "vitest";
import { survivalCurveChart } from "../../src/charts/survival-curve-chart.js";
import { atRiskAt, halfTime, survivalLine } from "../../src/charts/survival-lines.js";
import type { ChartOptions, VegaLiteSpec } from "../../src/charts/vega-lite-spec.js";
import { seededRandom } from "../../src/core/random.js";
import { kaplanMeier } from "../../src/statistics/survival/kaplan-meier.js";
import { survivalAt } from "../../src/statistics/survival/survival-at.js";
import { survivalQuantile } from "../../src/statistics/survival/survival-quantile.js";
import { answerOf, contrast, itIsReadable, rowsOf } from "./readable.js";
import { rendered } from "./rendered.js";

const draw = seededRandom(20240229);
/** Exponential lives with a mean, of customers who started at any time of the last `watched`. */
const lives = (customers: number, mean: number, watched: number) =>
  kaplanMeier(
    Array.from({ length: customers }, () => {
      const life = -mean * Math.log(1 - draw());
      const seen = watched * draw();
      return { duration: Math.min(life, seen), event: life <= seen };
    }),
  );
const six = kaplanMeier({ duration: [9, 13, 13, 18, 23, 28], event: [1, 1, 0, 1, 1, 0] });
const nobody = kaplanMeier([]);
const allGone = kaplanMeier({ duration: [1, 2, 3, 4, 5], event: [1, 1, 1, 1, 1] });
const allThere = kaplanMeier({ duration: [5, 6, 7], event: [0, 0, 0] });
const many = lives(5000, 30, 60);
const plans = [
  { name: "basic", curve: lives(300, 14, 48) },
  { name: "plus", curve: lives(200, 30, 40) },
  { name: "professional with support by telephone at night", curve: lives(60, 90, 48) },
];
const regions = Array.from({ length: 8 }, (_, i) => ({
  name: `Region ${i + 1}`,
  curve: lives(100, 10 + 6 * i, 50),
}));

const CHARTS: Record<string, (options: ChartOptions) => VegaLiteSpec> = {
  "of six": (options) => survivalCurveChart(six, { ...options, unit: "month" }),
  "of 5,000 up to a horizon": (options) =>
    survivalCurveChart(many, { ...options, unit: "month", horizon: 36 }),
  "of three plans": (options) => survivalCurveChart(plans, { ...options, unit: "month" }),
  "of two plans with short names": (options) => survivalCurveChart(plans.slice(0, 2), options),
  "of eight regions": (options) => survivalCurveChart(regions, options),
  "of thirty regions": (options) =>
    survivalCurveChart(
      Array.from({ length: 30 }, (_, i) => ({ ...regions[i % 8], name: `Region ${i}` })),
      options,
    ),
  "of customers who are all gone": (options) => survivalCurveChart(allGone, options),
  "of customers who are all there": (options) => survivalCurveChart(allThere, { ...options, unit: "year" }),
  "beyond what was seen": (options) => survivalCurveChart(six, { ...options, unit: "week", horizon: 120 }),
  "before the first event": (options) => survivalCurveChart(six, { ...options, unit: "day", horizon: 0.5 }),
  "of no time at all": (options) =>
    survivalCurveChart(kaplanMeier({ duration: [0, 0], event: [1, 0] }), options),
  "of a million weights": (options) =>
    survivalCurveChart(
      kaplanMeier({ duration: [100_000, 2_000_000], event: [1, 0], weight: [1_000_000, 500_000] }),
      options,
    ),
  "of late entries": (options) =>
    survivalCurveChart(kaplanMeier({ duration: [2, 9, 12], event: [1, 1, 0], entry: [0, 5, 5] }), options),
  "with a group of nobody": (options) =>
    survivalCurveChart([plans[0], { name: "nobody", curve: nobody }], options),
  "of nobody": (options) => survivalCurveChart(nobody, options),
  "of no curve": (options) => survivalCurveChart([], options),
};

describe.each(Object.entries(CHARTS))("survival curves %s", (_name, chart) => itIsReadable(chart));

describe("what survival curves say", () => {
  it("the median with its limits, and who is still there at the end", () => {
    // At the events 1 of 6, of 5, of 3 and of 2 leave: 5/6 * 4/5 * 2/3 * 1/2 = 2/9 are left. Limits are tested in statistics.
    const median = survivalQuantile(six);
    expect([median.value, median.lower, median.upper]).toEqual([18, 9, null]);
    expect(answerOf(CHARTS["of six"]({}))).toBe(
      "Half of them are gone after 18 months (95% interval 9 to more than 28); 22% are still there after 28 months. n = 6 customers, 4 gone, 2 still there when last seen (strokes). Band: 95% interval.",
    );
  });

  it("that it is not known where the curve does not come down to a half", () => {
    expect(answerOf(CHARTS["of customers who are all there"]({}))).toContain(
      "More than half are there to the end of what was seen: 100% are still there after 7 years.",
    );
  });

  it("the share at the horizon, or where the curve ends before it", () => {
    expect(answerOf(CHARTS["beyond what was seen"]({}))).toContain("22% are still there after 28 weeks");
    const share = survivalAt(many, 36).survival ?? 0;
    expect(answerOf(CHARTS["of 5,000 up to a horizon"]({}))).toContain(
      `${Math.round(100 * share)}% are still there after 36 months`,
    );
  });

  it("the median of each of several curves, of many the shortest and the longest, and who has none", () => {
    const three = answerOf(CHARTS["of three plans"]({}));
    for (const { name } of plans) expect(three).toContain(`(${name})`);
    expect(three).toContain("not in the time seen (professional");
    expect(answerOf(CHARTS["of eight regions"]({}))).toContain("the other 6 lie between.");
    expect(answerOf(CHARTS["with a group of nobody"]({}))).toContain("Without customers: nobody.");
    expect(answerOf(CHARTS["of nobody"]({}))).toBe("There are no customers. n = 0 customers.");
  });
});

describe("what survival curves draw", () => {
  it.each(
    [six, allGone, allThere, many, ...plans.map(({ curve }) => curve)].map((curve, i) => [i, curve] as const),
  )("the median of survivalQuantile, with its limits (curve %i)", (_i, curve) => {
    const median = survivalQuantile(curve);
    expect([halfTime(curve, "survival"), halfTime(curve, "lower"), halfTime(curve, "upper")]).toEqual([
      median.value,
      median.lower,
      median.upper,
    ]);
  });

  it("every corner of a small curve lies on it, on both sides of each step", () => {
    const { corners, end } = survivalLine(six, 28);
    expect(corners).toHaveLength(2 + 2 * six.events);
    for (const [i, corner] of corners.entries()) {
      if (i % 2 === 0) expect(corner.share).toBe(survivalAt(six, corner.time).survival);
      else expect(corner.share).toBe(corners[i - 1].share);
    }
    expect(end.time).toBe(28);
  });

  it("a large curve in 600 steps at most, none of them off by more than a slot of time", () => {
    const horizon = 60;
    const { corners, censored } = survivalLine(many, horizon);
    expect(many.events).toBeGreaterThan(2000);
    expect(corners.length).toBeLessThanOrEqual(2 * 600 + 4);
    for (let i = 2; i < corners.length - 1; i += 2)
      expect(corners[i].share).toBe(survivalAt(many, corners[i].time).survival);
    expect(censored.length).toBeLessThanOrEqual(61);
    expect(censored.reduce((sum, { customers }) => sum + customers, 0)).toBe(many.censored);
  });

  it("nothing beyond the horizon, and nothing after the last who was seen", () => {
    const times = (spec: VegaLiteSpec) =>
      rowsOf(spec).flatMap(({ time }) => (typeof time === "number" ? [time] : []));
    expect(Math.max(...times(CHARTS["of 5,000 up to a horizon"]({})))).toBeLessThanOrEqual(36);
    const lines = rowsOf(CHARTS["beyond what was seen"]({})).filter(({ share }) => share !== undefined);
    expect(Math.max(...lines.map(({ time }) => Number(time ?? 0)))).toBe(28);
  });

  it("beside the axis' end the share, and when it was where the line ends before", () => {
    const labels = (spec: VegaLiteSpec) => rowsOf(spec).map(({ label }) => label);
    expect(labels(CHARTS["beyond what was seen"]({}))).toContain("22% at 28");
    expect(labels(CHARTS["of six"]({}))).toContain("22%");
  });

  it("where late entry empties the curve, nothing after it", () => {
    const emptied = kaplanMeier({ duration: [2, 9, 12], event: [1, 1, 0], entry: [0, 5, 5] });
    expect(emptied.emptiedAt).toBe(2);
    expect(survivalLine(emptied, 12).end).toEqual({ time: 2, share: 1 });
    expect(JSON.stringify(survivalCurveChart(emptied).title)).not.toContain("Half of them are gone");
  });

  it("numbers at risk just before each time", () => {
    expect([0, 9, 9.5, 13, 18, 28, 29].map((time) => atRiskAt(six, time))).toEqual([6, 6, 5, 5, 3, 1, 0]);
  });

  it("a band for up to three curves, an area and not a hair", async () => {
    const bands = (spec: VegaLiteSpec) =>
      spec.layer.filter((layer) => JSON.stringify(layer).includes('"area"'));
    expect(bands(CHARTS["of three plans"]({}))).toHaveLength(3);
    expect(bands(CHARTS["of eight regions"]({}))).toHaveLength(0);
    const { svg } = await rendered(CHARTS["of six"]({}));
    const path = svg.match(/mark-area[^>]*><path[^>]* d="([^"]*)"/)?.[1] ?? "";
    // There and back: two corners at each of five steps, above and below.
    expect(path.match(/[ML]/g)?.length).toBeGreaterThanOrEqual(20);
  });

  it("no band of a curve that was made without limits", () => {
    const bare = survivalCurveChart(
      kaplanMeier({ duration: [1, 2, 3], event: [1, 0, 1] }, { interval: "none" }),
    );
    expect(JSON.stringify(bare.layer)).not.toContain('"area"');
    expect(JSON.stringify(bare.title)).not.toContain("Band");
  });

  it("limits that are undefined as gaps", () => {
    const { band } = survivalLine(allGone, 5);
    expect(band.at(-1)).toEqual({ time: 5, lower: null, upper: null });
  });

  it("up to thirty-six curves, each with a look of its own that stands out from paper", () => {
    const layers = survivalCurveChart(
      Array.from({ length: 36 }, (_, i) => ({ name: `${i}`, curve: six })),
    ).layer;
    const looks = layers.flatMap((layer) => {
      const { type, color, strokeDash } = layer.mark as Record<string, unknown>;
      return type === "line" ? [{ color: String(color), strokeDash }] : [];
    });
    expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(36);
    for (const { color } of looks) expect(contrast(color, "#ffffff")).toBeGreaterThan(3);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d as horizon", (horizon) => {
    expect(() => survivalCurveChart(six, { horizon })).toThrow(/horizon is .*: pass a time above 0/);
  });

  it("refuses a locale that is none", () => {
    expect(() => survivalCurveChart(six, { locale: "not a locale" })).toThrow(RangeError);
  });
});
