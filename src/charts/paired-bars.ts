import {
  type ChartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  type Framed,
  INK,
  widest,
} from "./chart-frame.js";
import { boxLayer, type PixelSize, ruleLayer, textLayer } from "./pixel-layers.js";
import { shortened } from "./shortened.js";

/** Two bars below each other, with what they say. */
interface BarPair {
  readonly label: string;
  readonly values: readonly [first: number, second: number];
  readonly texts: readonly [first: string, second: string];
}

/** Rows of two bars on one scale: bars that lie have room for their numbers on a telephone. @internal */
export interface PairedBars {
  readonly rows: readonly BarPair[];
  /** What the rows are, written above their names. */
  readonly rowTitle: string;
  /** What the two bars are, written after the numbers of the row that has most room for it. */
  readonly names: readonly [first: string, second: string];
}

const EDGE = 4;
const BAR = 11;
const PAIR = 2 * BAR + 1;
const ROW = PAIR + 11;
const FILLS = [INK.strong, INK.pale] as const;

/** The bars, or a frame that says that there are no customers for any. @internal */
export function pairedBars(
  { rows, rowTitle, names }: PairedBars,
  sizes: ChartSizes,
  customers: number,
): Pick<Framed, "above" | "margin" | "height" | "layer"> {
  if (customers === 0) {
    const margin = { left: 8, top: 12, right: 8, bottom: 8 };
    return { above: 0, margin, height: EMPTY_HEIGHT, layer: [emptyNote("No customers", sizes)] };
  }
  const labels = rows.map(({ label }) => shortened(label, 0.36 * sizes.total, sizes.label));
  const named = rows.map(({ texts }, row) =>
    texts.map((text, i) => (row === 0 ? `${text} ${names[i]}` : text)),
  );
  const left = EDGE + widest(labels, sizes.label) + 10;
  const margin = { left, top: 30, right: widest(named.flat(), sizes.label) + 12, bottom: 8 };
  const size: PixelSize = { width: drawingWidth(sizes, margin), height: rows.length * ROW };
  const all = rows.flatMap(({ values }) => values);
  const low = Math.min(0, ...all);
  const high = Math.max(0, ...all);
  const across = (value: number): number =>
    high > low ? Number((((value - low) / (high - low)) * size.width).toFixed(2)) : 0;
  const zero = across(0);
  const bars = rows.flatMap(({ label, values, texts }, row) =>
    values.map((value, i) => {
      const top = row * ROW + (ROW - PAIR) / 2 + i * (BAR + 1);
      return {
        left: Math.min(zero, across(value)),
        right: Math.max(zero, across(value)),
        top,
        bottom: top + BAR,
        fill: FILLS[i],
        edge: INK.strong,
        [rowTitle]: label,
        bar: names[i],
        value: texts[i],
      };
    }),
  );
  return {
    above: sizes.label + 8,
    margin,
    height: size.height,
    layer: [
      boxLayer(size, bars, { strokeWidth: 1 }, [rowTitle, "bar", "value"]),
      ruleLayer(size, [{ x: zero, x2: zero, y: 0, y2: size.height }], { color: INK.muted, strokeWidth: 1 }),
      textLayer(
        size,
        [
          ...labels.map((text, row) => ({ x: EDGE - left, y: (row + 0.5) * ROW, text, ink: INK.text })),
          { x: EDGE - left, y: -12, text: rowTitle, ink: INK.muted },
          ...bars.map(({ right, top }, i) => ({
            x: right + 6,
            y: top + BAR / 2,
            text: named[Math.floor(i / 2)]?.[i % 2] ?? "",
            ink: INK.text,
          })),
        ],
        { align: "left" },
      ),
    ],
  };
}
