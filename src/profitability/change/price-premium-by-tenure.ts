import { assertArgument, shown } from "../../core/assert.js";
import { ClienteleError } from "../../core/errors.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type KnownFacts, knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { type TenureOptions, tenureSteps } from "./tenure-steps.js";

/**
 * The list price of one unit of a product, minor units, rounded or not: a Map from product id, or a function of product and
 * instant (epoch milliseconds) where prices change. `null`, or missing in a Map: not known.
 */
export type ListPrices =
  | ReadonlyMap<string, number>
  | ((productId: string, at: number) => number | null | undefined);

/** What a {@link pricePremiumByTenure} is asked. */
export interface PricePremiumByTenureOptions extends WindowedMetricOptions, TenureOptions {
  /** What one unit costs by the list. */
  readonly listPrice: ListPrices;
}

/** What was paid against the list. */
export interface RealizedPrice {
  /** What was charged less returns, minor units. */
  readonly realized: number;
  /** The same units at list prices, minor units, not rounded. */
  readonly list: number;
  /** `realized / list - 1`: above zero a premium, below it a discount; `null` where the list amounts to nothing. */
  readonly premium: Rate;
}

/** One step of tenure: the first year with us, the second. */
export interface PricePremiumStep extends RealizedPrice {
  /** The number of the step, from 1. */
  readonly step: number;
  /** Customers with a qualifying purchase in it, at a known list price. */
  readonly customers: number;
  /** Those who did so in this step and in the one before, in both: a premium that grows with them is no selection. `null` for the first. */
  readonly sameCustomers: {
    /** How many. */
    readonly customers: number;
    /** Their prices in the step before. */
    readonly before: RealizedPrice;
    /** Their prices in this one. */
    readonly after: RealizedPrice;
  } | null;
}

/** Whether those who stay pay more. */
export interface PricePremiumByTenure {
  /** From the first step to the last in which anybody bought. */
  readonly steps: readonly PricePremiumStep[];
  /** All steps together. */
  readonly total: RealizedPrice;
  /** Business that is in nothing above: at no known list price, or before a first qualifying purchase. */
  readonly leftOut: {
    /** Transactions. */
    readonly rows: number;
    /** Net of returns, minor units. */
    readonly realized: number;
  };
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the anniversaries. */
  readonly timeZone: string;
}

/**
 * Do customers who stay pay higher prices?
 *
 * Realized price over list price less one, by year of tenure: the price premium of loyalty (Reichheld & Sasser 1990; doubted
 * by Reinartz & Kumar 2002, who found the loyal paying less). Measured at list prices of what was bought, so that another mix
 * of products is no premium. The steps hold different customers; `sameCustomers` compares those who bought in both.
 *
 * @param log - A transaction log with quantities and products.
 * @param options - `asOf`, `listPrice`, `window`, `by` (default `"year"`), `startedAt`.
 * @returns The steps in order, their total, and what was left out.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when the log has no quantities or products, a list price is not a number
 * above zero, a stated start lies after the first purchase, or an option is unusable; `UNKNOWN_TIME_ZONE`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { pricePremiumByTenure, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", productId: "tea", at: "2023-03-01", amount: 900, quantity: 10 },
 *     { customerId: "ani", productId: "tea", at: "2024-06-01", amount: 1050, quantity: 10 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { steps } = pricePremiumByTenure(log, { asOf: "2025-01-01", listPrice: new Map([["tea", 100]]) });
 * steps.map(({ step, premium }) => [step, premium.value]); // => [[1, -0.1], [2, 0.05]]
 * ```
 */
