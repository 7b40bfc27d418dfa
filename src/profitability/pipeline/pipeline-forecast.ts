import { assertOneOf } from "../../core/assert.js";
import type { TimeWindow } from "../../core/duration.js";
import { type PeriodOptions, type PeriodSpec, periodAt, periodOf } from "../../core/period.js";
import { periodOptionReader } from "../../core/period-option.js";
import { type RowProblem, throwRowProblems } from "../../core/row-problems.js";
import { safeInteger } from "../../core/safe-integer.js";
import { localDay, startOfDay } from "../../core/time-zone.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { type Deals, type DrawnSums, drawnSums } from "./drawn-sums.js";
import { type KnownOpportunities, knownOpportunities, OPEN, WON } from "./known-opportunities.js";
import type { OpportunityOptions, OpportunityRow } from "./opportunity-row.js";
import { NO_STAGE, type ReadPipeline, readPipeline, type SalesPipeline } from "./sales-pipeline.js";
import {
  type Bucket,
  categoriesOf,
  type ForecastCategory,
  type PipelineStageAmount,
  stagesOf,
} from "./stage-amounts.js";
import { type ForecastAmount, forecastAmount, limitOptions } from "./weighted-amount.js";

/** How a pipeline is forecast. */
export interface PipelineForecastOptions extends OpportunityOptions, PeriodOptions, ConfidenceOptions {
  /** IANA zone of civil days and periods; default `"UTC"`. */
  readonly timeZone?: string;
  /** The stages with their probabilities. */
  readonly pipeline: SalesPipeline;
  /**
   * Whose probability counts. `"record"` (default): the opportunity's own where it has one, or else its stage's. `"stage"`:
   * its stage's, always; for records of a CRM that writes into each the probability it has set for the stage, when
   * `pipeline` knows better ({@link stageCalibration}).
   */
  readonly probabilities?: "record" | "stage";
  /** By which periods of the expected close; default `"month"`. */
  readonly by?: PeriodSpec;
  /**
   * Whole number that fixes the draws of a simulation: limits are then those of 10,000 drawn outcomes. Default: none, and
   * limits are those of a normal curve, which is wrong where a few large opportunities decide. Of many
   * hundred opportunities in one period, those that hardly shape the outcome are drawn together.
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
  /**
   * By forecast category, that of the latest stage first, and what is in none last; empty when the pipeline has none.
   */
  readonly categories: readonly ForecastCategory[];
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
  /** Of `open`, how many count with a probability of their own and not with their stage's. */
  readonly ownProbabilities: number;
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
 * @param options - `pipeline`, `asOf`, `probabilities`, `by` (default `"month"`), `timeZone`, `confidenceLevel`, `seed`, `simulations`.
 * @returns The forecast by period, what is overdue or without a date, and the pipeline by stage.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an opportunity breaks a rule, or is expected to close 5,000 periods or
 * more after `asOf`: such dates stand for "never"; `INVALID_ARGUMENT`; `UNKNOWN_TIME_ZONE`; `CURRENCY_MISMATCH`;
 * `UNSAFE_INTEGER`.
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
  const facts = knownOpportunities(opportunities, options, pipeline, COLUMNS);
  const { by = "month", probabilities = "record", timeZone, weekStartsOn, firstMonth } = options;
  assertOneOf(probabilities, "options.probabilities", ["record", "stage"]);
  const { seed, simulations } = options;
  const limits = limitOptions(confidenceLevelOf(options), seed, simulations);
  const calendar = {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(weekStartsOn === undefined ? {} : { weekStartsOn }),
    ...(firstMonth === undefined ? {} : { firstMonth }),
  };
  const indexOf = periodOptionReader(by, calendar, "options.by");
  const current = periodOf(facts.asOf, by, calendar);
  const mayBeOwn = probabilities === "record";
  const sorted = sortOpen(facts, pipeline, mayBeOwn, indexOf);
  const drawn = (name: string, deals: Deals): { deals: Deals; sums: DrawnSums } => ({
    deals,
    sums: drawnSums(name, deals, limits),
  });
  const wonNow = wonIn(facts, current.start);
  const last = [...sorted.periods.keys()].reduce((latest, index) => Math.max(latest, index), current.index);
  if (last - current.index >= MOST_PERIODS) throwTooFar(facts, current.index, indexOf);
  const groups = Array.from({ length: last - current.index + 1 }, (_, i) => {
    const index = current.index + i;
    const bucket = sorted.periods.get(index) ?? emptyBucket(0);
    return { bucket, group: drawn(`period ${index}`, bucket) };
  });
  const overdue = drawn("overdue", sorted.overdue);
  const unscheduled = drawn("unscheduled", sorted.unscheduled);
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
    ownProbabilities: sorted.ownProbabilities,
    overdue: forecastAmount([overdue], limits),
    unscheduled: forecastAmount([unscheduled], limits),
    withoutStage: sorted.withoutStage,
    stages: stagesOf([...groups.map(({ bucket }) => bucket), sorted.overdue, sorted.unscheduled], pipeline),
  };
}

