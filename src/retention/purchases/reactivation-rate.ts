import { assertArgument, shown } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import type { Instant } from "../../core/instant.js";
import type { Interval } from "../../core/interval.js";
import type { Rate } from "../../core/rate.js";
import { windowOption } from "../../core/window-option.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type GroupedOptions, groupsIfAsked } from "../groups-if-asked.js";
import { countedShare } from "../rates/counted-share.js";
import { notOver } from "../rates/windows.js";

/** Through which window a customer has to have been inactive, and in which a purchase counts as coming back. */
export interface ReactivationOptions extends LogMetricOptions, ConfidenceOptions, GroupedOptions {
  /** Half-open `[start, end)`: who bought before it, and not in it, is inactive. */
  readonly previous: { readonly start: Instant; readonly end: Instant };
  /** Half-open `[start, end)`, not before the end of `previous`: an inactive customer who buys in it has come back. */
  readonly current: { readonly start: Instant; readonly end: Instant };
}

/** How many of some inactive customers came back. */
export interface ReactivationShares {
  /** Reactivated of inactive customers. */
  readonly rate: Rate;
  /** Where the rate of such customers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly interval: Interval | null;
  /** Customers who bought before `previous` began, and not again until `current` began. */
  readonly inactive: number;
  /** Those of them who bought in `current`. */
  readonly reactivated: number;
}

/** How many of the inactive customers of one group came back. */
export interface GroupReactivation extends ReactivationShares {
  /** The group's name; `null` for the customers who are in none. */
  readonly group: string | null;
}

/** How many of the inactive customers came back. */
export interface ReactivationRate extends ReactivationShares {
  /**
   * In ascending order of name, the customers without a group (`null`) last; their counts add up to those of all
   * customers. `null` without `groupBy`.
   */
  readonly groups: readonly GroupReactivation[] | null;
  /** Without a purchase in it a customer is inactive. */
  readonly previous: TimeWindow;
  /** In which inactive customers had to buy. */
  readonly current: TimeWindow;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/**
 * How many of the customers who had stopped buying came back?
 *
 * The base is every customer whose last qualifying purchase before `current` lies before `previous`: it shows what the
 * retention rate leaves out. Customers who buy for the first time are in neither number. Where the two windows do not
 * touch, a purchase between them takes a customer out of the base too.
 *
 * A current window that is not over at `asOf` gives no rate, only counts so far.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, the two windows, `groupBy`, `confidenceLevel` (default 0.95) and what every metric takes.
 * @returns The rate with its counts; `null`, with a reason, where no customer was inactive, or a window is
 * empty or not over.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a window ends before it starts or the two overlap;
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { reactivationRate, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2022-03-01", amount: 900 },
 *     { customerId: "budi", at: "2022-08-01", amount: 100 },
 *     { customerId: "ani", at: "2024-05-01", amount: 500 },
 *     { customerId: "citra", at: "2024-06-01", amount: 200 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const { rate } = reactivationRate(log, {
 *   asOf: "2025-01-01",
 *   previous: { start: "2023-01-01", end: "2024-01-01" },
 *   current: { start: "2024-01-01", end: "2025-01-01" },
 * });
 * rate; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * ```
 */
export function reactivationRate(log: TransactionLog, options: ReactivationOptions): ReactivationRate {
  const facts = knownFacts(log, options);
  const { end, qualifies, asOf, timeZone } = facts;
  const confidenceLevel = confidenceLevelOf(options);
  const previous = windowOption(options.previous, "options.previous", timeZone);
  const current = windowOption(options.current, "options.current", timeZone);
  assertArgument(
    previous.end <= current.start,
    "options.current",
    () =>
      `options.current starts ${shown(options.current.start)}, before options.previous ends ${shown(options.previous.end)}: pass windows that do not overlap, the earlier one as previous`,
  );
  const { codes, names, areAsked } = groupsIfAsked(facts, options);
  const inactive = names.map(() => 0);
  const reactivated = names.map(() => 0);
  for (let customer = 0; customer < end.length; customer++) {
    let lastBefore = Number.NaN;
    let isBack = false;
    for (let row = log.offsets[customer]; row < end[customer]; row++) {
      const at = log.at[row];
      if (at >= current.end) break;
      if (qualifies && qualifies[row] === 0) continue;
      if (at < current.start) lastBefore = at;
      else isBack = true;
    }
    // False for NaN too: who had not bought before cannot come back.
    if (!(lastBefore < previous.start)) continue;
    inactive[codes[customer]]++;
    if (isBack) reactivated[codes[customer]]++;
  }
  const withheld =
    notOver(previous, asOf, "the previous period") ?? notOver(current, asOf, "the current period");
  return {
    ...reactivationByGroup({ inactive, reactivated }, areAsked ? names : null, confidenceLevel, withheld),
    previous,
    current,
    asOf,
    timeZone,
  };
}

/** The shares of all customers, and of each group; the counts are by group. @internal */
export function reactivationByGroup(
  {
    inactive,
    reactivated,
  }: { readonly inactive: readonly number[]; readonly reactivated: readonly number[] },
  names: readonly (string | null)[] | null,
  confidenceLevel: number,
  withheld: string | null = null,
): ReactivationShares & Pick<ReactivationRate, "groups"> {
  const shares = (lost: number, back: number): ReactivationShares => ({
    ...countedShare(back, lost, "inactive customers", confidenceLevel, withheld),
    inactive: lost,
    reactivated: back,
  });
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    ...shares(sum(inactive), sum(reactivated)),
    groups: names?.map((group, i) => ({ group, ...shares(inactive[i], reactivated[i]) })) ?? null,
  };
}
