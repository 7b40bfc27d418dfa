import type { Rate } from "../core/rate.js";
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
import { assertResults } from "./chart-input.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { groupRetentionAnswer, retentionAnswer, retentionNote } from "./retention-answer.js";
import {
  type GroupablePeriodRetention,
  lastKnown,
  type RetentionLine,
  type RetentionMeasure,
  retentionLines,
} from "./retention-lines.js";
import { shortened } from "./shortened.js";
import { spreadOut } from "./spread-out.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** How retention over time is drawn. */
export interface RetentionChartOptions extends ChartOptions {
  /**
   * Which rate of each group of {@link retentionSeriesByGroup} to draw, a line each and one for all customers. Default: the
   * three rates of all customers, whether or not there are groups.
   */
  readonly groups?: RetentionMeasure;
}

/**
 * How does retention develop, by customers, by their sales and by their profit?
 *
 * Three lines that differ in dash and point shape, with gaps where a rate is undefined, and a band for the confidence
 * interval of the raw rate. The sentence above says what became of the last period's customers.
 *
 * With `groups`, one rate of all customers and of each group instead, and no bands: they would cover each other.
 *
 * @param series - The result of {@link retentionSeries} or {@link retentionSeriesByGroup}.
 * @param options - `groups`, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; with an empty series, a frame that says so.
 * @throws RangeError when `series` is no such result, `groups` is given for a series without them, or `locale` is no BCP 47 language
 * tag.
 * @example
 * ```ts
 * import { retentionChart, retentionSeries, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 900 },
 *     { customerId: "budi", at: "2024-01-31", amount: 100 },
 *     { customerId: "ani", at: "2024-02-29", amount: 500 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const chart = retentionChart(retentionSeries(log, { asOf: "2024-03-01", by: "month" }), { width: 640 });
 * chart.width + chart.padding.left + chart.padding.right; // => 640
 * chart.title.subtitle[0];
 * // => "50% of the customers of 2024-01 bought again in 2024-02; they had brought 90% of its sales."
 * ```
 */
export function retentionChart(
  series: readonly GroupablePeriodRetention[],
  options: RetentionChartOptions = {},
): VegaLiteSpec {
  assertResults(series, "series", "rates by period, the result of retentionSeries()", [
    "raw",
    "salesAdjusted",
    "profitAdjusted",
  ]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { groups } = options;
  const lines = retentionLines(series, groups);
  const ticks = valueTicks(lines);
  // Names at the ends of many lines stand below each other.
  const height =
    lines.length === 0
      ? EMPTY_HEIGHT
      : Math.max(sizes.isNarrow ? 220 : 280, Math.ceil(lines.length * sizes.label * 1.35));
  const ends = endLabels(series, lines, ticks, height, sizes, text);
  const margin = {
    left: widest(ticks.map(text.tick), sizes.label) + 14,
    top: 30,
    right:
      widest(
        ends.map((end) => end.text),
        sizes.label,
        true,
      ) + 16,
    bottom: 40,
  };
  const answer =
    groups === undefined ? retentionAnswer(series, text) : groupRetentionAnswer(series, lines, groups, text);
  return chartFrame({
    sizes,
    title: options.title ?? "Customer retention over time",
    answer,
    note: retentionNote(series, groups === undefined, text),
    description: `Line chart of customer retention over ${counted(text, series.length, "pair")} of consecutive periods${lines.length === 0 ? "" : `, ${lines.map((line) => line.name).join(", ")}`}. ${answer}`,
    above: lines.length > 0 ? uprightTitleHeight(sizes) : 0,
    margin,
    height,
    layer:
      lines.length === 0
        ? [emptyNote("No two complete periods with customers", sizes)]
        : layers(
            series,
            lines,
            groups === undefined,
            ticks,
            ends,
            sizes,
            drawingWidth(sizes, margin),
            margin.left,
            text,
          ),
  });
}

interface EndLabel {
  readonly name: string;
  readonly at: number;
  readonly text: string;
}

function layers(
  series: readonly GroupablePeriodRetention[],
  lines: readonly RetentionLine[],
  hasBand: boolean,
  ticks: readonly number[],
  ends: readonly EndLabel[],
  sizes: ChartSizes,
  width: number,
  left: number,
  text: NumberText,
): JsonObject[] {
  const periods = series.map((point) => point.current.label);
  const x: JsonObject = {
    field: "period",
    type: "ordinal",
    sort: null,
    scale: { type: "point", padding: 0.3, domain: periods },
    axis: {
      title: "period, each compared with the one before",
      titlePadding: 6,
      labelAngle: 0,
      values: fittingLabels(periods, width, sizes),
      tickSize: 4,
      grid: false,
    },
  };
  const scale = { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], nice: false, zero: false };
  const y: JsonObject = {
    field: "value",
    type: "quantitative",
    scale,
    axis: {
      ...uprightTitle("retained, % of the previous period", left),
      ...axisTicks(ticks, text.tick),
      domain: false,
      ticks: false,
      labelPadding: 6,
    },
  };
  const names = lines.map((line) => line.name);
  const look = (channel: "color" | "dash" | "shape"): JsonObject => ({
    field: "measure",
    type: "nominal",
    scale: { domain: names, range: lines.map((line) => line[channel]) },
    legend: null,
  });
  // Many points would hide the dashes: shapes then stand on some of them only.
  const every = Math.ceil(series.length / 24);
  const values = lines.flatMap(({ name, rates }) =>
    series.map((point, i) => ({
      period: point.current.label,
      previous: point.previous.label,
      measure: name,
      value: rates[i].value,
      percent: text.percent(rates[i].value),
      numerator: rates[i].numerator,
      denominator: rates[i].denominator,
      marked: i % every === 0 || i === series.length - 1 || isAlone(rates, i),
    })),
  );
  const tooltip = ["period", "previous", "measure", "percent", "numerator", "denominator"].map((field) => ({
    field,
    type: "nominal",
  }));
  const band: JsonObject[] = [
    {
      data: {
        values: series.map((point) => ({
          period: point.current.label,
          lower: point.rawInterval?.lower ?? null,
          upper: point.rawInterval?.upper ?? null,
        })),
      },
      mark: { type: "area", color: INK.band, opacity: 0.7, invalid: "break-paths-show-domains" },
      encoding: {
        x,
        y: { ...y, field: "lower" },
        y2: { field: "upper" },
      },
    },
  ];
  return [
    ...(hasBand ? band : []),
    {
      data: { values },
      mark: { type: "line", strokeWidth: 2, invalid: "break-paths-show-domains" },
      encoding: { x, y, color: look("color"), strokeDash: look("dash") },
    },
    {
      data: { values: values.filter((row) => row.marked && row.value !== null) },
      mark: { type: "point", filled: true, opacity: 1, size: sizes.isNarrow ? 36 : 52 },
      encoding: { x, y, color: look("color"), shape: look("shape"), tooltip },
    },
    {
      data: { values: ends.map(({ name, at, text: label }) => ({ measure: name, at, label })) },
      mark: { type: "text", align: "left", baseline: "middle", dx: 10, fontWeight: 600 },
      encoding: {
        x: { value: "width" },
        y: { field: "at", type: "quantitative", scale },
        text: { field: "label", type: "nominal" },
        color: look("color"),
      },
    },
  ];
}

