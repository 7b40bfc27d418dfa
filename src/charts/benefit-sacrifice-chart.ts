import type { CustomerValue } from "../value/worth/customer-value.js";
import type { SurveyedValue } from "../value/worth/surveyed-value.js";
import { amountText } from "./amount-text.js";
import {
  chartFrame,
  chartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  type Framed,
  INK,
  widest,
} from "./chart-frame.js";
import { type DrawnItem, type DrawnValue, drawnValue } from "./drawn-value.js";
import { counted, numberText } from "./number-text.js";
import { boxLayer, type PixelSize, ruleLayer, textLayer } from "./pixel-layers.js";
import { shortened } from "./shortened.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** How benefits and sacrifices are drawn. */
export interface BenefitSacrificeChartOptions extends ChartOptions {
  /**
   * How an amount in minor units is written, for a value in money: for example
   * `(amount) => formatMoney(money(amount, "IDR"))`. Default: the number of minor units.
   */
  readonly formatAmount?: (amount: number) => string;
}

const EDGE = 4;
const BAR = 14;
const ROW = 22;
/** Between what is got, what is given and what is left. */
const GAP = 10;
const FILLS = { benefit: INK.strong, sacrifice: INK.pale, net: INK.middle } as const;

/**
 * What is got, what is given, and what is left?
 *
 * A bar for each item: benefits dark and to the right, sacrifices pale and to the left, the greatest first, and the net value
 * below. Words and places say the same as the shades.
 *
 * @param value - The result of {@link customerValue}, {@link customerValueInMoney} or {@link surveyedValue}, whose means are drawn.
 * @param options - How amounts are written, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without items, a frame that says so.
 * @throws RangeError when `value` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { benefitSacrificeChart, customerValue } from "clientele";
 *
 * const value = customerValue({
 *   benefits: [{ id: "product", score: 30 }, { id: "service", score: 10 }],
 *   sacrifices: [{ id: "monetary", score: 25 }],
 * });
 * const [answer] = benefitSacrificeChart(value).title.subtitle;
 * answer?.split(". ")[0]; // => "40 got for 25 given: 15 is left"
 * ```
 */
export function benefitSacrificeChart(
  value: CustomerValue | SurveyedValue,
  options: BenefitSacrificeChartOptions = {},
): VegaLiteSpec {
  return drawn(drawnValue(value), options);
}

