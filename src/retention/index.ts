/**
 * Do they stay? Rates, cohorts, revenue movements, lifetimes, early warning, and what staying is worth.
 *
 * - **Rates**: {@link retentionRate} of a base between two windows, {@link retentionSeries}, {@link retentionByGroup};
 *   {@link defectionByView} tells who left a product or channel from who left, {@link churnByProduct} does so for contracts;
 *   {@link churnRate} of contracts, by the base rules in use; {@link reactivationRate}, {@link winBackRate},
 *   {@link repeatPurchaseRate}.
 * - **Cohorts**: {@link cohortTable}, {@link fixedCohortCurves}, {@link compareCohorts}.
 * - **Revenue**: {@link normalizedRevenue}, {@link recurringRevenue}, {@link revenueMovements}, {@link revenueRates},
 *   {@link revenueRetentionByCohort}.
 * - **Lifetimes**: {@link customerLifetimes} and {@link contractLifetimes}, which `kaplanMeier` takes as they are;
 *   {@link lifetimeEstimate}, {@link expectedLifetime}, {@link observedTenure}.
 * - **Loyalty**: {@link purchaseIntervals}, {@link shareOfWallet}, {@link referralRate}, {@link loyaltyOutcome}.
 * - **Early warning**: {@link churnAlarm}, {@link churnAlarmOf} one customer, and {@link evaluateChurnAlarm} on history.
 * - **Worth and plan**: {@link retentionEconomics}, {@link retentionUplift}, {@link retentionCost},
 *   {@link retentionPriority}, {@link evaluateRetentionPlan}.
 *
 * The **base** is who bought in the previous period; **retained** is who of them bought in the current one; the rest are
 * **defected**. The **raw** rate counts customers, the **sales-adjusted** and **profit-adjusted** rates weigh them by what
 * they brought in the previous period, so that losing the best customers shows. A **cohort** began together; its **age** is
 * the time since. **Censored** is who was still here when last seen.
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
export * from "./alarm/index.js";
export * from "./cohorts/index.js";
export * from "./contracts/index.js";
export type { GroupedOptions } from "./groups-if-asked.js";
export * from "./lifetimes/index.js";
export * from "./loyalty/index.js";
export * from "./plan/index.js";
export * from "./purchases/index.js";
export * from "./rates/index.js";
export * from "./revenue/index.js";
export {
  type RetentionPlan,
  type RetentionPlanInput,
  type RetentionStrategy,
  retentionPlanSchema,
  retentionStrategySchema,
} from "./schema.js";
