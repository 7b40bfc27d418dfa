import type { TimeWindow } from "../../core/duration.js";
import { type PeriodOptions, type PeriodSpec, periodAt, periodOf, periodReader } from "../../core/period.js";
import { safeInteger } from "../../core/safe-integer.js";
import { localDay, startOfDay } from "../../core/time-zone.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type KnownOpportunities, knownOpportunities, OPEN, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow } from "./opportunity-row.js";
import { NO_STAGE, type ReadPipeline, readPipeline, type SalesPipeline } from "./sales-pipeline.js";
import {
  type Deals,
  type DrawnSums,
  drawnSums,
  type ForecastAmount,
  forecastAmount,
  limitOptions,
} from "./weighted-amount.js";

/** How a pipeline is forecast. */
export interface PipelineForecastOptions extends OpportunityOptions, PeriodOptions, ConfidenceOptions {
  /** IANA zone of civil days and periods; default `"UTC"`. */
  readonly timeZone?: string;
  /** The stages with their probabilities. */
  readonly pipeline: SalesPipeline;
  /** By which periods of the expected close; default `"month"`. */
  readonly by?: PeriodSpec;
  /**
   * Whole number that fixes the draws of a simulation: limits are then those of 10,000 drawn outcomes. Default: none, and
   * limits are those of a normal curve, which is wrong where a few large opportunities decide.
   */
  readonly seed?: number;
  /** How many outcomes are drawn, 100 to 1,000,000; needs a `seed`. Default 10,000. */
  readonly simulations?: number;
}

/** The open opportunities that are expected to close in one period. */
export interface ForecastPeriod extends ForecastAmount, TimeWindow {
  /** Name of the period: `"2024-06"`. */
  readonly label: string;
  /** Number of the period; consecutive. */
  readonly index: number;
  /** What was won in the period before `asOf`, minor units. */
  readonly won: number;
  /** What the period brings on average: `won + weighted`, minor units, not rounded. */
  readonly expected: number;
  /** By forecast category, the most certain first; empty when the pipeline has none. */
  readonly categories: readonly ForecastCategory[];
}

/** The open opportunities of one forecast category. */
export interface ForecastCategory {
  /** Its name; `null`: stages without a category. */
  readonly category: string | null;
  /** How many there are. */
  readonly opportunities: number;
  /** What they would bring if all were won, minor units. */
  readonly amount: number;
  /** Each amount times its probability, minor units. */
  readonly weighted: number;
  /** `amount` of this category and all that are more certain, minor units: a best case includes what is committed. */
  readonly cumulative: number;
}

/** The open opportunities in one stage. */
export interface PipelineStageAmount {
  /** Name of the stage. */
  readonly stage: string;
  /** The stage's own probability. */
  readonly probability: number;
  /** How many are in it. */
  readonly opportunities: number;
  /** What they would bring if all were won, minor units. */
  readonly amount: number;
  /** Each amount times its probability, minor units, not rounded. */
  readonly weighted: number;
}

/** What the pipeline brings, and when. */
export interface PipelineForecast {
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** IANA zone of the periods. */
  readonly timeZone: string;
  /** ISO 4217 code of the amounts; `null` when opportunities came without one. */
  readonly currency: string | null;
  /** Whether limits are those of a normal curve or of drawn outcomes. */
  readonly intervalMethod: "normal" | "simulation";
  /** All open opportunities whose probability is known: all periods, overdue and unscheduled. */
  readonly open: ForecastAmount;
  /** From the period of `asOf` to the last in which an opportunity is expected to close, without a gap. */
  readonly periods: readonly ForecastPeriod[];
  /** Open although the decision was expected on a day before that of `asOf`: in no period. */
  readonly overdue: ForecastAmount;
  /** Nobody has said when they close: in no period. */
  readonly unscheduled: ForecastAmount;
  /** Whose stage at `asOf` is not known (closed since, without a history): they count nowhere else. */
  readonly withoutStage: {
    /** How many. */
    readonly opportunities: number;
    /** What they would bring if all were won, minor units. */
    readonly amount: number;
  };
  /** By stage, the earliest first. */
  readonly stages: readonly PipelineStageAmount[];
}

