import { DAY_MS } from "../../core/civil-day.js";
import { type Rate, ratio } from "../../core/rate.js";
import { windowBeforeAsOf } from "../../core/window-option.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { kaplanMeier, type SurvivalCurve } from "../../statistics/survival/kaplan-meier.js";
import { type SurvivalQuantile, survivalQuantile } from "../../statistics/survival/survival-quantile.js";
import { type KnownOpportunities, knownOpportunities, LOST, OPEN, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow, OpportunityWindow } from "./opportunity-row.js";
import { readPipeline, type SalesPipeline } from "./sales-pipeline.js";

/** How the sales cycle is measured. */
export interface SalesCycleOptions extends OpportunityOptions, ConfidenceOptions {
  /** Opportunities opened in this window; default all before `asOf`. */
  readonly window?: OpportunityWindow;
}

/** How long opportunities take from opening to closing. */
export interface SalesCycle {
  /** Opportunities opened in the window. */
  readonly opportunities: number;
  /** Of these, not closed yet. */
  readonly open: number;
  /** Days that the won ones took, on average: `numerator` is the sum of days. Too short while many are open. */
  readonly wonDays: Rate;
  /** Days that the lost ones took, on average. */
  readonly lostDays: Rate;
  /** Days by which half are closed, won or lost, with the open ones counted as far as they are known. */
  readonly medianDays: SurvivalQuantile;
  /** Share still open by days since opening (Kaplan & Meier 1958). */
  readonly curve: SurvivalCurve;
}

/**
 * How long does a sale take, when some are not decided yet?
 *
 * A mean over closed opportunities alone is too short, for those that take long are still open. The curve counts them
 * until `asOf` as censored (Kaplan & Meier 1958), and the median is read off it.
 *
 * @param opportunities - Open and closed ones; stages are not read.
 * @param options - `asOf`, `window`, `timeZone`, `confidenceLevel`.
 * @returns Means of the closed, the median of all, and the curve; days are of 24 hours.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { salesCycle } from "clientele";
 *
 * const deal = { amount: 100, stage: "proposal", openedAt: "2024-01-01" };
 * const cycle = salesCycle(
 *   [
 *     { ...deal, id: "1", closedAt: "2024-01-11", outcome: "won" },
 *     { ...deal, id: "2", closedAt: "2024-01-31", outcome: "won" },
 *     { ...deal, id: "3" },
 *   ],
 *   { asOf: "2024-04-01" },
 * );
 * cycle.wonDays.value; // => 20
 * cycle.medianDays.value; // => 30
 * ```
 */
export function salesCycle(opportunities: readonly OpportunityRow[], options: SalesCycleOptions): SalesCycle {
  const facts = knownOpportunities(opportunities, options, null, ["openedAt"]);
  const confidenceLevel = confidenceLevelOf(options);
  const { start, end } = windowBeforeAsOf(options.window, facts);
  const duration = new Float64Array(facts.length);
  const event = new Uint8Array(facts.length);
  let opened = 0;
  const [days, counts] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let k = 0; k < facts.length; k++) {
    if (facts.openedAt[k] < start || facts.openedAt[k] >= end) continue;
    const outcome = facts.outcome[k];
    const until = outcome === OPEN ? facts.asOf : facts.closedAt[k];
    const length = (until - facts.openedAt[k]) / DAY_MS;
    duration[opened] = length;
    event[opened++] = outcome === OPEN ? 0 : 1;
    days[outcome] += length;
    counts[outcome]++;
  }
  const curve = kaplanMeier(
    { duration: duration.subarray(0, opened), event: event.subarray(0, opened) },
    { confidenceLevel },
  );
  return {
    opportunities: opened,
    open: counts[OPEN],
    wonDays: ratio(days[WON], counts[WON], "opportunities won"),
    lostDays: ratio(days[LOST], counts[LOST], "opportunities lost"),
    medianDays: survivalQuantile(curve),
    curve,
  };
}

/** How the time in stages is measured. */
export interface StageDurationOptions extends SalesCycleOptions {
  /** The stages. */
  readonly pipeline: SalesPipeline;
  /** Stays that began in this window; default all before `asOf`. */
  readonly window?: OpportunityWindow;
}

/** How long opportunities stay in each stage. */
export interface StageDurations {
  /** By stage, the earliest first. */
  readonly stages: readonly StageDuration[];
  /** Opportunities of which no stage is known before `asOf` (closed, and without a history): they count in no stage. */
  readonly opportunitiesWithoutStage: number;
}

