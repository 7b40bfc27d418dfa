import { assertInteger } from "../../core/assert.js";
import type { Period, PeriodOptions, PeriodSpec } from "../../core/period.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type GroupedOptions, type GroupsIfAsked, groupsIfAsked } from "../groups-if-asked.js";
import { seriesPeriods } from "../rates/retention-series.js";
import { type ReactivationRate, reactivationByGroup } from "./reactivation-rate.js";

/** Into which periods time is cut, and how many without a purchase make a customer inactive. */
export interface ReactivationSeriesOptions
  extends LogMetricOptions,
    ConfidenceOptions,
    GroupedOptions,
    Pick<PeriodOptions, "weekStartsOn" | "firstMonth"> {
  /** `"month"`, `"quarter"` ..., or `{ days, anchor }`. */
  readonly by: PeriodSpec;
  /** How many periods in a row without a purchase make a customer inactive: 1 (default) or more. */
  readonly inactivePeriods?: number;
}

/** The reactivation in one period of the calendar. */
export interface PeriodReactivation extends ReactivationRate {
  /** In which inactive customers had to buy; its label names the point. */
  readonly current: Period;
}

/**
 * How many of the inactive customers come back, period by period?
 *
 * Each point is {@link reactivationRate} with the `inactivePeriods` periods before it as `previous`, all in one pass over
 * the log. The first point is the earliest at which a customer can be inactive; a period that still runs is left out.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `by`, `inactivePeriods` (default 1), `firstMonth`, `weekStartsOn`, `groupBy`,
 * `confidenceLevel` (default 0.95) and what every metric takes.
 * @returns One point for each complete period, in order; empty where the log is too short for one.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { reactivationSeries, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 900 },
 *     { customerId: "budi", at: "2024-01-20", amount: 100 },
 *     { customerId: "ani", at: "2024-03-05", amount: 500 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const series = reactivationSeries(log, { asOf: "2024-05-01", by: "month" });
 * series.map(({ current, rate }) => [current.label, rate.value]); // => [["2024-03", 0.5], ["2024-04", 0]]
 * ```
 */
export function reactivationSeries(
  log: TransactionLog,
  options: ReactivationSeriesOptions,
): PeriodReactivation[] {
  const facts = knownFacts(log, options);
  const { asOf, timeZone } = facts;
  const { inactivePeriods = 1 } = options;
  assertInteger(inactivePeriods, "options.inactivePeriods", 1);
  const confidenceLevel = confidenceLevelOf(options);
  const periods = seriesPeriods(facts, options);
  // Who bought in the first period can be inactive at this one.
  const first = inactivePeriods + 1;
  const groups = groupsIfAsked(facts, options);
  const names = groups.areAsked ? groups.names : null;
  const counts = inactivity(facts, groups, periods.placeOf, periods.count, first);
  const series: PeriodReactivation[] = [];
  const inactive = counts.map(() => 0);
  for (let place = first; place < periods.count; place++) {
    counts.forEach(({ joins, leaves }, group) => {
      inactive[group] += joins[place] - leaves[place];
    });
    const reactivated = counts.map(({ back }) => back[place]);
    const current = periods.at(place);
    series.push({
      ...reactivationByGroup({ inactive, reactivated }, names, confidenceLevel),
      previous: { start: periods.at(place - inactivePeriods).start, end: current.start },
      current,
      asOf,
      timeZone,
    });
  }
  return series;
}

/**
 * By group and period: customers who become inactive as it begins, who are no longer counted because they came back in the one
 * before it, and who come back in it.
 */
function inactivity(
  { log, end, qualifies }: KnownFacts,
  { codes, names }: GroupsIfAsked,
  placeOf: (at: number) => number,
  count: number,
  inactiveAfter: number,
) {
  const counts = names.map(() => ({
    joins: new Float64Array(count),
    leaves: new Float64Array(count),
    back: new Float64Array(count),
  }));
  for (let customer = 0; customer < end.length; customer++) {
    if (end[customer] === log.offsets[customer]) continue;
    const { joins, leaves, back } = counts[codes[customer]];
    let inactiveFrom = Number.POSITIVE_INFINITY;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      if (qualifies && qualifies[row] === 0) continue;
      const place = placeOf(log.at[row]);
      // The period that still runs.
      if (place < 0) break;
      if (place >= inactiveFrom) {
        joins[inactiveFrom]++;
        back[place]++;
        if (place + 1 < count) leaves[place + 1]++;
      }
      inactiveFrom = place + inactiveAfter;
    }
    if (inactiveFrom < count) joins[inactiveFrom]++;
  }
  return counts;
}
