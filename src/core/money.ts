import { assertArray, assertInteger } from "./assert.js";
import { assertCurrency } from "./currency.js";
import { ClienteleError } from "./errors.js";
import { safeInteger, safeSum } from "./safe-integer.js";

/**
 * An amount of money in whole minor units of its currency: `{ amount: 1050, currency: "USD" }` is 10.50 USD.
 *
 * @typeParam C - The currency's code; where the compiler knows it, mixing currencies does not compile.
 */
export interface Money<C extends string = string> {
  /** Whole minor units (cents; `minorUnitDigits` says how many make a major unit), a safe integer. */
  readonly amount: number;
  /** ISO 4217 code: three capital letters. */
  readonly currency: C;
}

/**
 * Makes an amount of money from whole minor units.
 *
 * @param amount - Whole minor units; `toMinorUnits` reads major ones (`10.50`).
 * @param currency - ISO 4217 code, three capital letters.
 * @returns A plain object.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the amount is no safe integer or the code is not three capitals.
 * @example
 * ```ts
 * import { money } from "clientele";
 *
 * money(1050, "USD"); // => { amount: 1050, currency: "USD" }
 * money(10.5, "USD"); // throws INVALID_ARGUMENT
 * ```
 */
export function money<C extends string>(amount: number, currency: C): Money<C> {
  assertInteger(amount, "amount");
  assertCurrency(currency, "currency");
  return { amount: amount + 0, currency };
}

/**
 * What do two amounts make together?
 *
 * @param first - An amount.
 * @param second - Another in the same currency.
 * @returns Their exact sum.
 * @throws {@link ClienteleError} `CURRENCY_MISMATCH`; `UNSAFE_INTEGER` when the sum leaves the safe integers.
 * @example
 * ```ts
 * import { addMoney, money } from "clientele";
 *
 * addMoney(money(1050, "USD"), money(250, "USD")); // => { amount: 1300, currency: "USD" }
 * ```
 */
export function addMoney<C extends string>(first: Money<C>, second: Money<NoInfer<C>>): Money<C> {
  assertSameCurrency(first, second, "second");
  return { amount: safeInteger(first.amount + second.amount, "second", "the sum"), currency: first.currency };
}

/**
 * What is left of one amount after another?
 *
 * @param first - What there is.
 * @param second - What goes off it, in the same currency.
 * @returns The exact difference; negative when more goes than there is.
 * @throws {@link ClienteleError} `CURRENCY_MISMATCH`; `UNSAFE_INTEGER` when the difference leaves the safe integers.
 * @example
 * ```ts
 * import { money, subtractMoney } from "clientele";
 *
 * subtractMoney(money(1050, "USD"), money(250, "USD")); // => { amount: 800, currency: "USD" }
 * ```
 */
export function subtractMoney<C extends string>(first: Money<C>, second: Money<NoInfer<C>>): Money<C> {
  assertSameCurrency(first, second, "second");
  return {
    amount: safeInteger(first.amount - second.amount, "second", "the difference"),
    currency: first.currency,
  };
}

/**
 * The same amount with the other sign: a refund of a purchase.
 *
 * @param amount - An amount.
 * @returns Its negative; zero stays zero.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when it is no amount of money.
 * @example
 * ```ts
 * import { money, negateMoney } from "clientele";
 *
 * negateMoney(money(1050, "USD")); // => { amount: -1050, currency: "USD" }
 * ```
 */
export function negateMoney<C extends string>(amount: Money<C>): Money<C> {
  assertMoney(amount, "amount");
  return { amount: 0 - amount.amount, currency: amount.currency };
}

/**
 * Which of two amounts is the larger? Fits `Array.prototype.sort`, smallest first.
 *
 * @param first - An amount.
 * @param second - Another in the same currency.
 * @returns -1 when the first is smaller, 1 when it is larger, 0 when they are equal.
 * @throws {@link ClienteleError} `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { compareMoney, money } from "clientele";
 *
 * compareMoney(money(250, "USD"), money(1050, "USD")); // => -1
 * ```
 */
export function compareMoney<C extends string>(first: Money<C>, second: Money<NoInfer<C>>): -1 | 0 | 1 {
  assertSameCurrency(first, second, "second");
  if (first.amount === second.amount) return 0;
  return first.amount < second.amount ? -1 : 1;
}

/**
 * Which amount is the smallest?
 *
 * @param first - An amount.
 * @param others - More in the same currency.
 * @returns The smallest; the first of equals.
 * @throws {@link ClienteleError} `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { minMoney, money } from "clientele";
 *
 * minMoney(money(1050, "USD"), money(250, "USD")); // => { amount: 250, currency: "USD" }
 * ```
 */
export function minMoney<C extends string>(first: Money<C>, ...others: Money<NoInfer<C>>[]): Money<C> {
  return extreme(first, others, -1);
}

/**
 * Which amount is the largest?
 *
 * @param first - An amount.
 * @param others - More in the same currency.
 * @returns The largest; the first of equals.
 * @throws {@link ClienteleError} `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { maxMoney, money } from "clientele";
 *
 * maxMoney(money(1050, "USD"), money(250, "USD")); // => { amount: 1050, currency: "USD" }
 * ```
 */
export function maxMoney<C extends string>(first: Money<C>, ...others: Money<NoInfer<C>>[]): Money<C> {
  return extreme(first, others, 1);
}

/**
 * What do these amounts make together?
 *
 * Exact in any order: only a total outside the safe integers is refused, not a partial sum on the way.
 *
 * @param amounts - Amounts in one currency; may be empty.
 * @param currency - That currency.
 * @returns The total; zero of the currency when there are no amounts.
 * @throws {@link ClienteleError} `CURRENCY_MISMATCH`; `UNSAFE_INTEGER` when the total leaves the safe integers.
 * @example
 * ```ts
 * import { money, sumMoney } from "clientele";
 *
 * sumMoney([money(1050, "USD"), money(-50, "USD")], "USD"); // => { amount: 1000, currency: "USD" }
 * sumMoney([], "USD"); // => { amount: 0, currency: "USD" }
 * ```
 */
export function sumMoney<C extends string>(amounts: readonly Money<NoInfer<C>>[], currency: C): Money<C> {
  assertArray(amounts, "amounts");
  assertCurrency(currency, "currency");
  const values = amounts.map((each, index) => {
    const path = `amounts[${index}]`;
    assertMoney(each, path);
    if (each.currency !== currency) throw mismatch(path, each.currency, currency);
    return each.amount;
  });
  return { amount: safeSum(values, "amounts", "the sum"), currency };
}

/** @internal */
export function assertMoney(value: Money, path: string): void {
  assertInteger(value?.amount, `${path}.amount`);
  assertCurrency(value.currency, `${path}.currency`);
}

function assertSameCurrency(first: Money, second: Money, path: string): void {
  assertMoney(first, "first");
  assertMoney(second, path);
  if (first.currency !== second.currency) throw mismatch(path, second.currency, first.currency);
}

function extreme<C extends string>(first: Money<C>, others: readonly Money<C>[], side: -1 | 1): Money<C> {
  assertMoney(first, "first");
  let best = first;
  others.forEach((other, index) => {
    assertSameCurrency(first, other, `others[${index}]`);
    if (compareMoney<C>(other, best) === side) best = other;
  });
  return best;
}

function mismatch(path: string, found: string, expected: string): ClienteleError {
  return new ClienteleError(
    "CURRENCY_MISMATCH",
    path,
    `${path} is in ${found}, the others in ${expected}: convert it first (convertMoney) or keep the currencies apart`,
  );
}
