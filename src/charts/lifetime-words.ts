/** Models as they are written. @internal */
export const MODEL_NAMES = {
  bgNbd: "BG/NBD",
  mbgNbd: "MBG/NBD",
  paretoNbd: "Pareto/NBD",
  bgBb: "BG/BB",
} as const;

/** How times and expected numbers are written: three digits, and whole units from a thousand on. @internal */
export function shortNumber(locale = "en-US"): (value: number) => string {
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return (value) => (Math.abs(value) >= 1000 ? whole : number).format(value);
}

/** The same for places on an axis of time, which may be years. @internal */
export function placeNumber(locale = "en-US"): (value: number) => string {
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6, useGrouping: false });
  return (value) => number.format(value);
}

/** What one unit of a model's time is called; with BG/BB it is an opportunity. @internal */
export function timeName(model: string, unit: string): string {
  if (model === "bgBb") return "opportunity";
  return unit === "halfYear" ? "half-year" : unit;
}

/** `"1 week"`, `"2.5 weeks"`, `"3 opportunities"`. @internal */
export function timeWords(text: (value: number) => string, value: number, name: string): string {
  return `${text(value)} ${value === 1 ? name : plural(name)}`;
}

/** @internal */
export function plural(name: string): string {
  return name.endsWith("y") && name !== "day" ? `${name.slice(0, -1)}ies` : `${name}s`;
}
