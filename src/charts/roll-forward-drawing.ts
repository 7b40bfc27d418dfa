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
import { boxLayer, type PixelBox, pixelPlaces, ruleLayer, textLayer } from "./pixel-layers.js";
import { labelStep } from "./thinned-labels.js";

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
  const stacks = labels.map((label, i) => {
    let [above, below] = [0, 0];
    const parts = shown.flatMap(({ name, fill, edge, changes }) => {
      const change = changes[i];
      if (change === 0) return [];
      const from = change > 0 ? above : below;
      if (change > 0) above += change;
      else below += change;
      return [{ name, fill, edge, change, from }];
    });
    return { label, parts, above, below };
  });
  const low = Math.min(0, ...stacks.map(({ below }) => below));
  const high = Math.max(0, ...stacks.map(({ above }) => above));
  const flowTicks = high > low ? niceTicks(low, high, sizes.isNarrow ? 4 : 6) : [0, 1];
  const most = Math.max(0, ...closings);
  const balanceTicks = most > 0 ? niceTicks(0, most, 3) : [0, 1];
  const text = (tick: number) => (Number.isInteger(tick) ? write(tick) : "");
  const left = EDGE + widest([...flowTicks, ...balanceTicks].map(text), sizes.label) + 8;
  // The last label stands below the middle of its bars and must not reach out of the picture.
  const right = Math.max(
    10,
    Math.ceil(widest(labels, sizes.label) / 2 - (sizes.total - left) / labels.length / 2 + EDGE),
  );
  const width = sizes.total - left - right;
  const upper = { top: HEADING, height: sizes.isNarrow ? 80 : 100 };
  const lower = { top: upper.top + upper.height + 16 + HEADING, height: sizes.isNarrow ? 160 : 200 };
  const height = lower.top + lower.height;
  const size = { width, height };
  const column = width / labels.length;
  const half = Math.min(22, column * 0.38);
  const middle = (i: number): number => (i + 0.5) * column;
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
  const every = labelStep(labels, column, sizes.label, 12);
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
      boxLayer(
        size,
        stacks.flatMap(({ label, parts }, i) =>
          parts.map(
            ({ name, fill, edge, change, from }): PixelBox => ({
              left: middle(i) - half,
              right: middle(i) + half,
              top: atFlow(Math.max(from, from + change)),
              bottom: atFlow(Math.min(from, from + change)),
              fill,
              edge,
              period: label,
              movement: name,
              amount: signed(change),
            }),
          ),
        ),
        { strokeWidth: half < 4 ? 0 : 1 },
        ["period", "movement", "amount"],
      ),
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
      textLayer(
        size,
        labels.flatMap((label, i) =>
          (labels.length - 1 - i) % every === 0
            ? [{ x: middle(i), y: height + 6 + sizes.label / 2, text: label, ink: INK.muted }]
            : [],
        ),
        { align: "center" },
      ),
      boxLayer(size, legend.boxes, { strokeWidth: 1 }),
      textLayer(size, legend.texts, { align: "left" }),
    ],
  };
}
