import { type RoundingMode, roundQuotient } from "../../core/rounding.js";
import { safeInteger, safeIntegerOf } from "../../core/safe-integer.js";

// Points before rounding are fractions over one denominator, a part for each line and a factor for all of them: what all
// lines are multiplied by is one number more, and not another list. Integers stay exact as numbers up to 2^53 - 1; a product
// beyond goes on in BigInt, which is as exact and some twenty times slower.

/** Exact shares of lines: share i is `times * parts[i] / over`; `over` is above 0, no number below 0. @internal */
export type ExactShares =
  | { readonly big: false; readonly parts: readonly number[]; readonly times: number; readonly over: number }
  | { readonly big: true; readonly parts: readonly bigint[]; readonly times: bigint; readonly over: bigint };

/** Whole shares. @internal */
export function wholeShares(parts: readonly number[]): ExactShares {
  return { big: false, parts, times: 1, over: 1 };
}

/** Every share times `factor / over`. @internal */
export function timesFactor(shares: ExactShares, factor: number, over: number): ExactShares {
  if (!shares.big) {
    const times = shares.times * factor;
    const newOver = shares.over * over;
    if (Number.isSafeInteger(times) && Number.isSafeInteger(newOver)) {
      return { big: false, parts: shares.parts, times, over: newOver };
    }
  }
  const { parts, times, over: oldOver } = inBigInts(shares);
  return { big: true, parts, times: times * BigInt(factor), over: oldOver * BigInt(over) };
}

/** Whether a line has a share above 0. @internal */
export function hasShare({ parts, times }: ExactShares, line: number): boolean {
  return times > 0 && parts[line] > 0;
}

/** Share i times `factors[i] / over`, plus `whole[i]`. @internal */
export function timesFactors(
  shares: ExactShares,
  factors: readonly number[],
  over: number,
  whole: readonly number[] | null,
): ExactShares {
  if (!shares.big) {
    const { parts, times } = shares;
    const product = new Array<number>(parts.length);
    const newOver = shares.over * over;
    let isSafe = Number.isSafeInteger(newOver);
    for (let i = 0; i < parts.length; i++) {
      const scale = times * factors[i];
      const scaled = parts[i] * scale;
      const added = whole === null ? 0 : whole[i] * newOver;
      product[i] = scaled + added;
      isSafe &&= Number.isSafeInteger(scale) && Number.isSafeInteger(scaled);
      isSafe &&= Number.isSafeInteger(added) && Number.isSafeInteger(product[i]);
    }
    if (isSafe) return { big: false, parts: product, times: 1, over: newOver };
  }
  const { parts, times, over: oldOver } = inBigInts(shares);
  const newOver = oldOver * BigInt(over);
  return {
    big: true,
    parts: parts.map((part, i) => part * times * BigInt(factors[i]) + BigInt(whole?.[i] ?? 0) * newOver),
    times: 1n,
    over: newOver,
  };
}

/** The sum of all shares, brought down to `limit` in proportion where it is above it. @internal */
export function limitedShares(shares: ExactShares, limit: number): ExactShares {
  const { parts, times, over } = inBigInts(shares);
  let sum = 0n;
  for (const part of parts) sum += part;
  if (sum * times <= BigInt(limit) * over) return shares;
  return { big: true, parts, times: BigInt(limit), over: sum };
}

/** The sum of all shares as whole points. @internal */
export function wholePoints(shares: ExactShares, mode: RoundingMode): number {
  if (!shares.big) {
    let sum = 0;
    for (const part of shares.parts) sum += part;
    const product = sum * shares.times;
    if (Number.isSafeInteger(sum) && Number.isSafeInteger(product)) {
      return roundedQuotient(product, shares.over, mode);
    }
  }
  const { parts, times, over } = inBigInts(shares);
  let sum = 0n;
  for (const part of parts) sum += part;
  return safeIntegerOf(roundQuotient(sum * times, over, mode), "order", "the points of a rule");
}

