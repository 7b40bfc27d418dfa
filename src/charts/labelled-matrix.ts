import {
  axisTicks,
  type ChartSizes,
  drawingWidth,
  type Framed,
  INK,
  uprightTitle,
  uprightTitleHeight,
  widest,
} from "./chart-frame.js";
import { DARKEST, inkOn, PALEST, shadeBetween } from "./shade.js";
import { textWidth } from "./text-width.js";
import type { JsonObject, JsonValue } from "./vega-lite-spec.js";

/** A square of counts between named groups, its rows named and numbered, its columns numbered. @internal */
export interface LabelledMatrix {
  readonly names: readonly string[];
  /** What the rows are, written above them; the columns' is below. */
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly cells: readonly MatrixCell[];
}

/** @internal */
interface MatrixCell {
  /** From 0. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  /** What is written in it: the first that there is room for, or nothing. */
  readonly labels: readonly string[];
  /** How dark it is, 0 to 1. */
  readonly shade: number;
  /** What the pointer shows. */
  readonly facts: { readonly [name: string]: JsonValue };
}

/** The matrix and the room that it needs. @internal */
export type DrawnMatrix = Pick<Framed, "above" | "margin" | "height" | "layer">;

/** @internal */
export function drawnMatrix(matrix: LabelledMatrix, sizes: ChartSizes): DrawnMatrix {
  const count = matrix.names.length;
  const cellHeight = sizes.isNarrow ? 26 : 30;
  const height = count * cellHeight;
  const labels = matrix.names.map((name, i) => shortened(`${i + 1} ${name}`, sizes));
  const margin = { left: widest(labels, sizes.label) + 14, top: 30, right: 8, bottom: 40 };
  const size = count > 8 || sizes.isNarrow ? 10 : sizes.label;
  const room = drawingWidth(sizes, margin) / count - 4;
  const places = matrix.names.map((_, i) => i + 0.5);
  // Names are shortened here: on a server Vega takes letters for wider than they are.
  const axis = { domain: false, ticks: false, grid: false, labelPadding: 6, labelLimit: 0 };
  const scale = (reverse: boolean) => ({ domain: [0, count], nice: false, zero: false, reverse });
  const x: JsonObject = {
    type: "quantitative",
    scale: scale(false),
    axis: { ...axis, ...axisTicks(places, (place) => String(place + 0.5)), title: matrix.columnTitle },
  };
  const y: JsonObject = {
    type: "quantitative",
    scale: scale(true),
    axis: {
      ...axis,
      ...uprightTitle(matrix.rowTitle, margin.left),
      ...axisTicks(places, (place) => labels[place - 0.5] ?? ""),
    },
  };
  const values = matrix.cells.map(({ row, column, labels: texts, shade, facts }) => ({
    ...facts,
    left: column,
    right: column + 1,
    low: row,
    high: row + 1,
    across: column + 0.5,
    down: row + 0.5,
    fill: shadeBetween(PALEST, DARKEST, shade),
    ink: inkOn(PALEST, DARKEST, shade),
    label: texts.find((text) => textWidth(text, size) <= room) ?? "",
  }));
  const own = (field: string): JsonObject => ({ field, type: "nominal", scale: null, legend: null });
  const block = (stroke: string, strokeWidth: number): JsonObject => ({ type: "rect", stroke, strokeWidth });
  const edges = {
    x: { ...x, field: "left" },
    x2: { field: "right" },
    y: { ...y, field: "low" },
    y2: { field: "high" },
  };
  return {
    margin,
    above: uprightTitleHeight(sizes),
    height,
    layer: [
      {
        data: { values },
        mark: block("#ffffff", 1),
        encoding: {
          ...edges,
          color: own("fill"),
          tooltip: Object.keys(matrix.cells[0]?.facts ?? {}).map((field) => ({ field, type: "nominal" })),
        },
      },
      {
        data: {
          values: values
            .filter(({ left, low }) => left === low)
            .map(({ left, right, low, high }) => ({ left, right, low, high })),
        },
        mark: { ...block(INK.text, 1.5), fillOpacity: 0 },
        encoding: edges,
      },
      {
        data: { values },
        mark: { type: "text", baseline: "middle", align: "center", fontSize: size },
        encoding: {
          x: { ...x, field: "across" },
          y: { ...y, field: "down" },
          text: { field: "label", type: "nominal" },
          color: own("ink"),
        },
      },
    ],
  };
}

/** A name that leaves at least three fifths of the picture to the drawing, ended by "…" where it is longer. @internal */
function shortened(name: string, sizes: ChartSizes): string {
  const room = sizes.total * 0.38;
  if (textWidth(name, sizes.label) <= room) return name;
  const letters = [...name];
  while (letters.length > 0 && textWidth(`${letters.join("")}…`, sizes.label) > room) letters.pop();
  return `${letters.join("")}…`;
}
