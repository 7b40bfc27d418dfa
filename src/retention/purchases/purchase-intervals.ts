import { assertArray, assertInRange } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { type Table, table } from "../../core/table.js";
import { knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { gapsOfCustomers } from "../alarm/gaps-of-customers.js";
import { type DayCountOptions, dayLine } from "./days-between.js";
import { type DurationSummary, durationSummary, PROBABILITIES } from "./duration-summary.js";
import {
  type FirstPurchaseOptions,
  firstPurchaseWindow,
  type OccasionOptions,
  occasionOf,
} from "./purchase-occasions.js";

/** Which purchases, and how the days between them are counted. */
export interface PurchaseIntervalOptions
  extends WindowedMetricOptions,
    FirstPurchaseOptions,
    OccasionOptions,
    DayCountOptions {
  /** Shares for which the summaries give quantiles, each 0 to 1; default 0.1, 0.25, 0.5, 0.75, 0.9. */
  readonly probabilities?: readonly number[];
}

/** One row for each customer with a purchase (with `window`, one in it), in the log's order. All durations in days. */
export interface PurchaseIntervalColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Number of purchases; each begins a gap, the last of all the open wait. */
  readonly purchases: readonly number[];
  /** Mean gap; `null` without one. */
  readonly mean: readonly (number | null)[];
  /** Median gap; `null` without one. */
  readonly median: readonly (number | null)[];
  /** Sample standard deviation of the gaps; `null` with fewer than two. */
  readonly standardDeviation: readonly (number | null)[];
  /** `null` without a gap. */
  readonly shortest: readonly (number | null)[];
  /** `null` without a gap. */
  readonly longest: readonly (number | null)[];
  /** From the first purchase of all to the second; `null` without a second, and where the first is not in the `window`. */
  readonly toSecond: readonly (number | null)[];
  /** From the last purchase of all to `asOf`: still open, and no gap yet; `null` where that purchase is not in the `window`. */
  readonly open: readonly (number | null)[];
}

/** How much time lies between purchases. All durations in days. */
export interface PurchaseIntervals {
  /** All gaps between consecutive purchases: frequent buyers count with each of theirs. */
  readonly gaps: DurationSummary;
  /** The mean gap of each customer with a gap: every customer counts once. */
  readonly customerMeans: DurationSummary;
  /** From the first purchase of all to the second, of the customers who made one. */
  readonly toSecond: DurationSummary;
  /** From the last purchase of all to `asOf`. */
  readonly open: DurationSummary;
  /** The same for each customer. */
  readonly customers: Table<PurchaseIntervalColumns>;
  /** What one purchase is. */
  readonly occasion: "day" | "transaction";
  /** How days are counted. */
  readonly dayCount: "civil" | "rolling";
  /** In which gaps and open waits began, its end never after `asOf`; `null`: in all time before `asOf`. */
  readonly window: TimeWindow | null;
  /** In which the first purchase of all had to lie; `null`: whenever. */
  readonly firstPurchaseIn: TimeWindow | null;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/**
 * How long do customers wait between purchases?
 *
 * With `window` the gaps that began in it, each up to the next purchase, whenever that is. First and last are the first
 * and last purchase of all known time.
 *
 * The mean of the observed gaps is too short an answer to "when do they come back": the waits that still run are left out,
 * and long ones run more often than short ones. `open` shows them; {@link purchaseWaits} gives gaps and open waits in the
 * form that {@link kaplanMeier} takes, which counts both rightly.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `window`, `firstPurchaseIn`, `occasion` (default `"day"`), `dayCount` (default `"civil"`),
 * `probabilities` and what every metric takes.
 * @returns Summaries of the base and a table of the customers, in days.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { purchaseIntervals, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-01", amount: 900 },
 *     { customerId: "ani", at: "2024-01-31", amount: 400 },
 *     { customerId: "ani", at: "2024-02-10", amount: 400 },
 *     { customerId: "budi", at: "2024-02-20", amount: 100 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { gaps, customers } = purchaseIntervals(log, { asOf: "2024-03-01" });
 * [gaps.count, gaps.mean, gaps.longest]; // => [2, 20, 30]
 * rows(customers).map(({ customerId, mean, open }) => [customerId, mean, open]); // => [["ani", 20, 20], ["budi", null, 10]]
 * ```
 */
export function purchaseIntervals(log: TransactionLog, options: PurchaseIntervalOptions): PurchaseIntervals {
  const facts = knownFacts(log, options);
  const { asOf, timeZone } = facts;
  const probabilities = probabilitiesOf(options);
  const occasion = occasionOf(options);
  const line = dayLine(options, timeZone);
  const { perDay, dayCount } = line;
  const window = metricWindow(facts, options);
  const firstIn = firstPurchaseWindow(options, timeZone);
  const all = gapsOfCustomers(facts, window, firstIn, occasion, line.place);
  const describe = (durations: readonly number[], what: string) =>
    durationSummary(durations, perDay, what, probabilities);

  const each = all.map(({ gaps }) => durationSummary(gaps, perDay, "gaps", []));
  const means = each.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const seconds = all.map(({ before, gaps }) => (before > 0 || gaps.length === 0 ? null : gaps[0]));
  const given = (durations: readonly (number | null)[]) =>
    durations.filter((duration): duration is number => duration !== null);
  return {
    gaps: describe(
      all.flatMap(({ gaps }) => gaps),
      "gaps between purchases",
    ),
    customerMeans: durationSummary(means, 1, "customers with a gap", probabilities),
    toSecond: describe(given(seconds), "customers with a second purchase"),
    open: describe(given(all.map(({ open }) => open)), "customers whose wait is open"),
    customers: table({
      customerId: all.map(({ customerId }) => customerId),
      purchases: all.map(({ instants }) => instants.length),
      mean: each.map(({ mean }) => mean),
      median: each.map(({ median }) => median),
      standardDeviation: each.map(({ standardDeviation }) => standardDeviation),
      shortest: each.map(({ shortest }) => shortest),
      longest: each.map(({ longest }) => longest),
      toSecond: seconds.map((gap) => (gap === null ? null : gap / perDay)),
      open: all.map(({ open }) => (open === null ? null : open / perDay)),
    }),
    occasion,
    dayCount,
    window: options.window ? window : null,
    firstPurchaseIn: firstIn,
    asOf,
    timeZone,
  };
}

function probabilitiesOf({ probabilities = PROBABILITIES }: PurchaseIntervalOptions): readonly number[] {
  assertArray(probabilities, "options.probabilities");
  probabilities.forEach((probability, i) => {
    assertInRange(probability, `options.probabilities[${i}]`, 0, 1);
  });
  return probabilities;
}
