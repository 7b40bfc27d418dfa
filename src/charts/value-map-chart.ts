import type { MappedOffer, ValueMap } from "../value/relative/value-map.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  type Framed,
  INK,
  niceTicks,
  widest,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { freeLabels, type LabelObstacle } from "./free-labels.js";
import { counted, numberText } from "./number-text.js";
import { type PixelSize, pixelPlaces, ruleLayer, textLayer } from "./pixel-layers.js";
import { textWidth } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

const EDGE = 4;
const DOT = 10;
/** Part of the range that is left free around the offers. */
const PADDING = 0.08;

/**
 * Who gives more quality than the price asks for?
 *
 * Relative price to the right, market-perceived quality upwards, both 1 at the mean, with the fair-value line: what lies
 * above and left of it is worth more than it costs. Our offer is a filled diamond, the others are rings. A name that finds no
 * free place is left to the tooltip.
 *
 * @param map - The result of {@link valueMap}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification.
 * @throws RangeError when `map` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { valueMap, valueMapChart } from "clientele";
 *
 * const map = valueMap(
 *   [{ id: "taste", weight: 1 }],
 *   [{ id: "us", scores: { taste: 9 }, price: 110 }, { id: "rival", scores: { taste: 6 }, price: 90 }],
 *   { qualityWeight: 0.5, priceWeight: 0.5, ours: "us" },
 * );
 * valueMapChart(map).title.subtitle[0];
 * // => "us is 0.1 above the fair-value line: quality 1.2 at a price of 1.1. rival is 0.1 below it."
 * ```
 */
export function valueMapChart(map: ValueMap, options: ChartOptions = {}): VegaLiteSpec {
  assertResult(map, "map", "valueMap()", ["offers", "line"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const number = new Intl.NumberFormat(options.locale ?? "en-US", { maximumFractionDigits: 2 });
  const written = (value: number): string => number.format(Number(value.toPrecision(12)) + 0);
  const { offers, line, against } = map;
  const answer = answerOf(map, written);
  const drawn =
    line.kind === "weights"
      ? "by the weights through (1, 1)"
      : `fitted over ${counted(text, line.n ?? 0, "competitor")}`;
  const slope =
    line.slope === null
      ? ` No line: ${line.reason ?? ""}.`
      : ` Line: fair value, ${drawn}, slope ${written(line.slope)}${line.rSquared === null ? "" : `, R² ${written(line.rSquared)}`}.`;
  const drawing = scatter(map, sizes, written);
  return chartFrame({
    sizes,
    title: options.title ?? "Value map",
    answer,
    note: `n = ${counted(text, offers.length, "offer")}; 1 is the mean of ${against === "market" ? "all" : "all others"}.${slope}`,
    description: `Scatter plot of relative quality by relative price with a fair-value line. ${answer}`,
    ...drawing,
  });
}

function answerOf({ offers, line }: ValueMap, written: (value: number) => string): string {
  if (line.slope === null) return `There is no fair-value line to compare with: ${line.reason ?? ""}.`;
  const away = ({ advantage, position }: MappedOffer): string =>
    position === "fair"
      ? "on the fair-value line"
      : `${written(Math.abs(advantage ?? 0))} ${position === "superior" ? "above" : "below"} the fair-value line`;
  const order = [...offers].sort((a, b) => (b.advantage ?? 0) - (a.advantage ?? 0));
  const first = offers.find(({ isOurs }) => isOurs) ?? order[0];
  const rival = order.find(({ id }) => id !== first.id);
  const next =
    rival === undefined ? "" : ` ${rival.id} is ${away(rival).replace("the fair-value line", "it")}.`;
  return `${first.id} is ${away(first)}: quality ${written(first.relativeQuality)} at a price of ${written(first.relativePrice)}.${next}`;
}

type Drawing = Pick<Framed, "above" | "margin" | "height" | "layer">;

function scatter({ offers, line }: ValueMap, sizes: ChartSizes, written: (value: number) => string): Drawing {
  const xTicks = ticksOver(
    offers.map(({ relativePrice }) => relativePrice),
    sizes.isNarrow ? 4 : 7,
  );
  const yTicks = ticksOver(
    offers.map(({ relativeQuality }) => relativeQuality),
    6,
  );
  const left = EDGE + widest(yTicks.map(written), sizes.label) + 8;
  const margin = { left, top: sizes.label + 24, right: 20, bottom: 2 * sizes.label + 20 };
  const size: PixelSize = {
    width: drawingWidth(sizes, margin),
    height: Math.round(sizes.isNarrow ? 240 : 340),
  };
  const xOf = scaleOf(xTicks, size.width);
  const yOf = (value: number): number => size.height - scaleOf(yTicks, size.height)(value);
  const drawnLine = lineInside(line, xTicks, yTicks, xOf, yOf);
  const points = offers.map((offer) => ({
    offer,
    x: xOf(offer.relativePrice),
    y: yOf(offer.relativeQuality),
  }));
  const labels = freeLabels(
    // Ours finds its place first.
    [...points]
      .sort((a, b) => Number(b.offer.isOurs) - Number(a.offer.isOurs))
      .map(({ offer, x, y }) => ({
        x,
        y,
        width: textWidth(offer.id, sizes.label, offer.isOurs),
        text: offer.id,
        isBold: offer.isOurs,
      })),
    { height: sizes.label, dot: DOT, right: size.width, bottom: size.height },
    drawnLine.flatMap(alongLine),
  );
  const named = (isBold: boolean): JsonObject =>
    textLayer(
      size,
      labels.flatMap((label) =>
        label.isBold === isBold ? [{ x: label.left, y: label.middle, text: label.text, ink: INK.text }] : [],
      ),
      { align: "left", ...(isBold ? { fontWeight: 600 } : {}) },
    );
  const rule = { color: INK.grid, strokeWidth: 1 };
  return {
    above: sizes.label + 12,
    margin,
    height: size.height,
    layer: [
      ruleLayer(
        size,
        xTicks.map((tick) => ({ x: xOf(tick), x2: xOf(tick), y: 0, y2: size.height })),
        rule,
      ),
      ruleLayer(
        size,
        yTicks.map((tick) => ({ x: 0, x2: size.width, y: yOf(tick), y2: yOf(tick) })),
        rule,
      ),
      ruleLayer(
        size,
        [
          { x: xOf(1), x2: xOf(1), y: 0, y2: size.height },
          { x: 0, x2: size.width, y: yOf(1), y2: yOf(1) },
        ],
        { color: "#9aa5b1", strokeWidth: 1, strokeDash: [4, 3] },
      ),
      ruleLayer(size, drawnLine, { color: INK.line, strokeWidth: 2 }),
      pointLayer(
        size,
        points.filter(({ offer }) => !offer.isOurs),
        { shape: "circle", filled: false, color: INK.middle, strokeWidth: 2 },
        written,
      ),
      pointLayer(
        size,
        points.filter(({ offer }) => offer.isOurs),
        { shape: "diamond", filled: true, color: INK.strong, size: 160 },
        written,
      ),
      named(true),
      named(false),
      textLayer(
        size,
        xTicks.map((tick) => ({ x: xOf(tick), y: size.height + 12, text: written(tick), ink: INK.muted })),
        { align: "center" },
      ),
      textLayer(
        size,
        yTicks.map((tick) => ({ x: -8, y: yOf(tick), text: written(tick), ink: INK.muted })),
        { align: "right" },
      ),
      textLayer(
        size,
        [
          { x: EDGE - left, y: -sizes.label, text: "Relative quality", ink: INK.muted },
          { x: 0, y: size.height + 14 + sizes.label + 4, text: "Relative price", ink: INK.muted },
        ],
        { align: "left" },
      ),
    ],
  };
}

/** Ticks that reach beyond all values and 1. */
function ticksOver(values: readonly number[], most: number): number[] {
  const low = Math.min(1, ...values);
  const high = Math.max(1, ...values);
  const padding = PADDING * Math.max(high - low, 0.1);
  return niceTicks(Math.max(0, low - padding), high + padding, most);
}

function scaleOf(ticks: readonly number[], length: number): (value: number) => number {
  const low = ticks[0];
  const high = ticks[ticks.length - 1];
  return (value) => Number((((value - low) / (high - low)) * length).toFixed(2));
}

interface DrawnLine {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
}

/** Small boxes along a line, close enough that no name fits between them. */
function alongLine({ x, x2, y, y2 }: DrawnLine): LabelObstacle[] {
  const steps = Math.ceil(Math.hypot(x2 - x, y2 - y) / 4);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const [across, down] = [x + ((x2 - x) * i) / steps, y + ((y2 - y) * i) / steps];
    return { left: across - 1, right: across + 1, top: down - 1, bottom: down + 1 };
  });
}

