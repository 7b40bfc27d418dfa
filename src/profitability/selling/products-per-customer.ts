import { assertInteger, assertOptions } from "../../core/assert.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { type CustomerGrouping, groupCustomers } from "../../history/customer-groups.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import type { HoldingInput } from "./basket-rows.js";
import { customerHoldings, type HoldingsOrigin } from "./customer-holdings.js";

/** How products are counted. */
export interface ProductsPerCustomerOptions {
  /** From how many products on a customer counts as cross-sold, 2 or more; default 2. */
  readonly minimumProducts?: number;
  /** The group of each customer: a Map from customer id, or a function of it. Counts for each group too. */
  readonly groupBy?: CustomerGrouping;
}

/** The same for the holdings of a log. */
export interface ProductsPerCustomerLogOptions extends WindowedMetricOptions, ProductsPerCustomerOptions {}

/** One row a number of products, from 1 to the most that any customer of the whole holds. */
export interface ProductCountColumns {
  /** Number of different products. */
  readonly products: readonly number[];
  /** Customers who hold just so many. */
  readonly customers: readonly number[];
  /** They as a share of the customers; `null` without customers. */
  readonly share: readonly (number | null)[];
  /** Share of the customers who hold so many or more; `null` without customers. */
  readonly shareWithAtLeast: readonly (number | null)[];
}

/** How many products customers hold. */
export interface ProductCounts {
  /** Number of customers who hold a product. */
  readonly customers: number;
  /** Number of different products held, summed over the customers. */
  readonly holdings: number;
  /** Products per customer: `holdings / customers`. */
  readonly mean: Rate;
  /** Cross-sell ratio: customers with `minimumProducts` or more over all customers. */
  readonly crossSellRatio: Rate;
  /** Customers by number of products. */
  readonly distribution: Table<ProductCountColumns>;
}

/** How many products the customers of one group hold. */
export interface GroupProductCounts extends ProductCounts {
  /** The group's name; `null` for the customers who are in none. */
  readonly group: string | null;
}

/** How many products customers hold, of all and of each group. */
export interface ProductsPerCustomer extends ProductCounts, HoldingsOrigin {
  /** Number of customers who hold a product. */
  readonly customers: number;
  /** In ascending order of name, the customers without a group (`null`) last; empty without `groupBy`. */
  readonly groups: readonly GroupProductCounts[];
}

/**
 * How many of our products does a customer hold, and what share of them holds more than one?
 *
 * Different products count, not purchases. The base are customers who hold a product at all: who bought nothing in the
 * window, or gave everything back, is not in it.
 *
 * @param log - A transaction log with products.
 * @param options - `asOf`, a `window`, and groups of customers.
 * @returns Mean, cross-sell ratio and distribution, of all and of each group.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no products or an option is unusable;
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { productsPerCustomer, transactionLog } from "clientele";
 *
 * const bought = (customerId: string, productId: string) => ({ customerId, productId, at: "2024-01-31", amount: 500 });
 * const log = transactionLog([bought("ani", "tea"), bought("ani", "cup"), bought("budi", "tea")], { currency: "IDR" });
 * const { mean, crossSellRatio } = productsPerCustomer(log, { asOf: "2025-01-01" });
 * mean.value; // => 1.5
 * crossSellRatio; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * ```
 */
export function productsPerCustomer(
  log: TransactionLog,
  options: ProductsPerCustomerLogOptions,
): ProductsPerCustomer;
/**
 * The same from holdings as they are.
 *
 * @param holdings - Rows `{ customerId, productId }`, or a table of these columns.
 * @param options - Groups of customers.
 * @returns Mean, cross-sell ratio and distribution, of all and of each group.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an id is no text; `INVALID_ARGUMENT`.
 * @example
 * ```ts
 * import { productsPerCustomer } from "clientele";
 *
 * const { distribution } = productsPerCustomer([
 *   { customerId: "ani", productId: "tea" },
 *   { customerId: "ani", productId: "cup" },
 *   { customerId: "budi", productId: "tea" },
 * ]);
 * distribution.columns.customers; // => [1, 1]
 * ```
 */
export function productsPerCustomer(
  holdings: HoldingInput,
  options?: ProductsPerCustomerOptions,
): ProductsPerCustomer;
export function productsPerCustomer(
  input: TransactionLog | HoldingInput,
  options: ProductsPerCustomerLogOptions | ProductsPerCustomerOptions = {},
): ProductsPerCustomer {
  assertOptions(options);
  const { minimumProducts = 2, groupBy } = options;
  assertInteger(minimumProducts, "options.minimumProducts", 2);
  const { customerIds, offsets, origin } = customerHoldings(input, options);
  const groups = groupBy === undefined ? null : groupCustomers(customerIds, groupBy);

  const most = customerIds.reduce((max, _, i) => Math.max(max, offsets[i + 1] - offsets[i]), 0);
  const all = new Uint32Array(most);
  const byGroup = (groups?.names ?? []).map(() => new Uint32Array(most));
  for (let customer = 0; customer < customerIds.length; customer++) {
    const held = offsets[customer + 1] - offsets[customer];
    all[held - 1]++;
    if (groups) byGroup[groups.codes[customer]][held - 1]++;
  }
  return {
    ...origin,
    ...countsOf(all, minimumProducts),
    groups: (groups?.names ?? []).map((group, i) => ({ group, ...countsOf(byGroup[i], minimumProducts) })),
  };
}

/** The base of the rates. @internal */
export const HOLDERS = "customers who hold a product";

function countsOf(customersWith: Uint32Array, minimumProducts: number): ProductCounts {
  const products = Array.from(customersWith, (_, i) => i + 1);
  const customers = customersWith.reduce((sum, count) => sum + count, 0);
  const holdings = products.reduce((sum, held) => sum + held * customersWith[held - 1], 0);
  const atLeast: number[] = new Array(products.length);
  let rest = 0;
  for (let i = products.length - 1; i >= 0; i--) {
    rest += customersWith[i];
    atLeast[i] = rest;
  }
  return {
    customers,
    holdings,
    mean: ratio(holdings, customers, HOLDERS),
    crossSellRatio: ratio(atLeast[minimumProducts - 1] ?? 0, customers, HOLDERS),
    distribution: table<ProductCountColumns>({
      products,
      customers: Array.from(customersWith),
      share: products.map((held) => (customers > 0 ? customersWith[held - 1] / customers : null)),
      shareWithAtLeast: atLeast.map((count) => (customers > 0 ? count / customers : null)),
    }),
  };
}
