import { assertOneOf } from "../core/assert.js";
import type { CollectedTransactionLog, TransactionLog } from "./log-columns.js";
import { transactionLogBuilder } from "./transaction-log-builder.js";
import type { TransactionColumns, TransactionLogOptions, TransactionRow } from "./transaction-row.js";

/**
 * What happened? Checks records of purchases and refunds once and keeps them as columns that every metric reads.
 *
 * Every row is checked: customer id present, instant valid, amount a whole number of minor units with the sign of its
 * type, id unique, refund of a known earlier purchase of the same customer, one currency. Two rows that are alike in
 * everything are two transactions, unless they have an id.
 *
 * @param records - Any iterable of {@link TransactionRow}, or {@link TransactionColumns}.
 * @param options - `currency` is required; see {@link TransactionLogOptions}.
 * @returns The log.
 * @throws {@link ClienteleError} `INVALID_ROWS` with the first 20 problems and their number; `INVALID_ARGUMENT`,
 * `UNKNOWN_TIME_ZONE` for bad options; `ABORTED` when the signal fires.
 * @example
 * ```ts
 * import { transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { id: "T1", customerId: "ani", at: "2024-01-31T10:00:00+07:00", amount: 150_000_00 },
 *     { id: "T2", customerId: "budi", at: "2024-02-29T10:00:00+07:00", amount: 80_000_00 },
 *     { customerId: "ani", at: "2024-03-02T10:00:00+07:00", amount: -50_000_00, refundOf: "T1" },
 *   ],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * log.length; // => 3
 * log.customerIds; // => ["ani", "budi"]
 * ```
 */
export function transactionLog(
  records: Iterable<TransactionRow> | TransactionColumns,
  options: TransactionLogOptions & { readonly onInvalid?: "throw" },
): TransactionLog;
/**
 * What happened, as far as the records are sound? Nothing is dropped in silence: the good rows become a log, and every
 * bad one is returned beside it with all the rules that it breaks. A refund of a rejected purchase is rejected too.
 *
 * @param records - Any iterable of {@link TransactionRow}, or {@link TransactionColumns}.
 * @param options - As above, with `onInvalid: "collect"`.
 * @returns The log of the good rows, and the bad rows.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE` for bad options; `ABORTED` when the signal fires.
 * @example
 * ```ts
 * import { transactionLog } from "clientele";
 *
 * const { log, rejects } = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 500 },
 *     { customerId: "budi", at: "2024-02-30", amount: 700 },
 *   ],
 *   { currency: "IDR", onInvalid: "collect" },
 * );
 * log.length; // => 1
 * rejects.map(({ row, problems }) => [row, problems[0].field]); // => [[1, "at"]]
 * ```
 */
export function transactionLog(
  records: Iterable<TransactionRow> | TransactionColumns,
  options: TransactionLogOptions & { readonly onInvalid: "collect" },
): CollectedTransactionLog;
export function transactionLog(
  records: Iterable<TransactionRow> | TransactionColumns,
  options: TransactionLogOptions & { readonly onInvalid?: "throw" | "collect" },
): TransactionLog | CollectedTransactionLog {
  const builder = transactionLogBuilder(options);
  const { onInvalid = "throw" } = options;
  assertOneOf(onInvalid, "options.onInvalid", ["throw", "collect"]);
  builder.add(records);
  return onInvalid === "collect" ? builder.collect() : builder.build();
}
