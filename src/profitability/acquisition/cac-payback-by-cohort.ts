import { assertArgument, assertInRange, shown } from "../../core/assert.js";
import type { Period } from "../../core/period.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger, safeSum } from "../../core/safe-integer.js";
import { SHARE_ROUNDING } from "../../core/share-of-count.js";
import { byName } from "../../history/customer-groups.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import {
  type AcquisitionPeriodOptions,
  acquisitionPeriods,
  assertCells,
  indicesFrom,
} from "./acquisition-periods.js";
import { type AcquisitionSpend, type AcquisitionSpendOptions, readSpend } from "./acquisition-spend.js";
import { chargeSpend, costOfCustomer } from "./cac-by-source.js";
import { cohortReceipts } from "./cohort-receipts.js";
import { type AcquisitionSource, firstPurchases } from "./first-purchases.js";

/** What cohorts cost, and what of their receipts is margin. */
export interface CacPaybackByCohortOptions
  extends LogMetricOptions,
    AcquisitionPeriodOptions,
    AcquisitionSpendOptions {
  /** What was spent to win customers, as {@link cacBySource} takes it. Either this or `cac`. */
  readonly spend?: readonly AcquisitionSpend[] | undefined;
  /** What each customer cost, above 0, minor units: the same for all cohorts. Either this or `spend`. */
  readonly cac?: number | undefined;
  /** Keeps the cohorts of each source apart: `"channel"`, a map or a function of the customer id. Default: all sources together. */
  readonly source?: AcquisitionSource | undefined;
  /** What of net sales is margin, as a share, 1 at most: needed where the log has no costs, and refused where it has. */
  readonly grossMargin?: number | undefined;
}

/** When the customers won in one period had paid back what they cost. */
export interface CohortPayback {
  /** The period of acquisition; its label names the cohort. */
  readonly period: Period;
  /** Where they came from; `null` without `source`, and where it is not known. */
  readonly source: string | null;
  /** Customers acquired. */
  readonly customers: number;
  /** What they cost, minor units. */
  readonly spend: number;
  /** `spend / customers`; `null` without customers and without spend. */
  readonly cac: Rate;
  /** How many periods are over at `asOf`, that of acquisition included. */
  readonly observedPeriods: number;
  /** What a customer has brought in margin by the end of each of them, the first being that of acquisition: minor units. */
  readonly cumulativeMargin: readonly number[];
  /** Margin so far over spend: 1 is paid back. */
  readonly recovered: Rate;
  /** Periods until the margin first reached the cost, 1 when in that of acquisition; `null` while it has not. */
  readonly paybackPeriods: number | null;
  /** Label of the period in which it did. */
  readonly paidBackIn: string | null;
  /** Why `paybackPeriods` is `null`; `null` where it is a number. */
  readonly reason: string | null;
}

/** What cohorts had brought after a number of periods, all together. */
export interface PooledRecovery {
  /** After how many periods, that of acquisition included. */
  readonly periods: number;
  /** Cohorts with spend and customers of which so many periods are over: fewer as time goes on. */
  readonly cohorts: number;
  /** Their margin by then over their spend. */
  readonly recovered: Rate;
}

/** When each cohort paid back what it cost. */
export interface CacPaybackByCohort {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** Those with customers or spend: by period, and source by name in each, `null` last. */
  readonly cohorts: readonly CohortPayback[];
  /** After 1, 2, ... periods. */
  readonly pooled: readonly PooledRecovery[];
  /** Cohorts that have paid back, of those with spend and customers whose period is over. Young ones may still. */
  readonly paidBack: Rate;
}

