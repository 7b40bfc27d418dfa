import { assertInteger, assertOneOf } from "../../core/assert.js";
import { type Period, type PeriodOptions, type PeriodSpec, periodAt } from "../../core/period.js";
import { periodOptionReader } from "../../core/period-option.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { forEachPurchase, productColumn } from "./log-baskets.js";
import { HOLDERS } from "./products-per-customer.js";

/** By which period, and what counts as held in it. */
export interface ProductsPerCustomerSeriesOptions extends LogMetricOptions, Omit<PeriodOptions, "timeZone"> {
  /** The calendar period. */
  readonly by: PeriodSpec;
  /**
   * What a customer holds. `"soFar"` (default): all products bought up to the end of the period, which fits contracts and
   * lasting goods. `"inPeriod"`: those bought in the period itself, which fits what is used up.
   */
  readonly held?: "soFar" | "inPeriod";
  /** From how many products on a customer counts as cross-sold, 2 or more; default 2. */
  readonly minimumProducts?: number;
}

/** How many products customers hold, in one period. */
export interface PeriodProductCounts {
  /** The period. */
  readonly period: Period;
  /** Number of customers who hold a product. */
  readonly customers: number;
  /** Number of different products held, summed over the customers. */
  readonly holdings: number;
  /** Products per customer: `holdings / customers`; `null` where nobody holds one. */
  readonly mean: Rate;
  /** Customers with `minimumProducts` or more over all customers; `null` where nobody holds a product. */
  readonly crossSellRatio: Rate;
  /** Purchases that count but name no product, and so are no holding: in the period, or up to its end where `held` is so. */
  readonly purchasesWithoutProduct: number;
}

/**
 * Do customers hold more of our products from period to period?
 *
 * Refunds known before `asOf` count in all periods: what was given back in full was never held.
 *
 * @param log - A transaction log with products.
 * @param options - `asOf`, the period `by` which to look, and what counts as held.
 * @returns Every complete period from that of the first purchase of a product, in order.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no products or an option is unusable;
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { productsPerCustomerSeries, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", productId: "tea", at: "2024-01-31", amount: 500 },
 *     { customerId: "ani", productId: "cup", at: "2024-02-29", amount: 900 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const series = productsPerCustomerSeries(log, { asOf: "2024-03-01", by: "month" });
 * series.map(({ period, mean }) => [period.label, mean.value]); // => [["2024-01", 1], ["2024-02", 2]]
 * ```
 */
export function productsPerCustomerSeries(
  log: TransactionLog,
  options: ProductsPerCustomerSeriesOptions,
): PeriodProductCounts[] {
  const facts = knownFacts(log, options);
  const { held = "soFar", minimumProducts = 2, weekStartsOn, firstMonth, by } = options;
  assertOneOf(held, "options.held", ["soFar", "inPeriod"]);
  assertInteger(minimumProducts, "options.minimumProducts", 2);
  const { timeZone, asOf } = facts;
  const calendar = { timeZone, weekStartsOn, firstMonth };
  const indexOf = periodOptionReader(by, calendar, "options.by");
  const firsts = firstPurchases(facts, options, held === "inPeriod", indexOf);
  const { period: periodOfStep } = firsts;
  if (periodOfStep.length === 0) return [];

  const first = periodOfStep.reduce((least, period) => Math.min(least, period), Number.POSITIVE_INFINITY);
  const last = periodOfStep.reduce((most, period) => Math.max(most, period), first);
  const added = Array.from({ length: last - first + 1 }, () => ({ customers: 0, holdings: 0, crossSold: 0 }));
  for (let step = 0; step < periodOfStep.length; step++) {
    const counts = added[periodOfStep[step] - first];
    counts.holdings++;
    if (firsts.nth[step] === 1) counts.customers++;
    if (firsts.nth[step] === minimumProducts) counts.crossSold++;
  }
  const series: PeriodProductCounts[] = [];
  const total = { customers: 0, holdings: 0, crossSold: 0 };
  let withoutSoFar = 0;
  for (const [index, purchases] of firsts.withoutProduct) if (index < first) withoutSoFar += purchases;
  for (let index = first; ; index++) {
    const period = periodAt(index, by, calendar);
    if (period.end > asOf) return series;
    const own = added[index - first] ?? { customers: 0, holdings: 0, crossSold: 0 };
    total.customers += own.customers;
    total.holdings += own.holdings;
    total.crossSold += own.crossSold;
    const without = firsts.withoutProduct.get(index) ?? 0;
    withoutSoFar += without;
    const { customers, holdings, crossSold } = held === "soFar" ? total : own;
    series.push({
      period,
      customers,
      holdings,
      mean: ratio(holdings, customers, HOLDERS),
      crossSellRatio: ratio(crossSold, customers, HOLDERS),
      purchasesWithoutProduct: held === "soFar" ? withoutSoFar : without,
    });
  }
}

/** When customers first bought each product, at all or in each period, and the how manieth product that was to them. */
function firstPurchases(
  facts: KnownFacts,
  options: LogMetricOptions,
  anew: boolean,
  periodIndexOf: (epochMs: number) => number,
): {
  readonly period: readonly number[];
  readonly nth: readonly number[];
  /** Number of purchases without a product by period. */
  readonly withoutProduct: ReadonlyMap<number, number>;
} {
  const { codes, values } = productColumn(facts);
  const { at } = facts.log;
  // By product, the number of the customer and period at hand, from 1, once it was seen there.
  const seenIn = new Uint32Array(values.length);
  const period: number[] = [];
  const nth: number[] = [];
  const withoutProduct = new Map<number, number>();
  let stretch = 0;
  let latestCustomer = -1;
  let latestPeriod = 0;
  let products = 0;
  forEachPurchase(facts, options, (row, customer) => {
    const code = codes[row];
    const index = periodIndexOf(at[row]);
    if (values[code] === null) {
      withoutProduct.set(index, (withoutProduct.get(index) ?? 0) + 1);
      return;
    }
    if (customer !== latestCustomer || (anew && index !== latestPeriod)) {
      stretch++;
      products = 0;
      latestCustomer = customer;
    }
    latestPeriod = index;
    if (seenIn[code] === stretch) return;
    seenIn[code] = stretch;
    period.push(index);
    nth.push(++products);
  });
  return { period, nth, withoutProduct };
}
