import { assertOneOf } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { windowBeforeAsOf } from "../../core/window-option.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { type KnownOpportunities, knownOpportunities, LOST, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow, OpportunityWindow } from "./opportunity-row.js";
import { readPipeline, type SalesPipeline } from "./sales-pipeline.js";

/** How stage conversion is counted. */
export interface StageConversionOptions extends OpportunityOptions, ConfidenceOptions {
  /** The stages. */
  readonly pipeline: SalesPipeline;
  /** The cohort: opportunities that entered the stage in this window; default all before `asOf`. */
  readonly window?: OpportunityWindow;
  /**
   * Who was in a stage. `"entered"` (default): whoever stood in it. `"reached"`: whoever stood in it or any later stage or
   * was won, as a funnel draws it; a stage that was jumped over counts at the instant of the jump.
   */
  readonly counting?: "entered" | "reached";
}

/** What became of the opportunities that entered each stage. */
export interface StageConversions {
  /** By stage, the earliest first. */
  readonly stages: readonly StageConversion[];
  /**
   * Opportunities of which no stage is known before `asOf` (closed, and without a history): they count in no stage. Are there
   * many, the rates are those of the others.
   */
  readonly opportunitiesWithoutStage: number;
}

/** What became of the opportunities that entered one stage. */
export interface StageConversion {
  /** Name of the stage. */
  readonly stage: string;
  /** Opportunities that entered it for the first time in the window: `advanced + lost + open`. */
  readonly entered: number;
  /** Of these, that stood in a later stage since, or were won. */
  readonly advanced: number;
  /** Of these, that were lost and never advanced. */
  readonly lost: number;
  /** Of these, that neither advanced nor were lost yet. */
  readonly open: number;
  /** Of `entered`, won in the end. */
  readonly won: number;
  /** Of `entered`, lost in the end, from this or a later stage. */
  readonly lostInTheEnd: number;
  /** Of `entered`, gone back from this stage to an earlier one at least once; they may have advanced all the same. */
  readonly movedBack: number;
  /** Opportunities that came to a later stage, or were won, in the window and never stood in this one. */
  readonly skipped: number;
  /** `advanced / entered`: low for young cohorts, of which many are open. */
  readonly conversion: Rate;
  /** Where the share that advances lies (Wilson 1927). */
  readonly conversionInterval: Interval;
  /** `advanced / (advanced + lost)`: of those of whom it is known. */
  readonly conversionOfDecided: Rate;
  /** `won / (won + lostInTheEnd)`. */
  readonly winRate: Rate;
  /** Where the share that is won lies (Wilson 1927). */
  readonly winRateInterval: Interval;
}

/**
 * Of the opportunities that entered a stage, how many went on, how many were lost, how many are still there?
 *
 * A cohort measure: it follows those who entered a stage in the window until `asOf`, and does not divide the numbers that
 * stand in two stages today. The first entry counts; to go back and come again changes nothing. To advance is to stand in
 * any later stage, not in the next one alone, or to be won; a stage that was skipped was not entered unless `counting` says
 * so. Without a history an opportunity has only been in the stage of its record, since it was opened.
 *
 * @param opportunities - Open and closed ones, with `stageHistory`.
 * @param options - `pipeline`, `asOf`, `window`, `counting`, `timeZone`, `confidenceLevel`.
 * @returns One entry a stage, the earliest first, and how many opportunities have no known stage.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`.
 * @example
 * ```ts
 * import { stageConversion } from "clientele";
 *
 * const pipeline = { stages: [{ name: "lead", probability: 0.2 }, { name: "proposal", probability: 0.5 }] };
 * const lead = { stage: "lead", at: "2024-01-01" };
 * const proposal = { stage: "proposal", at: "2024-02-01" };
 * const deal = { amount: 100, openedAt: "2024-01-01" };
 * const { stages: [leads] } = stageConversion(
 *   [
 *     { ...deal, id: "1", stage: "proposal", stageHistory: [lead, proposal] },
 *     { ...deal, id: "2", stage: "lead", stageHistory: [lead] },
 *     { ...deal, id: "3", stage: "lead", stageHistory: [lead], closedAt: "2024-01-20", outcome: "lost" },
 *   ],
 *   { pipeline, asOf: "2024-03-01" },
 * );
 * [leads?.entered, leads?.advanced, leads?.lost, leads?.open]; // => [3, 1, 1, 1]
 * leads?.conversionOfDecided.value; // => 0.5
 * ```
 */
