import { assertOneOf, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { confidenceLevelOf } from "../../statistics/confidence.js";
import { intervalWithin, meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { npsOf } from "./nps.js";
import {
  type Reading,
  type ReadWave,
  readingOf,
  readWaves,
  type SatisfactionTrendOptions,
  type SatisfactionWave,
  scoresOf,
  scoresOfBoth,
} from "./read-waves.js";
import {
  type ChangeTest,
  countOf,
  pairedChange,
  pairedShareChange,
  promoterChange,
  shareChange,
  type TestedChange,
  welchChange,
} from "./wave-change.js";

/** One wave of a trend, over all who answered in it. */
export interface TrendWave {
  /** Which wave. */
  readonly waveId: string;
  /** How many answered. */
  readonly n: number;
  /** How many did not. */
  readonly missing: number;
  /** In the unit of the measure; `null` without answers. */
  readonly estimate: number | null;
  /** Of the estimate, inside its scale: Student's t, Wilson's or Wald's; `null` where undefined. */
  readonly interval: Interval | null;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** The change from one wave to a later one. */
export interface TrendChange {
  /** The earlier wave. */
  readonly from: string;
  /** The later wave. */
  readonly to: string;
  /** Later less earlier, in the unit of the measure; when paired, of the respondents of both; `null` when undefined. */
  readonly difference: number | null;
  /** Of the difference; `null` when undefined. */
  readonly interval: Interval | null;
  /** Two-sided chance of a difference at least this large if nothing had changed; `null` when undefined. */
  readonly pValue: number | null;
  /**
   * Which test. Independent: Welch's t; two proportions by z, but Fisher's exact test where a wave has fewer than 5 in or out of
   * the top boxes; unpooled z. Paired: Student's t or McNemar's exact test.
   */
  readonly test: ChangeTest;
  /** How many respondents answered in both waves; `null` when waves do not say who. Above 0, they are not independent. */
  readonly inBoth: number | null;
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** A measure over waves. */
export interface SatisfactionTrend {
  /** What is followed. */
  readonly measure: "mean" | "topBox" | "nps";
  /** Whose answers are compared. */
  readonly design: "independent" | "paired";
  /** The waves, in the order of the input. */
  readonly waves: readonly TrendWave[];
  /** From each wave to the next. */
  readonly changes: readonly TrendChange[];
  /** From the first wave to the last; `null` with fewer than 2 waves. */
  readonly overall: TrendChange | null;
}

/**
 * Did satisfaction really change between waves, or could it be chance?
 *
 * Every wave with its interval, every change with its own interval and test: two intervals that overlap do not say that nothing
 * changed. With many waves some p-values are small by chance; `overall` is one question. {@link itemRatings} takes a wave out of
 * stored answers.
 *
 * @param waves - The answers of each wave, in the order of time.
 * @param options - `measure` and `design` (required), `min`, `max`, `from`, `confidenceLevel`.
 * @returns Estimates by wave, changes from wave to wave, and from the first to the last.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is not on the scale or a respondent comes twice in a wave;
 * `INVALID_ARGUMENT` when an option is missing or not for the measure, or waves to be paired do not say who answered.
 * @example
 * ```ts
 * import { satisfactionTrend } from "clientele";
 *
 * const respondentIds = ["ani", "budi", "citra", "dewi"];
 * const { waves, overall } = satisfactionTrend(
 *   [
 *     { waveId: "2023", respondentIds, ratings: [3, 4, 2, 4] },
 *     { waveId: "2024", respondentIds, ratings: [4, 4, 4, 5] },
 *   ],
 *   { measure: "mean", design: "paired", min: 1, max: 5 },
 * );
 * waves.map(({ estimate }) => estimate); // => [3.25, 4.25]
 * overall?.difference; // => 1
 * overall?.pValue; // ~> 0.0917211133
 * ```
 */
export function satisfactionTrend(
  waves: readonly SatisfactionWave[],
  options: SatisfactionTrendOptions,
): SatisfactionTrend {
  assertOptions(options, "{ measure, design }");
  const { measure, design } = options;
  assertOneOf(measure, "options.measure", ["mean", "topBox", "nps"]);
  assertOneOf(design, "options.design", ["independent", "paired"]);
  const reading = readingOf(options);
  const confidenceLevel = confidenceLevelOf(options);
  const isPaired = design === "paired";
  const read = readWaves(waves, reading, isPaired);
  const change = (from: ReadWave, to: ReadWave): TrendChange => {
    const both = scoresOfBoth(from, to);
    const [before, after] =
      isPaired && both !== null ? [both.before, both.after] : [scoresOf(from), scoresOf(to)];
    const tested = testFor(measure, isPaired)(before, after, confidenceLevel);
    const { test, difference, interval, pValue, reason } = tested;
    const inBoth = both?.before.length ?? null;
    return { from: from.waveId, to: to.waveId, difference, interval, pValue, test, inBoth, reason };
  };
  const changes = read.slice(1).map((wave, i) => change(read[i], wave));
  const [first, last] = [read.at(0), read.at(-1)];
  return {
    measure,
    design,
    waves: read.map((wave) => summaryOf(wave, measure, reading.range, confidenceLevel)),
    changes,
    overall:
      changes.length < 2 || first === undefined || last === undefined
        ? (changes.at(0) ?? null)
        : change(first, last),
  };
}

function testFor(
  measure: SatisfactionTrendOptions["measure"],
  isPaired: boolean,
): (before: Float64Array, after: Float64Array, confidenceLevel: number) => TestedChange {
  if (measure === "topBox") return isPaired ? pairedShareChange : shareChange;
  if (isPaired) return pairedChange;
  return measure === "nps" ? promoterChange : welchChange;
}

function summaryOf(
  wave: ReadWave,
  measure: SatisfactionTrendOptions["measure"],
  range: Reading["range"],
  confidenceLevel: number,
): TrendWave {
  const { n, mean, interval } = meanEstimate(wave.scores, confidenceLevel);
  const counts = { waveId: wave.waveId, n, missing: wave.scores.length - n };
  if (mean === null) return { ...counts, estimate: null, interval: null, reason: "the wave has no answers" };
  if (measure === "mean") {
    const reason = interval === null ? "interval: needs 2 answers, there is 1" : null;
    return { ...counts, estimate: mean, interval: intervalWithin(interval, range), reason };
  }
  const count = (wanted: number) => countOf(wave.scores, wanted);
  if (measure === "topBox") {
    const satisfied = count(1);
    const wilson = wilsonInterval(satisfied, n, { confidenceLevel });
    return { ...counts, estimate: satisfied / n, interval: wilson, reason: null };
  }
  const promoters = { promoters: count(100), passives: count(0), detractors: count(-100) };
  const score = npsOf(promoters, { confidenceLevel }, "waves");
  const alike = "interval: every answer falls into one class, nothing varies";
  const reason = score.interval === null ? alike : null;
  return { ...counts, estimate: score.nps, interval: score.interval, reason };
}
