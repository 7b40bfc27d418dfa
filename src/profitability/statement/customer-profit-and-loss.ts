import type { TimeWindow } from "../../core/duration.js";
import { type Table, table } from "../../core/table.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { ProfitAndLossOptions } from "./profit-and-loss-options.js";
import {
  type ProfitAndLossColumns,
  type ProfitAndLossTotal,
  statementColumns,
  statementTotal,
} from "./statement-lines.js";
import { type CustomerStatements, statementOfCustomers } from "./statement-of-customers.js";
import { wholeLines } from "./unrounded-lines.js";

/** One row a customer of {@link CustomerProfitAndLoss}: the lines of {@link ProfitAndLossAmounts} and the margins. */
export type CustomerProfitAndLossColumns = {
  /** Who: in the log's order, then those whom only costs or forecasts name. */
  readonly customerId: readonly string[];
} & ProfitAndLossColumns;

/** Of when and in what the amounts of a statement are. */
export interface StatementOrigin {
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Of which the amounts are, up to `asOf` at most; `null` for all time before `asOf`. */
  readonly window: TimeWindow | null;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/** What each customer earns and costs. */
export interface CustomerProfitAndLoss extends StatementOrigin {
  /** One row a customer. */
  readonly customers: Table<CustomerProfitAndLossColumns>;
  /** All customers together: each amount is the sum of its column. */
  readonly total: ProfitAndLossTotal;
}

/**
 * What does each customer earn us, and what is left of it, cost by cost?
 *
 * Revenue less returns and cost of goods is the gross margin; less cost to serve and payment cost, the contribution; less
 * acquisition, retention and marketing, the profit (Kaplan & Cooper 1998). On the statement is everyone with a transaction
 * in the window, and everyone whom a row of costs or forecasts or a Map of weights names. Costs of many customers are dealt
 * out by exact shares, to nobody whom only forecasts or opportunity cost name. A line is rounded once, all its pools, hours
 * and unrounded amounts together: each customer is within one minor unit of the exact amount, and the line sums to what was
 * spent; units go by largest remainder, ties to the customer who stands first. Expected revenue, potential and opportunity
 * cost stand apart and are in no profit; what no customer bears stands in the total. A cost that says when it arose (`at`)
 * counts where that is in the window and before `asOf`; others are taken as passed: give those of the window.
 *
 * @param log - A transaction log with costs, or without them and with `costOfGoods`.
 * @param options - `asOf`, `window`, and the costs beside those in the log.
 * @returns One row of lines a customer, and the total.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no costs, a pool has nobody to bear it or an option is
 * out of range; `INVALID_ROWS` for costs that are no whole numbers, bear no customer, or have hours without a price;
 * `UNKNOWN_TIME_ZONE`, `UNKNOWN_COLUMN`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { customerProfitAndLoss, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 90_000, cost: 50_000 },
 *     { customerId: "budi", at: "2024-02-29", amount: 30_000, cost: 20_000 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { customers, total } = customerProfitAndLoss(log, {
 *   asOf: "2025-01-01",
 *   costToServe: [{ customerId: "budi", amount: 12_000 }],
 *   retention: { amount: 1000, hours: 2, driver: "orders" },
 *   hourlyRate: 500,
 *   paymentFees: { rate: 0.02, perTransaction: 100 },
 * });
 * customers.columns.grossMargin; // => [40000, 10000]
 * customers.columns.contribution; // => [38100, -2700]
 * customers.columns.profit; // => [37100, -3700]
 * total.profitRate.value; // ~> 0.2783333333
 * ```
 */
export function customerProfitAndLoss(
  log: TransactionLog,
  options: ProfitAndLossOptions,
): CustomerProfitAndLoss {
  const statements = statementOfCustomers(log, options);
  const { customerIds, lines } = statements;
  return {
    customers: table<CustomerProfitAndLossColumns>({
      customerId: customerIds,
      ...statementColumns(wholeLines(lines), customerIds.length),
    }),
    total: statementTotal(lines, options.unassignedCost),
    ...originOf(statements, options),
  };
}

/** @internal */
export function originOf(
  { facts, window }: CustomerStatements,
  options: ProfitAndLossOptions,
): StatementOrigin {
  return {
    currency: facts.log.currency,
    asOf: facts.asOf,
    window: options.window === undefined ? null : window,
    timeZone: facts.timeZone,
  };
}
