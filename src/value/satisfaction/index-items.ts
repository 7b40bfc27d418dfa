import { assertArgument, shown } from "../../core/assert.js";
import { invalidRows, type RowProblem } from "../../core/row-problems.js";
import { readRatings, type SurveyRatings } from "./survey-ratings.js";

/** One question of a satisfaction index, where only its mean is known. */
export interface SatisfactionIndexItem {
  /** Your identifier: `overall`, `expectations`, `ideal`. */
  readonly id: string;
  /** Mean answer, on the scale of the options. */
  readonly mean: number;
  /** Your weight, 0 or above, in any unit; only their proportions count. */
  readonly weight: number;
  /** How many answered it, by your count; absent: not known. */
  readonly n?: number | undefined;
  /** How many did not, by your count; absent: not known. */
  readonly missing?: number | undefined;
}

/** One question of a satisfaction index, with what each respondent answered. */
export interface RatedIndexItem {
  /** Your identifier. */
  readonly id: string;
  /** The answers, one for each respondent, in the same order for all questions; `null`: none given. */
  readonly ratings: SurveyRatings;
  /** Your weight, 0 or above, in any unit; only their proportions count. */
  readonly weight: number;
}

/** The scale of the answers. */
interface IndexRange {
  readonly min: number;
  readonly max: number;
}

/** A question as the index is computed with. @internal */
export interface ReadIndexItem {
  readonly id: string;
  readonly weight: number;
  readonly mean: number | null;
  readonly n: number | null;
  readonly missing: number | null;
  /** By respondent, NaN: not answered; `null`: only the mean is known. */
  readonly ratings: Float64Array | null;
}

/** Throws unless there are questions, all with means or all with answers, each with id and weight. @internal */
export function assertIndexItems(items: unknown, { min, max }: IndexRange): void {
  assertArgument(
    Array.isArray(items) && items.length > 0,
    "items",
    () => `items is ${shown(items)}: pass one question or more`,
  );
  const all = items as readonly unknown[];
  const isRated = (Object(all[0]) as Partial<RatedIndexItem>).ratings !== undefined;
  const problems: RowProblem[] = [];
  const seen = new Set<unknown>();
  for (const [row, item] of all.entries()) {
    const { id, mean, weight, n, missing } = Object(item) as Partial<SatisfactionIndexItem>;
    const check = (holds: boolean, field: string, reason: string, value: unknown) => {
      if (!holds) problems.push({ row, field, reason, value });
    };
    const isText = typeof id === "string" && id !== "";
    check(isText, "id", "is not an id: text that is not empty", id);
    check(!isText || seen.size < seen.add(id).size, "id", "comes a second time", id);
    check(
      Number.isFinite(weight) && (weight ?? -1) >= 0,
      "weight",
      "is not a finite number of 0 or more",
      weight,
    );
    const { ratings } = Object(item) as Partial<RatedIndexItem>;
    if (isRated) {
      check(
        ratings !== undefined,
        "ratings",
        "is missing: pass answers for all questions or for none",
        ratings,
      );
      for (const [field, value] of Object.entries({ mean, n, missing }))
        check(value === undefined, field, "is counted from the ratings: leave it out", value);
      continue;
    }
    check(
      ratings === undefined,
      "ratings",
      "stands beside means: pass answers for all questions or for none",
      ratings,
    );
    const isOnScale = typeof mean === "number" && mean >= min && mean <= max;
    check(isOnScale, "mean", `is not on the scale, ${min} to ${max}`, mean);
    for (const [field, value] of Object.entries({ n, missing }))
      check(
        value === undefined || (Number.isSafeInteger(value) && value >= (field === "n" ? 1 : 0)),
        field,
        `is not a whole number of ${field === "n" ? "1" : "0"} or more`,
        value,
      );
  }
  if (problems.length > 0) throw invalidRows(problems, problems.length, "items");
}

/** Checked questions with their means; `rows` says who answered all of them, `null` where only means are known. @internal */
export function readIndexItems(
  items: readonly SatisfactionIndexItem[] | readonly RatedIndexItem[],
  range: IndexRange,
): {
  readonly rows: { readonly complete: readonly number[]; readonly respondents: number } | null;
  readonly read: readonly ReadIndexItem[];
} {
  const rated = items.flatMap((item, i) =>
    "ratings" in item && item.ratings !== undefined
      ? [{ ...item, ratings: readRatings(item.ratings, range, `items[${i}].ratings`) }]
      : [],
  );
  const [first] = rated;
  if (first === undefined) {
    const read = (items as readonly SatisfactionIndexItem[]).map(
      ({ id, weight, mean, n = null, missing = null }) => ({ id, weight, mean, n, missing, ratings: null }),
    );
    return { rows: null, read };
  }
  const respondents = first.ratings.length;
  const complete: number[] = [];
  for (const [i, { ratings }] of rated.entries())
    assertArgument(
      ratings.length === respondents,
      `items[${i}].ratings`,
      () =>
        `items[${i}].ratings has ${ratings.length} answers, items[0].ratings ${respondents}: pass one for each respondent`,
    );
  for (let row = 0; row < respondents; row++)
    if (rated.every(({ ratings }) => !Number.isNaN(ratings[row]))) complete.push(row);
  const read = rated.map(({ id, weight, ratings }) => {
    let n = 0;
    for (const value of ratings) if (!Number.isNaN(value)) n++;
    const sum = complete.reduce((total, row) => total + ratings[row], 0);
    const mean = complete.length === 0 ? null : sum / complete.length;
    return { id, weight, mean, n, missing: respondents - n, ratings };
  });
  return { rows: { complete, respondents }, read };
}
