import type { ParetoCurve } from "../segmentation/pareto-curve.js";
import {
  axisTicks,
  chartFrame,
  chartSizes,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  niceTicks,
  uprightTitle,
  uprightTitleHeight,
  widest,
} from "./chart-frame.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** A curve of more customers is thinned to this many points for drawing. */
const MOST_POINTS = 500;

/**
 * How few of the customers bring most of the value, drawn?
 *
 * The running sum of values as a share of the whole, from the greatest value down, with a dashed step for each share that
 * the curve was asked for. The straight line is what equal customers would bring.
 *
 * @param curve - The result of {@link paretoCurve}; of more than 500 customers the drawing keeps 500 points, among them the
 * marked ones, and the description says so.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, or without a value above zero, a frame that says so.
 * @throws RangeError when `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { paretoChart, paretoCurve } from "clientele";
 *
 * const curve = paretoCurve([60, 20, 10, 6, 4].map((value, i) => ({ customerId: `c${i + 1}`, value })));
 * paretoChart(curve).title.subtitle[0];
 * // => "20% of the customers (1 of 5) bring 50% of the value, 40% (2) bring 80%, 80% (4) bring 95%."
 * ```
 */
export function paretoChart(curve: ParetoCurve, options: ChartOptions = {}): VegaLiteSpec {
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const isEmpty = curve.customers === 0 || !(curve.base > 0);
  const answer = answerOf(curve, text);
  const points = isEmpty ? [] : drawnPoints(curve);
  const shares = points.map(({ share }) => share);
  const ticks = niceTicks(Math.min(0, ...shares), Math.max(1, ...shares), 6);
  const margin = { left: widest(ticks.map(text.tick), sizes.label) + 14, top: 30, right: 16, bottom: 40 };
  const thinned =
    curve.customers > MOST_POINTS
      ? ` Drawn with ${text.count(points.length)} points of ${text.count(curve.customers)}.`
      : "";
  const gini = curve.gini === null ? "" : `, Gini coefficient ${text.percent(curve.gini)}`;
  return chartFrame({
    sizes,
    title: options.title ?? "Pareto curve: how few bring most",
    answer,
    note: `n = ${counted(text, curve.customers, "customer")}${gini}. Straight line: all equal.`,
    description: `Curve of cumulative value from the greatest down. ${answer}${thinned}`,
    above: isEmpty ? 0 : uprightTitleHeight(sizes),
    margin,
    height: isEmpty ? EMPTY_HEIGHT : sizes.isNarrow ? 230 : 320,
    layer: isEmpty
      ? [emptyNote(curve.customers === 0 ? "No customers" : "Nobody has a value above zero", sizes)]
      : layers(curve, points, ticks, margin.left, text),
  });
}

type DrawnPoint = { readonly customers: number; readonly position: number; readonly share: number };

/** To a millionth: far below a pixel, and half the bytes. */
function drawable(share: number): number {
  return Number(share.toFixed(6));
}

/** The origin, and every customer or an even choice of them with the ends and the marks. */
function drawnPoints({ customers, points, reach }: ParetoCurve): DrawnPoint[] {
  const ranks = new Set([0, customers, ...reach.map((mark) => mark.customers ?? 0)]);
  const even = customers <= MOST_POINTS ? customers : MOST_POINTS - ranks.size;
  for (let i = 1; i <= even; i++) ranks.add(Math.round((i * customers) / even));
  return [...ranks]
    .sort((a, b) => a - b)
    .map((rank) => ({
      customers: rank,
      position: drawable(rank / customers),
      share: rank === 0 ? 0 : drawable(points.columns.shareOfValue[rank - 1] ?? 0),
    }));
}

function layers(
  curve: ParetoCurve,
  points: readonly DrawnPoint[],
  ticks: readonly number[],
  left: number,
  text: NumberText,
): JsonObject[] {
  const x: JsonObject = {
    field: "position",
    type: "quantitative",
    scale: { domain: [0, 1], nice: false },
    axis: {
      title: "customers, greatest value first, % of all",
      titlePadding: 6,
      ...axisTicks([0, 0.2, 0.4, 0.6, 0.8, 1], text.tick),
      labelFlush: true,
      grid: false,
      tickSize: 4,
    },
  };
  const of = curve.rules.negatives === "net" ? "value" : "positive value";
  const hasNegative = (curve.points.columns.value.at(-1) ?? 0) < 0;
  const y: JsonObject = {
    field: "share",
    type: "quantitative",
    scale: { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], nice: false },
    axis: {
      ...uprightTitle(`cumulative value, % of ${hasNegative ? `all ${of}` : "all"}`, left),
      ...axisTicks(ticks, text.tick),
      domain: false,
      ticks: false,
      labelPadding: 6,
    },
  };
  const marks = curve.reach.map(({ share, customers }) => ({
    share,
    position: drawable((customers ?? 0) / curve.customers),
  }));
  const steps = marks.flatMap(({ share, position }) => [
    { position: 0, end: position, share, low: share },
    { position, end: position, share, low: 0 },
  ]);
  return [
    {
      data: { values: points },
      mark: { type: "area", color: INK.pale },
      encoding: { x, y, y2: { datum: 0 } },
    },
    {
      data: {
        values: [
          { position: 0, share: 0 },
          { position: 1, share: 1 },
        ],
      },
      mark: { type: "line", color: "#9aa5b1", strokeWidth: 1 },
      encoding: { x, y },
    },
    {
      data: { values: steps },
      mark: { type: "rule", color: INK.muted, strokeDash: [4, 3] },
      encoding: { x, x2: { field: "end" }, y, y2: { field: "low" } },
    },
    {
      data: { values: points },
      mark: { type: "line", color: INK.strong, strokeWidth: 2.5 },
      encoding: {
        x,
        y,
        tooltip: ["customers", "position", "share"].map((field) => ({ field, type: "quantitative" })),
      },
    },
    {
      data: { values: marks },
      mark: { type: "point", filled: true, color: INK.strong, size: 60, opacity: 1 },
      encoding: { x, y },
    },
  ];
}

function answerOf({ customers, base, reach, rules }: ParetoCurve, text: NumberText): string {
  if (customers === 0) return "There are no customers.";
  if (!(base > 0))
    return rules.negatives === "net"
      ? "The values do not add up to more than zero."
      : "Nobody has a value above zero.";
  if (reach.length === 0)
    return `The values of ${counted(text, customers, "customer")} from the greatest down.`;
  const parts = reach.map(({ share, customers: few, shareOfCustomers }, i) => {
    const who = text.percent(shareOfCustomers.value);
    const number = text.count(few ?? 0);
    return i === 0
      ? `${who} of the customers (${number} of ${text.count(customers)}) bring ${text.percent(share)} of the value`
      : `${who} (${number}) bring ${text.percent(share)}`;
  });
  return `${parts.join(", ")}.`;
}
