import { assertOptions } from "../../core/assert.js";
import type { KpiActuals } from "../../core/kpi.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { TransactionLog } from "../../history/log-columns.js";
import {
  type AcquiredValue,
  type AcquisitionByPeriodOptions,
  acquisitionByPeriod,
} from "./acquisition-by-period.js";
import type { AcquisitionSpend, AcquisitionSpendOptions } from "./acquisition-spend.js";
import { type CacOfSource, type CacTotals, cacOfSpend } from "./cac-by-source.js";
import { noRate } from "./no-rate.js";

/** One of the measures by which the acquisition of customers is managed. */
export interface AcquisitionKpi {
  /** Stable identifier, fit for the `id` of a `Kpi`. */
  readonly id: string;
  /** In words. */
  readonly name: string;
  /** `"customers"`: a count; `"money"`: minor units; `"share"`: 0 to 1; `"ratio"`: money for money. */
  readonly unit: "customers" | "money" | "share" | "ratio";
  /** Which way is good. */
  readonly direction: "increase" | "decrease";
}

/**
 * By which measures is the acquisition of customers managed?
 *
 * How many are won, what one costs, and what one is worth (Buttle 2009, chapter 8), with what follows from the three.
 * {@link acquisitionReport} measures them.
 *
 * @example
 * ```ts
 * import { acquisitionKpis, evaluateKpis } from "clientele";
 *
 * const [first] = acquisitionKpis;
 * first.id; // => "newCustomers"
 * evaluateKpis([{ ...first, target: 50 }], { newCustomers: 60 }).overall; // => "met"
 * ```
 */
export const acquisitionKpis = [
  { id: "newCustomers", name: "Customers acquired", unit: "customers", direction: "increase" },
  { id: "blendedCac", name: "Cost of a customer acquired", unit: "money", direction: "decrease" },
  { id: "paidCac", name: "Cost of a customer of paid sources", unit: "money", direction: "decrease" },
  { id: "organicShare", name: "Share of customers without spend", unit: "share", direction: "increase" },
  { id: "firstOrder", name: "First order of a customer acquired", unit: "money", direction: "increase" },
  { id: "revenueWithin", name: "Early revenue of a customer acquired", unit: "money", direction: "increase" },
  { id: "profitWithin", name: "Early profit of a customer acquired", unit: "money", direction: "increase" },
  {
    id: "lifetimeValue",
    name: "Lifetime value of a customer acquired",
    unit: "money",
    direction: "increase",
  },
  { id: "ltvToCac", name: "Lifetime value to acquisition cost", unit: "ratio", direction: "increase" },
] as const satisfies readonly AcquisitionKpi[];

/** What acquisition is measured by. */
export interface AcquisitionReportOptions extends AcquisitionByPeriodOptions, AcquisitionSpendOptions {
  /** What was spent to win customers, as {@link cacBySource} takes it. */
  readonly spend: readonly AcquisitionSpend[];
}

/** What one source brought, and what it cost. */
export interface AcquisitionReportLine extends Omit<AcquiredValue, "customers">, CacOfSource {
  /** Lifetime value of a customer over what one cost; `null` when one of them is. */
  readonly ltvToCac: Rate;
}

/** How well customers were won. */
export interface AcquisitionReport {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** All sources together. */
  readonly total: Omit<AcquiredValue, "customers"> &
    Omit<CacTotals, "sources"> & {
      /** Lifetime value of a customer over the blended CAC. */
      readonly ltvToCac: Rate;
    };
  /** By name, `null` last; those with customers or spend. */
  readonly sources: readonly AcquisitionReportLine[];
  /** The values of {@link acquisitionKpis}, as `evaluateKpis` takes them; `null`: not measured. */
  readonly actuals: KpiActuals;
}

