import type {
  PortfolioAnalysis,
  PortfolioCell,
  PortfolioPlace,
} from "../profitability/sorting/portfolio-analysis.js";
import type { GridAxis } from "../segmentation/score-grid.js";
import { type AmountText, amountText } from "./amount-text.js";
import {
  type ChartSizes,
  chartFrame,
  chartSizes,
  drawingWidth,
  EMPTY_HEIGHT,
  emptyNote,
  INK,
} from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { boxLayer, textLayer } from "./pixel-layers.js";
import { DARKEST, inkOn, PALEST, shadeBetween } from "./shade.js";
import { shortened } from "./shortened.js";
import { textWidth, wrapped } from "./text-width.js";
import type { ChartOptions, JsonObject, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a portfolio is drawn. */
export interface PortfolioGridChartOptions extends ChartOptions {
  /**
   * How an amount in minor units is written: for example `(amount) => formatMoney(money(amount, "IDR"))`. Default: the
   * number of minor units.
   */
  readonly formatAmount?: (amount: number) => string;
  /**
   * How the score at which a part of an axis begins is written, in the headings: money in minor units, months, points. Default:
   * the number as it is.
   */
  readonly formatCut?: (cut: number, axis: string) => string;
}

const EDGE = 4;
const GAP = 3;
const PAD = 6;
/** A pale orange for what loses money; the minus sign says the same without colour. */
const LOSS = "#fbeadb";

/**
 * Where on the grid do our customers stand, and what does each cell bring, cost and earn?
 *
 * A box for each combination of labels: name of the cell, customers, profit, and what it is made of, value less cost to serve.
 * The last axis runs to the right, the others upwards; the headings say where each part begins. The darker, the more profit;
 * boxes with a loss are pale with a minus sign.
 *
 * @param portfolio - The result of {@link portfolioAnalysis}, on a grid of any number of axes.
 * @param options - How amounts are written, width, locale of the numbers, title. What does not fit a box is left to the tooltip.
 * @returns A Vega-Lite specification; without customers placed, a frame that says so.
 * @throws RangeError when `portfolio` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { portfolioAnalysis, portfolioGridChart, valueCostGrid } from "clientele";
 *
 * const customers = [[900, 100], [800, 500], [200, 400]].map(([value = 0, costToServe = 0], i) => {
 *   return { customerId: `c${i}`, value, costToServe, scores: { value, costToServe } };
 * });
 * const portfolio = portfolioAnalysis(valueCostGrid({ value: 500, costToServe: 300 }), customers);
 * portfolioGridChart(portfolio).title.subtitle[0];
 * // => "Most profit comes from passive: 33% of the customers and 800, 89% of all; most is lost on aggressive (-200)."
 * ```
 */
export function portfolioGridChart(
  portfolio: PortfolioAnalysis,
  options: PortfolioGridChartOptions = {},
): VegaLiteSpec {
  assertResult(portfolio, "portfolio", "portfolioAnalysis()", ["total", "unplaced", "places", "axes"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const money = amountText(options, null);
  const { total, unplaced, places, source } = portfolio;
  const isEmpty = total.customers === 0;
  const margin = { left: EDGE, top: 8, right: EDGE, bottom: EDGE };
  const answer = answerOf(portfolio, text, money);
  const drawing = isEmpty
    ? { height: EMPTY_HEIGHT, layer: [emptyNote("No customers", sizes)] }
    : boxes(portfolio, drawingWidth(sizes, margin), { sizes, text, money, cut: cutText(options) });
  const without =
    unplaced.customers === 0
      ? ""
      : `; ${counted(text, unplaced.customers, "customer")} without a score (profit ${money.amount(unplaced.profit)})`;
  const from = source === null ? "" : ` Grid: ${source}.`;
  return chartFrame({
    sizes,
    title: options.title ?? "Customer portfolio",
    answer,
    note: `n = ${counted(text, total.customers, "customer")}${without}.${isEmpty ? "" : ` Darker: more profit. Last line of a box: value less cost to serve.${from}${money.note}`}`,
    description: `Grid of ${counted(text, places.length, "box", "boxes")} with customers, profit, value and cost to serve. ${answer}`,
    above: 0,
    margin,
    ...drawing,
  });
}

interface Context {
  readonly sizes: ChartSizes;
  readonly text: NumberText;
  readonly money: AmountText;
  readonly cut: (cut: number, axis: string) => string;
}

function boxes(
  { places, axes }: PortfolioAnalysis,
  width: number,
  { sizes, text, money, cut }: Context,
): { readonly height: number; readonly layer: JsonObject[] } {
  const across = axes[axes.length - 1];
  const columns = across.labels.length;
  const rows = places.length / columns;
  const line = sizes.label + 3;
  const heading = line + 4;
  const boxWidth = (width - GAP * (columns - 1)) / columns;
  const room = boxWidth - 2 * PAD;
  const contents = places.map((place) => linesOf(place, room, sizes, text, money));
  const boxHeight = Math.max(...contents.map((lines) => lines.length)) * line + 2 * PAD;
  const top = (row: number): number => heading + row * (heading + boxHeight + GAP) + heading;
  const size = { width, height: top(rows - 1) + boxHeight };
  const most = Math.max(1, ...places.map(({ profit }) => profit));
  const names = axes.map(({ name }) => name);
  const drawn = places.map((place, i) => {
    const column = i % columns;
    // The highest labels stand on top.
    const row = rows - 1 - Math.floor(i / columns);
    const share = Math.max(0, place.profit) / most;
    const isLoss = place.profit < 0;
    const left = column * (boxWidth + GAP);
    return {
      box: {
        left,
        right: left + boxWidth,
        top: top(row),
        bottom: top(row) + boxHeight,
        fill: isLoss ? LOSS : shadeBetween(PALEST, DARKEST, share),
        cell: place.cell,
        place: names.map((name) => `${inWords(name)} ${place.labels[name]}`).join(", "),
        customers: text.count(place.customers),
        value: money.amount(place.value),
        costToServe: money.amount(place.costToServe),
        profit: money.amount(place.profit),
      },
      texts: contents[i].map((content, k) => ({
        x: left + PAD,
        y: top(row) + PAD + (k + 0.5) * line,
        text: content.text,
        isName: content.isName,
        ink: isLoss ? "#000000" : inkOn(PALEST, DARKEST, share),
      })),
    };
  });
  const texts = drawn.flatMap((place) => place.texts);
  const columnHeadings = across.labels.map((_, i) => ({
    x: i * (boxWidth + GAP),
    y: line / 2,
    text: fitting(partNames(across, i, cut), boxWidth - GAP, sizes.label),
    ink: INK.muted,
  }));
  const rowHeadings =
    axes.length === 1
      ? []
      : Array.from({ length: rows }, (_, row) => ({
          x: 0,
          y: top(row) - heading / 2,
          text: fitting(rowNames(axes.slice(0, -1), rows - 1 - row, cut), width, sizes.label),
          ink: INK.muted,
        }));
  const named = (isName: boolean): JsonObject =>
    textLayer(
      size,
      texts.flatMap(({ isName: own, ...place }) => (own === isName ? [place] : [])),
      { align: "left", ...(isName ? { fontWeight: 600 } : {}) },
    );
  return {
    height: size.height,
    layer: [
      boxLayer(
        size,
        drawn.map(({ box }) => box),
        {},
        ["cell", "place", "customers", "value", "costToServe", "profit"],
      ),
      named(true),
      named(false),
      textLayer(size, [...columnHeadings, ...rowHeadings], { align: "left" }),
    ],
  };
}

interface Line {
  readonly text: string;
  readonly isName: boolean;
}

/** Name, customers, profit, and what it is made of where there is room. */
function linesOf(
  { cell, customers, profit, value, costToServe }: PortfolioPlace,
  room: number,
  { label }: ChartSizes,
  text: NumberText,
  money: AmountText,
): Line[] {
  const name = wrapped(cell, room, label, true)
    .slice(0, 2)
    .map((line) => ({ text: shortened(line, room, label, true), isName: true }));
  const choices = [
    [counted(text, customers, "customer"), `n ${text.count(customers)}`],
    [`profit ${money.amount(profit)}`, money.amount(profit)],
    [`${money.amount(value)} - ${money.amount(costToServe)}`],
  ];
  const fits = (line: string): boolean => textWidth(line, label) <= room;
  const figures = choices.flatMap((lines) => lines.filter(fits).slice(0, 1));
  return [...name, ...figures.map((line) => ({ text: line, isName: false }))];
}

/** An axis, one of its labels, and where that part lies: "profit high, from 500", or where that is too long "profit ≥ 500". */
function partNames({ name, labels, cuts }: GridAxis, part: number, cut: Context["cut"]): string[] {
  const from = part === 0 ? null : cut(cuts[part - 1] ?? 0, name);
  const to = part === cuts.length ? null : cut(cuts[part] ?? 0, name);
  const axis = inWords(name);
  return [
    `${axis} ${labels[part]}, ${from === null ? `under ${to}` : to === null ? `from ${from}` : `${from} to ${to}`}`,
    from === null ? `${axis} < ${to}` : to === null ? `${axis} ≥ ${from}` : `${axis} ${from} to ${to}`,
  ];
}

function rowNames(axes: readonly GridAxis[], place: number, cut: Context["cut"]): string[] {
  let rest = place;
  const names: string[][] = [];
  for (const axis of [...axes].reverse()) {
    names.unshift(partNames(axis, rest % axis.labels.length, cut));
    rest = Math.floor(rest / axis.labels.length);
  }
  return [0, 1].map((length) => names.map((name) => name[length]).join("; "));
}

/** The first that fits; the last, cut off, where none does. */
function fitting(names: readonly string[], room: number, size: number): string {
  const fit = names.find((name) => textWidth(name, size) <= room);
  return fit ?? shortened(names[names.length - 1], room, size);
}

function cutText({ locale = "en-US", formatCut }: PortfolioGridChartOptions): Context["cut"] {
  const number = (cut: number): string =>
    new Intl.NumberFormat(locale, {
      maximumSignificantDigits: 4,
      notation: Math.abs(cut) < 100_000 ? "standard" : "compact",
    }).format(cut);
  return formatCut ?? number;
}

/** Axes are named as in code: costToServe. */
function inWords(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

function answerOf({ cells, total }: PortfolioAnalysis, text: NumberText, money: AmountText): string {
  if (total.customers === 0) return "There are no customers with a score for each axis.";
  const best = cells.reduce((most, cell) => (cell.profit > most.profit ? cell : most));
  const worst = cells.reduce((least, cell) => (cell.profit < least.profit ? cell : least));
  const loses = worst.profit < 0 ? `most is lost on ${worst.name} (${money.amount(worst.profit)})` : null;
  if (best.profit <= 0)
    return loses === null ? "No cell earns a profit." : `No cell earns a profit; ${loses}.`;
  return `${earns(best, text, money)}${loses === null ? "" : `; ${loses}`}.`;
}

function earns(
  { name, shareOfCustomers, profit, shareOfProfit }: PortfolioCell,
  text: NumberText,
  money: AmountText,
): string {
  const share = shareOfProfit.value === null ? "" : `, ${text.percent(shareOfProfit.value)} of all`;
  return `Most profit comes from ${name}: ${text.percent(shareOfCustomers.value)} of the customers and ${money.amount(profit)}${share}`;
}
