import { type ChartSizes, INK, widest } from "./chart-frame.js";
import { boxLayer, type PixelBox, type PixelSize, textLayer } from "./pixel-layers.js";
import { labelStep } from "./thinned-labels.js";
import type { JsonObject } from "./vega-lite-spec.js";

// What drawings of stacked movements by period share: a column for each period, gains above zero and losses below it.

const EDGE = 4;

/** Where the columns of the periods stand. @internal */
export interface PeriodColumns {
  readonly labels: readonly string[];
  /** Room on the right of the drawing. */
  readonly right: number;
  readonly width: number;
  readonly column: number;
  /** Half the width of a bar. */
  readonly half: number;
  readonly middle: (i: number) => number;
}

/** @internal */
export function periodColumns(labels: readonly string[], left: number, sizes: ChartSizes): PeriodColumns {
  // The last label stands below the middle of its bars and must not reach out of the picture.
  const right = Math.max(
    10,
    Math.ceil(widest(labels, sizes.label) / 2 - (sizes.total - left) / labels.length / 2 + EDGE),
  );
  const width = sizes.total - left - right;
  const column = width / labels.length;
  return {
    labels,
    right,
    width,
    column,
    half: Math.min(22, column * 0.38),
    middle: (i) => (i + 0.5) * column,
  };
}

/** The names of the periods below the drawing, as many as there is room for, the last among them. @internal */
export function periodLabels(
  { labels, column, middle }: PeriodColumns,
  size: PixelSize,
  sizes: ChartSizes,
): JsonObject {
  const every = labelStep(labels, column, sizes.label, 12);
  const y = size.height + 6 + sizes.label / 2;
  return textLayer(
    size,
    labels.flatMap((text, i) =>
      (labels.length - 1 - i) % every === 0 ? [{ x: middle(i), y, text, ink: INK.muted }] : [],
    ),
    { align: "center" },
  );
}

/** One movement of a period. */
interface Movement {
  readonly name: string;
  readonly fill: string;
  readonly edge: string;
  readonly change: number;
}

/** The movements of a period, each from where the one before it ended. @internal */
export interface Stack<Part extends Movement = Movement> {
  readonly parts: readonly (Part & { readonly from: number })[];
  readonly above: number;
  readonly below: number;
}

/** @internal */
export function stacked<Part extends Movement>(movements: readonly Part[]): Stack<Part> {
  let [above, below] = [0, 0];
  const parts = movements.flatMap((movement) => {
    const { change } = movement;
    if (change === 0) return [];
    const from = change > 0 ? above : below;
    if (change > 0) above += change;
    else below += change;
    return [{ ...movement, from }];
  });
  return { parts, above, below };
}

/** A box for each movement of each period; `said` is what it says on pointing at it. @internal */
export function stackedBoxes<Part extends Movement>(
  { labels, half, middle }: PeriodColumns,
  size: PixelSize,
  stacks: readonly Stack<Part>[],
  at: (amount: number) => number,
  said: (part: Part) => Readonly<Record<string, string>>,
): JsonObject {
  const fields = new Set(["period", "movement"]);
  const boxes = stacks.flatMap(({ parts }, i) =>
    parts.map((part): PixelBox => {
      const more = said(part);
      for (const field in more) fields.add(field);
      return {
        left: middle(i) - half,
        right: middle(i) + half,
        top: at(Math.max(part.from, part.from + part.change)),
        bottom: at(Math.min(part.from, part.from + part.change)),
        fill: part.fill,
        edge: part.edge,
        period: labels[i],
        movement: part.name,
        ...more,
      };
    }),
  );
  return boxLayer(size, boxes, { strokeWidth: half < 4 ? 0 : 1 }, [...fields]);
}
