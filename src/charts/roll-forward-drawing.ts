import {
  type ChartSizes,
  EMPTY_HEIGHT,
  emptyNote,
  type Framed,
  INK,
  niceTicks,
  widest,
} from "./chart-frame.js";
import { legendOf } from "./movement-bars.js";
import { periodColumns, periodLabels, stacked, stackedBoxes } from "./period-bars.js";
import { boxLayer, pixelPlaces, ruleLayer, textLayer } from "./pixel-layers.js";

/** One movement of a period. @internal */
export interface RollForwardFlow {
  readonly name: string;
  readonly fill: string;
  readonly edge: string;
  /** By period, with its sign. */
  readonly changes: readonly number[];
}

/** Periods with their movements and what is there at the end of each. @internal */
export interface RollForwardPicture {
  readonly labels: readonly string[];
  readonly flows: readonly RollForwardFlow[];
  readonly closings: readonly number[];
  /** What is written above the balance. */
  readonly balance: string;
  readonly write: (value: number) => string;
  readonly signed: (value: number) => string;
}

const EDGE = 4;
const HEADING = 24;

/**
 * Two drawings over one row of periods: the balance at the end of each, from 0, and below it what moved it. One scale for
 * both would hide the movements of a month beside the balance of years.
 *
 * @internal
 */
export function rollForwardDrawing(
  { labels, flows, closings, balance, write, signed }: RollForwardPicture,
  sizes: ChartSizes,
): Pick<Framed, "above" | "margin" | "height" | "layer"> {
  if (labels.length === 0) {
    return {
      above: 0,
      margin: { left: EDGE, top: 8, right: EDGE, bottom: EDGE },
      height: EMPTY_HEIGHT,
      layer: [emptyNote("No points yet", sizes)],
    };
  }
  const shown = flows.filter(({ changes }) => changes.some((change) => change !== 0));
  const stacks = labels.map((_, i) =>
    stacked(shown.map(({ name, fill, edge, changes }) => ({ name, fill, edge, change: changes[i] }))),
  );
  const low = Math.min(0, ...stacks.map(({ below }) => below));
  const high = Math.max(0, ...stacks.map(({ above }) => above));
  const flowTicks = high > low ? niceTicks(low, high, sizes.isNarrow ? 4 : 6) : [0, 1];
  const most = Math.max(0, ...closings);
  const balanceTicks = most > 0 ? niceTicks(0, most, 3) : [0, 1];
  const text = (tick: number) => (Number.isInteger(tick) ? write(tick) : "");
  const left = EDGE + widest([...flowTicks, ...balanceTicks].map(text), sizes.label) + 8;
  const columns = periodColumns(labels, left, sizes);
  const { right, width, column, middle } = columns;
  const upper = { top: HEADING, height: sizes.isNarrow ? 80 : 100 };
  const lower = { top: upper.top + upper.height + 16 + HEADING, height: sizes.isNarrow ? 160 : 200 };
  const height = lower.top + lower.height;
  const size = { width, height };
  const places = (ticks: readonly number[], panel: typeof upper) => {
    const [floor, ceiling] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
    return (value: number) => panel.top + ((ceiling - value) / (ceiling - floor)) * panel.height;
  };
  const [atBalance, atFlow] = [places(balanceTicks, upper), places(flowTicks, lower)];
  const legend = legendOf(
    shown.map(({ name, fill, edge }) => ({ name, fill, edge })),
    sizes.total,
    left,
    sizes.label,
  );
  const { x, y } = pixelPlaces(size);
  const line = closings.map((closing, i) => ({
    x: middle(i),
    y: atBalance(closing),
    period: labels[i],
    "at the end": write(closing),
  }));
  const isDense = column < 8;
  const ticks = [
    ...balanceTicks.map((tick) => ({ y: atBalance(tick), text: text(tick) })),
    ...flowTicks.map((tick) => ({ y: atFlow(tick), text: text(tick) })),
  ];
  const heading = (words: string, top: number) => ({
    x: EDGE - left,
    y: top - HEADING + 6,
    text: words,
    ink: INK.text,
  });
  return {
    above: legend.height,
    margin: { left, top: legend.height + 10, right, bottom: sizes.label + 18 },
    height,
    layer: [
      ruleLayer(
        size,
        ticks.map((tick) => ({ x: 0, x2: width, y: tick.y, y2: tick.y })),
        { color: INK.grid },
      ),
      stackedBoxes(columns, size, stacks, atFlow, ({ change }) => ({ amount: signed(change) })),
      ruleLayer(
        size,
        [atFlow(0), atBalance(0)].map((zero) => ({ x: 0, x2: width, y: zero, y2: zero })),
        { color: INK.line },
      ),
      {
        data: { values: line },
        mark: { type: "line", color: INK.line, strokeWidth: isDense ? 1 : 2 },
        encoding: { x: { ...x, field: "x" }, y: { ...y, field: "y" } },
      },
      {
        data: { values: line },
        mark: {
          type: "point",
          filled: true,
          opacity: 1,
          fill: INK.line,
          size: isDense ? 4 : column < 24 ? 24 : 40,
        },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          tooltip: ["period", "at the end"].map((field) => ({ field, type: "nominal" })),
        },
      },
      textLayer(
        size,
        ticks.map((tick) => ({ x: -8, ...tick, ink: INK.muted })),
        { align: "right" },
      ),
      textLayer(size, [heading(balance, upper.top), heading("movements of the period", lower.top)], {
        align: "left",
        fontWeight: 600,
      }),
      periodLabels(columns, size, sizes),
      boxLayer(size, legend.boxes, { strokeWidth: 1 }),
      textLayer(size, legend.texts, { align: "left" }),
    ],
  };
}