/**
 * What will our open opportunities bring, and in which month?
 *
 * Each amount counts with the opportunity's own probability or, without one, its stage's, in the period in which it is
 * expected to close. What should have closed on an earlier day is overdue and counts in no period, nor does what nobody
 * has dated. Limits take it that opportunities are won or lost independently; where one cause (a budget stop) hits many,
 * the truth lies outside more often.
 *
 * Amounts and expected closes are those of the record, which keeps no history of them; the stage is that of `asOf`, and a
 * record's own probability counts only where nothing happened to it since.
 *
 * @param opportunities - Open and closed ones; what was won in the current period is added to its forecast.
 * @param options - `pipeline`, `asOf`, `by` (default `"month"`), `timeZone`, `confidenceLevel`, `seed`, `simulations`.
 * @returns The forecast by period, what is overdue or without a date, and the pipeline by stage.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`;
 * `CURRENCY_MISMATCH`; `UNSAFE_INTEGER`.
 * @example
 * ```ts
 * import { pipelineForecast } from "clientele";
 *
 * const deals = [
 *   { id: "1", amount: 1000, stage: "proposal", openedAt: "2024-01-10", expectedCloseAt: "2024-03-20" },
 *   { id: "2", amount: 500, stage: "lead", openedAt: "2024-02-01", expectedCloseAt: "2024-03-31" },
 *   { id: "3", amount: 800, stage: "proposal", openedAt: "2024-02-01", expectedCloseAt: "2024-02-15" },
 * ];
 * const pipeline = { stages: [{ name: "lead", probability: 0.2 }, { name: "proposal", probability: 0.5 }] };
 * const { periods, overdue } = pipelineForecast(deals, { pipeline, asOf: "2024-03-01" });
 * periods.map(({ label, amount, weighted }) => [label, amount, weighted]); // => [["2024-03", 1500, 600]]
 * overdue.weighted; // => 400
 * ```
 */
export function pipelineForecast(
  opportunities: readonly OpportunityRow[],
  options: PipelineForecastOptions,
): PipelineForecast {
  const pipeline = readPipeline(options?.pipeline);
  const facts = knownOpportunities(opportunities, options, pipeline);
  const { by = "month", timeZone, weekStartsOn, firstMonth, seed, simulations } = options;
  const limits = limitOptions(confidenceLevelOf(options), seed, simulations);
  const calendar = {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(weekStartsOn === undefined ? {} : { weekStartsOn }),
    ...(firstMonth === undefined ? {} : { firstMonth }),
  };
  const current = periodOf(facts.asOf, by, calendar);
  const sorted = sortOpen(facts, pipeline, periodReader(by, calendar), current.index);
  const drawn = (deals: Deals): { deals: Deals; sums: DrawnSums } => ({
    deals,
    sums: drawnSums(deals, limits),
  });
  const wonNow = wonIn(facts, current.start);
  const last = [...sorted.periods.keys()].reduce((latest, index) => Math.max(latest, index), current.index);
  const groups = Array.from({ length: last - current.index + 1 }, (_, i) => {
    const found = sorted.periods.get(current.index + i) ?? newBucket(`period ${current.index + i}`);
    return { bucket: found, group: drawn(found) };
  });
  const [overdue, unscheduled] = [drawn(sorted.overdue), drawn(sorted.unscheduled)];
  return {
    asOf: facts.asOf,
    timeZone: facts.timeZone,
    currency: facts.currency,
    intervalMethod: seed === undefined ? "normal" : "simulation",
    open: forecastAmount([...groups.map(({ group }) => group), overdue, unscheduled], limits),
    periods: groups.map(({ bucket, group }, i) => {
      const amounts = forecastAmount([group], limits);
      const won = i === 0 ? wonNow : 0;
      const { start, end, label, index } = i === 0 ? current : periodAt(current.index + i, by, calendar);
      const categories = categoriesOf(bucket, pipeline);
      return { label, index, start, end, ...amounts, won, expected: won + amounts.weighted, categories };
    }),
    overdue: forecastAmount([overdue], limits),
    unscheduled: forecastAmount([unscheduled], limits),
    withoutStage: sorted.withoutStage,
    stages: stagesOf([...groups.map(({ bucket }) => bucket), sorted.overdue, sorted.unscheduled], pipeline),
  };
}

