import { assertArgument, assertInteger, shown } from "../../core/assert.js";
import type { Period } from "../../core/period.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { customerPath, customerReader } from "../../history/customer-reader.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { firstOrderOf } from "./acquired-customers.js";
import {
  type AcquisitionPeriodOptions,
  type AcquisitionPeriods,
  acquisitionPeriods,
  assertCells,
  indicesFrom,
} from "./acquisition-periods.js";
import { type AcquisitionSource, type FirstPurchases, firstPurchases } from "./first-purchases.js";
import { noRate } from "./no-rate.js";

/** By which periods and sources acquired customers are counted, and how their value is taken. */
export interface AcquisitionByPeriodOptions extends LogMetricOptions, AcquisitionPeriodOptions {
  /** Where customers came from: `"channel"`, a map or a function of the customer id; default: not told. */
  readonly source?: AcquisitionSource | undefined;
  /** How many periods of value count, 1 or more: 3 is the period of acquisition and the two after it. Default: none. */
  readonly withinPeriods?: number | undefined;
  /** What each customer is worth over their lifetime, minor units, by a model of yours; `null`: not known. */
  readonly lifetimeValue?:
    | ReadonlyMap<string, number>
    | ((customerId: string) => number | null | undefined)
    | undefined;
}

/** How many customers were won, and what they bring: means in minor units, each with its sum and its count. */
export interface AcquiredValue {
  /** Customers acquired. */
  readonly customers: number;
  /** First order of a customer. */
  readonly firstOrder: Rate;
  /** Net sales to a customer in `withinPeriods`, bought again or not; `null` while these periods are not over. */
  readonly revenueWithin: Rate;
  /** The same less cost; `null` without costs in the log, too. */
  readonly profitWithin: Rate;
  /** Lifetime value of a customer, of those whose value is known. */
  readonly lifetimeValue: Rate;
}

/** Customers won from one source. */
export interface AcquiredFromSource extends AcquiredValue {
  /** The source; `null` where it is not known. */
  readonly source: string | null;
  /** Of all customers acquired. */
  readonly shareOfCustomers: Rate;
}

/** Customers won in one period. */
export interface AcquiredInPeriod extends AcquiredValue {
  /** The period. */
  readonly period: Period;
  /** Whether it is over at `asOf`; one that is not is in no total. */
  readonly isOver: boolean;
  /** By name, `null` last; the same in each period, and none without `source`. */
  readonly sources: readonly AcquiredFromSource[];
}

/** How many customers were won in each period, and what they bring. */
export interface AcquisitionByPeriod {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** How many periods of value count; `null`: none. */
  readonly withinPeriods: number | null;
  /** Those of the window, or from that of the first acquisition to that of `asOf`, without a gap. */
  readonly periods: readonly AcquiredInPeriod[];
  /** All periods that are over; value within n periods of those of which it is known. */
  readonly total: AcquiredValue;
  /** The same by source; none without `source`. */
  readonly sources: readonly AcquiredFromSource[];
}

/**
 * How many customers did we win each month, from where, and what did they bring?
 *
 * Acquired is who makes the first qualifying purchase: see {@link acquiredCustomers}. The value within n periods is all net
 * sales from the acquisition to the end of the (n - 1)th calendar period after it, so that customers won early in a period
 * have a little longer; it stands where these periods are over, never for a part of them.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `by` (default `"month"`), `source`, `withinPeriods`, `lifetimeValue`, `window`.
 * @returns Counts and means by period, by source, and in all.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { acquisitionByPeriod, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 500 },
 *     { customerId: "budi", at: "2024-01-20", amount: 300 },
 *     { customerId: "ani", at: "2024-02-05", amount: 400 },
 *     { customerId: "citra", at: "2024-02-20", amount: 900 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { periods, total } = acquisitionByPeriod(log, { asOf: "2024-03-01", withinPeriods: 2 });
 * periods.map(({ period, customers }) => [period.label, customers]); // => [["2024-01", 2], ["2024-02", 1]]
 * // (500 + 300 + 400) / 2; March, the second period of those won in February, is not over.
 * periods.map(({ revenueWithin }) => revenueWithin.value); // => [600, null]
 * total.firstOrder.value; // ~> 566.666667
 * ```
 */
export function acquisitionByPeriod(
  log: TransactionLog,
  options: AcquisitionByPeriodOptions,
): AcquisitionByPeriod {
  const facts = knownFacts(log, options);
  const { source, withinPeriods } = options;
  if (withinPeriods !== undefined) assertInteger(withinPeriods, "options.withinPeriods", 1, MOST_PERIODS);
  const periods = acquisitionPeriods(options, facts.asOf, facts.timeZone);
  const firsts = firstPurchases(facts, source);
  let earliest = Number.POSITIVE_INFINITY;
  for (const at of firsts.at) if (at < earliest) earliest = at;
  const indices = indicesFrom(
    earliest === Number.POSITIVE_INFINITY ? earliest : periods.indexOf(earliest),
    periods,
  );
  const { sources } = firsts;
  assertCells(indices.length, sources.length);
  const tally = tallied(facts, firsts, periods, indices, options);
  const hasCost = facts.cost !== null;
  const hasLifetime = options.lifetimeValue !== undefined;
  const isKnown = (i: number) =>
    withinPeriods !== undefined && indices[i] + withinPeriods - 1 <= periods.lastOver;
  const cellsOf = (places: readonly number[], codes: readonly number[]) =>
    places.flatMap((i) => codes.map((code) => i * sources.length + code));
  const allCodes = [...sources.keys()];
  const group = (places: readonly number[]) => {
    const known = places.filter(isKnown);
    const withinReason =
      withinPeriods === undefined
        ? "options.withinPeriods is not given"
        : known.length === 0 && places.length > 0
          ? `${withinPeriods} ${withinPeriods === 1 ? "period is" : "periods are"} not over at asOf`
          : null;
    const asked = { withinReason, hasCost, hasLifetime };
    const described = (codes: readonly number[]) =>
      acquiredValue(tally, cellsOf(places, codes), cellsOf(known, codes), asked);
    const total = described(allCodes);
    const bySource =
      source === undefined
        ? []
        : sources.map((name, code) => {
            const value = described([code]);
            const shareOfCustomers = ratio(value.customers, total.customers, "customers acquired");
            return { source: name, ...value, shareOfCustomers };
          });
    return { ...total, sources: bySource };
  };
  const { sources: bySource, ...total } = group(
    [...indices.keys()].filter((i) => indices[i] <= periods.lastOver),
  );
  return {
    asOf: facts.asOf,
    timeZone: facts.timeZone,
    currency: log.currency,
    withinPeriods: withinPeriods ?? null,
    periods: indices.map((index, i) => ({
      period: periods.at(index),
      isOver: index <= periods.lastOver,
      ...group([i]),
    })),
    total,
    sources: bySource,
  };
}

