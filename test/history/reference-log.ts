import { transactionLog } from "../../src/history/transaction-log.js";
import type { TransactionRow } from "../../src/history/transaction-row.js";

// A made-up reference log of 41 rows, 11 buyers, 2022 to 2024: refunds in later months and years, a leap day, month ends,
// exact ties. Every cell that a test expects of it was computed by hand and by two independent programs.

type ReferenceRow = readonly [
  id: string,
  customerId: string,
  at: string,
  amount: number,
  cost: number,
  refundOf: string | null,
];

// biome-ignore format: a line for each row
const ROWS: readonly ReferenceRow[] = [
  ["T01", "A", "2022-01-31T10:00:00Z", 10000, 6000, null],  // month end; exact timestamp tie with T02
  ["T02", "B", "2022-01-31T10:00:00Z", 20000, 12000, null],  // exact timestamp tie with T01
  ["T03", "C", "2022-02-28T23:59:59Z", 5000, 3000, null],  // month end, last second; next month in UTC+7
  ["T04", "A", "2022-03-31T12:00:00Z", 10000, 6000, null],  // calendar month index 2, but 30-day index 1 (59 d after T01)
  ["T05", "D", "2022-03-15T12:00:00Z", 30000, 24000, null],  // later fully refunded -> never a qualifying purchase
  ["T06", "D", "2022-04-02T12:00:00Z", -30000, -24000, "T05"],  // full refund in a later month
  ["T07", "B", "2022-06-30T12:00:00Z", 20000, 12000, null],  // month end
  ["T08", "C", "2022-07-31T12:00:00Z", 5000, 3000, null],  // month end
  ["T09", "E", "2022-08-31T12:00:00Z", 40000, 50000, null],  // unprofitable customer who leaves
  ["T10", "F", "2022-12-31T23:30:00Z", 8000, 4000, null],  // year end; 2023-01-01 in UTC+7; refunded in part next year (T41)
  ["T11", "A", "2022-12-15T12:00:00Z", 10000, 6000, null],
  ["T12", "G", "2022-05-10T12:00:00Z", 15000, 9000, null],  // identical to T13: same customer, instant, amount; two real orders
  ["T13", "G", "2022-05-10T12:00:00Z", 15000, 9000, null],  // must not be de-duplicated
  ["T14", "A", "2023-01-31T12:00:00Z", 12000, 7000, null],
  ["T15", "B", "2023-02-28T12:00:00Z", 25000, 15000, null],  // 12-month window boundary for as-of 2024-02-29 / 2024-03-01
  ["T16", "B", "2023-03-31T12:00:00Z", -5000, 0, "T15"],  // partial refund, goods kept, cost not reversed
  ["T17", "H", "2023-01-15T12:00:00Z", 6000, 3000, null],
  ["T18", "I", "2023-03-31T12:00:00Z", 50000, 35000, null],
  ["T19", "I", "2023-04-30T12:00:00Z", 50000, 35000, null],  // 30 days after T18, month end to month end
  ["T20", "G", "2023-05-31T12:00:00Z", 10000, 6000, null],
  ["T21", "F", "2023-06-15T12:00:00Z", 8000, 4000, null],  // fully refunded -> F not active in 2023
  ["T22", "F", "2023-07-01T12:00:00Z", -8000, -4000, "T21"],
  ["T23", "A", "2023-07-31T12:00:00Z", 12000, 7000, null],
  ["T24", "H", "2023-08-31T12:00:00Z", 6000, 3000, null],
  ["T25", "J", "2023-12-31T18:00:00Z", 9000, 4500, null],  // 2024-01-01 01:00 in UTC+7
  ["T26", "I", "2023-10-31T12:00:00Z", 50000, 35000, null],
  ["T27", "A", "2024-01-31T12:00:00Z", 15000, 8000, null],
  ["T28", "A", "2024-02-29T12:00:00Z", 15000, 8000, null],  // leap day; 29 days after Jan 31
  ["T29", "C", "2024-02-29T12:00:00Z", 7000, 4000, null],  // leap day; reactivation after a year without purchases
  ["T30", "D", "2024-03-01T09:00:00Z", 20000, 15000, null],  // first qualifying purchase of D
  ["T31", "I", "2024-03-31T12:00:00Z", 60000, 42000, null],
  ["T32", "I", "2024-04-30T12:00:00Z", -10000, 0, "T31"],  // partial refund
  ["T33", "H", "2024-05-31T12:00:00Z", 6000, 4000, null],  // makes H tie with C on lifetime profit (70)
  ["T34", "K", "2024-02-29T12:00:00Z", 4000, 5000, null],  // new, unprofitable, leap day
  ["T35", "J", "2024-06-30T12:00:00Z", 9000, 4500, null],
  ["T36", "B", "2024-08-31T12:00:00Z", 30000, 18000, null],
  ["T37", "J", "2024-12-31T23:59:59Z", 9000, 4500, null],  // last second of the log; 2025 in UTC+7
  ["T38", "K", "2024-03-30T12:00:00Z", 4000, 5000, null],  // exactly 30 x 24 h after T34
  ["T39", "H", "2024-06-30T12:00:00Z", -1000, 0, "T33"],
  ["T40", "I", "2024-12-31T12:00:00Z", 60000, 42000, null],
  ["T41", "F", "2023-01-05T12:00:00Z", -2000, 0, "T10"],  // refund in a LATER YEAR than its purchase
];

/** The reference log as records. */
export const referenceRows: readonly TransactionRow[] = ROWS.map(
  ([id, customerId, at, amount, cost, refundOf]) => ({ id, customerId, at, amount, cost, refundOf }),
);

/** The reference log, built; its amounts have two decimals. */
export const referenceLog = transactionLog(referenceRows, { currency: "USD" });
