import { assertArgument, assertInteger, assertOneOf, shown } from "./assert.js";
import { minorUnitDigits } from "./currency.js";
import { decimalFraction } from "./fraction.js";
import { type RoundingMode, roundingModes, roundQuotient } from "./rounding.js";
import { safeIntegerOf } from "./safe-integer.js";

/** What to do with digits below the minor unit. */
export interface MinorUnitsOptions {
  /** Rounds to a whole minor unit; without it, more digits than the currency has are an error. */
  readonly rounding?: RoundingMode;
}

/**
 * How many minor units (cents) is this decimal amount?
 *
 * @param major - Major units: decimal text as a file or a form gives it (`"1234.50"`; a point, no grouping), or a
 *   number, taken by its shortest decimal form, so that `0.29` is 29 cents.
 * @param currency - ISO 4217 code; its digits are those of `minorUnitDigits`.
 * @param options - `rounding` to accept more digits than the currency has.
 * @returns A safe integer.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for text that is no decimal, or has more digits than the currency and
 *   no rounding is given; `UNSAFE_INTEGER` when the result leaves the safe integers.
 * @example
 * ```ts
 * import { toMinorUnits } from "clientele";
 *
 * toMinorUnits("1234.5", "USD"); // => 123450
 * toMinorUnits(1.15, "USD"); // => 115
 * toMinorUnits("1.005", "USD"); // throws INVALID_ARGUMENT
 * toMinorUnits("1.005", "USD", { rounding: "halfUp" }); // => 101
 * toMinorUnits("1.005", "BHD"); // => 1005
 * ```
 */
export function toMinorUnits(
  major: number | string,
  currency: string,
  options: MinorUnitsOptions = {},
): number {
  const digits = minorUnitDigits(currency);
  const { rounding } = options;
  if (rounding !== undefined) assertOneOf(rounding, "options.rounding", roundingModes);
  const { numerator, denominator } = decimalFraction(major, "major");
  const scaled = numerator * 10n ** BigInt(digits);
  assertArgument(
    rounding !== undefined || scaled % denominator === 0n,
    "major",
    () =>
      `major is ${shown(major)}, with more digits than the ${digits} of ${currency}: round it or pass options.rounding`,
  );
  return safeIntegerOf(
    roundQuotient(scaled, denominator, rounding ?? "halfEven"),
    "major",
    "the amount in minor units",
  );
}

/**
 * Which decimal amount are these minor units (cents)?
 *
 * @param amount - Whole minor units.
 * @param currency - ISO 4217 code; its digits are those of `minorUnitDigits`.
 * @returns Exact decimal text with all digits of the currency; `Number(...)` of it where a number will do.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the amount is no safe integer or the code is not three capitals.
 * @example
 * ```ts
 * import { fromMinorUnits } from "clientele";
 *
 * fromMinorUnits(123450, "USD"); // => "1234.50"
 * fromMinorUnits(-5, "USD"); // => "-0.05"
 * fromMinorUnits(1005, "BHD"); // => "1.005"
 * fromMinorUnits(1250, "JPY"); // => "1250"
 * ```
 */
export function fromMinorUnits(amount: number, currency: string): string {
  assertInteger(amount, "amount");
  return withDecimals(amount, minorUnitDigits(currency));
}

/** Whole units of 10^-digits as decimal text. @internal */
export function withDecimals(units: number, digits: number): string {
  const sign = units < 0 ? "-" : "";
  const text = String(Math.abs(units)).padStart(digits + 1, "0");
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
