import type { WhaleCurve } from "../profitability/whale-curve.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
  niceTicks,
  uprightTitleHeight,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import {
  type CurvePoint,
  curveAxes,
  curveLine,
  curveMargin,
  curvePoints,
  thinnedNote,
} from "./cumulative-curve.js";
import { counted, type NumberText, numberText, windowIn } from "./number-text.js";
import { textWidth } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a whale curve is drawn. */
export interface WhaleCurveChartOptions extends ChartOptions {
  /**
   * How an amount in minor units is written, for amounts of money in the sentence: for example
   * `(amount) => formatMoney(money(amount, "IDR"))`. Default: shares alone.
   */
  readonly formatAmount?: (amount: number) => string;
}

/**
 * Who earns our profit, and how much of it is eaten up again?
 *
 * Cumulative profit as a share of the total, from the most to the least profitable customer, with the peak, the best
 * customers and what is lost after the peak marked. Where the total is no profit, shares are of what the profitable
 * customers earn; where nobody is profitable, of the loss.
 *
 * @param whale - The result of {@link whaleCurve}; of more than 500 customers the drawing keeps 500 points, among them the
 * ends and the peak, and the description says so.
 * @param options - Width, locale of the numbers, title, and how amounts are written.
 * @returns A Vega-Lite specification; without customers, a frame that says so.
 * @throws RangeError when `whale` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { whaleCurve, whaleCurveChart } from "clientele";
 *
 * const whale = whaleCurve([
 *   { customerId: "ani", profit: 900 },
 *   { customerId: "budi", profit: 300 },
 *   { customerId: "citra", profit: -200 },
 * ]);
 * whaleCurveChart(whale).title.subtitle[0];
 * // => "The best 1 of 3 customers (33%) brings 90% of the profit; 1 unprofitable customer takes away 20% of it again."
 * ```
 */
