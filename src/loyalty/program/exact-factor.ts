import { assertArgument } from "../../core/assert.js";

/** A multiplier as a reduced fraction of whole numbers: 1.5 is 3 / 2. @internal */
export interface ExactFactor {
  readonly times: number;
  readonly over: number;
}

/** 1. @internal */
export const ONE: ExactFactor = { times: 1, over: 1 };

const SCALE = 10_000;

/** A decimal of at most 4 places, taken as it is written and not as the nearest double. @internal */
export function exactFactor(value: number): ExactFactor {
  const scaled = Math.round(value * SCALE);
  assertArgument(
    isExactFactor(value),
    "factor",
    () => `factor is ${value}: pass a number from 0 to 10000 with at most 4 decimals`,
  );
  return reduced(scaled, SCALE);
}

/** Whether a number is one that {@link exactFactor} takes. @internal */
export function isExactFactor(value: number): boolean {
  // The double nearest to a decimal is the one that its division gives: correctly rounded, both.
  return value >= 0 && value <= 10_000 && Math.round(value * SCALE) / SCALE === value;
}

/** In lowest terms. @internal */
export function reduced(times: number, over: number): ExactFactor {
  const divisor = greatestCommonDivisor(times, over);
  return { times: times / divisor, over: over / divisor };
}

/** @internal */
export function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