/** The part of the line that lies inside the ticks; nothing where none does. */
function lineInside(
  { slope, intercept }: ValueMap["line"],
  xTicks: readonly number[],
  yTicks: readonly number[],
  xOf: (value: number) => number,
  yOf: (value: number) => number,
): DrawnLine[] {
  if (slope === null || intercept === null) return [];
  const [yLow, yHigh] = [yTicks[0], yTicks[yTicks.length - 1]];
  const crossings = slope === 0 ? [] : [(yLow - intercept) / slope, (yHigh - intercept) / slope];
  const [lower, upper] =
    crossings.length === 0
      ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
      : [Math.min(...crossings), Math.max(...crossings)];
  const start = Math.max(xTicks[0], lower);
  const end = Math.min(xTicks[xTicks.length - 1], upper);
  const height = (price: number): number => intercept + slope * price;
  if (!(start < end) || (slope === 0 && !(intercept >= yLow && intercept <= yHigh))) return [];
  return [{ x: xOf(start), x2: xOf(end), y: yOf(height(start)), y2: yOf(height(end)) }];
}

function pointLayer(
  size: PixelSize,
  points: readonly { readonly offer: MappedOffer; readonly x: number; readonly y: number }[],
  mark: JsonObject,
  written: (value: number) => string,
): JsonObject {
  const { x, y } = pixelPlaces(size);
  const tooltip = ["offer", "relative price", "relative quality", "from the line"];
  return {
    data: {
      values: points.map(({ offer, ...place }) => ({
        ...place,
        offer: offer.id,
        "relative price": written(offer.relativePrice),
        "relative quality": written(offer.relativeQuality),
        "from the line": offer.advantage === null ? "no line" : written(offer.advantage),
      })),
    },
    mark: { type: "point", size: 90, opacity: 1, ...mark },
    encoding: {
      x: { ...x, field: "x" },
      y: { ...y, field: "y" },
      tooltip: tooltip.map((field) => ({ field, type: "nominal" })),
    },
  };
}
