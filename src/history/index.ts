/**
 * What happened? The transaction log, and what each customer did.
 *
 * A **log** holds purchases and refunds, checked once, as columns. A **qualifying** purchase is one that refunds known
 * before `asOf` have not wholly reversed. **Net** is sales less refunds; an **occasion** is a civil day on which a
 * customer bought. Everything is computed **as of** an instant: what happens then or later does not exist yet.
 *
 * ```ts
 * import { customerSummary, rows, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { id: "T1", customerId: "ani", at: "2024-01-31", amount: 500 },
 *     { id: "T2", customerId: "ani", at: "2024-02-29", amount: 700 },
 *     { customerId: "ani", at: "2024-03-05", amount: -700, refundOf: "T2" },
 *   ],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * const [march, april] = ["2024-03-01", "2024-04-01"].map((asOf) => rows(customerSummary(log, { asOf }))[0]);
 * [march?.purchases, march?.net]; // => [2, 1200]
 * [april?.purchases, april?.net]; // => [1, 500]
 * ```
 *
 * @module
 */
export { type AppendTransactionsOptions, appendTransactions } from "./append-transactions.js";
export type { CustomerGrouping } from "./customer-groups.js";
export { type CustomerSummaryColumns, customerSummary } from "./customer-summary.js";
export {
  type LifetimeSummary,
  type LifetimeSummaryColumns,
  type LifetimeSummaryOptions,
  lifetimeSummary,
} from "./lifetime-summary.js";
export type { CollectedTransactionLog, TextColumn, TransactionLog } from "./log-columns.js";
export { type LogRow, transactionsOf } from "./log-row.js";
export type { LogMetricOptions, WindowedMetricOptions } from "./metric-options.js";
export {
  type PurchaseBehaviorColumns,
  type PurchaseBehaviorOptions,
  purchaseBehavior,
} from "./purchase-behavior.js";
export type { ContractRow } from "./read-contracts.js";
export { type RfmSummaryColumns, rfmSummary } from "./rfm-summary.js";
export { transactionLog } from "./transaction-log.js";
export { type TransactionLogBuilder, transactionLogBuilder } from "./transaction-log-builder.js";
export type {
  CustomerKey,
  TransactionColumns,
  TransactionLogOptions,
  TransactionRow,
} from "./transaction-row.js";
export {
  type ProductUsage,
  type UsageProfile,
  type UsageProfileOptions,
  usageProfile,
} from "./usage-profile.js";
