import { safeIntegerOf } from "../core/safe-integer.js";

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

/** The sum as a safe integer; `what` names it in the error when it is none. @internal */
export function totalOf({ sum, beyond }: ExactTotal, what: string): number {
  return beyond === 0n ? sum + 0 : safeIntegerOf(beyond + BigInt(sum), "", what);
}