export function stageConversion(
  opportunities: readonly OpportunityRow[],
  options: StageConversionOptions,
): StageConversions {
  const pipeline = readPipeline(options?.pipeline);
  const { counting = "entered" } = options;
  assertOneOf(counting, "options.counting", ["entered", "reached"]);
  const confidenceLevel = confidenceLevelOf(options);
  const facts = knownOpportunities(opportunities, options, pipeline);
  const { start, end } = windowBeforeAsOf(options.window, facts);
  const inWindow = (at: number): boolean => at >= start && at < end;
  const size = pipeline.stages.length;
  const count = () => new Float64Array(size);
  const [entered, advanced, lost, won, lostInTheEnd, movedBack, skipped] = Array.from({ length: 7 }, count);
  const [firstAt, reachedAt] = [count(), count()];
  const isBack = new Uint8Array(size);
  const latestSince = new Int32Array(size);
  let opportunitiesWithoutStage = 0;
  for (let k = 0; k < facts.length; k++) {
    // One that was won without a known stage would be in every stage at once, and one that was lost in none.
    if (facts.moveOffsets[k] === facts.moveOffsets[k + 1]) {
      opportunitiesWithoutStage++;
      continue;
    }
    firstEntries(facts, k, { firstAt, reachedAt, isBack, latestSince });
    const outcome = facts.outcome[k];
    for (let stage = 0; stage < size; stage++) {
      const beyondAt =
        stage + 1 < size
          ? reachedAt[stage + 1]
          : outcome === WON
            ? facts.closedAt[k]
            : Number.POSITIVE_INFINITY;
      const neverIn = firstAt[stage] === Number.POSITIVE_INFINITY;
      if (neverIn && beyondAt < Number.POSITIVE_INFINITY && inWindow(beyondAt)) skipped[stage]++;
      if (!inWindow(counting === "reached" ? reachedAt[stage] : firstAt[stage])) continue;
      entered[stage]++;
      if (isBack[stage] === 1) movedBack[stage]++;
      // Who stood in a later stage before this one must do so again.
      const hasAdvanced =
        outcome === WON ||
        (counting === "reached" ? beyondAt < Number.POSITIVE_INFINITY : latestSince[stage] > stage);
      if (hasAdvanced) advanced[stage]++;
      else if (outcome === LOST) lost[stage]++;
      if (outcome === WON) won[stage]++;
      else if (outcome === LOST) lostInTheEnd[stage]++;
    }
  }
  const stages = pipeline.stages.map(
    ({ name }, i): StageConversion => ({
      stage: name,
      entered: entered[i],
      advanced: advanced[i],
      lost: lost[i],
      open: entered[i] - advanced[i] - lost[i],
      won: won[i],
      lostInTheEnd: lostInTheEnd[i],
      movedBack: movedBack[i],
      skipped: skipped[i],
      conversion: ratio(advanced[i], entered[i], "opportunities that entered the stage"),
      conversionInterval: wilsonInterval(advanced[i], entered[i], { confidenceLevel }),
      conversionOfDecided: ratio(
        advanced[i],
        advanced[i] + lost[i],
        "opportunities that advanced or were lost",
      ),
      winRate: ratio(won[i], won[i] + lostInTheEnd[i], "opportunities won or lost"),
      winRateInterval: wilsonInterval(won[i], won[i] + lostInTheEnd[i], { confidenceLevel }),
    }),
  );
  return { stages, opportunitiesWithoutStage };
}

/** What became of one opportunity, by stage. */
interface StageEntries {
  /** When it first stood in the stage; infinity for never. */
  readonly firstAt: Float64Array;
  /** When it first stood in it or a later one, or was won. */
  readonly reachedAt: Float64Array;
  /** 1 where it went back from the stage to an earlier one. */
  readonly isBack: Uint8Array;
  /** Of a stage in which it stood: the latest in which it stood after it first entered this one, -1 for none. */
  readonly latestSince: Int32Array;
}

function firstEntries(
  { moveOffsets, moveStage, moveAt, outcome, closedAt }: KnownOpportunities,
  k: number,
  { firstAt, reachedAt, isBack, latestSince }: StageEntries,
): void {
  firstAt.fill(Number.POSITIVE_INFINITY);
  isBack.fill(0);
  let latest = -1;
  for (let i = moveOffsets[k + 1] - 1; i >= moveOffsets[k]; i--) {
    const stage = moveStage[i];
    firstAt[stage] = moveAt[i];
    latestSince[stage] = latest;
    if (i + 1 < moveOffsets[k + 1] && moveStage[i + 1] < stage) isBack[stage] = 1;
    if (stage > latest) latest = stage;
  }
  let reached = outcome[k] === WON ? closedAt[k] : Number.POSITIVE_INFINITY;
  for (let stage = firstAt.length - 1; stage >= 0; stage--) {
    if (firstAt[stage] < reached) reached = firstAt[stage];
    reachedAt[stage] = reached;
  }
}