function drawn(value: DrawnValue, options: BenefitSacrificeChartOptions): VegaLiteSpec {
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const isMoney = value.unit === "money";
  const money = amountText(options, value.currency);
  const points = new Intl.NumberFormat(options.locale ?? "en-US", { maximumFractionDigits: 2 });
  const written = (amount: number): string => (isMoney ? money.amount(amount) : points.format(amount + 0));
  const benefits = bySize(value, "benefit");
  const sacrifices = bySize(value, "sacrifice");
  const items = value.contributions.length;
  const most = (list: readonly DrawnItem[], by: string, of: string): string => {
    const [first] = list;
    if (first === undefined || first.contribution <= 0) return `nothing is ${by}`;
    // Where some items count below 0, the others may be more than the whole.
    const isPart = list.every(({ contribution }) => contribution >= 0);
    return `most is ${by} by ${first.id}${isPart ? ` (${text.percent(first.share.value)} of the ${of})` : ""}`;
  };
  const start = most(benefits, "got", "benefits");
  const answer =
    items === 0
      ? value.people === null
        ? "There are no benefits and no sacrifices."
        : "Nobody answered every item with a weight."
      : `${written(value.benefit)} got for ${written(value.sacrifice)} given: ${written(value.net)} is left. ${start[0].toUpperCase()}${start.slice(1)}, ${most(sacrifices, "given", "sacrifices")}.`;
  const unit = isMoney
    ? money.note
    : ` In ${value.unit === "pomp" ? "percent of the maximum possible" : "points"}, ${value.combine === "mean" ? "weighted means: each bar is its part of its side's mean" : "weight times score"}.`;
  const people =
    value.people === null
      ? ""
      : `${text.count(value.people.complete)} of ${counted(text, value.people.asked, "respondent")}, `;
  return chartFrame({
    sizes,
    title: options.title ?? "Benefits and sacrifices",
    answer,
    note: `n = ${people}${counted(text, items, "item")}.${unit}`,
    description: `Bars of ${counted(text, benefits.length, "benefit")} to the right and ${counted(text, sacrifices.length, "sacrifice")} to the left. ${answer}`,
    above: 0,
    ...(items === 0
      ? {
          margin: { left: 8, top: 12, right: 8, bottom: 8 },
          height: EMPTY_HEIGHT,
          layer: [emptyNote("No items", sizes)],
        }
      : bars([
          ...benefits.map((item) => ({ label: item.id, size: item.contribution, part: "benefit" as const })),
          ...sacrifices.map((item) => ({
            label: item.id,
            size: 0 - item.contribution,
            part: "sacrifice" as const,
          })),
          { label: "net", size: value.net, part: "net" as const },
        ])),
  });

  function bars(
    rows: readonly { readonly label: string; readonly size: number; readonly part: keyof typeof FILLS }[],
  ): Pick<Framed, "margin" | "height" | "layer"> {
    const labels = rows.map(({ label }) => shortened(label, 0.36 * sizes.total, sizes.label));
    // What is given is written as its size: its side says that it goes off.
    const texts = rows.map(({ size, part }) => written(part === "sacrifice" ? 0 - size : size));
    const room = (isLeft: boolean): number =>
      widest(
        texts.filter((_, i) => isLeftward(rows[i].size) === isLeft),
        sizes.label,
      );
    const label = widest(labels, sizes.label);
    const margin = { left: EDGE + label + 10 + room(true) + 8, top: 8, right: room(false) + 12, bottom: 8 };
    const low = Math.min(0, ...rows.map(({ size }) => size));
    const high = Math.max(0, ...rows.map(({ size }) => size));
    const width = drawingWidth(sizes, margin);
    const across = (amount: number): number =>
      high > low ? Number((((amount - low) / (high - low)) * width).toFixed(2)) : 0;
    const zero = across(0);
    let y = 0;
    const placed = rows.map((row, i) => {
      if (i > 0 && rows[i - 1].part !== row.part) y += GAP;
      const top = y + (ROW - BAR) / 2;
      y += ROW;
      return { ...row, top, middle: top + BAR / 2, end: across(row.size), text: texts[i] };
    });
    const size: PixelSize = { width, height: y };
    const ends = (isLeft: boolean) =>
      textLayer(
        size,
        placed
          .filter((row) => isLeftward(row.size) === isLeft)
          .map(({ end, middle, text: shown }) => ({
            x: end + (isLeft ? -6 : 6),
            y: middle,
            text: shown,
            ink: INK.text,
          })),
        { align: isLeft ? "right" : "left" },
      );
    return {
      margin,
      height: size.height,
      layer: [
        boxLayer(
          size,
          placed.map(({ label: item, part, top, end, text: shown }) => ({
            left: Math.min(zero, end),
            right: Math.max(zero, end),
            top,
            bottom: top + BAR,
            fill: FILLS[part],
            edge: INK.strong,
            item,
            part,
            value: shown,
          })),
          { strokeWidth: 1 },
          ["item", "part", "value"],
        ),
        ruleLayer(size, [{ x: zero, x2: zero, y: 0, y2: size.height }], { color: INK.muted, strokeWidth: 1 }),
        ends(false),
        ends(true),
        textLayer(
          size,
          placed.map(({ middle }, i) => ({
            x: EDGE - margin.left,
            y: middle,
            text: labels[i],
            ink: INK.text,
          })),
          { align: "left" },
        ),
      ],
    };
  }
}

function isLeftward(size: number): boolean {
  return size < 0;
}

function bySize({ contributions }: DrawnValue, side: "benefit" | "sacrifice"): DrawnItem[] {
  return contributions.filter((item) => item.side === side).sort((a, b) => b.contribution - a.contribution);
}
