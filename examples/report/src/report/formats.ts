import {
  civilDay,
  formatMoney,
  fromMinorUnits,
  type Interval,
  localDay,
  minorUnitDigits,
  money,
  type Rate,
} from "clientele";

/** One locale for the whole report, whatever the machine's is. */
const LOCALE = "en-US";

/** What is shown where there is no number. */
export const NONE = "–";

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat(LOCALE, {
  notation: "compact",
  compactDisplay: "long",
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const short = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumSignificantDigits: 3 });
const longDay = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" });

/** `23,570` */
export function count(value: number): string {
  return whole.format(value);
}

/** `1 customer`, `2 customers` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `71.2%`; a dash where there is none. */
export function percent(share: Rate | number | null): string {
  const value = typeof share === "number" || share === null ? share : share.value;
  return value === null ? NONE : `${signed(oneDecimal.format(100 * value + 0))}%`;
}

/** `71.2%`; `less than 0.1%` and `more than 99.9%` for what is neither never nor always. */
export function chance(probability: number): string {
  if (probability > 0 && probability < 0.0005) return "less than 0.1%";
  return probability < 1 && probability >= 0.9995 ? "more than 99.9%" : percent(probability);
}

/** Every digit of an amount: `2,500,315.63 USD`; no decimals where they are all zero. */
export function exactMoney(amount: number, currency: string): string {
  const isWhole = /^-?\d+(\.0+)?$/.test(fromMinorUnits(amount, currency));
  const options = { locale: LOCALE, currencyDisplay: "code", ...(isWhole && { fractionDigits: 0 }) } as const;
  const written = formatMoney(money(amount, currency), options);
  return `${signed(written.replace(currency, "").replace(/\u00a0/g, ""))} ${currency}`;
}

/** For headlines: `IDR 10.3 billion`, `USD 2.50 million`. */
export function roundMoney(amount: number, currency: string): string {
  return `${currency}\u00a0${compact.format(Number(fromMinorUnits(amount, currency))).replace(" ", "\u00a0")}`;
}

/** For charts: `IDR 275M`, `USD 1.2K`. */
export function shortMoney(amount: number, currency: string): string {
  const written = signed(short.format(Number(fromMinorUnits(amount, currency)) + 0));
  // The sign stands before the currency, as charts write that of a gain.
  return `${written.startsWith("−") ? "−" : ""}${currency}\u00a0${written.replace("−", "")}`;
}

/** One unit for all amounts of a column, so that they can be compared at a glance. */
export interface MoneyColumn {
  /** `IDR million` */
  readonly unit: string;
  /** The number alone. */
  readonly cell: (amount: number | null) => string;
}

const scales = [
  { size: 1e9, word: " billion" },
  { size: 1e6, word: " million" },
  { size: 1e3, word: " thousand" },
  { size: 1, word: "" },
];

/** All decimals that the currency has. */
function everyDigit(currency: string): Intl.NumberFormat {
  const digits = minorUnitDigits(currency);
  return new Intl.NumberFormat(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Chooses the unit in which the largest of these amounts has two to five digits before the point. */
export function moneyColumn(amounts: readonly (number | null)[], currency: string): MoneyColumn {
  const major = (amount: number) => Number(fromMinorUnits(amount, currency));
  const largest = Math.max(0, ...amounts.map((amount) => Math.abs(major(amount ?? 0))));
  const scale = scales.find(({ size }) => largest >= 100 * size) ?? { size: 1, word: "" };
  const format =
    largest / scale.size >= 10_000 ? whole : scale.size === 1 ? everyDigit(currency) : oneDecimal;
  return {
    unit: `${currency}${scale.word}`,
    cell: (amount) => (amount === null ? NONE : signed(format.format(major(amount) / scale.size + 0))),
  };
}

/** With a minus sign as wide as a plus; a number that rounds to zero has none. */
function signed(written: string): string {
  return /^-[0.,]+$/.test(written) ? written.slice(1) : written.replace("-", "−");
}

/** The civil day of an instant: `January 1, 2024`. */
export function day(at: number, timeZone: string): string {
  return dayInWords(isoDay(at, timeZone));
}

/** A civil day, `2024-01-01`, in words: `January 1, 2024`. */
export function dayInWords(civil: string): string {
  return longDay.format(new Date(`${civil}T00:00:00Z`));
}

/** The civil day of an instant: `2024-01-01`. */
export function isoDay(at: number, timeZone: string): string {
  return civilDay(localDay(at, timeZone));
}

/** `9.3` */
export function oneDigit(value: number): string {
  return signed(oneDecimal.format(value + 0));
}

/** `9.31` */
export function twoDigits(value: number): string {
  return signed(twoDecimals.format(value + 0));
}

/** `33.1% to 46.0%`; a dash where there is none. */
export function interval(limits: Interval | null): string {
  return limits === null ? NONE : `${percent(limits.lower)} to ${percent(limits.upper)}`;
}

/** `2.7 to 3.1`; a dash where there is none. */
export function pointInterval(limits: Interval | null): string {
  return limits === null ? NONE : `${oneDigit(limits.lower)} to ${oneDigit(limits.upper)}`;
}

/** `0.79 to 1.31`; a dash where there is none. */
export function twoDigitInterval(limits: Interval | null): string {
  return limits === null ? NONE : `${twoDigits(limits.lower)} to ${twoDigits(limits.upper)}`;
}

/** `95%`, for the level of an interval. */
export function level(confidenceLevel: number): string {
  return `${Number((100 * confidenceLevel).toPrecision(4))}%`;
}
