import { assertInteger } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { windowBeforeAsOf } from "../../core/window-option.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { knownOpportunities, OPEN, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow, OpportunityWindow } from "./opportunity-row.js";
import { type PipelineStage, readPipeline, type SalesPipeline } from "./sales-pipeline.js";

/** How probabilities are held against history. */
export interface StageCalibrationOptions extends OpportunityOptions, ConfidenceOptions {
  /** The stages with the probabilities in use. */
  readonly pipeline: SalesPipeline;
  /** Opportunities that closed in this window; default all before `asOf`. */
  readonly window?: OpportunityWindow;
  /** From how many closed opportunities on a stage takes its probability from history; 1 or more, default 20. */
  readonly minimum?: number;
}

/** A stage's probability beside what history says. */
export interface CalibratedStage {
  /** Name of the stage. */
  readonly stage: string;
  /** The probability in use. */
  readonly probability: number;
  /** Closed opportunities that were in the stage at any time. */
  readonly closed: number;
  /** Of these, won. */
  readonly won: number;
  /** `won / closed`. */
  readonly observed: Rate;
  /** Where the true share lies (Wilson 1927). */
  readonly interval: Interval;
  /**
   * Whether the probability in use lies below the interval, in it or above it; `null` without closed opportunities. Too
   * high: the forecast promises too much.
   */
  readonly verdict: "tooLow" | "inLine" | "tooHigh" | null;
  /** Mean squared distance of the probability in use from what came, 0 the best (Brier 1950). */
  readonly brierScore: Rate;
}

/** Probabilities by stage as history has them. */
export interface StageCalibration {
  /** By stage, the earliest first. */
  readonly stages: readonly CalibratedStage[];
  /** Over all stages of all closed opportunities (Brier 1950). */
  readonly brierScore: Rate;
  /** Opportunities closed in the window of which no stage is known (they came without a history): they count nowhere. */
  readonly opportunitiesWithoutStage: number;
  /**
   * The pipeline with the observed probabilities where there are enough closed opportunities, ready to forecast with. Records
   * that bring a probability of their own, as those of most CRMs do, need `probabilities: "stage"` there.
   */
  readonly pipeline: SalesPipeline;
}

/**
 * Are the probabilities of our stages true?
 *
 * Of the closed opportunities that were once in a stage, the share that was won, beside the probability that the stage
 * states. Open ones say nothing yet; since what is lost is often closed sooner than what is won, or later, look at a window
 * in which almost all that was open has closed.
 *
 * @param opportunities - Open and closed ones, with `stageHistory`.
 * @param options - `pipeline`, `asOf`, `window`, `minimum` (default 20), `timeZone`, `confidenceLevel`.
 * @returns Each stage's stated and observed probability, and the pipeline with the observed ones.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { stageCalibration } from "clientele";
 *
 * const pipeline = { stages: [{ name: "proposal", probability: 0.8 }] };
 * const deal = { amount: 100, stage: "proposal", openedAt: "2024-01-01", closedAt: "2024-02-01" };
 * const calibration = stageCalibration(
 *   [
 *     { ...deal, id: "1", outcome: "won" },
 *     { ...deal, id: "2", outcome: "lost" },
 *   ],
 *   { pipeline, asOf: "2024-03-01", minimum: 2 },
 * );
 * calibration.stages[0]?.observed.value; // => 0.5
 * calibration.stages[0]?.brierScore.value; // ~> 0.34
 * calibration.pipeline.stages; // => [{ name: "proposal", probability: 0.5 }]
 * ```
 */
export function stageCalibration(
  opportunities: readonly OpportunityRow[],
  options: StageCalibrationOptions,
): StageCalibration {
  const { stages, placeOf } = readPipeline(options?.pipeline);
  const { minimum = 20 } = options;
  assertInteger(minimum, "options.minimum", 1);
  const confidenceLevel = confidenceLevelOf(options);
  const facts = knownOpportunities(opportunities, options, { stages, placeOf });
  const { start, end } = windowBeforeAsOf(options.window, facts);
  const [closed, won] = [new Float64Array(stages.length), new Float64Array(stages.length)];
  const seen = new Int32Array(stages.length).fill(-1);
  let opportunitiesWithoutStage = 0;
  for (let k = 0; k < facts.length; k++) {
    if (facts.outcome[k] === OPEN || facts.closedAt[k] < start || facts.closedAt[k] >= end) continue;
    if (facts.moveOffsets[k] === facts.moveOffsets[k + 1]) opportunitiesWithoutStage++;
    for (let i = facts.moveOffsets[k]; i < facts.moveOffsets[k + 1]; i++) {
      const stage = facts.moveStage[i];
      if (seen[stage] === k) continue;
      seen[stage] = k;
      closed[stage]++;
      if (facts.outcome[k] === WON) won[stage]++;
    }
  }
  const squares = stages.map(
    ({ probability }, i) => won[i] * (1 - probability) ** 2 + (closed[i] - won[i]) * probability ** 2,
  );
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  return {
    stages: stages.map(({ name, probability }, i): CalibratedStage => {
      const interval = wilsonInterval(won[i], closed[i], { confidenceLevel });
      const { lower, upper } = interval;
      const side = probability < lower ? "tooLow" : probability > upper ? "tooHigh" : "inLine";
      return {
        stage: name,
        probability,
        closed: closed[i],
        won: won[i],
        observed: ratio(won[i], closed[i], CLOSED),
        interval,
        verdict: closed[i] === 0 ? null : side,
        brierScore: ratio(squares[i], closed[i], CLOSED),
      };
    }),
    brierScore: ratio(sum(squares), sum(closed), CLOSED),
    opportunitiesWithoutStage,
    pipeline: {
      ...options.pipeline,
      stages: stages.map(
        (stage, i): PipelineStage =>
          closed[i] < minimum ? stage : { ...stage, probability: won[i] / closed[i] },
      ),
    },
  };
}

const CLOSED = "closed opportunities that were in the stage";
