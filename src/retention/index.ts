/**
 * Who stays? Retention and defection rates between two periods, and over time.
 *
 * The **base** is who bought in the previous period; **retained** is who of them bought in the current one; the rest are
 * **defected**. The **raw** rate counts customers, the **sales-adjusted** and **profit-adjusted** rates weigh them by what
 * they brought in the previous period, so that losing the best customers shows.
 *
 * ```ts
 * import { retentionSeries, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 900 },
 *     { customerId: "budi", at: "2024-01-31", amount: 100 },
 *     { customerId: "ani", at: "2024-02-29", amount: 500 },
 *   ],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * const [february] = retentionSeries(log, { asOf: "2024-03-01", by: "month" });
 * [february?.raw.value, february?.salesAdjusted.value]; // => [0.5, 0.9]
 * ```
 *
 * @module
 */
export { type RetentionOptions, type RetentionRate, retentionRate } from "./retention-rate.js";
export { type RetentionRow, retentionRateOf } from "./retention-rate-of.js";
export { type PeriodRetention, type RetentionSeriesOptions, retentionSeries } from "./retention-series.js";
export type { RetentionShares, ThreeWayRate } from "./retention-shares.js";
