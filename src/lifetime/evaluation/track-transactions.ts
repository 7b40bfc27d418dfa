import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { assertCivilDay, type CivilDay, civilDay, dayNumber } from "../../core/civil-day.js";
import { ClienteleError } from "../../core/errors.js";
import type { PeriodOptions, PeriodSpec } from "../../core/period.js";
import { type Rate, ratio } from "../../core/rate.js";
import { type Table, table } from "../../core/table.js";
import { begunDayReader, startOfDay } from "../../core/time-zone.js";
import type { LifetimeSummaryOptions } from "../../history/lifetime-summary.js";
import { assertLog, type TransactionLog } from "../../history/log-columns.js";
import type { CampaignWindow } from "../bg-bb/campaign-reader.js";
import type { ModelTimeUnit, TransactionModel } from "../models/lifetime-model.js";
import { assertTransactionModel } from "../predictions/model-kernel.js";
import { trackedBase } from "./tracked-base.js";
import { trackedExpectation } from "./tracked-expectation.js";
import { campaignClock, trackingClock } from "./tracking-clock.js";

/** Whom to follow, until when, and in what steps. */
export interface TrackTransactionsOptions
  extends Pick<LifetimeSummaryOptions, "qualifies" | "occasion" | "timeZone">,
    Omit<PeriodOptions, "timeZone"> {
  /** Last civil day that the model learnt from; who first bought by then is followed. */
  readonly through: CivilDay;
  /** Last civil day to follow them to, included; `through` or later. */
  readonly until: CivilDay;
  /** Period of a row: `"week"`, `{ days: 7, anchor }`. For BG/BB its opportunities, `"year"` of a model by years. This or `campaigns`. */
  readonly by?: PeriodSpec | undefined;
  /** For BG/BB of campaigns: a row each, named by its first day. The campaigns of `opportunitySummary`, and those that followed. */
  readonly campaigns?: readonly CampaignWindow[] | undefined;
  /** Measures of a customer, for a model that was fitted with covariates; required there. */
  readonly covariates?: ((customerId: string) => Readonly<Record<string, number>>) | undefined;
  /** An `AbortSignal`: stops the work with a `ClienteleError` of code `ABORTED` before the next period. */
  readonly signal?: { readonly aborted: boolean } | undefined;
}

/** One row a period. */
export interface TransactionTrackingColumns {
  /** Name of the period. */
  readonly period: readonly string[];
  /** Its last civil day that counts: its last one, or `until` in a period that goes on. */
  readonly lastDay: readonly CivilDay[];
  /** Whether the period was over by the end of `until`: the increment of one that was not is too small to compare. */
  readonly isOver: readonly boolean[];
  /**
   * Whether the model had seen it: `"calibration"`, `"holdout"`, or `"both"` when `through` lies inside. BG/BB has learnt from
   * opportunities that were over by then, and so the one that `through` lies in is all holdout.
   */
  readonly phase: readonly ("calibration" | "both" | "holdout")[];
  /** Customers of the base who have bought first by its last day. */
  readonly customers: readonly number[];
  /** Repeat purchases in it. */
  readonly actual: readonly number[];
  /** Repeat purchases that the model expected in it. */
  readonly expected: readonly number[];
  /** Repeat purchases to its last day. */
  readonly cumulativeActual: readonly number[];
  /** Repeat purchases that the model expected to its last day. */
  readonly cumulativeExpected: readonly number[];
}

/** Actual and expected repeat purchases of a stretch of time. */
export interface TrackedTotal {
  /** Repeat purchases. */
  readonly actual: number;
  /** Those that the model expected. */
  readonly expected: number;
  /** `expected / actual`. */
  readonly ratio: Rate;
}

/** Repeat purchases of a base of customers over time, as they came and as the model had it. */
export interface TransactionTracking {
  /** Period by period, from the one of the first purchase of all. */
  readonly periods: Table<TransactionTrackingColumns>;
  /** To the end of `through`, to the day; for BG/BB to the last opportunity that is over by then. */
  readonly calibration: TrackedTotal;
  /** After that, to the end of `until`, to the day; for BG/BB to the last opportunity that is over by then. */
  readonly holdout: TrackedTotal;
  /** Customers followed. */
  readonly customers: number;
  /** Which model. */
  readonly model: TransactionModel["model"];
  /** Unit of the model's times. */
  readonly unit: ModelTimeUnit;
  /** Last civil day that the model learnt from. */
  readonly through: CivilDay;
  /** Last civil day followed. */
  readonly until: CivilDay;
}

/**
 * Do repeat purchases go on as the model has it?
 *
 * Follows those who first bought by `through`. Expected is what the model says of new customers, E[X(t)], each from their
 * own first purchase on, summed (Fader, Hardie & Lee 2005): it knows when customers came, and nothing of what they bought,
 * so that the calibration period is a test as well. A cumulative line that runs close may hide seasons and promotions, which
 * no such model knows: look at the increments too. The time to the end of a day is counted as `T` of a `lifetimeSummary`
 * through that day; what is bought, with refunds as known at the end of `until`. For BG/BB steps are not days but opportunities,
 * calendar periods of the model's unit, as in `opportunitySummary` with `by`; or campaigns, as there. Those that are
 * not over have no row.
 *
 * @param model - A transaction model, fitted on the log through `through`.
 * @param log - A transaction log.
 * @param options - `through`, `until`, `by` or `campaigns`; how the log is read, as `lifetimeSummary` has it; `covariates`,
 * `signal`.
 * @returns Increments and running sums by period, and totals before and after the end of calibration.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`, `ABORTED`.
 * @example
 * ```ts
 * import { trackTransactions, transactionLog } from "clientele";
 *
 * const log = transactionLog(
 *   [
 *     { customerId: "ani", at: "2024-01-01", amount: 500 },
 *     { customerId: "ani", at: "2024-01-09", amount: 700 },
 *     { customerId: "budi", at: "2024-01-08", amount: 300 },
 *   ],
 *   { currency: "IDR" },
 * );
 * const parameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
 * const model = { model: "bgNbd", parameters, unit: "week" } as const;
 * const tracking = trackTransactions(model, log, { through: "2024-01-08", until: "2024-01-22", by: "week" });
 * const { period, phase, actual, cumulativeExpected } = tracking.periods.columns;
 * period; // => ["2024-W01", "2024-W02", "2024-W03", "2024-W04"]
 * phase; // => ["calibration", "both", "holdout", "holdout"]
 * actual; // => [0, 1, 0, 0]
 * // Ani is three weeks old by then and Budi two.
 * cumulativeExpected[3]; // ~> 0.25425497064930
 * ```
 */
