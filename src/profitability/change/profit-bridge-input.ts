import type { Instant } from "../../core/instant.js";
import type { Table } from "../../core/table.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import type { CustomerAmountColumns } from "../statement/charge-tables.js";
import type { CustomerCost } from "../statement/cost-sources.js";

/** What one customer bought of one product in a period; rows of the same customer and product add up. */
export interface ProfitBridgeRow {
  /** Who. */
  readonly customerId: string;
  /** Of what; left out or `null` in all rows, there is no mix. */
  readonly productId?: string | null | undefined;
  /** Units, less those that came back. */
  readonly quantity: number;
  /** What was charged less what was given back, whole minor units. */
  readonly revenue: number;
  /** What the goods cost, whole minor units. */
  readonly costOfGoods: number;
  /** What serving the customer cost, whole minor units; once a customer, or in parts. Default 0. */
  readonly costToServe?: number | null | undefined;
}

/** The same as many {@link ProfitBridgeRow}s, column by column. */
export type ProfitBridgeRowColumns = {
  /** Who, by row. */
  readonly customerId: readonly string[];
  /** Of what, by row; the column may be left out. */
  readonly productId?: readonly (string | null)[];
  /** Units, by row. */
  readonly quantity: readonly number[];
  /** Minor units, by row. */
  readonly revenue: readonly number[];
  /** Minor units, by row. */
  readonly costOfGoods: readonly number[];
  /** Minor units, by row; the column may be left out. */
  readonly costToServe?: readonly number[];
};

/** How a {@link profitBridge} tells effects from each other. */
export interface ProfitBridgeOptions {
  /**
   * `"sequential"` (default): volume and mix at the margins of before, then prices and unit costs at the quantities of after.
   * `"symmetric"`: the mean of that and of the bridge built backwards, so that neither period comes first.
   */
  readonly method?: "sequential" | "symmetric";
}

/** What a {@link profitBridge} of a log is asked. */
export interface ProfitBridgeLogOptions extends LogMetricOptions, ProfitBridgeOptions {
  /** The first period, half-open `[start, end)`, over at `asOf`. */
  readonly before: { readonly start: Instant; readonly end: Instant };
  /** The second, as long as the first unless you mean otherwise. */
  readonly after: { readonly start: Instant; readonly end: Instant };
  /**
   * What serving each customer cost in either period: rows or a table `{ customerId, amount, hours? }`; with an `at`, those
   * of the period alone. Default: nothing.
   */
  readonly costToServe?: {
    /** In the first. */
    readonly before?: readonly CustomerCost[] | Table<CustomerAmountColumns>;
    /** In the second. */
    readonly after?: readonly CustomerCost[] | Table<CustomerAmountColumns>;
  };
  /** Price of an hour in the cost to serve, whole minor units. */
  readonly hourlyRate?: number | undefined;
}
