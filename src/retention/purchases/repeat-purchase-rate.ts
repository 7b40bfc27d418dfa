import { assertArgument, assertInteger } from "../../core/assert.js";
import type { Duration, TimeWindow } from "../../core/duration.js";
import type { Interval } from "../../core/interval.js";
import type { Rate } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { type KnownFacts, knownFacts, metricWindow } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { WindowedMetricOptions } from "../../history/metric-options.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type GroupedOptions, type GroupsIfAsked, groupsIfAsked } from "../groups-if-asked.js";
import { type CalendarSpan, calendarSpan } from "../lifetimes/calendar-span.js";
import { countedShare } from "../rates/counted-share.js";
import {
  type FirstPurchaseOptions,
  firstPurchaseWindow,
  type OccasionOptions,
  occasionOf,
  occasionReader,
} from "./purchase-occasions.js";

/** Whose purchases are counted, over what time, and what counts as one. */
export interface RepeatPurchaseOptions
  extends WindowedMetricOptions,
    FirstPurchaseOptions,
    OccasionOptions,
    ConfidenceOptions,
    GroupedOptions {
  /** How many purchases make a repeat buyer: 2 (default) or more. */
  readonly minimumPurchases?: number;
  /**
   * Counts each customer's purchases in `[first, first + within)`, and only customers for whom that time is over at
   * `asOf`. Not together with `window`.
   */
  readonly within?: Duration;
}

/** One row for each number of purchases that occurs, ascending. */
export interface PurchaseCountColumns {
  /** Number of purchases. */
  readonly purchases: readonly number[];
  /** Buyers with exactly so many. */
  readonly customers: readonly number[];
  /** Their share of all buyers, 0 to 1. */
  readonly share: readonly number[];
}

