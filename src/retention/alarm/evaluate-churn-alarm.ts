import { assertArgument, assertArray, assertInteger } from "../../core/assert.js";
import type { Duration } from "../../core/duration.js";
import { epochMs, type Instant } from "../../core/instant.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import type { Table } from "../../core/table.js";
import { type KnownFacts, knownFacts } from "../../history/known-facts.js";
import type { TransactionLog } from "../../history/log-columns.js";
import type { LogMetricOptions } from "../../history/metric-options.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { calendarSpan } from "../lifetimes/calendar-span.js";
import { type AlarmPointColumns, alarmPoints } from "./alarm-points.js";
import { assertThreshold, type ChurnSignal, needsModel, valueReader } from "./alarm-signals.js";
import { type AlarmThreshold, thresholdOutcome } from "./alarm-threshold.js";
import {
  type AlarmCut,
  alarmTrial,
  gapsAt,
  type TrialObservation,
  type TrialPlan,
  type UnfittedCut,
} from "./alarm-trial.js";
import { assertModelFor, assertRanking } from "./churn-alarm.js";
import { assertGapModel, gapData } from "./gap-model.js";
import { type GapModel, maximizeGapLikelihood } from "./maximize-gap-likelihood.js";

/** At which instants of the past the alarm is tried, and what it is measured against. */
export interface EvaluateChurnAlarmOptions extends LogMetricOptions, ConfidenceOptions {
  /** Instants at which the alarm is tried, each once: it sees the facts before it alone. */
  readonly cuts: readonly Instant[];
  /** A customer had left at a cut when no qualifying purchase came in `[cut, cut + horizon)`. */
  readonly horizon: Duration;
  /** The measure that is tried, as in `churnAlarm`; `"expectedLoss"` needs `valueAtRisk`. */
  readonly rankBy: ChurnSignal | "expectedLoss";
  /** Thresholds of the measure: a `gapProbability` of at most it is flagged, of any other measure at least it. */
  readonly thresholds: readonly number[];
  /**
   * What would be lost with a customer, in your unit; `null` where it is not known. A function also gets the cut (epoch
   * milliseconds): answer with what was known then, since a value that is summed over later purchases gives away who stayed.
   */
  readonly valueAtRisk?:
    | ReadonlyMap<string, number>
    | ((customerId: string, cut: number) => number | null | undefined);
  /** How many gaps of his own a customer needs for an alarm; default 1. */
  readonly minimumGaps?: number;
  /** A gap model in days; default: fitted at each cut to what was known then. One fitted later would peek. */
  readonly model?: GapModel;
}

/** How well an alarm would have worked. */
export interface ChurnAlarmEvaluation {
  /** What each threshold would have done, in the order of the options. */
  readonly thresholds: readonly AlarmThreshold[];
  /** What every possible threshold would have done: the points of the ROC and of the precision-recall curve. */
  readonly points: Table<AlarmPointColumns>;
  /**
   * Chance that one who left was more alarming than one who stayed, ties by half: the area under the ROC curve. 0.5 is no
   * better than a coin.
   */
  readonly rocArea: Rate;
  /** Pairs of a customer and a cut. */
  readonly observations: number;
  /** Of them, those who had left. */
  readonly left: Rate;
  /** Wilson; `null` without an observation. */
  readonly leftInterval: Interval | null;
  /** The cuts, ascending. */
  readonly cuts: readonly AlarmCut[];
  /** Cuts whose horizon is not over at `asOf`: not counted; epoch milliseconds, ascending. */
  readonly openCuts: readonly number[];
  /** Cuts at which no gap model could be fitted, and none of an earlier cut was there: not counted; ascending. */
  readonly unfittedCuts: readonly UnfittedCut[];
  /** The measure. */
  readonly rankBy: ChurnSignal | "expectedLoss";
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the calendar. */
  readonly timeZone: string;
}

/**
 * Would the churn alarm have caught those who left, and how early: which threshold is right?
 *
 * At each cut the alarm is computed from what was known then, and held against what came in `[cut, cut + horizon)`, as
 * known at `asOf`. Customers who had been silent for the whole horizon before the cut are left out: they had left by the
 * same rule, and would make any alarm look good: pass the horizon as `goneAfter` to `churnAlarm`, so that it too leaves
 * them out. A customer counts once at every cut, so the intervals, which take observations for independent, are somewhat
 * narrow with many cuts close together.
 *
 * Where the gap model cannot be fitted at a cut, that of the cut before it is used, and the cut says so.
 *
 * @param log - A transaction log.
 * @param options - `asOf`, cuts, horizon, signal and thresholds.
 * @returns Counts and rates for each threshold, and the curves over all thresholds.
 * @throws {@link ClienteleError} `INVALID_ARGUMENT`, `UNKNOWN_TIME_ZONE`; `NOT_CONVERGED` when the signal is a probability
 * or a loss and the gap model cannot be fitted at any cut.
 * @example
 * ```ts
 * import { evaluateChurnAlarm, transactionLog } from "clientele";
 *
 * const bought = (customerId: string, days: readonly string[]) =>
 *   days.map((day) => ({ customerId, at: `2024-${day}`, amount: 500 }));
 * const log = transactionLog(
 *   [
 *     ...bought("ani", ["01-01", "01-11", "01-21"]),
 *     ...bought("budi", ["01-01", "01-16", "01-31", "02-20"]),
 *     ...bought("citra", ["01-01", "01-06", "01-31", "02-05"]),
 *   ],
 *   { currency: "IDR" },
 * );
 * const { thresholds } = evaluateChurnAlarm(log, {
 *   asOf: "2024-04-01",
 *   cuts: ["2024-02-05"],
 *   horizon: { days: 30 },
 *   rankBy: "overdueRatio",
 *   thresholds: [1.5],
 * });
 * // Ani is late by half as much again as her usual 10 days, and had left; she counts as gone on 20 February.
 * thresholds.map(({ truePositives, falsePositives }) => [truePositives, falsePositives]); // => [[1, 0]]
 * thresholds[0]?.leadTime.median; // => 15
 * ```
 */
