import { assertBetween, assertOptions } from "../core/assert.js";
import type { TimeWindow } from "../core/duration.js";
import { ClienteleError } from "../core/errors.js";
import { type Rate, ratio } from "../core/rate.js";
import { safeInteger } from "../core/safe-integer.js";
import { shareOfCount } from "../core/share-of-count.js";
import { type Table, table } from "../core/table.js";
import { sumsByCustomer } from "../history/customer-summary.js";
import { type KnownFacts, knownFacts, metricWindow } from "../history/known-facts.js";
import { isLog, type TransactionLog } from "../history/log-columns.js";
import type { WindowedMetricOptions } from "../history/metric-options.js";
import { rankDescending } from "../segmentation/rank-descending.js";
import { type CustomerProfit, type CustomerProfitColumns, readProfits } from "./customer-profits.js";

/** One row a customer of {@link WhaleCurve}, the most profitable first. */
export interface WhaleCurveColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Place by profit, from 1; ties by customer id ascending. */
  readonly rank: readonly number[];
  /** The customer's profit, minor units. */
  readonly profit: readonly number[];
  /** Profit of this customer and all before, minor units. */
  readonly cumulative: readonly number[];
  /** `rank` as a share of all customers, above 0 to 1. */
  readonly shareOfCustomers: readonly number[];
  /** `cumulative` as a share of the total profit; `null` when the total is zero or less. */
  readonly shareOfTotal: readonly (number | null)[];
}

/** How profit adds up from the most to the least profitable customer. */
export interface WhaleCurve {
  /** The curve, one row a customer. */
  readonly points: Table<WhaleCurveColumns>;
  /** ISO 4217 code of the amounts; `null` when plain rows came without one. */
  readonly currency: string | null;
  /** Epoch milliseconds; `null` when plain rows came without it. */
  readonly asOf: number | null;
  /** Of which the profit is, up to `asOf` at most; `null` for all time before `asOf` and for plain rows. */
  readonly window: TimeWindow | null;
  /** IANA zone of the calendar; `null` for plain rows. */
  readonly timeZone: string | null;
  /** Number of customers. */
  readonly customers: number;
  /** Customers with a profit above zero. */
  readonly profitable: number;
  /** Customers with a profit below zero. */
  readonly unprofitable: number;
  /** Profit of all customers, minor units. */
  readonly total: number;
  /** The highest point, minor units: what the profitable customers earn; 0 when there are none. */
  readonly peak: number;
  /** After how many customers the curve first stands at its peak; 0 when none is profitable. */
  readonly peakRank: number;
  /** What the unprofitable customers take away again, minor units: `peak - total`. */
  readonly erosion: number;
  /** `peak / total`: 1 where nobody loses money; `null` when the total is zero or less. */
  readonly peakShareOfTotal: Rate;
  /** What the best customers bring. */
  readonly top: WhaleCurveTop;
}

/** The best customers of a {@link WhaleCurve}. */
export interface WhaleCurveTop {
  /** How many: the share asked for of all customers, rounded up. */
  readonly customers: number;
  /** Their profit, minor units. */
  readonly profit: number;
  /** They as a share of all customers; `null` when there are none. */
  readonly shareOfCustomers: Rate;
  /** Their profit as a share of the total; above 1 where others lose money; `null` when the total is zero or less. */
  readonly shareOfTotal: Rate;
}

/** What a {@link whaleCurve} of plain rows is asked. */
export interface WhaleCurveOptions {
  /** Share of the customers that `top` looks at, above 0 and below 1. Default 0.2. */
  readonly topShare?: number;
}

/** What a {@link whaleCurve} of a log is asked. */
export interface WhaleCurveLogOptions extends WindowedMetricOptions, WhaleCurveOptions {}

/**
 * Who earns our profit, and who eats it up again?
 *
 * Customers stand from the most to the least profitable, and their profit adds up: the curve rises to what the profitable
 * ones earn and falls back to the total (Kaplan & Narayanan 2001). Profit is net sales less the cost in the log; customers
 * with a qualifying purchase or any net profit are on the curve.
 *
 * @param log - A transaction log with costs.
 * @param options - `asOf`, a `window` where only a part of the time counts, and `topShare` (default 0.2).
 * @returns The curve, its peak, and what is lost after it.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no costs or an option is out of range;
 * `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { transactionLog, whaleCurve } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-31", amount: 900, cost: 500 },
 *     { customerId: "budi", at: "2024-02-29", amount: 300, cost: 400 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { peak, total, erosion } = whaleCurve(log, { asOf: "2025-01-01" });
 * [peak, total, erosion]; // => [400, 300, 100]
 * ```
 */
export function whaleCurve(log: TransactionLog, options: WhaleCurveLogOptions): WhaleCurve;
/**
 * The same from each customer's profit, computed elsewhere.
 *
 * @param profits - One row a customer, `{ customerId, profit }` with profit in whole minor units, or a table of these columns.
 * @param options - `topShare`, default 0.2.
 * @returns The curve, its peak, and what is lost after it; `currency`, `asOf`, `window` and `timeZone` are `null`.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `INVALID_ROWS` when a profit is no safe integer, a customer has no id or
 * stands twice; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { rows, whaleCurve } from "clientele";
 *
 * const { points, peakShareOfTotal } = whaleCurve([
 *   { customerId: "ani", profit: 400 },
 *   { customerId: "budi", profit: -100 },
 * ]);
 * rows(points)[1]; // => { customerId: "budi", rank: 2, profit: -100, cumulative: 300, shareOfCustomers: 1, shareOfTotal: 1 }
 * peakShareOfTotal.value; // ~> 1.333333
 * ```
 */