const COLUMNS = ["amount", "expectedCloseAt", "probability", "stage"] as const;

type ForecastFacts = KnownOpportunities<OpportunityRow, (typeof COLUMNS)[number]>;

interface SortedDeals {
  readonly periods: Map<number, Bucket>;
  readonly overdue: Bucket;
  readonly unscheduled: Bucket;
  readonly withoutStage: { opportunities: number; amount: number };
  readonly ownProbabilities: number;
}

function sortOpen(
  facts: ForecastFacts,
  { stages }: ReadPipeline,
  mayBeOwn: boolean,
  indexOf: (ms: number) => number,
): SortedDeals {
  // Close dates of CRMs are days: what is expected today is not late, and in the current period, for periods begin with days.
  const today = startOfDay(localDay(facts.asOf, facts.timeZone), facts.timeZone);
  const withoutStage = { opportunities: 0, amount: 0 };
  const codes = new Int32Array(facts.length).fill(NO_BUCKET);
  const sizes = [0, 0];
  const codeOfPeriod = new Map<number, number>();
  for (let k = 0; k < facts.length; k++) {
    if (facts.outcome[k] !== OPEN) continue;
    if (facts.stage[k] === NO_STAGE) {
      const amount = withoutStage.amount + facts.amount[k];
      withoutStage.opportunities++;
      withoutStage.amount = safeInteger(amount, "opportunities", "the sum of the amounts");
      continue;
    }
    const expected = facts.expectedCloseAt[k];
    let code = Number.isNaN(expected) ? UNSCHEDULED : OVERDUE;
    if (expected >= today) {
      const index = indexOf(expected);
      code = codeOfPeriod.get(index) ?? sizes.push(0) - 1;
      if (sizes[code] === 0) codeOfPeriod.set(index, code);
    }
    codes[k] = code;
    sizes[code]++;
  }
  const buckets = sizes.map(emptyBucket);
  const filled = new Uint32Array(sizes.length);
  let ownProbabilities = 0;
  for (let k = 0; k < facts.length; k++) {
    const code = codes[k];
    if (code === NO_BUCKET) continue;
    const { amount, probability, stage } = buckets[code];
    const place = filled[code]++;
    const own = mayBeOwn && facts.probability ? facts.probability[k] : Number.NaN;
    const isOwn = !Number.isNaN(own);
    if (isOwn) ownProbabilities++;
    amount[place] = facts.amount[k];
    stage[place] = facts.stage[k];
    probability[place] = isOwn ? own : stages[stage[place]].probability;
  }
  const periods = new Map(Array.from(codeOfPeriod, ([index, code]) => [index, buckets[code]]));
  return {
    periods,
    overdue: buckets[OVERDUE],
    unscheduled: buckets[UNSCHEDULED],
    withoutStage,
    ownProbabilities,
  };
}

/** 13 years of days, 400 of months: what lies beyond is a date that stands for "never", such as 9999-12-31. */
const MOST_PERIODS = 5_000;

function throwTooFar(facts: ForecastFacts, current: number, indexOf: (ms: number) => number): void {
  const problems: RowProblem[] = [];
  for (let k = 0; k < facts.length; k++) {
    const expected = facts.expectedCloseAt[k];
    if (facts.outcome[k] !== OPEN || facts.stage[k] === NO_STAGE || Number.isNaN(expected)) continue;
    const ahead = indexOf(expected) - current;
    if (ahead < MOST_PERIODS) continue;
    problems.push({
      row: facts.place?.[k] ?? k,
      field: "expectedCloseAt",
      reason: `is ${ahead} periods after asOf, and a forecast has at most ${MOST_PERIODS}: correct it, leave it out where nobody knows, or pass longer periods as options.by`,
      value: facts.rows[k].expectedCloseAt,
    });
  }
  throwRowProblems(problems, "opportunities");
}

const NO_BUCKET = -1;
const OVERDUE = 0;
const UNSCHEDULED = 1;

function emptyBucket(size: number) {
  return {
    amount: new Float64Array(size),
    probability: new Float64Array(size),
    stage: new Uint32Array(size),
  };
}

function wonIn(facts: ForecastFacts, start: number): number {
  let won = 0;
  for (let k = 0; k < facts.length; k++)
    if (facts.outcome[k] === WON && facts.closedAt[k] >= start)
      won = safeInteger(won + facts.amount[k], "opportunities", "the sum of what was won");
  return won;
}