/** How long opportunities stay in one stage. */
export interface StageDuration {
  /** Name of the stage. */
  readonly stage: string;
  /** Stays: whoever comes back stays again. */
  readonly stays: number;
  /** Of these, not ended yet. */
  readonly open: number;
  /** Days of the ended stays, on average. */
  readonly meanDays: Rate;
  /** Days by which half of the stays have ended, with the open ones counted as far as they are known. */
  readonly medianDays: SurvivalQuantile;
  /** Share of the stays not ended by days since they began (Kaplan & Meier 1958). */
  readonly curve: SurvivalCurve;
}

/**
 * In which stage do opportunities stay how long?
 *
 * A stay ends when another stage is entered, or with winning or losing. Stays that go on are censored at `asOf`.
 *
 * @param opportunities - Open and closed ones, with `stageHistory`.
 * @param options - `pipeline`, `asOf`, `window`, `timeZone`, `confidenceLevel`.
 * @returns One entry a stage, the earliest first, and how many opportunities have no known stage; days are of 24 hours.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { stageDurations } from "clientele";
 *
 * const pipeline = { stages: [{ name: "lead", probability: 0.2 }, { name: "proposal", probability: 0.5 }] };
 * const stageHistory = [{ stage: "lead", at: "2024-01-01" }, { stage: "proposal", at: "2024-01-15" }];
 * const deals = [{ id: "1", amount: 100, stage: "proposal", openedAt: "2024-01-01", stageHistory }];
 * const { stages: [lead, proposal] } = stageDurations(deals, { pipeline, asOf: "2024-03-01" });
 * lead?.meanDays.value; // => 14
 * proposal?.open; // => 1
 * ```
 */
export function stageDurations(
  opportunities: readonly OpportunityRow[],
  options: StageDurationOptions,
): StageDurations {
  const pipeline = readPipeline(options?.pipeline);
  const facts = knownOpportunities(opportunities, options, pipeline);
  const confidenceLevel = confidenceLevelOf(options);
  const { start, end } = windowBeforeAsOf(options.window, facts);
  // Stays stage by stage, those of stage s from starts[s] up to, not including, starts[s + 1].
  const starts = new Uint32Array(pipeline.stages.length + 1);
  const moves = facts.moveOffsets[facts.length];
  const isAsked = (move: number) => facts.moveAt[move] >= start && facts.moveAt[move] < end;
  for (let move = 0; move < moves; move++) if (isAsked(move)) starts[facts.moveStage[move] + 1]++;
  for (let stage = 0; stage + 1 < starts.length; stage++) starts[stage + 1] += starts[stage];
  const next = starts.slice();
  const duration = new Float64Array(starts[starts.length - 1]);
  const event = new Uint8Array(duration.length);
  const days = new Float64Array(pipeline.stages.length);
  const ended = new Uint32Array(pipeline.stages.length);
  let opportunitiesWithoutStage = 0;
  for (let k = 0; k < facts.length; k++) {
    if (facts.moveOffsets[k] === facts.moveOffsets[k + 1]) opportunitiesWithoutStage++;
    for (let move = facts.moveOffsets[k]; move < facts.moveOffsets[k + 1]; move++) {
      if (!isAsked(move)) continue;
      const until = endOfStay(facts, k, move);
      const isOver = !Number.isNaN(until);
      const length = ((isOver ? until : facts.asOf) - facts.moveAt[move]) / DAY_MS;
      const stage = facts.moveStage[move];
      const stay = next[stage]++;
      duration[stay] = length;
      if (!isOver) continue;
      event[stay] = 1;
      days[stage] += length;
      ended[stage]++;
    }
  }
  const stages = pipeline.stages.map(({ name }, i): StageDuration => {
    const [from, to] = [starts[i], starts[i + 1]];
    const curve = kaplanMeier(
      { duration: duration.subarray(from, to), event: event.subarray(from, to) },
      { confidenceLevel },
    );
    return {
      stage: name,
      stays: to - from,
      open: to - from - ended[i],
      meanDays: ratio(days[i], ended[i], "stays that have ended"),
      medianDays: survivalQuantile(curve),
      curve,
    };
  });
  return { stages, opportunitiesWithoutStage };
}

/** NaN while it goes on. */
function endOfStay({ moveOffsets, moveAt, closedAt }: KnownOpportunities, k: number, move: number): number {
  return move + 1 < moveOffsets[k + 1] ? moveAt[move + 1] : closedAt[k];
}
