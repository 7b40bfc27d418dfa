import { assertArgument, assertArray } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type Rate, ratio } from "../../core/rate.js";
import { safeInteger } from "../../core/safe-integer.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { assertNamedRows, isAmount, NO_AMOUNT } from "../statement/named-rows.js";

/** One stage on the way to a sale. */
export interface FunnelStage {
  /** Its name: `"delivered"`, `"response"`, `"lead"`, `"sale"`; each once. */
  readonly stage: string;
  /** How many came so far, a whole number; of those in the stage before. */
  readonly count: number;
  /** What the stage itself cost, whole minor units, zero or more; default 0. */
  readonly cost?: number | null | undefined;
}

/** What came of one stage, and what it cost. */
export interface FunnelStageOutcome {
  /** Its name. */
  readonly stage: string;
  /** How many came so far. */
  readonly count: number;
  /** How many of the stage before did not; 0 in the first. */
  readonly dropped: number;
  /** Of the stage before; `null` in the first, and after a stage with nobody. */
  readonly conversion: Rate;
  /** Where that conversion plausibly lies (Wilson 1927); `null` where it is. */
  readonly conversionInterval: Interval | null;
  /** Of the first stage; `null` when nobody was in it. */
  readonly conversionFromStart: Rate;
  /** Where that conversion plausibly lies (Wilson 1927); `null` where it is, and in the first stage. */
  readonly conversionFromStartInterval: Interval | null;
  /** What the stage itself cost, minor units. */
  readonly cost: number;
  /** What it and all stages before it cost, minor units. */
  readonly cumulativeCost: number;
  /** Cost per lead, per response, per sale: `cumulativeCost / count`, minor units; `null` when nobody came so far. */
  readonly costPer: Rate;
  /** What the stage itself cost for each who came so far, minor units. */
  readonly ownCostPer: Rate;
}

/**
 * What does a response, a lead, a sale cost us, and where on the way do we lose people?
 *
 * Whoever is in a stage has been in the stage before it. The cost of a lead is all that was spent to get leads, also on those
 * who dropped out, over the leads; the cost per sale is so the acquisition cost of the campaign. That two conversions differ
 * by more than chance is for {@link twoProportionTest} to say, or {@link fisherExact} where counts are small.
 *
 * @param stages - From the first to the last, at least one.
 * @param options - `confidenceLevel` (default 0.95).
 * @returns The stages in their order.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a stage has no name or the name of another, a count that is not whole or
 * above that of the stage before, or an unusable cost; `INVALID_ARGUMENT`; `UNSAFE_INTEGER` when the costs leave 2^53 - 1.
 * @example
 * ```ts
 * import { acquisitionFunnel } from "clientele";
 *
 * const funnel = acquisitionFunnel([
 *   { stage: "delivered", count: 1000, cost: 3000 },
 *   { stage: "response", count: 150 },
 *   { stage: "sale", count: 30, cost: 600 },
 * ]);
 * funnel.map(({ stage, costPer }) => [stage, costPer.value]); // => [["delivered", 3], ["response", 20], ["sale", 120]]
 * funnel.map(({ conversion }) => conversion.value); // => [null, 0.15, 0.2]
 * funnel[1]?.conversionInterval?.lower; // ~> 0.12921007
 * ```
 */
export function acquisitionFunnel(
  stages: readonly FunnelStage[],
  options: ConfidenceOptions = {},
): FunnelStageOutcome[] {
  const confidenceLevel = confidenceLevelOf(options);
  assertStages(stages);
  let cumulativeCost = 0;
  return stages.map(({ stage, count, cost }, i) => {
    const own = cost ?? 0;
    cumulativeCost = safeInteger(cumulativeCost + own, "stages", "the sum of the costs");
    const start = stages[0].count;
    const before = i === 0 ? null : stages[i - 1].count;
    const intervalOf = (base: number | null) =>
      base === null || base === 0 ? null : wilsonInterval(count, base, { confidenceLevel });
    return {
      stage,
      count,
      dropped: before === null ? 0 : before - count,
      conversion:
        before === null
          ? { value: null, numerator: count, denominator: 0, reason: "there is no stage before" }
          : ratio(count, before, "count of the stage before"),
      conversionInterval: intervalOf(before),
      conversionFromStart: ratio(count, start, "count of the first stage"),
      conversionFromStartInterval: i === 0 ? null : intervalOf(start),
      cost: own,
      cumulativeCost,
      costPer: ratio(cumulativeCost, count, "count of the stage"),
      ownCostPer: ratio(own, count, "count of the stage"),
    };
  });
}

function assertStages(stages: readonly FunnelStage[]): void {
  assertArray(stages, "stages");
  assertArgument(stages.length > 0, "stages", () => "stages is empty: pass at least one { stage, count }");
  let before: unknown = Number.POSITIVE_INFINITY;
  assertNamedRows(stages, "stage", "stages", ({ count, cost }, note) => {
    const isCount = Number.isSafeInteger(count) && (count as number) >= 0;
    note(isCount, "count", "is not a whole number, zero or more", count);
    const isFewer = !isCount || typeof before !== "number" || (count as number) <= before;
    note(isFewer, "count", `is above the ${String(before)} of the stage before`, count);
    note(isAmount(cost ?? 0), "cost", NO_AMOUNT, cost);
    before = isCount ? count : before;
  });
}
