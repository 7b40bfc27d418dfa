import { assertOneOf } from "../core/assert.js";
import { assertLog, type CollectedTransactionLog, type TransactionLog } from "./log-columns.js";
import { stageOfLog } from "./staged-rows.js";
import { builderOnStage } from "./transaction-log-builder.js";
import type { TransactionColumns, TransactionLogOptions, TransactionRow } from "./transaction-row.js";

/** Options of {@link appendTransactions}; currency and time zone are the log's. */
export type AppendTransactionsOptions = Omit<TransactionLogOptions, "currency" | "timeZone">;

/**
 * What happened since? Adds records to a log.
 *
 * The result equals the log built from the old and the new records together; the given log stays as it is.
 *
 * @param log - The log so far.
 * @param records - New records, in any order, with the same kind of customer ids (text or whole numbers).
 * @param options - As for {@link transactionLog}, without currency and time zone.
 * @returns A new log; row numbers in messages count the new records only.
 * @throws {@link ClienteleError} As {@link transactionLog}; `INVALID_ROWS` also for new records with costs or quantities
 * where the log has none, or without where it has them.
 * @example
 * ```ts
 * import { appendTransactions, transactionLog } from "clientele";
 *
 * const january = transactionLog([{ customerId: "ani", at: "2024-01-31", amount: 500 }], { currency: "IDR" });
 * const log = appendTransactions(january, [{ customerId: "budi", at: "2024-02-01", amount: 700 }]);
 * log.customerIds; // => ["ani", "budi"]
 * january.length; // => 1
 * ```
 */
export function appendTransactions(
  log: TransactionLog,
  records: Iterable<TransactionRow> | TransactionColumns,
  options?: AppendTransactionsOptions & { readonly onInvalid?: "throw" },
): TransactionLog;
/**
 * What happened since, as far as the records are sound? The good ones are added, the bad ones are returned.
 *
 * @param log - The log so far; its rows are never rejected.
 * @param records - New records, in any order.
 * @param options - As above, with `onInvalid: "collect"`.
 * @returns A new log, and every record that was left out.
 * @throws {@link ClienteleError} As {@link transactionLog}, but no `INVALID_ROWS`.
 */
export function appendTransactions(
  log: TransactionLog,
  records: Iterable<TransactionRow> | TransactionColumns,
  options: AppendTransactionsOptions & { readonly onInvalid: "collect" },
): CollectedTransactionLog;
export function appendTransactions(
  log: TransactionLog,
  records: Iterable<TransactionRow> | TransactionColumns,
  options: AppendTransactionsOptions & { readonly onInvalid?: "throw" | "collect" } = {},
): TransactionLog | CollectedTransactionLog {
  assertLog(log);
  const { onInvalid = "throw" } = options;
  assertOneOf(onInvalid, "options.onInvalid", ["throw", "collect"]);
  const builder = builderOnStage(stageOfLog(log), {
    ...options,
    currency: log.currency,
    timeZone: log.timeZone,
  });
  builder.add(records);
  return onInvalid === "collect" ? builder.collect() : builder.build();
}
