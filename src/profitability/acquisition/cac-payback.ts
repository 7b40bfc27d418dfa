import {
  assertArgument,
  assertFinite,
  assertInRange,
  assertOneOf,
  assertOptions,
} from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type CashFlowOptions, periodRate } from "../../statistics/discounting.js";

/** What {@link cacPayback} reckons with; all amounts in one unit of money. */
export interface CacPaybackOptions extends CashFlowOptions {
  /** What it costs to win a customer, zero or more, paid now. */
  readonly cac: number;
  /** What a customer pays in a period: revenue per customer, per account, per user (ARPA, ARPU). */
  readonly revenuePerPeriod: number;
  /** What of the revenue is margin, as a share: 0.8 is 80 %; 1 at most. */
  readonly grossMargin: number;
  /** Discount rate per YEAR, effective: 0.1 is 10 %; above -1. With `periodsPerYear`. Default: nothing is discounted. */
  readonly discountRate?: number | undefined;
  /** How many periods make a year: 12 where revenue is that of a month. With `discountRate`. */
  readonly periodsPerYear?: number | undefined;
}

/** In how many periods a customer has paid for being won, in three ways of counting. */
export interface CacPayback {
  /** By revenue: `cac / revenuePerPeriod`. Flatters: revenue has costs of its own. */
  readonly simple: Rate;
  /** By margin: `cac / (revenuePerPeriod * grossMargin)`, the usual CAC payback. */
  readonly marginBased: Rate;
  /** By discounted margin, the last period in proportion. */
  readonly discounted: {
    /** Periods; `null` when it is never, and without a rate. */
    readonly value: number | null;
    /** Why `value` is `null`; `null` where it is a number. */
    readonly reason: string | null;
  };
}

/**
 * In how many months does a customer pay back what it cost to win them?
 *
 * For a customer who stays and pays the same every period. Where customers leave, `paybackPeriod` has the payback of one on
 * average; what really came in tells {@link cacPaybackByCohort}. Without costs of service and retention in the margin, the
 * payback comes too early.
 *
 * @param options - `cac`, `revenuePerPeriod`, `grossMargin`; `discountRate` with `periodsPerYear`, and `timing` (default
 * `"end"`).
 * @returns Periods by revenue, by margin and by discounted margin; `null` where revenue or margin are not above 0.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is out of range, or one of discounting stands alone.
 * @example
 * ```ts
 * import { cacPayback } from "clientele";
 *
 * const { simple, marginBased, discounted } = cacPayback({
 *   cac: 1200,
 *   revenuePerPeriod: 100,
 *   grossMargin: 0.8,
 *   discountRate: 0.1,
 *   periodsPerYear: 12,
 * });
 * simple.value; // => 12
 * marginBased.value; // => 15
 * discounted.value; // ~> 16.039488017692
 * ```
 */
export function cacPayback(options: CacPaybackOptions): CacPayback {
  assertOptions(options, "{ cac, revenuePerPeriod, grossMargin }");
  const { cac, revenuePerPeriod, grossMargin, discountRate, periodsPerYear, timing } = options;
  assertInRange(cac, "options.cac", 0, Number.MAX_VALUE);
  assertFinite(revenuePerPeriod, "options.revenuePerPeriod");
  assertInRange(grossMargin, "options.grossMargin", -Number.MAX_VALUE, 1);
  const margin = revenuePerPeriod * grossMargin;
  assertFinite(margin, "options.revenuePerPeriod times grossMargin");
  const simple = ratio(cac, revenuePerPeriod, "revenue per period");
  const marginBased = ratio(cac, margin, "margin per period");
  if (discountRate === undefined || periodsPerYear === undefined) {
    const given = Object.entries({ discountRate, periodsPerYear, timing }).find(
      ([, value]) => value !== undefined,
    );
    assertArgument(
      given === undefined,
      `options.${given?.[0]}`,
      () =>
        `options.${given?.[0]} stands alone: pass discountRate and periodsPerYear together, or leave it out`,
    );
    return { simple, marginBased, discounted: { value: null, reason: "options.discountRate is not given" } };
  }
  const when = timing ?? "end";
  assertOneOf(when, "options.timing", ["begin", "middle", "end"]);
  assertArgument(
    Number.isFinite(discountRate) && discountRate > -1,
    "options.discountRate",
    () => `options.discountRate is ${discountRate}: pass a rate per year above -1 (0.1 is 10 %)`,
  );
  assertArgument(
    Number.isFinite(periodsPerYear) && periodsPerYear > 0,
    "options.periodsPerYear",
    () => `options.periodsPerYear is ${periodsPerYear}: pass a number above 0, 12 for months`,
  );
  const growth = Math.log1p(periodRate(discountRate, periodsPerYear));
  const delay = { begin: 0, middle: 0.5, end: 1 }[when];
  return {
    simple,
    marginBased,
    discounted: discountedPayback(cac, margin, growth, delay, marginBased.reason),
  };
}

/** `growth` is the discount rate per period, compounded continuously. */
function discountedPayback(
  cac: number,
  margin: number,
  growth: number,
  delay: number,
  reason: string | null,
): CacPayback["discounted"] {
  if (reason !== null) return { value: null, reason };
  if (cac === 0 || growth === 0) return { value: cac / margin, reason: null };
  // k periods bring first * (1 - v^k) / (1 - v), where v discounts one period: a geometric sum.
  const first = margin * Math.exp(-growth * delay);
  const lost = -Math.expm1(-growth);
  const share = (cac / first) * lost;
  if (share >= 1) return { value: null, reason: `all margins to come are worth ${first / lost} today` };
  const earnedAfter = (periods: number) => first * (-Math.expm1(-growth * periods) / lost);
  const whole = Math.floor(-Math.log1p(-share) / growth);
  return { value: whole + (cac - earnedAfter(whole)) / (first * Math.exp(-growth * whole)), reason: null };
}
