import * as z from "zod";

/** Whole minor units: 10.50 USD is 1050, and so is 10.50 IDR. @internal */
export const minorUnitsSchema = /* @__PURE__ */ (() =>
  z
    .int({
      error: (issue) =>
        issue.input === undefined
          ? undefined
          : issue.code === "too_big" || issue.code === "too_small"
            ? "is beyond 2^53 - 1, where whole numbers stop being exact"
            : "is not a whole number of minor units",
    })
    // -0 becomes 0, as everywhere in the library: JSON has no -0.
    .overwrite((amount) => amount + 0))();

/**
 * Is this the code of a currency?
 *
 * Three capital letters as in ISO 4217; whether the runtime knows the currency is not asked.
 *
 * @example
 * ```ts
 * import { currencySchema } from "clientele";
 *
 * currencySchema.parse("IDR"); // => "IDR"
 * currencySchema.safeParse("Rp").success; // => false
 * ```
 */
export const currencySchema = /* @__PURE__ */ (() =>
  z.string().regex(/^[A-Z]{3}$/, "is not a currency code of three capital letters (ISO 4217)"))();

/**
 * Is this an amount of money, in whole minor units of a named currency?
 *
 * The shape of `Money`; the amount may be negative.
 *
 * @example
 * ```ts
 * import { moneySchema } from "clientele";
 *
 * moneySchema.parse({ amount: 2500000, currency: "IDR" }); // => { amount: 2500000, currency: "IDR" }
 * const { error } = moneySchema.safeParse({ amount: 10.5, currency: "USD" });
 * error?.issues[0]?.message; // => "is not a whole number of minor units"
 * ```
 */
export const moneySchema = /* @__PURE__ */ (() =>
  z.strictObject({
    /** Whole minor units, a safe integer; `minorUnitDigits` says how many decimals they stand for (2 for IDR). */
    amount: minorUnitsSchema,
    /** ISO 4217 code. */
    currency: currencySchema,
  }))();
