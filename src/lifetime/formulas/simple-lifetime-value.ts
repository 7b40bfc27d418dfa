import { assertArgument, assertFinite, assertInRange, assertOptions } from "../../core/assert.js";

/** What {@link simpleLifetimeValue} multiplies. */
export interface SimpleLifetimeValueOptions {
  /** Mean value of a purchase, in one unit of money. */
  readonly purchaseValue: number;
  /** Mean number of purchases of a customer in a year, 0 or more. */
  readonly purchasesPerYear: number;
  /** Share of the purchase value that is left after the costs of goods and of serving, -1 to 1: 0.3 is 30 %. */
  readonly marginShare: number;
  /** How many years a customer stays, 0 or more. Not the age of your oldest customers: most leave sooner. */
  readonly years: number;
}

/**
 * What is value x frequency x margin x years, the lifetime value of the back of an envelope?
 *
 * Nothing is discounted, nobody leaves before the years are over, and how long they stay is not a result but a guess of
 * yours. Good for an order of magnitude; {@link lifetimeValue} takes retention and discounting into account.
 *
 * @param options - `purchaseValue`, `purchasesPerYear`, `marginShare`, `years`.
 * @returns The product, in the unit of `purchaseValue` and not rounded.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a number is out of range.
 * @example
 * ```ts
 * import { simpleLifetimeValue } from "clientele";
 *
 * simpleLifetimeValue({ purchaseValue: 50, purchasesPerYear: 4, marginShare: 0.3, years: 5 }); // => 300
 * ```
 */
export function simpleLifetimeValue(options: SimpleLifetimeValueOptions): number {
  assertOptions(options, "{ purchaseValue, purchasesPerYear, marginShare, years }");
  const { purchaseValue, purchasesPerYear, marginShare, years } = options;
  assertFinite(purchaseValue, "options.purchaseValue");
  assertInRange(purchasesPerYear, "options.purchasesPerYear", 0, Number.MAX_VALUE);
  assertInRange(marginShare, "options.marginShare", -1, 1);
  assertInRange(years, "options.years", 0, Number.MAX_VALUE);
  const value = purchaseValue * purchasesPerYear * marginShare * years + 0;
  assertArgument(
    Number.isFinite(value),
    "options",
    () => "options lead beyond the range of numbers: pass smaller amounts",
  );
  return value;
}
