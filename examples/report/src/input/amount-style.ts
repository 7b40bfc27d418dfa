import { type RoundingMode, toMinorUnits } from "clientele";
import type { DecimalMark } from "./options.js";

/**
 * How amounts are written: with which character before the decimals, or without any separator at all.
 *
 * `ambiguous`: separators stand before three digits only, so `150.000` may be 150 or 150 thousand.
 */
export type AmountStyle = DecimalMark | "whole";

const WHOLE = /^[+-]?\d+$/;
const SHAPES: Readonly<Record<DecimalMark, RegExp>> = {
  point: /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/,
  comma: /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/,
};

const BLANK_GROUPS = /^[+-]?\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?$/;

/** Which share of the cells with a separator must tell what it means? */
const SETTLING = 0.01;

const everyCode: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Whether a cell looks like an amount in any style. */
export function looksLikeAmount(cell: string): boolean {
  const text = bareAmount(cell);
  return WHOLE.test(text) || SHAPES.point.test(text) || SHAPES.comma.test(text);
}

/**
 * In which style are these amounts written?
 *
 * @returns The style; `ambiguous` when a separator could stand for decimals or for thousands, but for a few cells which
 * may be typing errors; `mixed` when the cells disagree.
 */
export function detectAmountStyle(cells: readonly string[]): AmountStyle | "ambiguous" | "mixed" {
  const amounts = cells.map((cell) => bareAmount(cell)).filter(looksLikeAmount);
  const separated = amounts.filter((text) => !WHOLE.test(text));
  if (separated.length === 0) return "whole";
  const fits = (mark: DecimalMark) => separated.filter((text) => SHAPES[mark].test(text)).length;
  const [point, comma] = [fits("point"), fits("comma")];
  // A style is settled by cells that the other one cannot read, unless the other has such cells too.
  const onlyPoint = separated.length - comma;
  const onlyComma = separated.length - point;
  if (onlyPoint > 0 && onlyComma > 0) return "mixed";
  if (Math.max(onlyPoint, onlyComma) < SETTLING * separated.length) return "ambiguous";
  return onlyPoint > onlyComma ? "point" : "comma";
}

/**
 * Makes a reader of amounts: decimal text to whole minor units, exactly.
 *
 * @returns Minor units, or the reason why the cell is no amount.
 */
export function amountReader(
  style: AmountStyle,
  currency: string,
  rounding?: RoundingMode,
): (cell: string) => number | string {
  const ownCode = new Set([currency, currency.toLowerCase()]);
  return (cell) => {
    const text = bareAmount(cell, ownCode);
    const decimal = plainDecimal(text, style);
    if (decimal === null) {
      return style === "whole" && looksLikeAmount(cell)
        ? "has a separator, the first rows have none: pass --decimal point or --decimal comma"
        : "is not an amount";
    }
    try {
      return toMinorUnits(decimal, currency, { rounding });
    } catch {
      return `does not fit ${currency}: it has more decimals (pass --rounding halfEven) or is too large`;
    }
  };
}

/** Digits with a point before the decimals and nothing else; `null` for what is no amount in the style. */
function plainDecimal(text: string, style: AmountStyle): string | null {
  if (WHOLE.test(text)) return text;
  if (style === "whole" || !SHAPES[style].test(text)) return null;
  return style === "point" ? text.replaceAll(",", "") : text.replaceAll(".", "").replace(",", ".");
}

/**
 * The digits of `Rp 150.000`, `$12.50`, `12.50 USD`, `1 250,00`, `(12.50)` (a negative amount in bookkeeping), `12.50-`.
 *
 * @param codes - ISO 4217 codes that may stand beside them: an amount in another currency is none.
 */
function bareAmount(cell: string, codes = everyCode): string {
  const text = cell
    .replace("\u2212", "-")
    .replace(/^(-?)\s*(?:Rp\.?|[$€£¥])\s*/i, "$1")
    .replace(/^(-?)([a-z]{3})\s*(?=[-(\d])/i, (all, sign, code) => (codes.has(code) ? sign : all))
    .replace(/\s*([a-z]{3})$/i, (all, code) => (codes.has(code) ? "" : all))
    .trim();
  const enclosed = /^\((.+)\)$/.exec(text) ?? /^(.+)-$/.exec(text);
  if (enclosed?.[1] !== undefined) return `-${bareAmount(enclosed[1], codes)}`;
  return BLANK_GROUPS.test(text) ? text.replace(/\s/g, "") : text;
}
