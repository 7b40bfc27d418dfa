import { assertOneOf } from "../../core/assert.js";
import type { Duration, TimeWindow } from "../../core/duration.js";
import { type Table, table } from "../../core/table.js";
import { begunDayReader } from "../../core/time-zone.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { calendarSpan } from "./calendar-span.js";
import {
  type TenureSummaries,
  type TenureUnitOptions,
  tenureSummaries,
  tenureUnit,
} from "./tenure-summaries.js";

/** Until when a tenure lasts, and who is active. */
export interface ObservedTenureOptions extends LogMetricOptions, TenureUnitOptions {
  /**
   * Tenure lasts from the first qualifying purchase to the last one (`"lastPurchase"`, default: the time in which the
   * customer was seen to buy), or to `asOf` (`"asOf"`: the age of the relation, as if nobody had left).
   */
  readonly until?: "lastPurchase" | "asOf";
  /** Active is who bought in `[asOf - activeWindow, asOf)`; the others lapsed. Default `{ months: 12 }`. */
  readonly activeWindow?: Duration;
}

/** One row for each customer with a qualifying purchase, in the log's order. */
export interface ObservedTenureColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** First qualifying purchase, epoch milliseconds. */
  readonly firstAt: readonly number[];
  /** Last qualifying purchase, epoch milliseconds. */
  readonly lastAt: readonly number[];
  /** Whether the customer bought in the active window. */
  readonly active: readonly boolean[];
  /** Tenure so far, in `unit`. */
  readonly tenure: readonly number[];
}

/** How long customers have been with us. */
export interface ObservedTenure extends TenureSummaries {
  /** The same for each customer. */
  readonly customers: Table<ObservedTenureColumns>;
  /** Until when tenure lasts. */
  readonly until: "lastPurchase" | "asOf";
  /** Who bought in it is active. */
  readonly activeWindow: TimeWindow;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/**
 * How long have our customers been with us so far?
 *
 * No answer to "how long do they stay": the lapsed are those who left early enough to be seen leaving, the active have not
 * finished, and a mean over either or both is too short. For that question use {@link customerLifetimes} with
 * {@link kaplanMeier} (its median or restricted mean), which count the active as unfinished. A tenure in whole civil days; one purchase alone is a
 * tenure of 0 until `"lastPurchase"`.
 *
 * @param log - A transaction log. Customers from before its beginning look younger than they are.
 * @param options - `asOf`, `until` (default `"lastPurchase"`), `activeWindow` (default 12 months), `unit` (default `"day"`)
 * and what every metric takes.
 * @returns Summaries of all, active and lapsed customers and a table of them.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { observedTenure, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2022-01-01", amount: 900 },
 *     { customerId: "ani", at: "2024-01-01", amount: 400 },
 *     { customerId: "budi", at: "2021-01-01", amount: 100 },
 *     { customerId: "budi", at: "2021-04-11", amount: 100 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { all, active, lapsed } = observedTenure(log, { asOf: "2024-07-01" });
 * [all.mean, active.mean, lapsed.mean]; // => [415, 730, 100]
 * observedTenure(log, { asOf: "2024-07-01", until: "asOf" }).lapsed.mean; // => 1277
 * ```
 */
export function observedTenure(log: TransactionLog, options: ObservedTenureOptions): ObservedTenure {
  const facts = knownFacts(log, options);
  const { end, qualifies, asOf, timeZone } = facts;
  const { until = "lastPurchase", activeWindow = { months: 12 } } = options;
  assertOneOf(until, "options.until", ["lastPurchase", "asOf"]);
  const unit = tenureUnit(options);
  const activeFrom = calendarSpan(activeWindow, "options.activeWindow", timeZone).before(asOf);
  const dayOf = begunDayReader(timeZone);
  const today = dayOf(asOf);
  const columns = {
    customerId: [] as string[],
    firstAt: [] as number[],
    lastAt: [] as number[],
    active: [] as boolean[],
  };
  const days: number[] = [];
  for (let customer = 0; customer < end.length; customer++) {
    let first: number | null = null;
    let last = Number.NaN;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      if (qualifies && qualifies[row] === 0) continue;
      last = log.at[row];
      first ??= last;
    }
    if (first === null) continue;
    columns.customerId.push(log.customerIds[customer]);
    columns.firstAt.push(first);
    columns.lastAt.push(last);
    columns.active.push(last >= activeFrom);
    days.push((until === "asOf" ? today : dayOf(last)) - dayOf(first));
  }
  return {
    ...tenureSummaries(days, columns.active, unit),
    customers: table({ ...columns, tenure: days.map((count) => count / unit.days) }),
    until,
    activeWindow: { start: activeFrom, end: asOf },
    asOf,
    timeZone,
  };
}
