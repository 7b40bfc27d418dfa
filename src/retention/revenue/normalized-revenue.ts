import { assertArgument, assertInteger, assertOneOf, shown } from "../../core/assert.js";
import type { RoundingOptions } from "../../core/multiply-money.js";
import { type RoundingMode, roundingModes, roundQuotient } from "../../core/rounding.js";
import { safeIntegerOf } from "../../core/safe-integer.js";

/** How often a recurring amount is paid: every `count` units. */
export interface BillingInterval {
  /** Calendar unit. */
  readonly unit: "day" | "week" | "month" | "quarter" | "year";
  /** How many of them, a whole number from 1; default 1. */
  readonly count?: number;
}

/** By unit, how many of them make a year. */
const PER_YEAR: Readonly<Record<BillingInterval["unit"], number>> = {
  day: 365,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

/** The units of a billing interval, for the guards. @internal */
export const BILLING_UNITS = Object.keys(PER_YEAR) as readonly BillingInterval["unit"][];

/**
 * What is an amount that recurs every so often worth per month, or per year?
 *
 * A year has 12 months, 4 quarters, 52 weeks or 365 days, so that a month is 52/12 weeks and 365/12 days (dbt_stripe counts
 * weeks so): 12 a week is 52 a month, not 48. The exact product is rounded once. The yearly value is made of the amount, not
 * of the rounded month: 1000.00 a year stays 1000.00, while twelve rounded months are 999.96.
 *
 * @param amount - What one interval costs: integer in minor units, zero or more.
 * @param interval - Unit and count; two weeks are `{ unit: "week", count: 2 }`.
 * @param to - `"month"` for monthly recurring revenue (MRR), `"year"` for annual recurring revenue (ARR).
 * @param options - `rounding`, default `"halfEven"`.
 * @returns Integer in minor units.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the amount is no whole number from 0, or the interval or `to` is
 * none of these; `UNSAFE_INTEGER` when the result leaves 2^53 - 1.
 * @example
 * ```ts
 * import { normalizedRevenue } from "clientele";
 *
 * normalizedRevenue(1200, { unit: "week" }, "month"); // => 5200
 * normalizedRevenue(100_000, { unit: "year" }, "month"); // => 8333
 * normalizedRevenue(100_000, { unit: "year" }, "year"); // => 100000
 * normalizedRevenue(30_000, { unit: "month", count: 6 }, "month"); // => 5000
 * ```
 */
export function normalizedRevenue(
  amount: number,
  interval: BillingInterval,
  to: "month" | "year",
  options: RoundingOptions = {},
): number {
  assertInteger(amount, "amount", 0);
  assertArgument(
    typeof interval === "object" && interval !== null,
    "interval",
    () => `interval is ${shown(interval)}: pass { unit, count }`,
  );
  assertOneOf(interval.unit, "interval.unit", BILLING_UNITS);
  if (interval.count !== undefined) assertInteger(interval.count, "interval.count", 1);
  assertOneOf(to, "to", ["month", "year"]);
  const { rounding = "halfEven" } = options;
  assertOneOf(rounding, "options.rounding", roundingModes);
  return normalized(amount, interval, to, rounding, "amount");
}

/** The same for values that have been checked; `path` says where the amount stands. @internal */
export function normalized(
  amount: number,
  { unit, count = 1 }: BillingInterval,
  to: "month" | "year",
  rounding: RoundingMode,
  path: string,
): number {
  const perYear = PER_YEAR[unit];
  const parts = to === "month" ? 12 : 1;
  const [product, divisor] = [amount * perYear, count * parts];
  // Most amounts divide without a rest: only others pay for long integers.
  if (Number.isSafeInteger(product) && Number.isSafeInteger(divisor) && product % divisor === 0)
    return product / divisor + 0;
  const exact = roundQuotient(BigInt(amount) * BigInt(perYear), BigInt(count) * BigInt(parts), rounding);
  return safeIntegerOf(exact, path, "the recurring revenue");
}
