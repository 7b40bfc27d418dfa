import { assertArgument, assertArray, assertOptions, shown } from "../../core/assert.js";
import { roundingOf } from "../../core/kpi.js";
import { ANY_RATING, readRatings, type SurveyRatings } from "./survey-ratings.js";

/** Ratings of attributes beside an overall judgment, by the same respondents. */
export interface DriverRatings {
  /** The attributes, each once. */
  readonly itemIds: readonly string[];
  /** Row after row, one for each respondent, as many as there are attributes; `null`, or in a typed array NaN: not answered. */
  readonly values: SurveyRatings;
  /** Overall satisfaction (or loyalty, intention), one for each respondent. */
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
export function completeRatings(data: DriverRatings): CompleteRatings {
  assertOptions(data, "{ itemIds, values, overall }", "data");
  const { itemIds, values, overall } = data;
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
  const target = readRatings(overall, ANY_RATING, "data.overall");
  const cells = readRatings(values, ANY_RATING, "data.values");
  const width = itemIds.length;
  assertArgument(
    cells.length === target.length * width,
    "data.values",
    () => `data.values has ${cells.length} values: pass ${target.length} respondents x ${width} attributes`,
  );
  const kept: number[] = [];
  for (let row = 0; row < target.length; row++) {
    let isComplete = !Number.isNaN(target[row]);
    for (let cell = row * width; isComplete && cell < (row + 1) * width; cell++)
      isComplete = !Number.isNaN(cells[cell]);
    if (isComplete) kept.push(row);
  }
  const n = kept.length;
  const columns = itemIds.map(() => new Float64Array(n));
  const judged = new Float64Array(n);
  for (let place = 0; place < n; place++) {
    const row = kept[place];
    judged[place] = target[row];
    for (let item = 0; item < width; item++) columns[item][place] = cells[row * width + item];
  }
  return { itemIds, columns, overall: judged, n, dropped: target.length - n };
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
