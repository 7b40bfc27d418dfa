import { assertArgument, assertInteger, assertOneOf, shown } from "../core/assert.js";
import type { TimeWindow } from "../core/duration.js";
import { epochMs } from "../core/instant.js";
import { type Table, table } from "../core/table.js";
import { isLog, type TransactionLog } from "../history/log-columns.js";
import type { WindowedMetricOptions } from "../history/metric-options.js";
import { type RfmSummaryColumns, rfmSummary } from "../history/rfm-summary.js";
import {
  type CutsByDimension,
  memberColumns,
  type RfmMemberColumns,
  type RfmSegment,
  segmentsOf,
} from "./rfm-members.js";
import { namedCells, type RfmBins, type RfmSegmentRule, rfmSegmentGrid } from "./rfm-segment-grid.js";
import { checkedRfmValues, type RfmValues, type ScorableCustomers, scorable } from "./rfm-values.js";
import { type AtCut, fixedCuts, quantileCuts } from "./score-cuts.js";

/** The cuts between the scores, ascending: one fewer than there are scores. */
export interface RfmCuts {
  /** In the unit of recency: days, on a log. A value past more cuts has a lower score. */
  readonly recency: readonly number[];
  /** In purchases. A value past more cuts has a higher score. */
  readonly frequency: readonly number[];
  /** In the unit of the money: minor units, on a log. A value past more cuts has a higher score. */
  readonly monetary: readonly number[];
}

/** How customers are scored and named. */
export interface RfmOptions {
  /** How many scores, 2 to 100, for all dimensions or for each; default 5. Their cuts are quantiles of the customers scored. */
  readonly bins?: number | Partial<RfmBins>;
  /**
   * Your own cuts, for the dimensions that shall not be cut at quantiles: `{ recency: [30, 90, 180, 365] }`. Pass the
   * `cuts` of an earlier result to hold today's customers against that day's.
   */
  readonly cuts?: Partial<RfmCuts>;
  /**
   * Where a value stands that equals a cut: `"below"` it (default: bins are `(lower, upper]`) or `"above"` it
   * (`[lower, upper)`), in the numbers of the dimension. Two purchases at a frequency cut of 2 are past it with `"above"` alone.
   */
  readonly atCut?: "below" | "above";
  /**
   * Names of the cells of scores, each named exactly once. Default {@link rfmSegmentGrid} where recency and frequency
   * have five scores, otherwise none: segments are then `null`.
   */
  readonly grid?: readonly RfmSegmentRule[];
}

/** How the customers of a log are scored and named. */
export interface RfmLogOptions extends RfmOptions, WindowedMetricOptions {}

/** Customers scored by recency, frequency and money. */
export interface RfmScores {
  /** Every customer who has bought. */
  readonly members: Table<RfmMemberColumns>;
  /** Every segment of the grid, in its order, also those that nobody is in; empty when there is no grid. */
  readonly segments: readonly RfmSegment[];
  /** How many scores each dimension has. */
  readonly bins: RfmBins;
  /** The cuts that were used; equal ones where many customers share a value, and no customer has the score between. `null` when no customer has bought and there are quantiles to find. */
  readonly cuts: RfmCuts | null;
  /** Where a value stands that equals a cut. */
  readonly atCut: "below" | "above";
  /** The rules behind the names; `null` when there are none. */
  readonly grid: readonly RfmSegmentRule[] | null;
  /**
   * Those without a qualifying purchase (in the window, where one is given): they have no scores and are in no segment.
   * Of a log: who had a transaction before `asOf`.
   */
  readonly unscored: {
    /** How many. */
    readonly customers: number;
    /** Who, in the order of the input. */
    readonly customerIds: readonly string[];
  };
  /** Of a log: the instant that recency is counted to, epoch milliseconds; otherwise `null`. */
  readonly asOf: number | null;
  /** Of a log: the part of the time that counts, as it was given, epoch milliseconds; `null` where none was given. */
  readonly window: TimeWindow | null;
  /** Of a log: the IANA zone in which days were counted; otherwise `null`. */
  readonly timeZone: string | null;
  /** Of a log: its ISO 4217 code; otherwise `null`. */
  readonly currency: string | null;
}

/**
 * Who bought recently, often and for much?
 *
 * Each customer gets a score from 1 to 5 for recency (5 the most recent), frequency and money, and the name of the
 * cell. By default the cuts are the quantiles of the customers scored (type 7 of Hyndman & Fan 1996); equal values
 * never get different scores, so bins are not of one size, and where a fifth of the customers or more share a value a
 * score may be left out. The score is 1 + the number of cuts that the value exceeds, for recency turned round.
 * Multiplying the money of all customers by one positive number changes no score. Fixed cuts compare over time; quantiles do
 * not: a shop that shrinks has its share of fives all the same.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, a `window` where only a part of the time counts, and how to score.
 * @returns The scores, the segments with their shares, and those who could not be scored.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when cuts do not ascend, or the grid names a cell twice or not at all;
 * `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { rfm, row, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-02-28", amount: 900 },
 *     { customerId: "ani", at: "2024-02-29", amount: 700 },
 *     { customerId: "budi", at: "2023-06-01", amount: 200 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const cuts = { recency: [30, 90, 180, 365], frequency: [1, 2, 3, 4], monetary: [300, 600, 1200, 2400] };
 * const scores = rfm(log, { asOf: "2024-03-10", cuts });
 * row(scores.members, 0).code; // => "5-2-4"
 * row(scores.members, 1).segment; // => "Hibernating"
 * ```
 */
