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

/** Whether a cell looks like an amount in any style. */
export function looksLikeAmount(cell: string): boolean {
  const text = bareAmount(cell);
  return WHOLE.test(text) || SHAPES.point.test(text) || SHAPES.comma.test(text);
}

/**
 * In which style are these amounts written?
 *
 * @returns The style; `ambiguous` when a separator could stand for decimals or for thousands; `mixed` when no style
 * fits most cells.
 */
export function detectAmountStyle(cells: readonly string[]): AmountStyle | "ambiguous" | "mixed" {
  const amounts = cells.map(bareAmount).filter(looksLikeAmount);
  const separated = amounts.filter((text) => !WHOLE.test(text));
  if (separated.length === 0) return "whole";
  const fits = (mark: DecimalMark) => separated.filter((text) => SHAPES[mark].test(text)).length;
  const [point, comma] = [fits("point"), fits("comma")];
  // A style is settled by a cell that the other one cannot read, unless the other has such cells too.
  const onlyPoint = point > 0 && separated.length - comma > 0;
  const onlyComma = comma > 0 && separated.length - point > 0;
  if (onlyPoint && onlyComma) return "mixed";
  if (onlyPoint) return "point";
  if (onlyComma) return "comma";
  return "ambiguous";
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
  const symbol = new RegExp(`^${currency}\\s*|\\s*${currency}$`, "i");
  return (cell) => {
    const text = bareAmount(cell.replace(symbol, ""));
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

/** Amounts that are zero mean something (a gift, a voucher): they are counted for the report. */
function plainDecimal(text: string, style: AmountStyle): string | null {
  if (WHOLE.test(text)) return text;
  if (style === "whole" || !SHAPES[style].test(text)) return null;
  return style === "point" ? text.replaceAll(",", "") : text.replaceAll(".", "").replace(",", ".");
}

/** The digits of `Rp 150.000`, `$12.50`, `(12.50)` (a negative amount in bookkeeping), `12.50-`. */
function bareAmount(cell: string): string {
  const text = cell.replace(/^(-?)\s*(?:Rp\.?|[$€£¥])\s*/i, "$1").trim();
  const enclosed = /^\((.+)\)$/.exec(text) ?? /^(.+)-$/.exec(text);
  return enclosed?.[1] === undefined ? text : `-${bareAmount(enclosed[1])}`;
}
