import { assertArgument, assertInteger, assertOneOf, shown } from "./assert.js";
import { assertCurrency, minorUnitDigits } from "./currency.js";
import { type ExactNumber, fraction } from "./fraction.js";
import { assertMoney, type Money } from "./money.js";
import { type RoundingMode, roundingModes, roundQuotient } from "./rounding.js";
import { safeIntegerOf } from "./safe-integer.js";

/** How a product between two whole units is rounded. */
export interface RoundingOptions {
  /** Default `"halfEven"`, which over many amounts favours neither side. */
  readonly rounding?: RoundingMode;
}

/**
 * What is this amount times a factor: a discount, a tax, a share, a quantity?
 *
 * The product is computed exactly and rounded once, to a whole minor unit.
 *
 * @param amount - An amount.
 * @param factor - A number (its shortest decimal form: `0.1` is one tenth), decimal text, or a ratio
 *   `{ numerator, denominator }`.
 * @param options - How to round; halves to even by default.
 * @returns The product in the same currency.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a factor that is no number; `UNSAFE_INTEGER` when the product
 *   leaves the safe integers.
 * @example
 * ```ts
 * import { money, multiplyMoney } from "clientele";
 *
 * multiplyMoney(money(1050, "USD"), 0.11); // => { amount: 116, currency: "USD" }
 * multiplyMoney(money(1050, "USD"), 0.11, { rounding: "down" }); // => { amount: 115, currency: "USD" }
 * multiplyMoney(money(1000, "USD"), { numerator: 1, denominator: 3 }); // => { amount: 333, currency: "USD" }
 * ```
 */
export function multiplyMoney<C extends string>(
  amount: Money<C>,
  factor: ExactNumber,
  options: RoundingOptions = {},
): Money<C> {
  assertMoney(amount, "amount");
  return { amount: product(amount.amount, factor, 0, "factor", options), currency: amount.currency };
}

/**
 * What is this whole number times a factor, rounded to a whole number: points for an amount, a share of a count?
 *
 * The integer core of `multiplyMoney`, for whatever is counted in whole units.
 *
 * @param value - A whole number.
 * @param factor - A number (its shortest decimal form), decimal text, or a ratio `{ numerator, denominator }`.
 * @param options - How to round; halves to even by default.
 * @returns The exact product, rounded once.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a value that is not whole or a factor that is no number;
 *   `UNSAFE_INTEGER` when the product leaves the safe integers.
 * @example
 * ```ts
 * import { multiplyInteger } from "clientele";
 *
 * multiplyInteger(1999, 0.01, { rounding: "floor" }); // => 19
 * ```
 */
export function multiplyInteger(value: number, factor: ExactNumber, options: RoundingOptions = {}): number {
  assertInteger(value, "value");
  return product(value, factor, 0, "factor", options);
}

/**
 * What is this amount in another currency, at this rate?
 *
 * @param amount - An amount.
 * @param rate - Major units of the target currency for one major unit of the source: 16250.5 IDR for 1 USD. Above 0;
 *   the inverse of a rate is best given as a ratio.
 * @param currency - The target currency's ISO 4217 code.
 * @param options - How to round; halves to even by default.
 * @returns The amount in whole minor units of the target currency, rounded once.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for a rate that is not above 0 or a bad code; `UNSAFE_INTEGER` when
 *   the result leaves the safe integers.
 * @example
 * ```ts
 * import { convertMoney, money } from "clientele";
 *
 * convertMoney(money(1050, "USD"), 16250.5, "IDR"); // => { amount: 17063025, currency: "IDR" }
 * convertMoney(money(1050, "USD"), "149.35", "JPY"); // => { amount: 1568, currency: "JPY" }
 * ```
 */
export function convertMoney<C extends string>(
  amount: Money,
  rate: ExactNumber,
  currency: C,
  options: RoundingOptions = {},
): Money<C> {
  assertMoney(amount, "amount");
  assertCurrency(currency, "currency");
  assertArgument(
    fraction(rate, "rate").numerator > 0n,
    "rate",
    () => `rate is ${shown(rate)}: pass ${currency} for one ${amount.currency}, above 0`,
  );
  const shift = minorUnitDigits(currency) - minorUnitDigits(amount.currency);
  return { amount: product(amount.amount, rate, shift, "rate", options), currency };
}

// value * factor * 10^shift
function product(
  value: number,
  factor: ExactNumber,
  shift: number,
  path: string,
  { rounding = "halfEven" }: RoundingOptions,
): number {
  assertOneOf(rounding, "options.rounding", roundingModes);
  if (shift === 0 && typeof factor === "number" && Number.isSafeInteger(factor)) {
    const whole = value * factor;
    if (Number.isSafeInteger(whole)) return whole + 0;
  }
  const { numerator, denominator } = fraction(factor, path);
  const up = shift > 0 ? 10n ** BigInt(shift) : 1n;
  const down = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  return safeIntegerOf(
    roundQuotient(BigInt(value) * numerator * up, denominator * down, rounding),
    path,
    "the product",
  );
}
