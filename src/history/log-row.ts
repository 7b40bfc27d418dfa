import { assertLog, type TextColumn, type TransactionLog } from "./log-columns.js";

/** One row of a log, as an object. */
export interface LogRow {
  /** Who bought. */
  readonly customerId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Minor units of the log's currency; zero or less for a refund. */
  readonly amount: number;
  /** `amount` and what the refunds known so far give back of it (a refund itself: `amount`). Minor units. */
  readonly net: number;
  /** Purchase or refund. */
  readonly type: "purchase" | "refund";
  /** Transaction id; `null` when it has none. */
  readonly id: string | null;
  /** For a refund of a purchase with an id, that id; otherwise `null`. */
  readonly refundOf: string | null;
  /** Minor units; `null` when the log has no costs. */
  readonly cost: number | null;
  /** Units; `null` when the log has no quantities. */
  readonly quantity: number | null;
  /** Product; `null` when none is given. */
  readonly productId: string | null;
  /** Channel; `null` when none is given. */
  readonly channel: string | null;
  /** Amount (minor units) and currency before conversion; `null` for a row in the log's currency. */
  readonly original: { readonly amount: number; readonly currency: string } | null;
}

/**
 * What did this customer buy and give back?
 *
 * Looks the customer up by going through the list of ids; for all customers read the columns.
 *
 * @param log - A transaction log.
 * @param customerId - The customer's id; a whole number in the input is its text here.
 * @returns The customer's rows in order of time, with all refunds in the log taken into `net`; none for an unknown id.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when `log` is no transaction log.
 * @example
 * ```ts
 * import { transactionLog, transactionsOf } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { id: "T1", customerId: "ani", at: "2024-01-31", amount: 500 },
 *     { customerId: "ani", at: "2024-02-02", amount: -200, refundOf: "T1" },
 *   ],
 *   { currency: "IDR" },
 * );
 * transactionsOf(log, "ani").map(({ type, net }) => [type, net]); // => [["purchase", 300], ["refund", -200]]
 * ```
 */
export function transactionsOf(log: TransactionLog, customerId: string): LogRow[] {
  assertLog(log);
  const customer = log.customerIds.indexOf(customerId);
  if (customer < 0) return [];
  const start = log.offsets[customer];
  const end = log.offsets[customer + 1];
  const net = log.amount.slice(start, end);
  if (log.purchaseRow) {
    for (let row = start; row < end; row++) {
      const purchase = log.purchaseRow[row];
      if (purchase >= 0) net[purchase - start] += log.amount[row];
    }
  }
  return Array.from(net, (value, i) => logRow(log, customer, start + i, value));
}

/** The row as an object; `net` is for the caller to say. @internal */
export function logRow(log: TransactionLog, customer: number, row: number, net: number): LogRow {
  const purchase = log.purchaseRow ? log.purchaseRow[row] : -1;
  return {
    customerId: log.customerIds[customer],
    at: log.at[row],
    amount: log.amount[row],
    net,
    type: purchase === -1 ? "purchase" : "refund",
    id: log.ids ? log.ids[row] : null,
    refundOf: purchase >= 0 && log.ids ? log.ids[purchase] : null,
    cost: log.cost ? log.cost[row] : null,
    quantity: log.quantity ? log.quantity[row] : null,
    productId: textAt(log.product, row),
    channel: textAt(log.channel, row),
    original: originalAt(log, row),
  };
}

function originalAt({ original, currency: own }: TransactionLog, row: number): LogRow["original"] {
  const currency = textAt(original?.currency ?? null, row);
  return original && currency !== null && currency !== own
    ? { amount: original.amount[row], currency }
    : null;
}

function textAt(column: TextColumn | null, row: number): string | null {
  return column ? column.values[column.codes[row]] : null;
}
