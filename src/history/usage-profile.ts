import { assertArgument, shown } from "../core/assert.js";
import { DAY_MS } from "../core/civil-day.js";
import { safeInteger } from "../core/safe-integer.js";
import { begunDayReader, zoneOffsetReader } from "../core/time-zone.js";
import { knownFacts, metricWindow } from "./known-facts.js";
import type { TransactionLog } from "./log-columns.js";
import type { WindowedMetricOptions } from "./metric-options.js";

/** How {@link usageProfile} reads a log. */
export interface UsageProfileOptions extends WindowedMetricOptions {
  /** One customer's profile; without it that of the whole base. */
  readonly customerId?: string;
}

/** How much of one product was bought. */
export interface ProductUsage {
  /** The product; `null` for purchases that name none. */
  readonly productId: string | null;
  /** Number of qualifying purchases. */
  readonly purchases: number;
  /** Units sold less units that came back; `null` when the log has no quantities. */
  readonly quantity: number | null;
  /** Sales less refunds, minor units. */
  readonly net: number;
}

/** How much, when and which products. */
export interface UsageProfile {
  /** Units sold less units that came back; `null` when the log has no quantities. */
  readonly quantity: number | null;
  /** Sales less refunds, minor units of `currency`. */
  readonly net: number;
  /** ISO 4217 code of `net`. */
  readonly currency: string;
  /** Number of qualifying purchases. */
  readonly purchases: number;
  /** Civil days with a qualifying purchase, counted for each customer. */
  readonly occasions: number;
  /** First qualifying purchase, epoch milliseconds; `null` without one. */
  readonly firstAt: number | null;
  /** Last qualifying purchase, epoch milliseconds; `null` without one. */
  readonly lastAt: number | null;
  /** By product, the largest `net` first, equal ones by `productId`; empty when the log has no products. */
  readonly byProduct: readonly ProductUsage[];
  /** Number of qualifying purchases by local weekday: Sunday first, seven numbers. */
  readonly byWeekday: readonly number[];
  /** Number of qualifying purchases by local hour: 24 numbers. */
  readonly byHour: readonly number[];
}

const HOUR_MS = 3_600_000;

/**
 * How much do customers buy, when, and which products?
 *
 * Each call reads the log once, also for a single customer.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, a `window`, and a `customerId` for one customer's profile.
 * @returns Volume, timing by local weekday and hour, and product mix.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` for an unknown customer or a bad option, `UNKNOWN_TIME_ZONE`;
 * `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { transactionLog, usageProfile } from "clientele";
 *
 * const log = transactionLog(
 *   [{ customerId: "ani", at: "2024-02-29T18:30:00+07:00", amount: 700, productId: "tea" }],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * const profile = usageProfile(log, { asOf: "2024-03-01" });
 * profile.byHour.indexOf(1); // => 18
 * profile.byProduct[0]; // => { productId: "tea", purchases: 1, quantity: null, net: 700 }
 * ```
 */
export function usageProfile(log: TransactionLog, options: UsageProfileOptions): UsageProfile {
  const facts = knownFacts(log, options);
  const window = metricWindow(facts, options);
  const { net, quantity, qualifies, end, timeZone } = facts;
  const offsetOf = zoneOffsetReader(timeZone);
  const dayOf = begunDayReader(timeZone);
  const byWeekday: number[] = new Array(7).fill(0);
  const byHour: number[] = new Array(24).fill(0);
  const products = productTotals(log);
  let firstAt = Number.POSITIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  let purchases = 0;
  let occasions = 0;
  let total = 0;
  let units = 0;
  const [from, to] = customersOf(log, options.customerId);
  for (let customer = from; customer < to; customer++) {
    let latestDay = Number.NEGATIVE_INFINITY;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      const at = log.at[row];
      if (at < window.start || at >= window.end) continue;
      const counts = !qualifies || qualifies[row] === 1;
      total += net[row];
      if (quantity) units += quantity[row];
      products.add(row, net[row], quantity ? quantity[row] : 0, counts);
      if (!counts) continue;
      purchases++;
      firstAt = Math.min(firstAt, at);
      lastAt = Math.max(lastAt, at);
      const day = dayOf(at);
      if (day !== latestDay) occasions++;
      latestDay = day;
      const local = at + offsetOf(at);
      const localDay = Math.floor(local / DAY_MS);
      // 1970-01-01 was a Thursday.
      byWeekday[(((localDay + 4) % 7) + 7) % 7]++;
      byHour[Math.floor((local - localDay * DAY_MS) / HOUR_MS)]++;
    }
  }
  return {
    quantity: quantity ? units : null,
    net: safeInteger(total, "log", "the net amount"),
    currency: log.currency,
    purchases,
    occasions,
    firstAt: purchases > 0 ? firstAt : null,
    lastAt: purchases > 0 ? lastAt : null,
    byProduct: products.list(quantity !== null),
    byWeekday,
    byHour,
  };
}

function byNetThenProduct(left: ProductUsage, right: ProductUsage): number {
  if (left.net !== right.net) return right.net - left.net;
  return (left.productId ?? "") < (right.productId ?? "") ? -1 : 1;
}

function customersOf(log: TransactionLog, customerId: string | undefined): readonly [number, number] {
  if (customerId === undefined) return [0, log.customerIds.length];
  const customer = log.customerIds.indexOf(customerId);
  assertArgument(
    customer >= 0,
    "options.customerId",
    () => `options.customerId is ${shown(customerId)}: pass the id of a customer of the log`,
  );
  return [customer, customer + 1];
}

function productTotals({ product }: TransactionLog) {
  const size = product ? product.values.length : 0;
  const purchases = new Float64Array(size);
  const quantities = new Float64Array(size);
  const nets = new Float64Array(size);
  const seen = new Uint8Array(size);
  return {
    add(row: number, net: number, quantity: number, counts: boolean): void {
      if (!product) return;
      const code = product.codes[row];
      seen[code] = 1;
      nets[code] += net;
      quantities[code] += quantity;
      if (counts) purchases[code]++;
    },
    list(withQuantity: boolean): ProductUsage[] {
      const usage = (product?.values ?? []).map((productId, code) => ({
        productId,
        purchases: purchases[code],
        quantity: withQuantity ? quantities[code] : null,
        net: safeInteger(nets[code], "log", "the net amount of a product"),
      }));
      return usage.filter((_, code) => seen[code] === 1).sort(byNetThenProduct);
    },
  };
}
