import { assertArgument, assertOneOf, assertOptions } from "../../core/assert.js";
import { DAYS_IN } from "../../core/days-in.js";
import { type Table, table } from "../../core/table.js";
import { customerSummary } from "../../history/customer-summary.js";
import { knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { assertAboveMinusOne } from "./margin-stream.js";

/** What {@link historicalValue} adds up. */
export interface HistoricalValueOptions extends WindowedMetricOptions {
  /** `"revenue"`: sales less refunds. `"profit"`: that less the cost of what was sold, for a log with costs. */
  readonly measure: "revenue" | "profit";
  /**
   * Rate per year at which past amounts are carried forward to `asOf`, compounded: 0.1 is 10 %; above -1. Default: they are
   * added as they were. A year is 365.25 days.
   */
  readonly discountRate?: number | undefined;
}

/** One row for each customer of the log, in its order. */
export interface HistoricalValueColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** What they brought, minor units; not rounded where amounts were carried forward. */
  readonly value: readonly number[];
}

/** What customers have brought so far. */
export interface HistoricalValue extends Table<HistoricalValueColumns> {
  /** Of all customers, minor units. */
  readonly total: number;
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** Facts at this instant or later were not known; epoch milliseconds. */
  readonly asOf: number;
}

/**
 * What has each customer brought so far?
 *
 * The value of the past, which needs no model; what is still to come is {@link predictLifetimeValue}. All known sales and
 * refunds count, whether a purchase qualifies or not.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, the `measure`, and a `discountRate` where a sale of three years ago is to count for more than one of
 * yesterday.
 * @returns A table with every customer of the log, and the total.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` (also: profit of a log without costs), `UNKNOWN_TIME_ZONE`;
 * `UNSAFE_INTEGER` when a sum of minor units leaves 2^53 - 1.
 * @example
 * ```ts
 * import { historicalValue, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2020-01-01", amount: 1000, cost: 600 },
 *     { customerId: "ani", at: "2024-01-01", amount: 500, cost: 300 },
 *     { customerId: "budi", at: "2024-01-01", amount: 200, cost: 150 },
 *   ],
 *   { currency: "IDR" },
 * );
 * historicalValue(log, { asOf: "2024-01-02", measure: "profit" }).columns.value; // => [600, 50]
 * const forward = historicalValue(log, { asOf: "2024-01-02", measure: "profit", discountRate: 0.1 });
 * forward.columns.value; // ~> [785.84518, 50.0130475]
 * ```
 */
export function historicalValue(log: TransactionLog, options: HistoricalValueOptions): HistoricalValue {
  assertOptions(options, "{ asOf, measure }");
  const { measure, discountRate } = options;
  assertOneOf(measure, "options.measure", ["revenue", "profit"]);
  if (discountRate !== undefined) assertAboveMinusOne(discountRate, "options.discountRate");
  const facts = knownFacts(log, options);
  assertArgument(
    measure === "revenue" || log.cost !== null,
    "options.measure",
    () => 'options.measure is "profit" and the log has no costs: pass "revenue", or a log with cost',
  );
  let value: readonly number[];
  if (discountRate === undefined) {
    const { net, profit } = customerSummary(log, options).columns;
    value = measure === "revenue" ? net : (profit as readonly number[]);
  } else {
    const cost = measure === "profit" ? facts.cost : null;
    value = carriedForward(facts, metricWindow(facts, options), cost, discountRate);
  }
  let total = 0;
  for (const amount of value) total += amount;
  assertArgument(
    Number.isFinite(total),
    "options.discountRate",
    () => `options.discountRate is ${discountRate}: that leaves the range of numbers, pass a smaller rate`,
  );
  return {
    ...table({ customerId: log.customerIds, value }),
    total,
    currency: log.currency,
    asOf: facts.asOf,
  };
}

function carriedForward(
  { log, asOf, end, net }: ReturnType<typeof knownFacts>,
  window: { readonly start: number; readonly end: number },
  cost: Float64Array | null,
  discountRate: number,
): number[] {
  const perMs = Math.log1p(discountRate) / (DAYS_IN.year * 86_400_000);
  return Array.from(log.customerIds, (_, customer) => {
    let sum = 0;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      const at = log.at[row];
      if (at < window.start || at >= window.end) continue;
      const amount = cost === null ? net[row] : net[row] - cost[row];
      sum += amount * Math.exp((asOf - at) * perMs);
    }
    return sum + 0;
  });
}
