import { seededRandom } from "../../src/core/random.js";

import type { TransactionLog } from "../../src/history/log-columns.js";
import { transactionLog } from "../../src/history/transaction-log.js";

/** Three years of a made-up shop: few large customers and many small ones, some of them at a loss. */
export function sampleLog(customers = 600): TransactionLog {
  const draw = seededRandom(20240229);
  const rows = Array.from({ length: customers }, (_, customer) => {
    const first = Math.floor(draw() * 30);
    const last = first + Math.floor(draw() * 36);
    const often = 0.05 + 0.9 * draw() ** 3;
    const size = 2_000_000 * Math.exp(3 * draw());
    const margin = 0.5 * draw() - 0.08;
    const months = Array.from({ length: 36 }, (_, month) => month).filter(
      (month) => month >= first && month <= last && (month === first || draw() < often),
    );
    return months.map((month) => {
      const amount = Math.round(size * (0.5 + draw()));
      const at = Date.UTC(2022, month, 1 + Math.floor(27 * draw()));
      return { customerId: `c${customer}`, at, amount, cost: Math.round(amount * (1 - margin)) };
    });
  });
  return transactionLog(rows.flat(), { currency: "IDR", timeZone: "Asia/Jakarta" });
}
