import { assertArgument, assertOptions, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { assertRange, pompOf } from "../../statistics/scales/scale-definition.js";

/** One question of a satisfaction index. */
export interface SatisfactionIndexItem {
  /** Your identifier: `overall`, `expectations`, `ideal`. */
  readonly id: string;
  /** Mean answer, on the scale of the options. */
  readonly mean: number;
  /** Your weight, 0 or above, in any unit; only their proportions count. */
  readonly weight: number;
}

/** The scale on which the questions of an index were answered. */
export interface SatisfactionIndexOptions {
  /** Lowest possible answer; default 1. */
  readonly min?: number | undefined;
  /** Highest possible answer; default 10. */
  readonly max?: number | undefined;
}

/** A satisfaction index, 0 to 100, with what each question brings. */
export interface SatisfactionIndex {
  /** 0 (lowest answer everywhere) to 100. */
  readonly score: number;
  /** The same with equal weights: how much the weights matter. */
  readonly equalWeights: number;
  /** The questions, in the order of the input. */
  readonly items: readonly SatisfactionIndexPart[];
}

/** What one question brings to an index. */
export interface SatisfactionIndexPart {
  /** Which question. */
  readonly id: string;
  /** Mean answer, on the scale. */
  readonly mean: number;
  /** Its weight among all, 0 to 1. */
  readonly weight: number;
  /** The mean as percent of maximum possible, 0 to 100. */
  readonly pomp: number;
  /** Weight x pomp: the index is the sum of these. */
  readonly contribution: number;
}

/**
 * How satisfied are customers on an index of several questions, 0 to 100, with weights of our own (ACSI's form)?
 *
 * The sum of weight x (mean - min) / (max - min) x 100, weights summing to 1 (Fornell, Johnson, Anderson, Cha & Bryant 1996,
 * with three questions on 1 to 10). The weights of the American index are estimated anew for each firm and are not public: without
 * weights of your own pass equal ones. For an interval score the respondents' answers: {@link scaleScore} with the same weights.
 *
 * @param items - The questions, one or more, each with its mean answer and weight.
 * @param options - `min` (default 1) and `max` (default 10) of the answers.
 * @returns The index, the index at equal weights, and for each question its weight among all, its own 0 to 100, and their product.
 * @throws {@link ClienteleError} `INVALID_ROWS` when a mean is not on the scale, a weight is negative or an id stands twice;
 * `INVALID_ARGUMENT` when there is no question or no weight above 0.
 * @example
 * ```ts
 * import { acsi } from "clientele";
 *
 * const { score, equalWeights } = acsi([
 *   { id: "overall", mean: 8.1, weight: 0.3885 },
 *   { id: "expectations", mean: 7.8, weight: 0.319 },
 *   { id: "ideal", mean: 7.5, weight: 0.2925 },
 * ]);
 * score; // ~> 75.87555555555556
 * equalWeights; // ~> 75.55555555555556
 * ```
 */
export function acsi(
  items: readonly SatisfactionIndexItem[],
  options: SatisfactionIndexOptions = {},
): SatisfactionIndex {
  assertOptions(options);
  const { min = 1, max = 10 } = options;
  assertRange(min, max, "options");
  assertItems(items, min, max);
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  assertArgument(
    total > 0 && Number.isFinite(total),
    "items",
    () => `items have weights that sum to ${total}: pass at least one above 0, and none beyond reach`,
  );
  const parts = items.map(({ id, mean, weight }) => {
    const pomp = pompOf(mean, { min, max });
    return { id, mean, weight: weight / total, pomp, contribution: (weight / total) * pomp };
  });
  return {
    score: parts.reduce((sum, { contribution }) => sum + contribution, 0),
    equalWeights: parts.reduce((sum, { pomp }) => sum + pomp, 0) / parts.length,
    items: parts,
  };
}

function assertItems(items: unknown, min: number, max: number): void {
  assertArgument(
    Array.isArray(items) && items.length > 0,
    "items",
    () => `items is ${shown(items)}: pass one question or more`,
  );
  const problems: RowProblem[] = [];
  const seen = new Set<unknown>();
  for (const [row, item] of (items as readonly unknown[]).entries()) {
    const { id, mean, weight } = Object(item) as Partial<SatisfactionIndexItem>;
    const check = (holds: boolean, field: string, reason: string, value: unknown) => {
      if (!holds) problems.push({ row, field, reason, value });
    };
    const isText = typeof id === "string" && id !== "";
    check(isText, "id", "is not an id: text that is not empty", id);
    check(!isText || seen.size < seen.add(id).size, "id", "comes a second time", id);
    check(
      typeof mean === "number" && mean >= min && mean <= max,
      "mean",
      `is not on the scale, ${min} to ${max}`,
      mean,
    );
    check(
      Number.isFinite(weight) && (weight ?? -1) >= 0,
      "weight",
      "is not a finite number of 0 or more",
      weight,
    );
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "items");
}