/**
 * In which month had the customers whom we won together paid back what they cost?
 *
 * From what really came in: net sales less cost of each cohort, those who never bought again included, added up period by
 * period until it first reaches the spend of the cohort. Periods are those of the calendar and count only when they are over;
 * nothing is discounted or projected. Without `source` all spend is set against all customers; with it, spend of no source
 * stands against customers of none.
 *
 * @param log - A transaction log, with costs or a `grossMargin`.
 * @param options - `asOf`; `spend` (with `lag`, `hourlyRate`) or `cac`; `by` (default `"month"`), `source`, `grossMargin`,
 * `window` (of acquisition).
 * @returns The cohorts, and all of them together by age.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a spend breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { cacPaybackByCohort, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-10", amount: 500, cost: 300 },
 *     { customerId: "budi", at: "2024-01-20", amount: 300, cost: 200 },
 *     { customerId: "ani", at: "2024-02-05", amount: 900, cost: 500 },
 *     { customerId: "citra", at: "2024-02-20", amount: 900, cost: 800 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { cohorts } = cacPaybackByCohort(log, { asOf: "2024-03-01", cac: 300 });
 * cohorts.map(({ cumulativeMargin }) => cumulativeMargin); // => [[150, 350], [100]]
 * cohorts.map(({ paybackPeriods, paidBackIn }) => [paybackPeriods, paidBackIn]); // => [[2, "2024-02"], [null, null]]
 * ```
 */
export function cacPaybackByCohort(
  log: TransactionLog,
  options: CacPaybackByCohortOptions,
): CacPaybackByCohort {
  const facts = knownFacts(log, options);
  const { source, spend, cac, grossMargin } = options;
  const { asOf, timeZone } = facts;
  assertMargin(facts.cost !== null, grossMargin);
  assertCost(options);
  const periods = acquisitionPeriods(options, asOf, timeZone);
  const charged =
    spend &&
    chargeSpend(readSpend(spend, options, periods, asOf, timeZone, "options.spend"), options, periods, asOf);
  const firsts = firstPurchases(facts, source);
  const bought = firsts.at.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const earliest = bought === Number.POSITIVE_INFINITY ? bought : periods.indexOf(bought);
  const indices = indicesFrom(Math.min(earliest, charged?.earliest ?? earliest), periods);
  const spentOn = source === undefined || !charged ? [] : [...charged.bySource.keys()];
  const names = [...new Set([...firsts.sources, ...spentOn])].sort(byName);
  const observed = (index: number) => Math.max(0, periods.lastOver - index + 1);
  const ages = indices.length === 0 ? 0 : observed(indices[0]);
  assertCells(indices.length, names.length * ages, MOST_CELLS);
  const { customers: sizes, receipts } = cohortReceipts(facts, firsts, { periods, indices, names, ages });
  const spendOf = (index: number, name: string | null, customers: number): number => {
    if (!charged) return (cac ?? 0) * customers;
    const of = source === undefined ? [...charged.bySource.values()] : [charged.bySource.get(name)];
    const amounts = of.map((byPeriod) => byPeriod?.get(index) ?? 0);
    return safeSum(amounts, "options.spend", "the sum of the spend");
  };
  const found = indices.flatMap((index, i) => {
    const period = periods.at(index);
    return names.flatMap((name, place) => {
      const cell = i * names.length + place;
      const customers = sizes[cell];
      const amount = spendOf(index, name, customers);
      if (customers === 0 && amount === 0) return [];
      const own = receipts.subarray(cell * ages, cell * ages + observed(index));
      const totals = runningTotals(Array.from(own), grossMargin ?? 1);
      return [{ period, index, source: name, customers, spend: amount, totals }];
    });
  });
  const cohorts = found.map((cohort) => paybackOf(cohort, (place) => periods.at(cohort.index + place).label));
  const counted = found.filter(
    ({ customers, spend: amount, totals }) => customers * amount * totals.length > 0,
  );
  return {
    asOf,
    timeZone,
    currency: log.currency,
    cohorts,
    pooled: pooledRecoveries(counted),
    paidBack: ratio(
      cohorts.filter(({ paybackPeriods }) => paybackPeriods !== null).length,
      counted.length,
      "cohorts with spend and customers",
    ),
  };
}

const MOST_CELLS = 5_000_000;

interface FoundCohort {
  readonly period: Period;
  readonly source: string | null;
  readonly customers: number;
  readonly spend: number;
  /** Margin so far at the end of each period that is over. */
  readonly totals: readonly number[];
}

