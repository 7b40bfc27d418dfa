import { numberText } from "./number-text.js";
import type { ChartOptions } from "./vega-lite-spec.js";

/** How a chart of money is drawn. @internal */
export interface AmountOptions extends ChartOptions {
  readonly formatAmount?: (amount: number) => string;
}

/** How amounts of money are written in one chart. @internal */
export interface AmountText {
  /** An amount in minor units. */
  readonly amount: (minorUnits: number) => string;
  /** The same with its sign, also above 0. */
  readonly signed: (minorUnits: number) => string;
  /** A sentence on the unit, with a blank before it, where the amounts do not say it themselves. */
  readonly note: string;
}

/**
 * The caller's way of writing amounts, or their minor units as they are: how many of them make a unit of the currency is
 * not known here.
 *
 * @internal
 */
export function amountText({ locale, formatAmount }: AmountOptions, currency: string | null): AmountText {
  // A mean of amounts is no whole number; no way of writing money takes part of a minor unit.
  const whole = (minorUnits: number): number => Math.round(minorUnits) + 0;
  const amount =
    formatAmount === undefined
      ? (minorUnits: number) => numberText(locale).count(whole(minorUnits))
      : (minorUnits: number) => formatAmount(whole(minorUnits));
  return {
    amount,
    signed: (minorUnits) => `${whole(minorUnits) > 0 ? "+" : ""}${amount(minorUnits)}`,
    note:
      formatAmount === undefined
        ? ` Amounts in minor units${currency === null ? "" : ` of ${currency}`}.`
        : "",
  };
}
