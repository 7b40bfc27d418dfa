import { assertOptions } from "../../core/assert.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Period } from "../../core/period.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { assertTimeZone } from "../../core/time-zone.js";
import { byName } from "../../history/customer-groups.js";
import {
  type AcquisitionPeriodOptions,
  type AcquisitionPeriods,
  acquisitionPeriods,
  assertCells,
  indicesFrom,
} from "./acquisition-periods.js";
import { type AcquisitionRow, type AcquisitionTable, eachAcquisition } from "./acquisition-rows.js";
import {
  type AcquisitionSpend,
  type AcquisitionSpendOptions,
  lagReader,
  type ReadSpend,
  readSpend,
} from "./acquisition-spend.js";

/** How spend is set against the customers that it brought. */
export interface CacBySourceOptions extends AcquisitionPeriodOptions, AcquisitionSpendOptions {
  /** Acquisitions and spend at this instant or later do not exist yet. */
  readonly asOf: Instant;
  /**
   * IANA zone of civil days and periods; default that of the result of {@link acquiredCustomers} (its rows say none), or else
   * `"UTC"`.
   */
  readonly timeZone?: string | undefined;
}

/** What it cost to win the customers of one source. */
export interface CacOfSource {
  /** The source; `null`: customers from nobody knows where, and spend on no source in particular. */
  readonly source: string | null;
  /** `"paid"`: with spend in the same periods; `"organic"`: without; `"unattributed"`: the source `null`. */
  readonly kind: "paid" | "organic" | "unattributed";
  /** Customers acquired. */
  readonly customers: number;
  /** Spend on them, minor units: that of `lag` periods before. */
  readonly spend: number;
  /** `spend / customers`, minor units; `null` without customers, and without spend: no cost is known, which is not a cost of 0. */
  readonly cac: Rate;
  /** Of all spend. */
  readonly shareOfSpend: Rate;
  /** Of all customers. */
  readonly shareOfCustomers: Rate;
}

/** What it cost to win customers, all sources together. */
export interface CacTotals {
  /** Customers acquired. */
  readonly customers: number;
  /** All spend, unattributed spend too, minor units. */
  readonly spend: number;
  /** All spend over all customers. */
  readonly blendedCac: Rate;
  /** Spend on paid sources over the customers of paid sources. */
  readonly paidCac: Rate;
  /** Customers of sources without spend, of all customers. */
  readonly organicShare: Rate;
  /** By name, `null` last; the same in each period. */
  readonly sources: readonly CacOfSource[];
}

/** What it cost to win the customers of one period. */
export interface CacOfPeriod extends CacTotals {
  /** The period of acquisition. */
  readonly period: Period;
  /** Whether it is over at `asOf`; one that is not is in no total. */
  readonly isOver: boolean;
}

/** Customer acquisition cost. */
export interface CacBySource extends CacTotals {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** Of acquisition: those of the window, or from the first with a customer or spend to that of `asOf`, without a gap. */
  readonly periods: readonly CacOfPeriod[];
  /** What counts nowhere, beside what lies outside the window. */
  readonly leftOut: {
    /** Customers acquired at `asOf` or later. */
    readonly customersAfterAsOf: number;
    /** Spend at `asOf` or later, minor units. */
    readonly spendAfterAsOf: number;
    /** Spend whose customers are due, after the lag, in a period that has not begun at `asOf`, minor units. */
    readonly spendNotYetDue: number;
  };
}

/**
 * What does it cost us to win a customer: from each source, from the paid ones, and in all?
 *
 * CAC is the spend of a period over the customers acquired in it (Farris, Bendle, Pfeifer & Reibstein 2010, "average
 * acquisition cost"). Blended, it flatters by all who came of themselves; paid, it leaves out whoever advertising sent by
 * other ways. It is an average: what one customer more costs is most often dearer. Spend is charged to the period in which
 * its customers are due, `lag` periods later; totals are those of the periods that are over.
 *
 * @param acquired - The table of {@link acquiredCustomers}, or rows, each a customer or a count of them.
 * @param spend - One row for each amount: `source`, `at` or `period`, `amount` or `hours`; all in one currency.
 * @param options - `asOf`, `by` (default `"month"`), `lag`, `hourlyRate`, `window` (of acquisition), `timeZone`.
 * @returns The cost of a customer in all, by source and by period.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an acquisition or a spend breaks a rule or a customer comes a second
 * time; `INVALID_ARGUMENT`;
 * `UNKNOWN_TIME_ZONE`; `UNKNOWN_COLUMN`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { cacBySource } from "clientele";
 *
 * const { blendedCac, paidCac, sources } = cacBySource(
 *   [
 *     { at: "2024-01-10", source: "ads", customers: 40 },
 *     { at: "2024-01-20", source: "search", customers: 10 },
 *   ],
 *   [{ at: "2024-01-01", source: "ads", amount: 60000 }],
 *   { asOf: "2024-02-01" },
 * );
 * [blendedCac.value, paidCac.value]; // => [1200, 1500]
 * sources.map(({ source, kind, cac }) => [source, kind, cac.value]); // => [["ads", "paid", 1500], ["search", "organic", null]]
 * ```
 */
export function cacBySource(
  acquired: readonly AcquisitionRow[] | AcquisitionTable,
  spend: readonly AcquisitionSpend[],
  options: CacBySourceOptions,
): CacBySource {
  return cacOfSpend(acquired, spend, options, "spend");
}