function paybackOf(
  { period, source, customers, spend, totals }: FoundCohort,
  labelOf: (place: number) => string,
): CohortPayback {
  const cac = costOfCustomer(spend, customers);
  const paidAt = cac.value === null ? -1 : totals.findIndex((total) => total >= dueOf(spend, total));
  const earned = totals.at(-1) ?? 0;
  return {
    period,
    source,
    customers,
    spend,
    cac,
    observedPeriods: totals.length,
    cumulativeMargin: customers === 0 ? [] : totals.map((total) => total / customers),
    recovered:
      totals.length === 0
        ? { value: null, numerator: 0, denominator: spend, reason: NOT_OVER }
        : ratio(earned, spend, "spend"),
    paybackPeriods: paidAt < 0 ? null : paidAt + 1,
    paidBackIn: paidAt < 0 ? null : labelOf(paidAt),
    reason:
      paidAt >= 0
        ? null
        : (cac.reason ??
          (totals.length === 0
            ? NOT_OVER
            : `after ${totals.length} ${totals.length === 1 ? "period" : "periods"} ${spend - earned} of ${spend} is still to be earned back`)),
  };
}

/** Whole amounts are exact; in shares and means, what lacks nothing but rounding is paid. */
function dueOf(spend: number, total: number): number {
  return Number.isInteger(spend) && Number.isInteger(total) ? spend : spend * (1 - SHARE_ROUNDING);
}

const NOT_OVER = "the period of acquisition is not over at asOf";

function runningTotals(receipts: readonly number[], margin: number): number[] {
  let total = 0;
  return receipts.map((receipt) => {
    total = safeInteger(total + receipt, "log", "the margin of a cohort");
    return total * margin + 0;
  });
}

/** Margins are whole with costs, and shares of whole numbers with a gross margin. */
function safeMargin(value: number): number {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? value + 0
    : safeInteger(value, "log", "the margin of a cohort");
}

function pooledRecoveries(cohorts: readonly FoundCohort[]): PooledRecovery[] {
  const longest = cohorts.reduce((most, { totals }) => Math.max(most, totals.length), 0);
  return Array.from({ length: longest }, (_, place) => {
    const old = cohorts.filter(({ totals }) => totals.length > place);
    const sum = (of: (cohort: FoundCohort) => number) =>
      old.reduce((all, cohort) => safeMargin(all + of(cohort)), 0);
    return {
      periods: place + 1,
      cohorts: old.length,
      recovered: ratio(
        sum(({ totals }) => totals[place]),
        sum(({ spend }) => spend),
        "spend",
      ),
    };
  });
}

function assertMargin(hasCost: boolean, grossMargin: number | undefined): void {
  const path = "options.grossMargin";
  if (grossMargin !== undefined) assertInRange(grossMargin, path, -Number.MAX_VALUE, 1);
  assertArgument(hasCost !== (grossMargin !== undefined), path, () =>
    hasCost
      ? `${path} is given, and log has costs: leave it out`
      : `${path} is missing, and log has no costs: pass the share of net sales that is margin, 0.4 say`,
  );
}

function assertCost({ spend, cac, lag, hourlyRate }: CacPaybackByCohortOptions): void {
  assertArgument(
    (spend === undefined) !== (cac === undefined),
    "options.spend",
    () => `options has ${spend ? "both spend and" : "neither spend nor"} cac: pass one of them`,
  );
  if (cac === undefined) return;
  assertArgument(
    typeof cac === "number" && cac > 0 && cac <= Number.MAX_SAFE_INTEGER,
    "options.cac",
    () => `options.cac is ${shown(cac)}: pass minor units above 0, up to 2^53 - 1`,
  );
  const given = lag === undefined ? "hourlyRate" : "lag";
  assertArgument(
    lag === undefined && hourlyRate === undefined,
    `options.${given}`,
    () => `options.${given} is of spend, and options.cac is given: leave it out`,
  );
}