/** From one purchase to the next. */
export interface RepeatStep {
  /** Number of purchases that all of `reached` made: 1 for the step to the second purchase; with `window`, made in it. */
  readonly purchases: number;
  /** Buyers with so many purchases or more. */
  readonly reached: number;
  /** Those of them with at least one more. */
  readonly continued: number;
  /** Continued of reached. */
  readonly rate: Rate;
  /** Where the rate of such buyers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly interval: Interval | null;
}

/** How many of some buyers bought again. */
export interface RepeatPurchaseShares {
  /** Repeat buyers of buyers. */
  readonly rate: Rate;
  /** Where the rate of such buyers plausibly lies (Wilson 1927); `null` where the rate is. */
  readonly interval: Interval | null;
  /** Customers with a qualifying purchase who count. */
  readonly buyers: number;
  /** Those of them with `minimumPurchases` or more. */
  readonly repeatBuyers: number;
  /** With `within`: buyers who do not count, because their time is not over at `asOf`; otherwise 0. */
  readonly tooRecent: number;
  /** Purchases of the buyers who count. */
  readonly purchases: number;
  /** How many buyers made how many purchases. */
  readonly distribution: Table<PurchaseCountColumns>;
  /** From the first purchase to the second, to the third, and so on, up to the tenth step or the last purchase made. */
  readonly steps: readonly RepeatStep[];
}

/** How many buyers of one group bought again. */
export interface GroupRepeatPurchase extends RepeatPurchaseShares {
  /** The group's name; `null` for the customers who are in none. */
  readonly group: string | null;
}

/** How many buyers bought again. */
export interface RepeatPurchaseRate extends RepeatPurchaseShares {
  /**
   * In ascending order of name, the customers without a group (`null`) last; their counts add up to those of all
   * customers. `null` without `groupBy`.
   */
  readonly groups: readonly GroupRepeatPurchase[] | null;
  /** How many purchases make a repeat buyer. */
  readonly minimumPurchases: number;
  /** What one purchase is. */
  readonly occasion: "day" | "transaction";
  /** In which purchases count, its end never after `asOf`; `null`: in all time before `asOf`. */
  readonly window: TimeWindow | null;
  /** In which the first purchase of all had to lie; `null`: whenever. */
  readonly firstPurchaseIn: TimeWindow | null;
  /** For how long after it each customer's purchases count; `null`: however long. */
  readonly within: Duration | null;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/** Steps beyond hold few customers and would make a long list. */
const MAX_STEPS = 10;

/**
 * How many of our buyers bought again?
 *
 * Without `within` the rate compares customers of years with those of yesterday, who had no time to return: it falls when
 * many new customers come. With `within: { days: 90 }` each customer is looked at for the same time after the first
 * purchase, and those for whom it is not over are left out and counted as `tooRecent`.
 *
 * With `window` only purchases in it are counted, from the first in it on, which need not be a customer's first of all:
 * who bought twice in 2024, not who bought a second time. For new customers alone pass `firstPurchaseIn`.
 *
 * The steps say how likely a buyer with k purchases was to make one more. They suffer from the same shortage of time, the
 * later ones most; for the time to the next purchase with unfinished waits counted rightly see {@link purchaseWaits}
 * and {@link kaplanMeier}.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, `window`, `within`, `firstPurchaseIn`, `minimumPurchases` (default 2), `occasion` (default
 * `"day"`), `groupBy`, `confidenceLevel` (default 0.95) and what every metric takes.
 * @returns The rate with its counts, the distribution of purchases and the steps; the rate is `null`, with a reason, without
 * buyers.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when an option is unusable, or `window` and `within` are both given;
 * `UNKNOWN_TIME_ZONE`.
 * @example
 * ```ts
 * import { repeatPurchaseRate, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-05", amount: 900 },
 *     { customerId: "ani", at: "2024-02-10", amount: 400 },
 *     { customerId: "budi", at: "2024-01-20", amount: 100 },
 *     { customerId: "citra", at: "2024-06-20", amount: 100 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const all = repeatPurchaseRate(log, { asOf: "2024-07-01" });
 * all.rate; // ~> { value: 0.3333333, numerator: 1, denominator: 3, reason: null }
 * const soon = repeatPurchaseRate(log, { asOf: "2024-07-01", within: { days: 60 } });
 * soon.rate; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * soon.tooRecent; // => 1
 * ```
 */
export function repeatPurchaseRate(log: TransactionLog, options: RepeatPurchaseOptions): RepeatPurchaseRate {
  const facts = knownFacts(log, options);
  const { minimumPurchases = 2, within } = options;
  assertInteger(minimumPurchases, "options.minimumPurchases", 2);
  assertArgument(
    within === undefined || options.window === undefined,
    "options.within",
    () =>
      "options.within counts from each customer's first purchase, options.window in one window for all: pass one of them (firstPurchaseIn picks the customers of a window)",
  );
  const confidenceLevel = confidenceLevelOf(options);
  const occasion = occasionOf(options);
  const window = metricWindow(facts, options);
  const firstIn = firstPurchaseWindow(options, facts.timeZone);
  const span = within === undefined ? null : calendarSpan(within, "options.within", facts.timeZone);
  const groups = groupsIfAsked(facts, options);
  const tallies = purchaseCounts(facts, groups, { window, occasion, firstIn, span });
  const shares = (tally: PurchaseTally) => sharesOf(tally, minimumPurchases, confidenceLevel);
  return {
    ...shares({
      counts: tallies.flatMap(({ counts }) => counts),
      tooRecent: tallies.reduce((sum, { tooRecent }) => sum + tooRecent, 0),
    }),
    groups: groups.areAsked ? groups.names.map((group, i) => ({ group, ...shares(tallies[i]) })) : null,
    minimumPurchases,
    occasion,
    window: options.window ? window : null,
    firstPurchaseIn: firstIn,
    within: within === undefined ? null : { ...within },
    asOf: facts.asOf,
    timeZone: facts.timeZone,
  };
}

function sharesOf(
  { counts, tooRecent }: PurchaseTally,
  minimumPurchases: number,
  confidenceLevel: number,
): RepeatPurchaseShares {
  const buyers = counts.length;
  const repeatBuyers = counts.filter((count) => count >= minimumPurchases).length;
  const distribution = distributionOf(counts);
  return {
    ...countedShare(repeatBuyers, buyers, "buyers", confidenceLevel),
    buyers,
    repeatBuyers,
    tooRecent,
    purchases: counts.reduce((sum, count) => sum + count, 0),
    distribution,
    steps: stepsOf(distribution, confidenceLevel),
  };
}

/** Purchases of each buyer who counts, and how many do not count yet. */
interface PurchaseTally {
  readonly counts: readonly number[];
  readonly tooRecent: number;
}

/** A tally for each group. */
function purchaseCounts(
  facts: KnownFacts,
  { codes, names }: GroupsIfAsked,
  {
    window,
    occasion,
    firstIn,
    span,
  }: {
    readonly window: TimeWindow;
    readonly occasion: "day" | "transaction";
    readonly firstIn: TimeWindow | null;
    readonly span: CalendarSpan | null;
  },
): PurchaseTally[] {
  const { asOf } = facts;
  const all = { start: Number.NEGATIVE_INFINITY, end: asOf };
  const firstOf = firstIn ? occasionReader(facts, all, "transaction") : null;
  const instantsOf = occasionReader(facts, window, occasion);
  const tallies = names.map(() => ({ counts: [] as number[], tooRecent: 0 }));
  for (let customer = 0; customer < facts.end.length; customer++) {
    if (firstIn && firstOf) {
      const [first] = firstOf(customer);
      if (!(first >= firstIn.start && first < firstIn.end)) continue;
    }
    const instants = instantsOf(customer);
    if (instants.length === 0) continue;
    const [first] = instants;
    const tally = tallies[codes[customer]];
    if (!span) tally.counts.push(instants.length);
    else if (!span.isOver(first, asOf)) tally.tooRecent++;
    else tally.counts.push(instants.filter((at) => !span.isOver(first, at)).length);
  }
  return tallies;
}

function distributionOf(counts: readonly number[]): Table<PurchaseCountColumns> {
  const customersBy = new Map<number, number>();
  for (const count of counts) customersBy.set(count, (customersBy.get(count) ?? 0) + 1);
  const entries = [...customersBy].sort(([a], [b]) => a - b);
  return table({
    purchases: entries.map(([purchases]) => purchases),
    customers: entries.map(([, customers]) => customers),
    share: entries.map(([, customers]) => customers / counts.length),
  });
}

function stepsOf(distribution: Table<PurchaseCountColumns>, confidenceLevel: number): RepeatStep[] {
  const { purchases, customers } = distribution.columns;
  const withAtLeast = (count: number) =>
    customers.reduce((sum, many, i) => (purchases[i] >= count ? sum + many : sum), 0);
  const most = purchases.at(-1) ?? 0;
  return Array.from({ length: Math.min(most, MAX_STEPS) }, (_, i) => {
    const [reached, continued] = [withAtLeast(i + 1), withAtLeast(i + 2)];
    const share = countedShare(continued, reached, "buyers who got so far", confidenceLevel);
    return { purchases: i + 1, reached, continued, ...share };
  });
}
