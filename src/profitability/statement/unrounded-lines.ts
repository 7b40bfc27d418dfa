import { multiplyInteger } from "../../core/multiply-money.js";
import { type BaseLine, type BaseLines, eachLine } from "./base-lines.js";
import { FRACTIONS } from "./exact-shares.js";
import { largestRemainder } from "./largest-remainder.js";

/** A line by row, with the fractions of minor units that shares of pools and unrounded amounts have. @internal */
export interface UnroundedLine {
  readonly whole: Float64Array;
  /** In units of 1 / {@link FRACTIONS}; `null` where there are none. */
  readonly fraction: Float64Array | null;
  /** Units of pools that are in the fractions of all rows. */
  readonly left: number;
  /** Fractions that amounts of single customers have beside whole units, of all rows. */
  readonly owed: number;
}

/** The lines that others are made of; `null` where a line is not known. @internal */
export type UnroundedLines = { readonly [Line in BaseLine]: UnroundedLine | null };

/** A line without fractions. @internal */
export function wholeLine(whole: Float64Array): UnroundedLine {
  return { whole, fraction: null, left: 0, owed: 0 };
}

/** How many whole units the fractions of all rows make. @internal */
export function unitsLeft({ left, owed }: UnroundedLine): number {
  return left + (owed === 0 ? 0 : multiplyInteger(1, { numerator: owed, denominator: FRACTIONS }));
}

/** The line in whole minor units, each row within one unit of its exact amount. @internal */
export function wholeAmounts(line: UnroundedLine): Float64Array {
  const { whole, fraction } = line;
  return fraction === null ? whole : wholeAmountsOf(whole, fraction, unitsLeft(line));
}

/**
 * The same of amounts whose fractions make `rest` units together, up to less than one. Where whole amounts are within a unit
 * already, they stay what they are; elsewhere the units go by largest remainder.
 *
 * @internal
 */
export function wholeAmountsOf(whole: Float64Array, fraction: Float64Array, rest: number): Float64Array {
  if (rest === 0 && fraction.every((value) => Math.abs(value) < FRACTIONS)) return whole;
  return largestRemainder({ whole, fraction }, rest);
}

/** @internal */
export function wholeLines(lines: UnroundedLines): BaseLines {
  return eachLine(lines, wholeAmounts);
}

/** The same lines for groups of rows: `codes` has the group of each. @internal */
export function groupedLines(
  lines: UnroundedLines,
  codes: ArrayLike<number>,
  groups: number,
): UnroundedLines {
  return eachLine(lines, (line) => ({
    ...line,
    whole: sumsOf(line.whole, codes, groups),
    fraction: line.fraction && sumsOf(line.fraction, codes, groups),
  }));
}

function sumsOf(values: Float64Array, codes: ArrayLike<number>, groups: number): Float64Array {
  const sums = new Float64Array(groups);
  for (let i = 0; i < values.length; i++) sums[codes[i]] += values[i];
  return sums;
}
