import {
  assertArgument,
  assertFinite,
  assertInRange,
  assertOneOf,
  assertOptions,
} from "../../core/assert.js";
import { periodRate } from "../../statistics/discounting.js";
import { checkedSurvivorsAt } from "../survivors-at.js";
import {
  horizonOf,
  type ReadRetention,
  type RetentionByPeriod,
  readRetention,
} from "./retention-by-period.js";

/** What {@link lifetimeValue} reckons with; amounts in one unit of money, minor units say. */
export interface LifetimeValueOptions {
  /** What a customer who is there brings in the first period, after all costs of serving them. */
  readonly margin: number;
  /** How customers stay. One rate says that old customers leave as readily as new ones, which is seldom so. */
  readonly retention: RetentionByPeriod;
  /** Discount rate per YEAR, effective: 0.1 is 10 %; above -1. It is converted to the period. */
  readonly discountRate: number;
  /** When in its period the margin comes: `"begin"`, the first one now; `"middle"`, spread over it; `"end"`, the first one after a period. */
  readonly timing: "begin" | "middle" | "end";
  /**
   * Whose margin counts in a period: of all who begin it (`"begin"`), or only of those who stay to its end (`"end"`), so that
   * the first margin comes after one renewal. Required with `timing: "end"`; default `"begin"` otherwise.
   */
  readonly survivorsAt?: "begin" | "end" | undefined;
  /** How many periods make a year: 12 for monthly margins and rates. Default 1: a period is a year. */
  readonly periodsPerYear?: number | undefined;
  /** How many periods count, 1 to 100,000. Default: all that a list of retention covers; with one rate, no end. */
  readonly horizon?: number | undefined;
  /** By which share the margin grows each period, compounded, above -1; default 0. */
  readonly growth?: number | undefined;
  /** What it costs to win the customer, paid now, 0 or more; default 0. */
  readonly acquisitionCost?: number | undefined;
}

/** The options of a lifetime value, checked. @internal */
export interface MarginStream {
  readonly margin: number;
  readonly retention: ReadRetention;
  /** Periods from now until the margin of the first period. */
  readonly delay: number;
  /** Only those who stay to the end of a period bring its margin. */
  readonly isAfterRenewal: boolean;
  /** Per period. */
  readonly rate: number;
  readonly growth: number;
  readonly acquisitionCost: number;
  /** `null` for no end. */
  readonly horizon: number | null;
}

/** What a stream of margins comes to, for a first margin of 1. Infinity where it has no limit. @internal */
export interface StreamSums {
  /** Sum of the discounted margins. */
  readonly multiple: number;
  /** Number of margins that a customer pays, on average. */
  readonly payments: number;
  /** Derivative of `multiple` by the retention rate of every period. */
  readonly byRetention: number;
  /** Sum of the discounted margins, each times the renewals before it. */
  readonly renewals: number;
  /** The same, each times the periods that it has grown. */
  readonly grown: number;
  /** The same, each times the periods until it comes. */
  readonly delay: number;
}

/** Checks the options of a lifetime value. @internal */
export function readMarginStream(options: LifetimeValueOptions): MarginStream {
  assertOptions(options, "{ margin, retention, discountRate, timing }");
  const { margin, periodsPerYear = 1, growth = 0, acquisitionCost = 0 } = options;
  assertFinite(margin, "options.margin");
  const retention = readRetention(options.retention);
  assertAboveMinusOne(options.discountRate, "options.discountRate");
  const flow = readTiming(options);
  assertPeriodsPerYear(periodsPerYear);
  assertAboveMinusOne(growth, "options.growth");
  assertInRange(acquisitionCost, "options.acquisitionCost", 0, Number.MAX_VALUE);
  return {
    margin,
    retention,
    ...flow,
    rate: periodRate(options.discountRate, periodsPerYear),
    growth,
    acquisitionCost,
    horizon: horizonOf(options.horizon, retention),
  };
}

