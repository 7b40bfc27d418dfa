import type { TransactionLog } from "../../src/history/log-columns.js";
import { transactionLog } from "../../src/history/transaction-log.js";

/** Milliseconds of a civil day in UTC. */
export const DAY = 86_400_000;

/** Instants and logs on days counted from 1 January 2024, fractions allowed. */
export const day = (number: number): number => Date.UTC(2024, 0, 1) + Math.round(number * DAY);

/** A log of purchases, each line a customer and the days. */
export function logOf(purchases: Readonly<Record<string, readonly number[]>>): TransactionLog {
  return transactionLog(
    Object.entries(purchases).flatMap(([customerId, days]) =>
      days.map((number) => ({ customerId, at: day(number), amount: 100 })),
    ),
    { currency: "IDR" },
  );
}
