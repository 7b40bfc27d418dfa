import { assertInteger } from "../../core/assert.js";
import { type Table, table } from "../../core/table.js";
import { knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { gapsOfCustomers } from "../alarm/gaps-of-customers.js";
import { type DayCountOptions, dayLine } from "./days-between.js";
import {
  type FirstPurchaseOptions,
  firstPurchaseWindow,
  type OccasionOptions,
  occasionOf,
} from "./purchase-occasions.js";

/** Which purchases, and how the days between them are counted. */
export interface PurchaseWaitOptions
  extends WindowedMetricOptions,
    FirstPurchaseOptions,
    OccasionOptions,
    DayCountOptions {
  /** Gives only the waits after this many purchases: 1 for the time to the second purchase. Default: all. */
  readonly afterPurchase?: number;
}

/** One row for each wait after a purchase: customers in the log's order, waits in order of time, the open one last. */
export interface PurchaseWaitColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** After how many purchases the wait began: 1 after the first of all, whether or not that is in the `window`. */
  readonly afterPurchase: readonly number[];
  /** When it began, epoch milliseconds. */
  readonly from: readonly number[];
  /** How long it took, or takes so far, in days. */
  readonly duration: readonly number[];
  /** Whether a purchase ended it; `false` for the wait that is still open. */
  readonly event: readonly boolean[];
}

/**
 * How long was, or is, each wait for the next purchase?
 *
 * A row for every gap and one for every customer's open wait: survival data as {@link kaplanMeier} takes them, with an event
 * where the customer bought and a censored duration where the end is not known. With `window` the waits that began in it,
 * each up to its end or to `asOf`, whenever that is: purchases are numbered over all known time.
 *
 * The waits of one customer are not independent, so with `afterPurchase` left out the intervals of a curve are too narrow;
 * with `afterPurchase: 1` every customer is in it once.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `window`, `firstPurchaseIn`, `afterPurchase`, `occasion` (default `"day"`), `dayCount` (default
 * `"civil"`) and what every metric takes.
 * @returns A table of waits, in days.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { purchaseWaits, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-01", amount: 900 },
 *     { customerId: "ani", at: "2024-01-31", amount: 400 },
 *     { customerId: "budi", at: "2024-02-20", amount: 100 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { columns } = purchaseWaits(log, { asOf: "2024-03-01", afterPurchase: 1 });
 * columns.duration; // => [30, 10]
 * columns.event; // => [true, false]
 * ```
 */
export function purchaseWaits(log: TransactionLog, options: PurchaseWaitOptions): Table<PurchaseWaitColumns> {
  const facts = knownFacts(log, options);
  const { afterPurchase } = options;
  if (afterPurchase !== undefined) assertInteger(afterPurchase, "options.afterPurchase", 1);
  const { place, perDay } = dayLine(options, facts.timeZone);
  const window = metricWindow(facts, options);
  const columns = {
    customerId: [] as string[],
    afterPurchase: [] as number[],
    from: [] as number[],
    duration: [] as number[],
    event: [] as boolean[],
  };
  const firstIn = firstPurchaseWindow(options, facts.timeZone);
  for (const one of gapsOfCustomers(facts, window, firstIn, occasionOf(options), place)) {
    const durations = one.open === null ? one.gaps : [...one.gaps, one.open];
    one.instants.forEach((from, i) => {
      const purchases = one.before + i + 1;
      if (afterPurchase !== undefined && afterPurchase !== purchases) return;
      columns.customerId.push(one.customerId);
      columns.afterPurchase.push(purchases);
      columns.from.push(from);
      columns.duration.push(durations[i] / perDay);
      columns.event.push(i < one.gaps.length);
    });
  }
  return table(columns);
}
