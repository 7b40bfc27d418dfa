import { assertArgument, assertArray, assertOneOf, assertOptions, shown } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { assertRange } from "../../statistics/scales/scale-definition.js";
import { wilsonInterval } from "../../statistics/wilson-interval.js";
import { npsOf } from "./nps.js";
import { readRatings, type SurveyRatings } from "./survey-ratings.js";
import {
  type ChangeTest,
  pairedChange,
  pairedShareChange,
  promoterChange,
  shareChange,
  type TestedChange,
  welchChange,
} from "./wave-change.js";

/** The answers to one question in one wave. */
export interface SatisfactionWave {
  /** Which wave. */
  readonly waveId: string;
  /** Its answers, one for each respondent; `null`: none given. */
  readonly ratings: SurveyRatings;
  /** Who gave them, in the same order, each once; needed to pair waves. */
  readonly respondentIds?: readonly string[] | undefined;
}

/** What is followed over waves, and whose answers are compared. */
export interface SatisfactionTrendOptions extends ConfidenceOptions {
  /** `"mean"` in scale units, `"topBox"` as a share, or `"nps"` in points. */
  readonly measure: "mean" | "topBox" | "nps";
  /**
   * `"independent"`: different respondents in each wave. `"paired"`: change is that of the respondents of both waves, the rest are
   * left out of it. No default: the wrong one gives wrong intervals.
   */
  readonly design: "independent" | "paired";
  /** Lowest possible answer; required but for `"nps"`, which is 0 to 10: only that may be stated there. */
  readonly min?: number | undefined;
  /** Highest possible answer; the same holds. */
  readonly max?: number | undefined;
  /** For `"topBox"`: answers from this one on count; required there, refused elsewhere. */
  readonly from?: number | undefined;
}

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
  /** Of the estimate: Student's t, Wilson's or Wald's; `null` where undefined. */
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
  /** Which test: Welch's t, two proportions, unpooled z; for pairs Student's t or McNemar's exact test. */
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
 * changed. With many waves some p-values are small by chance; `overall` is one question.
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
  assertArray(waves, "waves");
  const read = waves.map((wave, i) => readWave(wave, reading, design === "paired", `waves[${i}]`));
  assertArgument(
    new Set(read.map(({ waveId }) => waveId)).size === read.length,
    "waves",
    () => "waves hold a waveId a second time: pass each wave once",
  );
  const change = (from: ReadWave, to: ReadWave): TrendChange => {
    const rows = rowsOfBoth(from, to);
    const isPaired = design === "paired";
    const [before, after] = isPaired
      ? [
          Float64Array.from(rows ?? [], ([row]) => from.scores[row]),
          Float64Array.from(rows ?? [], ([, row]) => to.scores[row]),
        ]
      : [answeredOf(from), answeredOf(to)];
    const tested = testFor(measure, isPaired)(before, after, confidenceLevel);
    const { test, difference, interval, pValue, reason } = tested;
    const inBoth = rows?.length ?? null;
    return { from: from.waveId, to: to.waveId, difference, interval, pValue, test, inBoth, reason };
  };
  const [first, last] = [read.at(0), read.at(-1)];
  return {
    measure,
    design,
    waves: read.map((wave) => summaryOf(wave, measure, confidenceLevel)),
    changes: read.slice(1).map((wave, i) => change(read[i], wave)),
    overall: first !== undefined && last !== undefined && read.length > 1 ? change(first, last) : null,
  };
}

/** How an answer becomes the number that is averaged. */
interface Reading {
  readonly range: { readonly min: number; readonly max: number };
  readonly isWhole: boolean;
  readonly scoreOf: (answer: number) => number;
}

