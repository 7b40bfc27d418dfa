import { assertArgument, assertOptions } from "../../core/assert.js";
import type { Interval } from "../../core/interval.js";
import { type ConfidenceOptions, confidenceLevelOf } from "../../statistics/confidence.js";
import { intervalWithin, meanEstimate } from "../../statistics/scales/mean-estimate.js";
import { assertRange, pompOf } from "../../statistics/scales/scale-definition.js";
import {
  assertIndexItems,
  type RatedIndexItem,
  type ReadIndexItem,
  readIndexItems,
  type SatisfactionIndexItem,
} from "./index-items.js";

/** The scale on which the questions of an index were answered. */
export interface SatisfactionIndexOptions extends ConfidenceOptions {
  /** Lowest possible answer; default 1. */
  readonly min?: number | undefined;
  /** Highest possible answer; default 10. */
  readonly max?: number | undefined;
}

/** A satisfaction index, 0 to 100, with what each question brings. */
export interface SatisfactionIndex {
  /** 0 (lowest answer everywhere) to 100; `null` when nobody answered every question. */
  readonly score: number | null;
  /** The same with equal weights: how much the weights matter. */
  readonly equalWeights: number | null;
  /** How many the index is of: who answered every question; of means, the fewest that a question states, `null` where one does not. */
  readonly n: number | null;
  /** How many were left out for want of an answer; of means, the most that a question states, `null` where one does not. */
  readonly missing: number | null;
  /** Of the score, by Student's t over the respondents' own indices, inside 0 to 100; `null` of means, and with fewer than 2. */
  readonly interval: Interval | null;
  /** The questions, in the order of the input. */
  readonly items: readonly SatisfactionIndexPart[];
  /** Why fields are `null`; `null` where every field is a number. */
  readonly reason: string | null;
}

/** What one question brings to an index. */
export interface SatisfactionIndexPart {
  /** Which question. */
  readonly id: string;
  /** Mean answer, on the scale, of those whom the index is of; `null` when there are none. */
  readonly mean: number | null;
  /** Its weight among all, 0 to 1. */
  readonly weight: number;
  /** The mean as percent of maximum possible, 0 to 100; `null` where the mean is. */
  readonly pomp: number | null;
  /** Weight x pomp: the index is the sum of these; `null` where the mean is. */
  readonly contribution: number | null;
  /** How many answered it, whether or not they answered the others; `null`: not stated. */
  readonly n: number | null;
  /** How many did not; `null`: not stated. */
  readonly missing: number | null;
}

/**
 * How satisfied are customers on an index of several questions, 0 to 100, with weights of our own (ACSI's form)?
 *
 * The sum of weight x (mean - min) / (max - min) x 100, weights summing to 1 (Fornell, Johnson, Anderson, Cha & Bryant 1996,
 * with three questions on 1 to 10). The weights of the American index are estimated anew for each firm and are not public: without
 * weights of your own pass equal ones. With the answers of each respondent, as {@link itemRatings} gives them, the index is of those who
 * answered every question, and has an interval; means alone tell nothing of chance or of the silent but what you state.
 *
 * @param items - The questions, one or more, each with weight and answers, or all with their means.
 * @param options - `min` (default 1) and `max` (default 10) of the answers, `confidenceLevel`.
 * @returns The index, the index at equal weights, n, missing and interval, and for each question its weight among all, its own 0 to 100,
 * and their product.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a mean or an answer is not on the scale, a weight is negative, a count is none or an id
 * stands twice; `INVALID_ARGUMENT` when there is no question, no weight above 0, or lists of answers differ in length.
 * @example
 * ```ts
 * import { acsi } from "clientele";
 *
 * const { score, equalWeights, n, interval } = acsi([
 *   { id: "overall", mean: 8.1, weight: 0.3885, n: 250 },
 *   { id: "expectations", mean: 7.8, weight: 0.319, n: 240 },
 *   { id: "ideal", mean: 7.5, weight: 0.2925, n: 245 },
 * ]);
 * score; // ~> 75.87555555555556
 * equalWeights; // ~> 75.55555555555556
 * [n, interval]; // => [240, null]
 *
 * const rated = acsi([
 *   { id: "overall", ratings: [10, 1, 7, null], weight: 2 },
 *   { id: "ideal", ratings: [7, 4, 4, 9], weight: 1 },
 * ]);
 * [rated.n, rated.missing]; // => [3, 1]
 * rated.score; // ~> 51.85185185185185
 * ```
 */
export function acsi(
  items: readonly SatisfactionIndexItem[] | readonly RatedIndexItem[],
  options: SatisfactionIndexOptions = {},
): SatisfactionIndex {
  assertOptions(options);
  const { min = 1, max = 10 } = options;
  assertRange(min, max, "options");
  const confidenceLevel = confidenceLevelOf(options);
  assertIndexItems(items, { min, max });
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  assertArgument(
    total > 0 && Number.isFinite(total),
    "items",
    () => `items have weights that sum to ${total}: pass at least one above 0, and none beyond reach`,
  );
  const { rows, read } = readIndexItems(items, { min, max });
  const parts = read.map(({ id, mean, weight, n, missing }): SatisfactionIndexPart => {
    const pomp = mean === null ? null : pompOf(mean, { min, max });
    const share = weight / total;
    return { id, mean, weight: share, pomp, contribution: pomp === null ? null : share * pomp, n, missing };
  });
  const count = countsOf(rows, read);
  const own = rows?.complete.map((row) =>
    read.reduce((sum, { weight, ratings }) => {
      return sum + (weight / total) * pompOf(ratings?.[row] ?? Number.NaN, { min, max });
    }, 0),
  );
  const interval = own === undefined ? null : meanEstimate(own, confidenceLevel).interval;
  return {
    score: sumOf(parts.map(({ contribution }) => contribution)),
    equalWeights: sumOf(parts.map(({ pomp }) => (pomp === null ? null : pomp / parts.length))),
    ...count,
    interval: intervalWithin(interval, { min: 0, max: 100 }),
    items: parts,
    reason: reasonOf(rows?.complete.length ?? null, count),
  };
}

interface Counts {
  readonly n: number | null;
  readonly missing: number | null;
}

function countsOf(
  rows: { readonly complete: readonly number[]; readonly respondents: number } | null,
  read: readonly ReadIndexItem[],
): Counts {
  if (rows !== null) return { n: rows.complete.length, missing: rows.respondents - rows.complete.length };
  const all = (counts: readonly (number | null)[], pick: (...counts: number[]) => number) => {
    const known = counts.flatMap((count) => count ?? []);
    return known.length === counts.length ? pick(...known) : null;
  };
  return {
    n: all(
      read.map(({ n }) => n),
      Math.min,
    ),
    missing: all(
      read.map(({ missing }) => missing),
      Math.max,
    ),
  };
}

function reasonOf(complete: number | null, { n, missing }: Counts): string | null {
  if (complete === 0) return "nobody answered every question";
  if (complete !== null)
    return complete === 1 ? "interval: needs 2 respondents who answered every question, there is 1" : null;
  const unstated = [n === null ? "n" : [], missing === null ? "missing" : []].flat();
  const counts = unstated.length === 0 ? "" : `; ${unstated.join(" and ")}: a question does not state it`;
  return `interval: means do not say how answers vary, pass ratings${counts}`;
}

function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
}
