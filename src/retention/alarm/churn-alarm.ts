import { assertArgument, assertInteger, assertOneOf } from "../../core/assert.js";
import type { Duration } from "../../core/duration.js";
import { ClienteleError } from "../../core/errors.js";
import type { Table } from "../../core/table.js";
import { knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { calendarSpan } from "../lifetimes/calendar-span.js";
import {
  ALARM_RANKINGS,
  alarmMeasure,
  alarmScore,
  alarmSignals,
  assertThreshold,
  type ChurnSignal,
  needsModel,
  valueReader,
} from "./alarm-signals.js";
import { alarmSubjects } from "./alarm-subjects.js";
import {
  alarmTable,
  type ChurnAlarmColumns,
  type FewPurchasesColumns,
  fewTable,
  type GoneCustomersColumns,
  goneTable,
  type RankedCustomer,
} from "./alarm-tables.js";
import { assertGapModel, gapData } from "./gap-model.js";
import { type GapModel, maximizeGapLikelihood } from "./maximize-gap-likelihood.js";
import { purchaseGaps } from "./purchase-gaps.js";

/** By what customers are ranked, and who is flagged. */
export interface ChurnAlarmOptions extends LogMetricOptions {
  /**
   * From the most alarming on, by a signal or by the expected loss. Default: `"expectedLoss"` with `valueAtRisk`,
   * otherwise `"gapProbability"`. Where the gap model could not be fitted neither exists: then the default falls back to
   * `"overdueRatio"`, and `fallback` of the result says so; a measure that is asked for here is never replaced.
   */
  readonly rankBy?: ChurnSignal | "expectedLoss";
  /**
   * Flags who is at least so alarming: a `gapProbability` of at most the threshold, or any other measure of at least it.
   * Needs `rankBy`, whose measure it is. Choose it with `evaluateChurnAlarm`, and pass its `horizon` as `goneAfter`, so
   * that the threshold is put to the customers for whom it was chosen. Default: nobody is flagged.
   */
  readonly threshold?: number;
  /**
   * Who has been silent for so long (last purchase + `goneAfter` at or before `asOf`) is gone and needs no alarm: those
   * customers are in `gone`, not among the alarms. Default: nobody is gone, however long the silence.
   */
  readonly goneAfter?: Duration;
  /** What would be lost with a customer, in your unit; `null` where it is not known. */
  readonly valueAtRisk?: ReadonlyMap<string, number> | ((customerId: string) => number | null | undefined);
  /** How many gaps of his own a customer needs for an alarm; default 1. Those with fewer are reported apart. */
  readonly minimumGaps?: number;
  /** A model fitted before, in days; default: fitted to this log as of `asOf`. */
  readonly model?: GapModel;
}

/** Which default ranking could not be used. */
export interface RankingFallback {
  /** The default that the options call for. */
  readonly from: ChurnSignal | "expectedLoss";
  /** Why it could not be used. */
  readonly reason: string;
}

/** Who is later than usual. */
export interface ChurnAlarm {
  /** Customers with a rhythm of their own, from the most alarming. */
  readonly alarms: Table<ChurnAlarmColumns>;
  /** Customers with fewer gaps than `minimumGaps`. */
  readonly fewPurchases: Table<FewPurchasesColumns>;
  /** Customers silent for `goneAfter` already; empty without it. */
  readonly gone: Table<GoneCustomersColumns>;
  /** Customers of the log without a qualifying purchase. */
  readonly withoutPurchase: number;
  /** Number of flagged customers; `null` without a threshold. */
  readonly flagged: number | null;
  /** By what the alarms are ranked. */
  readonly rankBy: ChurnSignal | "expectedLoss";
  /** Which default `rankBy` stands in for; `null` where it is the one asked for, or the default itself. */
  readonly fallback: RankingFallback | null;
  /** In the unit of `rankBy`; `null` when nobody is flagged. */
  readonly threshold: number | null;
  /** What the probabilities come from; look at its `reason` where they are `null`. */
  readonly model: GapModel;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the civil days. */
  readonly timeZone: string;
}

/**
 * Which customers are later than their own rhythm, and what would be lost with them?
 *
 * A customer who buys every week is late after two; one who buys twice a year is not. Recency over the mean gap and the
 * z-score compare each customer with himself alone; they know nothing of one with a single gap, and the z-score takes
 * gaps for normal. The probabilities of {@link fitGapModel} lend every customer the experience of the base.
 *
 * A small `gapProbability` does not yet mean that the customer has left: `leftProbability` weighs it against how often
 * customers leave at all.
 *
 * @param log - A transaction log.
 * @param options - `asOf`; what to rank by, whom to flag, what is at risk, who is gone already.
 * @returns The alarms in order, those with too few purchases and those who are gone apart, and the model.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `NOT_CONVERGED` when `rankBy` asks for a
 * probability or loss and the gap model has none.
 * @example
 * ```ts
 * import { churnAlarm, row, transactionLog } from "clientele";
 *
 * const days = ["2024-01-01", "2024-01-31", "2024-02-28", "2024-03-31", "2024-05-01"];
 * const log = transactionLog(
 *   days.map((at) => ({ customerId: "ani", at, amount: 500 })),
 *   { currency: "IDR" },
 * );
 * const { alarms } = churnAlarm(log, { asOf: "2024-06-10", rankBy: "overdueRatio", threshold: 1.25 });
 * const ani = row(alarms, 0);
 * [ani.recency, ani.meanGap, ani.flagged]; // => [40, 30.25, true]
 * ani.overdueRatio; // ~> 1.322314049586777
 * ani.zScore; // ~> 5.70901542674892
 * ```
 */
export function churnAlarm(log: TransactionLog, options: ChurnAlarmOptions): ChurnAlarm {
  const facts = knownFacts(log, options);
  const { asOf, timeZone } = facts;
  const { minimumGaps = 1, threshold, valueAtRisk, goneAfter } = options;
  assertInteger(minimumGaps, "options.minimumGaps", 1);
  const worthOf = valueAtRisk === undefined ? () => null : valueReader(valueAtRisk, "options.valueAtRisk");
  const span = goneAfter === undefined ? null : calendarSpan(goneAfter, "options.goneAfter", timeZone);
  if (options.model !== undefined) assertGapModel(options.model, "options.model");
  const gaps = purchaseGaps(facts);
  const model = options.model ?? maximizeGapLikelihood(gapData(gaps), {});
  const { rankBy, fallback } = rankingOf(options, model);

  const idOf = (place: number) => log.customerIds[gaps.customer[place]];
  const { watched, gone, few } = alarmSubjects(gaps, asOf, span, minimumGaps);
  const ranked = watched.map((place): RankedCustomer => {
    const id = idOf(place);
    const signals = alarmSignals(gaps, place, model.parameters);
    const value = worthOf(id);
    return { place, id, signals, value, score: alarmScore(alarmMeasure(signals, value, rankBy), rankBy) };
  });
  ranked.sort((a, b) => (a.score === b.score ? (a.id < b.id ? -1 : 1) : b.score - a.score));
  const limit = threshold === undefined ? Number.POSITIVE_INFINITY : alarmScore(threshold, rankBy);
  const alarms = alarmTable(ranked, gaps, limit);
  return {
    alarms,
    fewPurchases: fewTable(few, gaps, idOf, model.parameters, worthOf),
    gone: goneTable(gone, gaps, idOf, span, worthOf),
    withoutPurchase: log.customerIds.length - gaps.customer.length,
    flagged: threshold === undefined ? null : alarms.columns.flagged.filter(Boolean).length,
    rankBy,
    fallback,
    threshold: threshold ?? null,
    model,
    asOf,
    timeZone,
  };
}

function rankingOf(
  { rankBy, threshold, valueAtRisk }: ChurnAlarmOptions,
  model: GapModel,
): Pick<ChurnAlarm, "rankBy" | "fallback"> {
  if (rankBy === undefined) {
    assertArgument(
      threshold === undefined,
      "options.threshold",
      () => `options.threshold is ${threshold} without rankBy: pass the measure that it is a limit of`,
    );
    const wanted = valueAtRisk === undefined ? "gapProbability" : "expectedLoss";
    if (model.parameters !== null) return { rankBy: wanted, fallback: null };
    const reason = `the gap model has no parameters: ${model.reason}`;
    return { rankBy: "overdueRatio", fallback: { from: wanted, reason } };
  }
  assertRanking(rankBy, valueAtRisk);
  if (threshold !== undefined) assertThreshold(threshold, rankBy, "options.threshold");
  assertModelFor(rankBy, model, "options.rankBy");
  return { rankBy, fallback: null };
}

/** Refuses what nothing can be ranked by, and a loss without what is at risk. @internal */
export function assertRanking(rankBy: unknown, valueAtRisk: unknown): void {
  assertOneOf(rankBy, "options.rankBy", ALARM_RANKINGS);
  assertArgument(
    rankBy !== "expectedLoss" || valueAtRisk !== undefined,
    "options.valueAtRisk",
    () =>
      'options.valueAtRisk is missing for rankBy "expectedLoss": pass what would be lost with each customer',
  );
}

/** Refuses to rank by what a model without parameters cannot tell. @internal */
export function assertModelFor(rankBy: string, model: GapModel, path: string, when = ""): void {
  if (model.parameters !== null || !needsModel(rankBy)) return;
  throw new ClienteleError(
    "NOT_CONVERGED",
    path,
    `${path} is "${rankBy}", but the gap model${when} has no parameters (${model.reason}): rank by "overdueRatio" or "zScore", or pass a fitted model`,
  );
}