export function whaleCurve(
  profits: readonly CustomerProfit[] | Table<CustomerProfitColumns>,
  options?: WhaleCurveOptions,
): WhaleCurve;
export function whaleCurve(
  input: TransactionLog | readonly CustomerProfit[] | Table<CustomerProfitColumns>,
  options: WhaleCurveLogOptions | WhaleCurveOptions = {},
): WhaleCurve {
  assertOptions(options, isLog(input) ? "{ asOf }" : undefined);
  const { topShare = 0.2 } = options;
  assertBetween(topShare, "options.topShare", 0, 1);
  if (isLog(input)) {
    const { profits, origin } = profitsOfLog(input, options as WhaleCurveLogOptions);
    return curveOf(profits, topShare, origin);
  }
  return curveOf(readProfits(input), topShare, { currency: null, asOf: null, window: null, timeZone: null });
}

/** What a curve says of where its profits come from. */
type Origin = Pick<WhaleCurve, "currency" | "asOf" | "window" | "timeZone">;

function profitsOfLog(
  log: TransactionLog,
  options: WhaleCurveLogOptions,
): { profits: CustomerProfitColumns; origin: Origin } {
  const facts = knownFacts(log, options);
  const window = metricWindow(facts, options);
  if (facts.cost === null) {
    throw new ClienteleError(
      "INVALID_ARGUMENT",
      "log",
      "log has no costs, so there is no profit: give `cost` on every purchase to transactionLog(), or pass rows of { customerId, profit }",
    );
  }
  const net = sumsByCustomer(facts, facts.net, window);
  const cost = sumsByCustomer(facts, facts.cost, window);
  const customerId: string[] = [];
  const profit: number[] = [];
  for (let customer = 0; customer < net.length; customer++) {
    const earned = safeInteger(net[customer] - cost[customer], "log", "the profit of a customer");
    if (earned === 0 && !hasPurchase(facts, customer, window)) continue;
    customerId.push(log.customerIds[customer]);
    profit.push(earned);
  }
  const { asOf, timeZone } = facts;
  const { start } = window;
  // Nothing is known of a window that begins after asOf: it is empty, not turned round.
  const end = Math.max(start, window.end);
  const origin = { currency: log.currency, asOf, window: options.window ? { start, end } : null, timeZone };
  return { profits: { customerId, profit }, origin };
}

function hasPurchase(
  { log, end, qualifies }: KnownFacts,
  customer: number,
  window: { readonly start: number; readonly end: number },
): boolean {
  for (let row = log.offsets[customer]; row < end[customer]; row++) {
    const inside = log.at[row] >= window.start && log.at[row] < window.end;
    if (inside && (!qualifies || qualifies[row] === 1)) return true;
  }
  return false;
}

function curveOf(
  { customerId: customerIds, profit: profits }: CustomerProfitColumns,
  topShare: number,
  origin: Origin,
): WhaleCurve {
  const order = rankDescending(
    Float64Array.from(profits, (value) => value + 0),
    customerIds,
  );
  const customers = order.length;
  const profit = Array.from(order, (i) => profits[i] + 0);
  const cumulative: number[] = new Array(customers);
  let sum = 0;
  let peakRank = 0;
  let unprofitable = 0;
  for (let i = 0; i < customers; i++) {
    sum = safeInteger(sum + profit[i], "profits", "the cumulative profit");
    cumulative[i] = sum;
    if (profit[i] > 0) peakRank = i + 1;
    if (profit[i] < 0) unprofitable++;
  }
  const total = sum;
  const peak = peakRank === 0 ? 0 : cumulative[peakRank - 1];
  const points = table<WhaleCurveColumns>({
    customerId: Array.from(order, (i) => customerIds[i]),
    rank: profit.map((_, i) => i + 1),
    profit,
    cumulative,
    shareOfCustomers: profit.map((_, i) => (i + 1) / customers),
    shareOfTotal: cumulative.map((value) => (total > 0 ? value / total : null)),
  });
  const topCustomers = shareOfCount(topShare, customers);
  const topProfit = topCustomers === 0 ? 0 : cumulative[topCustomers - 1];
  return {
    points,
    ...origin,
    customers,
    profitable: peakRank,
    unprofitable,
    total,
    peak,
    peakRank,
    erosion: safeInteger(peak - total, "profits", "the profit lost after the peak"),
    peakShareOfTotal: ratio(peak, total, TOTAL),
    top: {
      customers: topCustomers,
      profit: topProfit,
      shareOfCustomers: ratio(topCustomers, customers, "customers"),
      shareOfTotal: ratio(topProfit, total, TOTAL),
    },
  };
}

const TOTAL = "profit of all customers";
