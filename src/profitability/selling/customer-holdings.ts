import type { TimeWindow } from "../../core/duration.js";
import { knownFacts, metricWindow } from "../../history/known-facts.js";
import { isLog, type TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { type HoldingInput, readHoldings } from "./basket-rows.js";
import { holdingsOfLog } from "./log-baskets.js";
import type { ProductBaskets } from "./product-baskets.js";

/** What a result about holdings says of where they come from. */
export interface HoldingsOrigin {
  /** Number of customers who hold a product. */
  readonly customers: number;
  /** Purchases of the log that count but name no product; 0 for plain holdings. */
  readonly purchasesWithoutProduct: number;
  /** Epoch milliseconds; `null` for plain holdings. */
  readonly asOf: number | null;
  /** In which the products were bought, up to `asOf` at most; `null` for all time before `asOf` and for plain holdings. */
  readonly window: TimeWindow | null;
}

/** What each customer holds. @internal */
export interface CustomerHoldings extends ProductBaskets {
  readonly customerIds: readonly string[];
  readonly origin: HoldingsOrigin;
}

/** Holdings of a log: products of a qualifying purchase in the window; or as they are given. @internal */
export function customerHoldings(
  input: TransactionLog | HoldingInput,
  options: WindowedMetricOptions | object,
): CustomerHoldings {
  if (!isLog(input)) return withOrigin(readHoldings(input), null, null);
  const logOptions = options as WindowedMetricOptions;
  const facts = knownFacts(input, logOptions);
  const { start, end } = metricWindow(facts, logOptions);
  // Nothing is known of a window that begins after asOf: it is empty, not turned round.
  const window = logOptions.window ? { start, end: Math.max(start, end) } : null;
  return withOrigin(holdingsOfLog(facts, logOptions), facts.asOf, window);
}

function withOrigin(
  holdings: ProductBaskets,
  asOf: number | null,
  window: TimeWindow | null,
): CustomerHoldings {
  const customerIds = holdings.keys ?? [];
  const purchasesWithoutProduct = holdings.rowsWithoutProduct;
  return {
    ...holdings,
    customerIds,
    origin: { customers: customerIds.length, purchasesWithoutProduct, asOf, window },
  };
}
