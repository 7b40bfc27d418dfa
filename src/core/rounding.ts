/**
 * How a number between two whole ones becomes one of them; the names are those of Java's `RoundingMode`.
 *
 * | mode | 2.5 | 1.6 | 1.1 | -1.1 | -1.6 | -2.5 | rule |
 * |---|---|---|---|---|---|---|---|
 * | `halfEven` | 2 | 2 | 1 | -1 | -2 | -2 | nearest, ties to the even neighbour (bankers' rounding, IEEE 754) |
 * | `halfUp` | 3 | 2 | 1 | -1 | -2 | -3 | nearest, ties away from zero (commercial rounding) |
 * | `halfDown` | 2 | 2 | 1 | -1 | -2 | -2 | nearest, ties towards zero |
 * | `up` | 3 | 2 | 2 | -2 | -2 | -3 | away from zero |
 * | `down` | 2 | 1 | 1 | -1 | -1 | -2 | towards zero |
 * | `ceiling` | 3 | 2 | 2 | -1 | -1 | -2 | towards positive infinity |
 * | `floor` | 2 | 1 | 1 | -2 | -2 | -3 | towards negative infinity |
 */
export type RoundingMode = "halfEven" | "halfUp" | "halfDown" | "up" | "down" | "ceiling" | "floor";

/**
 * Every rounding mode, for a choice in a form or a check of input.
 *
 * @example
 * ```ts
 * import { roundingModes } from "clientele";
 *
 * roundingModes.includes("halfEven"); // => true
 * ```
 */
export const roundingModes: readonly RoundingMode[] = [
  "halfEven",
  "halfUp",
  "halfDown",
  "up",
  "down",
  "ceiling",
  "floor",
];

/**
 * The whole number next to numerator / denominator by this mode; the denominator is above 0.
 *
 * @internal
 */
export function roundQuotient(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const towardsZero = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return towardsZero;
  const away = rest > 0n ? 1n : -1n;
  return leavesZero(towardsZero, rest, denominator, mode) ? towardsZero + away : towardsZero;
}

function leavesZero(towardsZero: bigint, rest: bigint, denominator: bigint, mode: RoundingMode): boolean {
  if (mode === "up") return true;
  if (mode === "down") return false;
  if (mode === "ceiling") return rest > 0n;
  if (mode === "floor") return rest < 0n;
  const twice = rest > 0n ? 2n * rest : -2n * rest;
  if (twice !== denominator) return twice > denominator;
  return mode === "halfUp" || (mode === "halfEven" && towardsZero % 2n !== 0n);
}
