import type { CustomerConcentration } from "../profitability/sorting/customer-concentration.js";
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
  thinnedNote,
} from "./cumulative-curve.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/**
 * How far is our business from being spread evenly, drawn?
 *
 * The Lorenz curve: from the smallest customer up, what share of the value they bring. The straight line is what equal customers
 * would bring; the further the curve hangs below it, the more depends on few.
 *
 * @param concentration - The result of {@link customerConcentration}; of more than 500 customers the drawing keeps 500 points.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, or without a value above zero, a frame that says so.
 * @throws RangeError when `concentration` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { customerConcentration, lorenzChart } from "clientele";
 *
 * const revenue = [600, 200, 100, 60, 40].map((value, i) => ({ customerId: `c${i + 1}`, value }));
 * lorenzChart(customerConcentration(revenue, { top: [1, 3] })).title.subtitle[0];
 * // => "The greatest customer brings 60% of the value, the greatest 3 bring 90%; we depend on them as on 2.4 equal customers."
 * ```
 */
export function lorenzChart(concentration: CustomerConcentration, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(concentration, "concentration", "customerConcentration()", ["points", "top"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { customers, base, gini, giniInterval, negative, negatives } = concentration;
  const isEmpty = customers === 0 || !(base > 0);
  const points = isEmpty ? [] : drawnPoints(concentration);
  const shares = points.map(({ share }) => share);
  const ticks = niceTicks(Math.min(0, ...shares), 1, 6);
  const margin = curveMargin(ticks, sizes, text);
  const answer = answerOf(concentration, text, options.locale);
  const interval =
    giniInterval === null
      ? ""
      : ` (${text.percent(giniInterval.confidenceLevel)} interval ${text.percent(giniInterval.lower)} to ${text.percent(giniInterval.upper)})`;
  const coefficient = gini === null ? "" : ` Gini coefficient ${text.percent(gini)}${interval}.`;
  const below =
    negative === 0 || negatives !== "positive"
      ? ""
      : ` ${counted(text, negative, "customer")} below zero ${negative === 1 ? "counts" : "count"} as zero.`;
  return chartFrame({
    sizes,
    title: options.title ?? "Lorenz curve: how unequal customers are",
    answer,
    note: `n = ${counted(text, customers, "customer")}.${coefficient}${below}${isEmpty ? "" : " Straight line: all equal."}`,
    description: `Curve of cumulative value from the smallest customer up. ${answer}${thinnedNote(points.length, customers, text)}`,
    above: isEmpty ? 0 : uprightTitleHeight(sizes),
    margin,
    height: isEmpty ? EMPTY_HEIGHT : sizes.isNarrow ? 230 : 320,
    layer: isEmpty
      ? [emptyNote(customers === 0 ? "No customers" : "No value above zero", sizes)]
      : layers(points, ticks, margin.left, text),
  });
}

/** With where the greatest begin. */
function drawnPoints({ customers, points, top }: CustomerConcentration): CurvePoint[] {
  const marks = top.map((mark) => customers - mark.customers);
  return curvePoints(customers, marks, (place) => points.columns.shareOfValue[place - 1] ?? 0);
}

function layers(
  points: readonly CurvePoint[],
  ticks: readonly number[],
  left: number,
  text: NumberText,
): JsonObject[] {
  const titles = { x: "customers, smallest first, % of all", y: "cumulative value, % of all" };
  const axes = curveAxes(titles, ticks, left, text);
  const { x, y } = axes;
  const equal = [
    { position: 0, share: 0 },
    { position: 1, share: 1 },
  ];
  return [
    {
      // Between curve and line lies what the Gini coefficient measures.
      data: { values: points.map((point) => ({ ...point, equal: point.position })) },
      mark: { type: "area", color: INK.pale },
      encoding: { x, y, y2: { field: "equal" } },
    },
    { data: { values: equal }, mark: { type: "line", color: INK.muted, strokeWidth: 1 }, encoding: { x, y } },
    curveLine(points, axes),
  ];
}

function answerOf(
  { customers, base, top, effectiveCustomers }: CustomerConcentration,
  text: NumberText,
  locale = "en-US",
): string {
  if (customers === 0) return "There are no customers.";
  if (!(base > 0)) return "The values do not add up to more than zero.";
  const asked = new Map(top.map((mark) => [mark.customers, mark.share.value]));
  const parts = [...asked]
    .filter(([count]) => count < customers)
    .sort(([a], [b]) => a - b)
    .slice(0, 3)
    .map(([count, share], i) => {
      const who = count === 1 ? "greatest customer brings" : `greatest ${text.count(count)} bring`;
      return `the ${who} ${text.percent(share)}${i === 0 ? " of the value" : ""}`;
    });
  if (effectiveCustomers !== null) {
    const digits = effectiveCustomers < 100 ? 1 : 0;
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(
      effectiveCustomers,
    );
    const equal = `we depend on them as on ${number} equal customers`;
    const said = parts.join(", ");
    return parts.length === 0
      ? `${upperFirst(equal.replace("them", `${counted(text, customers, "customer")}`))}.`
      : `${upperFirst(said)}; ${equal}.`;
  }
  return parts.length === 0
    ? `The values of ${counted(text, customers, "customer")} from the smallest up.`
    : `${upperFirst(parts.join(", "))}.`;
}

function upperFirst(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
