import type { AmountText } from "./amount-text.js";
import { type ChartSizes, type Framed, INK, widest } from "./chart-frame.js";
import { looksFor } from "./movement-looks.js";
import type { NumberText } from "./number-text.js";
import { type PixelText, textLayer } from "./pixel-layers.js";
import type { RevenueStepOfPeriod } from "./revenue-step.js";
import { type WaterfallStep, waterfallLayers, waterfallPlaces } from "./waterfall-layers.js";

/** How numbers and sizes are in one chart of revenue. @internal */
export interface RevenueContext {
  readonly sizes: ChartSizes;
  readonly text: NumberText;
  readonly money: AmountText;
}

const EDGE = 4;
/** Width of the bars, pixels. */
const MOST_CROWDED = 170;

interface Row extends WaterfallStep {
  readonly customers: number | null;
  readonly isTotal: boolean;
}

/**
 * From the revenue of the start to that of the end, a row for each step: names and amounts beside the bars have room on a
 * telephone, and stand in line.
 *
 * @internal
 */
export function revenueWaterfall(
  { revenue, customers }: RevenueStepOfPeriod,
  { sizes, text, money }: RevenueContext,
): Pick<Framed, "above" | "margin" | "height" | "layer"> {
  const total = { fill: "#52606d", edge: "#52606d", isTotal: true, from: 0 };
  let level = revenue.start;
  const moves = looksFor([revenue]).map(({ kind, fill, edge, changeOf }): Row => {
    const from = level;
    const change = changeOf(revenue);
    level += change;
    return {
      name: kind,
      from,
      to: level,
      amount: money.signed(change),
      customers: kind === "adjustment" ? null : customers[kind],
      fill,
      edge,
      isTotal: false,
    };
  });
  const ends = (name: "start" | "end"): Row => ({
    ...total,
    name,
    to: revenue[name],
    amount: money.amount(revenue[name]),
    customers: customers[name],
  });
  const rows = [ends("start"), ...moves, ends("end")];

  const names = rows.map(({ name }) => name);
  const amounts = rows.map(({ amount }) => amount);
  const counts = rows.map((row) => (row.customers === null ? "" : text.count(row.customers)));
  const left = EDGE + widest(names, sizes.label, true) + 12;
  const amountsEnd = 12 + widest(["amount", ...amounts], sizes.label, true);
  const countWidth = 14 + widest(["customers", ...counts], sizes.label);
  // Where the bars would be short, customers are left to pointing at them.
  const hasCounts = sizes.total - left - amountsEnd - countWidth - EDGE >= MOST_CROWDED;
  const right = amountsEnd + (hasCounts ? countWidth : 0) + EDGE;
  const width = sizes.total - left - right;
  const places = waterfallPlaces(rows, width, sizes.isNarrow);
  const { size, middle } = places;
  const header = -(sizes.label / 2 + 4);
  const bold = { fontWeight: 600 };
  const texts = (x: number, of: readonly string[], isTotal: boolean): PixelText[] =>
    rows.flatMap((found, i) =>
      found.isTotal === isTotal ? [{ x, y: middle(i), text: of[i] ?? "", ink: INK.text }] : [],
    );
  const amountAt = width + amountsEnd;
  const countAt = width + right - EDGE;
  return {
    above: sizes.label + 4,
    margin: { left, top: sizes.label + 14, right, bottom: 8 },
    height: size.height,
    layer: [
      ...waterfallLayers(
        rows,
        places,
        counts.map((customers) => ({ customers })),
      ),
      textLayer(size, texts(EDGE - left, names, true), { align: "left", ...bold }),
      textLayer(size, texts(EDGE - left, names, false), { align: "left" }),
      textLayer(size, texts(amountAt, amounts, true), { align: "right", ...bold }),
      textLayer(size, texts(amountAt, amounts, false), { align: "right" }),
      textLayer(
        size,
        [
          { x: amountAt, y: header, text: "amount", ink: INK.muted },
          ...(hasCounts ? ["customers", ...counts] : []).map((text, i) => ({
            x: countAt,
            y: i === 0 ? header : middle(i - 1),
            text,
            ink: INK.muted,
          })),
        ],
        { align: "right" },
      ),
    ],
  };
}
