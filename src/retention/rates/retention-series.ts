import type { Period, PeriodOptions, PeriodSpec } from "../../core/period.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { firstCountingRow } from "../first-counting-row.js";
import { type CompletePeriods, completePeriods } from "./complete-periods.js";
import { originOf, type RetentionRate, withheldBy } from "./retention-rate.js";
import { type RetentionShares, retentionShares } from "./retention-shares.js";
import { tallyRetention } from "./tally-retention.js";

/** Into which periods time is cut. */
export interface RetentionSeriesOptions
  extends LogMetricOptions,
    ConfidenceOptions,
    Pick<PeriodOptions, "weekStartsOn" | "firstMonth"> {
  /** `"month"`, `"year"` ..., or `{ days, anchor }`; a financial year is `"year"` with its `firstMonth`. */
  readonly by: PeriodSpec;
}

/** The retention from one period of the calendar to the next. */
export interface PeriodRetention extends RetentionRate {
  /** Whose buyers are the base, and where sales and profit are taken from. */
  readonly previous: Period;
  /** In which the base had to buy again; its label names the point. */
  readonly current: Period;
}

/**
 * How does retention develop from period to period?
 *
 * Each point is {@link retentionRate} from one period to the next, all in one pass over the log. The series begins with
 * the period of the first purchase that counts and ends with the last period that is over at `asOf`: a period that still
 * runs is left out, not shown with the customers who have not come yet as lost.
 *
 * @param log - A transaction log. Where it begins in the middle of a period, the first base is that much too small.
 * @param options - `asOf`, `by`, `firstMonth` of the year (default 1), `weekStartsOn` (default 1, Monday),
 * `confidenceLevel` (default 0.95) and what every metric takes.
 * @returns One point for each pair of consecutive complete periods, in order; a period without buyers makes its own point
 * 0 and the next one `null`. Empty with less than two complete periods.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { retentionSeries, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2022-06-01", amount: 900 },
 *     { customerId: "budi", at: "2022-08-01", amount: 100 },
 *     { customerId: "ani", at: "2023-05-01", amount: 500 },
 *     { customerId: "ani", at: "2024-05-01", amount: 500 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const series = retentionSeries(log, { asOf: "2025-02-01", by: "year", firstMonth: 4 });
 * series.map(({ current, raw }) => [current.label, raw.value]); // => [["FY2024", 0.5]]
 * ```
 */
export function retentionSeries(log: TransactionLog, options: RetentionSeriesOptions): PeriodRetention[] {
  const facts = knownFacts(log, options);
  const periods = seriesPeriods(facts, options);
  const tallies = tallyRetention(facts, periods.count, periods.placeOf);
  return tallies.map((tally, place) => ({
    ...retentionShares(tally, options, withheldBy(facts, periods.at(place + 1))),
    ...pairOf(facts, periods, place),
  }));
}

/** The complete periods of a log, from that of the first purchase that counts. @internal */
export function seriesPeriods(facts: KnownFacts, options: RetentionSeriesOptions): CompletePeriods {
  const { by, weekStartsOn, firstMonth } = options;
  const calendar = { timeZone: facts.timeZone, weekStartsOn, firstMonth };
  const { qualifies } = facts;
  const firstAt = firstCountingRow(facts, (row) => !qualifies || qualifies[row] === 1);
  return completePeriods(firstAt, facts.asOf, by, calendar);
}

/** What a point of a series says of itself beside its rates. @internal */
export function pairOf(
  facts: KnownFacts,
  periods: CompletePeriods,
  place: number,
): Omit<PeriodRetention, keyof RetentionShares> {
  return { previous: periods.at(place), current: periods.at(place + 1), ...originOf(facts) };
}