export function trackTransactions(
  model: TransactionModel,
  log: TransactionLog,
  options: TrackTransactionsOptions,
): TransactionTracking {
  assertTransactionModel(model);
  assertLog(log);
  assertOptions(options, "{ through, until, by }");
  const { through, until, by, campaigns, weekStartsOn, firstMonth, qualifies, occasion } = options;
  const timeZone = options.timeZone ?? log.timeZone;
  assertCivilDay(through, "options.through");
  assertCivilDay(until, "options.until");
  const [throughDay, untilDay] = [dayNumber(through), dayNumber(until)];
  assertArgument(
    throughDay <= untilDay,
    "options.until",
    () => `options.until is "${until}": pass "${through}", which is options.through, or a later day`,
  );
  assertArgument(
    model.model !== "bgBb" || occasion !== "transaction",
    "options.occasion",
    () => 'options.occasion is "transaction", and BG/BB knows one purchase an opportunity: leave it out',
  );
  assertArgument(
    (by === undefined) !== (campaigns === undefined),
    "options.by",
    () => 'options.by and options.campaigns: pass one of them, by: "week" for example',
  );
  const { covariates, signal } = options;
  assertArgument(
    covariates === undefined || typeof covariates === "function",
    "options.covariates",
    () => `options.covariates is ${shown(covariates)}: pass a function, (customerId) => measures`,
  );
  const calendar = {
    timeZone,
    ...(weekStartsOn !== undefined && { weekStartsOn }),
    ...(firstMonth !== undefined && { firstMonth }),
  };
  const clock =
    by === undefined ? campaignClock(model, campaigns ?? [], timeZone) : trackingClock(model, by, calendar);
  const reading = { timeZone, throughDay, untilDay, qualifies, occasion };
  const base = trackedBase(log, clock, reading);
  const expectedBy = trackedExpectation(model, log, base, clock.elapsed, covariates);
  const afterUntil = startOfDay(untilDay + 1, timeZone);
  const periods = base.firstAt === null ? [] : clock.periods(base.firstAt, afterUntil);
  const columns = {
    period: [] as string[],
    lastDay: [] as CivilDay[],
    isOver: [] as boolean[],
    phase: [] as ("calibration" | "both" | "holdout")[],
    customers: [] as number[],
    actual: [] as number[],
    expected: [] as number[],
    cumulativeActual: [] as number[],
    cumulativeExpected: [] as number[],
  };
  const dayOf = begunDayReader(timeZone);
  const steps = [...base.repeats].sort(([a], [b]) => a - b);
  const entries = [...base.entries].sort((a, b) => a - b);
  let [bought, next, entered, foretold] = [0, 0, 0, 0];
  const repeatsTo = (step: number): number => {
    for (; next < steps.length && steps[next][0] <= step; next++) bought += steps[next][1];
    return bought;
  };
  const border = clock.stepThrough(throughDay);
  for (const period of periods) {
    if (signal?.aborted) {
      const message = `the tracking was aborted after ${columns.period.length} of ${periods.length} periods`;
      throw new ClienteleError("ABORTED", "options.signal", message);
    }
    const lastDay = Math.min(dayOf(period.end) - 1, untilDay);
    const last = clock.lastStep(period, untilDay);
    // An opportunity that is not over has no count yet.
    if (last > clock.stepThrough(untilDay)) break;
    while (entered < entries.length && entries[entered] <= last) entered++;
    const before = bought;
    const sum = expectedBy(last);
    columns.period.push(period.label);
    columns.lastDay.push(civilDay(lastDay));
    columns.isOver.push(period.end <= afterUntil);
    columns.phase.push(
      last <= border ? "calibration" : clock.firstStep(period) > border ? "holdout" : "both",
    );
    columns.customers.push(entered);
    columns.cumulativeActual.push(repeatsTo(last));
    columns.actual.push(bought - before);
    columns.cumulativeExpected.push(sum);
    columns.expected.push(sum - foretold);
    foretold = sum;
  }
  const seen = steps.reduce((sum, [step, count]) => sum + (step <= border ? count : 0), 0);
  const all = steps.reduce((sum, [, count]) => sum + count, 0);
  const [expectedSeen, expectedAll] = [expectedBy(border), expectedBy(clock.stepThrough(untilDay))];
  return {
    periods: table(columns),
    calibration: total(seen, expectedSeen),
    holdout: total(all - seen, expectedAll - expectedSeen),
    customers: base.customers.length,
    model: model.model,
    unit: model.unit,
    through,
    until,
  };
}

function total(actual: number, expected: number): TrackedTotal {
  return { actual, expected, ratio: ratio(expected, actual, "repeat purchases") };
}
