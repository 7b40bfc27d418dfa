import { assertArgument, shown } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import type { Instant } from "../../core/instant.js";
import { windowOption } from "../../core/window-option.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import type { ConfidenceOptions } from "../../statistics/confidence.js";
import { type RetentionShares, retentionShares } from "./retention-shares.js";
import { tallyRetention } from "./tally-retention.js";
import { notOver } from "./windows.js";

/** Between which two windows retention is measured. */
export interface RetentionOptions extends LogMetricOptions, ConfidenceOptions {
  /** Half-open `[start, end)`: who bought in it is the base. */
  readonly previous: { readonly start: Instant; readonly end: Instant };
  /** Half-open `[start, end)`, not before the end of `previous`: who of the base bought in it was retained. */
  readonly current: { readonly start: Instant; readonly end: Instant };
}

/** How much of the customer base of one window stayed in another. */
export interface RetentionRate extends RetentionShares {
  /** Whose buyers are the base, and where sales and profit are taken from. */
  readonly previous: TimeWindow;
  /** In which the base had to buy again. */
  readonly current: TimeWindow;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
  /** ISO 4217 code of sales and profit. */
  readonly currency: string;
}

/**
 * How many of our customers stayed, and how much of our sales and profit do they stand for?
 *
 * The base is every customer with a qualifying purchase in `previous`; retained are those of the base with one in
 * `current`. New and returning customers are in neither. Sales- and profit-adjusted rates weigh each customer by the
 * sales (net of refunds) and the profit (net sales less cost) of `previous`, never of `current` (Buttle 2009,
 * chapter 9). With every refund linked to its purchase, attributed to it, and no larger, the sales-adjusted rate never
 * exceeds 1; a refund that is linked to none, or gives back more than was paid, can make a customer's sales negative, and
 * the rate of the others more than 1.
 *
 * `qualifies` filters who counts as a buyer, not the weights: sales and profit are those of all the customer's purchases in
 * `previous`, whether or not the predicate accepts them.
 *
 * A current window that is not over at `asOf` gives no rates, only counts so far: half a year does not compare with a year.
 *
 * @param log - A transaction log; without costs in it the profit-adjusted rate is `null`.
 * @param options - `asOf`, the two windows, `confidenceLevel` of the raw rate's interval (default 0.95) and what every
 * metric takes.
 * @returns The rates with what they were computed from. A rate is `null`, with a reason, where its base is empty, brought
 * no sales or profit, or the windows are not over.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT` when a window ends before it starts or the two overlap;
 * `UNKNOWN_TIME_ZONE`; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { retentionRate, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2023-03-01", amount: 900 },
 *     { customerId: "budi", at: "2023-08-01", amount: 100 },
 *     { customerId: "ani", at: "2024-05-01", amount: 500 },
 *   ],
 *   { currency: "IDR", timeZone: "Asia/Jakarta" },
 * );
 * const { raw, salesAdjusted, defection } = retentionRate(log, {
 *   asOf: "2025-01-01",
 *   previous: { start: "2023-01-01", end: "2024-01-01" },
 *   current: { start: "2024-01-01", end: "2025-01-01" },
 * });
 * raw; // => { value: 0.5, numerator: 1, denominator: 2, reason: null }
 * salesAdjusted.value; // => 0.9
 * defection.salesAdjusted; // => { value: 0.1, numerator: 100, denominator: 1000, reason: null }
 * ```
 */
export function retentionRate(log: TransactionLog, options: RetentionOptions): RetentionRate {
  const facts = knownFacts(log, options);
  const { previous, current, placeOf } = windowPair(facts, options);
  const [tally] = tallyRetention(facts, 2, placeOf);
  return {
    ...retentionShares(tally, options, withheldBy(facts, current)),
    previous,
    current,
    ...originOf(facts),
  };
}

/** The two windows of the options, checked, and in which of them (0 or 1) an instant lies, or -1. @internal */
export function windowPair(
  { timeZone }: KnownFacts,
  options: Pick<RetentionOptions, "previous" | "current">,
): { readonly previous: TimeWindow; readonly current: TimeWindow; readonly placeOf: (at: number) => number } {
  const previous = windowOption(options.previous, "options.previous", timeZone);
  const current = windowOption(options.current, "options.current", timeZone);
  assertArgument(
    previous.end <= current.start,
    "options.current",
    () =>
      `options.current starts ${shown(options.current.start)}, before options.previous ends ${shown(options.previous.end)}: pass windows that do not overlap, the earlier one as previous`,
  );
  const placeOf = (at: number): number => {
    if (at < current.start) return at >= previous.start && at < previous.end ? 0 : -1;
    return at < current.end ? 1 : -1;
  };
  return { previous, current, placeOf };
}

/** As of when, in whose calendar and in which currency a rate is. @internal */
export function originOf({
  asOf,
  timeZone,
  log,
}: KnownFacts): Pick<RetentionRate, "asOf" | "timeZone" | "currency"> {
  return { asOf, timeZone, currency: log.currency };
}

/** Why rates up to a window's end cannot be given. @internal */
export function withheldBy(
  facts: KnownFacts,
  current: TimeWindow,
): { all: string | null; profit: string | null } {
  return {
    all: notOver(current, facts.asOf, "the current period"),
    profit: facts.cost === null ? "the log has no costs" : null,
  };
}
