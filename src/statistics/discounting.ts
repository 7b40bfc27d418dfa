import { assertArgument, assertFinite, assertOneOf } from "../core/assert.js";
import { assertNumbers, type Numbers } from "./numbers.js";

/** When in its period money flows. */
export interface CashFlowOptions {
  /**
   * `"end"` (default, as Excel's NPV): the first flow is discounted by one period. `"begin"`: the first flow is paid
   * now and not discounted. `"middle"`: spread over the period, discounted by half a period.
   */
  readonly timing?: "begin" | "middle" | "end";
}

/**
 * What is one unit of money worth today, when it comes so many periods from now?
 *
 * @param ratePerPeriod - Discount rate of one period: 0.1 is 10 %; above -1.
 * @param periods - How many periods from now; fractions and negative numbers (the past) are fine.
 * @returns `(1 + ratePerPeriod) ** -periods`, with full digits for small rates and many periods.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rate is -1 or less, or the factor leaves the range of numbers.
 * @example
 * ```ts
 * import { discountFactor } from "clientele";
 *
 * discountFactor(0.1, 2); // ~> 0.8264462809917356
 * discountFactor(0.1, 0); // => 1
 * ```
 */
export function discountFactor(ratePerPeriod: number, periods: number): number {
  assertGrowthRate(ratePerPeriod, "ratePerPeriod");
  assertFinite(periods, "periods");
  const factor = Math.exp(-periods * Math.log1p(ratePerPeriod));
  assertNoOverflow(factor, ratePerPeriod, periods);
  return factor;
}

/**
 * What is a row of future payments worth today?
 *
 * @param cashFlows - One amount for each period, in one unit of money; payments out are negative.
 * @param ratePerPeriod - Discount rate of one period, above -1. From a rate per year: {@link periodRate}.
 * @param options - `timing` says when in its period each flow is paid (default `"end"`).
 * @returns The sum of the discounted flows, in the unit of the flows and not rounded.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rate is -1 or less or a flow is not a finite number.
 * @example
 * ```ts
 * import { presentValue } from "clientele";
 *
 * presentValue([110, 121], 0.1); // ~> 200
 * presentValue([110, 121], 0.1, { timing: "begin" }); // ~> 220
 * ```
 */
export function presentValue(
  cashFlows: Numbers,
  ratePerPeriod: number,
  options: CashFlowOptions = {},
): number {
  assertNumbers(cashFlows, "cashFlows");
  assertGrowthRate(ratePerPeriod, "ratePerPeriod");
  const { timing = "end" } = options;
  assertOneOf(timing, "options.timing", ["begin", "middle", "end"]);
  const delay = { begin: 0, middle: 0.5, end: 1 }[timing];
  const logGrowth = Math.log1p(ratePerPeriod);
  let sum = 0;
  for (let i = 0; i < cashFlows.length; i++) sum += cashFlows[i] * Math.exp(-(i + delay) * logGrowth);
  assertNoOverflow(sum, ratePerPeriod, cashFlows.length);
  return sum;
}

/**
 * Which rate per month (week, day) compounds to a rate per year?
 *
 * @param annualRate - Rate per year: 0.12 is 12 %; above -1.
 * @param periodsPerYear - How many periods make a year: 12 for months; above 0.
 * @returns `(1 + annualRate) ** (1 / periodsPerYear) - 1`: a bit less than `annualRate / periodsPerYear`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rate is -1 or less or the number of periods not above 0.
 * @example
 * ```ts
 * import { periodRate } from "clientele";
 *
 * periodRate(0.12, 12); // ~> 0.009488792934583
 * ```
 */
export function periodRate(annualRate: number, periodsPerYear: number): number {
  assertGrowthRate(annualRate, "annualRate");
  assertFinite(periodsPerYear, "periodsPerYear");
  assertArgument(
    periodsPerYear > 0,
    "periodsPerYear",
    () => `periodsPerYear is ${periodsPerYear}: pass a number above 0, 12 for months`,
  );
  const rate = Math.expm1(Math.log1p(annualRate) / periodsPerYear);
  assertNoOverflow(rate, annualRate, 1 / periodsPerYear);
  return rate;
}

/**
 * Which continuously compounded rate equals a rate per period?
 *
 * @param rate - Rate per period, compounded once: 0.1 is 10 %; above -1.
 * @returns `log(1 + rate)`, per the same period.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the rate is -1 or less.
 * @example
 * ```ts
 * import { continuousRate } from "clientele";
 *
 * continuousRate(0.1); // ~> 0.09531017980432487
 * ```
 */
export function continuousRate(rate: number): number {
  assertGrowthRate(rate, "rate");
  return Math.log1p(rate);
}

/** Money cannot shrink by all of itself or more in a period: 1 + rate must stay positive. */
function assertGrowthRate(rate: unknown, path: string): asserts rate is number {
  assertFinite(rate, path);
  assertArgument(rate > -1, path, () => `${path} is ${rate}: pass a rate above -1 (0.1 is 10 %)`);
}

function assertNoOverflow(result: number, rate: number, periods: number): void {
  assertArgument(
    Number.isFinite(result),
    "",
    () =>
      `a rate of ${rate} over ${periods} periods leaves the range of numbers: pass fewer periods or a smaller rate`,
  );
}
