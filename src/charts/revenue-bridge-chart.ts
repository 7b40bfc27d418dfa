import type { RevenueMovements } from "../retention/revenue/revenue-movements.js";
import type { RevenueRateSeries } from "../retention/revenue/revenue-rates.js";
import { type AmountText, amountText } from "./amount-text.js";
import { chartFrame, chartSizes, EMPTY_HEIGHT, emptyNote } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { movementBars } from "./movement-bars.js";
import { counted, dayIn, type NumberText, numberText } from "./number-text.js";
import { type RevenueStepOfPeriod, stepsOf } from "./revenue-step.js";
import { revenueWaterfall } from "./revenue-waterfall.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a revenue bridge is drawn. */
export interface RevenueBridgeChartOptions extends ChartOptions {
  /** Label of the one period to draw, step by step. Default: all periods side by side, or the only one. */
  readonly period?: string;
  /** The customers of one group of `groupBy`, `null` for those of none. Default: all customers. */
  readonly group?: string | null;
  /**
   * How an amount in minor units is written: for example `(amount) => formatMoney(money(amount, "IDR"))`. Default: the
   * number of minor units.
   */
  readonly formatAmount?: (amount: number) => string;
}

/**
 * Where did revenue come from, where did it go, and how much of it do we keep?
 *
 * One period is drawn as a bridge, from the revenue of the start through what was new, came back, grew, shrank and was
 * lost to that of the end, each step with its sign. Several stand side by side: gains above the line, losses below it,
 * and a line for the net change. What is no doing of active customers (exchange rates, refunds of others) is drawn as
 * adjustment where it is not 0. The sentence above gives net and gross revenue retention.
 *
 * @param series - The result of {@link revenueMovements} or {@link revenueRates}, whose rates then stand in the sentence.
 * @param options - `period`, `group`, how amounts are written, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without a period, a frame that says so.
 * @throws RangeError when `series` is no such result, `period` or `group` is not in the series, or `locale` is no BCP 47 language
 * tag.
 * @example
 * ```ts
 * import { formatMoney, money, revenueBridgeChart, revenueMovements, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-03-01", amount: 60_000 },
 *     { customerId: "budi", at: "2023-08-01", amount: 40_000 },
 *     { customerId: "ani", at: "2024-05-01", amount: 90_000 },
 *     { customerId: "citra", at: "2024-06-01", amount: 70_000 },
 *   ],
 *   { currency: "USD" },
 * );
 * const movements = revenueMovements(log, { asOf: "2025-01-01", by: "year" });
 * const formatAmount = (amount: number) => formatMoney(money(amount, "USD"), { fractionDigits: 0 });
 * const chart = revenueBridgeChart(movements, { period: "2024", formatAmount, width: 900 });
 * chart.title.subtitle[0];
 * // => "In 2024 net sales went from $1,000 to $1,600 (+60%); net revenue retention (NRR) 90%, gross (GRR) 60%."
 * ```
 */
export function revenueBridgeChart(
  series: RevenueMovements | RevenueRateSeries,
  options: RevenueBridgeChartOptions = {},
): VegaLiteSpec {
  assertResult(series, "series", "revenueMovements() or revenueRates()", ["periods"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const money = amountText(options, series.currency);
  const steps = stepsOf(series, options);
  const answer = answerOf(steps, series, text, money);
  const span =
    "span" in series && series.span > 1 ? ` Each compared with ${series.span} periods before.` : "";
  const whose =
    options.group === undefined
      ? ""
      : ` ${options.group === null ? "Customers of no group" : `Group ${options.group}`}.`;
  const [first, last] = [steps[0], steps.at(-1)];
  const n =
    first === undefined || last === undefined
      ? "n = 0 customers."
      : `n = ${counted(text, first.customers.start, "customer")} at the start, ${text.count(last.customers.end)} at the end.`;
  const drawing =
    steps.length === 0
      ? {
          above: 0,
          margin: { left: 8, top: 12, right: 8, bottom: 8 },
          height: EMPTY_HEIGHT,
          layer: [emptyNote("No complete period with revenue", sizes)],
        }
      : steps.length === 1
        ? revenueWaterfall(steps[0], { sizes, text, money })
        : movementBars(steps, { sizes, text, money });
  return chartFrame({
    sizes,
    title: options.title ?? (steps.length === 1 ? `Revenue bridge: ${steps[0].label}` : "Revenue movements"),
    answer,
    note: `${n}${whose}${span}${money.note} As of ${dayIn(series.timeZone, series.asOf)}.`,
    description: `${steps.length === 1 ? "Waterfall of what revenue did in a period" : `Bars of what revenue did in each of ${counted(text, steps.length, "period")}, with the net change`}. ${answer}`,
    ...drawing,
  });
}

function answerOf(
  steps: readonly RevenueStepOfPeriod[],
  { source }: RevenueMovements | RevenueRateSeries,
  text: NumberText,
  money: AmountText,
): string {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return "There is no complete period with revenue.";
  const what = source === "log" ? "net sales" : "recurring revenue";
  const [start, end] = [first.revenue.start, last.revenue.end];
  const growth = start > 0 ? ` (${end >= start ? "+" : ""}${text.percent((end - start) / start)})` : "";
  const path = `${what} went from ${money.amount(start)} to ${money.amount(end)}${growth}`;
  const when = first === last ? `In ${last.label}` : `From ${first.label} to ${last.label}`;
  const kept =
    last.netRetention === null
      ? "nothing was there to be retained"
      : `net revenue retention (NRR) ${text.percent(last.netRetention)}, gross (GRR) ${text.percent(last.grossRetention)}`;
  return `${when} ${path}; ${first === last ? "" : `in ${last.label} `}${kept}.`;
}
