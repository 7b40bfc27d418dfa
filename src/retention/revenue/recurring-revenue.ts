import { assertArgument, shown } from "../../core/assert.js";
import type { Instant } from "../../core/instant.js";
import { epochMs } from "../../core/instant.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { Table } from "../../core/table.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { byName, type CustomerGrouping, groupKnownCustomers } from "../../history/customer-groups.js";
import { type SubscriptionRevenueOptions, subscriptionActivity } from "../contracts/subscription-activity.js";
import { addExactly, type ExactTotal, exactTotal, totalOf } from "../rates/exact-total.js";
import type { RevenueSubscription } from "./revenue-subscription.js";

/** As of when recurring revenue is summed, and how. */
export interface RecurringRevenueOptions extends SubscriptionRevenueOptions {
  /** The instant: what begins or ends here or later has not begun or ended yet. */
  readonly asOf: Instant;
  /** IANA zone in which civil days are read; default `"UTC"`. */
  readonly timeZone?: string;
  /** Groups of customers; default none. */
  readonly groupBy?: CustomerGrouping;
}

/** Recurring revenue of some subscriptions. */
export interface RecurringRevenueShare {
  /** Monthly recurring revenue: integer in minor units. */
  readonly mrr: number;
  /** Annual recurring revenue: integer in minor units, made of the exact amounts, so not 12 times the rounded months. */
  readonly arr: number;
  /** Customers with recurring revenue. */
  readonly customers: number;
  /** Their subscriptions that bring it. */
  readonly subscriptions: number;
}

/** Recurring revenue of one product. */
export interface ProductRecurringRevenue extends RecurringRevenueShare {
  /** The product; `null` for subscriptions that name none. */
  readonly productId: string | null;
}

/** Recurring revenue of one group of customers. */
export interface GroupRecurringRevenue extends RecurringRevenueShare {
  /** The group; `null` for customers of none. */
  readonly group: string | null;
}

/** What comes in again and again, as of an instant. */
export interface RecurringRevenue extends RecurringRevenueShare {
  /** Monthly recurring revenue per customer (ARPA): minor units; `null` without customers. */
  readonly perCustomer: Rate;
  /** Each customer with recurring revenue, in order of first appearance; `mrr` and `arr` in minor units. */
  readonly byCustomer: Table<{
    customerId: string[];
    mrr: number[];
    arr: number[];
    subscriptions: number[];
  }>;
  /** Each product with recurring revenue, by name, `null` last; a customer of two products counts in both. */
  readonly byProduct: readonly ProductRecurringRevenue[];
  /** Each group of customers, by name, `null` last, also those without revenue; `null` without `groupBy`. */
  readonly groups: readonly GroupRecurringRevenue[] | null;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** ISO 4217 code of all amounts; `null` when there are no subscriptions and none is given. */
  readonly currency: string | null;
}

/**
 * How much comes in again and again: monthly and annual recurring revenue, in total, by customer, product and group?
 *
 * Each subscription that counts as active just before `asOf` brings its {@link normalizedRevenue}, converted and rounded
 * once, so that customers, products and groups add up to the total to the minor unit. Revenue begins when the trial ends;
 * free subscriptions, and those whose month rounds to zero, do not count. Usage that is billed by the meter is no recurring
 * revenue: leave it out.
 *
 * A record says how a subscription stands now, and `statusSince` since when. Where that is left out on one that is past
 * due, unpaid or paused and does not count, the record is taken as how it stands at `asOf`; what looks at more than one
 * instant ({@link revenueMovements}, {@link churnRate} ...) refuses it. Keep those that ended: without them the past would
 * lose its customers.
 *
 * @param subscriptions - {@link RevenueSubscription} rows, such as `Subscription` records.
 * @param options - `asOf`; `statuses` ({@link activeStatusPresets}), `currency` and `convert`, `groupBy`, `timeZone`,
 * `rounding` (default `"halfEven"`).
 * @returns Sums in minor units. With `convert` amounts are taken at the rates of `asOf`.
 * @throws {@link ClienteleError} `INVALID_ROWS` with each row that has no customer, no valid instant, an end or a trial's
 * end before its start, an amount that is negative or no integer, an unknown status, interval or currency, that overlaps
 * another phase of its subscription, or is cancelled without an end; `CURRENCY_MISMATCH` when there are two currencies and
 * no `convert`; `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { recurringRevenue } from "clientele";
 *
 * const plan = { startAt: "2024-01-01", currency: "IDR" };
 * const { mrr, arr, byProduct } = recurringRevenue(
 *   [
 *     { ...plan, customerId: "ani", productId: "web", amount: 120_000, interval: { unit: "year" } },
 *     { ...plan, customerId: "ani", productId: "mail", amount: 1200, interval: { unit: "week" } },
 *     { ...plan, customerId: "budi", productId: "web", amount: 9000, interval: { unit: "month" }, trialEndAt: "2024-07-01" },
 *   ],
 *   { asOf: "2024-06-01" },
 * );
 * [mrr, arr]; // => [15200, 182400]
 * byProduct.map(({ productId, mrr }) => [productId, mrr]); // => [["mail", 5200], ["web", 10000]]
 * ```
 */
