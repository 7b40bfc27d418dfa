import { assertChartOptions } from "./chart-input.js";
import { textWidth, wrapped } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** Greys and one blue whose lightness alone tells them apart, so that a black-and-white print reads the same. @internal */
export const INK = {
  text: "#1f2933",
  muted: "#52606d",
  line: "#1f2933",
  grid: "#e4e7eb",
  strong: "#0b3c5d",
  middle: "#3d7ea6",
  pale: "#dbe9f2",
  band: "#d5dbe1",
} as const;

/** Sizes in pixels that follow from the width of the picture. @internal */
export interface ChartSizes {
  readonly total: number;
  readonly isNarrow: boolean;
  readonly title: number;
  readonly subtitle: number;
  readonly label: number;
}

/** @internal */
export function chartSizes(options: ChartOptions): ChartSizes {
  assertChartOptions(options);
  const { width = 720 } = options;
  const total = Math.round(Math.max(MIN_WIDTH, Number.isFinite(width) ? width : 720));
  const isNarrow = total < 500;
  return {
    total,
    isNarrow,
    title: isNarrow ? 15 : 18,
    subtitle: isNarrow ? 12 : 13,
    label: isNarrow ? 11 : 12,
  };
}

/** What a chart puts into its frame. @internal */
export interface Framed {
  readonly sizes: ChartSizes;
  readonly title: string;
  /** The answer, in a sentence. */
  readonly answer: string;
  /** What was counted, when and where. */
  readonly note: string;
  readonly description: string;
  /** How far the drawing itself reaches into the margin above, with names of axes or columns; Vega puts the title on top of that. */
  readonly above: number;
  /** Margins around the drawing; the title goes above `top`. */
  readonly margin: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  readonly height: number;
  readonly layer: readonly JsonObject[];
}

const FONT = "Helvetica Neue, Helvetica, Arial, sans-serif";
const EDGE = 4;
const MIN_WIDTH = 320;
const TITLE_GAP = 10;

/** Width of the drawing between margins. @internal */
export function drawingWidth(
  sizes: ChartSizes,
  margin: { readonly left: number; readonly right: number },
): number {
  return sizes.total - margin.left - margin.right;
}

/**
 * The specification around a drawing: title, sizes, fonts. The layout is fixed here, not left to Vega, which measures texts
 * otherwise in a browser than on a server.
 *
 * @internal
 */
export function chartFrame(framed: Framed): VegaLiteSpec {
  const { sizes, margin } = framed;
  const room = sizes.total - 2 * EDGE;
  const text = wrapped(framed.title, room, sizes.title, true);
  const subtitle = [framed.answer, framed.note].flatMap((line) =>
    line === "" ? [] : wrapped(line, room, sizes.subtitle),
  );
  const lineHeight = { title: Math.round(sizes.title * 1.25), subtitle: Math.round(sizes.subtitle * 1.4) };
  const above = text.length * lineHeight.title + subtitle.length * lineHeight.subtitle + 6;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: framed.description,
    title: {
      text,
      subtitle,
      anchor: "start",
      frame: "group",
      dx: EDGE - margin.left,
      offset: margin.top - framed.above,
      fontSize: sizes.title,
      fontWeight: 600,
      lineHeight: lineHeight.title,
      color: INK.text,
      subtitleFontSize: sizes.subtitle,
      subtitleLineHeight: lineHeight.subtitle,
      subtitlePadding: 4,
      subtitleColor: INK.muted,
    },
    width: drawingWidth(sizes, margin),
    height: framed.height,
    padding: { left: margin.left, top: above + margin.top, right: margin.right, bottom: margin.bottom },
    autosize: { type: "none" },
    background: "#ffffff",
    layer: framed.layer,
    config: {
      font: FONT,
      view: { stroke: null },
      axis: {
        labelColor: INK.muted,
        labelFontSize: sizes.label,
        labelFontWeight: "normal",
        titleColor: INK.muted,
        titleFontSize: sizes.label,
        titleFontWeight: "normal",
        domainColor: "#9aa5b1",
        tickColor: "#9aa5b1",
        gridColor: INK.grid,
        labelOverlap: false,
      },
      text: { color: INK.text, fontSize: sizes.label },
    },
  };
}

/** How far an {@link uprightTitle} reaches above the drawing. @internal */
export function uprightTitleHeight(sizes: ChartSizes): number {
  return TITLE_GAP + sizes.label;
}

/** A y axis with its name written above it, where it reads without turning the head. @internal */
export function uprightTitle(title: string, left: number): JsonObject {
  return {
    title,
    titleAngle: 0,
    titleAlign: "left",
    titleAnchor: "start",
    titleBaseline: "bottom",
    titleX: EDGE - left,
    titleY: -TITLE_GAP,
  };
}

/** Height of a drawing that only says that there is nothing to draw. @internal */
export const EMPTY_HEIGHT = 100;

/** The same words on every empty chart, in the middle of the drawing. @internal */
export function emptyNote(text: string, sizes: ChartSizes): JsonObject {
  return {
    data: { values: [{ note: text }] },
    mark: { type: "text", color: INK.muted, fontSize: sizes.subtitle },
    encoding: {
      text: { field: "note", type: "nominal" },
      x: { value: { expr: "width / 2" } },
      y: { value: { expr: "height / 2" } },
    },
  };
}

/** Room that the widest of these texts takes. @internal */
export function widest(texts: readonly string[], fontSize: number, bold = false): number {
  return Math.ceil(texts.reduce((width, text) => Math.max(width, textWidth(text, fontSize, bold)), 0));
}

/** Steps of 1, 2 or 5 times a power of ten that cover a range in at most so many, and the ticks on them. @internal */
export function niceTicks(low: number, high: number, most: number): number[] {
  const raw = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999) ?? raw;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  // Multiplied, not added up: 0.1 + 0.2 would print as 30.000000000000004 %.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The part of an axis that shows these ticks, all of them, each as its ready-made text. @internal */
export function axisTicks(ticks: readonly number[], text: (tick: number) => string): JsonObject {
  const labels = JSON.stringify(ticks.map((tick) => text(tick)));
  return {
    values: ticks,
    // Without a count, Vega-Lite leaves out every other tick of a small chart.
    tickCount: ticks.length,
    labelExpr: `${labels}[indexof(${JSON.stringify(ticks)}, datum.value)]`,
    labelOverlap: false,
  };
}
