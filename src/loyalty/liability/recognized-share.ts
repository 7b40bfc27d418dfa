import { decimalFraction, type Fraction } from "../../core/fraction.js";
import { roundQuotient } from "../../core/rounding.js";
import { safeIntegerOf } from "../../core/safe-integer.js";

/**
 * Amount x part / whole, rounded to whole minor units once, from the exact decimals; ties to even. The whole is above 0.
 *
 * @internal
 */
export function roundedShare(amount: Fraction, part: Fraction, whole: Fraction, path: string): number {
  const above = amount.numerator * part.numerator * whole.denominator;
  const below = amount.denominator * part.denominator * whole.numerator;
  return safeIntegerOf(roundQuotient(above, below, "halfEven"), path, "the share");
}

/** A whole number, or a decimal by its shortest form, as a fraction. @internal */
export function exact(value: number, path: string): Fraction {
  return Number.isSafeInteger(value)
    ? { numerator: BigInt(value), denominator: 1n }
    : decimalFraction(value, path);
}

/** A decimal as a number, rounded once. @internal */
export function decimalNumber({ numerator, denominator }: Fraction): number {
  return Number(`${numerator}e-${String(denominator).length - 1}`);
}
