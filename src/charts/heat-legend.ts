import { type ChartSizes, INK, widest } from "./chart-frame.js";
import type { HeatColor } from "./heat-colors.js";
import { boxLayer, type PixelBox, type PixelSize, type PixelText, textLayer } from "./pixel-layers.js";
import { textWidth } from "./text-width.js";
import type { JsonObject } from "./vega-lite-spec.js";

/** What the shades of a heat map say. @internal */
export interface HeatLegend {
  readonly color: (value: number) => HeatColor;
  /** The value of the darkest shade. */
  readonly top: number;
  /** The lowest value: 0, or a loss. */
  readonly low: number;
  /** Whether values lie beyond the darkest shade. */
  readonly isCut: boolean;
  readonly write: (value: number) => string;
  /** Whether cells are left white. */
  readonly hasGaps: boolean;
  readonly sizes: ChartSizes;
  readonly size: PixelSize;
  readonly left: number;
}

const SWATCH = { width: 18, height: 12 };
const STEPS = 5;
const EDGE = 4;

/** The shades from the lowest to the highest value, and the white of what is not known, below the map. @internal */
export function heatLegend({ color, top, low, isCut, write, hasGaps, sizes, size, left }: HeatLegend): {
  readonly layers: JsonObject[];
  readonly height: number;
} {
  const line = sizes.label + 8;
  let y = size.height + 16;
  let x = EDGE - left;
  const boxes: PixelBox[] = [];
  const texts: PixelText[] = [];
  const writeText = (text: string): void => {
    texts.push({ x, y, text, ink: INK.muted });
    x += textWidth(text, sizes.label) + 6;
  };
  const swatch = (fill: string, edge: string): void => {
    boxes.push({
      left: x,
      right: x + SWATCH.width,
      top: y - SWATCH.height / 2,
      bottom: y + SWATCH.height / 2,
      fill,
      edge,
    });
    x += SWATCH.width;
  };
  writeText(write(low < 0 ? Math.max(low, -top) : 0));
  const steps = low < 0 ? [-1, -0.5] : [];
  for (const share of [...steps, ...Array.from({ length: STEPS }, (_, i) => i / (STEPS - 1))]) {
    const { fill, edge } = color(share < 0 ? share * Math.min(-low, top) : share * top);
    swatch(fill, share < 0 ? edge : fill);
  }
  x += 6;
  writeText(`${write(top)}${isCut ? " and more" : ""}`);
  if (hasGaps) {
    const gap = "not over yet";
    x += 14;
    if (x + SWATCH.width + 6 + widest([gap], sizes.label) > size.width) {
      x = EDGE - left;
      y += line;
    }
    swatch("#ffffff", "#9aa5b1");
    x += 6;
    writeText(gap);
  }
  return {
    layers: [boxLayer(size, boxes, { strokeWidth: 1 }), textLayer(size, texts, { align: "left" })],
    height: y - size.height + sizes.label / 2,
  };
}
