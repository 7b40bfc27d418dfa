import { INK } from "./chart-frame.js";
import { boxLayer, type PixelSize, ruleLayer } from "./pixel-layers.js";
import type { JsonObject } from "./vega-lite-spec.js";

/** One bar of a waterfall, a row of its own: from where the last one ended to where it ends. @internal */
export interface WaterfallStep {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly amount: string;
  readonly fill: string;
  readonly edge: string;
}

/** Where the bars of a waterfall stand. @internal */
export interface WaterfallPlaces {
  readonly size: PixelSize;
  /** Height of a row, pixels. */
  readonly row: number;
  /** Left to right: the place of a value, pixels. */
  readonly at: (value: number) => number;
  /** Top to bottom: the middle of a row, pixels. */
  readonly middle: (i: number) => number;
}

/** The places of so many steps in a given width. @internal */
export function waterfallPlaces(
  steps: readonly WaterfallStep[],
  width: number,
  isNarrow: boolean,
): WaterfallPlaces {
  const low = Math.min(0, ...steps.map(({ to }) => to));
  const high = Math.max(0, ...steps.map(({ to }) => to));
  const row = isNarrow ? 26 : 32;
  return {
    size: { width, height: steps.length * row },
    row,
    at: (value) => (high > low ? ((value - low) / (high - low)) * width : 0),
    middle: (i) => (i + 0.5) * row,
  };
}

/**
 * The line at zero, the dashes from bar to bar, and the bars; pointing at one shows its name, its amount and what else is
 * given for it.
 *
 * @internal
 */
export function waterfallLayers(
  steps: readonly WaterfallStep[],
  { size, row, at, middle }: WaterfallPlaces,
  more: readonly Readonly<Record<string, string>>[] = [],
): JsonObject[] {
  const inset = row * 0.17;
  return [
    ruleLayer(size, [{ x: at(0), x2: at(0), y: 0, y2: size.height }], { color: "#9aa5b1" }),
    ruleLayer(
      size,
      steps.slice(1).map((_, i) => ({
        x: at(steps[i].to),
        x2: at(steps[i].to),
        y: middle(i),
        y2: middle(i + 1),
      })),
      { color: INK.muted, strokeDash: [2, 2] },
    ),
    boxLayer(
      size,
      steps.map(({ name, from, to, amount, fill, edge }, i) => ({
        left: at(Math.min(from, to)),
        // What is little is still to be seen; nothing is not.
        right: Math.max(at(Math.max(from, to)), at(Math.min(from, to)) + (from === to ? 0 : 1)),
        top: i * row + inset,
        bottom: (i + 1) * row - inset,
        fill,
        edge: from === to ? "#ffffff00" : edge,
        name,
        amount,
        ...more[i],
      })),
      { strokeWidth: 1 },
      ["name", "amount", ...Object.keys(more[0] ?? {})],
    ),
  ];
}
