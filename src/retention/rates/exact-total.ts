import { safeIntegerOf } from "../../core/safe-integer.js";

/** A running sum of integers that stays exact in any order of adding. @internal */
export interface ExactTotal {
  sum: number;
  /** What did not fit: only sums that pass through more than 2^53 - 1 pay for it. */
  beyond: bigint;
}

/** @internal */
export function exactTotal(): ExactTotal {
  return { sum: 0, beyond: 0n };
}

/** @internal */
export function addExactly(total: ExactTotal, value: number): void {
  const sum = total.sum + value;
  if (Number.isSafeInteger(sum)) {
    total.sum = sum;
  } else {
    total.beyond += BigInt(total.sum) + BigInt(value);
    total.sum = 0;
  }
}

/** Adds one running sum to another. @internal */
export function addTotal(total: ExactTotal, other: ExactTotal): void {
  addExactly(total, other.sum);
  total.beyond += other.beyond;
}

/** The sum as a safe integer; where it is none, the error has the path of the argument and names the sum by `what`. @internal */
export function totalOf({ sum, beyond }: ExactTotal, path: string, what: string): number {
  return beyond === 0n ? sum + 0 : safeIntegerOf(beyond + BigInt(sum), path, what);
}

/** Many running sums of integers that stay exact in any order of adding. @internal */
export interface ExactTotals {
  readonly sums: Float64Array;
  /** What did not fit, by place. */
  readonly beyond: Map<number, bigint>;
}

/** @internal */
export function exactTotals(length: number): ExactTotals {
  return { sums: new Float64Array(length), beyond: new Map() };
}

/** @internal */
export function addExactlyAt({ sums, beyond }: ExactTotals, place: number, value: number): void {
  const sum = sums[place] + value;
  if (Number.isSafeInteger(sum)) {
    sums[place] = sum;
  } else {
    beyond.set(place, (beyond.get(place) ?? 0n) + BigInt(sums[place]) + BigInt(value));
    sums[place] = 0;
  }
}

/** One of the sums, to be read or added to another. @internal */
export function totalAt({ sums, beyond }: ExactTotals, place: number): ExactTotal {
  return { sum: sums[place], beyond: beyond.get(place) ?? 0n };
}
