import { assertArgument, shown } from "../core/assert.js";

/**
 * Refuses what is no discount rate of a model. Models look ahead for ever, and their tails are too heavy for a sum at a rate below
 * 0; formulas of one rate and one horizon take any above -1.
 *
 * @internal
 */
export function assertDiscountRate(rate: unknown, path = "options.discountRate"): asserts rate is number {
  assertArgument(
    typeof rate === "number" && rate >= 0 && rate <= 1e6,
    path,
    () => `${path} is ${shown(rate)}: pass a rate per year of 0 or more (0.1 is 10 %), at most 1e6`,
  );
}
