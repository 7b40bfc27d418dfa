import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { roundingOf } from "../../core/kpi.js";
import { ANY_ANSWER } from "../../statistics/scales/scale-answers.js";
import { readRatings, type SurveyRatings } from "./survey-ratings.js";

/** Ratings of attributes beside an overall judgment, by the same respondents. */
export interface DriverRatings {
  /** The attributes, each once. */
  readonly itemIds: readonly string[];
  /** Row after row, one for each respondent, as many as there are attributes; `null`, or in a typed array NaN: not answered. */
  readonly values: SurveyRatings;
  /** Overall satisfaction (or loyalty, intention), one for each respondent. */
  readonly overall: SurveyRatings;
}

/** The same with a list for each attribute, as {@link itemRatings} gives them. */
export interface DriverRatingLists {
  /** The ratings of each attribute by its id, one for each respondent; `null`, or in a typed array NaN: not answered. */
  readonly items: { readonly [itemId: string]: SurveyRatings };
  /** Overall satisfaction (or loyalty, intention), one for each respondent, in the same order. */
  readonly overall: SurveyRatings;
}

/** Respondents who answered everything. @internal */
export interface CompleteRatings {
  readonly itemIds: readonly string[];
  /** By attribute. */
  readonly columns: readonly Float64Array[];
  readonly overall: Float64Array;
  readonly n: number;
  /** How many respondents lack an answer. */
  readonly dropped: number;
}

/** @internal */
export function completeRatings(data: DriverRatings | DriverRatingLists): CompleteRatings {
  assertOptions(data, "{ itemIds, values, overall } or { items, overall }", "data");
  const target = readRatings(data.overall, ANY_ANSWER, "data.overall");
  const { itemIds, given } = isLists(data) ? readLists(data, target.length) : readRows(data, target.length);
  const kept: number[] = [];
  for (let row = 0; row < target.length; row++) {
    let isComplete = !Number.isNaN(target[row]);
    for (let i = 0; isComplete && i < given.length; i++)
      isComplete = !Number.isNaN(given[i].values[given[i].start + row * given[i].step]);
    if (isComplete) kept.push(row);
  }
  const n = kept.length;
  const columns = given.map(({ values, start, step }) => {
    const column = new Float64Array(n);
    for (let place = 0; place < n; place++) column[place] = values[start + kept[place] * step];
    return column;
  });
  const overall = new Float64Array(n);
  for (let place = 0; place < n; place++) overall[place] = target[kept[place]];
  return { itemIds, columns, overall, n, dropped: target.length - n };
}

function isLists(data: DriverRatings | DriverRatingLists): data is DriverRatingLists {
  return (data as Partial<DriverRatingLists>).items !== undefined;
}

/** Where the ratings of an attribute stand: `values[start + respondent * step]`. */
interface GivenRatings {
  readonly values: Float64Array;
  readonly start: number;
  readonly step: number;
}

function readRows({ itemIds, values }: DriverRatings, respondents: number) {
  assertArray(itemIds, "data.itemIds");
  assertArgument(
    itemIds.length > 0,
    "data.itemIds",
    () => "data.itemIds is empty: pass one attribute or more",
  );
  for (const [i, id] of itemIds.entries()) {
    const path = `data.itemIds[${i}]`;
    assertArgument(
      typeof id === "string" && id !== "",
      path,
      () => `${path} is ${shown(id)}: pass text that is not empty`,
    );
    assertArgument(itemIds.indexOf(id) === i, path, () => `${path} is ${shown(id)} a second time`);
  }
  const cells = readRatings(values, ANY_ANSWER, "data.values");
  const step = itemIds.length;
  assertArgument(
    cells.length === respondents * step,
    "data.values",
    () => `data.values has ${cells.length} values: pass ${respondents} respondents x ${step} attributes`,
  );
  return { itemIds, given: itemIds.map((_, start): GivenRatings => ({ values: cells, start, step })) };
}

function readLists({ items }: DriverRatingLists, respondents: number) {
  assertOptions(items, "{ [itemId]: ratings }", "data.items");
  const itemIds = Object.keys(items);
  assertArgument(itemIds.length > 0, "data.items", () => "data.items is empty: pass one attribute or more");
  const given = itemIds.map((id): GivenRatings => {
    const path = `data.items.${id}`;
    const values = readRatings(items[id], ANY_ANSWER, path);
    assertArgument(
      values.length === respondents,
      path,
      () => `${path} has ${values.length} ratings: pass ${respondents}, one for each respondent`,
    );
    return { values, start: 0, step: 1 };
  });
  return { itemIds, given };
}

/** Whether all numbers are the same, but for rounding: 0.1 + 0.2 and 0.3 are. @internal */
export function isConstant(values: Float64Array): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  // What varies by less has squares that are no doubles.
  return !(most - least > Math.max(1e-100, roundingOf(least, most)));
}
