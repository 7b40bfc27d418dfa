import type { AmountText } from "./amount-text.js";
import { type ChartSizes, type Framed, INK, widest } from "./chart-frame.js";
import { looksFor } from "./movement-looks.js";
import type { NumberText } from "./number-text.js";
import { boxLayer, type PixelText, ruleLayer, textLayer } from "./pixel-layers.js";
import type { RevenueStepOfPeriod } from "./revenue-step.js";

/** How numbers and sizes are in one chart of revenue. @internal */
export interface RevenueContext {
  readonly sizes: ChartSizes;
  readonly text: NumberText;
  readonly money: AmountText;
}

const EDGE = 4;
/** Width of the bars, pixels. */
const MOST_CROWDED = 170;

interface Row {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly amount: string;
  readonly customers: number | null;
  readonly fill: string;
  readonly edge: string;
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

  const low = Math.min(0, ...rows.map(({ to }) => to));
  const high = Math.max(0, ...rows.map(({ to }) => to));
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
  const row = sizes.isNarrow ? 26 : 32;
  const size = { width, height: rows.length * row };
  const at = (value: number): number => (high > low ? ((value - low) / (high - low)) * width : 0);
  const middle = (i: number): number => (i + 0.5) * row;
  const inset = row * 0.17;
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
      ruleLayer(size, [{ x: at(0), x2: at(0), y: 0, y2: size.height }], { color: "#9aa5b1" }),
      ruleLayer(
        size,
        rows.slice(1).map((_, i) => ({
          x: at(rows[i].to),
          x2: at(rows[i].to),
          y: middle(i),
          y2: middle(i + 1),
        })),
        { color: INK.muted, strokeDash: [2, 2] },
      ),
      boxLayer(
        size,
        rows.map(({ name, from, to, amount, fill, edge }, i) => ({
          left: at(Math.min(from, to)),
          // What is little is still to be seen; nothing is not.
          right: Math.max(at(Math.max(from, to)), at(Math.min(from, to)) + (from === to ? 0 : 1)),
          top: i * row + inset,
          bottom: (i + 1) * row - inset,
          fill,
          edge: from === to ? "#ffffff00" : edge,
          name,
          amount,
          customers: counts[i] ?? "",
        })),
        { strokeWidth: 1 },
        ["name", "amount", "customers"],
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