/** When and from whom margins come, checked. @internal */
export function readTiming({ timing, survivorsAt }: Pick<LifetimeValueOptions, "timing" | "survivorsAt">): {
  readonly delay: number;
  readonly isAfterRenewal: boolean;
} {
  assertOneOf(timing, "options.timing", ["begin", "middle", "end"]);
  const isAfterRenewal = checkedSurvivorsAt(timing, survivorsAt) === "end";
  return { delay: { begin: 0, middle: 0.5, end: 1 }[timing], isAfterRenewal };
}

/** The sums over all periods: in closed form without an end, otherwise period by period. @internal */
export function streamSums(stream: MarginStream): StreamSums {
  const { horizon, retention } = stream;
  return horizon === null ? endless(stream, retention.rate as number) : within(stream, horizon);
}

/** Why a stream without end has no value; `null` where it has one. @internal */
export function divergence({ horizon, retention, growth, rate }: MarginStream): string | null {
  if (horizon !== null || excess(retention.rate as number, rate, growth) > 0) return null;
  return `retention ${retention.rate} with growth ${growth} outweighs a discount rate of ${rate} a period: the sum has no limit, pass a horizon`;
}

/** @internal */
export function assertAboveMinusOne(value: unknown, path: string): asserts value is number {
  assertFinite(value, path);
  assertArgument(value > -1, path, () => `${path} is ${value}: pass a rate above -1 (0.1 is 10 %)`);
}

/** @internal */
export function assertPeriodsPerYear(value: unknown): asserts value is number {
  assertInRange(value, "options.periodsPerYear", Number.MIN_VALUE, 1e6);
}

/** 1 + i - r(1+g), of which no digit is lost where all three are small changes of 1. */
function excess(retention: number, rate: number, growth: number): number {
  return 1 - retention + (rate - retention * growth);
}

function endless({ delay, isAfterRenewal, rate, growth }: MarginStream, retention: number): StreamSums {
  const left = excess(retention, rate, growth) / (1 + rate);
  const discount = (1 + rate) ** -delay;
  const start = discount * (isAfterRenewal ? retention : 1);
  const sum = left > 0 ? start / left : Number.POSITIVE_INFINITY;
  const further = (1 - left) / left;
  const payments = (isAfterRenewal ? retention : 1) / (1 - retention);
  return {
    multiple: sum,
    payments,
    byRetention: isAfterRenewal ? discount / left ** 2 : (sum * (1 + growth)) / (1 + rate) / left,
    renewals: sum * (further + (isAfterRenewal ? 1 : 0)),
    grown: sum * further,
    delay: sum * (further + delay),
  };
}

function within(
  { delay, isAfterRenewal, rate, growth, retention }: MarginStream,
  horizon: number,
): StreamSums {
  const rateOf = (period: number): number => {
    if (retention.survival === null) return retention.rate;
    const before = retention.survival[period - 1] as number;
    return before === 0 ? 0 : (retention.survival[period] as number) / before;
  };
  const sums = { multiple: 0, payments: 0, byRetention: 0, renewals: 0, grown: 0, delay: 0 };
  let survival = 1;
  let slope = 0;
  let worth = (1 + rate) ** -delay;
  const step = (1 + growth) / (1 + rate);
  // Where nobody is left, nothing follows, however much a later margin would be worth.
  for (let period = 1; period <= horizon && (survival > 0 || slope > 0); period++) {
    const kept = rateOf(period);
    const [next, nextSlope] = [survival * kept, slope * kept + survival];
    const paying = isAfterRenewal ? next : survival;
    sums.payments += paying;
    sums.multiple += paying * worth;
    sums.byRetention += (isAfterRenewal ? nextSlope : slope) * worth;
    sums.renewals += paying * worth * (isAfterRenewal ? period : period - 1);
    sums.grown += paying * worth * (period - 1);
    sums.delay += paying * worth * (period - 1 + delay);
    survival = next;
    slope = nextSlope;
    worth *= step;
  }
  return sums;
}
