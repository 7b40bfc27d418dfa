import { type DatePattern, datePatterns, dateReader, epochPatterns } from "./date-format.js";

/** What the cells of a column say about how its dates are written. */
export type DateDetection =
  | { readonly kind: "certain"; readonly pattern: DatePattern; readonly share: number }
  | { readonly kind: "ambiguous"; readonly patterns: readonly DatePattern[]; readonly example: string }
  | {
      readonly kind: "mixed";
      readonly patterns: readonly DatePattern[];
      readonly examples: readonly string[];
    }
  | { readonly kind: "none" };

/** In how many cells of a date column must there be dates? */
const MOST = 0.8;

/**
 * How are the dates of this column written?
 *
 * Day and month are told apart by a day above 12, never by a guess: a column in which every date reads both ways is
 * `ambiguous`, one in which some dates read only this way and some only that way is `mixed`.
 *
 * @param named - Whether the column is known to hold dates: then plain numbers may be seconds since 1970.
 */
export function detectDatePattern(cells: readonly string[], named: boolean): DateDetection {
  const filled = cells.filter((cell) => cell !== "");
  const patterns = named ? [...datePatterns, ...epochPatterns] : datePatterns;
  const readings = patterns
    .map((pattern) => ({ pattern, fits: fitsOf(pattern, filled) }))
    .filter(({ fits }) => fits.size > 0)
    .sort((left, right) => right.fits.size - left.fits.size);
  const [best, second] = readings;
  if (!best || new Set(readings.flatMap(({ fits }) => [...fits])).size < MOST * filled.length) {
    return { kind: "none" };
  }
  if (second) {
    const onlySecond = [...second.fits].find((index) => !best.fits.has(index));
    const both = [best.pattern, second.pattern];
    if (onlySecond !== undefined) {
      const onlyBest = [...best.fits].find((index) => !second.fits.has(index)) ?? 0;
      const examples = [filled[onlyBest] ?? "", filled[onlySecond] ?? ""];
      return { kind: "mixed", patterns: both, examples };
    }
    if (best.fits.size === second.fits.size) {
      return { kind: "ambiguous", patterns: both, example: filled[0] ?? "" };
    }
  }
  return { kind: "certain", pattern: best.pattern, share: best.fits.size / filled.length };
}

/** The cells, by place, that are dates of this form. */
function fitsOf(pattern: DatePattern, cells: readonly string[]): Set<number> {
  const read = dateReader(pattern, "UTC");
  const fits = new Set<number>();
  cells.forEach((cell, index) => {
    if (read(cell) !== null) fits.add(index);
  });
  return fits;
}