interface Bucket extends Deals {
  readonly stage: number[];
}

function newBucket(name: string): Bucket {
  return { name, amount: [], probability: [], stage: [] };
}

interface SortedDeals {
  readonly periods: Map<number, Bucket>;
  readonly overdue: Bucket;
  readonly unscheduled: Bucket;
  readonly withoutStage: { opportunities: number; amount: number };
}

function sortOpen(
  facts: KnownOpportunities,
  { stages }: ReadPipeline,
  indexOf: (ms: number) => number,
  currentIndex: number,
): SortedDeals {
  // Close dates of CRMs are days: what is expected today is not late.
  const today = startOfDay(localDay(facts.asOf, facts.timeZone), facts.timeZone);
  const periods = new Map<number, Bucket>();
  const [overdue, unscheduled] = [newBucket("overdue"), newBucket("unscheduled")];
  const withoutStage = { opportunities: 0, amount: 0 };
  for (let k = 0; k < facts.length; k++) {
    if (facts.outcome[k] !== OPEN) continue;
    const amount = facts.amount[k];
    const end = facts.moveOffsets[k + 1];
    const stage = end > facts.moveOffsets[k] ? facts.moveStage[end - 1] : NO_STAGE;
    if (stage === NO_STAGE) {
      withoutStage.opportunities++;
      withoutStage.amount = safeInteger(
        withoutStage.amount + amount,
        "opportunities",
        "the sum of the amounts",
      );
      continue;
    }
    const expected = facts.expectedCloseAt[k];
    let bucket = Number.isNaN(expected) ? unscheduled : overdue;
    if (expected >= today) {
      // The day of asOf may have begun in the period before.
      const index = Math.max(indexOf(expected), currentIndex);
      bucket = periods.get(index) ?? newBucket(`period ${index}`);
      periods.set(index, bucket);
    }
    bucket.amount.push(amount);
    bucket.probability.push(
      Number.isNaN(facts.probability[k]) ? stages[stage].probability : facts.probability[k],
    );
    bucket.stage.push(stage);
  }
  return { periods, overdue, unscheduled, withoutStage };
}

function wonIn(facts: KnownOpportunities, start: number): number {
  let won = 0;
  for (let k = 0; k < facts.length; k++)
    if (facts.outcome[k] === WON && facts.closedAt[k] >= start)
      won = safeInteger(won + facts.amount[k], "opportunities", "the sum of what was won");
  return won;
}

function stagesOf(buckets: readonly Bucket[], { stages }: ReadPipeline): PipelineStageAmount[] {
  const sums = stages.map(({ name, probability }) => ({
    stage: name,
    probability,
    opportunities: 0,
    amount: 0,
    weighted: 0,
  }));
  for (const { amount, probability, stage } of buckets) {
    for (let i = 0; i < amount.length; i++) {
      const sum = sums[stage[i]];
      sum.opportunities++;
      sum.amount += amount[i];
      sum.weighted += amount[i] * probability[i];
    }
  }
  return sums;
}

function categoriesOf(bucket: Bucket, pipeline: ReadPipeline): ForecastCategory[] {
  const latestFirst = [...pipeline.stages].reverse();
  if (latestFirst.every(({ category }) => category === undefined)) return [];
  const sums = stagesOf([bucket], pipeline).reverse();
  const names = [...new Set(latestFirst.map(({ category }) => category ?? null))];
  let cumulative = 0;
  return names.map((category) => {
    const own = sums.filter((_, i) => (latestFirst[i].category ?? null) === category);
    const total = (field: "opportunities" | "amount" | "weighted") =>
      own.reduce((sum, one) => sum + one[field], 0);
    cumulative += total("amount");
    return {
      category,
      opportunities: total("opportunities"),
      amount: total("amount"),
      weighted: total("weighted"),
      cumulative,
    };
  });
}
