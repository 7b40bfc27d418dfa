import type { Period } from "../../core/period.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type DefectionByView, type DefectionView, defection, viewColumn } from "./defection-by-view.js";
import { withheldBy } from "./retention-rate.js";
import { pairOf, type RetentionSeriesOptions, seriesPeriods } from "./retention-series.js";
import { tallyViews } from "./tally-views.js";

/** Into which periods time is cut, and through which column customers are seen. */
export interface DefectionSeriesByViewOptions extends RetentionSeriesOptions {
  /** `"product"` or `"channel"`: a column that the log must have. */
  readonly view: DefectionView;
}

/** Defection from one period of the calendar to the next. */
export interface PeriodDefectionByView extends DefectionByView {
  /** Whose buyers are the base, and where sales and profit are taken from. */
  readonly previous: Period;
  /** In which the base had to buy again; its label names the point. */
  readonly current: Period;
}

/**
 * How does the defection of each product or channel develop, beside that of the company?
 *
 * Each point is {@link defectionByView} from one period to the next, all in one pass over the log; the periods are those
 * of {@link retentionSeries}, and `customers` its rates.
 *
 * @param log - A transaction log with products or channels. Where it begins in the middle of a period, the first base is
 * that much too small.
 * @param options - `view`, and those of {@link retentionSeries}: `asOf`, `by`, `firstMonth` of the year (default 1),
 * `weekStartsOn` (default 1, Monday), `confidenceLevel` (default 0.95) and what every metric takes.
 * @returns One point for each pair of consecutive complete periods, in order; each lists the products or channels with
 * buyers in its previous period. Empty with less than two complete periods.
 * @throws {@link ClienteleError} as {@link retentionSeries}; `UNKNOWN_COLUMN` when the log has no such column.
 * @example
 * ```ts
 * import { defectionSeriesByView, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 900, channel: "shop" },
 *     { customerId: "ani", at: "2024-02-10", amount: 100, channel: "web" },
 *     { customerId: "ani", at: "2024-03-10", amount: 100, channel: "web" },
 *   ],
 *   { currency: "IDR" },
 * );
 * const series = defectionSeriesByView(log, { asOf: "2024-04-01", by: "month", view: "channel" });
 * series.map(({ current, groups }) => [current.label, groups[0].group, groups[0].sameAgain.raw.value]); // => [["2024-02", "shop", 0], ["2024-03", "web", 1]]
 * series.map(({ customers }) => customers.raw.value); // => [1, 1]
 * ```
 */
export function defectionSeriesByView(
  log: TransactionLog,
  options: DefectionSeriesByViewOptions,
): PeriodDefectionByView[] {
  const facts = knownFacts(log, options);
  const column = viewColumn(facts, options.view);
  const periods = seriesPeriods(facts, options);
  const tallies = tallyViews(facts, column, periods.count, periods.placeOf);
  return tallies.map((tally, place) => {
    const pair = pairOf(facts, periods, place);
    return { ...defection(tally, column, options, withheldBy(facts, pair.current)), ...pair };
  });
}
