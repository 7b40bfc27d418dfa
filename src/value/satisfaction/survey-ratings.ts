import { assertArgument, assertArray, assertInteger, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { intervalWithin, type MeanEstimate, meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { ANY_ANSWER } from "../../statistics/scales/scale-answers.js";

/** Answers to one question, one for each respondent: numbers; `null`, or in a typed array NaN, where none was given. */
export type SurveyRatings = ArrayLike<number | null>;

/** How many gave each answer of a scale of whole numbers. */
export interface RatingCounts {
  /** From the lowest answer to the highest: five numbers for 1 to 5. */
  readonly counts: readonly number[];
  /** How many were asked and gave no answer; default 0. */
  readonly missing?: number | undefined;
}

/** Which answers there are. */
interface RatingRange {
  readonly min: number;
  readonly max: number;
}

/** Answers on a scale of whole numbers, counted. */
interface Tally {
  /** By answer, from `min` on. */
  readonly counts: readonly number[];
  readonly n: number;
  readonly missing: number;
}

/** Reads whole answers, or their counts. @internal */
export function tallyOf(input: SurveyRatings | RatingCounts, range: RatingRange, path: string): Tally {
  const points = range.max - range.min + 1;
  if (typeof input === "object" && input !== null && "counts" in input) {
    const { counts, missing = 0 } = input;
    assertArray(counts, `${path}.counts`);
    assertArgument(
      counts.length === points,
      `${path}.counts`,
      () =>
        `${path}.counts has ${counts.length} numbers: pass ${points}, for the answers ${range.min} to ${range.max}`,
    );
    for (const [i, count] of counts.entries()) assertInteger(count, `${path}.counts[${i}]`, 0);
    assertInteger(missing, `${path}.missing`, 0);
    const n = counts.reduce((sum, count) => sum + count, 0);
    assertArgument(
      Number.isSafeInteger(n),
      `${path}.counts`,
      () => `${path}.counts sum to ${n}, more answers than can be counted exactly: pass fewer`,
    );
    return { counts: [...counts], n, missing };
  }
  const values = readRatings(input, range, path, true);
  const counts = new Array<number>(points).fill(0);
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    counts[value - range.min]++;
    n++;
  }
  return { counts, n, missing: values.length - n };
}

/** Answers as numbers, NaN where none was given; throws with every one that is not on the scale. @internal */
export function readRatings(
  ratings: SurveyRatings,
  range: RatingRange | null,
  path: string,
  isWhole = false,
): Float64Array {
  const isTyped = ArrayBuffer.isView(ratings) && "length" in ratings;
  assertArgument(
    isTyped || Array.isArray(ratings),
    path,
    () => `${path} is ${shown(ratings)}: pass an array of answers`,
  );
  const values = new Float64Array(ratings.length).fill(Number.NaN);
  const problems: RowProblem[] = [];
  let total = 0;
  const { min, max } = range ?? { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };
  for (let row = 0; row < values.length; row++) {
    const value = ratings[row];
    if (value === null || (isTyped && Number.isNaN(value))) continue;
    // Text would be compared as the number that it spells.
    if (typeof value === "number" && value >= min && value <= max && (!isWhole || Number.isInteger(value))) {
      values[row] = value;
      continue;
    }
    total++;
    if (problems.length < LISTED)
      problems.push({ row, field: "", reason: rangeReason(range, isWhole), value });
  }
  if (total > 0) throw invalidRows(problems, total, path);
  return values;
}

/** As many as an error lists. */
const LISTED = 20;

function rangeReason(range: RatingRange | null, isWhole: boolean): string {
  if (range === null) return "is not a finite number; pass null where there is no answer";
  if (range === ANY_ANSWER)
    return `is not a number from ${range.min} to ${range.max}; pass null where there is no answer`;
  return `is not ${isWhole ? "a whole number " : "on the scale, "}from ${range.min} to ${range.max}`;
}

/** Throws unless answers run in whole numbers from a lowest to a higher highest. @internal */
export function assertWholeRange(min: unknown, max: unknown): void {
  assertInteger(min, "options.min");
  assertInteger(max, "options.max", min + 1, min + 1000);
}

/** How many answers of a scale lie above its middle: the middle one of 1 to 5 is neither good nor bad. @internal */
export function beyondMiddle({ min, max }: RatingRange): number {
  return Math.floor((max - min + 1) / 2);
}

/** Mean of counted answers, in the scale's own units; its interval is cut to the scale. @internal */
export function tallyMean({ counts }: Tally, range: RatingRange, confidenceLevel: number): MeanEstimate {
  const answers = counts.map((_, point) => range.min + point);
  const estimate = meanEstimate(answers, confidenceLevel, counts);
  return { ...estimate, interval: intervalWithin(estimate.interval, range) };
}
