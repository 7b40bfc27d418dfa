import { assertArgument, assertInteger, shown } from "./assert.js";
import { assertCurrency, minorUnitDigits } from "./currency.js";
import type { Money } from "./money.js";
import { safeIntegerOf } from "./safe-integer.js";

/**
 * An amount as dinero.js (version 2) writes it: what `toSnapshot(d)`, `d.toJSON()` and `JSON.stringify(d)` give.
 *
 * @typeParam C - The currency's code.
 */
export interface DineroSnapshot<C extends string = string> {
  /** Whole units of `base ** -scale` of the currency; its bigint variant is accepted. */
  readonly amount: number | bigint;
  /** The currency as dinero.js describes it. */
  readonly currency: {
    /** ISO 4217 code. */
    readonly code: C;
    /** 10 for decimal currencies; several for those with several subdivisions. */
    readonly base: number | bigint | readonly (number | bigint)[];
    /** dinero.js's own digits of the minor unit; not used, `scale` says what the amount counts. */
    readonly exponent: number | bigint;
  };
  /** How often the amount is divided by the base. */
  readonly scale: number | bigint;
}

/**
 * A dinero.js object, known by its `toJSON`.
 *
 * @typeParam C - The currency's code.
 */
export interface DineroLike<C extends string = string> {
  /** The object as data. */
  readonly toJSON: () => DineroSnapshot<C>;
}

/** The currency that a value's type names: `"USD"` where the compiler knows it, else `string`. */
export type CurrencyIn<Value> = Value extends { readonly toJSON: () => infer Data }
  ? CurrencyIn<Data>
  : Value extends { readonly currency: { readonly code: infer C extends string } | (infer C extends string) }
    ? C
    : string;

/**
 * Which amount of money is this: one of ours, a dinero.js object or its snapshot?
 *
 * A dinero.js amount on another scale than the currency's minor unit is converted exactly or refused.
 *
 * @param value - `Money`, an object with dinero.js's `toJSON`, or what that gives.
 * @returns A new plain amount in whole minor units.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for another shape, or an amount that is not a whole number of minor
 *   units; `UNSAFE_INTEGER` when it leaves the safe integers.
 * @example
 * ```ts
 * import { moneyFrom } from "clientele";
 *
 * const USD = { code: "USD", base: 10, exponent: 2 };
 * moneyFrom({ amount: 1050, currency: USD, scale: 2 }); // => { amount: 1050, currency: "USD" }
 * moneyFrom({ amount: 10500, currency: USD, scale: 3 }); // => { amount: 1050, currency: "USD" }
 * moneyFrom({ amount: 10505, currency: USD, scale: 3 }); // throws INVALID_ARGUMENT
 * ```
 */
export function moneyFrom<const Value extends Money | DineroSnapshot | DineroLike>(
  value: Value,
): Money<CurrencyIn<Value>>;
/** @internal */
export function moneyFrom(value: Money | DineroSnapshot | DineroLike): Money {
  assertObject(value, "value");
  const data = "toJSON" in value && typeof value.toJSON === "function" ? value.toJSON() : (value as Money);
  assertObject(data, "value.toJSON()");
  if (!("scale" in data)) {
    assertInteger(data.amount, "value.amount");
    assertCurrency(data.currency, "value.currency");
    assertNoOtherScale(data);
    return { amount: data.amount + 0, currency: data.currency };
  }
  return fromSnapshot(data);
}

function fromSnapshot({ amount, currency, scale }: DineroSnapshot): Money {
  assertObject(currency, "value.currency");
  const { code, base } = currency;
  assertCurrency(code, "value.currency.code");
  const parts = whole(amount, "value.amount");
  const steps = whole(scale, "value.scale");
  assertArgument(
    steps >= 0n && steps <= 100n,
    "value.scale",
    () => `value.scale is ${shown(scale)}: pass a whole number from 0 to 100`,
  );
  const divisor = wholeBase(base) ** steps;
  const scaled = parts * 10n ** BigInt(minorUnitDigits(code));
  assertArgument(
    scaled % divisor === 0n,
    "value.amount",
    () =>
      `value.amount is ${shown(amount)} at scale ${steps}, not a whole number of minor units of ${code}: round it to scale ${minorUnitDigits(code)} first`,
  );
  return {
    amount: safeIntegerOf(scaled / divisor, "value.amount", "the amount in minor units"),
    currency: code,
  };
}

/** dinero.js multiplies several subdivisions (20 shillings of 12 pence) into one base. */
function wholeBase(base: DineroSnapshot["currency"]["base"]): bigint {
  const path = "value.currency.base";
  const product = (Array.isArray(base) ? base : [base])
    .slice(0, MOST_SUBDIVISIONS + 1)
    .map((each) => whole(each, path))
    .reduce((all, each) => (all > 0n && each > 0n ? all * each : 0n), 1n);
  assertArgument(
    product > 0n && product <= MAX_BASE && !(Array.isArray(base) && base.length > MOST_SUBDIVISIONS),
    path,
    () => `${path} is ${shown(base)}: pass a whole number above 0, or a few whose product is below 2^53`,
  );
  return product;
}

// Bounds on what a message from outside can make us compute; no currency comes near.
const MOST_SUBDIVISIONS = 10;
const MAX_BASE = BigInt(Number.MAX_SAFE_INTEGER);

/** dinero.js 1 and others say the digits beside the amount: an amount on another scale is not read as minor units. */
function assertNoOtherScale({ currency, ...rest }: Money & { readonly precision?: unknown }): void {
  const { precision } = rest;
  const digits = minorUnitDigits(currency);
  assertArgument(
    precision === undefined || precision === digits,
    "value.precision",
    () =>
      `value.precision is ${shown(precision)}, the minor unit of ${currency} has ${digits} digits: convert it first`,
  );
}

function whole(value: number | bigint, path: string): bigint {
  if (typeof value === "bigint") return value;
  assertInteger(value, path);
  return BigInt(value);
}

function assertObject(value: unknown, path: string): void {
  assertArgument(
    typeof value === "object" && value !== null,
    path,
    () => `${path} is ${shown(value)}: pass { amount, currency } or a dinero.js object`,
  );
}
