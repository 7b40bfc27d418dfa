import { assertInRange, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";

/** What was spent on how many customers. */
export interface CostOfCustomers {
  /** Spent in the period, zero or more; all in one unit of money. */
  readonly cost: number;
  /** Customers won, or kept, in the same period, zero or more. */
  readonly customers: number;
}

/** How much dearer it is to win a customer than to keep one. */
export interface AcquisitionToRetentionCostRatio {
  /** What it cost to win one. */
  readonly costPerAcquired: Rate;
  /** What it cost to keep one. */
  readonly costPerRetained: Rate;
  /** `costPerAcquired / costPerRetained`; `null` when one of them is, or keeping cost nothing. */
  readonly ratio: Rate;
}

/**
 * How many times dearer is it to win a customer than to keep one, with us?
 *
 * Measured, never a constant: that winning is three to five times as dear is a figure of folklore, and it depends on
 * the trade and on what is counted. Both sides have to count alike: media and people, of the same period.
 *
 * @param costs - `acquisition` with the customers won, `retention` with the customers kept (not the base: those who left all
 * the same were paid for too); the latter are `retention` and `retained` of `retentionCost`.
 * @returns Cost of a customer won, cost of a customer kept, and their ratio.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a number is below 0 or not finite.
 * @example
 * ```ts
 * import { acquisitionToRetentionCostRatio } from "clientele";
 *
 * const measured = acquisitionToRetentionCostRatio({
 *   acquisition: { cost: 60000, customers: 50 },
 *   retention: { cost: 270000, customers: 900 },
 * });
 * [measured.costPerAcquired.value, measured.costPerRetained.value, measured.ratio.value]; // => [1200, 300, 4]
 * ```
 */
export function acquisitionToRetentionCostRatio(costs: {
  /** Spent on winning customers, and customers won. */
  readonly acquisition: CostOfCustomers;
  /** Spent on keeping customers, and customers kept. */
  readonly retention: CostOfCustomers;
}): AcquisitionToRetentionCostRatio {
  assertOptions(costs, "{ acquisition, retention }", "costs");
  const costPerAcquired = costPer(costs.acquisition, "costs.acquisition", "customers acquired");
  const costPerRetained = costPer(costs.retention, "costs.retention", "customers retained");
  const [won, kept] = [costPerAcquired.value, costPerRetained.value];
  return {
    costPerAcquired,
    costPerRetained,
    ratio:
      won === null || kept === null
        ? {
            value: null,
            numerator: won ?? 0,
            denominator: kept ?? 0,
            reason: costPerAcquired.reason ?? costPerRetained.reason,
          }
        : ratio(won, kept, "cost per customer retained"),
  };
}

function costPer(given: CostOfCustomers, path: string, base: string): Rate {
  assertOptions(given, "{ cost, customers }", path);
  assertInRange(given.cost, `${path}.cost`, 0, Number.MAX_SAFE_INTEGER);
  assertInRange(given.customers, `${path}.customers`, 0, Number.MAX_SAFE_INTEGER);
  return ratio(given.cost, given.customers, base);
}