/** The same, with `path` for what is wrong with the spend. @internal */
export function cacOfSpend(
  acquired: readonly AcquisitionRow[] | AcquisitionTable,
  spend: readonly AcquisitionSpend[],
  options: CacBySourceOptions,
  path: string,
): CacBySource {
  assertOptions(options, "{ asOf }");
  const itsZone = Array.isArray(acquired) ? undefined : (acquired as AcquisitionTable | null)?.timeZone;
  const timeZone = options.timeZone ?? itsZone ?? "UTC";
  assertTimeZone(timeZone, options.timeZone === undefined ? "acquired.timeZone" : "options.timeZone");
  const asOf = epochMs(options.asOf, "options.asOf", timeZone);
  const periods = acquisitionPeriods(options, asOf, timeZone);
  const won = countAcquired(acquired, periods, asOf, timeZone);
  const paid = chargeSpend(readSpend(spend, options, periods, asOf, timeZone, path), options, periods, asOf);
  const names = [...new Set([...won.bySource.keys(), ...paid.bySource.keys()])].sort(byName);
  const indices = indicesFrom(Math.min(won.earliest, paid.earliest), periods);
  assertCells(indices.length, names.length);
  const over = indices.filter((index) => index <= periods.lastOver);
  const totals = (of: readonly number[]) =>
    cacTotals(
      names.map((source) => ({
        source,
        customers: sumOf(won.bySource.get(source), of, "acquired", "the sum of the customers"),
        spend: sumOf(paid.bySource.get(source), of, "spend", "the sum of the spend"),
      })),
    );
  return {
    asOf,
    timeZone,
    ...totals(over),
    periods: indices.map((index) => ({
      period: periods.at(index),
      isOver: index <= periods.lastOver,
      ...totals([index]),
    })),
    leftOut: {
      customersAfterAsOf: won.afterAsOf,
      spendAfterAsOf: paid.afterAsOf,
      spendNotYetDue: paid.notYetDue,
    },
  };
}

type ByPeriod = Map<number, number>;

function add(sums: Map<string | null, ByPeriod>, source: string | null, index: number, value: number): void {
  const own = sums.get(source) ?? new Map<number, number>();
  if (own.size === 0) sums.set(source, own);
  own.set(index, (own.get(index) ?? 0) + value);
}

function countAcquired(
  acquired: readonly AcquisitionRow[] | AcquisitionTable,
  { indexOf }: AcquisitionPeriods,
  asOf: number,
  timeZone: string,
) {
  const bySource = new Map<string | null, ByPeriod>();
  let earliest = Number.POSITIVE_INFINITY;
  let afterAsOf = 0;
  eachAcquisition(acquired, timeZone, (at, source, customers) => {
    if (at >= asOf) {
      afterAsOf = safeInteger(afterAsOf + customers, "acquired", "the sum of the customers");
      return;
    }
    const index = indexOf(at);
    if (index < earliest) earliest = index;
    add(bySource, source, index, customers);
  });
  return { bySource, earliest, afterAsOf };
}

/** Spend by the period in which its customers are due. @internal */
export function chargeSpend(
  { rows, afterAsOf }: ReadSpend,
  options: AcquisitionSpendOptions,
  { indexOf }: AcquisitionPeriods,
  asOf: number,
) {
  const lagOf = lagReader(options);
  const bySource = new Map<string | null, ByPeriod>();
  let earliest = Number.POSITIVE_INFINITY;
  let notYetDue = 0;
  const running = indexOf(asOf - 1);
  for (const { source, index: spentIn, amount } of rows) {
    const index = spentIn + lagOf(source);
    if (index > running) notYetDue += amount;
    else {
      earliest = Math.min(earliest, index);
      add(bySource, source, index, amount);
    }
  }
  const what = "the sum of the spend that is not due yet";
  return { bySource, earliest, afterAsOf, notYetDue: safeInteger(notYetDue, "spend", what) };
}

function sumOf(sums: ByPeriod | undefined, indices: readonly number[], path: string, what: string): number {
  let sum = 0;
  for (const index of indices) sum = safeInteger(sum + (sums?.get(index) ?? 0), path, what);
  return sum;
}

function cacTotals(sums: readonly Pick<CacOfSource, "source" | "customers" | "spend">[]): CacTotals {
  const cells = sums.map((cell) => ({ ...cell, kind: kindOf(cell) }));
  const sum = (field: "customers" | "spend", kind?: CacOfSource["kind"]) =>
    cells.reduce((all, cell) => (kind === undefined || cell.kind === kind ? all + cell[field] : all), 0);
  const customers = safeInteger(sum("customers"), "acquired", "the sum of the customers");
  const spend = safeInteger(sum("spend"), "spend", "the sum of the spend");
  return {
    customers,
    spend,
    blendedCac: costOfCustomer(spend, customers),
    paidCac: costOfCustomer(sum("spend", "paid"), sum("customers", "paid")),
    organicShare: ratio(sum("customers", "organic"), customers, "customers acquired"),
    sources: cells.map((cell) => ({
      ...cell,
      cac: costOfCustomer(cell.spend, cell.customers),
      shareOfSpend: ratio(cell.spend, spend, "spend"),
      shareOfCustomers: ratio(cell.customers, customers, "customers acquired"),
    })),
  };
}

function kindOf({ source, spend }: Pick<CacOfSource, "source" | "spend">): CacOfSource["kind"] {
  return source === null ? "unattributed" : spend > 0 ? "paid" : "organic";
}

/** Spend of 0 is not a cost of 0: who came without has a cost that nobody wrote down, or none. @internal */
export function costOfCustomer(spend: number, customers: number): Rate {
  return spend > 0 || customers === 0
    ? ratio(spend, customers, "customers acquired")
    : { value: null, numerator: spend, denominator: customers, reason: "spend: 0" };
}