export function rfm(log: TransactionLog, options: RfmLogOptions): RfmScores;
/**
 * Who bought recently, often and for much, by numbers from elsewhere?
 *
 * @param values - Recency, frequency and money of each customer: rows, or a table with these columns. Each customer once.
 * @param options - How to score.
 * @returns The scores, the segments with their shares, and those who could not be scored.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a value is unusable or a customer comes twice; otherwise as above.
 * @example
 * ```ts
 * import { rfm } from "clientele";
 *
 * const values = [1, 2, 3, 4, 5].map((i) => ({ customerId: `c${i}`, recency: 10 * i, frequency: i, monetary: 100 * i }));
 * rfm(values).members.columns.code; // => ["5-1-1", "4-2-2", "3-3-3", "2-4-4", "1-5-5"]
 * rfm(values).cuts?.recency; // => [18, 26, 34, 42]
 * ```
 */
export function rfm(values: Table<RfmSummaryColumns> | readonly RfmValues[], options?: RfmOptions): RfmScores;
export function rfm(
  input: TransactionLog | Table<RfmSummaryColumns> | readonly RfmValues[],
  options: RfmOptions | RfmLogOptions = {},
): RfmScores {
  if (!isLog(input))
    return scored(checkedRfmValues(input), options, {
      asOf: null,
      window: null,
      timeZone: null,
      currency: null,
    });
  // rfmSummary checks asOf, the window and the zone, and refuses a log of another version.
  const summary = rfmSummary(input, options as RfmLogOptions);
  const { timeZone = input.timeZone, window: asked } = options as RfmLogOptions;
  const asOf = epochMs((options as RfmLogOptions).asOf, "options.asOf", timeZone);
  const window = asked
    ? {
        start: epochMs(asked.start, "options.window.start", timeZone),
        end: epochMs(asked.end, "options.window.end", timeZone),
      }
    : null;
  const isKnown = (customer: number) => input.at[input.offsets[customer]] < asOf;
  return scored(scorable(summary.columns, isKnown), options, {
    asOf,
    window,
    timeZone,
    currency: input.currency,
  });
}

const DIMENSIONS = ["recency", "frequency", "monetary"] as const;

function scored(
  customers: ScorableCustomers,
  options: RfmOptions,
  origin: Pick<RfmScores, "asOf" | "window" | "timeZone" | "currency">,
): RfmScores {
  const { atCut = "below" } = options;
  assertOneOf(atCut, "options.atCut", ["below", "above"]);
  const bins = binCounts(options);
  const grid = options.grid ?? (bins.recency === 5 && bins.frequency === 5 ? rfmSegmentGrid : null);
  const cuts = scoreCuts(customers, options.cuts ?? {}, bins, atCut);
  const cells = grid && namedCells(grid, bins);
  const members = table(memberColumns(customers, cuts, bins, cells));
  return {
    members,
    segments: cells ? segmentsOf(cells.names, members.columns) : [],
    bins,
    cuts: cuts && {
      recency: cuts.recency.cuts,
      frequency: cuts.frequency.cuts,
      monetary: cuts.monetary.cuts,
    },
    atCut,
    grid,
    unscored: { customers: customers.unscored.length, customerIds: customers.unscored },
    ...origin,
  };
}

/** The number of scores by dimension: one more than there are cuts of the caller's, or as many as asked for. */
function binCounts({ bins = 5, cuts = {} }: RfmOptions): RfmBins {
  const asked = typeof bins === "object" && bins !== null ? bins : null;
  const counted = DIMENSIONS.map((name) => {
    const own = cuts[name];
    if (own !== undefined) {
      const scores = own.length + 1;
      assertArgument(
        asked?.[name] === undefined || asked[name] === scores,
        `options.bins.${name}`,
        () =>
          `options.bins.${name} is ${shown(asked?.[name])}, and ${own.length} cuts make ${scores}: leave it out`,
      );
      return scores;
    }
    const count = asked ? (asked[name] ?? 5) : bins;
    assertInteger(count, asked ? `options.bins.${name}` : "options.bins", 2, 100);
    return count;
  });
  return { recency: counted[0], frequency: counted[1], monetary: counted[2] };
}

/** `null` when there is nobody to find quantiles of. */
function scoreCuts(
  customers: ScorableCustomers,
  given: Partial<RfmCuts>,
  bins: RfmBins,
  atCut: AtCut,
): CutsByDimension | null {
  const [recency, frequency, monetary] = DIMENSIONS.map((name) => {
    const own = given[name];
    if (own !== undefined) return fixedCuts(own, atCut, `options.cuts.${name}`);
    return customers.customerIds.length === 0 ? null : quantileCuts(customers[name], bins[name], atCut);
  });
  return recency && frequency && monetary ? { recency, frequency, monetary } : null;
}
