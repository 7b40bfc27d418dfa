import { axisTicks, type ChartSizes, INK, uprightTitle, widest } from "./chart-frame.js";
import type { NumberText } from "./number-text.js";
import type { JsonObject } from "./vega-lite-spec.js";

// What whale, Pareto and Lorenz curve share: customers in an order to the right, a running sum upwards.

/** A curve of more customers is thinned to this many points for drawing. */
const MOST_POINTS = 500;

/** A point of a cumulative curve: so many customers, as a share of all, bring that share. @internal */
export type CurvePoint = {
  readonly customers: number;
  readonly position: number;
  readonly share: number;
};

/** To a millionth: far below a pixel, and half the bytes. @internal */
export function drawable(share: number): number {
  return Number(share.toFixed(6));
}

/** The origin, and every customer or an even choice of them with the ends and the marks. @internal */
export function curvePoints(
  customers: number,
  marks: readonly number[],
  shareOf: (customers: number) => number,
): CurvePoint[] {
  const places = new Set([0, customers, ...marks]);
  const even = customers <= MOST_POINTS ? customers : Math.max(2, MOST_POINTS - places.size);
  for (let i = 1; i <= even; i++) places.add(Math.round((i * customers) / even));
  return [...places]
    .sort((a, b) => a - b)
    .map((place) => ({
      customers: place,
      position: customers === 0 ? 0 : drawable(place / customers),
      share: place === 0 ? 0 : drawable(shareOf(place)),
    }));
}

/** What the description says of a thinned curve. @internal */
export function thinnedNote(drawn: number, customers: number, text: NumberText): string {
  return customers > MOST_POINTS
    ? ` Drawn with ${text.count(drawn)} points of ${text.count(customers)}.`
    : "";
}

/** Margins around a curve with these ticks. @internal */
export function curveMargin(ticks: readonly number[], sizes: ChartSizes, text: NumberText) {
  return { left: widest(ticks.map(text.tick), sizes.label) + 14, top: 30, right: 16, bottom: 40 };
}

/** The two axes, as encodings of `position` and `share`. @internal */
export function curveAxes(
  titles: { readonly x: string; readonly y: string },
  ticks: readonly number[],
  left: number,
  text: NumberText,
): { x: JsonObject; y: JsonObject } {
  return {
    x: {
      field: "position",
      type: "quantitative",
      scale: { domain: [0, 1], nice: false },
      axis: {
        title: titles.x,
        titlePadding: 6,
        ...axisTicks([0, 0.2, 0.4, 0.6, 0.8, 1], text.tick),
        labelFlush: true,
        grid: false,
        tickSize: 4,
      },
    },
    y: {
      field: "share",
      type: "quantitative",
      scale: { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], nice: false },
      axis: {
        ...uprightTitle(titles.y, left),
        ...axisTicks(ticks, text.tick),
        domain: false,
        ticks: false,
        labelPadding: 6,
      },
    },
  };
}

/** The curve itself, with what a point says when pointed at. @internal */
export function curveLine(points: readonly CurvePoint[], { x, y }: ReturnType<typeof curveAxes>): JsonObject {
  const tooltip = ["customers", "position", "share"].map((field) => ({ field, type: "quantitative" }));
  return {
    data: { values: points },
    mark: { type: "line", color: INK.strong, strokeWidth: 2.5 },
    encoding: { x, y, tooltip },
  };
}
