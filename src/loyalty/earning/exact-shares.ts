import { type RoundingMode, roundQuotient } from "../../core/rounding.js";
import { safeInteger, safeIntegerOf } from "../../core/safe-integer.js";

// Points before rounding are fractions over one denominator, a part for each line. Integers stay exact as numbers up to
// 2^53 - 1; a product beyond goes on in BigInt, which is as exact and some twenty times slower.

/** Exact shares of lines: part i is `parts[i] / over`; `over` is above 0, no part below 0. @internal */
export type ExactShares =
  | { readonly big: false; readonly parts: readonly number[]; readonly over: number }
  | { readonly big: true; readonly parts: readonly bigint[]; readonly over: bigint };

/** `times * weights[i] / over`. @internal */
export function weightedShares(weights: readonly number[], times: number, over: number): ExactShares {
  return timesFactor({ big: false, parts: weights, over: 1 }, times, over);
}

/** Every part times `factor / over`. @internal */
export function timesFactor(shares: ExactShares, factor: number, over: number): ExactShares {
  if (!shares.big) {
    const { parts } = shares;
    const product = new Array<number>(parts.length);
    const newOver = shares.over * over;
    let isSafe = Number.isSafeInteger(newOver);
    for (let i = 0; i < parts.length; i++) {
      product[i] = parts[i] * factor;
      isSafe &&= Number.isSafeInteger(product[i]);
    }
    if (isSafe) return { big: false, parts: product, over: newOver };
  }
  const { parts, over: oldOver } = inBigInts(shares);
  return { big: true, parts: parts.map((part) => part * BigInt(factor)), over: oldOver * BigInt(over) };
}

/** Part i times `factors[i] / over`, plus `whole[i]`. @internal */
export function timesFactors(
  shares: ExactShares,
  factors: readonly number[],
  over: number,
  whole: readonly number[] | null,
): ExactShares {
  if (!shares.big) {
    const { parts } = shares;
    const product = new Array<number>(parts.length);
    const newOver = shares.over * over;
    let isSafe = Number.isSafeInteger(newOver);
    for (let i = 0; i < parts.length; i++) {
      const scaled = parts[i] * factors[i];
      const added = whole === null ? 0 : whole[i] * newOver;
      product[i] = scaled + added;
      isSafe &&= Number.isSafeInteger(scaled) && Number.isSafeInteger(added);
      isSafe &&= Number.isSafeInteger(product[i]);
    }
    if (isSafe) return { big: false, parts: product, over: newOver };
  }
  const { parts, over: oldOver } = inBigInts(shares);
  const newOver = oldOver * BigInt(over);
  return {
    big: true,
    parts: parts.map((part, i) => part * BigInt(factors[i]) + BigInt(whole?.[i] ?? 0) * newOver),
    over: newOver,
  };
}

/** The sum of all parts, brought down to `limit` in proportion where it is above it. @internal */
export function limitedShares(shares: ExactShares, limit: number): ExactShares {
  const { parts, over } = inBigInts(shares);
  let sum = 0n;
  for (const part of parts) sum += part;
  if (sum <= BigInt(limit) * over) return shares;
  return { big: true, parts: parts.map((part) => part * BigInt(limit)), over: sum };
}

/** The sum of all parts as whole points. @internal */
export function wholePoints(shares: ExactShares, mode: RoundingMode): number {
  if (!shares.big) {
    let sum = 0;
    for (const part of shares.parts) sum += part;
    if (Number.isSafeInteger(sum)) return roundedQuotient(sum, shares.over, mode);
  }
  const { parts, over } = inBigInts(shares);
  let sum = 0n;
  for (const part of parts) sum += part;
  return safeIntegerOf(roundQuotient(sum, over, mode), "order", "the points of a rule");
}

/** Each part as whole points. @internal */
export function wholeParts(shares: ExactShares, mode: RoundingMode): number[] {
  if (!shares.big) return shares.parts.map((part) => roundedQuotient(part, shares.over, mode));
  const { parts, over } = shares;
  return parts.map((part) => safeIntegerOf(roundQuotient(part, over, mode), "order", "the points of a line"));
}

/** Whole points dealt out in proportion to the parts, by largest remainder, the earlier line first. @internal */
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

function inBigInts(shares: ExactShares): { readonly parts: readonly bigint[]; readonly over: bigint } {
  return shares.big ? shares : { parts: shares.parts.map(BigInt), over: BigInt(shares.over) };
}

/** A sum of points, checked. @internal */
export function addPoints(a: number, b: number): number {
  return safeInteger(a + b, "order", "the sum of points");
}
