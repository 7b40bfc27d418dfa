import type { WindowedMetricOptions } from "../../history/metric-options.js";
import type { CostSource } from "./cost-sources.js";
import type { CustomerForecast } from "./customer-forecasts.js";
import type { PaymentFees } from "./payment-fees.js";

/** What a profit and loss statement is made of, beside the log. */
export interface ProfitAndLossOptions extends WindowedMetricOptions {
  /** Cost of goods sold, in place of the log's costs. */
  readonly costOfGoods?: CostSource | undefined;
  /** Cost to serve: `customers` of {@link activityBasedCosts} or {@link timeDrivenCosts}, rows or pools. */
  readonly costToServe?: CostSource | undefined;
  /**
   * Costs that no customer bears, whole minor units, zero or more: `total.unusedCost` of {@link activityBasedCosts} or
   * {@link timeDrivenCosts}, say. In the total alone, below profit, so that it comes out at what the books say. Default 0.
   */
  readonly unassignedCost?: number | undefined;
  /** Spent on winning customers. */
  readonly acquisition?: CostSource | undefined;
  /** Spent on keeping customers. */
  readonly retention?: CostSource | undefined;
  /** Spent on other marketing. */
  readonly marketing?: CostSource | undefined;
  /** Price of an hour in the cost sources, whole minor units; hours are priced exactly and rounded with their line. */
  readonly hourlyRate?: number | undefined;
  /** What it costs to be paid; the share of each transaction's net amount is rounded half to even. */
  readonly paymentFees?: PaymentFees | undefined;
  /** What the best other use of the capacity would earn: see {@link opportunityCosts}. Shown apart, never in profit. */
  readonly opportunityCost?: CostSource | undefined;
  /** Revenue expected in future, from a lifetime model or a plan; shown apart. */
  readonly expectedRevenue?: CustomerForecast | undefined;
  /** Margin of products that customers may yet buy: probability times margin; shown apart. */
  readonly potentialMargin?: CustomerForecast | undefined;
}
