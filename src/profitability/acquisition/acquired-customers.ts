import { type Table, table } from "../../core/table.js";
import { exactSum, type KnownFacts, knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { type AcquisitionSource, type FirstPurchases, firstPurchases } from "./first-purchases.js";

/** As of when customers were acquired, and from where. */
export interface AcquiredCustomersOptions extends WindowedMetricOptions {
  /** Where they came from: `"channel"`, a map or a function of the customer id; default: not told. */
  readonly source?: AcquisitionSource | undefined;
}

/** One row for each customer with a qualifying purchase, in the log's order. */
export interface AcquiredCustomerColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** First qualifying purchase, epoch milliseconds. */
  readonly at: readonly number[];
  /** Where they came from; `null` where that is not known. */
  readonly source: readonly (string | null)[];
  /** Net sales of the qualifying purchases at that instant, minor units. */
  readonly firstOrder: readonly number[];
  /** `firstOrder` less what was sold cost, minor units; `null` when the log has no costs. */
  readonly firstOrderProfit: readonly (number | null)[];
}

/** Who was won, with what is to be known of it: {@link cacBySource} takes the zone from here. */
export interface AcquiredCustomers extends Table<AcquiredCustomerColumns> {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of civil days and periods. */
  readonly timeZone: string;
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
}

/**
 * Which customers did we win, when, from where, and with what first order?
 *
 * Acquired is who makes the first qualifying purchase: leads and registrations are not customers yet. The first is the first
 * of the log: where a log begins in the middle of things, old customers look new in its first periods, which a `window`
 * leaves out. Several purchases at one instant (a day, where the log has no times) are one first order.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `source`, `window` (of the first purchase).
 * @returns A table as {@link cacBySource} takes it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { acquiredCustomers, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 500, channel: "web" },
 *     { customerId: "ani", at: "2024-02-29", amount: 700, channel: "store" },
 *   ],
 *   { currency: "IDR" },
 * );
 * const acquired = rows(acquiredCustomers(log, { asOf: "2024-03-01", source: "channel" }));
 * acquired.map(({ customerId, source, firstOrder }) => [customerId, source, firstOrder]); // => [["ani", "web", 500]]
 * ```
 */
export function acquiredCustomers(log: TransactionLog, options: AcquiredCustomersOptions): AcquiredCustomers {
  const facts = knownFacts(log, options);
  const { start, end } = metricWindow(facts, options);
  const firsts = firstPurchases(facts, options.source);
  const customerId: string[] = [];
  const at: number[] = [];
  const source: (string | null)[] = [];
  const firstOrder: number[] = [];
  const firstOrderProfit: (number | null)[] = [];
  for (let customer = 0; customer < firsts.at.length; customer++) {
    if (!(firsts.at[customer] >= start && firsts.at[customer] < end)) continue;
    const net = firstOrderOf(facts, firsts, customer, facts.net);
    customerId.push(log.customerIds[customer]);
    at.push(firsts.at[customer]);
    source.push(firsts.sources[firsts.code[customer]]);
    firstOrder.push(net);
    firstOrderProfit.push(
      facts.cost
        ? exactSum(net - firstOrderOf(facts, firsts, customer, facts.cost), log.customerIds[customer])
        : null,
    );
  }
  const { asOf, timeZone } = facts;
  const columns = table({ customerId, at, source, firstOrder, firstOrderProfit });
  return { ...columns, asOf, timeZone, currency: log.currency };
}

/** The sum of a column over a customer's qualifying purchases at the instant of the first. @internal */
export function firstOrderOf(
  { log, end, qualifies }: KnownFacts,
  { at, row: firstRow }: FirstPurchases,
  customer: number,
  column: Float64Array,
): number {
  let sum = 0;
  for (let row = firstRow[customer]; row < end[customer] && log.at[row] === at[customer]; row++)
    if (!qualifies || qualifies[row] === 1) sum += column[row];
  return exactSum(sum, log.customerIds[customer]);
}
