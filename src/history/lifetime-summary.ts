import { assertArgument, assertOneOf, shown } from "../core/assert.js";
import { assertCivilDay, type CivilDay, dayNumber } from "../core/civil-day.js";
import { DAYS_IN } from "../core/days-in.js";
import { safeInteger } from "../core/safe-integer.js";
import { type Table, table } from "../core/table.js";
import { begunDayReader, startOfDay } from "../core/time-zone.js";
import { knownFacts } from "./known-facts.js";
import { assertLog, type TransactionLog } from "./log-columns.js";
import type { LogMetricOptions } from "./metric-options.js";

/** How {@link lifetimeSummary} reads a log. */
export interface LifetimeSummaryOptions extends Omit<LogMetricOptions, "asOf" | "refundAttribution"> {
  /** Last civil day of the calibration period, included. */
  readonly through: CivilDay;
  /** Last civil day of the holdout period that follows, included; without it there is none. */
  readonly holdoutThrough?: CivilDay;
  /** Unit of `tx` and `T`; default `"day"`. A week is 7 days, a month 365.25 / 12, a year 365.25. */
  readonly unit?: "day" | "week" | "month" | "year";
  /** What one purchase is: all that a customer buys on one civil day (`"day"`, default), or each row. */
  readonly occasion?: "day" | "transaction";
}

/** One row for each customer who has bought by `through`, in the log's order. */
export interface LifetimeSummaryColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Repeat purchases: purchases after the first. */
  readonly x: readonly number[];
  /** Time from the first to the last purchase, in `unit`; 0 when `x` is 0. */
  readonly tx: readonly number[];
  /** Time from the first purchase to `through`, in `unit`. */
  readonly T: readonly number[];
  /** Mean net amount of the repeat purchases, minor units; `null` when `x` is 0. */
  readonly meanRepeatSpend: readonly (number | null)[];
  /** Purchases in the holdout period; `null` without one. */
  readonly holdoutX: readonly (number | null)[];
  /** Net amount of the holdout purchases, minor units; `null` without a holdout period. */
  readonly holdoutSpend: readonly (number | null)[];
}

/** What the lifetime models need to know, and in which unit its times are. */
export interface LifetimeSummary extends Table<LifetimeSummaryColumns> {
  /** Unit of `tx` and `T`. */
  readonly unit: "day" | "week" | "month" | "year";
  /** Last civil day of the calibration period. */
  readonly through: CivilDay;
  /** Last civil day of the holdout period; `null` without one. */
  readonly holdoutThrough: CivilDay | null;
}

/**
 * What do the lifetime models (BG/NBD, Pareto/NBD, Gamma-Gamma) need to know of each customer?
 *
 * Days are civil days in the zone, so `T` from 1997-01-01 through 1997-09-30 is 272 days. Facts after `through` are not
 * known in the calibration period; facts after `holdoutThrough` are not known at all. Refunds take effect at their
 * purchase; a refund of no particular purchase counts nowhere.
 *
 * @param log - A transaction log.
 * @param options - `through`, and `holdoutThrough` to keep a period for testing a model.
 * @returns A table in the notation of the models: `x`, `tx`, `T` (Fader, Hardie & Lee 2005), with their unit.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { lifetimeSummary, row, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "1997-01-01", amount: 2933 },
 *     { customerId: "ani", at: "1997-01-18", amount: 2973 },
 *     { customerId: "ani", at: "1997-08-02", amount: 1496 },
 *     { customerId: "ani", at: "1997-12-12", amount: 2648 },
 *   ],
 *   { currency: "USD" },
 * );
 * const ani = row(lifetimeSummary(log, { through: "1997-09-30", holdoutThrough: "1998-06-30" }), 0);
 * [ani.x, ani.tx, ani.T, ani.holdoutX]; // => [2, 213, 272, 1]
 * ani.meanRepeatSpend; // => 2234.5
 * ```
 */
