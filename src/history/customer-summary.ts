import { safeInteger } from "../core/safe-integer.js";
import { type Table, table } from "../core/table.js";
import { begunDayReader } from "../core/time-zone.js";
import { exactSum, type KnownFacts, knownFacts, metricWindow } from "./known-facts.js";
import type { TransactionLog } from "./log-columns.js";
import type { WindowedMetricOptions } from "./metric-options.js";

/** One row a customer of {@link customerSummary}, in the log's order. */
export interface CustomerSummaryColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** First qualifying purchase, epoch milliseconds; `null` without one. */
  readonly firstAt: readonly (number | null)[];
  /** Last qualifying purchase, epoch milliseconds; `null` without one. */
  readonly lastAt: readonly (number | null)[];
  /** Number of qualifying purchases. */
  readonly purchases: readonly number[];
  /** Number of civil days with a qualifying purchase. */
  readonly occasions: readonly number[];
  /** Sales less refunds, minor units: of all known rows in the window, qualifying or not. */
  readonly net: readonly number[];
  /** Cost of what was sold less what came back, minor units; `null` when the log has no costs. */
  readonly cost: readonly (number | null)[];
  /** `net - cost`, minor units; `null` when the log has no costs. */
  readonly profit: readonly (number | null)[];
  /** Units sold less units that came back; `null` when the log has no quantities. */
  readonly quantity: readonly (number | null)[];
}

/**
 * What has each customer done so far: when first and last, how often, for how much, at what profit?
 *
 * @param log - A transaction log.
 * @param options - `asOf`, and a `window` where only a part of the time counts.
 * @returns A table with every customer of the log, also those who have done nothing in the window.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { customerSummary, row, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 500, cost: 300 },
 *     { customerId: "ani", at: "2024-02-29", amount: 700, cost: 400 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const ani = row(customerSummary(log, { asOf: "2024-03-01" }), 0);
 * [ani.purchases, ani.net, ani.profit]; // => [2, 1200, 500]
 * ```
 */
export function customerSummary(
  log: TransactionLog,
  options: WindowedMetricOptions,
): Table<CustomerSummaryColumns> {
  const facts = knownFacts(log, options);
  const window = metricWindow(facts, options);
  const dayOf = begunDayReader(facts.timeZone);
  const { qualifies, end } = facts;
  const customers = log.customerIds.length;
  const firstAt: (number | null)[] = new Array(customers);
  const lastAt: (number | null)[] = new Array(customers);
  const purchases: number[] = new Array(customers);
  const occasions: number[] = new Array(customers);
  for (let customer = 0; customer < customers; customer++) {
    let first: number | null = null;
    let last: number | null = null;
    let count = 0;
    let days = 0;
    let day = Number.NEGATIVE_INFINITY;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      const at = log.at[row];
      if (at < window.start || at >= window.end || (qualifies && qualifies[row] === 0)) continue;
      first ??= at;
      last = at;
      count++;
      const rowDay = dayOf(at);
      if (rowDay !== day) days++;
      day = rowDay;
    }
    firstAt[customer] = first;
    lastAt[customer] = last;
    purchases[customer] = count;
    occasions[customer] = days;
  }
  const net = sumsByCustomer(facts, facts.net, window);
  const cost = facts.cost && sumsByCustomer(facts, facts.cost, window);
  const quantity = facts.quantity && sumsByCustomer(facts, facts.quantity, window, false);
  const none: null[] = cost && quantity ? [] : new Array(customers).fill(null);
  return table({
    customerId: log.customerIds,
    firstAt,
    lastAt,
    purchases,
    occasions,
    net,
    cost: cost ?? none,
    profit: cost
      ? net.map((sales, customer) => safeInteger(sales - cost[customer], "log", "a profit"))
      : none,
    quantity: quantity ?? none,
  });
}

/**
 * The sum of one known column for each customer, inside a window. Sums of money are exact or refused: once one leaves
 * the safe integers it stays out, though later refunds might lead it back.
 *
 * @internal
 */
export function sumsByCustomer(
  { log, end }: KnownFacts,
  column: Float64Array,
  window: { readonly start: number; readonly end: number },
  exact = true,
): number[] {
  const { offsets, at, customerIds } = log;
  const sums: number[] = new Array(customerIds.length);
  const limit = exact ? Number.MAX_SAFE_INTEGER : Number.POSITIVE_INFINITY;
  for (let customer = 0; customer < sums.length; customer++) {
    let sum = 0;
    for (let row = offsets[customer]; row < end[customer] && Math.abs(sum) <= limit; row++) {
      if (at[row] >= window.start && at[row] < window.end) sum += column[row];
    }
    sums[customer] = exact ? exactSum(sum, customerIds[customer]) : sum;
  }
  return sums;
}
