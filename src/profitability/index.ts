/**
 * Who earns us money? Customers by the profit that they bring.
 *
 * The **whale curve** adds up profit from the most to the least profitable customer. Its **peak** is what the profitable
 * customers earn; **erosion** is what the unprofitable ones take away again. What a customer costs is charged by what they
 * use: {@link activityBasedCosts}, {@link customerProfitAndLoss}. What else they may buy: {@link associationRules},
 * {@link crossSellCandidates}. What is being sold: {@link pipelineForecast}, {@link stageConversion}, {@link winRate}.
 *
 * ```ts
 * import { whaleCurve } from "clientele";
 *
 * const { total, peak, peakRank, erosion, top } = whaleCurve([
 *   { customerId: "ani", profit: 900 },
 *   { customerId: "budi", profit: 300 },
 *   { customerId: "citra", profit: -200 },
 * ]);
 * [total, peak, peakRank, erosion]; // => [1000, 1200, 2, 200]
 * top; // the best fifth of the customers, and its share of the profit
 * ```
 *
 * @module
 */
export type { CustomerProfit, CustomerProfitColumns } from "./customer-profits.js";
export * from "./pipeline/index.js";
export * from "./selling/index.js";
export * from "./statement/index.js";
export {
  type WhaleCurve,
  type WhaleCurveColumns,
  type WhaleCurveLogOptions,
  type WhaleCurveOptions,
  type WhaleCurveTop,
  whaleCurve,
} from "./whale-curve.js";
