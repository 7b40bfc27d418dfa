import { assertArgument, assertOptions } from "../../core/assert.js";
import { assertCivilDay, type CivilDay, dayNumber } from "../../core/civil-day.js";
import type { PeriodOptions, PeriodSpec } from "../../core/period.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type Table, table } from "../../core/table.js";
import { startOfDay } from "../../core/time-zone.js";
import { knownFacts } from "../../history/known-facts.js";
import { assertLog, type TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import type { ModelTimeUnit } from "../models/lifetime-model.js";
import { readerBy } from "../models/reader-by.js";
import { type CampaignWindow, campaignReader, type OpportunityReader } from "./campaign-reader.js";

/** What an opportunity is, and how a log is read. */
export interface OpportunitySummaryOptions
  extends Omit<LogMetricOptions, "asOf" | "refundAttribution">,
    Omit<PeriodOptions, "timeZone"> {
  /** Last civil day that is looked at, included. */
  readonly through: CivilDay;
  /** Last civil day of the holdout that follows, included, for testing a model; without it there is none. */
  readonly holdoutThrough?: CivilDay | undefined;
  /** Each period of the calendar is an opportunity, `"quarter"` or `{ days: 14, anchor }`; this or `campaigns`. */
  readonly by?: PeriodSpec | undefined;
  /** Each campaign is an opportunity, in order and apart from each other; this or `by`. */
  readonly campaigns?: readonly CampaignWindow[] | undefined;
}

/** One row for each customer who has bought by then, in the log's order. */
export interface OpportunitySummaryColumns {
  /** Who. */
  readonly customerId: readonly string[];
  /** Opportunities after the first purchase at which the customer bought. */
  readonly x: readonly number[];
  /** The last of them, counted from the first purchase; 0 when `x` is 0. */
  readonly tx: readonly number[];
  /** Opportunities after the first purchase that are over. */
  readonly T: readonly number[];
  /** Mean net amount of an opportunity at which the customer bought, minor units; `null` when `x` is 0. */
  readonly meanRepeatSpend: readonly (number | null)[];
  /** Opportunities of the holdout at which the customer bought; `null` without one. */
  readonly holdoutX: readonly (number | null)[];
}

/** What BG/BB needs to know. */
export interface OpportunitySummary extends Table<OpportunitySummaryColumns> {
  /**
   * How long an opportunity is; `null` for campaigns and periods of days: say to the fit what comes nearest, which only
   * discounting hangs on.
   */
  readonly unit: ModelTimeUnit | null;
  /** Last civil day looked at. */
  readonly through: CivilDay;
  /** How many opportunities are over after `through` and by the end of the holdout; `null` without one. */
  readonly holdoutOpportunities: number | null;
}

/**
 * At how many opportunities did each customer buy again, and at which last?
 *
 * Opportunities are calendar periods, or campaigns. The one of the first purchase does not count (Fader, Hardie & Shang
 * 2010): what begins after it does. Only opportunities that are over by the end of `through` count, and what is bought in
 * them; several purchases in one are one. Purchases between campaigns make a customer but no opportunity.
 *
 * @param log - A transaction log.
 * @param options - `through`, and `by` or `campaigns`; `holdoutThrough` to keep opportunities for testing a model.
 * @returns A table in the notation of the models: `x`, `tx`, `T`, with its unit.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `INVALID_ROWS` when campaigns are out of order or
 * overlap; `UNSAFE_INTEGER` when a sum leaves 2^53 - 1.
 * @example
 * ```ts
 * import { opportunitySummary, row, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2020-05-01", amount: 5000 },
 *     { customerId: "ani", at: "2021-03-10", amount: 2000 },
 *     { customerId: "ani", at: "2021-12-24", amount: 1000 },
 *     { customerId: "ani", at: "2023-01-05", amount: 4000 },
 *   ],
 *   { currency: "USD" },
 * );
 * const ani = row(opportunitySummary(log, { through: "2024-12-31", by: "year" }), 0);
 * ani; // => { customerId: "ani", x: 2, tx: 3, T: 4, meanRepeatSpend: 3500, holdoutX: null }
 * ```
 */
export function opportunitySummary(
  log: TransactionLog,
  options: OpportunitySummaryOptions,
): OpportunitySummary {
  assertLog(log);
  assertOptions(options, "{ through, by }");
  const { through, holdoutThrough, by, campaigns, qualifies } = options;
  const timeZone = options.timeZone ?? log.timeZone;
  assertCivilDay(through, "options.through");
  assertArgument(
    (by === undefined) !== (campaigns === undefined),
    "options.by",
    () => 'options.by and options.campaigns: pass one of them, by: "year" for example',
  );
  const asOf = startOfDay(dayNumber(through) + 1, timeZone);
  const readerAt = (end: number) =>
    campaigns === undefined ? periods(options, end, timeZone) : campaignReader(campaigns, end, timeZone);
  const reader = readerAt(asOf);
  const facts = knownFacts(log, { asOf, timeZone, qualifies });
  const holdout = holdoutThrough === undefined ? null : holdoutReader(log, options, readerAt, timeZone);
  const columns = {
    customerId: [] as string[],
    x: [] as number[],
    tx: [] as number[],
    T: [] as number[],
    meanRepeatSpend: [] as (number | null)[],
    holdoutX: [] as (number | null)[],
  };
  for (let customer = 0; customer < log.customerIds.length; customer++) {
    let first: number | null = null;
    let last = 0;
    let x = 0;
    let spend = 0;
    for (let row = log.offsets[customer]; row < facts.end[customer]; row++) {
      if (facts.qualifies && facts.qualifies[row] === 0) continue;
      const begun = reader.begunBy(log.at[row]);
      if (first === null) first = begun;
      const used = reader.heldAt(log.at[row]) ? begun - first : 0;
      if (used <= 0 || begun > reader.over) continue;
      if (used > last) x++;
      last = used;
      spend += facts.net[row];
    }
    if (first === null) continue;
    safeInteger(spend, "log", `the spend of customer ${log.customerIds[customer]}`);
    columns.customerId.push(log.customerIds[customer]);
    columns.x.push(x);
    columns.tx.push(last);
    columns.T.push(Math.max(0, reader.over - first));
    columns.meanRepeatSpend.push(x > 0 ? spend / x : null);
    columns.holdoutX.push(holdout?.used(customer, Math.max(first, reader.over)) ?? null);
  }
  return {
    ...table(columns),
    ...{ unit: typeof by === "string" ? by : null, through },
    holdoutOpportunities: holdout === null ? null : holdout.over - reader.over,
  };
}

/** Counts the opportunities after one of that number at which a customer bought, in what is known at the end of the holdout. */
function holdoutReader(
  log: TransactionLog,
  { through, holdoutThrough, qualifies }: OpportunitySummaryOptions,
  readerAt: (end: number) => OpportunityReader,
  timeZone: string,
): { readonly over: number; readonly used: (customer: number, after: number) => number } {
  assertCivilDay(holdoutThrough, "options.holdoutThrough");
  assertArgument(
    dayNumber(holdoutThrough) > dayNumber(through),
    "options.holdoutThrough",
    () => `options.holdoutThrough is ${holdoutThrough}: pass a day after options.through, ${through}`,
  );
  const asOf = startOfDay(dayNumber(holdoutThrough) + 1, timeZone);
  const reader = readerAt(asOf);
  const facts = knownFacts(log, { asOf, timeZone, qualifies });
  return {
    over: reader.over,
    used: (customer, after) => {
      let [last, used] = [after, 0];
      for (let row = log.offsets[customer]; row < facts.end[customer]; row++) {
        if (facts.qualifies && facts.qualifies[row] === 0) continue;
        const begun = reader.begunBy(log.at[row]);
        if (begun <= last || begun > reader.over || !reader.heldAt(log.at[row])) continue;
        last = begun;
        used++;
      }
      return used;
    },
  };
}

function periods(
  { by, weekStartsOn, firstMonth }: OpportunitySummaryOptions,
  asOf: number,
  timeZone: string,
): OpportunityReader {
  const begunBy = readerBy(by as PeriodSpec, {
    timeZone,
    ...(weekStartsOn !== undefined && { weekStartsOn }),
    ...(firstMonth !== undefined && { firstMonth }),
  });
  return { begunBy, heldAt: () => true, over: begunBy(asOf) - 1 };
}
