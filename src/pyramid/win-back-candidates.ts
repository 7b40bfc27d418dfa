import { assertFinite, assertInteger } from "../core/assert.js";
import { type Duration, type TimeWindow, windowBefore } from "../core/duration.js";
import { type Table, table } from "../core/table.js";
import { begunDayReader } from "../core/time-zone.js";
import { customerSummary } from "../history/customer-summary.js";
import type { TransactionLog } from "../history/log-columns.js";
import type { LogMetricOptions } from "../history/metric-options.js";
import { rankDescending } from "../segmentation/rank-descending.js";
import { placedCustomers } from "./lifecycle-status.js";
import { measureName, measureReader, type PyramidMeasure } from "./pyramid-measure.js";

/** Who counts as inactive, and which of them are worth a second look. */
export interface WinBackOptions extends LogMetricOptions {
  /** Inactive is who has not bought in `[asOf - activeWindow, asOf)`, but before. Default `{ months: 12 }`. */
  readonly activeWindow?: Duration;
  /** By what candidates are ranked: `"revenue"` (default) or `"profit"` of all time before `asOf`, or numbers of your own. */
  readonly measure?: PyramidMeasure;
  /** Leaves out those whose measure is smaller. */
  readonly minimumValue?: number;
  /** Leaves out those whose last purchase is longer ago: `{ months: 36 }`. */
  readonly lastPurchaseWithin?: Duration;
  /** Keeps only the best so many. */
  readonly limit?: number;
}

/** One row a candidate of {@link WinBackCandidates}, from the greatest measure; equal ones by id. */
export interface WinBackColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** What the candidate is ranked by. */
  readonly value: readonly number[];
  /** Sales less refunds of all time before `asOf`, minor units. */
  readonly revenue: readonly number[];
  /** Revenue less cost of all time before `asOf`, minor units; `null` when the log has no costs. */
  readonly profit: readonly (number | null)[];
  /** Number of qualifying purchases. */
  readonly purchases: readonly number[];
  /** Last qualifying purchase, epoch milliseconds. */
  readonly lastPurchaseAt: readonly number[];
  /** Civil days from the last qualifying purchase to `asOf`. */
  readonly daysSince: readonly number[];
}

/** The inactive customers who are worth winning back. */
export interface WinBackCandidates {
  /** Who, with what they brought and how long ago. */
  readonly candidates: Table<WinBackColumns>;
  /** Number of inactive customers, candidates or not. */
  readonly inactive: number;
  /** Inactive customers who are no candidates, each counted once, by the first rule that they fail. */
  readonly leftOut: {
    /** The last purchase is longer ago than `lastPurchaseWithin`. */
    readonly tooLongAgo: number;
    /** The measure is below `minimumValue`. */
    readonly belowMinimum: number;
    /** Ranked after `limit`. */
    readonly beyondLimit: number;
  };
  /** By what candidates are ranked. */
  readonly measure: "revenue" | "profit" | "custom";
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** In which an inactive customer has not bought. */
  readonly window: TimeWindow;
  /** ISO 4217 code of revenue and profit. */
  readonly currency: string;
}

/**
 * Which of the customers who stopped buying were worth the most?
 *
 * What they brought so far is no forecast: a large sum of long ago is won back less often than a smaller one of last
 * year, which is why each candidate comes with `daysSince`. For a forecast pass your own numbers as the measure.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, the window, the measure, and what to leave out.
 * @returns Inactive customers from the greatest measure, and how many were left out by which rule.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is unusable or a measure has no number for an inactive
 * customer; `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { transactionLog, winBackCandidates } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-05-20", amount: 700 },
 *     { customerId: "budi", at: "2023-05-03", amount: 400 },
 *     { customerId: "citra", at: "2023-06-30", amount: 500 },
 *     { customerId: "dewi", at: "2019-01-01", amount: 900 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { candidates, leftOut } = winBackCandidates(log, { asOf: "2024-07-01", lastPurchaseWithin: { years: 3 } });
 * candidates.columns.customerId; // => ["citra", "budi"]
 * candidates.columns.daysSince; // => [367, 425]
 * leftOut.tooLongAgo; // => 1
 * ```
 */
export function winBackCandidates(log: TransactionLog, options: WinBackOptions): WinBackCandidates {
  const { measure = "revenue", minimumValue = Number.NEGATIVE_INFINITY, limit, lastPurchaseWithin } = options;
  if (minimumValue !== Number.NEGATIVE_INFINITY) assertFinite(minimumValue, "options.minimumValue");
  if (limit !== undefined) assertInteger(limit, "options.limit", 0);
  const { facts, window, logCustomer, status, lastPurchaseAt } = placedCustomers(log, {
    ...options,
    customers: [],
  });
  const { timeZone, asOf } = facts;
  const earliest = lastPurchaseWithin
    ? windowBefore(options.asOf, lastPurchaseWithin, { timeZone }).start
    : Number.NEGATIVE_INFINITY;
  const { net, profit: profits, purchases } = customerSummary(log, options).columns;
  const profit = log.cost ? (profits as readonly number[]) : null;
  const measureOf = measureReader(measure, net, profit);

  const leftOut = { tooLongAgo: 0, belowMinimum: 0, beyondLimit: 0 };
  const pool: { readonly customer: number; readonly value: number; readonly last: number }[] = [];
  let inactive = 0;
  for (const [place, customer] of logCustomer.entries()) {
    const last = lastPurchaseAt[place];
    if (status[place] !== "inactive" || last === null) continue;
    inactive++;
    const value = measureOf(log.customerIds[customer], customer);
    if (last < earliest) leftOut.tooLongAgo++;
    else if (value < minimumValue) leftOut.belowMinimum++;
    else pool.push({ customer, value, last });
  }
  const order = rankDescending(
    Float64Array.from(pool, ({ value }) => value),
    pool.map(({ customer }) => log.customerIds[customer]),
  );
  const kept = Array.from(order.subarray(0, limit), (place) => pool[place]);
  leftOut.beyondLimit = pool.length - kept.length;

  const dayOf = begunDayReader(timeZone);
  const today = dayOf(asOf);
  return {
    candidates: table({
      customerId: kept.map(({ customer }) => log.customerIds[customer]),
      value: kept.map(({ value }) => value),
      revenue: kept.map(({ customer }) => net[customer]),
      profit: kept.map(({ customer }) => profits[customer]),
      purchases: kept.map(({ customer }) => purchases[customer]),
      lastPurchaseAt: kept.map(({ last }) => last),
      daysSince: kept.map(({ last }) => today - dayOf(last)),
    }),
    inactive,
    leftOut,
    measure: measureName(measure),
    asOf,
    window,
    currency: log.currency,
  };
}
