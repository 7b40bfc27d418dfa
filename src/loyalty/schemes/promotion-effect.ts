import {
  assertArgument,
  assertArray,
  assertBetween,
  assertInteger,
  assertOptions,
} from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { safeSum } from "../../core/safe-integer.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import type { SuccessCount } from "../../statistics/newcombe-interval.js";
import { studentTQuantile } from "../../statistics/student-t.js";
import { type TwoProportionTest, twoProportionTest } from "../../statistics/two-proportion-test.js";
import { groupMean } from "./mean-difference.js";

/** What a promotion sold beyond what would have been sold anyway. */
export interface PromotionEffect {
  /** What it was measured against. */
  readonly basis: "control" | "baseline";
  /** Units (buyers, where nobody says how many units one buys) in the promotion. */
  readonly observed: number;
  /** Units that would have been sold without it; `null` where that is not known. */
  readonly expected: number | null;
  /** Observed less expected; below 0 where fewer were sold; `null` where that is not known. */
  readonly incremental: number | null;
  /** Where the increment lies; `null` where it is, and for a baseline of one period or of periods that are all alike. */
  readonly interval: Interval | null;
  /** The test of the two shares of buyers; `null` against a baseline. */
  readonly test: TwoProportionTest | null;
  /** Why a field is `null`; `null` where every field that applies is a number. */
  readonly reason: string | null;
}

/** How the effect against a control group is computed. */
export interface PromotionLiftOptions extends ConfidenceOptions {
  /** Units that a buyer buys, above 0; default 1: buyers are counted. */
  readonly unitsPerBuyer?: number;
}

/**
 * What did a promotion add, against customers who were held back from it by chance?
 *
 * The difference of the two shares of buyers (Newcombe 1998), times those who got it.
 *
 * @param treatment - Buyers among those who got the promotion.
 * @param control - Buyers among those who were drawn by lot not to get it.
 * @param options - `unitsPerBuyer`, `confidenceLevel` (default 0.95).
 * @returns The increment among those who got it, with an interval and the test.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is impossible.
 * @example
 * ```ts
 * import { promotionLift } from "clientele";
 *
 * const lift = promotionLift({ successes: 530, trials: 10_000 }, { successes: 460, trials: 10_000 });
 * lift.incremental; // => 70
 * lift.test?.pValue; // ~> 0.022492832909959626
 * ```
 */
export function promotionLift(
  treatment: SuccessCount,
  control: SuccessCount,
  options: PromotionLiftOptions = {},
): PromotionEffect {
  assertOptions(options);
  const { unitsPerBuyer = 1, confidenceLevel = 0.95 } = options;
  assertBetween(unitsPerBuyer, "options.unitsPerBuyer", 0, Number.POSITIVE_INFINITY);
  const test = twoProportionTest(treatment, control, { confidenceLevel });
  const observed = treatment.successes * unitsPerBuyer;
  // A product of counts over a count: exact where the share itself is not.
  const expected =
    control.trials === 0 ? null : ((control.successes * treatment.trials) / control.trials) * unitsPerBuyer;
  const scale = treatment.trials * unitsPerBuyer;
  return {
    basis: "control",
    observed,
    expected,
    incremental: test.difference === null || expected === null ? null : observed - expected,
    interval: test.interval && {
      lower: test.interval.lower * scale,
      upper: test.interval.upper * scale,
      confidenceLevel,
    },
    test,
    reason: test.reason,
  };
}

/** Sales in the promotion beside those before it. */
export interface BaselineSales {
  /** Units sold in each period of the promotion, at least one: whole, zero or more. */
  readonly during: readonly number[];
  /** Units sold in each period before it that shows what is usual, at least one; the same length of period. */
  readonly before: readonly number[];
  /** Units sold in each period after it in which customers use up what they stocked; default none. */
  readonly after?: readonly number[];
}

/**
 * What did a promotion add, against what was sold before it?
 *
 * The mean of the periods before is what is usual, if nothing else changed: state periods without a trend and without a
 * season of their own. Units that customers only bought earlier show as a dip `after` it and are taken off. The interval is
 * that of the sum of so many new periods, t with `before.length - 1` degrees of freedom, periods taken as independent.
 *
 * @param sales - Units by period: `during`, `before`, `after`.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns The increment over the periods during and after it, with an interval where 2 or more periods before differ.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a count is not whole or negative, or a list is empty.
 * @example
 * ```ts
 * import { salesOverBaseline } from "clientele";
 *
 * const { expected, incremental } = salesOverBaseline({ before: [100, 110, 90], during: [160, 150], after: [80] });
 * [expected, incremental]; // => [300, 90]
 * ```
 */
export function salesOverBaseline(sales: BaselineSales, options: ConfidenceOptions = {}): PromotionEffect {
  assertOptions(sales, "{ during, before }", "sales");
  assertOptions(options);
  const { confidenceLevel = 0.95 } = options;
  assertBetween(confidenceLevel, "options.confidenceLevel", 0, 1);
  const { during, before, after = [] } = sales;
  assertUnits(during, "sales.during", 1);
  assertUnits(before, "sales.before", 1);
  assertUnits(after, "sales.after", 0);
  const periods = during.length + after.length;
  const usual = groupMean(before, safeSum(before, "sales.before", "the units before"));
  const observed = safeSum([...during, ...after], "sales.during", "the units sold");
  const expected = (usual.sum * periods) / usual.count;
  const incremental = observed - expected;
  if (usual.variance === null || usual.variance === 0) {
    const reason =
      usual.variance === null
        ? "interval: one period before shows no spread, it needs 2"
        : `interval: all ${usual.count} periods before sold the same, which shows no spread`;
    return { basis: "baseline", observed, expected, incremental, interval: null, test: null, reason };
  }
  // Var(sum of m new - m x mean of n) = s^2 (m + m^2 / n), and s^2 = n x the variance of the mean.
  const spread = Math.sqrt(usual.variance * (periods * usual.count + periods ** 2));
  const margin = studentTQuantile((1 + confidenceLevel) / 2, usual.count - 1) * spread;
  const interval = { lower: incremental - margin, upper: incremental + margin, confidenceLevel };
  return { basis: "baseline", observed, expected, incremental, interval, test: null, reason: null };
}

function assertUnits(units: readonly number[], path: string, atLeast: number): void {
  assertArray(units, path);
  assertArgument(
    units.length >= atLeast,
    path,
    () => `${path} is empty: pass the units of at least one period`,
  );
  for (const [i, count] of units.entries()) assertInteger(count, `${path}[${i}]`, 0);
}