export function pricePremiumByTenure(
  log: TransactionLog,
  options: PricePremiumByTenureOptions,
): PricePremiumByTenure {
  const facts = knownFacts(log, options);
  const window = metricWindow(facts, options);
  const priceOf = priceReader(facts, options.listPrice);
  const { net, quantity, qualifies, end, asOf, timeZone } = facts;
  assertArgument(
    quantity !== null,
    "log",
    () => "log has no quantity, so there is no price: give `quantity` on every purchase to transactionLog()",
  );
  const { startOf, stepAt } = tenureSteps(facts, options);
  const tallies: Tally[] = [];
  const own: { realized: number; list: number; purchases: number }[] = [];
  const leftOut = { rows: 0, realized: 0 };
  for (let customer = 0; customer < end.length; customer++) {
    const start = startOf(customer);
    own.length = 0;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      if (log.at[row] < window.start || log.at[row] >= window.end) continue;
      // Nothing was left of it: a refund that counts at its purchase, or that purchase, returned whole.
      if (quantity[row] === 0 && net[row] === 0) continue;
      const price = quantity[row] === 0 ? null : priceOf(row);
      const step = start === null ? -1 : stepAt(start, log.at[row]);
      if (price === null || step < 0) {
        leftOut.rows++;
        leftOut.realized += net[row];
        continue;
      }
      while (own.length <= step) own.push({ realized: 0, list: 0, purchases: 0 });
      own[step].realized += net[row];
      own[step].list += price * quantity[row];
      // Who only brings something back has not bought.
      if (!qualifies || qualifies[row] === 1) own[step].purchases++;
    }
    own.forEach((sums, step) => {
      if (step === tallies.length) tallies.push(newTally());
      const tally = tallies[step];
      add(tally.all, sums);
      if (sums.purchases === 0) return;
      tally.customers++;
      const before = step === 0 ? undefined : own[step - 1];
      if (before === undefined || before.purchases === 0) return;
      tally.both++;
      add(tally.before, before);
      add(tally.after, sums);
    });
  }
  const total = newSums();
  for (const { all } of tallies) add(total, all);
  const realized = safeInteger(leftOut.realized, "log", "the revenue without a list price");
  return {
    steps: tallies.map(({ customers, all, both, before, after }, step) => ({
      step: step + 1,
      customers,
      ...realizedPrice(all),
      sameCustomers:
        step === 0 ? null : { customers: both, before: realizedPrice(before), after: realizedPrice(after) },
    })),
    total: realizedPrice(total),
    leftOut: { rows: leftOut.rows, realized },
    currency: log.currency,
    asOf,
    timeZone,
  };
}

interface Sums {
  realized: number;
  list: number;
}

interface Tally {
  customers: number;
  readonly all: Sums;
  both: number;
  readonly before: Sums;
  readonly after: Sums;
}

function newSums(): Sums {
  return { realized: 0, list: 0 };
}

function newTally(): Tally {
  return { customers: 0, all: newSums(), both: 0, before: newSums(), after: newSums() };
}

function add(into: Sums, { realized, list }: Sums): void {
  into.realized += realized;
  into.list += list;
}

function realizedPrice({ realized, list }: Sums): RealizedPrice {
  const exact = safeInteger(realized, "log", "the revenue of a step of tenure");
  return { realized: exact, list, premium: ratio(exact - list, list, "at list prices") };
}

/** The list price of the product of a row; a refund of a known purchase has that purchase's. */
function priceReader({ log }: KnownFacts, prices: ListPrices): (row: number) => number | null {
  const { product, purchaseRow, at } = log;
  assertArgument(
    product !== null,
    "log",
    () => "log has no products, so there is no list price: give `productId` to transactionLog()",
  );
  const isMap = typeof (prices as ReadonlyMap<string, number> | null | undefined)?.get === "function";
  assertArgument(
    isMap || typeof prices === "function",
    "options.listPrice",
    () =>
      `options.listPrice is ${shown(prices)}: pass a Map of product ids, or a function of product and instant`,
  );
  const read =
    typeof prices === "function" ? prices : (productId: string): number | undefined => prices.get(productId);
  return (row) => {
    const sold = purchaseRow && purchaseRow[row] >= 0 ? purchaseRow[row] : row;
    const productId = product.values[product.codes[sold]];
    const price = productId === null ? null : (read(productId, at[sold]) ?? null);
    if (price !== null && !(price > 0 && Number.isFinite(price)))
      throw new ClienteleError(
        "INVALID_ARGUMENT",
        "options.listPrice",
        `options.listPrice gives ${shown(price)} for ${shown(productId)}: give minor units above zero, or null where it is unknown`,
      );
    return price;
  };
}
