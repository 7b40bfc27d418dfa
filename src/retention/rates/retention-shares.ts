import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { type ExactTotal, totalOf } from "./exact-total.js";

/** One thing seen in three ways: by customers, by their sales, by their profit. */
export interface ThreeWayRate {
  /** Every customer counts the same: numerator and denominator are customers. */
  readonly raw: Rate;
  /**
   * Customers count by their sales in the previous period: minor units. `null` when the sales of the base are zero or
   * less; above 1 (and defection below 0) when those who left were refunded more than they brought, which only refunds
   * that count apart from their purchases, or exceed them, can do.
   */
  readonly salesAdjusted: Rate;
  /**
   * Customers count by their profit in the previous period: minor units. `null` when the profit of the base is zero or
   * less, or not known; above 1 (and defection below 0) when those who left cost more than they brought.
   */
  readonly profitAdjusted: Rate;
}

/** How much of a customer base stayed, and how much was lost. */
export interface RetentionShares extends ThreeWayRate {
  /** Where the raw rate of such a base plausibly lies (Wilson 1927); `null` where the raw rate is. */
  readonly rawInterval: Interval | null;
  /** What was lost: 1 less the retention rate, each of the three ways. */
  readonly defection: ThreeWayRate;
  /** Customers who bought in the previous period. */
  readonly base: number;
  /** Those of the base who bought in the current period too. */
  readonly retained: number;
  /** Those of the base who did not: `base - retained`. */
  readonly lost: number;
}

/** The base of one pair of periods, counted and summed; all weights are of the previous period. @internal */
export interface RetentionTally {
  base: number;
  retained: number;
  readonly baseSales: ExactTotal;
  readonly keptSales: ExactTotal;
  readonly baseProfit: ExactTotal;
  readonly keptProfit: ExactTotal;
}

/** Why a rate is not given whatever the counts are: `all` of the three, or `profit` alone. @internal */
export interface Withheld {
  readonly all: string | null;
  readonly profit: string | null;
}

/** The rates of a tally; `path` is the argument that an error is about. @internal */
export function retentionShares(
  tally: RetentionTally,
  options: ConfidenceOptions,
  withheld: Withheld,
  path = "log",
): RetentionShares {
  const { base, retained } = tally;
  const confidenceLevel = confidenceLevelOf(options);
  const sales = [
    totalOf(tally.keptSales, path, KEPT_SALES),
    totalOf(tally.baseSales, path, BASE_SALES),
  ] as const;
  const profit = [
    totalOf(tally.keptProfit, path, KEPT_PROFIT),
    totalOf(tally.baseProfit, path, BASE_PROFIT),
  ] as const;
  const rates = (part: (kept: number, all: number) => number): ThreeWayRate => ({
    raw: rate(part(retained, base), base, "customers in the base", withheld.all),
    salesAdjusted: rate(part(...sales), sales[1], BASE_SALES, withheld.all),
    profitAdjusted: rate(part(...profit), profit[1], BASE_PROFIT, withheld.all ?? withheld.profit),
  });
  const kept = rates((share) => share);
  return {
    ...kept,
    rawInterval: kept.raw.value === null ? null : wilsonInterval(retained, base, { confidenceLevel }),
    defection: rates((share, all) => all - share),
    base,
    retained,
    lost: base - retained,
  };
}

const KEPT_SALES = "previous sales of those who stayed";
const BASE_SALES = "previous sales of the base";
const KEPT_PROFIT = "previous profit of those who stayed";
const BASE_PROFIT = "previous profit of the base";

function rate(numerator: number, denominator: number, base: string, withheld: string | null): Rate {
  return withheld === null
    ? ratio(numerator, denominator, base)
    : { value: null, numerator, denominator, reason: withheld };
}
