import { assertArgument, assertFinite, assertInRange, assertOptions } from "../../core/assert.js";
import { SHARE_ROUNDING } from "../../core/share-of-count.js";
import { periodRate } from "../../statistics/discounting.js";
import { assertAboveMinusOne, assertPeriodsPerYear, readTiming } from "./margin-stream.js";
import { MOST_PERIODS, type RetentionByPeriod, readRetention } from "./retention-by-period.js";

/** What {@link paybackPeriod} reckons with; amounts in one unit of money, minor units say. */
export interface PaybackPeriodOptions {
  /** What it costs to win one customer, above 0, paid now. */
  readonly acquisitionCost: number;
  /** What a customer who is there brings in a period: one amount, or one for each period. */
  readonly margin: number | readonly number[];
  /** How customers stay. */
  readonly retention: RetentionByPeriod;
  /** Discount rate per YEAR, effective: 0.1 is 10 %; above -1. */
  readonly discountRate: number;
  /** When in its period a margin is discounted: at its `"begin"` (the first not at all), its `"middle"` or its `"end"`. */
  readonly timing: "begin" | "middle" | "end";
  /** How many periods make a year: 12 for monthly margins. Default 1: a period is a year. */
  readonly periodsPerYear?: number | undefined;
}

/** When margins first add up to the cost of acquisition. */
export interface Payback {
  /** Periods until then, the last one in proportion (its margin flowing evenly); `null` when it is never. */
  readonly periods: number | null;
  /** Why `periods` is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/** When a customer has paid for their acquisition, in three ways of counting. */
export interface PaybackPeriods {
  /** A customer who stays: the simple payback. */
  readonly staying: Payback;
  /** A customer won now, on average: some leave before they have paid. */
  readonly expected: Payback;
  /** The same with margins discounted. */
  readonly discounted: Payback;
}

/**
 * After how many periods has a customer paid for their acquisition?
 *
 * Everyone who begins a period brings its margin. {@link retentionEconomics} gives the whole years of breakeven for profits
 * that grow; here periods are of any length and are told in fractions.
 *
 * @param options - Cost of acquisition, margin and retention of a period, discount rate per year, `timing`.
 * @returns The payback of a customer who stays, of one on average, and discounted. Where one margin and one rate go on, up to
 * 100,000 periods are looked at.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is out of range.
 * @example
 * ```ts
 * import { paybackPeriod } from "clientele";
 *
 * const monthly = { retention: 0.98, discountRate: 0.1, timing: "end", periodsPerYear: 12 } as const;
 * const { staying, expected, discounted } = paybackPeriod({ acquisitionCost: 1200, margin: 80, ...monthly });
 * staying.periods; // => 15
 * expected.periods; // ~> 17.6570901
 * discounted.periods; // ~> 19.3335258
 * paybackPeriod({ acquisitionCost: 6000, margin: 80, ...monthly }).expected.periods; // => null
 * ```
 */
export function paybackPeriod(options: PaybackPeriodOptions): PaybackPeriods {
  assertOptions(options, "{ acquisitionCost, margin, retention, discountRate, timing }");
  const { acquisitionCost, margin, discountRate, timing, periodsPerYear = 1 } = options;
  assertInRange(acquisitionCost, "options.acquisitionCost", Number.MIN_VALUE, Number.MAX_VALUE);
  const margins = marginsOf(margin);
  const retention = readRetention(options.retention);
  assertAboveMinusOne(discountRate, "options.discountRate");
  const { delay } = readTiming({ timing, survivorsAt: "begin" });
  assertPeriodsPerYear(periodsPerYear);
  const rate = periodRate(discountRate, periodsPerYear);
  const { survival } = retention;
  const survivors =
    survival === null
      ? (period: number) => retention.rate ** (period - 1)
      : (period: number) => survival[period - 1] as number;
  const worth = (period: number) => (1 + rate) ** -(period - 1 + delay);
  const [staying, covered] = [margins.periods, Math.min(margins.periods, retention.periods ?? MOST_PERIODS)];
  return {
    staying: paidBack(acquisitionCost, staying, margins.of),
    expected: paidBack(acquisitionCost, covered, (period) => margins.of(period) * survivors(period)),
    discounted: paidBack(acquisitionCost, covered, (period) =>
      survivors(period) === 0 ? 0 : margins.of(period) * survivors(period) * worth(period),
    ),
  };
}

function paidBack(cost: number, periods: number, marginOf: (period: number) => number): Payback {
  let earned = 0;
  for (let period = 1; period <= periods; period++) {
    const margin = marginOf(period);
    const missing = cost - earned;
    // What lacks nothing but rounding is paid.
    if (margin >= missing - cost * SHARE_ROUNDING) {
      return { periods: period - 1 + Math.min(1, missing / margin), reason: null };
    }
    earned += margin;
    assertArgument(
      Number.isFinite(earned),
      "options.margin",
      () =>
        `options.margin adds up to ${earned} by period ${period}: that leaves the range of numbers, pass smaller amounts or a higher rate`,
    );
  }
  return {
    periods: null,
    reason: `after ${periods} periods ${cost - earned} of ${cost} is still to be earned back`,
  };
}

function marginsOf(margin: number | readonly number[]): {
  readonly periods: number;
  readonly of: (period: number) => number;
} {
  if (!Array.isArray(margin)) {
    assertFinite(margin, "options.margin");
    return { periods: MOST_PERIODS, of: () => margin };
  }
  assertArgument(
    margin.length > 0,
    "options.margin",
    () => "options.margin is empty: pass one, or one for each period",
  );
  for (const [period, amount] of margin.entries()) assertFinite(amount, `options.margin[${period}]`);
  return { periods: margin.length, of: (period) => margin[period - 1] as number };
}
