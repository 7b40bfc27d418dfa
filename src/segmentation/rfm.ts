import { assertOneOf, assertOptions } from "../core/assert.js";
import type { TimeWindow } from "../core/duration.js";
import { epochMs } from "../core/instant.js";
import { type Table, table, type WithColumns } from "../core/table.js";
import { isLog, type TransactionLog } from "../history/log-columns.js";
import { rfmSummary } from "../history/rfm-summary.js";
import { binnedCustomers, rfmPlan } from "./rfm-bins.js";
import { marginByCustomer } from "./rfm-margin.js";
import { type RfmEmptyScores, type RfmMemberColumns, type RfmSegment, scoredMembers } from "./rfm-members.js";
import type { RfmAtCut, RfmCuts, RfmLogOptions, RfmMethods, RfmOptions } from "./rfm-options.js";
import {
  namedCells,
  type RfmBins,
  rfmSegmentTable,
  type ScoreRange,
  type SegmentTableRow,
} from "./rfm-segment-table.js";
import {
  checkedRfmValues,
  type RfmValueColumns,
  type RfmValues,
  type ScorableCustomers,
  scorable,
} from "./rfm-values.js";
import { disjointRows, isFirstMatch } from "./segment-table.js";

/** Customers scored by recency, frequency and money. */
export interface RfmScores {
  /** Every customer who has bought. */
  readonly members: Table<RfmMemberColumns>;
  /** Every segment of the table, in its order, also those that nobody is in; empty when there is no table. */
  readonly segments: readonly RfmSegment[];
  /** How many scores each dimension has. */
  readonly bins: RfmBins;
  /** How each dimension was cut. */
  readonly methods: RfmMethods;
  /**
   * The cuts that were used; equal ones where many customers share a value, and no customer has the score between. `null`
   * when no customer has bought and there are cuts to find, and with `ntile`, `ntileDescending` and `nested`, which have no
   * one set of cuts.
   */
  readonly cuts: RfmCuts | null;
  /** Where a value stands that equals a cut. */
  readonly atCut: RfmAtCut;
  /** The scores that nobody has: where many customers share a value, no method that keeps them together can fill all. */
  readonly emptyScores: RfmEmptyScores;
  /** The rows behind the names, each cell once (a table that is read from the top comes out as such); `null` when there are none. */
  readonly segmentTable: readonly SegmentTableRow[] | null;
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
  /** Of a log: what the money is; otherwise `null`. */
  readonly monetary: "revenue" | "margin" | null;
}

/**
 * Who bought recently, often and for much?
 *
 * Each customer gets a score from 1 to 5 for recency (5 the most recent), frequency and money, and the name of the
 * cell. By default the cuts are the quantiles of the customers scored (type 7 of Hyndman & Fan 1996; other methods by
 * name: {@link RfmMethod}); equal values then never get different scores, so bins are not of one size, and where a fifth of the
 * customers or more share a value a score may be left out, which `emptyScores` says. The score is 1 + the number of cuts that the value exceeds, for recency turned round.
 * Multiplying the money of all customers by one positive number changes no score. Fixed cuts compare over time; quantiles do
 * not: a shop that shrinks has its share of fives all the same.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, a `window` where only a part of the time counts, and how to score.
 * @returns The scores, the segments with their shares, and those who could not be scored.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when cuts do not ascend, or the segment table names a cell twice or not at all;
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
export function rfm(
  values: WithColumns<RfmValueColumns> | readonly RfmValues[],
  options?: RfmOptions,
): RfmScores;
export function rfm(
  input: TransactionLog | WithColumns<RfmValueColumns> | readonly RfmValues[],
  options: RfmOptions | RfmLogOptions = {},
): RfmScores {
  assertOptions(options);
  if (!isLog(input))
    return scored(checkedRfmValues(input), options, {
      asOf: null,
      window: null,
      timeZone: null,
      currency: null,
      monetary: null,
    });
  const { monetary = "revenue" } = options as RfmLogOptions;
  assertOneOf(monetary, "options.monetary", ["revenue", "margin"]);
  // rfmSummary checks asOf, the window and the zone, and refuses a log of another version.
  const summary = rfmSummary(input, options as RfmLogOptions);
  const columns =
    monetary === "revenue"
      ? summary.columns
      : { ...summary.columns, monetary: marginByCustomer(input, options as RfmLogOptions) };
  const asOf = epochMs((options as RfmLogOptions).asOf, "options.asOf", zoneOf(input, options));
  const isKnown = (customer: number) => input.at[input.offsets[customer]] < asOf;
  return scored(scorable(columns, isKnown), options, rfmOrigin(input, options as RfmLogOptions));
}

/** What scores were drawn from. @internal */
export type RfmOrigin = Pick<RfmScores, "asOf" | "window" | "timeZone" | "currency" | "monetary">;

/** The origin of scores from a log, whose options have been checked. @internal */
export function rfmOrigin(log: TransactionLog, options: RfmLogOptions): RfmOrigin {
  const timeZone = zoneOf(log, options);
  const { window: asked, monetary = "revenue" } = options;
  return {
    asOf: epochMs(options.asOf, "options.asOf", timeZone),
    window: asked
      ? {
          start: epochMs(asked.start, "options.window.start", timeZone),
          end: epochMs(asked.end, "options.window.end", timeZone),
        }
      : null,
    timeZone,
    currency: log.currency,
    monetary,
  };
}

function zoneOf(log: TransactionLog, options: RfmOptions | RfmLogOptions): string {
  return (options as RfmLogOptions).timeZone ?? log.timeZone;
}

/** Scores customers whose values have been checked. @internal */
export function scored(customers: ScorableCustomers, options: RfmOptions, origin: RfmOrigin): RfmScores {
  const plan = rfmPlan(options);
  const { bins, methods, atCut } = plan;
  const asked = options.segmentTable ?? (bins.recency === 5 && bins.frequency === 5 ? rfmSegmentTable : null);
  const named = asked && isFirstMatch(asked) ? disjointRows(asked, bins, "options.segmentTable") : null;
  const segmentTable = named ? named.rows : (asked as readonly SegmentTableRow[] | null);
  const cells = segmentTable && namedCells(segmentTable, bins, named?.names);
  const { cuts, ...scores } = binnedCustomers(customers, plan);
  const { columns, segments, emptyScores } = scoredMembers(customers, scores, bins, cells);
  return {
    members: table(columns),
    segments,
    bins,
    methods,
    cuts,
    atCut,
    emptyScores,
    segmentTable: segmentTable?.map(ownRow) ?? null,
    unscored: { customers: customers.unscored.length, customerIds: customers.unscored },
    ...origin,
  };
}

/** A copy: a result holds nothing that its caller, or the next one, could change by it. */
function ownRow({ name, recency, frequency, monetary }: SegmentTableRow): SegmentTableRow {
  const row = { name, recency: ownRange(recency), frequency: ownRange(frequency) };
  return monetary ? { ...row, monetary: ownRange(monetary) } : row;
}

function ownRange([from, to]: ScoreRange): ScoreRange {
  return [from, to];
}
