import type { ParetoCurve } from "../segmentation/pareto-curve.js";
import {
  chartFrame,
  chartSizes,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  niceTicks,
  uprightTitleHeight,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import {
  type CurvePoint,
  curveAxes,
  curveLine,
  curveMargin,
  curvePoints,
  drawable,
  thinnedNote,
} from "./cumulative-curve.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

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
 * @throws RangeError when `curve` is no such result, or `locale` is no BCP 47 language tag.
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
  assertResult(curve, "curve", "paretoCurve()", ["points", "reach", "rules"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const isEmpty = curve.customers === 0 || !(curve.base > 0);
  const answer = answerOf(curve, text);
  const points = isEmpty ? [] : drawnPoints(curve);
  const shares = points.map(({ share }) => share);
  const ticks = niceTicks(Math.min(0, ...shares), Math.max(1, ...shares), 6);
  const margin = curveMargin(ticks, sizes, text);
  const gini = curve.gini === null ? "" : `, Gini coefficient ${text.percent(curve.gini)}`;
  return chartFrame({
    sizes,
    title: options.title ?? "Pareto curve: how few bring most",
    answer,
    note: `n = ${counted(text, curve.customers, "customer")}${gini}. Straight line: all equal.`,
    description: `Curve of cumulative value from the greatest down. ${answer}${thinnedNote(points.length, curve.customers, text)}`,
    above: isEmpty ? 0 : uprightTitleHeight(sizes),
    margin,
    height: isEmpty ? EMPTY_HEIGHT : sizes.isNarrow ? 230 : 320,
    layer: isEmpty
      ? [emptyNote(curve.customers === 0 ? "No customers" : "Nobody has a value above zero", sizes)]
      : layers(curve, points, ticks, margin.left, text),
  });
}

function drawnPoints({ customers, points, reach }: ParetoCurve): CurvePoint[] {
  const marks = reach.map((mark) => mark.customers ?? 0);
  return curvePoints(customers, marks, (rank) => points.columns.shareOfValue[rank - 1] ?? 0);
}

function layers(
  curve: ParetoCurve,
  points: readonly CurvePoint[],
  ticks: readonly number[],
  left: number,
  text: NumberText,
): JsonObject[] {
  const of = curve.rules.negatives === "net" ? "value" : "positive value";
  const hasNegative = (curve.points.columns.value.at(-1) ?? 0) < 0;
  const axes = curveAxes(
    {
      x: "customers, greatest value first, % of all",
      y: `cumulative value, % of ${hasNegative ? `all ${of}` : "all"}`,
    },
    ticks,
    left,
    text,
  );
  const { x, y } = axes;
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
    curveLine(points, axes),
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
