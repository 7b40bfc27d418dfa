import type {
  ImportancePerformance,
  ImportanceQuadrant,
  PlacedAttribute,
} from "../value/satisfaction/importance-performance.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  INK,
  niceTicks,
  widest,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, numberText } from "./number-text.js";
import { ownColor, type PixelText, pixelPlaces, ruleLayer, textLayer } from "./pixel-layers.js";
import { shortened } from "./shortened.js";
import { textWidth } from "./text-width.js";
import { tickFormat } from "./tick-format.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

const EDGE = 4;
const DOT = 5;
const NAMES: Readonly<Record<ImportanceQuadrant, string>> = {
  concentrateHere: "Concentrate here",
  keepUpTheGoodWork: "Keep up the good work",
  lowPriority: "Low priority",
  possibleOverkill: "Possible overkill",
};

/**
 * What matters and goes badly, drawn: importance against performance, in four quadrants?
 *
 * A dot for each attribute, performance to the right, importance upwards, lines at the cuts. Dots to concentrate on are dark.
 * Where a name has no room beside its dot it is left to the tooltip, the less important first, and the note says how many.
 *
 * @param result - The result of {@link importancePerformance}.
 * @param options - Width, locale of the numbers, title.
 * @returns A Vega-Lite specification.
 * @throws RangeError when `result` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { importancePerformance, importancePerformanceChart } from "clientele";
 *
 * const result = importancePerformance(
 *   [
 *     { id: "speed", importance: 4.5, performance: 2.5 },
 *     { id: "courtesy", importance: 4.1, performance: 4.4 },
 *   ],
 *   { cuts: { importance: 3, performance: 3 } },
 * );
 * importancePerformanceChart(result).title.subtitle[0];
 * // => "Concentrate on speed: important, and below the cut in performance."
 * ```
 */
