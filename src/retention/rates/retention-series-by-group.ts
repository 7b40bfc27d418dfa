import type { CustomerGrouping } from "../../history/customer-groups.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import { type GroupRetention, groupsOf, sharesByGroup } from "./retention-by-group.js";
import { withheldBy } from "./retention-rate.js";
import {
  type PeriodRetention,
  pairOf,
  type RetentionSeriesOptions,
  seriesPeriods,
} from "./retention-series.js";
import { tallyGroups } from "./tally-retention.js";

/** Into which periods time is cut, and into which groups the customers. */
export interface RetentionSeriesByGroupOptions extends RetentionSeriesOptions {
  /** The group of each customer: a Map from customer id, or a function of it. */
  readonly groupBy: CustomerGrouping;
}

/** The retention from one period of the calendar to the next, of all customers and of each group. */
export interface PeriodRetentionByGroup extends PeriodRetention {
  /** In ascending order of name, the customers without a group (`null`) last; the same groups at every point. */
  readonly groups: readonly GroupRetention[];
}

/**
 * How does the retention of each group develop from period to period?
 *
 * Each point is {@link retentionByGroup} from one period to the next; without its `groups` the series is that of
 * {@link retentionSeries}. All points of all groups come from one pass over the log. A customer is in the same group all
 * the time: that which `groupBy` gives.
 *
 * @param log - A transaction log. Where it begins in the middle of a period, the first base is that much too small.
 * @param options - `groupBy`, and those of {@link retentionSeries}: `asOf`, `by`, `firstMonth` of the year (default 1),
 * `weekStartsOn` (default 1, Monday), `confidenceLevel` (default 0.95) and what every metric takes.
 * @returns One point for each pair of consecutive complete periods, in order. Empty with less than two complete periods.
 * @throws {@link ClienteleError} as {@link retentionSeries} and {@link retentionByGroup}.
 * @example
 * ```ts
 * import { retentionSeriesByGroup, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "N1", at: "2022-06-01", amount: 900 },
 *     { customerId: "S1", at: "2022-08-01", amount: 100 },
 *     { customerId: "N1", at: "2023-05-01", amount: 500 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const series = retentionSeriesByGroup(log, {
 *   asOf: "2025-02-01",
 *   by: "year",
 *   firstMonth: 4,
 *   groupBy: (customerId) => (customerId.startsWith("N") ? "north" : "south"),
 * });
 * const [{ current, raw, groups }] = series;
 * [current.label, raw.value]; // => ["FY2024", 0.5]
 * groups.map(({ group, raw }) => [group, raw.value]); // => [["north", 1], ["south", 0]]
 * ```
 */
export function retentionSeriesByGroup(
  log: TransactionLog,
  options: RetentionSeriesByGroupOptions,
): PeriodRetentionByGroup[] {
  const facts = knownFacts(log, options);
  const periods = seriesPeriods(facts, options);
  const { codes, names } = groupsOf(facts, options.groupBy);
  const byGroup = tallyGroups(facts, periods.count, periods.placeOf, { codes, count: names.length });
  return Array.from({ length: Math.max(0, periods.count - 1) }, (_, place) => {
    const pair = pairOf(facts, periods, place);
    const tallies = byGroup.map((group) => group[place]);
    return { ...sharesByGroup(names, tallies, options, withheldBy(facts, pair.current)), ...pair };
  });
}