function readingOf({ measure, min, max, from }: SatisfactionTrendOptions): Reading {
  assertArgument(
    measure === "topBox" || from === undefined,
    "options.from",
    () => `options.from is ${shown(from)} and the measure is "${measure}": leave it out, or pass "topBox"`,
  );
  if (measure === "nps") {
    // Answers of 1 to 5 would pass for answers of 0 to 10, all of them detractors.
    for (const [name, value, only] of [["min", min, 0] as const, ["max", max, 10] as const])
      assertArgument(
        value === undefined || value === only,
        `options.${name}`,
        () => `options.${name} is ${shown(value)}: "nps" is of answers from 0 to 10, leave it out`,
      );
    const scoreOf = (answer: number) => (answer >= 9 ? 100 : answer >= 7 ? 0 : -100);
    return { range: { min: 0, max: 10 }, isWhole: true, scoreOf };
  }
  assertRange(min, max, "options");
  const range = { min: min as number, max: max as number };
  if (measure === "mean") return { range, isWhole: false, scoreOf: (answer) => answer };
  assertArgument(
    from !== undefined && Number.isFinite(from) && from > range.min && from <= range.max,
    "options.from",
    () => `options.from is ${shown(from)}: pass the lowest answer that counts, above ${min} and up to ${max}`,
  );
  return { range, isWhole: false, scoreOf: (answer) => (answer >= from ? 1 : 0) };
}

interface ReadWave {
  readonly waveId: string;
  /** NaN: not answered. */
  readonly scores: Float64Array;
  /** The row of each respondent; `null`: the wave does not say who. */
  readonly rowOf: ReadonlyMap<string, number> | null;
}

function readWave(wave: SatisfactionWave, reading: Reading, isPaired: boolean, path: string): ReadWave {
  assertOptions(wave, "{ waveId, ratings }", path);
  const { waveId, ratings, respondentIds } = wave;
  assertArgument(
    typeof waveId === "string" && waveId !== "",
    `${path}.waveId`,
    () => `${path}.waveId is ${shown(waveId)}: pass text that is not empty`,
  );
  const { range, isWhole, scoreOf } = reading;
  const scores = readRatings(ratings, range, `${path}.ratings`, isWhole).map((answer) =>
    Number.isNaN(answer) ? answer : scoreOf(answer),
  );
  assertArgument(
    respondentIds !== undefined || !isPaired,
    `${path}.respondentIds`,
    () => `${path}.respondentIds is left out: pass who answered, or design: "independent"`,
  );
  if (respondentIds === undefined) return { waveId, scores, rowOf: null };
  assertArray(respondentIds, `${path}.respondentIds`);
  assertArgument(
    respondentIds.length === scores.length,
    `${path}.respondentIds`,
    () =>
      `${path}.respondentIds has ${respondentIds.length} ids for ${scores.length} ratings: pass one for each`,
  );
  return { waveId, scores, rowOf: rowsById(respondentIds, `${path}.respondentIds`) };
}

function rowsById(ids: readonly unknown[], path: string): ReadonlyMap<string, number> {
  const rowOf = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const [row, value] of ids.entries()) {
    if (typeof value !== "string" || value === "")
      problems.push({ row, field: "", reason: "is not an id: text that is not empty", value });
    else if (rowOf.has(value)) problems.push({ row, field: "", reason: "comes a second time", value });
    else rowOf.set(value, row);
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, path);
  return rowOf;
}

/** The rows of respondents who answered in both waves; `null` where a wave does not say who. */
function rowsOfBoth(from: ReadWave, to: ReadWave): readonly (readonly [number, number])[] | null {
  if (from.rowOf === null || to.rowOf === null) return null;
  const rows: [number, number][] = [];
  for (const [id, row] of from.rowOf) {
    const later = to.rowOf.get(id);
    if (later === undefined || Number.isNaN(from.scores[row]) || Number.isNaN(to.scores[later])) continue;
    rows.push([row, later]);
  }
  return rows;
}

function answeredOf({ scores }: ReadWave): Float64Array {
  return scores.filter((score) => !Number.isNaN(score));
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
  confidenceLevel: number,
): TrendWave {
  const { n, mean, interval } = meanEstimate(wave.scores, confidenceLevel);
  const counts = { waveId: wave.waveId, n, missing: wave.scores.length - n };
  if (mean === null) return { ...counts, estimate: null, interval: null, reason: "the wave has no answers" };
  if (measure === "mean") {
    const reason = interval === null ? "interval: needs 2 answers, there is 1" : null;
    return { ...counts, estimate: mean, interval, reason };
  }
  const answered = answeredOf(wave);
  const count = (wanted: number) => answered.reduce((sum, score) => sum + (score === wanted ? 1 : 0), 0);
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
