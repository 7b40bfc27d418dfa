import type { TimeWindow } from "../core/duration.js";

/** How numbers are written in one chart. @internal */
export interface NumberText {
  /** A count with its separators: `"23,570"`. */
  readonly count: (value: number) => string;
  /** A count in ways that are shorter each: `["23,570", "23.6K", "24K"]`. */
  readonly shorterCounts: (value: number) => readonly string[];
  /** A share as a percentage: `"71%"`, `"6.3%"`, `"99.8%"`; `"n/a"` for `null`. */
  readonly percent: (share: number | null) => string;
  /** A whole percentage for the ticks of an axis: `"20%"`. */
  readonly tick: (share: number) => string;
}

/** The ways of writing numbers of a locale. @internal */
export function numberText(locale = "en-US"): NumberText {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const compact3 = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 });
  const compact0 = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 0 });
  const percent0 = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const percent1 = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return {
    count: (value) => whole.format(value),
    shorterCounts: (value) => {
      const written = [whole, compact3, compact0].map((format) => format.format(value));
      return written.filter((text, i) => i === 0 || text.length < written[i - 1].length);
    },
    tick: (share) => percent0.format(share),
    percent: (share) => {
      if (share === null) return "n/a";
      const size = Math.abs(share);
      if (size > 0 && size < 0.0005) return `${share < 0 ? ">-" : "<"}${percent1.format(0.001)}`;
      // Almost all and a little over all must not read as all.
      if (size > 0.9995 && size < 1) return `${share < 0 ? "<-" : ">"}${percent1.format(0.999)}`;
      const isFine = size < 0.0995 || (size > 0.985 && size < 1.015);
      return (isFine ? percent1 : percent0).format(share + 0);
    },
  };
}

/** `"1 customer"`, `"2 customers"`. @internal */
export function counted(text: NumberText, value: number, one: string, many = `${one}s`): string {
  return `${text.count(value)} ${value === 1 ? one : many}`;
}

/** The civil day of an instant in a zone: `"2024-02-29"`. @internal */
export function dayIn(timeZone: string, ms: number): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const part = (type: string): string =>
    parts.formatToParts(ms).find((found) => found.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** A window in the clocks of a zone: `"from 2024-01-01 until before 2024-02-29 14:30"`. @internal */
export function windowIn(timeZone: string, { start, end }: TimeWindow): string {
  return `from ${momentIn(timeZone, start)} until before ${momentIn(timeZone, end)}`;
}

/** The civil day of an instant, and the time of day unless the day begins there. */
function momentIn(timeZone: string, ms: number): string {
  const day = dayIn(timeZone, ms);
  if (dayIn(timeZone, ms - 1) !== day) return day;
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" }).format(ms);
  return `${day} ${time.replace(/:00$/, "")}`;
}
