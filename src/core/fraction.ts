import { assertArgument, shown } from "./assert.js";

/**
 * A number given exactly: as a number, as decimal text, or as one of these divided by another.
 *
 * A number stands for its shortest decimal form, the one that JavaScript prints: `0.1` is one tenth, not the
 * nearest double. Text is plain decimal: `"-1234.50"`, `"1e-7"`; no blanks, no grouping, a point. A ratio such as
 * `{ numerator: 1, denominator: 3 }` (a `Rate` fits) says what no decimal can.
 */
export type ExactNumber = number | string | ExactRatio;

/** A ratio of two decimals, taken exactly. */
export interface ExactRatio {
  /** What is divided: a number or decimal text. */
  readonly numerator: number | string;
  /** What it is divided by: a number or decimal text, not zero. */
  readonly denominator: number | string;
}

/** Numerator and denominator without a common scale; the denominator is above 0. @internal */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Reads an exact number as a fraction.
 *
 * @internal
 */
export function fraction(value: ExactNumber, path: string): Fraction {
  if (typeof value !== "object" || value === null) return decimalFraction(value, path);
  const above = decimalFraction(value.numerator, `${path}.numerator`);
  const below = decimalFraction(value.denominator, `${path}.denominator`);
  assertArgument(
    below.numerator !== 0n,
    `${path}.denominator`,
    () => `${path}.denominator is ${shown(value.denominator)}: pass a number other than zero`,
  );
  const sign = below.numerator < 0n ? -1n : 1n;
  return {
    numerator: sign * above.numerator * below.denominator,
    denominator: sign * above.denominator * below.numerator,
  };
}

const DECIMAL = /^([+-]?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads a number (its shortest decimal form) or decimal text as a fraction over a power of ten.
 *
 * @internal
 */
export function decimalFraction(value: number | string, path: string): Fraction {
  const parts = typeof value === "number" || typeof value === "string" ? DECIMAL.exec(String(value)) : null;
  assertArgument(
    parts !== null,
    path,
    () =>
      `${path} is ${shown(value)}: pass a finite number or plain decimal text such as "1234.50" (a point, no grouping)`,
  );
  const [, sign, whole, decimals = "", exponent = "0"] = parts;
  const digits = BigInt(`${whole}${decimals}`);
  const scale = decimals.length - Number(exponent);
  return {
    numerator: (sign === "-" ? -digits : digits) * (scale < 0 ? 10n ** BigInt(-scale) : 1n),
    denominator: scale > 0 ? 10n ** BigInt(scale) : 1n,
  };
}
