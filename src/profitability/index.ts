/**
 * Who earns us money? Customers by the profit that they bring.
 *
 * The **whale curve** adds up profit from the most to the least profitable customer. Its **peak** is what the profitable
 * customers earn; **erosion** is what the unprofitable ones take away again. What a customer costs is charged by what they
 * use: {@link activityBasedCosts}, {@link customerProfitAndLoss}. What else they may buy: {@link associationRules},
 * {@link crossSellCandidates}. What is being sold: {@link pipelineForecast}, {@link stageConversion}, {@link winRate}.
 * Which service they have earned, and how much hangs on few: {@link serviceTiers}, {@link portfolioAnalysis},
 * {@link customerConcentration}. Why profit changed, and what would raise it: {@link profitBridge}, {@link profitLevers}.
 *
 * A customer is **acquired** by the first qualifying purchase: {@link acquisitionByPeriod}. **CAC** is what it cost to win
 * one, **blended** over all who came, **paid** over those of the sources on which money was spent; who came from a source
 * without spend is **organic**: {@link cacBySource}. The **payback** is the time until margin has earned the CAC back, by
 * formula ({@link cacPayback}) or from what each **cohort** really brought ({@link cacPaybackByCohort}); {@link ltvToCac}
 * sets what a customer is worth against it. {@link acquisitionReport} puts all of it side by side.
 *
 * ```ts
 * import { cacBySource, cacPayback, whaleCurve } from "clientele";
 *
 * const { total, peak, peakRank, erosion, top } = whaleCurve([
 *   { customerId: "ani", profit: 900 },
 *   { customerId: "budi", profit: 300 },
 *   { customerId: "citra", profit: -200 },
 * ]);
 * [total, peak, peakRank, erosion]; // => [1000, 1200, 2, 200]
 * top; // the best fifth of the customers, and its share of the profit
 *
 * const won = [{ at: "2024-01-20", source: "ads", customers: 50 }];
 * const spend = [{ at: "2024-01-05", source: "ads", amount: 60000 }];
 * const { paidCac } = cacBySource(won, spend, { asOf: "2024-02-01" });
 * const { marginBased } = cacPayback({ cac: paidCac.value ?? 0, revenuePerPeriod: 100, grossMargin: 0.8 });
 * [paidCac.value, marginBased.value]; // => [1200, 15]
 * ```
 *
 * @module
 */
export * from "./acquisition/index.js";
export * from "./change/index.js";
export type { CustomerProfit, CustomerProfitColumns } from "./customer-profits.js";
export * from "./pipeline/index.js";
export * from "./selling/index.js";
export * from "./sorting/index.js";
export * from "./statement/index.js";
export {
  type WhaleCurve,
  type WhaleCurveColumns,
  type WhaleCurveLogOptions,
  type WhaleCurveOptions,
  type WhaleCurveTop,
  whaleCurve,
} from "./whale-curve.js";
