import { assertArgument, assertInteger } from "../../core/assert.js";
import { type Period, type PeriodOptions, type PeriodSpec, periodAt } from "../../core/period.js";
import { periodOptionReader } from "../../core/period-option.js";
import { type Table, table } from "../../core/table.js";
import { exactSum, type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type SeriesSlope, seriesSlopeReader } from "../../statistics/theil-sen-series.js";

/** What a {@link customerTrend} is asked. */
export interface CustomerTrendOptions
  extends LogMetricOptions,
    Omit<PeriodOptions, "timeZone">,
    ConfidenceOptions {
  /** The calendar period whose sales are compared; default `"month"`. A season inside the year asks for years, or `periods` of whole years. */
  readonly by?: PeriodSpec;
  /** How many complete periods before `asOf` to look at, 3 to 1,000; default 12. */
  readonly periods?: number;
  /** With fewer periods a customer's direction is not told, 3 or more; default 6. */
  readonly minimumPeriods?: number;
}

/**
 * Where a customer's sales go: `"rising"` or `"falling"` where the whole interval lies on one side of zero, `"level"` where
 * all of it is zero (no sales, always the same, or so few that nearly all periods are equal), `"unclear"` where zero is inside
 * or at its end, `"tooShort"` with fewer periods than `minimumPeriods` or than the confidence level needs.
 */
export type TrendDirection = "rising" | "falling" | "level" | "unclear" | "tooShort";

/** One row a customer of {@link CustomerTrend}, in the log's order. */
export interface CustomerTrendColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Where their sales go. */
  readonly direction: readonly TrendDirection[];
  /** Change of sales from one period to the next, minor units, not rounded; `null` with fewer than `minimumPeriods`. */
  readonly slope: readonly (number | null)[];
  /** Lower limit of the slope; `null` where the direction is `"tooShort"`. */
  readonly lower: readonly (number | null)[];
  /** Upper limit; `null` as the lower. */
  readonly upper: readonly (number | null)[];
  /** `slope` of the mean sales of a period: -0.05 is a loss of 5 % a period; `null` without a slope or where that mean is zero or less. */
  readonly relativeSlope: readonly (number | null)[];
  /** Periods that were compared. */
  readonly periods: readonly number[];
  /** Sales in these periods net of returns, minor units. */
  readonly sales: readonly number[];
}

/** Where sales go, customer by customer. */
export interface CustomerTrend {
  /** Everyone with a qualifying purchase before `asOf`. */
  readonly customers: Table<CustomerTrendColumns>;
  /** How many go where. */
  readonly counts: { readonly [Direction in TrendDirection]: number };
  /**
   * How many would look rising, and as many falling, if nobody's sales had a trend: `(1 - confidenceLevel) / 2` of those that
   * rise, fall or are unclear. Counts near it say nothing.
   */
  readonly expectedByChance: number;
  /** The first period looked at. */
  readonly first: Period;
  /** The last one, over at `asOf`. */
  readonly last: Period;
  /** Level of the intervals. */
  readonly confidenceLevel: number;
  /** ISO 4217 code of the amounts. */
  readonly currency: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
}

/**
 * Whose sales are rising, whose are falling, and how sure is that?
 *
 * The slope of Theil (1950) and Sen (1968) through each customer's sales by period, with its distribution-free interval: one
 * large order does not make a trend. Only complete periods count, and those without a purchase count as zero. A customer's
 * periods begin after the one of the first purchase, which is cut short and never empty, and so would make everybody fall.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `by` (default `"month"`), `periods` (default 12), `minimumPeriods` (default 6), `confidenceLevel`.
 * @returns One row a customer, and how many go where.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is unusable; `UNKNOWN_TIME_ZONE`, `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { customerTrend, row, transactionLog } from "clientele";
 *
 * const months = [700, 680, 660, 640, 620, 600, 580, 560].map((amount, i) => ({
 *   customerId: "ani",
 *   at: `2024-0${i + 1}-15`,
 *   amount,
 * }));
 * const log = transactionLog(months, { currency: "IDR" });
 * const { customers, counts } = customerTrend(log, { asOf: "2024-09-01" });
 * const { direction, slope, periods } = row(customers, 0);
 * [direction, slope, periods]; // => ["falling", -20, 7]
 * counts.falling; // => 1
 * ```
 */
