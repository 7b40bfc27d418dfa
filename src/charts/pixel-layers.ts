import type { JsonObject } from "./vega-lite-spec.js";

/** Size of a drawing whose marks are placed by pixel, from its upper left corner; what lies in the margins is below 0 or beyond. @internal */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Both positions as pixels, without axes. @internal */
export function pixelPlaces({ width, height }: PixelSize): {
  readonly x: JsonObject;
  readonly y: JsonObject;
} {
  const place = (domain: readonly number[]): JsonObject => ({
    type: "quantitative",
    scale: { domain, nice: false, zero: false },
    axis: null,
  });
  return { x: place([0, width]), y: place([height, 0]) };
}

/** A colour that stands in the data. @internal */
export function ownColor(field: string): JsonObject {
  return { field, type: "nominal", scale: null, legend: null };
}

/** A box by its sides and fill; `edge` is the colour of its outline. @internal */
export type PixelBox = JsonObject & {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly fill: string;
};

/** Filled boxes, what they say on pointing at them in the fields of `tooltip`. @internal */
export function boxLayer(
  size: PixelSize,
  values: readonly PixelBox[],
  mark: JsonObject = {},
  tooltip: readonly string[] = [],
): JsonObject {
  const { x, y } = pixelPlaces(size);
  return {
    data: { values },
    mark: { type: "rect", ...mark },
    encoding: {
      x: { ...x, field: "left" },
      x2: { field: "right" },
      y: { ...y, field: "top" },
      y2: { field: "bottom" },
      fill: ownColor("fill"),
      ...(values.some((box) => "edge" in box) ? { stroke: ownColor("edge") } : {}),
      ...(tooltip.length === 0
        ? {}
        : { tooltip: tooltip.map((field) => ({ field, type: "nominal" as const })) }),
    },
  };
}

/** A text at a pixel; its middle is at `y`. @internal */
export type PixelText = JsonObject & {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly ink: string;
};

/** Texts that share alignment and size. @internal */
export function textLayer(size: PixelSize, values: readonly PixelText[], mark: JsonObject): JsonObject {
  const { x, y } = pixelPlaces(size);
  return {
    data: { values },
    mark: { type: "text", baseline: "middle", ...mark },
    encoding: {
      x: { ...x, field: "x" },
      y: { ...y, field: "y" },
      text: { field: "text", type: "nominal" },
      color: ownColor("ink"),
    },
  };
}

/** Straight lines between two pixels. @internal */
export function ruleLayer(
  size: PixelSize,
  values: readonly {
    readonly x: number;
    readonly x2: number;
    readonly y: number;
    readonly y2: number;
  }[],
  mark: JsonObject,
): JsonObject {
  const { x, y } = pixelPlaces(size);
  return {
    data: { values },
    mark: { type: "rule", ...mark },
    encoding: {
      x: { ...x, field: "x" },
      x2: { field: "x2" },
      y: { ...y, field: "y" },
      y2: { field: "y2" },
    },
  };
}