/** Each share as whole points. @internal */
export function wholeParts(shares: ExactShares, mode: RoundingMode): number[] {
  if (!shares.big) {
    const { parts, times, over } = shares;
    const products = parts.map((part) => part * times);
    if (products.every(Number.isSafeInteger)) {
      return products.map((product) => roundedQuotient(product, over, mode));
    }
  }
  const { parts, times, over } = inBigInts(shares);
  return parts.map((part) =>
    safeIntegerOf(roundQuotient(part * times, over, mode), "order", "the points of a line"),
  );
}

/** Whole points dealt out in proportion to the shares, by largest remainder, the earlier line first. @internal */
export function dealtPoints(points: number, shares: ExactShares): number[] {
  if (shares.parts.length === 1) return [points];
  return shares.big ? dealtInBigInts(points, shares.parts) : dealtInNumbers(points, shares.parts);
}

/** So few points are dealt out faster by looking for each than by sorting. */
const FEW = 4;

function dealtInNumbers(points: number, parts: readonly number[]): number[] {
  let sum = 0;
  let largest = 0;
  for (const part of parts) {
    sum += part;
    if (part > largest) largest = part;
  }
  if (!Number.isSafeInteger(sum) || !Number.isSafeInteger(points * largest)) {
    return dealtInBigInts(points, parts.map(BigInt));
  }
  const dealt = new Array<number>(parts.length);
  const rests = new Array<number>(parts.length);
  let left = points;
  for (let i = 0; i < parts.length; i++) {
    const product = points * parts[i];
    rests[i] = product % sum;
    dealt[i] = (product - rests[i]) / sum;
    left -= dealt[i];
  }
  if (left > FEW) return withRests(dealt, rests, left);
  for (; left > 0; left--) {
    let largestRest = 0;
    for (let i = 1; i < rests.length; i++) if (rests[i] > rests[largestRest]) largestRest = i;
    dealt[largestRest] += 1;
    rests[largestRest] = -1;
  }
  return dealt;
}

function dealtInBigInts(points: number, parts: readonly bigint[]): number[] {
  let sum = 0n;
  for (const part of parts) sum += part;
  const products = parts.map((part) => part * BigInt(points));
  const dealt = products.map((product) => Number(product / sum));
  const left = dealt.reduce((rest, part) => rest - part, points);
  const rests = products.map((product) => product % sum);
  return withRests(dealt, rests, left);
}

/** Fewer points are left than there are lines with a fraction, so that a line without a share gets none. */
function withRests<T extends number | bigint>(dealt: number[], rests: readonly T[], left: number): number[] {
  const byRest = rests.map((_, i) => i).sort((a, b) => order(rests[a], rests[b]) || a - b);
  for (const i of byRest.slice(0, left)) dealt[i] += 1;
  return dealt;
}

function order<T extends number | bigint>(a: T, b: T): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}

/** For safe integers from 0; the modes that differ below 0 only are one here. */
function roundedQuotient(numerator: number, denominator: number, mode: RoundingMode): number {
  const rest = numerator % denominator;
  const floor = (numerator - rest) / denominator;
  if (rest === 0 || mode === "floor" || mode === "down") return floor;
  if (mode === "up" || mode === "ceiling") return floor + 1;
  const above = denominator - rest;
  if (rest !== above) return rest > above ? floor + 1 : floor;
  return mode === "halfUp" || (mode === "halfEven" && floor % 2 !== 0) ? floor + 1 : floor;
}

function inBigInts(shares: ExactShares): Extract<ExactShares, { big: true }> {
  if (shares.big) return shares;
  const { parts, times, over } = shares;
  return { big: true, parts: parts.map(BigInt), times: BigInt(times), over: BigInt(over) };
}

/** A sum of points, checked. @internal */
export function addPoints(a: number, b: number): number {
  return safeInteger(a + b, "order", "the sum of points");
}
