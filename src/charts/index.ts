/**
 * How does it look? Results as Vega-Lite 6 specifications: plain JSON, no dependency.
 *
 * A **specification** holds its data and everything that is drawn: a title, a sentence with the answer, the number of
 * customers, units. The charts read without colour and on a telephone: give the `width` that there is.
 *
 * ```ts
 * import { whaleCurve, whaleCurveChart } from "clientele";
 *
 * const whale = whaleCurve([
 *   { customerId: "ani", profit: 900 },
 *   { customerId: "budi", profit: -200 },
 * ]);
 * const spec = whaleCurveChart(whale, { width: 360, locale: "id-ID" });
 * spec.title.text; // => ["Whale curve: who earns the profit"]
 * // In a page: vegaEmbed("#whale", spec). On a server: new View(parse(compile(spec).spec)).toSVG().
 * ```
 *
 * @module
 */

export { aliveHistoryChart } from "./alive-history-chart.js";
export { type BenefitSacrificeChartOptions, benefitSacrificeChart } from "./benefit-sacrifice-chart.js";
export { bondCoverageChart } from "./bond-coverage-chart.js";
export { type ClusterProfileChartOptions, clusterProfileChart } from "./cluster-profile-chart.js";
export type { CohortMeasure } from "./cohort-heat-table.js";
export { type CohortHeatmapChartOptions, cohortHeatmapChart } from "./cohort-heatmap-chart.js";
export { commitmentChart, type NamedCommitmentProfile } from "./commitment-chart.js";
export { type CustomerPyramidChartOptions, customerPyramidChart } from "./customer-pyramid-chart.js";
export { frequencyFitChart } from "./frequency-fit-chart.js";
export { frequencyRecencyChart } from "./frequency-recency-chart.js";
export { importancePerformanceChart } from "./importance-performance-chart.js";
export {
  type LiabilityRollForwardChartOptions,
  liabilityRollForwardChart,
} from "./liability-roll-forward-chart.js";
export { type LifetimeValueChartOptions, lifetimeValueChart } from "./lifetime-value-chart.js";
export { lorenzChart } from "./lorenz-chart.js";
export { type MigrationChartOptions, migrationChart } from "./migration-chart.js";
export { paretoChart } from "./pareto-chart.js";
export { type PipelineChartOptions, pipelineChart } from "./pipeline-chart.js";
export { pointsByAgeChart } from "./points-by-age-chart.js";
export { type PortfolioGridChartOptions, portfolioGridChart } from "./portfolio-grid-chart.js";
export { type ProfitBridgeChartOptions, profitBridgeChart } from "./profit-bridge-chart.js";
export { type RetentionChartOptions, retentionChart } from "./retention-chart.js";
export type { GroupablePeriodRetention, RetentionMeasure } from "./retention-lines.js";
export { type RevenueBridgeChartOptions, revenueBridgeChart } from "./revenue-bridge-chart.js";
export { rfmGridChart } from "./rfm-grid-chart.js";
export { type SegmentCustomers, segmentOverlapChart } from "./segment-overlap-chart.js";
export {
  type NamedSurvivalCurve,
  type SurvivalCurveChartOptions,
  survivalCurveChart,
} from "./survival-curve-chart.js";
export { tierPyramidChart } from "./tier-pyramid-chart.js";
export {
  type TransactionTrackingChartOptions,
  transactionTrackingChart,
} from "./transaction-tracking-chart.js";
export { valueMapChart } from "./value-map-chart.js";
export type { ChartOptions, JsonObject, JsonValue, VegaLiteSpec } from "./vega-lite-spec.js";
export { type WhaleCurveChartOptions, whaleCurveChart } from "./whale-curve-chart.js";