export function importancePerformanceChart(
  result: ImportancePerformance,
  options: ChartOptions = {},
): VegaLiteSpec {
  assertResult(result, "result", "importancePerformance()", ["attributes", "cuts"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { attributes, cuts } = result;
  const scales = {
    x: ticksOf(attributes.map(({ performance }) => performance).concat(cuts.performance), sizes),
    y: ticksOf(attributes.map(({ importance }) => importance).concat(cuts.importance), sizes),
  };
  const format = tickFormat([scales.x, scales.y], options.locale);
  const left =
    EDGE +
    widest(
      scales.y.map((tick) => format.format(tick)),
      sizes.label,
    ) +
    8;
  const line = sizes.label + 6;
  // The last number of the lower axis reaches half beyond it.
  const right = EDGE + Math.ceil(widest([format.format(scales.x.at(-1) ?? 0)], sizes.label) / 2) + 2;
  const margin = { left, top: line + 12, right, bottom: EDGE };
  const width = drawingWidth(sizes, margin);
  const plot = { width, height: Math.round(Math.min(440, width * 0.8)) };
  // The ticks and the name of the lower axis stand below the plot, inside the drawing.
  const size = { width, height: plot.height + 2 * line };
  const x = (value: number): number => plot.width * shareOf(value, scales.x);
  const y = (value: number): number => plot.height * (1 - shareOf(value, scales.y));
  const dots = attributes.map((attribute) => ({
    x: x(attribute.performance),
    y: y(attribute.importance),
    fill: attribute.quadrant === "concentrateHere" ? INK.strong : INK.middle,
    attribute: attribute.id,
    quadrant: NAMES[attribute.quadrant],
    importance: format.format(attribute.importance),
    performance: format.format(attribute.performance),
  }));
  const corners = cornerNames(plot, sizes);
  const { labels, unnamed } = placedNames(
    attributes,
    dots,
    corners,
    { ...plot, cut: { x: x(cuts.performance), y: y(cuts.importance) } },
    sizes,
  );
  const tick = (place: { readonly x: number; readonly y: number }, value: number): PixelText => ({
    ...place,
    text: format.format(value),
    ink: INK.muted,
  });
  const places = pixelPlaces(size);
  const rule = cuts.rule === "given" ? "Cuts as given" : `Cuts at the ${cuts.rule} of the attributes`;
  const rest =
    unnamed === 0 ? "" : ` ${counted(text, unnamed, "name")} left to the tooltip for want of room.`;
  const answer = answerOf(result);
  return chartFrame({
    sizes,
    title: options.title ?? "What matters, and how well we do",
    answer,
    note: `n = ${counted(text, attributes.length, "attribute")}. ${rule}: importance ${format.format(cuts.importance)}, performance ${format.format(cuts.performance)}.${rest}`,
    description: `Importance against performance of ${counted(text, attributes.length, "attribute")}, in four quadrants. ${answer}`,
    above: line,
    margin,
    height: size.height,
    layer: [
      ruleLayer(size, gridOf(scales, plot, x, y), { color: INK.grid }),
      ruleLayer(
        size,
        [
          { x: x(cuts.performance), x2: x(cuts.performance), y: 0, y2: plot.height },
          { x: 0, x2: plot.width, y: y(cuts.importance), y2: y(cuts.importance) },
        ],
        { color: INK.line, strokeDash: [4, 3] },
      ),
      textLayer(size, corners.map(({ box: _, align: __, ...name }) => name).slice(0, 2), {
        align: "left",
        fontWeight: 600,
      }),
      textLayer(size, corners.map(({ box: _, align: __, ...name }) => name).slice(2), {
        align: "right",
        fontWeight: 600,
      }),
      {
        data: { values: dots },
        mark: { type: "point", filled: true, opacity: 1, size: 4 * DOT * DOT, shape: "circle" },
        encoding: {
          x: { ...places.x, field: "x" },
          y: { ...places.y, field: "y" },
          color: ownColor("fill"),
          tooltip: ["attribute", "quadrant", "importance", "performance"].map((field) => ({
            field,
            type: "nominal" as const,
          })),
        },
      },
      textLayer(size, labels, { align: "left" }),
      textLayer(
        size,
        scales.x.map((value) => tick({ x: x(value), y: plot.height + line / 2 + 2 }, value)),
        {
          align: "center",
        },
      ),
      textLayer(
        size,
        scales.y.map((value) => tick({ x: -6, y: y(value) }, value)),
        { align: "right" },
      ),
      textLayer(size, [{ x: plot.width, y: plot.height + 1.5 * line, text: "Performance", ink: INK.muted }], {
        align: "right",
      }),
      textLayer(size, [{ x: EDGE - left, y: -line, text: "Importance", ink: INK.muted }], { align: "left" }),
    ],
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Round numbers around all values, at most as many as there is room for. */
function ticksOf(values: readonly number[], sizes: ChartSizes): number[] {
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Ticks have twelve digits: what lies closer together than some of them lies in one place.
  const pad = high - low > 1e-9 * size ? (high - low) * 0.06 : size * 0.1 || 1;
  return niceTicks(low - pad, high + pad, sizes.isNarrow ? 4 : 6);
}

function shareOf(value: number, ticks: readonly number[]): number {
  const [low = 0, high = 1] = [ticks.at(0), ticks.at(-1)];
  return (value - low) / (high - low);
}

function gridOf(
  scales: { readonly x: readonly number[]; readonly y: readonly number[] },
  plot: { readonly width: number; readonly height: number },
  x: (value: number) => number,
  y: (value: number) => number,
) {
  return [
    ...scales.x.map((value) => ({ x: x(value), x2: x(value), y: 0, y2: plot.height })),
    ...scales.y.map((value) => ({ x: 0, x2: plot.width, y: y(value), y2: y(value) })),
  ];
}

/** The names of the quadrants, in the outer corners: two to the left, two to the right. */
function cornerNames(
  { width, height }: { readonly width: number; readonly height: number },
  sizes: ChartSizes,
) {
  const room = width / 2 - 10;
  const corner = (quadrant: ImportanceQuadrant, align: "left" | "right", y: number) => {
    const text = shortened(NAMES[quadrant], room, sizes.label, true);
    const x = align === "left" ? 5 : width - 5;
    return { x, y, text, ink: INK.muted, align, box: boxOf(text, x, y, align, sizes.label, true) };
  };
  const [top, bottom] = [sizes.label, height - sizes.label];
  return [
    corner("concentrateHere", "left", top),
    corner("lowPriority", "left", bottom),
    corner("keepUpTheGoodWork", "right", top),
    corner("possibleOverkill", "right", bottom),
  ];
}

/** Names beside, above or below their dots, the most important first, where they touch nothing and, if they can, on their side of the cuts. */
function placedNames(
  attributes: readonly PlacedAttribute[],
  dots: readonly { readonly x: number; readonly y: number }[],
  corners: readonly { readonly box: Box }[],
  plot: {
    readonly width: number;
    readonly height: number;
    readonly cut: { readonly x: number; readonly y: number };
  },
  { label: fontSize }: ChartSizes,
): { readonly labels: PixelText[]; readonly unnamed: number } {
  const taken: Box[] = [
    ...corners.map(({ box }) => box),
    ...dots.map(({ x, y }) => ({ left: x - DOT, right: x + DOT, top: y - DOT, bottom: y + DOT })),
  ];
  const order = [...attributes.keys()].sort((a, b) => attributes[b].importance - attributes[a].importance);
  const labels: PixelText[] = [];
  for (const i of order) {
    const text = shortened(attributes[i].id, plot.width * 0.4, fontSize);
    const length = textWidth(text, fontSize);
    const { x, y } = dots[i];
    const away = DOT + 4;
    const places = [
      { x: x + away, y },
      { x: x - away - length, y },
      { x: x - length / 2, y: y - away - fontSize / 2 },
      { x: x - length / 2, y: y + away + fontSize / 2 },
    ];
    const free = places.filter((place) => {
      const box = boxOf(text, place.x, place.y, "left", fontSize);
      const isInside = box.left >= 0 && box.right <= plot.width && box.top >= 0 && box.bottom <= plot.height;
      return isInside && taken.every((other) => !touches(box, other));
    });
    const isUncut = (place: { readonly x: number; readonly y: number }) => {
      const { left, right, top, bottom } = boxOf(text, place.x, place.y, "left", fontSize);
      const isBeside = x < plot.cut.x ? right < plot.cut.x : left > plot.cut.x;
      return isBeside && (y < plot.cut.y ? bottom < plot.cut.y : top > plot.cut.y);
    };
    const found = free.find(isUncut) ?? free[0];
    if (found === undefined) continue;
    taken.push(boxOf(text, found.x, found.y, "left", fontSize));
    labels.push({ ...found, text, ink: INK.text });
  }
  return { labels, unnamed: attributes.length - labels.length };
}

function boxOf(
  text: string,
  x: number,
  y: number,
  align: "left" | "right",
  fontSize: number,
  bold = false,
): Box {
  const width = textWidth(text, fontSize, bold);
  const left = align === "left" ? x : x - width;
  return { left, right: left + width, top: y - fontSize / 2 - 1, bottom: y + fontSize / 2 + 1 };
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function answerOf({ quadrants }: ImportancePerformance): string {
  const [first, second, ...others] = quadrants.concentrateHere;
  if (first === undefined) return "No attribute is important and below the cut in performance.";
  const rest = others.length === 0 ? "" : ` and ${others.length} more`;
  const named =
    second === undefined ? first : rest === "" ? `${first} and ${second}` : `${first}, ${second}${rest}`;
  return `Concentrate on ${named}: important, and below the cut in performance.`;
}
