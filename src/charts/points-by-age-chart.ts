import type { MonthBand, PointsByAge } from "../loyalty/liability/points-by-age.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  widest,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { legendOf } from "./movement-bars.js";
import { dayIn, type NumberText, numberText } from "./number-text.js";
import { boxLayer, ruleLayer, textLayer } from "./pixel-layers.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

const EDGE = 4;
const SOON = "#8c3e06";
/** From the soonest lapse on: lighter the later. */
const FILLS: readonly string[] = ["#dd9a63", "#a9cbe0", "#dbe9f2", "#eef4f8"];

/**
 * How old are the points that members have, and how soon do they lapse?
 *
 * A bar for each age, as long as its points, in parts by the time to their lapse.
 *
 * @param points - The result of {@link pointsByAge}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without points, a frame that says so.
 * @throws RangeError when `points` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { pointsByAge, pointsByAgeChart } from "clientele";
 *
 * const lots = [
 *   { points: 300, issuedAt: Date.UTC(2025, 4, 1), expiresAt: Date.UTC(2025, 7, 1) },
 *   { points: 100, issuedAt: Date.UTC(2023, 6, 1), expiresAt: null },
 * ];
 * pointsByAgeChart(pointsByAge(lots, { asOf: "2025-07-01" }), { width: 1000 }).title.subtitle[0];
 * // => "400 points are outstanding: 75% lapse within 3 months, 25% never; 25% are 24 months old or more."
 * ```
 */
export function pointsByAgeChart(points: PointsByAge, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(points, "points", "pointsByAge()", ["ages", "expiries", "cells"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { total, asOf, timeZone, pointType } = points;
  const type = pointType === null ? "" : ` Points of type ${pointType}.`;
  const answer = answerOf(points, text);
  const drawing =
    total === 0
      ? {
          above: 0,
          margin: { left: EDGE, top: 8, right: EDGE, bottom: EDGE },
          height: EMPTY_HEIGHT,
          layer: [emptyNote("No points outstanding", sizes)],
        }
      : bars(points, sizes, text);
  return chartFrame({
    sizes,
    title: options.title ?? "Points by age and time to their lapse",
    answer,
    note: `n = ${text.count(total)} ${total === 1 ? "point" : "points"}.${type} As of ${dayIn(timeZone, asOf)}.`,
    description: `Bars of points by age, in parts by time to the lapse. ${answer}`,
    ...drawing,
  });
}

function answerOf({ total, ages, expiries }: PointsByAge, text: NumberText): string {
  if (total === 0) return "No points are outstanding.";
  const [soonest] = expiries;
  const never = expiries[expiries.length - 1].points;
  const oldest = ages.reduce((last, { points }, i) => (points > 0 ? i : last), 0);
  const share = (part: number) => text.percent(part / total);
  const lapses = soonest.to === null ? [] : [`${share(soonest.points)} lapse within ${months(soonest.to)}`];
  const parts = [
    ...lapses,
    ...(never > 0 ? [`${share(never)} never${lapses.length === 0 ? " lapse" : ""}`] : []),
  ];
  const { from, to, points } = ages[oldest];
  const old = to === null ? `${months(from)} old or more` : `${from} to ${months(to)} old`;
  const oldPart = from === 0 ? "" : `; ${share(points)} are ${old}`;
  const are = total === 1 ? "point is" : "points are";
  return `${text.count(total)} ${are} outstanding${parts.length === 0 ? "" : `: ${parts.join(", ")}`}${oldPart}.`;
}

function months(count: number): string {
  return `${count} ${count === 1 ? "month" : "months"}`;
}

function bandName({ from, to }: MonthBand): string {
  if (to === null) return from === 0 ? "all" : `from ${months(from)}`;
  return from === 0 ? `under ${months(to)}` : `${from} to ${months(to)}`;
}

function bars({ ages, expiries, cells, total }: PointsByAge, sizes: ChartSizes, text: NumberText) {
  const names = ages.map((band) => bandName(band));
  const looks = expiries.map(({ from, to }, i) => {
    const isNever = from === null;
    const name = isNever ? "never lapse" : `lapse ${lapseName({ from, to })}`;
    const fill = isNever ? "#ffffff" : i === 0 ? SOON : FILLS[Math.min(i - 1, FILLS.length - 1)];
    return { name, fill, edge: isNever ? INK.muted : i < 2 ? SOON : INK.middle };
  });
  const used = looks.filter((_, i) => expiries[i].points > 0);
  const amounts = ages.map(({ points }) => `${text.count(points)} (${text.percent(points / total)})`);
  const left = EDGE + widest(names, sizes.label) + 10;
  const right = widest(amounts, sizes.label) + 10 + EDGE;
  const width = sizes.total - left - right;
  const row = sizes.isNarrow ? 28 : 34;
  const size = { width, height: ages.length * row };
  const most = Math.max(...ages.map(({ points }) => points));
  const ends = ages.map(() => 0);
  const { age, expiry, points } = cells.columns;
  const boxes = points.map((value, i) => {
    const start = ends[age[i]];
    ends[age[i]] = start + value;
    return {
      left: (start / most) * width,
      right: ((start + value) / most) * width,
      top: age[i] * row + row * 0.17,
      bottom: (age[i] + 1) * row - row * 0.17,
      ...looks[expiry[i]],
      age: names[age[i]],
      points: text.count(value),
    };
  });
  const legend = legendOf(used, sizes.total, left, sizes.label);
  const middle = (i: number) => (i + 0.5) * row;
  return {
    above: legend.height,
    margin: { left, top: legend.height + 10, right, bottom: 8 },
    height: size.height,
    layer: [
      boxLayer(size, boxes, { strokeWidth: 1 }, ["age", "name", "points"]),
      ruleLayer(size, [{ x: 0, x2: 0, y: 0, y2: size.height }], { color: "#9aa5b1" }),
      textLayer(
        size,
        names.map((name, i) => ({ x: EDGE - left, y: middle(i), text: name, ink: INK.text })),
        { align: "left" },
      ),
      textLayer(
        size,
        amounts.map((amount, i) => ({ x: width + right - EDGE, y: middle(i), text: amount, ink: INK.text })),
        { align: "right" },
      ),
      boxLayer(size, legend.boxes, { strokeWidth: 1 }),
      textLayer(size, legend.texts, { align: "left" }),
    ],
  };
}

function lapseName({ from, to }: { readonly from: number | null; readonly to: number | null }): string {
  if (to === null) return from === 0 ? "some day" : `in ${months(from ?? 0)} or later`;
  return from === 0 ? `within ${months(to)}` : `in ${from} to ${months(to)}`;
}
