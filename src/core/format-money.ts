import { assertArgument, assertInteger, assertOneOf, shown } from "./assert.js";
import { minorUnitDigits } from "./currency.js";
import { withDecimals } from "./minor-units.js";
import { assertMoney, type Money } from "./money.js";
import { type RoundingMode, roundingModes, roundQuotient } from "./rounding.js";

/** How an amount of money is shown. */
export interface FormatMoneyOptions {
  /** BCP 47 language tag. Default `"en-US"`: never the machine's own. */
  readonly locale?: string;
  /** Digits after the point. Default: all that the currency has by ISO 4217, so that nothing is hidden. */
  readonly fractionDigits?: number;
  /** How to round when `fractionDigits` is less than the currency has. Default `"halfEven"`. */
  readonly rounding?: RoundingMode;
  /** The currency as symbol, narrow symbol, code or name. Default `"symbol"`. */
  readonly currencyDisplay?: "symbol" | "narrowSymbol" | "code" | "name";
}

/**
 * How is this amount written for people?
 *
 * Exact for every safe amount. `Intl` alone would show no digits for IDR and IQD, whatever the amount; here the
 * digits are the currency's by ISO 4217 unless `fractionDigits` says otherwise. Symbols, separators and blanks
 * (often U+00A0) come from the runtime's CLDR data and may change with it: show them, do not parse them.
 *
 * @param amount - An amount.
 * @param options - Locale, digits, rounding, and how the currency shows.
 * @returns Text in the locale's style.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is no amount of money or an option is out of range.
 * @example
 * ```ts
 * import { formatMoney, money } from "clientele";
 *
 * formatMoney(money(123450, "USD")); // => "$1,234.50"
 * formatMoney(money(1250, "JPY")); // => "¥1,250"
 * formatMoney(money(125000050, "IDR"), { locale: "id-ID" }); // => "Rp\u00a01.250.000,50"
 * formatMoney(money(125000050, "IDR"), { locale: "id-ID", fractionDigits: 0 }); // => "Rp\u00a01.250.000"
 * ```
 */
export function formatMoney(amount: Money, options: FormatMoneyOptions = {}): string {
  assertMoney(amount, "amount");
  const digits = minorUnitDigits(amount.currency);
  const {
    locale = "en-US",
    fractionDigits = digits,
    rounding = "halfEven",
    currencyDisplay = "symbol",
  } = options;
  assertInteger(fractionDigits, "options.fractionDigits", 0, 20);
  assertOneOf(rounding, "options.rounding", roundingModes);
  assertOneOf(currencyDisplay, "options.currencyDisplay", ["symbol", "narrowSymbol", "code", "name"]);
  const hidden = digits - fractionDigits;
  const decimal =
    hidden > 0
      ? withDecimals(
          Number(roundQuotient(BigInt(amount.amount), 10n ** BigInt(hidden), rounding)),
          fractionDigits,
        )
      : withDecimals(amount.amount, digits);
  // Decimal text is formatted digit by digit (ECMA-402 since 2023); engines before that take its nearest double.
  // ES2022's types know numbers only.
  return formatter(locale, amount.currency, fractionDigits, currencyDisplay).format(
    decimal as unknown as number,
  );
}

// A formatter costs as much as a hundred uses of it. The bound is only against callers who invent locales.
const FORMATTERS = new Map<string, Intl.NumberFormat>();
const MOST_FORMATTERS = 200;

function formatter(
  locale: string,
  currency: string,
  fractionDigits: number,
  currencyDisplay: "symbol" | "narrowSymbol" | "code" | "name",
): Intl.NumberFormat {
  const key = `${locale} ${currency} ${fractionDigits} ${currencyDisplay}`;
  const known = FORMATTERS.get(key);
  if (known !== undefined) return known;
  assertArgument(
    isLanguageTag(locale),
    "options.locale",
    () => `options.locale is ${shown(locale)}: pass a BCP 47 language tag such as "id-ID"`,
  );
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay,
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
  if (FORMATTERS.size >= MOST_FORMATTERS) FORMATTERS.clear();
  FORMATTERS.set(key, made);
  return made;
}

function isLanguageTag(locale: string): boolean {
  try {
    return typeof locale === "string" && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}
