import type { LifetimeValueDistribution } from "../lifetime/evaluation/lifetime-value-distribution.js";
import { type AmountText, amountText } from "./amount-text.js";
import { chartFrame, chartSizes } from "./chart-frame.js";
import { assertResult } from "./chart-input.js";
import { counted, type NumberText, numberText } from "./number-text.js";
import { pairedBars } from "./paired-bars.js";
import type { ChartOptions, VegaLiteSpec } from "./vega-lite-spec.js";

/** How a distribution of values is drawn. */
export interface LifetimeValueChartOptions extends ChartOptions {
  /** How a whole number of the values' unit is written, `(amount) => formatMoney(money(amount, "IDR"))`; default as it is. */
  readonly formatAmount?: (amount: number) => string;
}

/**
 * How many customers are worth little, and who brings the sum, drawn?
 *
 * Two bars for each class of values: dark its share of the customers, pale its share of the value.
 *
 * @param distribution - The result of {@link lifetimeValueDistribution}.
 * @param options - `formatAmount`, width, locale of the numbers, title.
 * @returns A Vega-Lite specification; without customers, a frame that says so. Where values do not add up to more than zero
 * there are no shares of them, and those bars are left out.
 * @throws RangeError when `distribution` is no such result, or `locale` is no BCP 47 language tag.
 * @example
 * ```ts
 * import { lifetimeValueChart, lifetimeValueDistribution } from "clientele";
 *
 * const distribution = lifetimeValueDistribution([5, 12, 18, 26, 39], { classes: 4 });
 * lifetimeValueChart(distribution).title.subtitle[0];
 * // => "Mean 20, median 18. The highest class, 30 to 40, is 20% of the customers and 39% of the value."
 * ```
 */
export function lifetimeValueChart(
  distribution: LifetimeValueDistribution,
  options: LifetimeValueChartOptions = {},
): VegaLiteSpec {
  assertResult(distribution, "distribution", "lifetimeValueDistribution()", ["byClass", "mean"]);
  const sizes = chartSizes(options);
  const text = numberText(options.locale);
  const { byClass, customers, total, width } = distribution;
  const amounts = amountsOf(options, width);
  const isEmpty = customers === 0;
  const labels = byClass.columns.from.map((from, i) => classLabel(from, byClass.columns.to[i], amounts));
  const answer = isEmpty ? "There are no customers." : answerOf(distribution, labels, text, amounts);
  const unit = options.formatAmount === undefined ? " Amounts in the unit of the values." : "";
  return chartFrame({
    sizes,
    title: options.title ?? "How lifetime value is spread",
    answer,
    note: `n = ${counted(text, customers, "customer")}, worth ${amounts.amount(total)} together.${unit}`,
    description: `Bars of the shares of customers and of value in ${counted(text, labels.length, "class", "classes")} of lifetime value. ${answer}`,
    ...pairedBars(
      {
        rowTitle: "lifetime value",
        names: ["of customers", "of value"],
        rows: labels.map((label, i) => {
          const share = byClass.columns.customers[i] / customers;
          const ofValue = total > 0 ? byClass.columns.value[i] / total : null;
          return {
            label,
            values: [share, ofValue ?? 0],
            texts: [text.percent(share), text.percent(ofValue)],
          };
        }),
      },
      sizes,
      customers,
    ),
  });
}

/** Whole amounts, unless classes are narrower than one: then as many digits as tell their limits apart. */
function amountsOf(options: LifetimeValueChartOptions, width: number): Pick<AmountText, "amount"> {
  // Widths are 1, 2 or 5 times a power of ten.
  const digits = Math.min(100, Math.ceil(-Math.log10(width) - 1e-9));
  if (options.formatAmount !== undefined || digits <= 0) return amountText(options, null);
  const number = new Intl.NumberFormat(options.locale ?? "en-US", { maximumFractionDigits: digits });
  return { amount: (value) => number.format(value + 0) };
}

function classLabel(from: number | null, to: number | null, { amount }: Pick<AmountText, "amount">): string {
  if (from === null) return to === null ? "all" : `below ${amount(to)}`;
  return to === null ? `${amount(from)} and more` : `${amount(from)} to ${amount(to)}`;
}

function answerOf(
  { byClass, mean, median, customers, total }: LifetimeValueDistribution,
  labels: readonly string[],
  text: NumberText,
  { amount }: Pick<AmountText, "amount">,
): string {
  const top = labels.length - 1;
  const share = text.percent(byClass.columns.customers[top] / customers);
  const middle = `Mean ${amount(mean.value ?? 0)}, median ${amount(median ?? 0)}.`;
  if (!(total > 0)) return `${middle} The values do not add up to more than zero.`;
  const ofValue = text.percent(byClass.columns.value[top] / total);
  return `${middle} The highest class, ${labels[top]}, is ${share} of the customers and ${ofValue} of the value.`;
}
