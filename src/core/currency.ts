import { assertArgument, shown } from "./assert.js";

// ISO 4217 lists one and two, without the currencies of two digits, which are all others.
// biome-ignore format: a line for each number of digits
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
  // No minor unit ("N.A."): metals, bond market units, units of account, testing, no currency.
  XAG: 0, XAU: 0, XBA: 0, XBB: 0, XBC: 0, XBD: 0, XDR: 0, XPD: 0, XPT: 0, XSU: 0, XTS: 0, XUA: 0, XXX: 0,
};

/**
 * How many decimal digits does the minor unit of this currency stand for?
 *
 * By ISO 4217: 2 for IDR and USD, 0 for JPY, 3 for BHD, 4 for CLF. This is not how many digits people show: CLDR and
 * `Intl` show none for IDR and IQD, whose amounts are still kept in hundredths and thousandths. Codes to which the
 * standard gives no minor unit (gold XAU, special drawing rights XDR) count whole units: 0. Every other code of three
 * capitals, historic, new or your own, has 2.
 *
 * @param currency - Three capital letters.
 * @returns 0, 2, 3 or 4: one major unit is 10 to this power minor units.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the code is not three capital letters.
 * @example
 * ```ts
 * import { minorUnitDigits } from "clientele";
 *
 * minorUnitDigits("IDR"); // => 2
 * minorUnitDigits("JPY"); // => 0
 * minorUnitDigits("BHD"); // => 3
 * minorUnitDigits("Rp"); // throws INVALID_ARGUMENT
 * ```
 */
export function minorUnitDigits(currency: string): number {
  assertCurrency(currency, "currency");
  return DIGITS[currency] ?? 2;
}

/** Whether something has the form of an ISO 4217 code. @internal */
export function isCurrency(value: unknown): value is string {
  return typeof value === "string" && /^[A-Z]{3}$/.test(value);
}

/** @internal */
export function assertCurrency(value: unknown, path: string): asserts value is string {
  assertArgument(
    isCurrency(value),
    path,
    () => `${path} is ${shown(value)}: pass an ISO 4217 code, three capital letters such as "IDR"`,
  );
}
