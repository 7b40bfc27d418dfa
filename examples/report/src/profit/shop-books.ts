import type {
  AcquisitionSpend,
  ActivityUsage,
  CostedActivity,
  CustomerAmountColumns,
  OpportunityRow,
  SalesPipeline,
  Table,
  TimeWindow,
} from "clientele";
import { activityBasedCosts } from "clientele";

/** What a shop's books say beside its transactions. */
export interface ShopBooks {
  /** What serving customers costs in 12 months, and how much of it can be done. */
  readonly activities: readonly CostedActivity[];
  /** What was done for whom, and when (epoch milliseconds). */
  readonly work: readonly (ActivityUsage & { readonly at: number })[];
  /** Price of an hour of staff, minor units. */
  readonly hourlyRate: number;
  /** Share of a purchase that it costs to be paid. */
  readonly paymentFee: number;
  /** Spent on winning customers, by source. */
  readonly acquisitionSpend: readonly AcquisitionSpend[];
  /** The source of each customer who was asked. */
  readonly sources: ReadonlyMap<string, string>;
  /** Price of one unit of each product by the list, minor units. */
  readonly listPrices: ReadonlyMap<string, number>;
  /** What is being sold, was won or lost. */
  readonly opportunities: readonly OpportunityRow[];
  readonly pipeline: SalesPipeline;
}

/** What serving customers cost in 12 months. */
export interface ServiceCosts {
  readonly customers: Table<CustomerAmountColumns>;
  /** Of capacity that nobody used, minor units. */
  readonly unusedCost: number;
  readonly charged: number;
}

/** The cost to serve of each customer, by the work done in a window of 12 months. */
export function serviceCosts({ activities, work }: ShopBooks, { start, end }: TimeWindow): ServiceCosts {
  const done = work.filter(({ at }) => at >= start && at < end);
  const { customers, total } = activityBasedCosts(activities, done);
  return { customers, unusedCost: total.unusedCost, charged: total.charged };
}
