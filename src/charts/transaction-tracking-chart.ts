import type { TrackedTotal, TransactionTracking } from "../lifetime/evaluation/track-transactions.js";
import {
  axisTicks,
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  niceTicks,
  uprightTitle,
  uprightTitleHeight,
  widest,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { MODEL_NAMES } from "./lifetime-words.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { ownColor } from "./pixel-layers.js";
import { spreadOut } from "./spread-out.js";
import { textWidth } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a tracking plot is drawn. */
export interface TransactionTrackingChartOptions extends ChartOptions {
  /** `"incremental"` (default): purchases of each period. `"cumulative"`: all to its end. */
  readonly measure?: "incremental" | "cumulative";
}

/**
 * Do repeat purchases go on as the model has it, drawn?
 *
 * A solid line of what came and a dashed one of what the model expected; an upright line parts what the model had learnt from
 * and the time after it.
 *
 * @param tracking - The result of {@link trackTransactions}. A last period that is not over has no increment here.
 * @param options - `measure`, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, a frame that says so.
 * @throws RangeError when `tracking` is no such result, `measure` is neither, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { trackTransactions, transactionLog, transactionTrackingChart } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-01", amount: 500 },
 *     { customerId: "ani", at: "2024-01-09", amount: 700 },
 *     { customerId: "ani", at: "2024-01-16", amount: 700 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const parameters = { r: 2, alpha: 2, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const tracking = trackTransactions(model, log, { through: "2024-01-14", until: "2024-01-28", by: "week" });
 * transactionTrackingChart(tracking, { measure: "cumulative" }).title.subtitle[0];
 * // => "After 2024-01-14, 1 repeat purchase came and 1 was expected."
 * ```
 */
export function transactionTrackingChart(
  tracking: TransactionTracking,
  options: TransactionTrackingChartOptions = {},
): VegaLiteSpec {
  assertResult(tracking, "tracking", "trackTransactions()", ["periods", "calibration", "holdout"]);
  const sizes = chartSizes(options);
  const { measure = "incremental" } = options;
  if (measure !== "incremental" && measure !== "cumulative")
    throw new RangeError(`measure is ${String(measure)}: pass "incremental" or "cumulative"`);
  const text = numberText(options.locale);
  const { periods, customers, through, until } = tracking;
  const isCumulative = measure === "cumulative";
  const points = pointsOf(tracking, isCumulative);
  const isEmpty = points.length === 0;
  const height = isEmpty ? EMPTY_HEIGHT : sizes.isNarrow ? 220 : 280;
  const most = points.reduce((high, { actual, expected }) => Math.max(high, actual, expected), 0);
  // Room above the lines for the names of the two phases.
  const ticks = niceTicks(0, 1.1 * (most || 1), 6);
  const ends = isEmpty ? [] : endLabels(points, ticks, height, sizes, text);
  const margin = {
    left: widest(ticks.map(text.count), sizes.label) + 14,
    top: 30,
    right:
      widest(
        ends.map(({ label }) => label),
        sizes.label,
        true,
      ) + 14,
    bottom: 40,
  };
  const answer = customers === 0 ? "There are no customers." : answerOf(tracking, text);
  const cut =
    !isCumulative && points.length < periods.length
      ? ` ${periods.columns.period.at(-1)} is not over and left out.`
      : "";
  return chartFrame({
    sizes,
    title: options.title ?? (isCumulative ? "Repeat purchases so far" : "Repeat purchases by period"),
    answer,
    note: `n = ${counted(text, customers, "customer")} who first bought by ${through}, followed to ${until}. Model: ${MODEL_NAMES[tracking.model]}.${cut}`,
    description: `Lines of actual and expected ${isCumulative ? "cumulative " : ""}repeat purchases over ${counted(text, points.length, "period")}. ${answer}`,
    above: isEmpty ? 0 : uprightTitleHeight(sizes),
    margin,
    height,
    layer: isEmpty
      ? [emptyNote(customers === 0 ? "No customers" : "No period is over", sizes)]
      : layers(points, ticks, ends, drawingWidth(sizes, margin), margin.left, sizes, text, isCumulative),
  });
}

interface Point {
  readonly period: string;
  readonly phase: string;
  readonly actual: number;
  readonly expected: number;
}

const LINES = [
  { name: "actual", color: INK.line, dash: [1, 0] },
  { name: "expected", color: "#b3541e", dash: [6, 3] },
] as const;

const MOST_DOTS = 120;

function pointsOf({ periods }: TransactionTracking, isCumulative: boolean): Point[] {
  const { period, phase, isOver, actual, expected, cumulativeActual, cumulativeExpected } = periods.columns;
  return period.flatMap((label, i) =>
    isCumulative
      ? [{ period: label, phase: phase[i], actual: cumulativeActual[i], expected: cumulativeExpected[i] }]
      : isOver[i]
        ? [{ period: label, phase: phase[i], actual: actual[i], expected: expected[i] }]
        : [],
  );
}

function layers(
  points: readonly Point[],
  ticks: readonly number[],
  ends: readonly EndLabel[],
  width: number,
  left: number,
  sizes: ChartSizes,
  text: NumberText,
  isCumulative: boolean,
): JsonObject[] {
  const labels = points.map(({ period }) => period);
  const room = Math.max(1, Math.floor(width / (widest(labels, sizes.label) + 14)));
  const step = Math.ceil(labels.length / room);
  const shown = labels.map((_, i) => i).filter((i) => (labels.length - 1 - i) % step === 0);
  const x: JsonObject = {
    field: "place",
    type: "quantitative",
    scale: { domain: [-0.5, points.length - 0.5], nice: false, zero: false },
    axis: {
      title: "period",
      titlePadding: 6,
      ...axisTicks(shown, (i) => labels[i]),
      labelFlush: false,
      grid: false,
      tickSize: 4,
    },
  };
  const y: JsonObject = {
    field: "value",
    type: "quantitative",
    scale: { domain: [0, ticks[ticks.length - 1]], nice: false },
    axis: {
      ...uprightTitle(isCumulative ? "repeat purchases so far" : "repeat purchases in a period", left),
      ...axisTicks(ticks, text.count),
      domain: false,
      ticks: false,
      labelPadding: 6,
    },
  };
  const tooltip = ["period", "phase", "actual", "expected"].map((field) => ({ field, type: "nominal" }));
  return [
    ...borderLayers(points, x, width, sizes),
    ...LINES.map(({ name, color, dash }) => ({
      data: {
        values: points.map((point, place) => ({ place, value: Number(point[name].toFixed(4)) })),
      },
      mark: {
        type: "line",
        color,
        strokeDash: dash,
        strokeWidth: 2,
        ...(points.length === 1 && { point: { color } }),
      },
      encoding: { x, y },
    })),
    {
      data: {
        values: points.map((point, place) => ({
          ...{ place, period: point.period, phase: point.phase, value: point.actual },
          actual: text.count(point.actual),
          expected: text.count(point.expected),
        })),
      },
      // Too many dots would hide the line; they still answer to the pointer.
      mark: {
        type: "point",
        filled: true,
        color: INK.line,
        opacity: points.length > MOST_DOTS ? 0 : 1,
        size: points.length > 40 ? 10 : 26,
      },
      encoding: { x, y, tooltip },
    },
    {
      data: { values: ends.map(({ at, label, ink }) => ({ at, label, ink })) },
      mark: { type: "text", align: "left", baseline: "middle", dx: 8, fontWeight: 600 },
      encoding: {
        x: { value: "width" },
        y: { ...y, field: "at" },
        text: { field: "label", type: "nominal" },
        color: ownColor("ink"),
      },
    },
  ];
}

/** Where the model had learnt to: between two periods, or in the middle of the one in which it was. */
function borderLayers(
  points: readonly Point[],
  x: JsonObject,
  width: number,
  sizes: ChartSizes,
): JsonObject[] {
  const seen = points.filter(({ phase }) => phase === "calibration").length;
  const isInside = points[seen]?.phase === "both";
  if (seen === points.length || (seen === 0 && !isInside)) return [];
  const place = seen - 0.5 + (isInside ? 0.5 : 0);
  const at = ((place + 0.5) / points.length) * width;
  const names = [
    { name: "calibration", align: "right", dx: -6, room: at },
    { name: "holdout", align: "left", dx: 6, room: width - at },
  ].filter(({ name, room }) => textWidth(name, sizes.label) + 10 <= room);
  return [
    {
      data: { values: [{ place }] },
      mark: { type: "rule", color: INK.muted, strokeWidth: 1 },
      encoding: { x },
    },
    ...names.map(({ name, align, dx }) => ({
      data: { values: [{ place, name }] },
      mark: { type: "text", align, baseline: "middle", dx, color: INK.muted },
      encoding: { x, y: { value: 8 }, text: { field: "name", type: "nominal" } },
    })),
  ];
}

interface EndLabel {
  readonly at: number;
  readonly label: string;
  readonly ink: string;
}

/** The last value and the name of each line beside its end, pushed apart where they end close together. */
function endLabels(
  points: readonly Point[],
  ticks: readonly number[],
  height: number,
  sizes: ChartSizes,
  text: NumberText,
): EndLabel[] {
  const top = ticks[ticks.length - 1];
  const last = points[points.length - 1];
  const places = spreadOut(
    LINES.map(({ name }) => (last[name] / top) * height),
    sizes.label * 1.35,
    0,
    height,
  );
  return LINES.map(({ name, color }, i) => ({
    at: (places[i] / height) * top,
    label: `${text.count(last[name])} ${name}`,
    ink: color,
  }));
}

function answerOf({ holdout, calibration, through, until }: TransactionTracking, text: NumberText): string {
  if (through === until)
    return `By ${through}, ${came(calibration, text)}. Nothing was held out: this is what the model was fitted to.`;
  return `After ${through}, ${came(holdout, text)}.`;
}

function came({ actual, expected, ratio }: TrackedTotal, text: NumberText): string {
  const few = Math.round(expected) === 1 ? "was" : "were";
  const both = `${counted(text, actual, "repeat purchase")} came and ${text.count(expected)} ${few} expected`;
  const off = (ratio.value ?? 1) - 1;
  if (Math.round(expected) === actual) return both;
  return `${both}${ratio.value === null ? "" : ` (${text.percent(Math.abs(off))} too ${off < 0 ? "few" : "many"})`}`;
}