export function recurringRevenue(
  subscriptions: readonly RevenueSubscription[],
  options: RecurringRevenueOptions,
): RecurringRevenue {
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { asOf }`,
  );
  const { timeZone = "UTC", groupBy } = options;
  assertTimeZone(timeZone, "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const activity = subscriptionActivity(subscriptions, options, { asOf, timeZone, overTime: false });
  const { customerIds } = activity;

  const total = newSum();
  const customers = new Map<number, Sum>();
  const products = new Map<string | null, Sum>();
  const grouping = groupBy === undefined ? null : groupKnownCustomers(customerIds, activity.isKnown, groupBy);
  const groups = grouping?.names.map(newSum) ?? [];
  for (let place = 0; place < activity.length; place++) {
    if (activity.to[place] < asOf) continue;
    const customer = activity.customer[place];
    const mrr = activity.worth(place, activity.monthly[place], asOf);
    const arr = activity.worth(place, activity.yearly(place), asOf);
    const sums = [
      total,
      sumOf(customers, customer),
      sumOf(products, subscriptions[activity.row[place]].productId ?? null),
    ];
    if (grouping) sums.push(groups[grouping.codes[customer]]);
    for (const sum of sums) add(sum, customer, mrr, arr);
  }
  const byCustomer = [...customers].map(([customer, sum]) => ({
    customer,
    ...shareOf(sum, `of customer ${customerIds[customer]}`),
  }));
  const all = shareOf(total);
  return {
    ...all,
    perCustomer: ratio(all.mrr, all.customers, "customers with recurring revenue"),
    byCustomer: {
      length: byCustomer.length,
      columns: {
        customerId: byCustomer.map(({ customer }) => customerIds[customer]),
        mrr: byCustomer.map(({ mrr }) => mrr),
        arr: byCustomer.map(({ arr }) => arr),
        subscriptions: byCustomer.map((share) => share.subscriptions),
      },
    },
    byProduct: [...products]
      .map(([productId, sum]) => ({ productId, ...shareOf(sum) }))
      .sort((a, b) => byName(a.productId, b.productId)),
    groups: grouping?.names.map((group, i) => ({ group, ...shareOf(groups[i]) })) ?? null,
    asOf,
    currency: activity.currency,
  };
}

interface Sum {
  readonly mrr: ExactTotal;
  readonly arr: ExactTotal;
  subscriptions: number;
  customers: number;
  /** Rows stand customer by customer, so that the one before tells whether a customer is counted. */
  lastCustomer: number;
}

function newSum(): Sum {
  return { mrr: exactTotal(), arr: exactTotal(), subscriptions: 0, customers: 0, lastCustomer: -1 };
}

function sumOf<Key>(sums: Map<Key, Sum>, key: Key): Sum {
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = newSum();
    sums.set(key, sum);
  }
  return sum;
}

function add(sum: Sum, customer: number, mrr: number, arr: number): void {
  addExactly(sum.mrr, mrr);
  addExactly(sum.arr, arr);
  sum.subscriptions++;
  if (sum.lastCustomer !== customer) sum.customers++;
  sum.lastCustomer = customer;
}

function shareOf({ mrr, arr, subscriptions, customers }: Sum, ofWhom = "of all"): RecurringRevenueShare {
  return {
    mrr: totalOf(mrr, "subscriptions", `the monthly recurring revenue ${ofWhom}`),
    arr: totalOf(arr, "subscriptions", `the annual recurring revenue ${ofWhom}`),
    customers,
    subscriptions,
  };
}
