import { type Period, type PeriodOptions, type PeriodSpec, periodAt, periodReader } from "../core/period.js";
import { safeInteger } from "../core/safe-integer.js";
import { type Table, table } from "../core/table.js";
import { begunDayReader } from "../core/time-zone.js";
import { knownFacts, metricWindow } from "./known-facts.js";
import type { TransactionLog } from "./log-columns.js";
import type { WindowedMetricOptions } from "./metric-options.js";

/** How {@link purchaseBehavior} reads a log. */
export interface PurchaseBehaviorOptions extends WindowedMetricOptions, Omit<PeriodOptions, "timeZone"> {
  /** The calendar period. */
  readonly by: PeriodSpec;
}

/** One row for each customer and period with a known purchase or a refund that takes effect in it: customers in the log's order, periods ascending. */
export interface PurchaseBehaviorColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Label of the period, for example `"2024-02"`. */
  readonly period: readonly string[];
  /** First instant of the period, epoch milliseconds. */
  readonly periodStart: readonly number[];
  /** Number of qualifying purchases. */
  readonly purchases: readonly number[];
  /** Civil days with a qualifying purchase. */
  readonly occasions: readonly number[];
  /** Units sold less units that came back; `null` when the log has no quantities. */
  readonly quantity: readonly (number | null)[];
  /** Sales less refunds, minor units. */
  readonly net: readonly number[];
}

/**
 * What does each customer buy in each period: money, units, occasions?
 *
 * @param log - A transaction log.
 * @param options - `asOf` and the period `by` which to look; a financial year by `firstMonth`.
 * @returns A table; periods in which a customer did nothing have no row.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { purchaseBehavior, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 500 },
 *     { customerId: "ani", at: "2024-02-01", amount: 700 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const months = rows(purchaseBehavior(log, { asOf: "2024-03-01", by: "month" }));
 * months.map(({ period, net }) => [period, net]); // => [["2024-01", 500], ["2024-02", 700]]
 * ```
 */
export function purchaseBehavior(
  log: TransactionLog,
  options: PurchaseBehaviorOptions,
): Table<PurchaseBehaviorColumns> {
  const facts = knownFacts(log, options);
  const window = metricWindow(facts, options);
  const { net, quantity, qualifies, end, timeZone } = facts;
  // A refund that takes effect at its purchase is nothing that was done in its own period.
  const movedTo = options.refundAttribution === "transaction" ? null : log.purchaseRow;
  const calendar = { timeZone, weekStartsOn: options.weekStartsOn, firstMonth: options.firstMonth };
  const periodIndexOf = periodReader(options.by, calendar);
  const dayOf = begunDayReader(timeZone);
  const customerId: string[] = [];
  const index: number[] = [];
  const purchases: number[] = [];
  const occasions: number[] = [];
  const units: number[] = [];
  const nets: number[] = [];
  for (let customer = 0; customer < log.customerIds.length; customer++) {
    let cell = -1;
    let latestDay = Number.NEGATIVE_INFINITY;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      const at = log.at[row];
      if (at < window.start || at >= window.end || (movedTo && movedTo[row] >= 0)) continue;
      const period = periodIndexOf(at);
      if (cell < 0 || index[cell] !== period) {
        cell = index.length;
        customerId.push(log.customerIds[customer]);
        index.push(period);
        purchases.push(0);
        occasions.push(0);
        units.push(0);
        nets.push(0);
      }
      nets[cell] += net[row];
      if (quantity) units[cell] += quantity[row];
      if (qualifies && qualifies[row] === 0) continue;
      purchases[cell]++;
      const day = dayOf(at);
      if (day !== latestDay) occasions[cell]++;
      latestDay = day;
    }
  }
  const described = new Map<number, Period>();
  for (const period of new Set(index)) described.set(period, periodAt(period, options.by, calendar));
  return table({
    customerId,
    period: index.map((period) => described.get(period)?.label ?? ""),
    periodStart: index.map((period) => described.get(period)?.start ?? 0),
    purchases,
    occasions,
    quantity: quantity ? units : units.map(() => null),
    net: nets.map((sum) => safeInteger(sum, "log", "the net amount of a period")),
  });
}
