import type { AliveHistory } from "../lifetime/evaluation/alive-history.js";
import {
  axisTicks,
  chartFrame,
  chartSizes,
  drawingWidth,
  INK,
  niceTicks,
  uprightTitle,
  uprightTitleHeight,
  widest,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { MODEL_NAMES, placeNumber, plural, shortNumber, timeName, timeWords } from "./lifetime-words.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** A line of more points is thinned to about so many. */
const MOST_POINTS = 600;

/**
 * When did it begin to look as if this customer had left, drawn?
 *
 * P(alive) over time, with a dot on a dashed stem at each purchase, the first one among them.
 *
 * @param history - The result of {@link aliveHistory}; of more than 600 points 600 and those at purchases are drawn.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification.
 * @throws RangeError when `history` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { aliveHistory, aliveHistoryChart } from "clientele";
 *
 * const parameters = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
 * const model = { model: "paretoNbd", parameters, unit: "week" } as const;
 * const history = aliveHistory(model, [0, 12, 30.43], { until: 38.86, step: 1 });
 * aliveHistoryChart(history).title.subtitle[0];
 * // => "8.43 weeks after the last purchase, the customer is still there with a probability of 87%."
 * ```
 */
export function aliveHistoryChart(history: AliveHistory, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(history, "history", "aliveHistory()", ["points", "purchases"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const short = shortNumber(options.locale);
  const place = placeNumber(options.locale);
  const { purchases, until, model } = history;
  const name = timeName(model, history.unit);
  const [from] = purchases;
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const { probabilityAlive } = history.points.columns;
  const end = text.percent(probabilityAlive[probabilityAlive.length - 1]);
  const margin = {
    left: widest(shares.map(text.tick), sizes.label) + 14,
    top: 30,
    right: widest([end], sizes.label, true) + 14,
    bottom: 40,
  };
  const width = drawingWidth(sizes, margin);
  const last = until > from ? until : from + 1;
  const room = Math.max(2, Math.floor(width / (widest([place(last), place(from)], sizes.label) + 16)));
  const ticks = niceTicks(from, last, Math.min(10, room)).filter((tick) => tick >= from && tick <= last);
  const since = until - purchases[purchases.length - 1];
  const answer =
    since === 0
      ? `Right after the last purchase, the customer is still there with a probability of ${end}.`
      : `${timeWords(short, since, name)} after the last purchase, the customer is still there with a probability of ${end}.`;
  const axes = axesOf(from, last, ticks, shares, margin.left, plural(name), place, text);
  return chartFrame({
    sizes,
    title: options.title ?? "Is this customer still there?",
    answer,
    note: `n = ${counted(text, purchases.length, "purchase")} (dots), seen until ${timeWords(short, until - from, name)} after the first. Model: ${MODEL_NAMES[model]}.`,
    description: `Line of the probability that a customer is still there over ${timeWords(short, until - from, name)}, with ${counted(text, purchases.length, "purchase")}. ${answer}`,
    above: uprightTitleHeight(sizes),
    margin,
    height: sizes.isNarrow ? 200 : 240,
    layer: layers(history, axes, place, text, end),
  });
}

interface Axes {
  readonly x: JsonObject;
  readonly y: JsonObject;
}

function axesOf(
  from: number,
  until: number,
  ticks: readonly number[],
  shares: readonly number[],
  left: number,
  unit: string,
  place: (time: number) => string,
  text: NumberText,
): Axes {
  return {
    x: {
      field: "time",
      type: "quantitative",
      scale: { domain: [from, until], nice: false, zero: false },
      axis: { title: unit, titlePadding: 6, ...axisTicks(ticks, place), grid: false, tickSize: 4 },
    },
    y: {
      field: "alive",
      type: "quantitative",
      scale: { domain: [0, 1], nice: false },
      axis: {
        ...uprightTitle("probability of still being a customer", left),
        ...axisTicks(shares, text.tick),
        domain: false,
        ticks: false,
        labelPadding: 6,
      },
    },
  };
}

function layers(
  { points, purchases, until }: AliveHistory,
  { x, y }: Axes,
  place: (time: number) => string,
  text: NumberText,
  end: string,
): JsonObject[] {
  const { time, probabilityAlive } = points.columns;
  const every = Math.ceil(time.length / MOST_POINTS);
  const bought = new Set(purchases);
  const line = time.flatMap((at, i) =>
    i % every === 0 || i === time.length - 1 || bought.has(at)
      ? [{ time: at, alive: Number(probabilityAlive[i].toFixed(6)), order: i }]
      : [],
  );
  // After the purchase: the last of the points at its time.
  const after = new Map(line.map((point) => [point.time, point.alive]));
  const dots = purchases.map((at, i) => ({
    time: at,
    alive: after.get(at) ?? 0,
    low: 0,
    purchase: text.count(i + 1),
    at: place(at),
    "still there": text.percent(after.get(at) ?? null),
  }));
  return [
    {
      data: { values: dots.map(({ time: at, alive, low }) => ({ time: at, alive, low })) },
      mark: { type: "rule", color: INK.muted, strokeDash: [3, 3] },
      encoding: { x, y: { ...y, field: "low" }, y2: { field: "alive" } },
    },
    {
      data: { values: line },
      mark: { type: "line", color: INK.strong, strokeWidth: 2 },
      encoding: { x, y, order: { field: "order", type: "quantitative" } },
    },
    {
      data: { values: dots },
      mark: { type: "point", filled: true, color: INK.strong, opacity: 1, size: 44 },
      encoding: {
        x,
        y,
        tooltip: ["purchase", "at", "still there"].map((field) => ({ field, type: "nominal" })),
      },
    },
    {
      data: { values: [{ time: until, alive: line.at(-1)?.alive ?? 0, note: end }] },
      mark: { type: "text", align: "left", baseline: "middle", dx: 8, fontWeight: 600 },
      encoding: {
        x: { value: { expr: "width" } },
        y,
        text: { field: "note", type: "nominal" },
      },
    },
  ];
}