/** 27 years of days: more is a mistake. */
const MOST_PERIODS = 10_000;

/** Sums by cell: place of the period times the number of sources, plus that of the source. */
interface Tally {
  readonly customers: Float64Array;
  readonly firstOrder: Float64Array;
  readonly revenue: Float64Array;
  readonly cost: Float64Array;
  readonly lifetime: Float64Array;
  readonly withLifetime: Float64Array;
}

function tallied(
  facts: KnownFacts,
  firsts: FirstPurchases,
  { indexOf, at: periodAt, lastOver }: AcquisitionPeriods,
  indices: readonly number[],
  { withinPeriods, lifetimeValue }: AcquisitionByPeriodOptions,
): Tally {
  const { log, net, cost: costOf, end } = facts;
  const size = indices.length * firsts.sources.length;
  const [customers, firstOrder, revenue, cost, lifetime, withLifetime] = Array.from(
    { length: 6 },
    () => new Float64Array(size),
  );
  // Where the value within n periods ends; -Infinity where that is not known yet.
  const until = Float64Array.from(indices, (index) =>
    withinPeriods === undefined || index + withinPeriods - 1 > lastOver
      ? Number.NEGATIVE_INFINITY
      : periodAt(index + withinPeriods - 1).end,
  );
  const lifetimeOf =
    lifetimeValue === undefined ? null : customerReader(lifetimeValue, "options.lifetimeValue");
  const add = (sums: Float64Array, cell: number, value: number) => {
    sums[cell] = safeInteger(sums[cell] + value, "log", "the sum of the customers acquired in a period");
  };
  const first = indices.length === 0 ? 0 : indices[0];
  for (let customer = 0; customer < end.length; customer++) {
    if (firsts.at[customer] === Number.POSITIVE_INFINITY) continue;
    const place = indexOf(firsts.at[customer]) - first;
    if (!(place >= 0 && place < indices.length)) continue;
    const cell = place * firsts.sources.length + firsts.code[customer];
    customers[cell]++;
    add(firstOrder, cell, firstOrderOf(facts, firsts, customer, net));
    let [sales, spent] = [0, 0];
    for (let row = firsts.row[customer]; row < end[customer] && log.at[row] < until[place]; row++) {
      sales += net[row];
      if (costOf) spent += costOf[row];
    }
    add(revenue, cell, sales);
    add(cost, cell, spent);
    const worth = lifetimeOf ? lifetimeOf(log.customerIds[customer]) : null;
    if (worth === null) continue;
    assertArgument(
      Number.isFinite(worth),
      customerPath(lifetimeValue, "options.lifetimeValue", log.customerIds[customer]),
      () =>
        `options.lifetimeValue gives ${shown(worth)} for customer ${shown(log.customerIds[customer])}: give a finite number, or null where it is not known`,
    );
    lifetime[cell] += worth;
    withLifetime[cell]++;
  }
  return { customers, firstOrder, revenue, cost, lifetime, withLifetime };
}

function acquiredValue(
  tally: Tally,
  cells: readonly number[],
  knownCells: readonly number[],
  {
    withinReason,
    hasCost,
    hasLifetime,
  }: {
    /** Why there is no value within n periods; `null` where there is one. */
    readonly withinReason: string | null;
    readonly hasCost: boolean;
    readonly hasLifetime: boolean;
  },
): AcquiredValue {
  const sum = (column: Float64Array, of: readonly number[]) =>
    of.reduce((all, cell) => all + column[cell], 0);
  const customers = sum(tally.customers, cells);
  const known = sum(tally.customers, knownCells);
  const revenue = sum(tally.revenue, knownCells);
  const exact = (value: number) => safeInteger(value, "log", "the sum of the customers acquired");
  return {
    customers,
    firstOrder: ratio(exact(sum(tally.firstOrder, cells)), customers, ACQUIRED),
    revenueWithin: withinReason === null ? ratio(exact(revenue), known, ACQUIRED) : noRate(withinReason),
    profitWithin:
      withinReason !== null
        ? noRate(withinReason)
        : hasCost
          ? ratio(exact(revenue - sum(tally.cost, knownCells)), known, ACQUIRED)
          : noRate("the log has no costs"),
    lifetimeValue: hasLifetime
      ? ratio(sum(tally.lifetime, cells), sum(tally.withLifetime, cells), "customers with a lifetime value")
      : noRate("options.lifetimeValue is not given"),
  };
}

const ACQUIRED = "customers acquired";