/** From 0 to 100 %, or as far as a profit-adjusted rate goes beyond. */
function valueTicks(lines: readonly RetentionLine[]): number[] {
  const values = lines.flatMap(({ rates }) => rates.map(({ value }) => value ?? 0));
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  return niceTicks(
    low,
    values.reduce((most, value) => Math.max(most, value), 1),
    6,
  );
}

/** A name and the last value at the end of each line, with its period where the line ends earlier; pushed apart where lines end close together. */
function endLabels(
  series: readonly GroupablePeriodRetention[],
  lines: readonly RetentionLine[],
  ticks: readonly number[],
  height: number,
  sizes: ChartSizes,
  text: NumberText,
): EndLabel[] {
  const low = ticks[0] ?? 0;
  const range = (ticks.at(-1) ?? 1) - low;
  const ends = lines.flatMap(({ name, rates }) => {
    const last = lastKnown(rates);
    const value = rates[last]?.value ?? null;
    if (value === null) return [];
    const period = last === series.length - 1 ? "" : ` (${series[last].current.label})`;
    return [{ name, value, period }];
  });
  const places = spreadOut(
    ends.map(({ value }) => ((value - low) / range) * height),
    sizes.label * 1.35,
    0,
    height,
  );
  return ends.map(({ name, value, period }, i) => ({
    name,
    at: low + (places[i] / height) * range,
    text: `${text.percent(value)} ${shortened(name, 0.25 * sizes.total, sizes.label, true)}${period}`,
  }));
}

/** As many period labels as stand beside each other without touching, evenly spaced, the last one among them. */
function fittingLabels(periods: readonly string[], width: number, sizes: ChartSizes): string[] {
  const room = Math.max(1, Math.floor(width / (widest(periods, sizes.label) + 14)));
  const step = Math.ceil(periods.length / room);
  return periods.filter((_, i) => (periods.length - 1 - i) % step === 0);
}

/** A point between two gaps has no line to be seen by. */
function isAlone(rates: readonly Rate[], i: number): boolean {
  const known = (k: number): boolean => (rates[k]?.value ?? null) !== null;
  return known(i) && !known(i - 1) && !known(i + 1);
}