export function lifetimeSummary(log: TransactionLog, options: LifetimeSummaryOptions): LifetimeSummary {
  assertLog(log);
  assertArgument(
    typeof options === "object" && options !== null,
    "options",
    () => `options is ${shown(options)}: pass { through }`,
  );
  const { through, holdoutThrough, unit = "day", occasion = "day" } = options;
  const timeZone = options.timeZone ?? log.timeZone;
  assertCivilDay(through, "options.through");
  assertOneOf(unit, "options.unit", ["day", "week", "month", "year"]);
  assertOneOf(occasion, "options.occasion", ["day", "transaction"]);
  const throughDay = dayNumber(through);
  const calibration = purchasesUntil(log, options, throughDay, timeZone, occasion);
  const holdoutDay =
    holdoutThrough === undefined ? null : assertedHoldout(holdoutThrough, throughDay, through);
  const holdout = holdoutDay === null ? null : purchasesUntil(log, options, holdoutDay, timeZone, occasion);
  const columns = {
    customerId: [] as string[],
    x: [] as number[],
    tx: [] as number[],
    T: [] as number[],
    meanRepeatSpend: [] as (number | null)[],
    holdoutX: [] as (number | null)[],
    holdoutSpend: [] as (number | null)[],
  };
  for (let customer = 0; customer < log.customerIds.length; customer++) {
    const { count, firstDay, lastDay: latestDay, spend } = calibration(customer, Number.NEGATIVE_INFINITY);
    if (count === 0) continue;
    const later = holdout?.(customer, throughDay + 1);
    columns.customerId.push(log.customerIds[customer]);
    columns.x.push(count - 1);
    columns.tx.push((latestDay - firstDay) / DAYS_IN[unit]);
    columns.T.push((throughDay - firstDay) / DAYS_IN[unit]);
    columns.meanRepeatSpend.push(count > 1 ? (spend.total - spend.first) / (count - 1) : null);
    columns.holdoutX.push(later ? later.count : null);
    columns.holdoutSpend.push(later ? later.spend.total : null);
  }
  return { ...table(columns), unit, through, holdoutThrough: holdoutThrough ?? null };
}

function assertedHoldout(holdoutThrough: CivilDay, throughDay: number, through: CivilDay): number {
  assertCivilDay(holdoutThrough, "options.holdoutThrough");
  const holdoutDay = dayNumber(holdoutThrough);
  assertArgument(
    holdoutDay > throughDay,
    "options.holdoutThrough",
    () => `options.holdoutThrough is "${holdoutThrough}": pass a day after through, "${through}"`,
  );
  return holdoutDay;
}

interface Purchases {
  readonly count: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly spend: { readonly first: number; readonly total: number };
}

/** A reader of one customer's purchases from a day on, as known at the end of `throughDay`. */
function purchasesUntil(
  log: TransactionLog,
  options: LifetimeSummaryOptions,
  throughDay: number,
  timeZone: string,
  occasion: "day" | "transaction",
): (customer: number, fromDay: number) => Purchases {
  const asOf = startOfDay(throughDay + 1, timeZone);
  const facts = knownFacts(log, { asOf, timeZone, qualifies: options.qualifies });
  const dayOf = begunDayReader(timeZone);
  const { net, qualifies, end } = facts;
  return (customer, fromDay) => {
    let count = 0;
    let firstDay = 0;
    let lastDay = Number.NEGATIVE_INFINITY;
    let first = 0;
    let total = 0;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      if (qualifies && qualifies[row] === 0) continue;
      const day = dayOf(log.at[row]);
      if (day < fromDay) continue;
      if (count === 0) firstDay = day;
      if (occasion === "transaction" || day !== lastDay) count++;
      lastDay = day;
      total += net[row];
      if (count === 1) first += net[row];
    }
    safeInteger(total, "log", `the spend of customer ${log.customerIds[customer]}`);
    return { count, firstDay, lastDay, spend: { first, total } };
  };
}
