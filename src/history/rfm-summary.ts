import { type Table, table } from "../core/table.js";
import { begunDayReader } from "../core/time-zone.js";
import { exactSum, knownFacts, metricWindow } from "./known-facts.js";
import type { TransactionLog } from "./log-columns.js";
import type { WindowedMetricOptions } from "./metric-options.js";

/** One row a customer of {@link rfmSummary}, in the log's order. */
export interface RfmSummaryColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Civil days from the last qualifying purchase to `asOf`; `null` without one. */
  readonly recency: readonly (number | null)[];
  /** Number of qualifying purchases. */
  readonly frequency: readonly number[];
  /** Sales less refunds, minor units. */
  readonly monetary: readonly number[];
}

/**
 * How recently, how often and for how much has each customer bought?
 *
 * @param log - A transaction log.
 * @param options - `asOf`, and a `window` where only a part of the time counts.
 * @returns A table with every customer of the log; score it with `rfm()`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { rfmSummary, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog([{ customerId: "ani", at: "2024-02-29", amount: 700 }], { currency: "IDR" });
 * rows(rfmSummary(log, { asOf: "2024-03-10" }));
 * // => [{ customerId: "ani", recency: 10, frequency: 1, monetary: 700 }]
 * ```
 */
export function rfmSummary(log: TransactionLog, options: WindowedMetricOptions): Table<RfmSummaryColumns> {
  const facts = knownFacts(log, options);
  const window = metricWindow(facts, options);
  const { end, net, qualifies } = facts;
  const { offsets, at, customerIds } = log;
  const dayOf = begunDayReader(facts.timeZone);
  const today = dayOf(facts.asOf);
  const customers = customerIds.length;
  const recency: (number | null)[] = new Array(customers);
  const frequency: number[] = new Array(customers);
  const monetary: number[] = new Array(customers);
  for (let customer = 0; customer < customers; customer++) {
    let from = offsets[customer];
    let to = end[customer];
    while (from < to && at[from] < window.start) from++;
    while (from < to && at[to - 1] >= window.end) to--;
    let last = to - 1;
    let count = to - from;
    if (qualifies) {
      while (last >= from && qualifies[last] === 0) last--;
      count = 0;
      for (let row = from; row <= last; row++) count += qualifies[row];
    }
    let sum = 0;
    for (let row = from; row < to && Math.abs(sum) <= Number.MAX_SAFE_INTEGER; row++) sum += net[row];
    recency[customer] = last < from ? null : today - dayOf(at[last]);
    frequency[customer] = count;
    monetary[customer] = exactSum(sum, customerIds[customer]);
  }
  return table({ customerId: customerIds, recency, frequency, monetary });
}
