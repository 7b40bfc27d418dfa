import { decimalFraction, type Fraction } from "../../core/fraction.js";
import { type Rate, ratio } from "../../core/rate.js";

/** More binary digits than a double has, so that only the last step rounds. */
const DIGITS = 128;

/**
 * The double of a quotient of whole numbers, `below` above 0: equal quotients give equal doubles, and one that a decimal can
 * say gives the double of that decimal.
 *
 * @internal
 */
export function exactQuotient(above: bigint, below: bigint): number {
  const shift = Math.max(0, DIGITS + bits(below) - bits(above));
  const half = Math.floor(shift / 2);
  // In two steps: a power of two beyond 2^1023 is no double.
  return Number((above << BigInt(shift)) / below) / 2 ** half / 2 ** (shift - half);
}

/** A rate whose parts were rounded on the way: `value` is that of the exact quotient, where there is one. @internal */
export function exactRatio(
  parts: { readonly numerator: number; readonly denominator: number },
  exact: { readonly above: bigint; readonly below: bigint },
  base: string,
): Rate {
  const rate = ratio(parts.numerator, parts.denominator, base);
  return rate.value === null ? rate : { ...rate, value: exactQuotient(exact.above, exact.below) };
}

/** The weighted sum of whole numbers; a weight stands for the decimal that it is written as. @internal */
export function exactWeightedSum(
  parts: readonly { readonly weight: number; readonly times: number }[],
): number {
  const sum = parts.reduce<Fraction>(
    (all, { weight, times }) => {
      const { numerator, denominator } = decimalFraction(weight, "weight");
      return {
        numerator: all.numerator * denominator + numerator * BigInt(times) * all.denominator,
        denominator: all.denominator * denominator,
      };
    },
    { numerator: 0n, denominator: 1n },
  );
  return exactQuotient(sum.numerator, sum.denominator);
}

function bits(value: bigint): number {
  return 4 * value.toString(16).length;
}