/**
 * How well do we win customers: how many, at what cost, of what worth, from which source?
 *
 * {@link acquisitionByPeriod} and {@link cacBySource} over the periods that are over, source by source, and the ratio of
 * lifetime value to CAC.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `spend`, and what both take: `source`, `by`, `window`, `withinPeriods`, `lifetimeValue`, `lag`,
 * `hourlyRate`.
 * @returns One line a source, the total, and the actual values of the KPIs.
 * @throws {@link ClienteleError} as {@link acquisitionByPeriod} and {@link cacBySource}.
 * @example
 * ```ts
 * import { acquisitionReport, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 500, channel: "web" },
 *     { customerId: "budi", at: "2024-01-20", amount: 300, channel: "fair" },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { total, actuals } = acquisitionReport(log, {
 *   asOf: "2024-02-01",
 *   source: "channel",
 *   spend: [{ source: "fair", at: "2024-01-15", amount: 240 }],
 *   lifetimeValue: new Map([["ani", 900], ["budi", 300]]),
 * });
 * [total.blendedCac.value, total.paidCac.value, total.ltvToCac.value]; // => [120, 240, 5]
 * actuals.newCustomers; // => 2
 * ```
 */
export function acquisitionReport(log: TransactionLog, options: AcquisitionReportOptions): AcquisitionReport {
  assertOptions(options, "{ asOf, spend }");
  const value = acquisitionByPeriod(log, options);
  const { timeZone } = value;
  const acquired = value.periods.flatMap(({ period: { start: at }, customers: won, sources: bySource }) =>
    options.source === undefined
      ? [{ at, customers: won }]
      : bySource.map((one) => ({ at, source: one.source, customers: one.customers })),
  );
  const cost = cacOfSpend(acquired, options.spend, { ...options, timeZone }, "options.spend");
  const { sources: costOfSources, customers, spend, blendedCac } = cost;
  const attributed = <Name extends "paidCac" | "organicShare">(name: Name): Rate =>
    options.source === undefined ? noRate("options.source is not given") : cost[name];
  const total = {
    ...worthOf(value.total),
    customers,
    spend,
    blendedCac,
    paidCac: attributed("paidCac"),
    organicShare: attributed("organicShare"),
    ltvToCac: ltvOverCac(value.total.lifetimeValue, blendedCac),
  };
  const valueOfSource = new Map(value.sources.map((one) => [one.source, one]));
  const sources = costOfSources.flatMap((line) => {
    if (line.customers === 0 && line.spend === 0) return [];
    const worth = worthOf(valueOfSource.get(line.source) ?? nothing());
    return [{ ...line, ...worth, ltvToCac: ltvOverCac(worth.lifetimeValue, line.cac) }];
  });
  return {
    asOf: value.asOf,
    timeZone,
    currency: value.currency,
    total,
    sources: options.source === undefined ? [] : sources,
    actuals: {
      newCustomers: customers,
      blendedCac: blendedCac.value,
      paidCac: total.paidCac.value,
      organicShare: total.organicShare.value,
      firstOrder: total.firstOrder.value,
      revenueWithin: total.revenueWithin.value,
      profitWithin: total.profitWithin.value,
      lifetimeValue: total.lifetimeValue.value,
      ltvToCac: total.ltvToCac.value,
    },
  };
}

function worthOf({
  firstOrder,
  revenueWithin,
  profitWithin,
  lifetimeValue,
}: Omit<AcquiredValue, "customers">) {
  return { firstOrder, revenueWithin, profitWithin, lifetimeValue };
}

/** Of a source with spend and nobody who came. */
function nothing(): Omit<AcquiredValue, "customers"> {
  const none = noRate("customers acquired: 0");
  return { firstOrder: none, revenueWithin: none, profitWithin: none, lifetimeValue: none };
}

function ltvOverCac(lifetimeValue: Rate, cac: Rate): Rate {
  return lifetimeValue.value === null || cac.value === null
    ? noRate(lifetimeValue.reason ?? cac.reason ?? "")
    : ratio(lifetimeValue.value, cac.value, "cac");
}