export function customerTrend(log: TransactionLog, options: CustomerTrendOptions): CustomerTrend {
  const facts = knownFacts(log, options);
  const { by = "month", periods = 12, minimumPeriods = 6, weekStartsOn, firstMonth } = options;
  assertInteger(periods, "options.periods", 3, 1000);
  assertInteger(minimumPeriods, "options.minimumPeriods", 3);
  assertArgument(
    minimumPeriods <= periods,
    "options.minimumPeriods",
    () =>
      `options.minimumPeriods is ${minimumPeriods}, more than the ${periods} periods looked at: pass fewer`,
  );
  const confidenceLevel = confidenceLevelOf(options);
  const { asOf, timeZone, end, net } = facts;
  const calendar = { timeZone, weekStartsOn, firstMonth };
  // The period that holds asOf is not over.
  const indexOf = periodOptionReader(by, calendar, "options.by");
  const after = indexOf(asOf);
  const begin = after - periods;
  const first = periodAt(begin, by, calendar);
  const last = periodAt(after - 1, by, calendar);
  const { firstRow, present } = firstQualifyingRows(facts);
  const column = <Cell>(): Cell[] => new Array<Cell>(present);
  const columns = {
    customerId: column<string>(),
    direction: column<TrendDirection>(),
    slope: column<number | null>(),
    lower: column<number | null>(),
    upper: column<number | null>(),
    relativeSlope: column<number | null>(),
    periods: column<number>(),
    sales: column<number>(),
  };
  const counts = { rising: 0, falling: 0, level: 0, unclear: 0, tooShort: 0 };
  const trendOf = trendReader(periods, confidenceLevel);
  const series = new Float64Array(periods);
  let place = 0;
  for (let customer = 0; customer < end.length; customer++) {
    const row = firstRow[customer];
    if (row === end[customer]) continue;
    const from = Math.max(begin, indexOf(log.at[row]) + 1);
    const length = Math.max(0, after - from);
    series.fill(0);
    let sales = 0;
    // From the latest on: the earlier ones are not all looked at.
    for (let late = end[customer] - 1; late >= row; late--) {
      if (log.at[late] >= last.end) continue;
      const period = indexOf(log.at[late]) - from;
      if (period < 0) break;
      series[period] += net[late];
      sales += net[late];
    }
    const line = length < minimumPeriods ? null : trendOf(series, length);
    const direction = line === null || line.lower === null ? "tooShort" : directionOf(line.lower, line.upper);
    counts[direction]++;
    const mean = length === 0 ? 0 : sales / length;
    columns.customerId[place] = log.customerIds[customer];
    columns.direction[place] = direction;
    columns.slope[place] = line === null ? null : line.slope;
    columns.lower[place] = line === null ? null : line.lower;
    columns.upper[place] = line === null ? null : line.upper;
    columns.relativeSlope[place] = line !== null && mean > 0 ? line.slope / mean : null;
    columns.periods[place] = length;
    columns.sales[place++] = exactSum(sales, log.customerIds[customer]);
  }
  const moving = counts.rising + counts.falling + counts.unclear;
  return {
    customers: table<CustomerTrendColumns>(columns),
    counts,
    expectedByChance: ((1 - confidenceLevel) / 2) * moving,
    first,
    last,
    confidenceLevel,
    currency: log.currency,
    asOf,
    timeZone,
  };
}

/** The row of each customer's first qualifying purchase, the end of their rows where there is none; and how many have one. */
function firstQualifyingRows({ log, end, qualifies }: KnownFacts): {
  firstRow: Uint32Array;
  present: number;
} {
  const firstRow = new Uint32Array(end.length);
  let present = 0;
  for (let customer = 0; customer < end.length; customer++) {
    let row = log.offsets[customer];
    if (qualifies) while (row < end[customer] && qualifies[row] === 0) row++;
    firstRow[customer] = row;
    if (row < end[customer]) present++;
  }
  return { firstRow, present };
}

const FLAT: Readonly<SeriesSlope> = { slope: 0, lower: 0, upper: 0 };

function trendReader(periods: number, confidenceLevel: number) {
  const slopeOf = seriesSlopeReader(periods, confidenceLevel);
  return (series: Float64Array, length: number): Readonly<SeriesSlope> => {
    // Most customers of many bases have not bought for long: nothing to compare.
    for (let i = 1; i < length; i++) if (series[i] !== series[0]) return slopeOf(series, length);
    return FLAT;
  };
}

function directionOf(lower: number, upper: number | null): TrendDirection {
  if (lower > 0) return "rising";
  if (upper !== null && upper < 0) return "falling";
  return lower === 0 && upper === 0 ? "level" : "unclear";
}
