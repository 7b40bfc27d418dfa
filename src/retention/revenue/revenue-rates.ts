import { assertInteger } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import type { Period } from "../../core/period.js";
import type { Rate } from "../../core/rate.js";
import type { CustomerGrouping } from "../../history/customer-groups.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { countedShare } from "../rates/counted-share.js";
import { type BridgeTally, bridgeOf, type CustomerBridge, type RevenueBridge } from "./revenue-bridge.js";
import {
  type RevenueOrigin,
  type RevenuePeriodOptions,
  type RevenueSource,
  revenueOrigin,
} from "./revenue-history.js";
import { type RevenueRateOptions, type RevenueRates, revenueRatesOf } from "./revenue-rates-of.js";
import { revenueHistory, tallyBridges } from "./tally-bridges.js";

/** Over which span revenue rates are taken, and what counts as revenue. */
export interface RevenueRatesOptions extends RevenuePeriodOptions, RevenueRateOptions, ConfidenceOptions {
  /** How many periods lie between start and end: 12 with `by: "month"` for rates over a year. A whole number from 1; default 1. */
  readonly span?: number;
  /** Groups of customers, each with rates of its own; default none. */
  readonly groupBy?: CustomerGrouping;
}

/** The rates from one period to a later one. */
export interface PeriodRevenueRates extends RevenueRates {
  /** The start: its customers, and their revenue in it, are what rates are measured against. */
  readonly previous: Period;
  /** The end, `span` periods later; its label names the point. */
  readonly current: Period;
  /** What was lost of the customers of the start. */
  readonly logoChurn: Rate;
  /** Where the logo churn of such customers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly logoChurnInterval: Interval | null;
  /** What the revenue rates are computed from: minor units. */
  readonly revenue: RevenueBridge;
  /** What the logo churn is computed from. */
  readonly customers: CustomerBridge;
}

/** The rates of one group of customers. */
export interface GroupRevenueRates {
  /** The group; `null` for customers of none. */
  readonly group: string | null;
  /** The same periods as those of the total. */
  readonly periods: readonly PeriodRevenueRates[];
}

/** Revenue rates as a series. */
export interface RevenueRateSeries extends RevenueOrigin {
  /** Each complete period that has one `span` periods earlier. */
  readonly periods: readonly PeriodRevenueRates[];
  /** By group, names ascending, `null` last; `null` without `groupBy`. */
  readonly groups: readonly GroupRevenueRates[] | null;
  /** How many periods lie between start and end. */
  readonly span: number;
}

/**
 * How much of our revenue do we keep: churn, net and gross revenue retention, quick ratio, logo churn?
 *
 * Each customer of the start is compared with the end, `span` periods later, and with nothing between: a customer who left
 * and is back within the span has stayed, one who came and went is in neither. Only customers of the start are in the
 * rates; those who return count with `includeReactivation` alone. Gross retention takes each customer by the smaller of
 * before and now, never below 0, and who churned by 0.
 *
 * What revenue and a movement are: {@link revenueMovements}. By a log, active is who made a purchase in the period that
 * counts and brings net sales above 0; `qualifies` filters who that is, not the amounts. With refunds attributed to their
 * own day, net retention holds the sales of a period that were given back later, also of who churned: see
 * {@link RevenueBridge}.
 *
 * @param source - {@link RevenueSubscription} rows, those that ended included, or a transaction log.
 * @param options - `span` (default 1), `includeReactivation` (default false; {@link revenueRatePresets}), `confidenceLevel`
 * (default 0.95) and what {@link revenueMovements} takes.
 * @returns Rates for each complete period, each with its parts; a rate is `null`, with a reason, where nothing was there at
 * the start. Without `window` the first point compares with the first period that has revenue.
 * @throws {@link ClienteleError} what {@link revenueMovements} throws; `INVALID_ARGUMENT` when `span` is no whole number
 * from 1.
 * @example
 * ```ts
 * import { revenueRates, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-03-01", amount: 600 },
 *     { customerId: "budi", at: "2023-08-01", amount: 400 },
 *     { customerId: "ani", at: "2024-05-01", amount: 900 },
 *     { customerId: "citra", at: "2024-06-01", amount: 700 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { periods } = revenueRates(log, { asOf: "2025-01-01", by: "year" });
 * const [{ current, netRetention, grossRetention, logoChurn }] = periods;
 * current.label; // => "2024"
 * netRetention; // => { value: 0.9, numerator: 900, denominator: 1000, reason: null }
 * [grossRetention.value, logoChurn.value]; // => [0.6, 0.5]
 * ```
 */
export function revenueRates(source: RevenueSource, options: RevenueRatesOptions): RevenueRateSeries {
  const history = revenueHistory(source, options);
  const { span = 1 } = options;
  assertInteger(span, "options.span", 1);
  const confidenceLevel = confidenceLevelOf(options);
  const { to, at } = history.periods;
  const from = options.window === undefined ? history.periods.from + span : history.periods.from;
  const ratesOf = (tally: BridgeTally, i: number): PeriodRevenueRates => {
    const { revenue, customers } = bridgeOf(tally, history.source);
    const { rate, interval } = countedShare(
      customers.churn,
      customers.start,
      "customers at the start",
      confidenceLevel,
    );
    return {
      ...revenueRatesOf(revenue, options),
      logoChurn: rate,
      logoChurnInterval: interval,
      previous: at(from + i - span),
      current: at(from + i),
      revenue,
      customers,
    };
  };
  const { total, groups } = tallyBridges(history, { from, to, lag: span }, options.groupBy);
  return {
    periods: total.map(ratesOf),
    groups: groups?.map(({ group, tallies }) => ({ group, periods: tallies.map(ratesOf) })) ?? null,
    span,
    ...revenueOrigin(history),
  };
}
