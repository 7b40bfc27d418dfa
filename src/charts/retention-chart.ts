import type { PeriodRetention } from "../retention/retention-series.js";
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
import { counted, type NumberText, numberText } from "./number-text.js";
import { spreadOut } from "./spread-out.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

const WAYS = ["raw", "salesAdjusted", "profitAdjusted"] as const;
type Way = (typeof WAYS)[number];

// Told apart by dash and shape first, so that colour is never needed.
const LOOKS: Record<Way, { name: string; color: string; dash: readonly number[]; shape: string }> = {
  raw: { name: "customers", color: INK.line, dash: [1, 0], shape: "circle" },
  salesAdjusted: { name: "by sales", color: INK.middle, dash: [7, 3], shape: "square" },
  profitAdjusted: {
    name: "by profit",

    color: "#7a5195",
    dash: [2, 3],
    shape: "triangle-up",
  },
};

/**
 * How does retention develop, by customers, by their sales and by their profit?
 *
 * Three lines that differ in dash and point shape, with gaps where a rate is undefined, and a band for the confidence
 * interval of the raw rate. The sentence above says what became of the last period's customers.
 *
 * @param series - The result of {@link retentionSeries}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification; with an empty series, a frame that says so.
 * @throws RangeError when `locale` is no BCP 47 language tag.
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
export function retentionChart(series: readonly PeriodRetention[], options: ChartOptions = {}): VegaLiteSpec {
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const ways = WAYS.filter((way) => series.some((point) => point[way].value !== null));
  const ticks = valueTicks(series, ways);
  const height = ways.length === 0 ? EMPTY_HEIGHT : sizes.isNarrow ? 220 : 280;
  const ends = endLabels(series, ways, ticks, height, sizes, text);
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
  const answer = answerOf(series, text);
  return chartFrame({
    sizes,
    title: options.title ?? "Customer retention over time",
    answer,
    note: noteOf(series, text),
    description: `Line chart of customer retention over ${counted(text, series.length, "pair")} of consecutive periods${ways.length === 0 ? "" : `, ${ways.map((way) => LOOKS[way].name).join(", ")}`}. ${answer}`,
    above: ways.length > 0 ? uprightTitleHeight(sizes) : 0,
    margin,
    height,
    layer:
      ways.length === 0
        ? [emptyNote("No two complete periods with customers", sizes)]
        : layers(series, ways, ticks, ends, sizes, drawingWidth(sizes, margin), margin.left, text),
  });
}

interface EndLabel {
  readonly way: Way;
  readonly at: number;
  readonly text: string;
}

function layers(
  series: readonly PeriodRetention[],
  ways: readonly Way[],
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
  const names = ways.map((way) => LOOKS[way].name);
  const look = (channel: "color" | "dash" | "shape"): JsonObject => ({
    field: "measure",
    type: "nominal",
    scale: { domain: names, range: ways.map((way) => LOOKS[way][channel]) },
    legend: null,
  });
  // Many points would hide the dashes: shapes then stand on some of them only.
  const every = Math.ceil(series.length / 24);
  const values = ways.flatMap((way) =>
    series.map((point, i) => ({
      period: point.current.label,
      previous: point.previous.label,
      measure: LOOKS[way].name,
      value: point[way].value,
      percent: text.percent(point[way].value),
      numerator: point[way].numerator,
      denominator: point[way].denominator,
      marked: i % every === 0 || i === series.length - 1 || isAlone(series, way, i),
    })),
  );
  const tooltip = ["period", "previous", "measure", "percent", "numerator", "denominator"].map((field) => ({
    field,
    type: "nominal",
  }));
  return [
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
      data: { values: ends.map(({ way, at, text: label }) => ({ measure: LOOKS[way].name, at, label })) },
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
function valueTicks(series: readonly PeriodRetention[], ways: readonly Way[]): number[] {
  let low = 0;
  let high = 1;
  for (const point of series) {
    for (const way of ways) {
      low = Math.min(low, point[way].value ?? 0);
      high = Math.max(high, point[way].value ?? 0);
    }
  }
  return niceTicks(low, high, 6);
}

/** A name and the last value at the end of each line, with its period where the line ends earlier; pushed apart where lines end close together. */
function endLabels(
  series: readonly PeriodRetention[],
  ways: readonly Way[],
  ticks: readonly number[],
  height: number,
  sizes: ChartSizes,
  text: NumberText,
): EndLabel[] {
  const low = ticks[0] ?? 0;
  const range = (ticks.at(-1) ?? 1) - low;
  const ends = ways.flatMap((way) => {
    const last = [...series].reverse().find((point) => point[way].value !== null);
    const value = last?.[way].value ?? null;
    if (last === undefined || value === null) return [];
    const period = last === series.at(-1) ? "" : ` (${last.current.label})`;
    return [{ way, value, period }];
  });
  const places = spreadOut(
    ends.map(({ value }) => ((value - low) / range) * height),
    sizes.label * 1.35,
    0,
    height,
  );
  return ends.map(({ way, value, period }, i) => ({
    way,
    at: low + (places[i] / height) * range,
    text: `${text.percent(value)} ${LOOKS[way].name}${period}`,
  }));
}

/** As many period labels as stand beside each other without touching, evenly spaced, the last one among them. */
function fittingLabels(periods: readonly string[], width: number, sizes: ChartSizes): string[] {
  const room = Math.max(1, Math.floor(width / (widest(periods, sizes.label) + 14)));
  const step = Math.ceil(periods.length / room);
  return periods.filter((_, i) => (periods.length - 1 - i) % step === 0);
}

/** A point between two gaps has no line to be seen by. */
function isAlone(series: readonly PeriodRetention[], way: Way, i: number): boolean {
  const known = (k: number): boolean => (series[k]?.[way].value ?? null) !== null;
  return known(i) && !known(i - 1) && !known(i + 1);
}

function answerOf(series: readonly PeriodRetention[], text: NumberText): string {
  const last = [...series].reverse().find((point) => point.raw.value !== null);
  if (last === undefined) return "There are no two complete periods with customers to compare.";
  const { raw, salesAdjusted, profitAdjusted, previous, current } = last;
  const stayed = `${text.percent(raw.value)} of the customers of ${previous.label} bought again in ${current.label}`;
  const weights = [
    salesAdjusted.value === null ? "" : `${text.percent(salesAdjusted.value)} of its sales`,
    profitAdjusted.value === null ? "" : `${text.percent(profitAdjusted.value)} of its profit`,
  ].filter((weight) => weight !== "");
  const brought = weights.length === 0 ? "" : `; they had brought ${weights.join(" and ")}`;
  return `${stayed}${brought}.`;
}

function noteOf(series: readonly PeriodRetention[], text: NumberText): string {
  const bases = series.map((point) => point.base);
  if (bases.length === 0) return "n = 0 customers.";
  const fewest = text.count(Math.min(...bases));
  const most = text.count(Math.max(...bases));
  const n = fewest === most ? fewest : `${fewest} to ${most}`;
  const level = series.find((point) => point.rawInterval !== null)?.rawInterval?.confidenceLevel;
  const band =
    level === undefined ? "" : ` Grey band: ${text.tick(level)} interval of the share of customers.`;
  return `n = ${n} customers in a period.${band}`;
}