export function evaluateChurnAlarm(
  log: TransactionLog,
  options: EvaluateChurnAlarmOptions,
): ChurnAlarmEvaluation {
  const facts = knownFacts(log, options);
  const { asOf, timeZone } = facts;
  const { rankBy, thresholds, minimumGaps = 1, valueAtRisk } = options;
  const confidenceLevel = confidenceLevelOf(options);
  const span = calendarSpan(options.horizon, "options.horizon", timeZone);
  const cuts = readCuts(options.cuts, timeZone);
  assertRanking(rankBy, valueAtRisk);
  assertArray(thresholds, "options.thresholds");
  for (const [i, threshold] of thresholds.entries())
    assertThreshold(threshold, rankBy, `options.thresholds[${i}]`);
  assertInteger(minimumGaps, "options.minimumGaps", 1);
  if (options.model !== undefined) {
    assertGapModel(options.model, "options.model");
    assertArgument(
      needsModel(rankBy),
      "options.model",
      () => `options.model is not used by "${rankBy}": leave it out, or rank by a probability`,
    );
    assertModelFor(rankBy, options.model, "options.rankBy");
  }

  const closed = cuts.filter((cut) => span.isOver(cut, asOf));
  const plan = { rankBy, minimumGaps, span, worthOf: valuesAtCuts(valueAtRisk) };
  const { tried, unfittedCuts, observations } = trials(closed, facts, plan, options);
  const { points, rocArea } = alarmPoints(observations, rankBy);
  const left = observations.filter((observation) => observation.left).length;
  const hasValues = valueAtRisk !== undefined;
  return {
    thresholds: thresholds.map((threshold) =>
      thresholdOutcome(threshold, rankBy, observations, confidenceLevel, hasValues),
    ),
    points,
    rocArea,
    observations: observations.length,
    left: ratio(left, observations.length, "customers at the cuts"),
    leftInterval:
      observations.length > 0 ? wilsonInterval(left, observations.length, { confidenceLevel }) : null,
    cuts: tried,
    openCuts: cuts.filter((cut) => !span.isOver(cut, asOf)),
    unfittedCuts,
    rankBy,
    asOf,
    timeZone,
  };
}

/** Tries the alarm at all cuts, each with the model of its own facts, or with the last one before that could be fitted. */
function trials(
  cuts: readonly number[],
  facts: KnownFacts,
  plan: TrialPlan,
  options: EvaluateChurnAlarmOptions,
) {
  const tried: AlarmCut[] = [];
  const unfittedCuts: UnfittedCut[] = [];
  const observations: TrialObservation[] = [];
  let model = options.model ?? null;
  let modelCut: number | null = null;
  for (const cut of cuts) {
    const gaps = gapsAt(cut, facts, options);
    let fallbackReason: string | null = null;
    // A customer's own rhythm needs no model.
    if (needsModel(plan.rankBy) && options.model === undefined) {
      const own = maximizeGapLikelihood(gapData(gaps), {});
      if (own.parameters !== null) {
        model = own;
        modelCut = cut;
      } else if (modelCut === null) {
        unfittedCuts.push({ cut, reason: own.reason ?? "" });
        model = own;
        continue;
      } else fallbackReason = own.reason;
    }
    const trial = alarmTrial(cut, gaps, model?.parameters ?? null, facts, plan);
    tried.push({ ...trial.cut, modelCut, fallbackReason });
    for (const observation of trial.observations) observations.push(observation);
  }
  if (tried.length === 0 && model !== null && unfittedCuts.length > 0) {
    const [{ cut }] = unfittedCuts.slice(-1);
    assertModelFor(plan.rankBy, model, "options.rankBy", ` at the cut ${new Date(cut).toISOString()}`);
  }
  return { tried, unfittedCuts, observations };
}

/** What would be lost with a customer at a cut; nothing is known without the option. */
function valuesAtCuts(valueAtRisk: EvaluateChurnAlarmOptions["valueAtRisk"]): TrialPlan["worthOf"] {
  if (valueAtRisk === undefined) return () => null;
  const path = "options.valueAtRisk";
  if (typeof valueAtRisk !== "function") return valueReader(valueAtRisk, path);
  return (customerId, cut) => valueReader((id) => valueAtRisk(id, cut), path)(customerId);
}

function readCuts(cuts: readonly Instant[], timeZone: string): number[] {
  assertArray(cuts, "options.cuts");
  const instants = cuts.map((cut, i) => epochMs(cut, `options.cuts[${i}]`, timeZone));
  const ascending = [...instants].sort((a, b) => a - b);
  const twice = ascending.find((cut, i) => i > 0 && cut === ascending[i - 1]);
  assertArgument(
    twice === undefined,
    "options.cuts",
    () => `options.cuts has ${new Date(twice ?? 0).toISOString()} twice: pass each instant once`,
  );
  return ascending;
}
