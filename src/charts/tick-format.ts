/** Numbers in four digits, or in as many as it takes to tell every tick of an axis from the next. @internal */
export function tickFormat(axes: readonly (readonly number[])[], locale = "en-US"): Intl.NumberFormat {
  for (let digits = 4; ; digits++) {
    const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: digits });
    const isTold = axes.every(
      (ticks) => new Set(ticks.map((tick) => format.format(tick))).size === ticks.length,
    );
    if (isTold || digits === MOST) return format;
  }
}

/** Ticks have no more. */
const MOST = 12;
