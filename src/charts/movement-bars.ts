import { type Framed, INK, niceTicks, widest } from "./chart-frame.js";
import { looksFor } from "./movement-looks.js";
import { periodColumns, periodLabels, stacked, stackedBoxes } from "./period-bars.js";
import {
  boxLayer,
  type PixelBox,
  type PixelText,
  pixelPlaces,
  ruleLayer,
  textLayer,
} from "./pixel-layers.js";
import type { RevenueStepOfPeriod } from "./revenue-step.js";
import type { RevenueContext } from "./revenue-waterfall.js";
import { textWidth } from "./text-width.js";

const EDGE = 4;
const SWATCH = 12;

/** Gains stacked above the line, losses below it, period by period, and the net change as a line. @internal */
export function movementBars(
  steps: readonly RevenueStepOfPeriod[],
  { sizes, text, money }: RevenueContext,
): Pick<Framed, "above" | "margin" | "height" | "layer"> {
  const looks = looksFor(steps.map(({ revenue }) => revenue));
  const stacks = steps.map(({ revenue, customers }) => ({
    net: revenue.end - revenue.start,
    ...stacked(
      looks.map(({ kind, fill, edge, changeOf }) => ({
        ...{ name: kind, fill, edge, change: changeOf(revenue) },
        customers: kind === "adjustment" ? null : customers[kind],
      })),
    ),
  }));
  const low = Math.min(0, ...stacks.map(({ below, net }) => Math.min(below, net)));
  const high = Math.max(0, ...stacks.map(({ above, net }) => Math.max(above, net)));
  const ticks = high > low ? niceTicks(low, high, 6) : [0, 1];
  const tickTexts = ticks.map((tick) => (Number.isInteger(tick) ? money.amount(tick) : ""));
  const [floor, ceiling] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];

  const left = EDGE + widest(tickTexts, sizes.label) + 8;
  const labels = steps.map(({ label }) => label);
  const columns = periodColumns(labels, left, sizes);
  const { right, width, column, middle } = columns;
  const height = sizes.isNarrow ? 240 : 320;
  const size = { width, height };
  const at = (amount: number): number => ((ceiling - amount) / (ceiling - floor)) * height;

  const legend = legendOf(
    [
      ...looks.map(({ kind, fill, edge }) => ({ name: kind, fill, edge })),
      { name: "net change", fill: "", edge: "" },
    ],
    sizes.total,
    left,
    sizes.label,
  );
  const net = stacks.map(({ net: change }, i) => ({
    x: middle(i),
    y: at(change),
    period: labels[i],
    "net change": money.signed(change),
  }));
  const { x, y } = pixelPlaces(size);
  // Dots and a thick line would cover the bars.
  const isDense = column < 8;
  return {
    above: legend.height,
    margin: { left, top: legend.height + 10, right, bottom: sizes.label + 18 },
    height,
    layer: [
      ruleLayer(
        size,
        ticks.map((tick) => ({ x: 0, x2: width, y: at(tick), y2: at(tick) })),
        { color: INK.grid },
      ),
      stackedBoxes(columns, size, stacks, at, ({ change, customers }) => ({
        amount: money.signed(change),
        customers: customers === null ? "" : text.count(customers),
      })),
      ruleLayer(size, [{ x: 0, x2: width, y: at(0), y2: at(0) }], { color: INK.line }),
      // White around it parts the line from the bars.
      ...[
        { color: "#ffffff", strokeWidth: isDense ? 2.5 : 5 },
        { color: INK.line, strokeWidth: isDense ? 1 : 2 },
      ].map((mark) => ({
        data: { values: net },
        mark: { type: "line", ...mark },
        encoding: { x: { ...x, field: "x" }, y: { ...y, field: "y" } },
      })),
      {
        data: { values: net },
        mark: {
          type: "point",
          filled: true,
          opacity: 1,
          fill: INK.line,
          stroke: "#ffffff",
          strokeWidth: isDense ? 0 : 1,
          size: isDense ? 4 : column < 24 ? 28 : 52,
        },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          tooltip: ["period", "net change"].map((field) => ({ field, type: "nominal" })),
        },
      },
      textLayer(
        size,
        ticks.map((tick, i) => ({ x: -8, y: at(tick), text: tickTexts[i] ?? "", ink: INK.muted })),
        { align: "right" },
      ),
      periodLabels(columns, size, sizes),
      boxLayer(size, legend.boxes, { strokeWidth: 1 }),
      ruleLayer(size, legend.lines, { color: INK.line, strokeWidth: 2 }),
      textLayer(size, legend.texts, { align: "left" }),
    ],
  };
}

/** What each fill means, in as many lines as it takes, above the drawing. @internal */
export function legendOf(
  entries: readonly { readonly name: string; readonly fill: string; readonly edge: string }[],
  total: number,
  left: number,
  fontSize: number,
): {
  readonly boxes: PixelBox[];
  readonly lines: { x: number; x2: number; y: number; y2: number }[];
  readonly texts: PixelText[];
  readonly height: number;
} {
  const line = fontSize + 8;
  const gap = 14;
  let [x, row] = [EDGE, 0];
  const placed = entries.map((entry) => {
    const width = SWATCH + 5 + textWidth(entry.name, fontSize);
    if (x > EDGE && x + width > total - EDGE) [x, row] = [EDGE, row + 1];
    const place = { ...entry, x: x - left, row };
    x += width + gap;
    return place;
  });
  const height = (row + 1) * line + 8;
  const yOf = (entry: { readonly row: number }): number => entry.row * line + line / 2 - height;
  return {
    height,
    boxes: placed
      .filter(({ fill }) => fill !== "")
      .map((entry) => ({
        left: entry.x,
        right: entry.x + SWATCH,
        top: yOf(entry) - SWATCH / 2,
        bottom: yOf(entry) + SWATCH / 2,
        fill: entry.fill,
        edge: entry.edge,
      })),
    lines: placed
      .filter(({ fill }) => fill === "")
      .map((entry) => ({ x: entry.x, x2: entry.x + SWATCH, y: yOf(entry), y2: yOf(entry) })),
    texts: placed.map((entry) => ({
      x: entry.x + SWATCH + 5,
      y: yOf(entry),
      text: entry.name,
      ink: INK.muted,
    })),
  };
}
