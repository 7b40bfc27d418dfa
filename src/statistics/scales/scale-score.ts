import { assertOneOf, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { shareOfCount } from "../../core/share-of-count.js";
import { type Table, table } from "../../core/table.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../confidence.js";
import { meanEstimate } from "./mean-estimate.js";
import { readAnswers } from "./read-answers.js";
import { assertWaveId, type ReadAnswers, type ScaleAnswers } from "./scale-answers.js";
import { pompOf, type ReadScale, readScale, type ScaleDefinition } from "./scale-definition.js";
import { reliabilityOf } from "./scale-reliability.js";

/** Which answers are scored, and how sure intervals should be. */
export interface ScaleScoreOptions extends ConfidenceOptions {
  /** The wave to score, where answers are of several; waves are never pooled, their answers are not independent. */
  readonly waveId?: string | undefined;
  /** What to do with answers to items that the scale does not have: `"refuse"` (default), or `"skip"` and count them. */
  readonly unknownItems?: "refuse" | "skip" | undefined;
}

/** Columns of the respondents' scores: a row for each respondent and dimension. */
export interface ScaleScoreColumns {
  /** Who. */
  readonly respondentId: readonly string[];
  /** Which customer that is, as the answers say; `null` where none does. */
  readonly customerId: readonly (string | null)[];
  /** Of which dimension. */
  readonly dimension: readonly string[];
  /** Mean of the answers as scored, on the scale's min to max; `null` with too few answers. */
  readonly score: readonly (number | null)[];
  /** The score as percent of maximum possible, 0 to 100; `null` where the score is. */
  readonly pomp: readonly (number | null)[];
  /** How many items of the dimension were answered. */
  readonly answered: readonly number[];
}

/** One item within its dimension. */
export interface ScaleItemStatistics {
  /** Which item. */
  readonly id: string;
  /** How many answered it. */
  readonly n: number;
  /** How many did not. */
  readonly missing: number;
  /** Mean as scored (reversed where it is to be, on the scale's min to max); `null` when nobody answered. */
  readonly mean: number | null;
  /** Correlation with the weighted sum of the other items, complete cases; `null` where one does not vary. */
  readonly itemTotal: number | null;
  /** Alpha of the other items; `null` when fewer than 2 are left or they do not vary. */
  readonly alphaIfDropped: number | null;
}

/** One dimension over all respondents. */
export interface ScaleDimension {
  /** Its name. */
  readonly dimension: string;
  /** How many respondents have a score. */
  readonly n: number;
  /** How many answered some of its items, but too few for a score. */
  readonly tooFew: number;
  /** How many answered none of its items. */
  readonly unanswered: number;
  /** Mean score, on the scale's min to max; `null` when nobody has one. */
  readonly mean: number | null;
  /** Standard deviation of the scores, with n - 1; `null` with fewer than 2. */
  readonly sd: number | null;
  /** Of the mean, by Student's t; `null` with fewer than 2 scores. */
  readonly interval: Interval | null;
  /** The mean as percent of maximum possible, 0 to 100; `null` where the mean is. */
  readonly pomp: number | null;
  /** Cronbach's alpha, at most 1; `null` when undefined. */
  readonly alpha: number | null;
  /** Of alpha (Feldt 1965); `null` where alpha is. */
  readonly alphaInterval: Interval | null;
  /** Alpha of the items at equal variances, without weights; with 2 items it is Spearman-Brown's. `null` when an item or their sum does not vary. */
  readonly standardizedAlpha: number | null;
  /** How many answered every item: alpha and item-total correlations are theirs. */
  readonly completeN: number;
  /** Why alpha is `null`; `null` where it is a number. */
  readonly alphaReason: string | null;
  /** `"reverse coding?"` when alpha or an item-total correlation is negative: an item may run the other way. */
  readonly warning: "reverse coding?" | null;
  /** The items, in the order of the scale. */
  readonly items: readonly ScaleItemStatistics[];
}

/** Scores of a multi-item instrument, with the number of respondents at each step. */
export interface ScaleScores {
  /** Which scale. */
  readonly scaleId: string;
  /** Which wave; `null` when answers name none. */
  readonly waveId: string | null;
  /** The lowest possible score. */
  readonly min: number;
  /** The highest possible score. */
  readonly max: number;
  /** How many respondents there are, answered or not. */
  readonly n: number;
  /** How many of them answered no item of the scale. */
  readonly unanswered: number;
  /** How many answers to items that the scale does not have were skipped. */
  readonly skipped: number;
  /** A row for each respondent and dimension, in the order of the answers. */
  readonly respondents: Table<ScaleScoreColumns>;
  /** The dimensions, in the order of their first items. */
  readonly dimensions: readonly ScaleDimension[];
}

/**
 * What do respondents score on a multi-item scale, and do its items measure one thing?
 *
 * For any instrument: trust, commitment, emotional bond, perceived value. A score is the weighted mean of the answered items of
 * a dimension, reversed items as min + max - answer; a missing answer is left out, never filled in. Scores also come as percent
 * of maximum possible (POMP: Cohen, Cohen, Aiken & West 1999). Alpha is that of the weighted sum (Cronbach 1951), by
 * respondents who answered every item. Dimensions are never added up to one total. The wording of published scales belongs
 * to their authors: this is the scorer, the items are yours.
 *
 * When an answer was given is not read: {@link checkSurveyAnswers} refuses impossible times and answers outside their wave.
 *
 * @param answers - Rows, columns, a table, or (fastest) a matrix; each respondent answers an item once in a wave, for one customer.
 * @param scale - Items with their dimensions, the range of answers, and how many make a score.
 * @param options - `confidenceLevel`, `waveId`, `unknownItems`.
 * @returns Scores by respondent and dimension, and for each dimension mean, interval, reliability and items.
 * @throws {@link ClienteleError} `INVALID_ROWS` when an answer is not on its item's scale, is of an unknown item, or is given
 * twice, or a respondent is two customers; `INVALID_ARGUMENT` when the scale is no scale, or answers of several waves come without `waveId`.
 * @example
 * ```ts
 * import { rows, scaleScore } from "clientele";
 *
 * const trust = { id: "trust", min: 1, max: 5, items: [{ id: "keepsWord" }, { id: "hidesFaults", reverse: true }] };
 * const answers = [
 *   { respondentId: "ani", itemId: "keepsWord", value: 5 },
 *   { respondentId: "ani", itemId: "hidesFaults", value: 2 },
 *   { respondentId: "budi", itemId: "keepsWord", value: 3 },
 *   { respondentId: "budi", itemId: "hidesFaults", value: null },
 * ];
 * const { respondents, dimensions } = scaleScore(answers, trust);
 * const [first] = rows(respondents);
 * [first?.respondentId, first?.score, first?.pomp, first?.answered]; // => ["ani", 4.5, 87.5, 2]
 * dimensions[0]?.mean; // => 3.75
 * dimensions[0]?.alphaReason; // => "alpha needs 2 respondents who answered every item, there are 1"
 * scaleScore([{ respondentId: "ani", itemId: "keepsWord", value: 6 }], trust); // throws INVALID_ROWS
 * ```
 */
export function scaleScore(
  answers: ScaleAnswers,
  scale: ScaleDefinition,
  options: ScaleScoreOptions = {},
): ScaleScores {
  const definition = readScale(scale);
  assertOptions(options);
  const confidenceLevel = confidenceLevelOf(options);
  const { waveId, unknownItems = "refuse" } = options;
  assertOneOf(unknownItems, "options.unknownItems", ["refuse", "skip"]);
  assertWaveId(waveId);
  const read = readAnswers(answers, definition, {
    waveId,
    skipsUnknown: unknownItems === "skip",
    path: "answers",
  });
  const people = read.respondentIds.length;
  const perDimension = definition.dimensions.map(({ name, places }) => {
    const scored = scoresOf(read, definition, places);
    return { name, scored, summary: summaryOf(name, scored, read, definition, places, confidenceLevel) };
  });
  const { min, max } = definition;
  const column = <Cell>(
    cell: (dimension: (typeof perDimension)[number], respondent: number) => Cell,
  ): Cell[] => {
    const cells = new Array<Cell>(people * perDimension.length);
    for (let r = 0, row = 0; r < people; r++)
      for (const dimension of perDimension) cells[row++] = cell(dimension, r);
    return cells;
  };
  const known = (value: number) => (!Number.isNaN(value) ? value : null);
  let unanswered = 0;
  for (let r = 0; r < people; r++)
    if (perDimension.every(({ scored }) => scored.answered[r] === 0)) unanswered++;
  return {
    scaleId: definition.id,
    waveId: read.waveId,
    ...{ min, max, n: people, unanswered, skipped: read.skipped },
    respondents: table<ScaleScoreColumns>({
      respondentId: column((_, r) => read.respondentIds[r]),
      customerId: column((_, r) => read.customerIds?.[r] ?? null),
      dimension: column(({ name }) => name),
      score: column(({ scored }, r) => known(scored.score[r])),
      pomp: column(({ scored }, r) => known(pompOf(scored.score[r], definition))),
      answered: column(({ scored }, r) => scored.answered[r]),
    }),
    dimensions: perDimension.map(({ summary }) => summary),
  };
}

interface Scored {
  /** NaN: too few answers. */
  readonly score: Float64Array;
  readonly answered: Int32Array;
}

function scoresOf(read: ReadAnswers, scale: ReadScale, places: readonly number[]): Scored {
  const { cells, width, columnOf, respondentIds } = read;
  const score = new Float64Array(respondentIds.length).fill(Number.NaN);
  const answered = new Int32Array(respondentIds.length);
  const needed = Math.max(1, shareOfCount(scale.minAnswered, places.length));
  const items = places.map((place) => ({ ...scale.items[place], column: columnOf[place] }));
  const asked = items.filter(({ column }) => column >= 0);
  for (let r = 0; r < score.length; r++) {
    let [sum, weights, count] = [0, 0, 0];
    for (const { column, intercept, slope, weight } of asked) {
      const value = cells[r * width + column];
      if (Number.isNaN(value)) continue;
      sum += weight * (intercept + slope * value);
      weights += weight;
      count++;
    }
    answered[r] = count;
    if (count >= needed) score[r] = sum / weights;
  }
  return { score, answered };
}

function summaryOf(
  dimension: string,
  { score, answered }: Scored,
  read: ReadAnswers,
  scale: ReadScale,
  places: readonly number[],
  confidenceLevel: number,
): ScaleDimension {
  const { n, mean, sd, interval } = meanEstimate(score, confidenceLevel);
  let unanswered = 0;
  for (let r = 0; r < answered.length; r++) if (answered[r] === 0) unanswered++;
  const { items, ...reliability } = reliabilityOf(
    completeCases(read, scale, places, answered),
    confidenceLevel,
  );
  // Items that have nothing in common miss 0 by rounding, on either side.
  const isNegative = (value: number | null) => value !== null && value < -1e-9;
  const isReversed = isNegative(reliability.alpha) || items.some(({ itemTotal }) => isNegative(itemTotal));
  return {
    dimension,
    ...{ n, tooFew: score.length - unanswered - n, unanswered, mean, sd, interval },
    pomp: mean === null ? null : pompOf(mean, scale),
    ...reliability,
    warning: isReversed ? "reverse coding?" : null,
    items: items.map((statistics, i) => ({ ...itemMean(read, scale, places[i]), ...statistics })),
  };
}

function itemMean({ cells, width, columnOf, respondentIds }: ReadAnswers, scale: ReadScale, place: number) {
  const { id, intercept, slope } = scale.items[place];
  const column = columnOf[place];
  let [n, sum] = [0, 0];
  for (let r = 0; column >= 0 && r < respondentIds.length; r++) {
    const value = cells[r * width + column];
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
  }
  return { id, n, missing: respondentIds.length - n, mean: n === 0 ? null : intercept + (slope * sum) / n };
}

/** The respondents who answered every item of a dimension, side by side, as scored and weighted. */
function completeCases(
  { cells, width, columnOf }: ReadAnswers,
  scale: ReadScale,
  places: readonly number[],
  answered: Int32Array,
) {
  const k = places.length;
  const items = places.map((place) => ({ ...scale.items[place], column: columnOf[place] }));
  const complete = answered.reduce((count, number) => count + (number === k ? 1 : 0), 0);
  const values = new Float64Array(complete * k);
  for (let r = 0, cell = 0; r < answered.length; r++) {
    if (answered[r] !== k) continue;
    for (const { column, intercept, slope, weight } of items)
      values[cell++] = weight * (intercept + slope * cells[r * width + column]);
  }
  const weights = items.map(({ weight }) => weight);
  return { values, n: complete, k, weights, range: scale.max - scale.min };
}