export function whaleCurveChart(whale: WhaleCurve, options: WhaleCurveChartOptions = {}): VegaLiteSpec {
  assertResult(whale, "whale", "whaleCurve()", ["points", "top"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const measure = measureOf(whale);
  const points = drawnPoints(whale, measure);
  const shares = points.map((point) => point.share);
  const height = whale.customers === 0 ? EMPTY_HEIGHT : sizes.isNarrow ? 230 : 320;
  const low = Math.min(0, ...shares);
  const high = Math.max(measure.low, ...shares);
  // Above the peak there must be room for its label.
  const headroom = whale.peak > 0 ? ((high - low) * 24) / (height - 24) : 0;
  const ticks = niceTicks(low, high + headroom, 6);
  const margin = curveMargin(ticks, sizes, text);
  const answer = answerOf(whale, text, options.formatAmount);
  const { window, timeZone } = whale;
  const when = window === null || timeZone === null ? "" : ` Profit ${windowIn(timeZone, window)}.`;
  return chartFrame({
    sizes,
    title: options.title ?? "Whale curve: who earns the profit",
    answer,
    note: `n = ${counted(text, whale.customers, "customer")}, ${text.count(whale.profitable)} with a profit, ${text.count(whale.unprofitable)} with a loss.${when}`,
    description: `Curve of cumulative profit from the most to the least profitable customer. ${answer}${thinnedNote(points.length, whale.customers, text)}`,
    margin,
    above: whale.customers > 0 ? uprightTitleHeight(sizes) : 0,
    height,
    layer:
      whale.customers === 0
        ? [emptyNote("No customers", sizes)]
        : layers({
            whale,
            points,
            ticks,
            sizes,
            text,
            measure,
            left: margin.left,
            width: drawingWidth(sizes, margin),
          }),
  });
}

/** What shares on the y axis are of. */
interface Measure {
  readonly whole: number;
  readonly name: string;
  /** The axis reaches at least this far up. */
  readonly low: number;
}

function measureOf({ total, peak }: WhaleCurve): Measure {
  if (total > 0) return { whole: total, name: "total profit", low: 1 };
  if (peak > 0) return { whole: peak, name: "what profitable customers earn", low: 1 };
  return { whole: total === 0 ? 1 : -total, name: "the total loss", low: total === 0 ? 1 : 0 };
}

/** With the peak and the best customers. */
function drawnPoints({ customers, peakRank, top, points }: WhaleCurve, { whole }: Measure): CurvePoint[] {
  const marks = [peakRank, top.customers];
  return curvePoints(customers, marks, (rank) => (points.columns.cumulative[rank - 1] ?? 0) / whole);
}

interface Drawing {
  readonly whale: WhaleCurve;
  readonly points: readonly CurvePoint[];
  readonly ticks: readonly number[];
  readonly sizes: ChartSizes;
  readonly text: NumberText;
  readonly measure: Measure;
  readonly left: number;
  readonly width: number;
}

function layers(drawing: Drawing): JsonObject[] {
  const { whale, points, ticks, text, measure, left } = drawing;
  const marks = marksOf(drawing);
  const titles = {
    x: "customers, most profitable first, % of all",
    y: `cumulative profit, % of ${measure.name}`,
  };
  const axes = curveAxes(titles, ticks, left, text);
  const { x, y } = axes;
  return [
    {
      data: { values: points },
      mark: { type: "area", color: INK.pale },
      encoding: { x, y, y2: { datum: 0 } },
    },
    ...[0, 1]
      .filter((share) => share === 0 || whale.peak > 0)
      .map((share) => ({
        data: { values: [{ share }] },
        mark: {
          type: "rule",
          color: share === 0 ? "#9aa5b1" : INK.muted,
          strokeDash: share === 0 ? [1, 0] : [4, 3],
        },
        encoding: { y },
      })),
    curveLine(points, axes),
    {
      data: { values: marks.map(({ position, share, note }) => ({ position, share, note })) },
      mark: { type: "point", filled: true, color: INK.strong, size: 70, opacity: 1 },
      encoding: { x, y },
    },
    ...marks.map(({ position, share, note, align, dx, dy }) => ({
      data: { values: [{ position, share, note }] },
      mark: { type: "text", align, baseline: "middle", dx, dy, fontWeight: 600 },
      encoding: { x, y, text: { field: "note", type: "nominal" } },
    })),
    ...referenceOf(drawing),
  ];
}

interface Mark {
  readonly position: number;
  readonly share: number;
  readonly note: string;
  readonly align: "left" | "center" | "right";
  readonly dx: number;
  readonly dy: number;
}

/** The peak and the best customers, each with a label where the curve leaves room. */
function marksOf({ whale, sizes, text, measure, width }: Drawing): Mark[] {
  const { customers, peak, peakRank, top } = whale;
  if (peakRank === 0) return [];
  const marks: Mark[] = [];
  const peakNote = `peak ${text.percent(peak / measure.whole)}`;
  const position = peakRank / customers;
  const half = textWidth(peakNote, sizes.label, true) / 2;
  const align = position * width < half ? "left" : (1 - position) * width < half ? "right" : "center";
  marks.push({ position, share: peak / measure.whole, note: peakNote, align, dx: 0, dy: -14 });
  if (top.customers !== peakRank && top.customers < customers) {
    marks.push({
      position: top.customers / customers,
      share: top.profit / measure.whole,
      note: `best ${text.percent(top.shareOfCustomers.value)}: ${text.percent(top.profit / measure.whole)}`,
      align: "left",
      dx: 8,
      dy: 12,
    });
  }
  return marks;
}

/** Names the dashed line, on the left while the curve is still below it, otherwise on the right under the curve. */
function referenceOf({ whale, points, sizes, text, width }: Drawing): JsonObject[] {
  if (whale.total <= 0) return [];
  const note = `total profit = ${text.tick(1)}`;
  const crossing = points.find(({ share }) => share >= 1)?.position ?? 1;
  const isLeft = crossing * width > textWidth(note, sizes.label) + 44;
  return [
    {
      data: { values: [{ share: 1, note }] },
      mark: {
        type: "text",
        align: isLeft ? "left" : "right",
        dx: isLeft ? 4 : -4,
        dy: isLeft ? -9 : 10,
        baseline: "middle",
        color: INK.muted,
      },
      encoding: {
        x: { value: isLeft ? 0 : "width" },
        y: { field: "share", type: "quantitative" },
        text: { field: "note", type: "nominal" },
      },
    },
  ];
}

function answerOf(whale: WhaleCurve, text: NumberText, formatAmount?: (amount: number) => string): string {
  const { customers, total, peak, erosion, unprofitable, profitable, top } = whale;
  if (customers === 0) return "There are no customers.";
  const money = (amount: number): string => (formatAmount === undefined ? "" : ` (${formatAmount(amount)})`);
  const losers = `${counted(text, unprofitable, "unprofitable customer")} ${unprofitable === 1 ? "takes" : "take"} away`;
  if (total > 0) {
    const best = `The best ${text.count(top.customers)} of ${counted(text, customers, "customer")} (${text.percent(top.shareOfCustomers.value)}) ${top.customers === 1 ? "brings" : "bring"} ${text.percent(top.shareOfTotal.value)} of the profit${money(top.profit)}`;
    const loss = `${losers} ${text.percent(erosion / total)} of it again${money(erosion)}`;
    return `${best}; ${unprofitable === 0 ? "nobody loses us money" : loss}.`;
  }
  if (peak > 0) {
    const earn = `${counted(text, profitable, "profitable customer")} ${profitable === 1 ? "earns" : "earn"}`;
    return `${losers} ${text.percent(erosion / peak)} of what ${earn}${money(peak)}: no profit is left${money(total)}.`;
  }
  if (erosion === 0) return `${counted(text, customers, "customer")}, and neither profit nor loss.`;
  return `No customer is profitable; ${counted(text, unprofitable, "customer")} lose${unprofitable === 1 ? "s" : ""} us money${money(-total)}.`;
}
